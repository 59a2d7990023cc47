#include "analysis/tree_walk.h"

#include "base/result.h"

namespace casebook::analysis {
namespace {

void VisitIf(ExprPtr& expr, const ExprVisitor& visit) {
  if (expr != nullptr) visit(expr);
}

void VisitAll(std::vector<ExprPtr>& exprs, const ExprVisitor& visit) {
  for (ExprPtr& expr : exprs) visit(expr);
}

void VisitKeys(std::vector<SortKey>& keys, const ExprVisitor& visit) {
  for (SortKey& key : keys) visit(key.expr);
}

void VisitComputed(std::vector<Computed>& computed, const ExprVisitor& visit) {
  for (Computed& one : computed) visit(one.expr);
}

void VisitWindow(Window& window, const ExprVisitor& visit) {
  VisitAll(window.arguments, visit);
  VisitAll(window.partition_by, visit);
  VisitKeys(window.order_by, visit);
  if (!window.frame) return;
  VisitIf(window.frame->start.offset, visit);
  VisitIf(window.frame->end.offset, visit);
}

void VisitAggregate(Aggregate& aggregate, const ExprVisitor& visit) {
  VisitAll(aggregate.arguments, visit);
  VisitKeys(aggregate.order_by, visit);
  VisitIf(aggregate.limit, visit);
  VisitIf(aggregate.having, visit);
  VisitIf(aggregate.filter, visit);
}

bool SameOrNone(const ExprPtr& a, const ExprPtr& b) {
  if (a == nullptr || b == nullptr) return a == b;
  return SameExpr(*a, *b);
}

bool SameAll(const std::vector<ExprPtr>& a, const std::vector<ExprPtr>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!SameExpr(*a[i], *b[i])) return false;
  }
  return true;
}

bool SameKeys(const std::vector<SortKey>& a, const std::vector<SortKey>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].descending != b[i].descending || a[i].nulls_first != b[i].nulls_first) return false;
    if (!SameExpr(*a[i].expr, *b[i].expr)) return false;
  }
  return true;
}

bool SameAggregate(const Aggregate& a, const Aggregate& b) {
  return a.function == b.function && a.distinct == b.distinct && a.safe == b.safe && a.nulls == b.nulls &&
         SameAll(a.arguments, b.arguments) && SameKeys(a.order_by, b.order_by) && SameOrNone(a.limit, b.limit) &&
         SameOrNone(a.having, b.having) && a.having_max == b.having_max && SameOrNone(a.filter, b.filter);
}

}  // namespace

void ForEachChild(Expr& expr, const ExprVisitor& visit) {
  switch (expr.kind) {
    case ExprKind::kLiteral:
    case ExprKind::kColumn: return;
    case ExprKind::kCall: return VisitAll(As<Call>(expr).arguments, visit);
    case ExprKind::kAggregate: return VisitAggregate(As<Aggregate>(expr), visit);
    case ExprKind::kWindow: return VisitWindow(As<Window>(expr), visit);
    case ExprKind::kCast:
      visit(As<Cast>(expr).operand);
      VisitIf(As<Cast>(expr).format, visit);
      return VisitIf(As<Cast>(expr).time_zone, visit);
    case ExprKind::kField: return visit(As<Field>(expr).base);
    case ExprKind::kArray: return VisitAll(As<ArrayConstructor>(expr).elements, visit);
    case ExprKind::kStruct: return VisitAll(As<StructConstructor>(expr).fields, visit);
    case ExprKind::kSubquery:
      VisitIf(As<Subquery>(expr).operand, visit);
      return ForEachExpr(*As<Subquery>(expr).query, visit);
    case ExprKind::kLambda: return visit(As<Lambda>(expr).body);
  }
  Unreachable();
}

void ForEachInput(Scan& scan, const ScanVisitor& visit) {
  switch (scan.kind) {
    case ScanKind::kSingleRow:
    case ScanKind::kTable:
    case ScanKind::kWithReference: return;
    case ScanKind::kJoin:
      visit(*As<JoinScan>(scan).left);
      return visit(*As<JoinScan>(scan).right);
    case ScanKind::kUnnest:
      if (As<UnnestScan>(scan).input != nullptr) visit(*As<UnnestScan>(scan).input);
      return;
    case ScanKind::kFilter: return visit(*As<FilterScan>(scan).input);
    case ScanKind::kProject: return visit(*As<ProjectScan>(scan).input);
    case ScanKind::kAggregate: return visit(*As<AggregateScan>(scan).input);
    case ScanKind::kWindow: return visit(*As<WindowScan>(scan).input);
    case ScanKind::kDistinct: return visit(*As<DistinctScan>(scan).input);
    case ScanKind::kSort: return visit(*As<SortScan>(scan).input);
    case ScanKind::kLimit: return visit(*As<LimitScan>(scan).input);
    case ScanKind::kSetOperation:
      for (auto& input : As<SetOperationScan>(scan).inputs) visit(*input.scan);
      return;
    case ScanKind::kWith:
      for (WithEntry& entry : As<WithScan>(scan).entries) {
        visit(*entry.query);
        if (entry.recursive != nullptr) visit(*entry.recursive);
      }
      return visit(*As<WithScan>(scan).body);
  }
  Unreachable();
}

void ForEachExpr(Scan& scan, const ExprVisitor& visit) {
  ForEachInput(scan, [&visit](Scan& input) { ForEachExpr(input, visit); });
  switch (scan.kind) {
    case ScanKind::kSingleRow:
    case ScanKind::kTable:
    case ScanKind::kWithReference:
    case ScanKind::kDistinct:
    case ScanKind::kSetOperation:
    case ScanKind::kWith: return;
    case ScanKind::kJoin: return VisitIf(As<JoinScan>(scan).condition, visit);
    case ScanKind::kUnnest:
      VisitComputed(As<UnnestScan>(scan).arrays, visit);
      return VisitIf(As<UnnestScan>(scan).condition, visit);
    case ScanKind::kFilter: return visit(As<FilterScan>(scan).condition);
    case ScanKind::kProject: return VisitComputed(As<ProjectScan>(scan).computed, visit);
    case ScanKind::kAggregate:
      VisitComputed(As<AggregateScan>(scan).group_by, visit);
      return VisitComputed(As<AggregateScan>(scan).aggregates, visit);
    case ScanKind::kWindow: return VisitComputed(As<WindowScan>(scan).computed, visit);
    case ScanKind::kSort: return VisitKeys(As<SortScan>(scan).keys, visit);
    case ScanKind::kLimit:
      VisitIf(As<LimitScan>(scan).bounds.count, visit);
      return VisitIf(As<LimitScan>(scan).bounds.offset, visit);
  }
  Unreachable();
}

bool SameExpr(const Expr& a, const Expr& b) {
  if (a.kind != b.kind || !(a.type == b.type)) return false;
  switch (a.kind) {
    case ExprKind::kLiteral: return As<Literal>(a).value == As<Literal>(b).value;
    case ExprKind::kColumn: return As<ColumnRef>(a).column == As<ColumnRef>(b).column;
    case ExprKind::kCall: {
      const auto& x = As<Call>(a);
      const auto& y = As<Call>(b);
      return x.function == y.function && x.part == y.part && x.safe == y.safe && SameAll(x.arguments, y.arguments);
    }
    case ExprKind::kAggregate: return SameAggregate(As<Aggregate>(a), As<Aggregate>(b));
    case ExprKind::kWindow: return false;
    case ExprKind::kCast: {
      const auto& x = As<Cast>(a);
      const auto& y = As<Cast>(b);
      return x.safe == y.safe && SameExpr(*x.operand, *y.operand) && SameOrNone(x.time_zone, y.time_zone) &&
             SameOrNone(x.format, y.format);
    }
    case ExprKind::kField:
      return As<Field>(a).index == As<Field>(b).index && SameExpr(*As<Field>(a).base, *As<Field>(b).base);
    case ExprKind::kArray: return SameAll(As<ArrayConstructor>(a).elements, As<ArrayConstructor>(b).elements);
    case ExprKind::kStruct: return SameAll(As<StructConstructor>(a).fields, As<StructConstructor>(b).fields);
    case ExprKind::kSubquery:
    case ExprKind::kLambda: return false;
  }
  Unreachable();
}

}  // namespace casebook::analysis
