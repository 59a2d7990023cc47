// Pipe operators: each becomes the scans that the same clause of a SELECT would.
#include <algorithm>

#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

template <typename T>
T Over(T scan, ScanPtr input) {
  scan->input = std::move(input);
  return scan;
}

// The clauses of an operator that computes: no aggregates, and the columns of the pipe stand where FROM's do.
SelectClauses ComputingClauses(uint32_t position) {
  SelectClauses clauses;
  clauses.has_from = true;
  clauses.takes_aggregates = false;
  clauses.position = position;
  return clauses;
}

// The one column of `*` with this name.
SqlResult<size_t> FindColumn(const NameList& names, const sql::Identifier& name, const char* word) {
  size_t found = names.columns.size();
  for (size_t i = 0; i < names.columns.size(); ++i) {
    if (!EqualIgnoringCase(names.columns[i].name, name.text)) continue;
    if (found != names.columns.size()) {
      return InvalidSql("Column name " + name.text + " in |> " + word + " is ambiguous", name.range.begin);
    }
    found = i;
  }
  if (found == names.columns.size()) {
    std::vector<std::string_view> candidates;
    for (const NamedColumn& column : names.columns) candidates.push_back(column.name);
    std::string message = "Column " + name.text + " in |> " + word + " not found";
    const std::string_view nearest = NearestName(name.text, candidates);
    if (!nearest.empty()) message += "; Did you mean " + std::string(nearest) + "?";
    return InvalidSql(message, name.range.begin);
  }
  return found;
}

bool HasOrder(const sql::SortOrder& order) {
  return order.direction != sql::SortDirection::kUnspecified || order.nulls != sql::NullsPosition::kUnspecified;
}

SortKey KeyOf(ExprPtr expr, const sql::SortOrder& order) {
  SortKey key;
  key.descending = order.direction == sql::SortDirection::kDescending;
  key.nulls_first = order.nulls == sql::NullsPosition::kUnspecified ? !key.descending
                                                                    : order.nulls == sql::NullsPosition::kFirst;
  key.expr = std::move(expr);
  return key;
}

std::string_view ImpliedName(const sql::Expr& expr) {
  if (const auto* path = sql::TryAs<sql::PathExpr>(expr)) return path->path.names.back().text;
  if (const auto* field = sql::TryAs<sql::FieldAccessExpr>(expr)) return field->field.text;
  return {};
}

}  // namespace

SqlResult<QueryResult> Resolver::ResolvePipes(const sql::Query& query, size_t count, const Scope* outer) {
  PipeState state;
  state.first_column = static_cast<ColumnId>(columns_.size());
  const size_t visible = with_tables_.size();
  if (const auto* from = sql::TryAs<sql::FromBody>(*query.body)) {
    ASSIGN_OR_RETURN(state.scan, ResolveFrom(*from->from, outer, nullptr, nullptr, state.names));
  } else {
    ASSIGN_OR_RETURN(QueryResult head, ResolveHead(query, outer));
    const auto* nested = sql::TryAs<sql::NestedQueryBody>(*query.body);
    FromQuery(std::move(head), nested != nullptr && nested->alias ? nested->alias->text : std::string_view(), state);
  }
  for (size_t i = 0; i < count; ++i) RETURN_IF_ERROR(ResolvePipe(*query.pipes[i], state, outer));
  with_tables_.resize(visible);
  QueryResult result = ToQuery(state, query.range.begin);
  if (state.with != nullptr) {
    state.with->body = std::move(result.scan);
    result.scan = std::move(state.with);
  }
  return result;
}

void Resolver::FromQuery(QueryResult result, std::string_view alias, PipeState& state) {
  state.names = {};
  NamesOfQuery(result, alias, state.names);
  state.is_value_table = result.is_value_table;
  state.scan = std::move(result.scan);
}

QueryResult Resolver::ToQuery(PipeState& state, uint32_t position) {
  QueryResult result;
  const bool is_row = state.names.columns.size() == 1 && state.names.columns.front().is_value;
  result.is_value_table = state.is_value_table && is_row;
  const std::vector<NamedColumn> columns =
      result.is_value_table ? state.names.columns : ExpandColumns(state.names, state.scan, position);
  for (const NamedColumn& column : columns) {
    columns_[static_cast<size_t>(column.column)].used = true;
    const std::string_view name = result.is_value_table ? std::string_view() : column.name;
    result.columns.push_back({name, column.column, {.type = TypeOf(column.column)}});
  }
  result.scan = std::move(state.scan);
  return result;
}

SqlStatus Resolver::ResolvePipe(const sql::PipeOperator& pipe, PipeState& state, const Scope* outer) {
  using sql::As;
  using sql::PipeKind;
  const uint32_t position = pipe.range.begin;
  const Scope scope{&state.names, nullptr, outer};
  RETURN_IF_ERROR(CountStep(position));
  switch (pipe.kind) {
    case PipeKind::kSelect: {
      const auto& select = As<sql::PipeSelect>(pipe);
      if (select.select == sql::PipeSelectKind::kSelect) return ResolvePipeSelect(select, state, outer);
      return ResolvePipeExtend(select, state, outer);
    }
    case PipeKind::kSet: return ResolvePipeSet(As<sql::PipeSet>(pipe), state, outer);
    case PipeKind::kDrop: return ResolvePipeDrop(As<sql::PipeDrop>(pipe), state);
    case PipeKind::kRename: return ResolvePipeRename(As<sql::PipeRename>(pipe), state);
    case PipeKind::kAs: {
      QueryResult whole;
      whole.is_value_table = state.names.columns.size() == 1 && state.names.columns.front().is_value;
      for (const NamedColumn& column : state.names.columns) {
        whole.columns.push_back({column.name, column.column, {.type = TypeOf(column.column)}});
      }
      whole.scan = std::move(state.scan);
      FromQuery(std::move(whole), As<sql::PipeAs>(pipe).alias.text, state);
      return Nothing{};
    }
    case PipeKind::kWhere: {
      ExprContext context;
      context.scope = &scope;
      context.clause = "WHERE clause";
      auto filter = std::make_unique<FilterScan>();
      ASSIGN_OR_RETURN(filter->condition, ResolveBool(*As<sql::PipeWhere>(pipe).condition, context));
      state.scan = Over(std::move(filter), std::move(state.scan));
      return Nothing{};
    }
    case PipeKind::kLimit: {
      auto limit = std::make_unique<LimitScan>();
      ASSIGN_OR_RETURN(limit->bounds, ResolveLimit(As<sql::PipeLimit>(pipe).limit, outer));
      state.scan = Over(std::move(limit), std::move(state.scan));
      return Nothing{};
    }
    case PipeKind::kOrderBy: return ResolvePipeOrder(As<sql::PipeOrderBy>(pipe), state, outer);
    case PipeKind::kAggregate: return ResolvePipeAggregate(As<sql::PipeAggregate>(pipe), state, outer);
    case PipeKind::kDistinct: return ResolvePipeDistinct(state, position);
    case PipeKind::kDescribe: return ResolvePipeDescribe(state, position);
    case PipeKind::kJoin: {
      const auto& join = As<sql::PipeJoin>(pipe);
      JoinParts parts;
      parts.join = join.join;
      parts.right = join.right.get();
      parts.on = join.on.get();
      parts.using_columns = &join.using_columns;
      parts.position = position;
      parts.first_column = state.first_column;
      NameList names;
      ASSIGN_OR_RETURN(state.scan, ResolveJoinTo(parts, std::move(state.scan), state.names, outer, names));
      state.names = std::move(names);
      state.is_value_table = false;
      return Nothing{};
    }
    case PipeKind::kCall: {
      const sql::TableCall& call = *As<sql::PipeCall>(pipe).call;
      QueryResult input = ToQuery(state, position);
      ASSIGN_OR_RETURN(QueryResult result, ResolveTableCall(call, &input, nullptr, outer));
      FromQuery(std::move(result), call.alias ? std::string_view(call.alias->text) : "", state);
      return Nothing{};
    }
    case PipeKind::kSetOperation: return ResolvePipeSetOperation(As<sql::PipeSetOperation>(pipe), state, outer);
    case PipeKind::kSample: {
      ASSIGN_OR_RETURN(state.scan, ResolveSample(As<sql::PipeSample>(pipe).spec, std::move(state.scan)));
      return Nothing{};
    }
    case PipeKind::kPivot: {
      state.is_value_table = false;
      ASSIGN_OR_RETURN(state.scan, ResolvePivot(As<sql::PipePivot>(pipe).spec, std::move(state.scan), state.names, outer));
      return Nothing{};
    }
    case PipeKind::kUnpivot: {
      state.is_value_table = false;
      ASSIGN_OR_RETURN(state.scan, ResolveUnpivot(As<sql::PipeUnpivot>(pipe).spec, std::move(state.scan), state.names));
      return Nothing{};
    }
    case PipeKind::kWith: {
      // The tables stand before the whole query, which mentions them from here on.
      if (state.with == nullptr) state.with = std::make_unique<WithScan>();
      return ResolveWith(As<sql::PipeWith>(pipe).with, outer, *state.with);
    }
    case PipeKind::kAssert: return ResolvePipeAssert(As<sql::PipeAssert>(pipe), state, outer);
  }
  Unreachable();
}

// --- Columns ---------------------------------------------------------------------------------------

SqlStatus Resolver::ResolvePipeSelect(const sql::PipeSelect& pipe, PipeState& state, const Scope* outer) {
  SelectClauses clauses = ComputingClauses(pipe.range.begin);
  clauses.items = &pipe.items;
  clauses.windows = &pipe.windows;
  clauses.as = pipe.as;
  clauses.distinct = pipe.distinct;
  SelectState select;
  select.clauses = &clauses;
  select.names = std::move(state.names);
  select.first_column = state.first_column;
  ASSIGN_OR_RETURN(QueryResult result, ResolveSelectOver(select, std::move(state.scan), outer));
  FromQuery(std::move(result), "", state);
  return Nothing{};
}

SqlStatus Resolver::ResolvePipeExtend(const sql::PipeSelect& pipe, PipeState& state, const Scope* outer) {
  SelectClauses clauses = ComputingClauses(pipe.range.begin);
  clauses.items = &pipe.items;
  clauses.windows = &pipe.windows;
  SelectState select;
  select.clauses = &clauses;
  select.names = state.names;
  const Scope scope{&select.names, nullptr, outer};
  RETURN_IF_ERROR(ResolveSelectList(select, scope));
  for (SelectOutput& output : select.outputs) {
    RETURN_IF_ERROR(LiftWindows(select, output.expr));
    state.names.columns.push_back({output.name, output.column, false});
  }
  state.scan = BuildSelect(select, std::move(state.scan));
  state.is_value_table = false;
  return Nothing{};
}

SqlStatus Resolver::ResolvePipeSet(const sql::PipeSet& pipe, PipeState& state, const Scope* outer) {
  const SelectClauses clauses = ComputingClauses(pipe.range.begin);
  SelectState select;
  select.clauses = &clauses;
  select.names = state.names;
  const Scope scope{&select.names, nullptr, outer};
  ExprContext context;
  context.scope = &scope;
  context.clause = "SET";
  context.select = &select;
  context.windows = true;
  std::vector<size_t> places;
  for (const sql::PipeSet::Item& item : pipe.items) {
    ASSIGN_OR_RETURN(const size_t place, FindColumn(select.names, item.column, "SET"));
    if (std::find(places.begin(), places.end(), place) != places.end()) {
      return InvalidSql("Column " + item.column.text + " is set twice in |> SET", item.range.begin);
    }
    places.push_back(place);
    ASSIGN_OR_RETURN(ExprPtr value, ResolveExpr(*item.value, context));
    const std::string_view name = select.names.columns[place].name;
    AddOutput(select, name, std::move(value), item.range.begin, false);
    RETURN_IF_ERROR(LiftWindows(select, select.outputs.back().expr));
    // What stood before the dot keeps the old value.
    state.names.columns[place] = {name, select.outputs.back().column, false};
  }
  state.scan = BuildSelect(select, std::move(state.scan));
  state.is_value_table = false;
  return Nothing{};
}

SqlStatus Resolver::ResolvePipeDrop(const sql::PipeDrop& pipe, PipeState& state) {
  for (const sql::Identifier& column : pipe.columns) {
    ASSIGN_OR_RETURN(const size_t place, FindColumn(state.names, column, "DROP"));
    state.names.columns.erase(state.names.columns.begin() + static_cast<std::ptrdiff_t>(place));
  }
  if (state.names.columns.empty()) return InvalidSql("|> DROP leaves no column", pipe.range.begin);
  state.is_value_table = false;
  return Nothing{};
}

SqlStatus Resolver::ResolvePipeRename(const sql::PipeRename& pipe, PipeState& state) {
  std::vector<size_t> places;
  for (const sql::PipeRename::Item& item : pipe.items) {
    ASSIGN_OR_RETURN(const size_t place, FindColumn(state.names, item.from, "RENAME"));
    places.push_back(place);
  }
  for (size_t i = 0; i < places.size(); ++i) state.names.columns[places[i]].name = pipe.items[i].to.text;
  state.is_value_table = false;
  return Nothing{};
}

// --- Rows ------------------------------------------------------------------------------------------

SqlStatus Resolver::ResolvePipeOrder(const sql::PipeOrderBy& pipe, PipeState& state, const Scope* outer) {
  const SelectClauses clauses = ComputingClauses(pipe.range.begin);
  SelectState select;
  select.clauses = &clauses;
  const Scope scope{&state.names, nullptr, outer};
  ExprContext context;
  context.scope = &scope;
  context.clause = "ORDER BY clause";
  context.select = &select;
  context.windows = true;
  for (const sql::OrderItem& item : pipe.items) {
    ExprPtr expr;
    const auto* literal = sql::TryAs<sql::LiteralExpr>(*item.expr);
    if (literal != nullptr && literal->literal == sql::LiteralKind::kInt) {
      if (literal->int_value < 1 || literal->int_value > state.names.columns.size()) {
        return InvalidSql("ORDER BY column number item is out of range. Column numbers must be between 1 and " +
                              std::to_string(state.names.columns.size()), item.range.begin);
      }
      expr = Ref(state.names.columns[literal->int_value - 1].column, item.range.begin);
    } else {
      ASSIGN_OR_RETURN(expr, ResolveExpr(*item.expr, context));
    }
    ASSIGN_OR_RETURN(SortKey key, MakeSortKey(item, std::move(expr)));
    RETURN_IF_ERROR(LiftWindows(select, key.expr));
    select.order_by.push_back(std::move(key));
  }
  state.scan = BuildSelect(select, std::move(state.scan));
  return Nothing{};
}

SqlStatus Resolver::ResolvePipeDistinct(PipeState& state, uint32_t position) {
  auto distinct = std::make_unique<DistinctScan>();
  for (const NamedColumn& column : state.names.columns) {
    if (!SupportsGrouping(TypeOf(column.column))) {
      return InvalidSql("Column " + std::string(column.name) + " of type " + TypeOf(column.column).ToString() +
                            " cannot be used in |> DISTINCT", position);
    }
    columns_[static_cast<size_t>(column.column)].used = true;
    const auto& columns = distinct->columns;
    if (std::find(columns.begin(), columns.end(), column.column) == columns.end()) {
      distinct->columns.push_back(column.column);
    }
  }
  // Columns that are no longer shown are gone.
  for (RangeVariable& range : state.names.ranges) {
    std::erase_if(range.columns, [&](const NamedColumn& column) {
      return std::find(distinct->columns.begin(), distinct->columns.end(), column.column) == distinct->columns.end();
    });
  }
  std::erase_if(state.names.ranges, [](const RangeVariable& range) { return range.columns.empty(); });
  state.scan = Over(std::move(distinct), std::move(state.scan));
  return Nothing{};
}

SqlStatus Resolver::ResolvePipeSetOperation(const sql::PipeSetOperation& pipe, PipeState& state, const Scope* outer) {
  std::vector<QueryResult> inputs;
  inputs.push_back(ToQuery(state, pipe.range.begin));
  for (const sql::QueryPtr& input : pipe.inputs) {
    ASSIGN_OR_RETURN(QueryResult result, ResolveQuery(*input, outer));
    inputs.push_back(std::move(result));
  }
  ASSIGN_OR_RETURN(QueryResult result, CombineInputs(pipe.spec, std::move(inputs)));
  FromQuery(std::move(result), "", state);
  return Nothing{};
}

// Lets through only rows for which the condition is TRUE; any other ends the query.
SqlStatus Resolver::ResolvePipeAssert(const sql::PipeAssert& pipe, PipeState& state, const Scope* outer) {
  const uint32_t position = pipe.range.begin;
  const Scope scope{&state.names, nullptr, outer};
  ExprContext context;
  context.scope = &scope;
  context.clause = "ASSERT";
  ASSIGN_OR_RETURN(ExprPtr condition, ResolveBool(*pipe.condition, context));
  ExprPtr message = Text("Assert failed", position);
  for (const sql::ExprPtr& part : pipe.message) {
    ASSIGN_OR_RETURN(ExprPtr text, ResolveExpr(*part, context));
    if (text->type.kind() != TypeKind::kString) {
      if (!CanCast(text->type, TypeKind::kString)) {
        return UnsupportedSql("ASSERT with a message of type " + text->type.ToString() + " is not supported", position);
      }
      text = MakeCast(std::move(text), TypeKind::kString, false, true);
    }
    std::vector<ExprPtr> or_null;
    or_null.push_back(std::move(text));
    or_null.push_back(Text("NULL", position));
    ASSIGN_OR_RETURN(ExprPtr shown, MakeCall(FunctionId::kIfNull, std::move(or_null), position));
    std::vector<ExprPtr> parts;
    parts.push_back(std::move(message));
    parts.push_back(Text(": ", position));
    parts.push_back(std::move(shown));
    ASSIGN_OR_RETURN(message, MakeCall(FunctionId::kConcat, std::move(parts), position));
  }
  std::vector<ExprPtr> raise;
  raise.push_back(std::move(message));
  ASSIGN_OR_RETURN(ExprPtr error, MakeCall(FunctionId::kError, std::move(raise), position));
  std::vector<ExprPtr> arguments;
  arguments.push_back(std::move(condition));
  arguments.push_back(Int64(1, position));
  arguments.push_back(std::move(error));
  ASSIGN_OR_RETURN(ExprPtr checked, MakeCall(FunctionId::kIf, std::move(arguments), position));
  std::vector<ExprPtr> sides;
  sides.push_back(std::move(checked));
  sides.push_back(Int64(1, position));
  auto filter = std::make_unique<FilterScan>();
  ASSIGN_OR_RETURN(filter->condition, MakeCall(FunctionId::kEqual, std::move(sides), position));
  state.scan = Over(std::move(filter), std::move(state.scan));
  return Nothing{};
}

// --- AGGREGATE -------------------------------------------------------------------------------------

// The keys come first, then the aggregates; each may say how it orders the rows.
SqlStatus Resolver::ResolvePipeAggregate(const sql::PipeAggregate& pipe, PipeState& state, const Scope* outer) {
  const uint32_t position = pipe.range.begin;
  SelectClauses clauses = ComputingClauses(position);
  clauses.items = &pipe.items;
  clauses.takes_aggregates = true;
  SelectState select;
  select.clauses = &clauses;
  select.names = std::move(state.names);
  select.first_column = state.first_column;
  select.end_column = static_cast<ColumnId>(columns_.size());
  select.has_group_by = pipe.group_by.has_value();
  select.has_aggregate = true;
  const Scope scope{&select.names, nullptr, outer};
  std::vector<std::pair<size_t, const sql::SortOrder*>> keys_order;
  if (pipe.group_by) RETURN_IF_ERROR(ResolvePipeGroupBy(*pipe.group_by, select, scope, keys_order));

  const size_t first_aggregate = select.outputs.size();
  RETURN_IF_ERROR(ResolveSelectList(select, scope));
  std::vector<std::pair<size_t, const sql::SortOrder*>> order;
  for (size_t i = 0; i < pipe.items.size(); ++i) {
    if (HasOrder(pipe.items[i].order)) order.emplace_back(first_aggregate + i, &pipe.items[i].order);
  }
  if (!order.empty() && !keys_order.empty()) {
    return UnsupportedSql("|> AGGREGATE that orders by keys and by aggregates is not supported", position);
  }
  order.insert(order.end(), keys_order.begin(), keys_order.end());
  for (const auto& [output, sort] : order) {
    const SelectOutput& chosen = select.outputs[output];
    if (!SupportsOrdering(chosen.result_type)) {
      return InvalidSql("ORDER BY does not support expressions of type " + chosen.result_type.ToString(), position);
    }
    select.order_by.push_back(KeyOf(Ref(chosen.column, position), *sort));
  }
  RETURN_IF_ERROR(RegroupAll(select));
  for (const SelectOutput& output : select.outputs) {
    if (output.has_window) return InvalidSql("Analytic function not allowed in |> AGGREGATE", output.position);
    state.names.columns.push_back({output.name, output.column, false});
  }
  state.scan = BuildSelect(select, std::move(state.scan));
  state.is_value_table = false;
  return Nothing{};
}

SqlStatus Resolver::ResolvePipeGroupBy(const sql::GroupBy& group_by, SelectState& select, const Scope& scope,
                                       std::vector<std::pair<size_t, const sql::SortOrder*>>& order) {
  if (group_by.all) return InvalidSql("GROUP BY ALL is not allowed in |> AGGREGATE", group_by.range.begin);
  RETURN_IF_ERROR(ResolveGroupingItems(select, scope, group_by));
  // Each key is shown once, where it is first mentioned.
  std::vector<const sql::GroupingItem*> items;
  for (const sql::GroupingItem& item : group_by.items) items.push_back(&item);
  std::vector<bool> shown(select.group_by.size(), false);
  const auto show = [&](const sql::Expr& expr, const sql::GroupingItem* item) -> SqlStatus {
    ASSIGN_OR_RETURN(const size_t key, ResolveGroupKey(select, scope, expr));
    if (shown[key]) return Nothing{};
    shown[key] = true;
    const std::string_view name = item != nullptr && item->alias ? item->alias->text : ImpliedName(expr);
    AddOutput(select, name, Ref(select.group_by[key].column, expr.range.begin), expr.range.begin, false);
    const bool sorts = item != nullptr && (group_by.and_order || HasOrder(item->order));
    if (sorts) order.emplace_back(select.outputs.size() - 1, &item->order);
    return Nothing{};
  };
  for (size_t i = 0; i < items.size(); ++i) {
    const sql::GroupingItem& item = *items[i];
    if (item.kind == sql::GroupingKind::kExpr) {
      RETURN_IF_ERROR(show(*item.expr, &item));
      continue;
    }
    if (group_by.and_order) {
      return UnsupportedSql("GROUP AND ORDER BY with grouping sets is not supported", group_by.range.begin);
    }
    for (const sql::GroupingColumns& columns : item.columns) {
      for (const sql::ExprPtr& expr : columns.exprs) RETURN_IF_ERROR(show(*expr, nullptr));
    }
    size_t place = i + 1;
    for (const sql::GroupingItem& set : item.sets) items.insert(items.begin() + static_cast<std::ptrdiff_t>(place++), &set);
  }
  return Nothing{};
}

}  // namespace casebook::analysis
