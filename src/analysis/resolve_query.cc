// Queries: what stands around a body. ORDER BY and LIMIT here; WITH, set operations and pipes in files of their own.
#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {

SqlResult<QueryResult> Resolver::ResolveQuery(const sql::Query& query, const Scope* outer) {
  const Deeper deeper(nested_queries_);
  RETURN_IF_ERROR(CountStep(query.range.begin));
  const auto after_with = [&]() -> SqlResult<QueryResult> {
    const bool piped = !query.pipes.empty() || query.body->kind == sql::QueryBodyKind::kFrom;
    ++query_depth_;
    auto result = piped ? ResolvePipes(query, query.pipes.size(), outer) : ResolveHead(query, outer);
    --query_depth_;
    return result;
  };
  if (!query.with) return after_with();

  const size_t visible = with_tables_.size();
  auto with = std::make_unique<WithScan>();
  RETURN_IF_ERROR(ResolveWith(*query.with, outer, *with));
  ASSIGN_OR_RETURN(QueryResult result, after_with());
  with_tables_.resize(visible);
  with->body = std::move(result.scan);
  result.scan = std::move(with);
  return result;
}

// Everything before the pipe operators.
SqlResult<QueryResult> Resolver::ResolveHead(const sql::Query& query, const Scope* outer) {
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
    case sql::QueryBodyKind::kFrom: {
      PipeState state;
      ASSIGN_OR_RETURN(state.scan, ResolveFrom(*sql::As<sql::FromBody>(body).from, outer, nullptr, nullptr, state.names));
      return ToQuery(state, body.range.begin);
    }
  }
  Unreachable();
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
  if (!SupportsOrdering(expr->type)) {
    return InvalidSql("ORDER BY does not support expressions of type " + expr->type.ToString(), item.range.begin);
  }
  if (item.collation != nullptr) {
    const uint32_t position = item.collation->range.begin;
    ASSIGN_OR_RETURN(ExprPtr collation, ResolveExpr(*item.collation, ExprContext()));
    const auto* name = TryAs<Literal>(*collation);
    if (name == nullptr || name->type.kind() != TypeKind::kString || name->value.is_null()) {
      return InvalidSql("COLLATE must be followed by a string literal or a string parameter", position);
    }
    if (expr->type.kind() != TypeKind::kString) {
      return InvalidSql("COLLATE can only be applied to columns or expressions of type STRING", position);
    }
    std::vector<ExprPtr> arguments;
    arguments.push_back(std::move(expr));
    arguments.push_back(std::move(collation));
    ASSIGN_OR_RETURN(expr, MakeCall(FunctionId::kCollationKey, std::move(arguments), position));
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
