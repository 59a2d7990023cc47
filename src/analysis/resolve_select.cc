// SELECT: its list, grouping, windows and order, and the scans they become.
#include <algorithm>
#include <functional>
#include <cctype>

#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

// The name that BigQuery gives a column without alias; empty: f0_, f1_, …
std::string_view ImpliedName(const sql::Expr& expr) {
  if (const auto* path = sql::TryAs<sql::PathExpr>(expr)) return path->path.names.back().text;
  if (const auto* field = sql::TryAs<sql::FieldAccessExpr>(expr)) return field->field.text;
  return {};
}

// Without FROM there is one row and nothing to choose from.
SqlStatus CheckWithoutFrom(const SelectClauses& clauses) {
  if (clauses.has_from) return Nothing{};
  const auto refuse = [](const char* what, uint32_t position) -> SqlStatus {
    return InvalidSql(std::string("Query without FROM clause cannot ") + what, position);
  };
  if (clauses.distinct) return refuse("use SELECT DISTINCT", clauses.position);
  if (clauses.where != nullptr) return refuse("have a WHERE clause", clauses.where->range.begin);
  if (clauses.group_by != nullptr) return refuse("have a GROUP BY clause", clauses.group_by->range.begin);
  if (clauses.having != nullptr) return refuse("have a HAVING clause", clauses.having->range.begin);
  if (clauses.qualify != nullptr) return refuse("have a QUALIFY clause", clauses.qualify->range.begin);
  if (!clauses.windows->empty()) return refuse("have a WINDOW clause", clauses.windows->front().name.range.begin);
  if (clauses.order_by != nullptr && !clauses.order_by->empty()) {
    return refuse("have an ORDER BY clause", clauses.order_by->front().range.begin);
  }
  return Nothing{};
}

}  // namespace

bool Contains(Expr& expr, ExprKind kind) {
  if (expr.kind == kind) return true;
  if (expr.kind == ExprKind::kSubquery) return false;  // what stands in there belongs to it
  bool found = false;
  ForEachChild(expr, [&](ExprPtr& child) { found = found || Contains(*child, kind); });
  return found;
}

const sql::LiteralExpr* IntLiteral(const sql::Expr& expr) {
  const auto* literal = sql::TryAs<sql::LiteralExpr>(expr);
  return literal != nullptr && literal->literal == sql::LiteralKind::kInt ? literal : nullptr;
}

const sql::Identifier* SingleName(const sql::Expr& expr) {
  const auto* path = sql::TryAs<sql::PathExpr>(expr);
  return path != nullptr && path->path.names.size() == 1 ? &path->path.names.front() : nullptr;
}

SqlResult<QueryResult> Resolver::ResolveSelect(const sql::SelectBody& body, const Scope* outer,
                                               const std::vector<sql::OrderItem>* order_by) {
  SelectClauses clauses;
  clauses.items = &body.items;
  clauses.where = body.where.get();
  clauses.group_by = body.group_by ? &*body.group_by : nullptr;
  clauses.having = body.having.get();
  clauses.threshold = body.threshold ? &*body.threshold : nullptr;
  clauses.qualify = body.qualify.get();
  clauses.windows = &body.windows;
  clauses.order_by = order_by;
  clauses.as = body.as;
  clauses.distinct = body.distinct;
  clauses.has_from = body.from != nullptr;
  clauses.position = body.range.begin;
  RETURN_IF_ERROR(CheckWithoutFrom(clauses));
  SelectState state;
  state.clauses = &clauses;
  state.first_column = static_cast<ColumnId>(columns_.size());
  ScanPtr scan;
  if (body.from != nullptr) {
    ASSIGN_OR_RETURN(scan, ResolveFrom(*body.from, outer, nullptr, nullptr, state.names));
  } else {
    scan = std::make_unique<SingleRowScan>();
  }
  return ResolveSelectOver(state, std::move(scan), outer);
}

// `state` has its clauses, the names of FROM and where their columns begin.
SqlResult<QueryResult> Resolver::ResolveSelectOver(SelectState& state, ScanPtr scan, const Scope* outer) {
  const SelectClauses& clauses = *state.clauses;
  state.has_group_by = clauses.group_by != nullptr;
  state.end_column = static_cast<ColumnId>(columns_.size());

  const Scope from_scope{&state.names, nullptr, outer};
  ExprContext context;
  context.scope = &from_scope;
  context.clause = "WHERE clause";
  if (clauses.where != nullptr) {
    ASSIGN_OR_RETURN(state.where, ResolveBool(*clauses.where, context));
  }
  RETURN_IF_ERROR(ResolveSelectList(state, from_scope));
  if (!clauses.has_from && (state.has_aggregate || state.has_window)) {
    return InvalidSql(std::string("SELECT without FROM clause cannot use ") +
                          (state.has_aggregate ? "aggregation" : "analytic functions"), clauses.position);
  }
  if (clauses.group_by != nullptr) RETURN_IF_ERROR(ResolveGroupBy(state, from_scope));

  const Scope alias_scope{&state.names, &state, outer};
  context.scope = &alias_scope;
  context.select = &state;
  context.aggregates = true;
  if (clauses.having != nullptr) {
    context.clause = "HAVING clause";
    ASSIGN_OR_RETURN(state.having, ResolveBool(*clauses.having, context));
    if (!state.has_group_by && !state.has_aggregate) {
      return InvalidSql("The HAVING clause requires GROUP BY or aggregation to be present",
                        clauses.having->range.begin);
    }
  }
  if (clauses.threshold != nullptr) RETURN_IF_ERROR(AddThreshold(state, context));
  if (clauses.qualify != nullptr) {
    context.clause = "QUALIFY clause";
    context.windows = true;
    ASSIGN_OR_RETURN(state.qualify, ResolveBool(*clauses.qualify, context));
    if (!state.has_window) {
      return InvalidSql("The QUALIFY clause requires analytic function to be present",
                        clauses.qualify->range.begin);
    }
  }
  if (clauses.order_by != nullptr) RETURN_IF_ERROR(ResolveSelectOrder(state, alias_scope, *clauses.order_by));

  RETURN_IF_ERROR(RegroupAll(state));
  QueryResult result;
  if (clauses.as != sql::SelectAs::kRow) RETURN_IF_ERROR(MakeValueTable(state, result));
  for (SelectOutput& output : state.outputs) {
    if (clauses.distinct && !SupportsGrouping(output.result_type)) {
      return InvalidSql("Column " + std::string(output.name) + " of type " + output.result_type.ToString() +
                            " cannot be used in SELECT DISTINCT", output.position);
    }
  }
  if (clauses.distinct) {
    RETURN_IF_ERROR(CheckDistinctOrder(state));
    RETURN_IF_ERROR(GroupDistinctWindows(state));
  }
  for (SelectOutput& output : state.outputs) {
    if (output.expr != nullptr) RETURN_IF_ERROR(LiftWindows(state, output.expr));
  }
  if (state.qualify != nullptr) RETURN_IF_ERROR(LiftWindows(state, state.qualify));
  for (SortKey& key : state.order_by) RETURN_IF_ERROR(LiftWindows(state, key.expr));

  if (state.row) {
    CoercibleType type;
    type.type = state.row->expr->type;
    result.columns.push_back({"", state.row->column, type});
  } else {
    for (const SelectOutput& output : state.outputs) {
      result.columns.push_back({output.name, output.column, output.type});
    }
  }
  result.scan = BuildSelect(state, std::move(scan));
  return result;
}

SqlStatus Resolver::ResolveSelectList(SelectState& state, const Scope& scope) {
  ExprContext context;
  context.scope = &scope;
  context.clause = "SELECT list";
  context.select = &state;
  context.aggregates = state.clauses->takes_aggregates;
  context.windows = true;
  for (const sql::SelectItem& item : *state.clauses->items) {
    if (item.kind != sql::SelectItemKind::kExpr) {
      RETURN_IF_ERROR(ExpandStar(state, scope, item));
      continue;
    }
    ASSIGN_OR_RETURN(ExprPtr expr, ResolveExpr(*item.expr, context));
    const std::string_view name = item.alias ? std::string_view(item.alias->text) : ImpliedName(*item.expr);
    AddOutput(state, name, std::move(expr), item.expr->range.begin, !name.empty());
  }
  return Nothing{};
}

void Resolver::AddOutput(SelectState& state, std::string_view name, ExprPtr expr, uint32_t position, bool aliased) {
  SelectOutput output;
  output.name = name;
  output.type = CoercibleOf(*expr);
  output.result_type = expr->type;
  output.position = position;
  output.aliased = aliased;
  output.has_window = Contains(*expr, ExprKind::kWindow);
  output.column = NewColumn(name, expr->type);
  output.expr = std::move(expr);
  state.outputs.push_back(std::move(output));
}

SqlStatus Resolver::ExpandStar(SelectState& state, const Scope& scope, const sql::SelectItem& item) {
  const uint32_t position = item.range.begin;
  const size_t before = state.outputs.size();
  std::set<std::string> used;  // of EXCEPT and REPLACE
  std::vector<NamedColumn> columns;
  ExprPtr base;
  if (item.kind == sql::SelectItemKind::kStar) {
    if (!state.clauses->has_from) return InvalidSql("SELECT * must have a FROM clause", position);
    columns = state.names.columns;
  } else {
    const sql::Identifier* name = SingleName(*item.expr);
    const RangeVariable* found = nullptr;
    for (const RangeVariable& range : state.names.ranges) {
      if (name != nullptr && EqualIgnoringCase(range.name, name->text)) found = &range;
    }
    if (found != nullptr) {
      columns = found->columns;
    } else {
      ExprContext context;
      context.scope = &scope;
      context.clause = "SELECT list";
      context.select = &state;
      context.aggregates = state.clauses->takes_aggregates;
      context.windows = true;
      ASSIGN_OR_RETURN(base, ResolveExpr(*item.expr, context));
      if (!base->type.IsStruct()) {
        return InvalidSql("Dot-star is not supported for type " + base->type.ToString(), position);
      }
    }
  }
  if (base != nullptr) {
    const auto fields = base->type.fields();
    for (size_t i = 0; i < fields.size(); ++i) {
      ExprContext context;
      context.scope = &scope;
      context.clause = "SELECT list";
      context.select = &state;
      context.aggregates = state.clauses->takes_aggregates;
      context.windows = true;
      ASSIGN_OR_RETURN(ExprPtr again, ResolveExpr(*item.expr, context));
      auto field = std::make_unique<Field>();
      field->type = fields[i].type;
      field->index = i;
      field->position = position;
      field->base = std::move(again);
      RETURN_IF_ERROR(AddStarColumn(state, scope, item, Keep(fields[i].name), std::move(field), used));
    }
  }
  for (const NamedColumn& column : columns) {
    const Type type = TypeOf(column.column);
    if (!column.is_value || !type.IsStruct()) {
      RETURN_IF_ERROR(AddStarColumn(state, scope, item, column.name, Ref(column.column, position), used));
      continue;
    }
    for (size_t i = 0; i < type.fields().size(); ++i) {
      auto field = std::make_unique<Field>();
      field->type = type.fields()[i].type;
      field->index = i;
      field->position = position;
      field->base = Ref(column.column, position);
      RETURN_IF_ERROR(AddStarColumn(state, scope, item, Keep(type.fields()[i].name), std::move(field), used));
    }
  }
  for (const sql::Identifier& name : item.star.except) {
    if (!used.contains("-" + LowerCase(name.text))) {
      return InvalidSql("Column " + name.text + " in SELECT * EXCEPT list does not exist", name.range.begin);
    }
  }
  for (const sql::NamedExpr& named : item.star.replace) {
    if (!used.contains("=" + LowerCase(named.alias->text))) {
      return InvalidSql("Column " + named.alias->text + " in SELECT * REPLACE list does not exist", named.range.begin);
    }
  }
  if (state.outputs.size() == before && !item.star.except.empty()) {
    return InvalidSql("SELECT * expands to zero columns after applying EXCEPT", position);
  }
  return Nothing{};
}

SqlStatus Resolver::AddStarColumn(SelectState& state, const Scope& scope, const sql::SelectItem& item,
                                  std::string_view name, ExprPtr expr, std::set<std::string>& used) {
  for (const sql::Identifier& except : item.star.except) {
    if (!EqualIgnoringCase(except.text, name)) continue;
    used.insert("-" + LowerCase(name));
    return Nothing{};
  }
  for (const sql::NamedExpr& replace : item.star.replace) {
    if (!EqualIgnoringCase(replace.alias->text, name)) continue;
    used.insert("=" + LowerCase(name));
    ExprContext context;
    context.scope = &scope;
    context.clause = "SELECT list";
    context.select = &state;
    context.aggregates = state.clauses->takes_aggregates;
    context.windows = true;
    ASSIGN_OR_RETURN(expr, ResolveExpr(*replace.expr, context));
  }
  AddOutput(state, name, std::move(expr), item.range.begin, !name.empty());
  return Nothing{};
}

// The output that `name` means: -1 for none, an error in `status` for several.
int Resolver::FindAlias(SelectState& state, std::string_view name, uint32_t position, SqlStatus& status) {
  int found = -1;
  for (size_t i = 0; i < state.outputs.size(); ++i) {
    if (!state.outputs[i].aliased || !EqualIgnoringCase(state.outputs[i].name, name)) continue;
    if (found >= 0) {
      const SelectOutput& before = state.outputs[static_cast<size_t>(found)];
      const bool same = before.expr != nullptr && state.outputs[i].expr != nullptr &&
                        SameExpr(*before.expr, *state.outputs[i].expr);
      if (same) continue;
      status = InvalidSql("Column name " + std::string(name) + " is ambiguous", position);
      return -1;
    }
    found = static_cast<int>(i);
  }
  return found;
}

// --- Order and windows -----------------------------------------------------------------------------

SqlStatus Resolver::ResolveSelectOrder(SelectState& state, const Scope& scope, const std::vector<sql::OrderItem>& items) {
  ExprContext context;
  context.scope = &scope;
  context.clause = "ORDER BY clause";
  context.select = &state;
  context.aggregates = state.clauses->takes_aggregates &&
                       (state.has_group_by || state.has_aggregate || state.clauses->has_from);
  context.windows = true;
  state.early_aliases = false;
  for (const sql::OrderItem& item : items) {
    ExprPtr expr;
    if (const sql::LiteralExpr* literal = IntLiteral(*item.expr)) {
      if (literal->int_value < 1 || literal->int_value > state.outputs.size()) {
        return InvalidSql("ORDER BY column number item is out of range. Column numbers must be between 1 and " +
                              std::to_string(state.outputs.size()), item.expr->range.begin);
      }
      expr = Ref(state.outputs[literal->int_value - 1].column, item.expr->range.begin);
    } else {
      ASSIGN_OR_RETURN(expr, ResolveExpr(*item.expr, context));
    }
    ASSIGN_OR_RETURN(SortKey key, MakeSortKey(item, std::move(expr)));
    state.order_by.push_back(std::move(key));
  }
  return Nothing{};
}

// After DISTINCT only what is selected may order.
SqlStatus Resolver::CheckDistinctOrder(SelectState& state) {
  const std::function<SqlStatus(ExprPtr&)> check = [&](ExprPtr& expr) -> SqlStatus {
    for (const SelectOutput& output : state.outputs) {
      if (output.expr != nullptr && SameExpr(*output.expr, *expr)) {
        expr = Ref(output.column, expr->position);
        return Nothing{};
      }
    }
    if (const auto* ref = TryAs<ColumnRef>(*expr)) {
      const auto selected = [&](const SelectOutput& output) { return output.column == ref->column; };
      if (std::any_of(state.outputs.begin(), state.outputs.end(), selected)) return Nothing{};
      if (ref->column < state.first_column) return Nothing{};
      return InvalidSql("ORDER BY clause expression references column " +
                            columns_[static_cast<size_t>(ref->column)].name +
                            " which is not visible after SELECT DISTINCT", expr->position);
    }
    SqlStatus status = Nothing{};
    ForEachChild(*expr, [&](ExprPtr& child) {
      if (status.ok()) status = check(child);
    });
    return status;
  };
  for (SortKey& key : state.order_by) RETURN_IF_ERROR(check(key.expr));
  return Nothing{};
}

SqlStatus Resolver::LiftWindows(SelectState& state, ExprPtr& expr) {
  if (expr->kind == ExprKind::kWindow) {
    if (IsPercentile(*expr)) return RewritePercentile(state, expr);
    if (NeedsFramePlaces(As<Window>(*expr))) RETURN_IF_ERROR(UseFramePlaces(state, As<Window>(*expr)));
    const uint32_t position = expr->position;
    const ColumnId column = NewColumn("", expr->type);
    state.windows.push_back({column, std::move(expr)});
    expr = Ref(column, position);
    return Nothing{};
  }
  if (expr->kind == ExprKind::kSubquery) return Nothing{};
  SqlStatus status = Nothing{};
  ForEachChild(*expr, [&](ExprPtr& child) {
    if (status.ok()) status = LiftWindows(state, child);
  });
  return status;
}

// --- Scans -----------------------------------------------------------------------------------------

ScanPtr Resolver::ProjectOutputs(SelectState& state, ScanPtr scan, bool only_referenced, bool with_windows) {
  auto project = std::make_unique<ProjectScan>();
  for (SelectOutput& output : state.outputs) {
    if (output.expr == nullptr) continue;
    if (only_referenced && (!output.referenced || (output.has_window && !with_windows))) continue;
    project->computed.push_back({output.column, std::move(output.expr)});
  }
  if (project->computed.empty()) return scan;
  project->input = std::move(scan);
  return project;
}

ScanPtr Resolver::BuildSelect(SelectState& state, ScanPtr scan) {
  const auto filter = [&](ExprPtr condition) {
    if (condition == nullptr) return;
    auto next = std::make_unique<FilterScan>();
    next->input = std::move(scan);
    next->condition = std::move(condition);
    scan = std::move(next);
  };
  const auto project = [&](std::vector<Computed>& computed) {
    if (computed.empty()) return;
    auto next = std::make_unique<ProjectScan>();
    next->input = std::move(scan);
    next->computed = std::move(computed);
    scan = std::move(next);
  };
  const auto windows = [&](std::vector<Computed>& computed) {
    if (computed.empty()) return;
    auto next = std::make_unique<WindowScan>();
    next->input = std::move(scan);
    next->computed = std::move(computed);
    scan = std::move(next);
  };
  filter(std::move(state.where));
  project(state.early);
  windows(state.early_windows);
  if (state.has_group_by || state.has_aggregate) {
    auto next = std::make_unique<AggregateScan>();
    next->input = std::move(scan);
    next->group_by = std::move(state.group_by);
    next->aggregates = std::move(state.aggregates);
    next->grouping_sets = std::move(state.grouping_sets);
    scan = std::move(next);
  }
  scan = ProjectOutputs(state, std::move(scan), true, false);
  filter(std::move(state.having));
  project(state.window_inputs);
  windows(state.first_windows);
  project(state.window_places);
  project(state.window_numbers);
  windows(state.windows);
  if (state.qualify != nullptr) {
    scan = ProjectOutputs(state, std::move(scan), true, true);
    filter(std::move(state.qualify));
  }
  scan = ProjectOutputs(state, std::move(scan), false, true);
  if (state.row) {
    auto next = std::make_unique<ProjectScan>();
    next->input = std::move(scan);
    next->computed.push_back(std::move(*state.row));
    scan = std::move(next);
    if (state.clauses->distinct) {
      auto distinct = std::make_unique<DistinctScan>();
      distinct->columns.push_back(As<ProjectScan>(*scan).computed.front().column);
      distinct->input = std::move(scan);
      scan = std::move(distinct);
    }
  } else if (state.clauses->distinct) {
    auto next = std::make_unique<DistinctScan>();
    next->input = std::move(scan);
    for (const SelectOutput& output : state.outputs) {
      next->columns.push_back(output.column);
      columns_[static_cast<size_t>(output.column)].used = true;
    }
    scan = std::move(next);
  }
  if (!state.order_by.empty()) {
    auto next = std::make_unique<SortScan>();
    next->input = std::move(scan);
    next->keys = std::move(state.order_by);
    scan = std::move(next);
  }
  return scan;
}

SqlStatus Resolver::MakeValueTable(SelectState& state, QueryResult& result) {
  const uint32_t position = state.clauses->position;
  result.is_value_table = true;
  if (state.clauses->as == sql::SelectAs::kTypeName) return UnsupportedSql("SELECT AS type is not supported", position);
  if (state.clauses->as == sql::SelectAs::kValue) {
    if (state.outputs.size() != 1) return InvalidSql("SELECT AS VALUE query must have exactly one column", position);
    state.outputs.front().name = {};
    return Nothing{};
  }
  // The fields stay columns below the struct, because ORDER BY may mention them.
  auto row = std::make_unique<StructConstructor>();
  row->position = position;
  std::vector<Type::Field> fields;
  for (SelectOutput& output : state.outputs) {
    fields.push_back({std::string(output.name), output.result_type});
    row->fields.push_back(Ref(output.column, output.position));
  }
  row->type = Type::Struct(std::move(fields));
  const ColumnId column = NewColumn("", row->type);
  state.row = Computed{column, std::move(row)};
  return Nothing{};
}

}  // namespace casebook::analysis
