// Expressions that are no calls: columns, constants, structs, arrays and subqueries.
#include "base/result.h"
#include "duckdb/connection.h"
#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {

using analysis::As;
using analysis::ExprKind;

sql::SqlError EngineSqlTooLong() {
  return {sql::SqlErrorKind::kLimit, "query is longer than " + std::to_string(kMaxEngineSqlBytes >> 20U) +
                                         " MiB in the engine's words", 0, false};
}

SqlResult<std::string> Emitter::Emit(const Expr& expr) {
  if (height_ == kMaxExpressionHeight) {
    return sql::SqlError{sql::SqlErrorKind::kLimit,
                         "more than " + std::to_string(kMaxExpressionHeight) + " functions and operators in one another",
                         expr.position};
  }
  ++height_;
  auto text = EmitKind(expr);
  --height_;
  // Some operators mention an operand more than once, and so do those in it.
  if (text.ok() && text.value().size() > kMaxEngineSqlBytes) return EngineSqlTooLong();
  return text;
}

SqlResult<std::string> Emitter::EmitKind(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kLiteral: return DuckDbLiteral(As<analysis::Literal>(expr).value, expr.position);
    case ExprKind::kColumn: return TextOf(As<analysis::ColumnRef>(expr).column);
    case ExprKind::kCall: return EmitCall(As<analysis::Call>(expr));
    case ExprKind::kAggregate: return EmitAggregate(As<analysis::Aggregate>(expr));
    case ExprKind::kWindow: return EmitWindow(As<analysis::Window>(expr));
    case ExprKind::kCast: return EmitCast(As<analysis::Cast>(expr));
    case ExprKind::kField: return EmitField(As<analysis::Field>(expr));
    case ExprKind::kArray: return EmitArray(As<analysis::ArrayConstructor>(expr));
    case ExprKind::kStruct: return EmitStruct(As<analysis::StructConstructor>(expr));
    case ExprKind::kSubquery: return EmitSubquery(As<analysis::Subquery>(expr));
    case ExprKind::kLambda: return UnsupportedSql("Lambda is not supported", expr.position);  // not alone
  }
  Unreachable();
}

SqlResult<std::vector<std::string>> Emitter::EmitAll(const std::vector<ExprPtr>& exprs) {
  std::vector<std::string> texts;
  for (const ExprPtr& expr : exprs) {
    ASSIGN_OR_RETURN(std::string text, Emit(*expr));
    texts.push_back(std::move(text));
  }
  return texts;
}

SqlResult<std::string> Emitter::EmitField(const analysis::Field& field) {
  ASSIGN_OR_RETURN(const std::string base, Emit(*field.base));
  const auto names = DuckDbFieldNames(field.base->type);
  return "struct_extract(" + base + ", " + DuckDbText(names[field.index]) + ")";
}

SqlResult<std::string> Emitter::EmitArray(const analysis::ArrayConstructor& array) {
  ASSIGN_OR_RETURN(const std::string type, DuckDbType(array.type, array.position));
  ASSIGN_OR_RETURN(const std::vector<std::string> elements, EmitAll(array.elements));
  std::string text = "[";
  for (size_t i = 0; i < elements.size(); ++i) text += (i > 0 ? ", " : "") + elements[i];
  return text + "]::" + type;
}

SqlResult<std::string> Emitter::EmitStruct(const analysis::StructConstructor& row) {
  if (row.fields.empty()) return UnsupportedSql("STRUCT without fields is not supported", row.position);
  const auto names = DuckDbFieldNames(row.type);
  std::string text = "{";
  for (size_t i = 0; i < row.fields.size(); ++i) {
    ASSIGN_OR_RETURN(const std::string field, Emit(*row.fields[i]));
    text += (i > 0 ? ", " : "") + DuckDbText(names[i]) + ": " + field;
    // The type of a text in quotes is not settled before it is cast.
    if (row.type.fields()[i].type.kind() == TypeKind::kString && row.fields[i]->kind == ExprKind::kLiteral) {
      text += "::VARCHAR";
    }
  }
  return text + "}";
}

SqlResult<std::string> Emitter::EmitSubquery(const analysis::Subquery& subquery) {
  if (subquery.subquery == analysis::SubqueryKind::kArray) return EmitArraySubquery(subquery);
  ASSIGN_OR_RETURN(Block block, Emit(*subquery.query));
  switch (subquery.subquery) {
    case analysis::SubqueryKind::kExists: return "EXISTS (" + Render(block, {}) + ")";
    case analysis::SubqueryKind::kIn: {
      ASSIGN_OR_RETURN(const std::string operand, Emit(*subquery.operand));
      const Type& type = subquery.operand->type;
      if (type.IsStruct() || type.kind() == TypeKind::kFloat64) {
        const std::string rows = RenderColumns(block, {subquery.column}, {subquery.column});
        return EmitIsAmong(operand, rows, ColumnAlias(subquery.column), type, subquery.position);
      }
      return "(" + operand + " IN (" + RenderColumns(block, {subquery.column}, {subquery.column}) + "))";
    }
    case analysis::SubqueryKind::kScalar:
    case analysis::SubqueryKind::kArray: break;
  }
  return "(" + RenderColumns(block, {subquery.column}, {subquery.column}) + ")";
}

// IN where the engine's equality is not GoogleSQL's: TRUE for one that is equal, else NULL for one that may be.
SqlResult<std::string> Emitter::EmitIsAmong(const std::string& operand, const std::string& rows,
                                            const std::string& column, const Type& type, uint32_t position) {
  const std::string alias = NewAlias();
  ASSIGN_OR_RETURN(const std::string equal,
                   EmitComparison(FunctionId::kEqual, operand, alias + "." + column, type, false, position));
  return "(SELECT CASE WHEN bool_or(" + equal + ") THEN true WHEN bool_or((" + equal +
         ") IS NULL) THEN NULL ELSE false END FROM (" + rows + ") AS " + alias + ")";
}

// The elements come in the order of the subquery, which list() alone would not promise.
SqlResult<std::string> Emitter::EmitArraySubquery(const analysis::Subquery& subquery) {
  ASSIGN_OR_RETURN(const std::string type, DuckDbType(subquery.type, subquery.position));
  ASSIGN_OR_RETURN(Block block, Emit(*subquery.query));
  std::vector<OrderKey> order = block.order;
  for (size_t i = 0; i < order.size(); ++i) {
    if (order[i].column == analysis::kNoColumn) continue;
    for (const auto& [column, text] : block.computed) {
      if (column == order[i].column) order[i].text = text;
    }
  }
  // The keys come out of the subquery beside the element.
  std::string inner;
  if (block.distinct && !order.empty()) {
    Wrap(block);
    order = block.order;
  }
  std::string keys;
  for (size_t i = 0; i < order.size(); ++i) {
    keys += ", " + order[i].text + " AS k" + std::to_string(i + 1);
    order[i].text = "k" + std::to_string(i + 1);
    order[i].column = analysis::kNoColumn;
  }
  if (block.limit.empty()) block.order.clear();
  inner = RenderColumns(block, {subquery.column}, {subquery.column});
  const std::string named = " AS " + QuoteIdentifier(ColumnAlias(subquery.column));
  if (!keys.empty()) inner.insert(inner.find(named) + named.size(), keys);
  return "(SELECT coalesce(list(" + ColumnAlias(subquery.column) + KeysText(order) + "), []::" + type + ") FROM (" +
         inner + ") AS " + NewAlias() + ")";
}

SqlResult<std::vector<OrderKey>> Emitter::EmitKeys(const std::vector<analysis::SortKey>& keys) {
  std::vector<OrderKey> result;
  for (const analysis::SortKey& key : keys) {
    OrderKey order;
    ASSIGN_OR_RETURN(order.text, Emit(*key.expr));
    order.suffix = std::string(key.descending ? " DESC" : " ASC") + (key.nulls_first ? " NULLS FIRST" : " NULLS LAST");
    if (key.expr->type.IsArray()) {
      // In the engine's arrays a NULL is the greatest element.
      order.text = "list_transform(" + order.text + ", lambda e: {'there': e IS NOT NULL, 'value': e})";
    }
    order.is_float = key.expr->type.kind() == TypeKind::kFloat64;
    result.push_back(std::move(order));
  }
  return result;
}

}  // namespace casebook::engines
