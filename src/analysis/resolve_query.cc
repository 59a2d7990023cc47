// Queries: WITH, set operations, ORDER BY and LIMIT around a body.
#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

SetOperator Operator(const sql::SetOperationSpec& spec) {
  switch (spec.op) {
    case sql::SetOperator::kUnion: return spec.distinct ? SetOperator::kUnionDistinct : SetOperator::kUnionAll;
    case sql::SetOperator::kIntersect:
      return spec.distinct ? SetOperator::kIntersectDistinct : SetOperator::kIntersectAll;
    case sql::SetOperator::kExcept: return spec.distinct ? SetOperator::kExceptDistinct : SetOperator::kExceptAll;
  }
  Unreachable();
}

const char* OperatorName(SetOperator op) {
  switch (op) {
    case SetOperator::kUnionAll: return "UNION ALL";
    case SetOperator::kUnionDistinct: return "UNION DISTINCT";
    case SetOperator::kIntersectAll: return "INTERSECT ALL";
    case SetOperator::kIntersectDistinct: return "INTERSECT DISTINCT";
    case SetOperator::kExceptAll: return "EXCEPT ALL";
    case SetOperator::kExceptDistinct: return "EXCEPT DISTINCT";
  }
  Unreachable();
}

// Does `body` name the table `name` anywhere in FROM? Enough to tell which term of a UNION is recursive.
bool Mentions(const sql::QueryBody& body, std::string_view name);

bool Mentions(const sql::TableExpr& table, std::string_view name) {
  switch (table.kind) {
    case sql::TableExprKind::kTablePath: {
      const auto& path = sql::As<sql::TablePath>(table).path;
      return path.names.size() == 1 && EqualIgnoringCase(path.names.front().text, name);
    }
    case sql::TableExprKind::kJoin:
      return Mentions(*sql::As<sql::JoinTable>(table).left, name) ||
             Mentions(*sql::As<sql::JoinTable>(table).right, name);
    case sql::TableExprKind::kTableSubquery: return Mentions(*sql::As<sql::TableSubquery>(table).query->body, name);
    case sql::TableExprKind::kUnnest:
    case sql::TableExprKind::kTableCall:
    case sql::TableExprKind::kPivot:
    case sql::TableExprKind::kUnpivot:
    case sql::TableExprKind::kSample: return false;
  }
  Unreachable();
}

bool Mentions(const sql::QueryBody& body, std::string_view name) {
  switch (body.kind) {
    case sql::QueryBodyKind::kSelect: {
      const auto& from = sql::As<sql::SelectBody>(body).from;
      return from != nullptr && Mentions(*from, name);
    }
    case sql::QueryBodyKind::kSetOperation:
      for (const auto& input : sql::As<sql::SetOperationBody>(body).inputs) {
        if (Mentions(*input, name)) return true;
      }
      return false;
    case sql::QueryBodyKind::kNestedQuery: return Mentions(*sql::As<sql::NestedQueryBody>(body).query->body, name);
    case sql::QueryBodyKind::kFrom: return Mentions(*sql::As<sql::FromBody>(body).from, name);
  }
  Unreachable();
}

std::vector<ColumnId> ColumnIds(const std::vector<QueryColumn>& columns) {
  std::vector<ColumnId> ids;
  for (const QueryColumn& column : columns) ids.push_back(column.column);
  return ids;
}

}  // namespace

SqlResult<QueryResult> Resolver::ResolveQuery(const sql::Query& query, const Scope* outer) {
  if (!query.pipes.empty()) return UnsupportedSql("Pipe syntax is not supported", query.pipes.front()->range.begin);
  if (!query.with) return ResolveQueryTail(query, outer);

  const size_t visible = with_tables_.size();
  auto with = std::make_unique<WithScan>();
  RETURN_IF_ERROR(ResolveWith(*query.with, outer, *with));
  ASSIGN_OR_RETURN(QueryResult result, ResolveQueryTail(query, outer));
  with_tables_.resize(visible);
  with->body = std::move(result.scan);
  result.scan = std::move(with);
  return result;
}

SqlResult<QueryResult> Resolver::ResolveQueryTail(const sql::Query& query, const Scope* outer) {
  QueryResult result;
  if (const auto* select = sql::TryAs<sql::SelectBody>(*query.body)) {
    ASSIGN_OR_RETURN(result, ResolveSelect(*select, outer, &query.order_by));
  } else {
    ASSIGN_OR_RETURN(result, ResolveBody(*query.body, outer));
    if (!query.order_by.empty()) {
      ASSIGN_OR_RETURN(result.scan, ResolveOrderOnOutput(query, result, outer));
    }
  }
  if (query.limit) {
    auto limit = std::make_unique<LimitScan>();
    ASSIGN_OR_RETURN(limit->bounds, ResolveLimit(*query.limit, outer));
    limit->input = std::move(result.scan);
    result.scan = std::move(limit);
  }
  return result;
}

SqlResult<QueryResult> Resolver::ResolveBody(const sql::QueryBody& body, const Scope* outer) {
  switch (body.kind) {
    case sql::QueryBodyKind::kSelect: return ResolveSelect(sql::As<sql::SelectBody>(body), outer, nullptr);
    case sql::QueryBodyKind::kSetOperation: return ResolveSetOperation(sql::As<sql::SetOperationBody>(body), outer);
    case sql::QueryBodyKind::kNestedQuery: return ResolveQuery(*sql::As<sql::NestedQueryBody>(body).query, outer);
    case sql::QueryBodyKind::kFrom: return UnsupportedSql("FROM as a query is not supported", body.range.begin);
  }
  Unreachable();
}

SqlResult<QueryResult> Resolver::ResolveSetOperation(const sql::SetOperationBody& body, const Scope* outer) {
  if (body.spec.columns != sql::SetColumns::kByPosition || body.spec.mode != sql::SetMode::kDefault) {
    return UnsupportedSql("Set operation by name is not supported", body.spec.range.begin);
  }
  std::vector<QueryResult> inputs;
  for (const auto& input : body.inputs) {
    ASSIGN_OR_RETURN(QueryResult result, ResolveBody(*input, outer));
    inputs.push_back(std::move(result));
  }
  return CombineInputs(body.spec, std::move(inputs));
}

SqlResult<QueryResult> Resolver::CombineInputs(const sql::SetOperationSpec& spec, std::vector<QueryResult> inputs) {
  const SetOperator op = Operator(spec);
  const uint32_t position = spec.range.begin;
  const size_t width = inputs.front().columns.size();
  std::vector<Type> types;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].columns.size() == width) continue;
    return InvalidSql("Queries in " + std::string(OperatorName(op)) + " have mismatched column count; query 1 has " +
                          std::to_string(width) + " columns, query " + std::to_string(i + 1) + " has " +
                          std::to_string(inputs[i].columns.size()) + " columns", position);
  }
  for (size_t c = 0; c < width; ++c) {
    std::vector<CoercibleType> column;
    for (const QueryResult& input : inputs) column.push_back(input.columns[c].type);
    auto super = CommonSupertype(column);
    if (!super) {
      std::string listed;
      for (const CoercibleType& type : column) listed += (listed.empty() ? "" : ", ") + type.type.ToString();
      return InvalidSql("Column " + std::to_string(c + 1) + " in " + OperatorName(op) +
                            " has incompatible types: " + listed, position);
    }
    if (op != SetOperator::kUnionAll && !SupportsGrouping(*super)) {
      return InvalidSql("Column " + std::to_string(c + 1) + " in " + OperatorName(op) + " has type that does not "
                        "support set operation comparisons: " + super->ToString(), position);
    }
    types.push_back(*super);
  }

  QueryResult result;
  auto scan = std::make_unique<SetOperationScan>();
  scan->op = op;
  result.is_value_table = inputs.front().is_value_table;
  for (QueryResult& input : inputs) {
    RETURN_IF_ERROR(CastColumns(input, types, position));
    scan->inputs.push_back({std::move(input.scan), ColumnIds(input.columns)});
  }
  for (size_t c = 0; c < width; ++c) {
    const std::string_view name = inputs.front().columns[c].name;
    const ColumnId column = NewColumn(name, types[c]);
    scan->columns.push_back(column);
    CoercibleType type;
    type.type = types[c];
    result.columns.push_back({name, column, type});
  }
  result.scan = std::move(scan);
  return result;
}

// Gives `input` the types, with a projection where one differs.
SqlStatus Resolver::CastColumns(QueryResult& input, std::span<const Type> types, uint32_t position) {
  auto project = std::make_unique<ProjectScan>();
  for (size_t c = 0; c < types.size(); ++c) {
    QueryColumn& column = input.columns[c];
    columns_[static_cast<size_t>(column.column)].used = true;
    if (column.type.type == types[c] && !column.type.untyped_null) continue;
    if (TypeOf(column.column) == types[c]) continue;
    ExprPtr expr = MakeCast(Ref(column.column, position), types[c], false, true);
    const ColumnId casted = NewColumn(column.name, types[c]);
    columns_[static_cast<size_t>(casted)].used = true;
    project->computed.push_back({casted, std::move(expr)});
    column.column = casted;
    column.type = {};
    column.type.type = types[c];
  }
  if (project->computed.empty()) return Nothing{};
  project->input = std::move(input.scan);
  input.scan = std::move(project);
  return Nothing{};
}

SqlStatus Resolver::ResolveWith(const sql::WithClause& with, const Scope* outer, WithScan& scan) {
  scan.recursive = with.recursive;
  for (size_t i = 0; i < with.tables.size(); ++i) {
    const sql::WithTable& table = with.tables[i];
    for (size_t j = 0; j < i; ++j) {
      if (EqualIgnoringCase(with.tables[j].name.text, table.name.text)) {
        return InvalidSql("Duplicate alias " + table.name.text + " for WITH subquery", table.name.range.begin);
      }
    }
    if (table.depth) return UnsupportedSql("WITH DEPTH is not supported", table.range.begin);
    ASSIGN_OR_RETURN(WithEntry entry, ResolveWithEntry(table, with.recursive, outer));
    scan.entries.push_back(std::move(entry));
  }
  return Nothing{};
}

SqlResult<WithEntry> Resolver::ResolveWithEntry(const sql::WithTable& table, bool recursive, const Scope* outer) {
  const sql::QueryBody& body = *table.query->body;
  if (recursive && Mentions(body, table.name.text)) {
    const auto* set = sql::TryAs<sql::SetOperationBody>(body);
    if (set == nullptr || set->spec.op != sql::SetOperator::kUnion || set->inputs.size() != 2) {
      return InvalidSql("Recursive reference to query " + table.name.text + " must be in a UNION of two terms",
                        table.name.range.begin);
    }
    if (table.query->with || !table.query->order_by.empty() || table.query->limit) {
      return UnsupportedSql("WITH, ORDER BY and LIMIT in a recursive query are not supported", table.range.begin);
    }
    return ResolveRecursive(table, *set, outer);
  }
  ASSIGN_OR_RETURN(QueryResult result, ResolveQuery(*table.query, outer));
  WithEntry entry;
  entry.name = table.name.text;
  entry.number = with_count_++;
  for (QueryColumn& column : result.columns) {
    columns_[static_cast<size_t>(column.column)].used = true;
    entry.columns.push_back(column.column);
    CoercibleType type;
    type.type = TypeOf(column.column);
    column.type = type;
    column.name = Keep(std::string(column.name));
  }
  entry.query = std::move(result.scan);
  with_tables_.push_back({Keep(table.name.text), entry.number, std::move(result.columns), result.is_value_table});
  return entry;
}

SqlResult<WithEntry> Resolver::ResolveRecursive(const sql::WithTable& table, const sql::SetOperationBody& body,
                                                const Scope* outer) {
  if (Mentions(*body.inputs[0], table.name.text)) {
    return InvalidSql("Recursive reference to query " + table.name.text + " is not allowed in the first term",
                      table.name.range.begin);
  }
  ASSIGN_OR_RETURN(QueryResult first, ResolveBody(*body.inputs[0], outer));
  WithEntry entry;
  entry.name = table.name.text;
  entry.number = with_count_++;
  entry.distinct = body.spec.distinct;
  std::vector<Type> types;
  for (QueryColumn& column : first.columns) {
    columns_[static_cast<size_t>(column.column)].used = true;
    types.push_back(TypeOf(column.column));
    column.type = {};
    column.type.type = types.back();
  }
  entry.columns = ColumnIds(first.columns);
  entry.query = std::move(first.scan);
  with_tables_.push_back({Keep(table.name.text), entry.number, first.columns, first.is_value_table});

  ASSIGN_OR_RETURN(QueryResult second, ResolveBody(*body.inputs[1], outer));
  if (second.columns.size() != types.size()) {
    return InvalidSql("Queries in UNION have mismatched column count", body.range.begin);
  }
  for (size_t c = 0; c < types.size(); ++c) {
    if (Coerces(second.columns[c].type, types[c])) continue;
    return InvalidSql("Cannot coerce column " + std::to_string(c + 1) + " of the recursive term from type " +
                          second.columns[c].type.type.ToString() + " to " + types[c].ToString(), body.range.begin);
  }
  RETURN_IF_ERROR(CastColumns(second, types, body.range.begin));
  entry.recursive = std::move(second.scan);
  entry.recursive_columns = ColumnIds(second.columns);
  return entry;
}

// ORDER BY after a set operation or a query in parentheses: only its columns are visible.
SqlResult<ScanPtr> Resolver::ResolveOrderOnOutput(const sql::Query& query, QueryResult& result, const Scope* outer) {
  NameList names;
  NamesOfQuery(result, "", names);
  const Scope scope{&names, nullptr, outer};
  ExprContext context;
  context.scope = &scope;
  context.clause = "ORDER BY clause";
  auto sort = std::make_unique<SortScan>();
  for (const sql::OrderItem& item : query.order_by) {
    ExprPtr expr;
    if (const auto* literal = sql::TryAs<sql::LiteralExpr>(*item.expr);
        literal != nullptr && literal->literal == sql::LiteralKind::kInt) {
      if (literal->int_value < 1 || literal->int_value > result.columns.size()) {
        return InvalidSql("ORDER BY column number item is out of range. Column numbers must be between 1 and " +
                              std::to_string(result.columns.size()), item.range.begin);
      }
      expr = Ref(result.columns[literal->int_value - 1].column, item.range.begin);
    } else {
      ASSIGN_OR_RETURN(expr, ResolveExpr(*item.expr, context));
    }
    ASSIGN_OR_RETURN(SortKey key, MakeSortKey(item, std::move(expr)));
    sort->keys.push_back(std::move(key));
  }
  sort->input = std::move(result.scan);
  return ScanPtr(std::move(sort));
}

SqlResult<SortKey> Resolver::MakeSortKey(const sql::OrderItem& item, ExprPtr expr) {
  if (item.collation != nullptr) return UnsupportedSql("COLLATE is not supported", item.collation->range.begin);
  if (!SupportsOrdering(expr->type)) {
    return InvalidSql("ORDER BY does not support expressions of type " + expr->type.ToString(), item.range.begin);
  }
  SortKey key;
  key.descending = item.order.direction == sql::SortDirection::kDescending;
  // NULL is the smallest value.
  key.nulls_first = item.order.nulls == sql::NullsPosition::kUnspecified ? !key.descending
                                                                         : item.order.nulls == sql::NullsPosition::kFirst;
  key.expr = std::move(expr);
  return key;
}

SqlResult<Bounds> Resolver::ResolveLimit(const sql::Limit& limit, const Scope* outer) {
  (void)outer;  // LIMIT takes literals and parameters only
  Bounds bounds;
  ExprContext context;
  context.clause = "LIMIT clause";
  const auto resolve = [&](const sql::ExprPtr& expr, ExprPtr& target, const char* word) -> SqlStatus {
    if (expr == nullptr) return Nothing{};
    ASSIGN_OR_RETURN(target, ResolveExpr(*expr, context));
    RETURN_IF_ERROR(CoerceTo(target, TypeKind::kInt64, word));
    const auto* literal = TryAs<Literal>(*target);
    if (literal == nullptr) {
      return InvalidSql(std::string(word) + " expects an integer literal or parameter", expr->range.begin);
    }
    if (literal->value.is_null() || literal->value.integer() < 0) {
      return InvalidSql(std::string(word) + " expects a non-negative integer literal or parameter", expr->range.begin);
    }
    return Nothing{};
  };
  RETURN_IF_ERROR(resolve(limit.count, bounds.count, "LIMIT"));
  RETURN_IF_ERROR(resolve(limit.offset, bounds.offset, "OFFSET"));
  return bounds;
}

}  // namespace casebook::analysis
