// GROUP BY: its keys and grouping sets, and what the other clauses say of the groups.
#include <algorithm>

#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"

namespace casebook::analysis {

SqlStatus Resolver::ResolveGroupBy(SelectState& state, const Scope& scope) {
  const sql::GroupBy& group_by = *state.clauses->group_by;
  if (group_by.all) return GroupByAll(state);
  return ResolveGroupingItems(state, scope, group_by);
}

SqlStatus Resolver::ResolveGroupingItems(SelectState& state, const Scope& scope, const sql::GroupBy& group_by) {
  std::vector<std::vector<size_t>> sets = {{}};
  bool several = false;
  for (const sql::GroupingItem& item : group_by.items) {
    std::vector<std::vector<size_t>> more;
    RETURN_IF_ERROR(ResolveGroupingItem(state, scope, item, more));
    several = several || item.kind != sql::GroupingKind::kExpr;
    // The sets of several items multiply.
    std::vector<std::vector<size_t>> product;
    for (const auto& a : sets) {
      for (const auto& b : more) {
        product.push_back(a);
        for (const size_t key : b) {
          if (std::find(a.begin(), a.end(), key) == a.end()) product.back().push_back(key);
        }
      }
    }
    sets = std::move(product);
    constexpr size_t kMaxGroupingSets = 4096;
    if (sets.size() > kMaxGroupingSets) {
      return SqlError{sql::SqlErrorKind::kLimit, "too many grouping sets", group_by.range.begin};
    }
  }
  if (several) state.grouping_sets = std::move(sets);
  return Nothing{};
}

SqlStatus Resolver::ResolveGroupingItem(SelectState& state, const Scope& scope, const sql::GroupingItem& item,
                                        std::vector<std::vector<size_t>>& sets) {
  const auto keys_of = [&](const sql::GroupingColumns& columns, std::vector<size_t>& keys) -> SqlStatus {
    for (const sql::ExprPtr& expr : columns.exprs) {
      ASSIGN_OR_RETURN(const size_t key, ResolveGroupKey(state, scope, *expr));
      keys.push_back(key);
    }
    return Nothing{};
  };
  switch (item.kind) {
    case sql::GroupingKind::kExpr: {
      ASSIGN_OR_RETURN(const size_t key, ResolveGroupKey(state, scope, *item.expr));
      sets.push_back({key});
      return Nothing{};
    }
    case sql::GroupingKind::kList: {
      sets.emplace_back();
      return keys_of(item.columns.front(), sets.back());
    }
    case sql::GroupingKind::kRollup:
    case sql::GroupingKind::kCube: {
      std::vector<std::vector<size_t>> columns;
      for (const sql::GroupingColumns& one : item.columns) {
        columns.emplace_back();
        RETURN_IF_ERROR(keys_of(one, columns.back()));
      }
      const size_t n = columns.size();
      constexpr size_t kMaxCube = 12;
      const bool cube = item.kind == sql::GroupingKind::kCube;
      if (cube && n > kMaxCube) return SqlError{sql::SqlErrorKind::kLimit, "CUBE has too many columns", item.range.begin};
      const size_t count = cube ? size_t{1} << n : n + 1;
      for (size_t s = 0; s < count; ++s) {
        sets.emplace_back();
        for (size_t i = 0; i < n; ++i) {
          const bool in = cube ? ((count - 1 - s) >> (n - 1 - i) & 1U) != 0 : i < n - s;
          if (in) sets.back().insert(sets.back().end(), columns[i].begin(), columns[i].end());
        }
      }
      return Nothing{};
    }
    case sql::GroupingKind::kGroupingSets:
      for (const sql::GroupingItem& set : item.sets) RETURN_IF_ERROR(ResolveGroupingItem(state, scope, set, sets));
      return Nothing{};
  }
  Unreachable();
}

SqlResult<size_t> Resolver::ResolveGroupKey(SelectState& state, const Scope& scope, const sql::Expr& expr) {
  const uint32_t position = expr.range.begin;
  if (const sql::LiteralExpr* literal = IntLiteral(expr)) {
    if (literal->int_value < 1 || literal->int_value > state.outputs.size()) {
      return InvalidSql("GROUP BY column number item is out of range. Column numbers must be between 1 and " +
                            std::to_string(state.outputs.size()), position);
    }
    return GroupByOutput(state, literal->int_value - 1, position);
  }
  if (expr.kind == sql::ExprKind::kLiteral) {
    return InvalidSql("Cannot GROUP BY literal values", position);
  }
  if (const sql::Identifier* name = SingleName(expr)) {
    SqlStatus status = Nothing{};
    const int output = FindAlias(state, name->text, position, status);
    RETURN_IF_ERROR(std::move(status));
    if (output >= 0) return GroupByOutput(state, static_cast<size_t>(output), position);
  }
  ExprContext context;
  context.scope = &scope;
  context.clause = "GROUP BY clause";
  ASSIGN_OR_RETURN(ExprPtr key, ResolveExpr(expr, context));
  return AddGroupKey(state, std::move(key), position);
}

SqlResult<size_t> Resolver::AddGroupKey(SelectState& state, ExprPtr expr, uint32_t position) {
  if (!SupportsGrouping(expr->type)) {
    return InvalidSql("Grouping by expressions of type " + expr->type.ToString() + " is not allowed", position);
  }
  for (size_t i = 0; i < state.group_by.size(); ++i) {
    if (SameExpr(*state.group_by[i].expr, *expr)) return i;
  }
  std::string_view name;
  if (const auto* ref = TryAs<ColumnRef>(*expr)) name = Keep(columns_[static_cast<size_t>(ref->column)].name);
  const ColumnId column = NewColumn(name, expr->type);
  state.group_by.push_back({column, std::move(expr)});
  return state.group_by.size() - 1;
}

SqlResult<size_t> Resolver::GroupByOutput(SelectState& state, size_t output, uint32_t position) {
  SelectOutput& chosen = state.outputs[output];
  // A second mention of the same output: it is a group key already.
  if (const auto* ref = TryAs<ColumnRef>(*chosen.expr)) {
    for (size_t i = 0; i < state.group_by.size(); ++i) {
      if (state.group_by[i].column == ref->column) return i;
    }
  }
  if (Contains(*chosen.expr, ExprKind::kAggregate)) {
    return InvalidSql("Column " + std::string(chosen.name) + " contains an aggregation function, which is not allowed "
                      "in GROUP BY", position);
  }
  if (chosen.has_window) {
    return InvalidSql("Column " + std::string(chosen.name) + " contains an analytic function, which is not allowed in "
                      "GROUP BY", position);
  }
  const uint32_t expr_position = chosen.expr->position;
  ASSIGN_OR_RETURN(const size_t key, AddGroupKey(state, std::move(chosen.expr), position));
  chosen.expr = Ref(state.group_by[key].column, expr_position);
  return key;
}

SqlStatus Resolver::GroupByAll(SelectState& state) {
  for (size_t i = 0; i < state.outputs.size(); ++i) {
    Expr& expr = *state.outputs[i].expr;
    if (Contains(expr, ExprKind::kAggregate) || state.outputs[i].has_window || expr.kind == ExprKind::kLiteral) continue;
    RETURN_IF_ERROR(GroupByOutput(state, i, state.outputs[i].position));
  }
  return Nothing{};
}

// Turns an expression over FROM into one over the groups.
SqlStatus Resolver::Regroup(SelectState& state, ExprPtr& expr, const char* clause, bool in_subquery) {
  for (const Computed& key : state.group_by) {
    if (SameExpr(*key.expr, *expr)) {
      expr = Ref(key.column, expr->position);
      return Nothing{};
    }
  }
  // What aggregates in a subquery is the subquery's own.
  if (auto* aggregate = in_subquery ? nullptr : TryAs<Aggregate>(*expr)) {
    if (aggregate->function == FunctionId::kGrouping) RETURN_IF_ERROR(RegroupGrouping(state, *aggregate));
    for (const Computed& before : state.aggregates) {
      if (SameExpr(*before.expr, *expr)) {
        expr = Ref(before.column, expr->position);
        return Nothing{};
      }
    }
    const uint32_t position = expr->position;
    const ColumnId column = NewColumn("", expr->type);
    state.aggregates.push_back({column, std::move(expr)});
    expr = Ref(column, position);
    return Nothing{};
  }
  if (const auto* ref = TryAs<ColumnRef>(*expr)) {
    if (ref->column < state.first_column || ref->column >= state.end_column) return Nothing{};
    return InvalidSql(std::string(clause) + " expression references column " +
                          columns_[static_cast<size_t>(ref->column)].name +
                          " which is neither grouped nor aggregated", expr->position);
  }
  SqlStatus status = Nothing{};
  ForEachChild(*expr, [&](ExprPtr& child) {
    if (status.ok()) status = Regroup(state, child, clause, in_subquery || expr->kind == ExprKind::kSubquery);
  });
  return status;
}

// The argument of GROUPING becomes the key that it means.
SqlStatus Resolver::RegroupGrouping(SelectState& state, Aggregate& grouping) {
  ExprPtr& argument = grouping.arguments.front();
  const Expr* meant = argument.get();
  if (const auto* ref = TryAs<ColumnRef>(*meant)) {
    for (const SelectOutput& output : state.outputs) {
      if (output.column == ref->column && output.expr != nullptr) meant = output.expr.get();
    }
  }
  for (const Computed& key : state.group_by) {
    const auto* ref = TryAs<ColumnRef>(*meant);
    if ((ref == nullptr || ref->column != key.column) && !SameExpr(*key.expr, *meant)) continue;
    argument = Ref(key.column, argument->position);
    return Nothing{};
  }
  return InvalidSql("GROUPING must have an argument that exists within the group-by expression list",
                    grouping.position);
}

SqlStatus Resolver::RegroupAll(SelectState& state) {
  if (!state.has_group_by && !state.has_aggregate) return Nothing{};
  for (SelectOutput& output : state.outputs) RETURN_IF_ERROR(Regroup(state, output.expr, "SELECT list"));
  if (state.having != nullptr) RETURN_IF_ERROR(Regroup(state, state.having, "HAVING clause"));
  if (state.qualify != nullptr) RETURN_IF_ERROR(Regroup(state, state.qualify, "QUALIFY clause"));
  for (SortKey& key : state.order_by) RETURN_IF_ERROR(Regroup(state, key.expr, "ORDER BY clause"));
  return RewriteHavingModifiers(state);
}

}  // namespace casebook::analysis
