// IFERROR, ISERROR and NULLIFERROR: functions that catch the errors of an argument.
//
// What is tried must hold no subquery, since an engine may compute those before everything else: one that cannot fail
// is computed before and handed in, one without FROM is what it selects, and any other is refused.
#include <algorithm>

#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

bool NeverFails(FunctionId function) {
  switch (function) {
    case FunctionId::kEqual:
    case FunctionId::kNotEqual:
    case FunctionId::kLess:
    case FunctionId::kLessOrEqual:
    case FunctionId::kGreater:
    case FunctionId::kGreaterOrEqual:
    case FunctionId::kBetween:
    case FunctionId::kIn:
    case FunctionId::kAnd:
    case FunctionId::kOr:
    case FunctionId::kNot:
    case FunctionId::kIsNull:
    case FunctionId::kIsTrue:
    case FunctionId::kIsFalse:
    case FunctionId::kIf:
    case FunctionId::kIfNull:
    case FunctionId::kNullIf:
    case FunctionId::kCoalesce:
    case FunctionId::kCaseWhen:
    case FunctionId::kCaseValue:
    case FunctionId::kArrayLength:
    case FunctionId::kLower:
    case FunctionId::kUpper:
    case FunctionId::kCount:
    case FunctionId::kCountStar:
    case FunctionId::kCountIf:
    case FunctionId::kMin:
    case FunctionId::kMax:
    case FunctionId::kAnyValue:
    case FunctionId::kArrayAgg:
    case FunctionId::kLogicalAnd:
    case FunctionId::kLogicalOr: return true;
    default: return false;
  }
}

bool MayFail(Expr& expr);

bool MayFail(Scan& scan) {
  bool may = false;
  ForEachExpr(scan, [&](ExprPtr& expr) { may = may || MayFail(*expr); });
  return may;
}

bool MayFail(Expr& expr) {
  bool may = false;
  switch (expr.kind) {
    case ExprKind::kLiteral:
    case ExprKind::kColumn: return false;
    case ExprKind::kCall: may = !NeverFails(As<Call>(expr).function); break;
    case ExprKind::kAggregate: may = !NeverFails(As<Aggregate>(expr).function); break;
    case ExprKind::kCast:
      may = As<Cast>(expr).operand->type.kind() != TypeKind::kInt64 || expr.type.kind() != TypeKind::kFloat64;
      break;
    case ExprKind::kSubquery: may = As<Subquery>(expr).subquery == SubqueryKind::kScalar; break;
    case ExprKind::kField:
    case ExprKind::kArray:
    case ExprKind::kStruct: break;
    case ExprKind::kWindow:
    case ExprKind::kLambda: return true;
  }
  ForEachChild(expr, [&](ExprPtr& child) { may = may || MayFail(*child); });
  return may;
}

// What `(SELECT x)` selects; null where it has a FROM.
ExprPtr* OnlyValue(Subquery& subquery) {
  auto* project = TryAs<ProjectScan>(*subquery.query);
  if (subquery.subquery != SubqueryKind::kScalar || project == nullptr ||
      project->input->kind != ScanKind::kSingleRow) {
    return nullptr;
  }
  for (Computed& one : project->computed) {
    if (one.column == subquery.column) return &one.expr;
  }
  return nullptr;
}

bool IsVolatile(Expr& expr) {
  if (const auto* call = TryAs<Call>(expr)) {
    if (call->function == FunctionId::kRand || call->function == FunctionId::kGenerateUuid) return true;
  }
  bool found = false;
  ForEachChild(expr, [&](ExprPtr& child) { found = found || IsVolatile(*child); });
  return found;
}

}  // namespace

bool Resolver::CatchesErrors(FunctionId function) {
  return function == FunctionId::kIfError || function == FunctionId::kIsError || function == FunctionId::kNullIfError;
}

// Subqueries become parameters of `lambda` for `values`.
SqlStatus Resolver::LiftSubqueries(ExprPtr& expr, std::vector<ExprPtr>& values, Lambda& lambda) {
  auto* subquery = TryAs<Subquery>(*expr);
  if (subquery == nullptr) {
    SqlStatus status = Nothing{};
    ForEachChild(*expr, [&](ExprPtr& child) {
      if (status.ok()) status = LiftSubqueries(child, values, lambda);
    });
    return status;
  }
  if (ExprPtr* only = OnlyValue(*subquery)) {
    ExprPtr value = std::move(*only);
    expr = std::move(value);
    return LiftSubqueries(expr, values, lambda);
  }
  const uint32_t position = expr->position;
  if (MayFail(*subquery->query) || (subquery->operand != nullptr && MayFail(*subquery->operand)) ||
      (subquery->subquery == SubqueryKind::kScalar && subquery->type.IsArray())) {
    return UnsupportedSql("A subquery that may fail is not supported where errors are caught", position);
  }
  const Type type = subquery->type;
  const bool scalar = subquery->subquery == SubqueryKind::kScalar;
  if (scalar) {
    // More than one row is an error, and one that is caught.
    subquery->subquery = SubqueryKind::kArray;
    subquery->type = Type::Array(type);
  }
  lambda.parameters.push_back(NewColumn("", subquery->type));
  values.push_back(std::move(expr));
  expr = Ref(lambda.parameters.back(), position);
  if (!scalar) return Nothing{};
  auto only = std::make_unique<Call>();
  only->function = FunctionId::kOnlyElement;
  only->type = type;
  only->position = position;
  only->arguments.push_back(std::move(expr));
  expr = std::move(only);
  return Nothing{};
}

// The first argument of what comes out is what is tried: `$let(value…, lambda)` where something is handed in.
SqlResult<ExprPtr> Resolver::ResolveCatch(const Function& function, std::vector<ExprPtr> arguments,
                                          std::vector<ArgumentType> types, bool safe, uint32_t position) {
  if (safe) return UnsupportedSql("SAFE." + std::string(function.name) + " is not supported", position);
  ASSIGN_OR_RETURN(const Type result, FitSignature(function, arguments, std::move(types), position));
  if (IsVolatile(*arguments.front())) {
    return UnsupportedSql(std::string(function.name) + " of a value that changes at each call is not supported", position);
  }
  auto lambda = std::make_unique<Lambda>();
  std::vector<ExprPtr> values;
  RETURN_IF_ERROR(LiftSubqueries(arguments.front(), values, *lambda));
  if (!values.empty()) {
    auto let = std::make_unique<Call>();
    let->function = FunctionId::kLet;
    let->type = arguments.front()->type;
    let->position = position;
    lambda->type = let->type;
    lambda->body = std::move(arguments.front());
    let->arguments = std::move(values);
    let->arguments.push_back(std::move(lambda));
    arguments.front() = std::move(let);
  }
  auto call = std::make_unique<Call>();
  call->function = function.id;
  call->type = result;
  call->position = position;
  call->arguments = std::move(arguments);
  return ExprPtr(std::move(call));
}

}  // namespace casebook::analysis
