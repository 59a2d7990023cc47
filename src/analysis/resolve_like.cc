// LIKE ANY, LIKE SOME and LIKE ALL.
#include "analysis/resolver_internal.h"
#include "base/result.h"

namespace casebook::analysis {

// The patterns of a subquery or of UNNEST as one array.
SqlResult<ExprPtr> Resolver::ResolvePatterns(const sql::Candidates& candidates, const ExprContext& context) {
  if (candidates.unnest != nullptr) {
    ASSIGN_OR_RETURN(ExprPtr array, ResolveExpr(*candidates.unnest, context));
    const CoercibleType type = CoercibleOf(*array);
    if (!array->type.IsArray() && !type.untyped_null) {
      return InvalidSql("Second argument of LIKE UNNEST must be an array but was " + array->type.ToString(), array->position);
    }
    return array;
  }
  const uint32_t position = candidates.query->range.begin;
  ASSIGN_OR_RETURN(QueryResult result, ResolveQuery(*candidates.query, context.scope));
  if (result.columns.size() != 1) return InvalidSql("Subquery of type LIKE must have only one output column", position);
  if (result.columns.front().type.type.IsArray()) {
    return InvalidSql("No matching signature for operator LIKE over a subquery of type " +
                          result.columns.front().type.type.ToString(), position);
  }
  auto array = std::make_unique<Subquery>();
  array->subquery = SubqueryKind::kArray;
  array->type = Type::Array(result.columns.front().type.type);
  array->position = position;
  array->column = result.columns.front().column;
  columns_[static_cast<size_t>(array->column)].used = true;
  array->query = std::move(result.scan);
  return ExprPtr(std::move(array));
}

SqlResult<ExprPtr> Resolver::ResolveLikeAny(const sql::LikeAnyExpr& like, const ExprContext& context) {
  const uint32_t position = like.range.begin;
  // NOT LIKE ANY: some pattern does not match, so it is the opposite of LIKE ALL.
  const bool any = (like.quantifier != sql::Quantifier::kAll) != like.negated;
  std::vector<ExprPtr> arguments;
  ASSIGN_OR_RETURN(ExprPtr value, ResolveExpr(*like.value, context));
  arguments.push_back(std::move(value));
  FunctionId function = any ? FunctionId::kLikeAny : FunctionId::kLikeAll;
  if (like.candidates.query != nullptr || like.candidates.unnest != nullptr) {
    function = any ? FunctionId::kLikeAnyOf : FunctionId::kLikeAllOf;
    ASSIGN_OR_RETURN(ExprPtr patterns, ResolvePatterns(like.candidates, context));
    arguments.push_back(std::move(patterns));
  }
  for (const auto& candidate : like.candidates.list) {
    ASSIGN_OR_RETURN(ExprPtr expr, ResolveExpr(*candidate, context));
    arguments.push_back(std::move(expr));
  }
  ASSIGN_OR_RETURN(ExprPtr result, MakeCall(function, std::move(arguments), position));
  if (!like.negated) return result;
  std::vector<ExprPtr> inner;
  inner.push_back(std::move(result));
  return MakeCall(FunctionId::kNot, std::move(inner), position);
}

}  // namespace casebook::analysis
