// AVG(x HAVING MAX y): an aggregate over the rows of its group that have the greatest y.
//
// The greatest y of each group is computed by a window over the group's keys, before the aggregation; a filter on the
// aggregate then compares with it.
#include "analysis/resolver_internal.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

// What the engine does by itself: a value of the row with the greatest key.
bool IsPlainAnyValue(const Aggregate& aggregate) {
  return aggregate.function == FunctionId::kAnyValue && aggregate.having->type.kind() != TypeKind::kFloat64 &&
         aggregate.filter == nullptr;
}

}  // namespace

// WITH AGGREGATION_THRESHOLD: groups that tell of too few units are left out, as HAVING would.
SqlStatus Resolver::AddThreshold(SelectState& state, const ExprContext& context) {
  const sql::AggregationThreshold& written = *state.clauses->threshold;
  const uint32_t position = written.unit->range.begin;
  if (!state.has_group_by && !state.has_aggregate) {
    return InvalidSql("SELECT WITH AGGREGATION_THRESHOLD requires GROUP BY or aggregation to be present", position);
  }
  Scope scope;
  if (context.scope != nullptr) scope = *context.scope;
  scope.aliases = nullptr;  // the unit is a column of FROM
  ExprContext inner;
  inner.scope = &scope;
  inner.clause = "SELECT WITH AGGREGATION_THRESHOLD";
  ASSIGN_OR_RETURN(ExprPtr threshold, ResolveExpr(*written.threshold, ExprContext()));
  RETURN_IF_ERROR(CoerceTo(threshold, TypeKind::kInt64, "threshold"));
  const auto* number = TryAs<Literal>(*threshold);
  if (number == nullptr || number->value.is_null() || number->value.integer() < 1) {
    return InvalidSql("Option threshold must be a positive INT64 literal", written.threshold->range.begin);
  }
  auto count = std::make_unique<Aggregate>();
  count->function = FunctionId::kCount;
  count->type = TypeKind::kInt64;
  count->distinct = true;
  count->position = position;
  ASSIGN_OR_RETURN(ExprPtr unit, ResolveExpr(*written.unit, inner));
  if (!SupportsGrouping(unit->type)) {
    return InvalidSql("Option privacy_unit_column cannot be of type " + unit->type.ToString(), position);
  }
  count->arguments.push_back(std::move(unit));
  state.has_aggregate = true;
  std::vector<ExprPtr> sides;
  sides.push_back(std::move(count));
  sides.push_back(std::move(threshold));
  ASSIGN_OR_RETURN(ExprPtr enough, MakeCall(FunctionId::kGreaterOrEqual, std::move(sides), position));
  if (state.having == nullptr) {
    state.having = std::move(enough);
    return Nothing{};
  }
  std::vector<ExprPtr> both;
  both.push_back(std::move(state.having));
  both.push_back(std::move(enough));
  ASSIGN_OR_RETURN(state.having, MakeCall(FunctionId::kAnd, std::move(both), position));
  return Nothing{};
}

SqlStatus Resolver::RewriteHavingModifiers(SelectState& state) {
  bool keys_are_columns = false;
  for (Computed& computed : state.aggregates) {
    auto& aggregate = As<Aggregate>(*computed.expr);
    if (aggregate.having == nullptr || IsPlainAnyValue(aggregate)) continue;
    const uint32_t position = aggregate.position;
    if (!state.grouping_sets.empty()) {
      return UnsupportedSql("HAVING MAX and MIN together with grouping sets are not supported", position);
    }
    if (!keys_are_columns) {
      for (Computed& key : state.group_by) {
        const ColumnId column = NewColumn("", key.expr->type);
        state.early.push_back({column, std::move(key.expr)});
        key.expr = Ref(column, position);
      }
      keys_are_columns = true;
    }
    const Type type = aggregate.having->type;
    const ColumnId value = NewColumn("", type);
    state.early.push_back({value, std::move(aggregate.having)});

    auto window = std::make_unique<Window>();
    window->function = aggregate.having_max ? FunctionId::kMax : FunctionId::kMin;
    window->type = type;
    window->position = position;
    window->arguments.push_back(Ref(value, position));
    for (const Computed& key : state.group_by) {
      window->partition_by.push_back(Ref(As<ColumnRef>(*key.expr).column, position));
    }
    const ColumnId bound = NewColumn("", type);
    state.early_windows.push_back({bound, std::move(window)});

    // Where all are NULL, so is the bound, and all rows count.
    std::vector<ExprPtr> sides;
    sides.push_back(Ref(value, position));
    sides.push_back(Ref(bound, position));
    ASSIGN_OR_RETURN(ExprPtr is_bound, MakeCall(FunctionId::kIsNotDistinctFrom, std::move(sides), position));
    if (aggregate.filter == nullptr) {
      aggregate.filter = std::move(is_bound);
      continue;
    }
    std::vector<ExprPtr> both;
    both.push_back(std::move(aggregate.filter));
    both.push_back(std::move(is_bound));
    ASSIGN_OR_RETURN(aggregate.filter, MakeCall(FunctionId::kAnd, std::move(both), position));
  }
  return Nothing{};
}

}  // namespace casebook::analysis
