// FROM: tables, subqueries, UNNEST and joins.
#include <algorithm>

#include "analysis/definitions.h"
#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

std::string PathText(const sql::Path& path) {
  std::string text;
  for (const auto& name : path.names) text += (text.empty() ? "" : ".") + name.text;
  return text;
}

bool HasRange(const NameList& names, std::string_view name) {
  return std::any_of(names.ranges.begin(), names.ranges.end(),
                     [&](const RangeVariable& range) { return EqualIgnoringCase(range.name, name); });
}

bool HasColumn(const NameList& names, std::string_view name) {
  return std::any_of(names.columns.begin(), names.columns.end(),
                     [&](const NamedColumn& column) { return EqualIgnoringCase(column.name, name); });
}

// Is `name` a table alias or a column that a path in FROM may start with?
bool IsVisible(const NameList* left, const Scope* outer, std::string_view name) {
  if (left != nullptr && (HasRange(*left, name) || HasColumn(*left, name))) return true;
  for (; outer != nullptr; outer = outer->parent) {
    if (outer->names != nullptr && (HasRange(*outer->names, name) || HasColumn(*outer->names, name))) return true;
  }
  return false;
}

bool IsArraySource(const sql::TableExpr& table, const NameList* left, const Scope* outer) {
  if (table.kind == sql::TableExprKind::kUnnest) return true;
  const auto* path = sql::TryAs<sql::TablePath>(table);
  return path != nullptr && path->path.names.size() > 1 && IsVisible(left, outer, path->path.names.front().text);
}

bool MentionsColumns(Expr& expr, ColumnId begin, ColumnId end) {
  if (const auto* ref = TryAs<ColumnRef>(expr)) return ref->column >= begin && ref->column < end;
  bool found = false;
  ForEachChild(expr, [&](ExprPtr& child) { found = found || MentionsColumns(*child, begin, end); });
  return found;
}

void Append(NameList& names, const NameList& more) {
  names.columns.insert(names.columns.end(), more.columns.begin(), more.columns.end());
  names.ranges.insert(names.ranges.end(), more.ranges.begin(), more.ranges.end());
}

bool IsUsed(const JoinParts& join, std::string_view name) {
  const auto* columns = join.using_columns;
  return columns != nullptr && std::any_of(columns->begin(), columns->end(), [&](const sql::Identifier& column) {
           return EqualIgnoringCase(column.text, name);
         });
}

SqlStatus CheckAliases(const JoinParts& join, const NameList& left, const NameList& right) {
  const uint32_t position = join.right->range.begin;
  for (const RangeVariable& range : right.ranges) {
    if (range.is_value && IsUsed(join, range.name)) continue;  // both become one
    if (!range.name.empty() && HasRange(left, range.name)) {
      return InvalidSql("Duplicate table alias " + std::string(range.name) + " in the same FROM clause", position);
    }
  }
  return Nothing{};
}

const char* JoinName(JoinKind kind) {
  switch (kind) {
    case JoinKind::kCross: return "CROSS";
    case JoinKind::kInner: return "INNER";
    case JoinKind::kLeft: return "LEFT OUTER";
    case JoinKind::kRight: return "RIGHT OUTER";
    case JoinKind::kFull: return "FULL OUTER";
  }
  Unreachable();
}

JoinKind Kind(sql::JoinKind kind) {
  switch (kind) {
    case sql::JoinKind::kComma:
    case sql::JoinKind::kCross: return JoinKind::kCross;
    case sql::JoinKind::kInner: return JoinKind::kInner;
    case sql::JoinKind::kLeft: return JoinKind::kLeft;
    case sql::JoinKind::kRight: return JoinKind::kRight;
    case sql::JoinKind::kFull: return JoinKind::kFull;
  }
  Unreachable();
}

}  // namespace

SqlResult<ScanPtr> Resolver::ResolveFrom(const sql::TableExpr& table, const Scope* outer, ScanPtr left,
                                         const NameList* left_names, NameList& names) {
  switch (table.kind) {
    case sql::TableExprKind::kTablePath:
      return ResolveTablePath(sql::As<sql::TablePath>(table), outer, std::move(left), left_names, names);
    case sql::TableExprKind::kUnnest:
      return ResolveUnnest(sql::As<sql::UnnestTable>(table), outer, std::move(left), left_names, names);
    case sql::TableExprKind::kTableSubquery: {
      const auto& subquery = sql::As<sql::TableSubquery>(table);
      ASSIGN_OR_RETURN(QueryResult result, ResolveQuery(*subquery.query, outer));
      NamesOfQuery(result, subquery.alias ? std::string_view(subquery.alias->text) : "", names);
      return std::move(result.scan);
    }
    case sql::TableExprKind::kJoin: return ResolveJoin(sql::As<sql::JoinTable>(table), outer, names);
    case sql::TableExprKind::kTableCall: {
      const auto& call = sql::As<sql::TableCall>(table);
      ASSIGN_OR_RETURN(QueryResult result, ResolveTableCall(call, nullptr, left_names, outer));
      NamesOfQuery(result, call.alias ? std::string_view(call.alias->text) : call.function.names.back().text, names);
      return std::move(result.scan);
    }
    case sql::TableExprKind::kPivot: {
      const auto& pivot = sql::As<sql::PivotTable>(table);
      ASSIGN_OR_RETURN(ScanPtr input, ResolveFrom(*pivot.input, outer, std::move(left), left_names, names));
      return ResolvePivot(pivot.spec, std::move(input), names, outer);
    }
    case sql::TableExprKind::kUnpivot: {
      const auto& unpivot = sql::As<sql::UnpivotTable>(table);
      ASSIGN_OR_RETURN(ScanPtr input, ResolveFrom(*unpivot.input, outer, std::move(left), left_names, names));
      return ResolveUnpivot(unpivot.spec, std::move(input), names);
    }
    case sql::TableExprKind::kSample: {
      const auto& sample = sql::As<sql::SampleTable>(table);
      if (IsArraySource(*sample.input, left_names, outer)) {
        return InvalidSql("TABLESAMPLE cannot be used with arrays", sample.spec.range.begin);
      }
      ASSIGN_OR_RETURN(ScanPtr input, ResolveFrom(*sample.input, outer, std::move(left), left_names, names));
      return ResolveSample(sample.spec, std::move(input));
    }
  }
  Unreachable();
}

const WithTableInfo* Resolver::FindWith(std::string_view name) const {
  for (auto with = with_tables_.rbegin(); with != with_tables_.rend(); ++with) {
    if (EqualIgnoringCase(with->name, name)) return &*with;
  }
  return nullptr;
}

SqlResult<ScanPtr> Resolver::ResolveTablePath(const sql::TablePath& table, const Scope* outer, ScanPtr left,
                                              const NameList* left_names, NameList& names) {
  if (IsArraySource(table, left_names, outer)) {
    const Scope scope{left_names, nullptr, outer};
    return ResolveArrayPath(table, scope, std::move(left), names);
  }
  const uint32_t position = table.path.range.begin;
  if (table.system_time != nullptr) return UnsupportedSql("FOR SYSTEM_TIME AS OF is not supported", position);
  if (table.with_offset) return InvalidSql("WITH OFFSET can only be used with an array", table.with_offset->range.begin);
  const std::string_view alias = table.alias ? table.alias->text : table.path.names.back().text;

  if (table.path.names.size() == 1) {
    if (const WithTableInfo* with = FindWith(table.path.names.front().text)) {
      auto scan = std::make_unique<WithReferenceScan>();
      scan->number = with->number;
      QueryResult result;
      result.is_value_table = with->is_value_table;
      for (const QueryColumn& column : std::vector<QueryColumn>(with->columns)) {
        scan->columns.push_back(NewColumn(column.name, column.type.type));
        result.columns.push_back({column.name, scan->columns.back(), column.type});
      }
      NamesOfQuery(result, alias, names);
      return ScanPtr(std::move(scan));
    }
  }

  const sql::CreateView* view = options_.definitions == nullptr ? nullptr : options_.definitions->FindView(table.path);
  if (view != nullptr) {
    ASSIGN_OR_RETURN(QueryResult result, ResolveView(*view, position));
    NamesOfQuery(result, alias, names);
    return std::move(result.scan);
  }
  std::vector<std::string> path;
  for (const auto& name : table.path.names) path.push_back(name.text);
  const auto entry = catalog_.FindTable(path);
  if (!entry) {
    std::string message = "Table not found: " + PathText(table.path);
    std::vector<std::string> known = catalog_.TableNames();
    if (options_.definitions != nullptr) {
      for (std::string& name : options_.definitions->ViewNames()) known.push_back(std::move(name));
    }
    std::vector<std::string_view> candidates(known.begin(), known.end());
    for (const WithTableInfo& with : with_tables_) candidates.push_back(with.name);
    std::string_view nearest = NearestName(PathText(table.path), candidates);
    if (nearest.empty()) nearest = NearestName(path.back(), candidates);
    if (!nearest.empty()) message += "; Did you mean " + std::string(nearest) + "?";
    return InvalidSql(message, position);
  }
  auto scan = std::make_unique<TableScan>();
  scan->entry = *entry;
  RangeVariable range;
  range.name = alias;
  for (const Column& column : entry->table->columns) {
    const ColumnId id = NewColumn(column.name, column.type);
    if (scan->first_column == kNoColumn) scan->first_column = id;
    range.columns.push_back({column.name, id, false});
  }
  names.columns.insert(names.columns.end(), range.columns.begin(), range.columns.end());
  names.ranges.push_back(std::move(range));
  return ScanPtr(std::move(scan));
}

void Resolver::NamesOfQuery(QueryResult& result, std::string_view alias, NameList& names) {
  RangeVariable range;
  range.name = alias;
  range.is_value = result.is_value_table;
  for (const QueryColumn& column : result.columns) {
    const std::string_view name = result.is_value_table ? alias : column.name;
    range.columns.push_back({name, column.column, result.is_value_table});
  }
  names.columns.insert(names.columns.end(), range.columns.begin(), range.columns.end());
  if (!alias.empty()) names.ranges.push_back(std::move(range));
}

SqlResult<ScanPtr> Resolver::ResolveArrayPath(const sql::TablePath& table, const Scope& scope, ScanPtr left,
                                              NameList& names) {
  size_t used = 0;
  ASSIGN_OR_RETURN(ExprPtr array, ResolveFirstName(table.path, &scope, used));
  for (; used < table.path.names.size(); ++used) {
    ASSIGN_OR_RETURN(array, AccessField(std::move(array), table.path.names[used]));
  }
  if (!array->type.IsArray()) {
    return InvalidSql("Values referenced in FROM clause must be arrays. " + PathText(table.path) + " has type " +
                          array->type.ToString(), table.path.range.begin);
  }
  std::vector<ExprPtr> arrays;
  arrays.push_back(std::move(array));
  const std::string_view alias = table.alias ? table.alias->text : table.path.names.back().text;
  return MakeUnnest(std::move(arrays), {alias}, table.with_offset, std::move(left), table.range.begin, names);
}

SqlResult<ScanPtr> Resolver::ResolveUnnest(const sql::UnnestTable& table, const Scope* outer, ScanPtr left,
                                           const NameList* left_names, NameList& names) {
  if (table.arrays.size() > 1 || table.mode != nullptr) {
    return UnsupportedSql("UNNEST of several arrays is not supported", table.range.begin);
  }
  const Scope scope{left_names, nullptr, outer};
  ExprContext context;
  context.scope = left_names != nullptr ? &scope : outer;
  context.clause = "UNNEST in FROM clause";
  std::vector<ExprPtr> arrays;
  ASSIGN_OR_RETURN(ExprPtr array, ResolveUnnested(*table.arrays.front().expr, context));
  if (auto* literal = TryAs<Literal>(*array); literal != nullptr && literal->untyped) {
    RETURN_IF_ERROR(CoerceTo(array, Type::Array(TypeKind::kInt64), "UNNEST"));
  }
  if (!array->type.IsArray()) {
    return InvalidSql("Values referenced in UNNEST must be arrays. UNNEST contains expression of type " +
                          array->type.ToString(), table.arrays.front().range.begin);
  }
  arrays.push_back(std::move(array));
  std::string_view alias = table.alias ? std::string_view(table.alias->text) : "";
  if (alias.empty()) {
    // UNNEST(t.items) is called items.
    if (const auto* path = sql::TryAs<sql::PathExpr>(*table.arrays.front().expr); path != nullptr) {
      alias = path->path.names.back().text;
    }
  }
  return MakeUnnest(std::move(arrays), {alias}, table.with_offset, std::move(left), table.range.begin, names);
}

SqlResult<ScanPtr> Resolver::MakeUnnest(std::vector<ExprPtr> arrays, std::vector<std::string_view> aliases,
                                        const std::optional<sql::WithOffset>& with_offset, ScanPtr left,
                                        uint32_t position, NameList& names) {
  (void)position;
  auto scan = std::make_unique<UnnestScan>();
  scan->input = std::move(left);
  for (size_t i = 0; i < arrays.size(); ++i) {
    const Type element = arrays[i]->type.element();
    const ColumnId column = NewColumn(aliases[i], element);
    scan->arrays.push_back({column, std::move(arrays[i])});
    const NamedColumn named{aliases[i], column, true};
    names.columns.push_back(named);
    if (!aliases[i].empty()) names.ranges.push_back({aliases[i], {named}, true});
  }
  if (with_offset) {
    const std::string_view alias = with_offset->alias ? std::string_view(with_offset->alias->text) : "offset";
    scan->offset = NewColumn(alias, TypeKind::kInt64);
    const NamedColumn named{alias, scan->offset, false};
    names.columns.push_back(named);
  }
  return ScanPtr(std::move(scan));
}

SqlResult<ScanPtr> Resolver::ResolveJoin(const sql::JoinTable& join, const Scope* outer, NameList& names) {
  JoinParts parts;
  parts.join = join.join;
  parts.right = join.right.get();
  parts.on = join.on.get();
  parts.using_columns = &join.using_columns;
  parts.position = join.range.begin;
  parts.first_column = static_cast<ColumnId>(columns_.size());
  NameList left_names;
  ASSIGN_OR_RETURN(ScanPtr left, ResolveFrom(*join.left, outer, nullptr, nullptr, left_names));
  return ResolveJoinTo(parts, std::move(left), left_names, outer, names);
}

SqlResult<ScanPtr> Resolver::ResolveJoinTo(const JoinParts& join, ScanPtr left, const NameList& left_names,
                                           const Scope* outer, NameList& names) {
  RETURN_IF_ERROR(CountStep(join.position));
  NameList right_names;
  const ColumnId begin = join.first_column;
  const auto end = static_cast<ColumnId>(columns_.size());
  const JoinKind kind = Kind(join.join);
  const bool array_source = IsArraySource(*join.right, &left_names, outer);
  ASSIGN_OR_RETURN(ScanPtr right,
                   ResolveFrom(*join.right, outer, nullptr, array_source ? &left_names : nullptr, right_names));
  RETURN_IF_ERROR(CheckAliases(join, left_names, right_names));
  const bool has_condition = join.on != nullptr || (join.using_columns != nullptr && !join.using_columns->empty());
  if (!has_condition && !array_source && kind != JoinKind::kCross) {
    return InvalidSql(std::string(JoinName(kind)) + " JOIN must have an immediately following ON or USING clause",
                      join.right->range.begin);
  }

  auto* unnest = TryAs<UnnestScan>(*right);
  const bool correlated = unnest != nullptr && array_source &&
                          std::any_of(unnest->arrays.begin(), unnest->arrays.end(), [&](const Computed& array) {
                            return MentionsColumns(*array.expr, begin, end);
                          });
  if (correlated && (kind == JoinKind::kRight || kind == JoinKind::kFull)) {
    return InvalidSql("Array scan is not allowed with " + std::string(kind == JoinKind::kRight ? "RIGHT" : "FULL") +
                          " JOIN", join.right->range.begin);
  }

  ExprPtr condition;
  std::vector<Computed> merged;
  if (join.using_columns != nullptr && !join.using_columns->empty()) {
    RETURN_IF_ERROR(AddUsingCondition(join, left_names, right_names, condition, merged, names));
  } else {
    Append(names, left_names);
    Append(names, right_names);
  }
  if (join.on != nullptr) {
    const Scope scope{&names, nullptr, outer};
    ExprContext context;
    context.scope = &scope;
    context.clause = "JOIN ON clause";
    ASSIGN_OR_RETURN(condition, ResolveBool(*join.on, context));
  }

  ScanPtr whole;
  if (correlated) {
    unnest->input = std::move(left);
    unnest->outer = kind == JoinKind::kLeft;
    unnest->condition = std::move(condition);
    whole = std::move(right);
  } else {
    auto scan = std::make_unique<JoinScan>();
    scan->join = kind == JoinKind::kCross && condition != nullptr ? JoinKind::kInner : kind;
    scan->left = std::move(left);
    scan->right = std::move(right);
    scan->condition = std::move(condition);
    if (scan->condition == nullptr && kind == JoinKind::kInner) scan->join = JoinKind::kCross;
    whole = std::move(scan);
  }
  if (!merged.empty()) {
    auto project = std::make_unique<ProjectScan>();
    project->input = std::move(whole);
    project->computed = std::move(merged);
    whole = std::move(project);
  }
  return whole;
}

// The condition of USING, and the names after it: first the common columns, each once.
SqlStatus Resolver::AddUsingCondition(const JoinParts& join, const NameList& left, const NameList& right,
                                      ExprPtr& condition, std::vector<Computed>& merged, NameList& names) {
  std::vector<ColumnId> hidden;
  std::vector<ExprPtr> conditions;
  for (const sql::Identifier& identifier : *join.using_columns) {
    const uint32_t position = identifier.range.begin;
    sql::Path path;
    path.names.push_back(identifier);
    path.range = identifier.range;
    size_t used = 0;
    const auto find = [&](const NameList& list, const char* side) -> SqlResult<ExprPtr> {
      const NameList columns_only{list.columns, {}};
      ASSIGN_OR_RETURN(ExprPtr found, FindInNames(columns_only, path, used));
      if (found == nullptr) {
        return InvalidSql("Column " + identifier.text + " in USING clause not found on " + side + " side of join",
                          position);
      }
      return found;
    };
    ASSIGN_OR_RETURN(ExprPtr a, find(left, "left"));
    ASSIGN_OR_RETURN(ExprPtr b, find(right, "right"));
    const auto* a_ref = TryAs<ColumnRef>(*a);
    const auto* b_ref = TryAs<ColumnRef>(*b);
    if (a_ref == nullptr || b_ref == nullptr) {
      return UnsupportedSql("USING with a field of a value table is not supported", position);
    }
    const ColumnId a_id = a_ref->column;
    const ColumnId b_id = b_ref->column;
    hidden.push_back(a_id);
    hidden.push_back(b_id);
    ColumnId shown = join.join == sql::JoinKind::kRight ? b_id : a_id;
    if (join.join == sql::JoinKind::kFull) {
      std::vector<ExprPtr> both;
      both.push_back(Ref(a_id, position));
      both.push_back(Ref(b_id, position));
      ASSIGN_OR_RETURN(ExprPtr either, MakeCall(FunctionId::kCoalesce, std::move(both), position));
      shown = NewColumn(identifier.text, either->type);
      merged.push_back({shown, std::move(either)});
    }
    names.columns.push_back({identifier.text, shown, false});
    std::vector<ExprPtr> sides;
    sides.push_back(std::move(a));
    sides.push_back(std::move(b));
    ASSIGN_OR_RETURN(ExprPtr equal, MakeCall(FunctionId::kEqual, std::move(sides), position));
    conditions.push_back(std::move(equal));
  }
  for (const NameList* side : {&left, &right}) {
    for (const NamedColumn& column : side->columns) {
      if (std::find(hidden.begin(), hidden.end(), column.column) == hidden.end()) names.columns.push_back(column);
    }
    for (const RangeVariable& range : side->ranges) {
      if (!range.is_value || !IsUsed(join, range.name)) names.ranges.push_back(range);
    }
  }
  if (conditions.size() == 1) {
    condition = std::move(conditions.front());
    return Nothing{};
  }
  ASSIGN_OR_RETURN(condition, MakeCall(FunctionId::kAnd, std::move(conditions), join.position));
  return Nothing{};
}

}  // namespace casebook::analysis
