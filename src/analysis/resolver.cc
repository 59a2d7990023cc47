#include "analysis/resolver.h"

#include <algorithm>

#include "analysis/resolver_internal.h"

namespace casebook::analysis {

sql::SqlResult<ResolvedQuery> Resolve(const sql::Query& query, const Catalog& catalog, const ResolveOptions& options) {
  return Resolver(catalog, options).Run(query);
}

SqlResult<ResolvedQuery> Resolver::Run(const sql::Query& query) {
  zone_ = Zone::Find(options_.default_time_zone);
  if (zone_ == nullptr) return InvalidSql("Invalid time zone: " + options_.default_time_zone, query.range.begin);
  ASSIGN_OR_RETURN(QueryResult result, ResolveQuery(query, nullptr));

  RETURN_IF_ERROR(CountStep(query.range.begin));

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

namespace {

// Takes from `left` what `type` consists of; false where that is more. A type shares its parts, so that it may have
// far more of them than the query has words.
bool TakeParts(const Type& type, size_t& left) {
  if (left == 0) return false;
  --left;
  if (type.IsArray()) return TakeParts(type.element(), left);
  if (!type.IsStruct()) return true;
  return std::all_of(type.fields().begin(), type.fields().end(),
                     [&](const Type::Field& field) { return TakeParts(field.type, left); });
}

}  // namespace

SqlStatus Resolver::CountExpression(uint32_t position) {
  if (expression_depth_ > kMaxExpressionDepth) {
    return SqlError{sql::SqlErrorKind::kLimit,
                    "expressions nested more than " + std::to_string(kMaxExpressionDepth) + " levels deep", position};
  }
  if (++expressions_ <= kMaxExpressions) return Nothing{};
  return SqlError{sql::SqlErrorKind::kLimit,
                  "query of more than " + std::to_string(kMaxExpressions) + " expressions", position};
}

SqlStatus Resolver::CountStep(uint32_t position) {
  if (type_is_too_large_) {
    return SqlError{sql::SqlErrorKind::kLimit,
                    "STRUCT of more than " + std::to_string(kMaxTypeParts) + " fields", position};
  }
  if (nested_queries_ > kMaxQueryDepth) {
    return SqlError{sql::SqlErrorKind::kLimit,
                    "queries nested more than " + std::to_string(kMaxQueryDepth) + " levels deep", position};
  }
  if (columns_.size() > kMaxQueryColumns) {
    return SqlError{sql::SqlErrorKind::kLimit,
                    "query of more than " + std::to_string(kMaxQueryColumns) + " columns", position};
  }
  if (++steps_ <= kMaxSteps) return Nothing{};
  return SqlError{sql::SqlErrorKind::kLimit,
                  "query of more than " + std::to_string(kMaxSteps) + " subqueries, joins and operators", position};
}

ColumnId Resolver::NewColumn(std::string_view name, const Type& type) {
  size_t left = kMaxTypeParts;
  type_is_too_large_ = type_is_too_large_ || !TakeParts(type, left);
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
