#include "sql/equal.h"

#include "base/result.h"

namespace casebook::sql {
namespace {

template <typename Node>
bool SameAs(const typename Node::Family& a, const typename Node::Family& b) {
  return SameFields(As<Node>(a), As<Node>(b));
}

}  // namespace

bool SameTree(const Expr& a, const Expr& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case ExprKind::kLiteral: return SameAs<LiteralExpr>(a, b);
    case ExprKind::kPath: return SameAs<PathExpr>(a, b);
    case ExprKind::kParameter: return SameAs<ParameterExpr>(a, b);
    case ExprKind::kSystemVariable: return SameAs<SystemVariableExpr>(a, b);
    case ExprKind::kUnary: return SameAs<UnaryExpr>(a, b);
    case ExprKind::kBinary: return SameAs<BinaryExpr>(a, b);
    case ExprKind::kLogical: return SameAs<LogicalExpr>(a, b);
    case ExprKind::kBetween: return SameAs<BetweenExpr>(a, b);
    case ExprKind::kIn: return SameAs<InExpr>(a, b);
    case ExprKind::kLikeAny: return SameAs<LikeAnyExpr>(a, b);
    case ExprKind::kIs: return SameAs<IsExpr>(a, b);
    case ExprKind::kFieldAccess: return SameAs<FieldAccessExpr>(a, b);
    case ExprKind::kSubscript: return SameAs<SubscriptExpr>(a, b);
    case ExprKind::kCase: return SameAs<CaseExpr>(a, b);
    case ExprKind::kCast: return SameAs<CastExpr>(a, b);
    case ExprKind::kExtract: return SameAs<ExtractExpr>(a, b);
    case ExprKind::kInterval: return SameAs<IntervalExpr>(a, b);
    case ExprKind::kArray: return SameAs<ArrayExpr>(a, b);
    case ExprKind::kStruct: return SameAs<StructExpr>(a, b);
    case ExprKind::kSubquery: return SameAs<SubqueryExpr>(a, b);
    case ExprKind::kCall: return SameAs<CallExpr>(a, b);
    case ExprKind::kStar: return true;
    case ExprKind::kLambda: return SameAs<LambdaExpr>(a, b);
    case ExprKind::kWith: return SameAs<WithExpr>(a, b);
  }
  Unreachable();
}

bool SameTree(const TableExpr& a, const TableExpr& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case TableExprKind::kTablePath: return SameAs<TablePath>(a, b);
    case TableExprKind::kUnnest: return SameAs<UnnestTable>(a, b);
    case TableExprKind::kTableSubquery: return SameAs<TableSubquery>(a, b);
    case TableExprKind::kTableCall: return SameAs<TableCall>(a, b);
    case TableExprKind::kJoin: return SameAs<JoinTable>(a, b);
    case TableExprKind::kPivot: return SameAs<PivotTable>(a, b);
    case TableExprKind::kUnpivot: return SameAs<UnpivotTable>(a, b);
    case TableExprKind::kSample: return SameAs<SampleTable>(a, b);
  }
  Unreachable();
}

bool SameTree(const QueryBody& a, const QueryBody& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case QueryBodyKind::kSelect: return SameAs<SelectBody>(a, b);
    case QueryBodyKind::kSetOperation: return SameAs<SetOperationBody>(a, b);
    case QueryBodyKind::kNestedQuery: return SameAs<NestedQueryBody>(a, b);
    case QueryBodyKind::kFrom: return SameAs<FromBody>(a, b);
  }
  Unreachable();
}

bool SameTree(const PipeOperator& a, const PipeOperator& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case PipeKind::kSelect: return SameAs<PipeSelect>(a, b);
    case PipeKind::kSet: return SameAs<PipeSet>(a, b);
    case PipeKind::kDrop: return SameAs<PipeDrop>(a, b);
    case PipeKind::kRename: return SameAs<PipeRename>(a, b);
    case PipeKind::kAs: return SameAs<PipeAs>(a, b);
    case PipeKind::kWhere: return SameAs<PipeWhere>(a, b);
    case PipeKind::kLimit: return SameAs<PipeLimit>(a, b);
    case PipeKind::kOrderBy: return SameAs<PipeOrderBy>(a, b);
    case PipeKind::kAggregate: return SameAs<PipeAggregate>(a, b);
    case PipeKind::kDistinct:
    case PipeKind::kDescribe: return true;
    case PipeKind::kJoin: return SameAs<PipeJoin>(a, b);
    case PipeKind::kCall: return SameAs<PipeCall>(a, b);
    case PipeKind::kSetOperation: return SameAs<PipeSetOperation>(a, b);
    case PipeKind::kSample: return SameAs<PipeSample>(a, b);
    case PipeKind::kPivot: return SameAs<PipePivot>(a, b);
    case PipeKind::kUnpivot: return SameAs<PipeUnpivot>(a, b);
    case PipeKind::kWith: return SameAs<PipeWith>(a, b);
    case PipeKind::kAssert: return SameAs<PipeAssert>(a, b);
  }
  Unreachable();
}

bool SameTree(const Statement& a, const Statement& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case StatementKind::kQuery: return SameAs<QueryStatement>(a, b);
    case StatementKind::kCreateView: return SameAs<CreateView>(a, b);
    case StatementKind::kCreateFunction: return SameAs<CreateFunction>(a, b);
    case StatementKind::kCreateTableFunction: return SameAs<CreateTableFunction>(a, b);
    case StatementKind::kDrop: return SameAs<DropStatement>(a, b);
    case StatementKind::kDeclare: return SameAs<DeclareStatement>(a, b);
    case StatementKind::kSet: return SameAs<SetStatement>(a, b);
    case StatementKind::kExplain: return SameAs<ExplainStatement>(a, b);
  }
  Unreachable();
}

}  // namespace casebook::sql
