#include <algorithm>
#include <array>

#include "base/result.h"
#include "sql/literal.h"
#include "sql/printer.h"
#include "sql/printer_internal.h"
#include "sql/terminal.h"

namespace casebook::sql {
namespace {

// How strongly an expression holds together; the parser's order of operators.
enum Strength : int { kOr = 1, kAnd, kNot, kComparison, kBitOr, kBitXor, kBitAnd, kShift, kAdd, kMultiply, kUnary, kPrimary };

int StrengthOf(BinaryOp op) {
  switch (op) {
    case BinaryOp::kMultiply:
    case BinaryOp::kDivide:
    case BinaryOp::kConcat: return kMultiply;
    case BinaryOp::kAdd:
    case BinaryOp::kSubtract: return kAdd;
    case BinaryOp::kShiftLeft:
    case BinaryOp::kShiftRight: return kShift;
    case BinaryOp::kBitAnd: return kBitAnd;
    case BinaryOp::kBitXor: return kBitXor;
    case BinaryOp::kBitOr: return kBitOr;
    case BinaryOp::kEqual:
    case BinaryOp::kNotEqual:
    case BinaryOp::kLess:
    case BinaryOp::kLessOrEqual:
    case BinaryOp::kGreater:
    case BinaryOp::kGreaterOrEqual:
    case BinaryOp::kLike:
    case BinaryOp::kNotLike:
    case BinaryOp::kIsDistinctFrom:
    case BinaryOp::kIsNotDistinctFrom: return kComparison;
  }
  Unreachable();
}

int StrengthOf(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kLogical: return As<LogicalExpr>(expr).op == LogicalOp::kOr ? kOr : kAnd;
    case ExprKind::kUnary: return As<UnaryExpr>(expr).op == UnaryOp::kNot ? kNot : kUnary;
    case ExprKind::kBinary: return StrengthOf(As<BinaryExpr>(expr).op);
    case ExprKind::kBetween:
    case ExprKind::kIn:
    case ExprKind::kLikeAny:
    case ExprKind::kIs: return kComparison;
    case ExprKind::kLiteral:
    case ExprKind::kPath:
    case ExprKind::kParameter:
    case ExprKind::kSystemVariable:
    case ExprKind::kFieldAccess:
    case ExprKind::kSubscript:
    case ExprKind::kCase:
    case ExprKind::kCast:
    case ExprKind::kExtract:
    case ExprKind::kInterval:
    case ExprKind::kArray:
    case ExprKind::kStruct:
    case ExprKind::kSubquery:
    case ExprKind::kCall:
    case ExprKind::kStar:
    case ExprKind::kLambda:
    case ExprKind::kWith: return kPrimary;
  }
  Unreachable();
}

std::string_view LiteralWord(LiteralKind kind) {
  switch (kind) {
    case LiteralKind::kDate: return "DATE ";
    case LiteralKind::kDatetime: return "DATETIME ";
    case LiteralKind::kTime: return "TIME ";
    case LiteralKind::kTimestamp: return "TIMESTAMP ";
    case LiteralKind::kNumeric: return "NUMERIC ";
    case LiteralKind::kBigNumeric: return "BIGNUMERIC ";
    case LiteralKind::kJson: return "JSON ";
    case LiteralKind::kNull:
    case LiteralKind::kBool:
    case LiteralKind::kInt:
    case LiteralKind::kFloat:
    case LiteralKind::kString:
    case LiteralKind::kBytes:
    case LiteralKind::kRange: return "";
  }
  Unreachable();
}

std::string_view SubscriptWord(SubscriptKind kind) {
  switch (kind) {
    case SubscriptKind::kPlain: return "";
    case SubscriptKind::kOffset: return "OFFSET";
    case SubscriptKind::kOrdinal: return "ORDINAL";
    case SubscriptKind::kSafeOffset: return "SAFE_OFFSET";
    case SubscriptKind::kSafeOrdinal: return "SAFE_ORDINAL";
    case SubscriptKind::kKey: return "KEY";
    case SubscriptKind::kSafeKey: return "SAFE_KEY";
  }
  Unreachable();
}

// Whether `index` between brackets would be read as `OFFSET(…)` and its like.
bool LooksLikeAccessor(const Expr& index) {
  const CallExpr* call = TryAs<CallExpr>(index);
  if (call == nullptr || call->function.names.size() != 1) return false;
  constexpr auto kAccessors =
      std::to_array({SubscriptKind::kOffset, SubscriptKind::kOrdinal, SubscriptKind::kSafeOffset,
                     SubscriptKind::kSafeOrdinal, SubscriptKind::kKey, SubscriptKind::kSafeKey});
  return std::ranges::any_of(kAccessors, [&](SubscriptKind kind) {
    return EqualsIgnoringCase(call->function.names.front().text, SubscriptWord(kind));
  });
}

std::string_view TestWord(IsTest test) {
  switch (test) {
    case IsTest::kNull: return "NULL";
    case IsTest::kTrue: return "TRUE";
    case IsTest::kFalse: return "FALSE";
    case IsTest::kUnknown: return "UNKNOWN";
  }
  Unreachable();
}

std::string_view QuantifierWord(Quantifier quantifier) {
  switch (quantifier) {
    case Quantifier::kAny: return "ANY ";
    case Quantifier::kSome: return "SOME ";
    case Quantifier::kAll: return "ALL ";
  }
  Unreachable();
}

}  // namespace

std::string_view OperatorText(BinaryOp op) {
  switch (op) {
    case BinaryOp::kMultiply: return "*";
    case BinaryOp::kDivide: return "/";
    case BinaryOp::kConcat: return "||";
    case BinaryOp::kAdd: return "+";
    case BinaryOp::kSubtract: return "-";
    case BinaryOp::kShiftLeft: return "<<";
    case BinaryOp::kShiftRight: return ">>";
    case BinaryOp::kBitAnd: return "&";
    case BinaryOp::kBitXor: return "^";
    case BinaryOp::kBitOr: return "|";
    case BinaryOp::kEqual: return "=";
    case BinaryOp::kNotEqual: return "!=";
    case BinaryOp::kLess: return "<";
    case BinaryOp::kLessOrEqual: return "<=";
    case BinaryOp::kGreater: return ">";
    case BinaryOp::kGreaterOrEqual: return ">=";
    case BinaryOp::kLike: return "LIKE";
    case BinaryOp::kNotLike: return "NOT LIKE";
    case BinaryOp::kIsDistinctFrom: return "IS DISTINCT FROM";
    case BinaryOp::kIsNotDistinctFrom: return "IS NOT DISTINCT FROM";
  }
  Unreachable();
}

void Printer::Put(const Identifier& name) { Text(name.quoted ? QuoteName(name.text) : name.text); }

void Printer::Put(const Path& path) {
  bool first = true;
  for (const Identifier& name : path.names) {
    if (!first) Text(".");
    first = false;
    Put(name);
  }
}

void Printer::Names(const std::vector<Identifier>& names) {
  Text("(");
  List(names);
  Text(")");
}

void Printer::Alias(const std::optional<Identifier>& alias) {
  if (!alias) return;
  Text(" AS ");
  Put(*alias);
}

void Printer::Clause(std::string_view words, const ExprPtr& expr) {
  if (expr == nullptr) return;
  Text(words);
  Put(*expr);
}

// --- Types -----------------------------------------------------------------------------------------

void Printer::TypeFields(std::string_view word, const TypeName& type) {
  Text(word);
  Text("<");
  List(type.fields, [this](const TypeName::Field& field) {
    if (field.name) {
      Put(*field.name);
      Text(" ");
    }
    Put(field.type);
  });
  Text(">");
}

void Printer::Put(const TypeName& type) {
  switch (type.kind) {
    case TypeNameKind::kNamed: Put(type.name); break;
    case TypeNameKind::kArray: TypeFields("ARRAY", type); break;
    case TypeNameKind::kStruct: TypeFields("STRUCT", type); break;
    case TypeNameKind::kRange: TypeFields("RANGE", type); break;
    case TypeNameKind::kAnyType: Text("ANY TYPE"); break;
  }
  if (!type.parameters.empty()) {
    Text("(");
    List(type.parameters, [this](const std::string& parameter) { Text(parameter); });
    Text(")");
  }
  if (type.collation) Text(" COLLATE " + QuoteString(*type.collation));
}

// --- Expressions -----------------------------------------------------------------------------------

void Printer::Put(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kLiteral: return PutLiteral(As<LiteralExpr>(expr));
    case ExprKind::kPath: return Put(As<PathExpr>(expr).path);
    case ExprKind::kParameter: {
      const auto& name = As<ParameterExpr>(expr).name;
      Text(name ? "@" : "?");
      if (name) Put(*name);
      return;
    }
    case ExprKind::kSystemVariable: return Text("@@"), Put(As<SystemVariableExpr>(expr).path);
    case ExprKind::kUnary: return PutUnary(As<UnaryExpr>(expr));
    case ExprKind::kBinary: return PutBinary(As<BinaryExpr>(expr));
    case ExprKind::kLogical: return PutLogical(As<LogicalExpr>(expr));
    case ExprKind::kBetween: {
      const auto& between = As<BetweenExpr>(expr);
      Operand(*between.value, kBitOr);
      Text(between.negated ? " NOT BETWEEN " : " BETWEEN ");
      Operand(*between.low, kBitOr);
      Text(" AND ");
      return Operand(*between.high, kBitOr);
    }
    case ExprKind::kIn: {
      const auto& in = As<InExpr>(expr);
      Operand(*in.value, kBitOr);
      Text(in.negated ? " NOT IN " : " IN ");
      return Put(in.candidates);
    }
    case ExprKind::kLikeAny: {
      const auto& like = As<LikeAnyExpr>(expr);
      Operand(*like.value, kBitOr);
      Text(like.negated ? " NOT LIKE " : " LIKE ");
      Text(QuantifierWord(like.quantifier));
      return Put(like.candidates);
    }
    case ExprKind::kIs: {
      const auto& is = As<IsExpr>(expr);
      Operand(*is.value, kBitOr);
      Text(is.negated ? " IS NOT " : " IS ");
      return Text(TestWord(is.test));
    }
    case ExprKind::kFieldAccess: {
      const auto& access = As<FieldAccessExpr>(expr);
      DotBase(*access.base);
      Text(".");
      return Put(access.field);
    }
    case ExprKind::kSubscript: return PutSubscript(As<SubscriptExpr>(expr));
    case ExprKind::kCase: return PutCase(As<CaseExpr>(expr));
    case ExprKind::kCast: return PutCast(As<CastExpr>(expr));
    case ExprKind::kExtract: return PutExtract(As<ExtractExpr>(expr));
    case ExprKind::kInterval: return PutInterval(As<IntervalExpr>(expr));
    case ExprKind::kArray: {
      const auto& array = As<ArrayExpr>(expr);
      if (array.type) Put(*array.type);
      Text("[");
      List(array.elements);
      return Text("]");
    }
    case ExprKind::kStruct: return PutStruct(As<StructExpr>(expr));
    case ExprKind::kSubquery: return PutSubquery(As<SubqueryExpr>(expr));
    case ExprKind::kCall: return PutCall(As<CallExpr>(expr));
    case ExprKind::kStar: return Text("*");
    case ExprKind::kLambda: return PutLambda(As<LambdaExpr>(expr));
    case ExprKind::kWith: return PutWithExpr(As<WithExpr>(expr));
  }
  Unreachable();
}

void Printer::Operand(const Expr& expr, int weakest) {
  const bool parentheses = StrengthOf(expr) < weakest;
  if (parentheses) Text("(");
  Put(expr);
  if (parentheses) Text(")");
}

// `expr` in front of a dot, where a path, a number or CURRENT_DATE would swallow what follows.
void Printer::DotBase(const Expr& expr) {
  bool plain = false;
  switch (expr.kind) {
    case ExprKind::kParameter:
    case ExprKind::kFieldAccess:
    case ExprKind::kSubscript:
    case ExprKind::kCast:
    case ExprKind::kArray:
    case ExprKind::kStruct:
    case ExprKind::kSubquery: plain = true; break;
    case ExprKind::kCall: plain = As<CallExpr>(expr).parentheses && !As<CallExpr>(expr).over; break;
    case ExprKind::kLiteral:
    case ExprKind::kPath:
    case ExprKind::kSystemVariable:
    case ExprKind::kUnary:
    case ExprKind::kBinary:
    case ExprKind::kLogical:
    case ExprKind::kBetween:
    case ExprKind::kIn:
    case ExprKind::kLikeAny:
    case ExprKind::kIs:
    case ExprKind::kCase:
    case ExprKind::kExtract:
    case ExprKind::kInterval:
    case ExprKind::kStar:
    case ExprKind::kLambda:
    case ExprKind::kWith: break;
  }
  Operand(expr, plain ? kOr : kPrimary + 1);
}

void Printer::PutLiteral(const LiteralExpr& literal) {
  switch (literal.literal) {
    case LiteralKind::kNull: return Text("NULL");
    case LiteralKind::kBool: return Text(literal.bool_value ? "TRUE" : "FALSE");
    case LiteralKind::kInt:
    case LiteralKind::kFloat: return Text(literal.text);
    case LiteralKind::kBytes: return Text(QuoteBytes(literal.text));
    case LiteralKind::kRange:
      Text("RANGE<");
      Put(literal.range_type);
      return Text("> " + QuoteString(literal.text));
    case LiteralKind::kString:
    case LiteralKind::kDate:
    case LiteralKind::kDatetime:
    case LiteralKind::kTime:
    case LiteralKind::kTimestamp:
    case LiteralKind::kNumeric:
    case LiteralKind::kBigNumeric:
    case LiteralKind::kJson: return Text(LiteralWord(literal.literal)), Text(QuoteString(literal.text));
  }
  Unreachable();
}

void Printer::PutUnary(const UnaryExpr& unary) {
  switch (unary.op) {
    case UnaryOp::kNot:
      Text("NOT ");
      return Operand(*unary.operand, kNot);
    case UnaryOp::kPlus: Text("+"); break;
    case UnaryOp::kBitNot: Text("~"); break;
    case UnaryOp::kMinus: Text("-"); break;
  }
  const UnaryExpr* inner = TryAs<UnaryExpr>(*unary.operand);
  const bool comment = inner != nullptr && inner->op == UnaryOp::kMinus && unary.op == UnaryOp::kMinus;
  if (comment) Text(" ");  // `--` would start a comment
  Operand(*unary.operand, kUnary);
}

void Printer::PutBinary(const BinaryExpr& binary) {
  const int strength = StrengthOf(binary.op);
  const bool chains = strength != kComparison;
  Operand(*binary.left, chains ? strength : strength + 1);
  Text(" ");
  Text(OperatorText(binary.op));
  Text(" ");
  Operand(*binary.right, strength + 1);
}

void Printer::PutLogical(const LogicalExpr& logical) {
  const bool is_or = logical.op == LogicalOp::kOr;
  bool first = true;
  for (const ExprPtr& operand : logical.operands) {
    if (!first) Text(is_or ? " OR " : " AND ");
    first = false;
    Operand(*operand, is_or ? kAnd : kNot);
  }
}

void Printer::Put(const Candidates& candidates) {
  if (candidates.unnest != nullptr) {
    Text("UNNEST(");
    Put(*candidates.unnest);
    return Text(")");
  }
  if (candidates.query != nullptr) return Put(candidates.query);
  Text("(");
  List(candidates.list);
  Text(")");
}

void Printer::PutSubscript(const SubscriptExpr& subscript) {
  const bool bare_base = subscript.base->kind == ExprKind::kPath || subscript.base->kind == ExprKind::kLiteral;
  if (bare_base) {
    Put(*subscript.base);
  } else {
    DotBase(*subscript.base);
  }
  const bool plain = subscript.subscript == SubscriptKind::kPlain;
  Text("[");
  Text(SubscriptWord(subscript.subscript));
  const bool parentheses = !plain || LooksLikeAccessor(*subscript.index);
  if (parentheses) Text("(");
  Put(*subscript.index);
  Text(parentheses ? ")]" : "]");
}

void Printer::PutCase(const CaseExpr& expr) {
  Text("CASE");
  Clause(" ", expr.operand);
  for (const CaseExpr::When& when : expr.whens) {
    Clause(" WHEN ", when.condition);
    Clause(" THEN ", when.result);
  }
  Clause(" ELSE ", expr.otherwise);
  Text(" END");
}

void Printer::PutCast(const CastExpr& cast) {
  Text(cast.safe ? "SAFE_CAST(" : "CAST(");
  Put(*cast.operand);
  Text(" AS ");
  Put(cast.type);
  Clause(" FORMAT ", cast.format);
  Clause(" AT TIME ZONE ", cast.time_zone);
  Text(")");
}

void Printer::PutExtract(const ExtractExpr& extract) {
  Text("EXTRACT(");
  Put(extract.part.name);
  if (extract.part.weekday) {
    Text("(");
    Put(*extract.part.weekday);
    Text(")");
  }
  Clause(" FROM ", extract.operand);
  Clause(" AT TIME ZONE ", extract.time_zone);
  Text(")");
}

void Printer::PutInterval(const IntervalExpr& interval) {
  Clause("INTERVAL ", interval.value);
  Text(" ");
  Put(interval.part);
  if (!interval.to_part) return;
  Text(" TO ");
  Put(*interval.to_part);
}

void Printer::PutStruct(const StructExpr& expr) {
  if (expr.type) {
    Put(*expr.type);
  } else if (!expr.tuple) {
    Text("STRUCT");
  }
  Text("(");
  List(expr.fields);
  Text(")");
}

void Printer::PutSubquery(const SubqueryExpr& subquery) {
  switch (subquery.subquery) {
    case SubqueryKind::kScalar: break;
    case SubqueryKind::kArray: Text("ARRAY"); break;
    case SubqueryKind::kExists: Text("EXISTS"); break;
  }
  Put(subquery.query);
}

void Printer::Put(const NamedExpr& named) {
  Put(*named.expr);
  Alias(named.alias);
}

void Printer::PutLambda(const LambdaExpr& lambda) {
  Names(lambda.parameters);
  Clause(" -> ", lambda.body);
}

void Printer::PutWithExpr(const WithExpr& with) {
  Text("WITH(");
  for (const NamedExpr& variable : with.variables) {
    Put(*variable.alias);
    Clause(" AS ", variable.expr);
    Text(", ");
  }
  Put(*with.body);
  Text(")");
}

std::string Print(const Expr& expr) {
  Printer printer;
  printer.Put(expr);
  return std::move(printer).Take();
}

std::string Print(const TypeName& type) {
  Printer printer;
  printer.Put(type);
  return std::move(printer).Take();
}

}  // namespace casebook::sql
