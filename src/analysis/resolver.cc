#include "analysis/resolver.h"

#include "analysis/resolver_internal.h"

namespace casebook::analysis {

sql::SqlResult<ResolvedQuery> Resolve(const sql::Query& query, const Catalog& catalog, const ResolveOptions& options) {
  return Resolver(catalog, options).Run(query);
}

SqlResult<ResolvedQuery> Resolver::Run(const sql::Query& query) {
  zone_ = Zone::Find(options_.default_time_zone);
  if (zone_ == nullptr) return InvalidSql("Invalid time zone: " + options_.default_time_zone, query.range.begin);
  ASSIGN_OR_RETURN(QueryResult result, ResolveQuery(query, nullptr));

  ResolvedQuery resolved;
  resolved.scan = std::move(result.scan);
  resolved.is_value_table = result.is_value_table;
  size_t anonymous = 0;
  for (const QueryColumn& column : result.columns) {
    columns_[static_cast<size_t>(column.column)].used = true;
    std::string name(column.name);
    // BigQuery numbers the columns without a name.
    if (name.empty()) name = "f" + std::to_string(anonymous++) + "_";
    resolved.output.push_back({std::move(name), column.column});
  }
  resolved.columns = std::move(columns_);
  if (resolved.columns.size() > kMaxQueryColumns || resolved.output.size() > kMaxOutputColumns) {
    return SqlError{sql::SqlErrorKind::kLimit, "query has too many columns", query.range.begin};
  }
  return resolved;
}

ColumnId Resolver::NewColumn(std::string_view name, const Type& type) {
  columns_.push_back({std::string(name), type, false});
  return static_cast<ColumnId>(columns_.size() - 1);
}

ExprPtr Resolver::Ref(ColumnId column, uint32_t position) {
  auto ref = std::make_unique<ColumnRef>();
  ref->column = column;
  ref->type = TypeOf(column);
  ref->position = position;
  columns_[static_cast<size_t>(column)].used = true;
  return ref;
}

ExprPtr Resolver::Int64(int64_t value, uint32_t position) {
  auto literal = std::make_unique<Literal>();
  literal->type = TypeKind::kInt64;
  literal->value = {TypeKind::kInt64, value};
  literal->position = position;
  return literal;
}

ExprPtr Resolver::Text(std::string value, uint32_t position) {
  auto literal = std::make_unique<Literal>();
  literal->type = TypeKind::kString;
  literal->value = {TypeKind::kString, std::move(value)};
  literal->position = position;
  return literal;
}

ExprPtr Resolver::UntypedNull(uint32_t position) {
  auto literal = std::make_unique<Literal>();
  literal->type = TypeKind::kInt64;
  literal->value = {TypeKind::kInt64, {}};
  literal->position = position;
  literal->coerces = true;
  literal->untyped = true;
  return literal;
}

std::string_view Resolver::Keep(std::string text) {
  kept_.push_back(std::move(text));
  return kept_.back();
}

}  // namespace casebook::analysis
