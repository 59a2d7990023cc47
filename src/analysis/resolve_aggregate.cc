// Aggregates and window functions.
#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

bool TakesOrder(FunctionId function) {
  return function == FunctionId::kArrayAgg || function == FunctionId::kStringAgg ||
         function == FunctionId::kArrayConcatAgg;
}

NullTreatment Treatment(sql::NullHandling nulls) {
  switch (nulls) {
    case sql::NullHandling::kUnspecified: return NullTreatment::kDefault;
    case sql::NullHandling::kIgnore: return NullTreatment::kIgnore;
    case sql::NullHandling::kRespect: return NullTreatment::kRespect;
  }
  Unreachable();
}

bool IsCountStar(const sql::CallExpr& call) {
  return call.arguments.size() == 1 && call.arguments.front().value->kind == sql::ExprKind::kStar;
}

}  // namespace

SqlResult<ExprPtr> Resolver::ResolveAggregate(const sql::CallExpr& call, const Function& named,
                                              const ExprContext& context) {
  const uint32_t position = call.range.begin;
  const Function& function = named.id == FunctionId::kCount && IsCountStar(call) ? GetFunction(FunctionId::kCountStar)
                                                                                 : named;
  const std::string name(function.name);
  if (context.in_aggregate) return InvalidSql("Aggregations of aggregations are not allowed", position);
  if (!context.aggregates || context.select == nullptr) {
    return InvalidSql("Aggregate function " + name + " not allowed in " + context.clause, position);
  }
  context.select->has_aggregate = true;
  // Arguments speak of the rows of FROM, not of what SELECT makes of them.
  Scope from_scope;
  ExprContext inner;
  inner.scope = context.scope;
  const bool takes_aliases = function.id == FunctionId::kGrouping;
  if (context.scope != nullptr && context.scope->aliases != nullptr && !takes_aliases) {
    from_scope = *context.scope;
    from_scope.aliases = nullptr;
    inner.scope = &from_scope;
  }
  inner.clause = "aggregate function";
  inner.in_aggregate = true;

  auto aggregate = std::make_unique<Aggregate>();
  aggregate->function = function.id;
  aggregate->position = position;
  aggregate->distinct = call.distinct;
  aggregate->safe = call.safe;
  aggregate->nulls = Treatment(call.nulls);
  std::vector<ArgumentType> types;
  if (function.id != FunctionId::kCountStar) {
    std::optional<DatePart> part;
    RETURN_IF_ERROR(ResolveArguments(call, function, inner, aggregate->arguments, part, types));
  }
  FirmShare(function, types);
  ASSIGN_OR_RETURN(aggregate->type, FitSignature(function, aggregate->arguments, std::move(types), position));
  RETURN_IF_ERROR(CheckShare(function, aggregate->arguments));
  if (call.distinct && !aggregate->arguments.empty() && !SupportsGrouping(aggregate->arguments.front()->type)) {
    return InvalidSql("Aggregate functions with DISTINCT cannot be used with arguments of type " +
                          aggregate->arguments.front()->type.ToString(), position);
  }
  if (function.id == FunctionId::kCountStar && call.distinct) {
    return InvalidSql("COUNT(*) cannot be used with DISTINCT", position);
  }
  if (function.id == FunctionId::kArrayAgg && aggregate->arguments.front()->type.IsArray()) {
    return InvalidSql("The argument to ARRAY_AGG must not be an array type but was " +
                          aggregate->arguments.front()->type.ToString(), position);
  }
  const bool takes_nulls = function.id == FunctionId::kArrayAgg || function.id == FunctionId::kApproxQuantiles ||
                           function.id == FunctionId::kPercentileCont || function.id == FunctionId::kPercentileDisc;
  if (aggregate->nulls != NullTreatment::kDefault && !takes_nulls) {
    return InvalidSql("IGNORE NULLS and RESPECT NULLS are not allowed for aggregate function " + name, position);
  }
  if (!call.order_by.empty() && !TakesOrder(function.id)) {
    return InvalidSql("ORDER BY in arguments is not supported on aggregate function " + name, position);
  }
  for (const sql::OrderItem& item : call.order_by) {
    ASSIGN_OR_RETURN(ExprPtr expr, ResolveExpr(*item.expr, inner));
    ASSIGN_OR_RETURN(SortKey key, MakeSortKey(item, std::move(expr)));
    if (call.distinct && !SameExpr(*key.expr, *aggregate->arguments.front())) {
      return InvalidSql("An aggregate function that has both DISTINCT and ORDER BY arguments can only ORDER BY "
                        "expressions that are arguments to the function", position);
    }
    aggregate->order_by.push_back(std::move(key));
  }
  if (call.limit) {
    if (!TakesOrder(function.id)) {
      return InvalidSql("LIMIT in arguments is not supported on aggregate function " + name, position);
    }
    ASSIGN_OR_RETURN(Bounds bounds, ResolveLimit(*call.limit, nullptr));
    if (bounds.offset != nullptr) return UnsupportedSql("OFFSET in an aggregate function is not supported", position);
    aggregate->limit = std::move(bounds.count);
  }
  if (call.where != nullptr && call.having) return UnsupportedSql("WHERE and HAVING in one call are not supported", position);
  if (call.where != nullptr) {
    ASSIGN_OR_RETURN(aggregate->filter, ResolveExpr(*call.where, inner));
    RETURN_IF_ERROR(CoerceTo(aggregate->filter, TypeKind::kBool, "WHERE in a call"));
  }
  if (call.having) {
    aggregate->having_max = call.having->bound == sql::HavingBound::kMax;
    ASSIGN_OR_RETURN(aggregate->having, ResolveExpr(*call.having->expr, inner));
    if (!SupportsOrdering(aggregate->having->type)) {
      return InvalidSql("HAVING modifier does not support expressions of type " + aggregate->having->type.ToString(),
                        position);
    }
  }
  return ExprPtr(std::move(aggregate));
}

// --- Windows ---------------------------------------------------------------------------------------

SqlResult<ExprPtr> Resolver::ResolveWindow(const sql::CallExpr& call, const Function& named,
                                           const ExprContext& context) {
  const uint32_t position = call.range.begin;
  const Function& function = named.id == FunctionId::kCount && IsCountStar(call) ? GetFunction(FunctionId::kCountStar)
                                                                                 : named;
  const std::string name(function.name);
  if (!context.windows || context.select == nullptr) {
    return InvalidSql(std::string("Analytic function not allowed in ") + context.clause, position);
  }
  if (call.having || call.where != nullptr || call.limit || !call.order_by.empty()) {
    return UnsupportedSql("Modifiers of " + name + " together with OVER are not supported", position);
  }
  context.select->has_window = true;
  const bool early_aliases = std::exchange(context.select->early_aliases, true);
  ExprContext inner = context;
  inner.windows = false;
  inner.clause = "analytic function";

  auto window = std::make_unique<Window>();
  window->function = function.id;
  window->position = position;
  window->distinct = call.distinct;
  window->safe = call.safe;
  window->nulls = Treatment(call.nulls);
  std::vector<ArgumentType> types;
  if (function.id != FunctionId::kCountStar) {
    std::optional<DatePart> part;
    RETURN_IF_ERROR(ResolveArguments(call, function, inner, window->arguments, part, types));
  }
  FirmShare(function, types);
  ASSIGN_OR_RETURN(window->type, FitSignature(function, window->arguments, std::move(types), position));
  RETURN_IF_ERROR(CheckShare(function, window->arguments));
  RETURN_IF_ERROR(ResolveWindowSpec(*call.over, inner, *window, 0));
  context.select->early_aliases = early_aliases;
  if (window->distinct && (!window->order_by.empty() || window->frame)) {
    return InvalidSql("Window ORDER BY is not allowed if DISTINCT is specified", position);
  }
  const bool numbering = function.id == FunctionId::kRowNumber || function.id == FunctionId::kRank ||
                         function.id == FunctionId::kDenseRank || function.id == FunctionId::kPercentRank ||
                         function.id == FunctionId::kCumeDist || function.id == FunctionId::kNtile ||
                         function.id == FunctionId::kIsFirst || function.id == FunctionId::kIsLast ||
                         function.id == FunctionId::kLag || function.id == FunctionId::kLead;
  if (numbering && window->frame) {
    return InvalidSql("Window framing clause is not allowed for analytic function " + name, position);
  }
  if (numbering && function.id != FunctionId::kRowNumber && window->order_by.empty()) {
    return InvalidSql("Window ORDER BY is required for analytic function " + name, position);
  }
  const bool percentile = function.id == FunctionId::kPercentileCont || function.id == FunctionId::kPercentileDisc;
  if (percentile && !window->order_by.empty()) {
    return InvalidSql("Window ORDER BY is not allowed for analytic function " + name, position);
  }
  return ExprPtr(std::move(window));
}

SqlStatus Resolver::ResolveWindowSpec(const sql::WindowSpec& spec, const ExprContext& context, Window& window,
                                      int depth) {
  constexpr int kMaxWindowChain = 100;
  if (depth > kMaxWindowChain) return InvalidSql("Window definitions refer to one another", spec.range.begin);
  if (spec.base) {
    const sql::NamedWindow* found = nullptr;
    for (const sql::NamedWindow& named : *context.select->clauses->windows) {
      if (EqualIgnoringCase(named.name.text, spec.base->text)) found = &named;
    }
    if (found == nullptr) return InvalidSql("Unrecognized window alias " + spec.base->text, spec.base->range.begin);
    RETURN_IF_ERROR(ResolveWindowSpec(found->spec, context, window, depth + 1));
  }
  if (!spec.partition_by.empty() && !window.partition_by.empty()) {
    return InvalidSql("PARTITION BY is not allowed where the named window has one", spec.range.begin);
  }
  if (!spec.order_by.empty() && !window.order_by.empty()) {
    return InvalidSql("ORDER BY is not allowed where the named window has one", spec.range.begin);
  }
  for (const auto& key : spec.partition_by) {
    ASSIGN_OR_RETURN(ExprPtr expr, ResolveExpr(*key, context));
    if (!SupportsGrouping(expr->type) || expr->type.kind() == TypeKind::kFloat64) {
      return InvalidSql("Partitioning by expressions of type " + expr->type.ToString() + " is not allowed",
                        key->range.begin);
    }
    window.partition_by.push_back(std::move(expr));
  }
  for (const sql::OrderItem& item : spec.order_by) {
    ASSIGN_OR_RETURN(ExprPtr expr, ResolveExpr(*item.expr, context));
    ASSIGN_OR_RETURN(SortKey key, MakeSortKey(item, std::move(expr)));
    window.order_by.push_back(std::move(key));
  }
  if (spec.frame) RETURN_IF_ERROR(ResolveFrame(*spec.frame, context, window));
  return Nothing{};
}

}  // namespace casebook::analysis
