// Literals, paths, and the forms that start with a word.
#include <array>
#include <charconv>
#include <limits>
#include <optional>

#include "sql/parser_internal.h"

namespace casebook::sql {
namespace {

// The value of digits or `0x` and digits, or nothing if it has more than 64 bits.
std::optional<uint64_t> ReadInteger(std::string_view text) {
  const bool hex = text.size() > 2 && (text[1] == 'x' || text[1] == 'X');
  if (hex) text.remove_prefix(2);
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The nearest double; infinity if there is none.
double ReadFloat(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc::result_out_of_range) return value;
  const size_t exponent = text.find_first_of("eE");
  const bool tiny = exponent != std::string_view::npos && text[exponent + 1] == '-';
  return tiny ? 0.0 : std::numeric_limits<double>::infinity();
}

}  // namespace

SqlResult<ExprPtr> Parser::ParsePrimary() {
  switch (Peek().kind) {
    case TokenKind::kEnd:
    case TokenKind::kBad:
    case TokenKind::kDashed: return Unexpected();
    case TokenKind::kInt:
    case TokenKind::kFloat: return ParseNumber();
    case TokenKind::kString: return ParseStringLiteral(LiteralKind::kString);
    case TokenKind::kBytes: return ParseStringLiteral(LiteralKind::kBytes);
    case TokenKind::kQuoted: return ParsePathOrCall();
    case TokenKind::kWord: return ParseWord();
    case TokenKind::kSymbol: return ParseSymbol();
  }
  Unreachable();
}

SqlResult<ExprPtr> Parser::ParseSymbol() {
  if (At("(")) return ParseParenthesized();
  if (At("[")) return ParseArrayElements(std::nullopt, Here());
  if (At("?") || At("@") || At("@@")) return ParseParameter();
  if (At("{")) return Refuse("a braced constructor");
  return Unexpected();
}

SqlResult<ExprPtr> Parser::ParseWord() {
  const uint32_t begin = Here();
  if (At("NULL")) return ParseConstant(LiteralKind::kNull, false);
  if (At("TRUE")) return ParseConstant(LiteralKind::kBool, true);
  if (At("FALSE")) return ParseConstant(LiteralKind::kBool, false);
  if (At("CASE")) return ParseCase();
  if (At("CAST") || (At("SAFE_CAST") && At("(", 1))) return ParseCast();
  if (At("EXTRACT")) return ParseExtract();
  if (At("INTERVAL")) return ParseInterval();
  if (At("ARRAY")) return ParseArrayWord();
  if (At("STRUCT")) return ParseStructWord();
  if (At("RANGE")) return ParseRange();
  if (At("WITH") && At("(", 1)) return ParseWithExpr();
  if (Accept("EXISTS")) return ParseSubqueryExpr(SubqueryKind::kExists, begin);
  if (At("NEW")) return Refuse("NEW");
  if (At("REPLACE_FIELDS") && At("(", 1)) return Refuse("REPLACE_FIELDS");
  if (AtKind(TokenKind::kString, 1)) {
    if (At("DATE")) return ParseTypedLiteral(LiteralKind::kDate);
    if (At("DATETIME")) return ParseTypedLiteral(LiteralKind::kDatetime);
    if (At("TIME")) return ParseTypedLiteral(LiteralKind::kTime);
    if (At("TIMESTAMP")) return ParseTypedLiteral(LiteralKind::kTimestamp);
    if (At("NUMERIC") || At("DECIMAL")) return ParseTypedLiteral(LiteralKind::kNumeric);
    if (At("BIGNUMERIC") || At("BIGDECIMAL")) return ParseTypedLiteral(LiteralKind::kBigNumeric);
    if (At("JSON")) return ParseTypedLiteral(LiteralKind::kJson);
  }
  if (Peek().terminal.IsReserved()) return ParseKeywordCall();
  return ParsePathOrCall();
}

SqlResult<ExprPtr> Parser::ParseConstant(LiteralKind kind, bool value) {
  const uint32_t begin = Here();
  Skip();
  auto node = std::make_unique<LiteralExpr>();
  node->literal = kind;
  node->bool_value = value;
  return Done(std::move(node), begin);
}

SqlResult<ExprPtr> Parser::ParseNumber() {
  const Token& token = Peek();
  auto node = std::make_unique<LiteralExpr>();
  node->text = std::string(token.text);
  if (token.kind == TokenKind::kInt) {
    const auto value = ReadInteger(token.text);
    if (!value) return InvalidSql("Invalid integer literal: " + node->text, token.begin);
    node->literal = LiteralKind::kInt;
    node->int_value = *value;
  } else {
    node->literal = LiteralKind::kFloat;
    node->float_value = ReadFloat(token.text);
  }
  Skip();
  return Done(std::move(node), token.begin);
}

SqlResult<ExprPtr> Parser::ParseStringLiteral(LiteralKind kind) {
  const uint32_t begin = Here();
  auto node = std::make_unique<LiteralExpr>();
  node->literal = kind;
  ASSIGN_OR_RETURN(node->text, Decode(Peek()));
  Skip();
  return Done(std::move(node), begin);
}

// `DATE '2025-01-01'`.
SqlResult<ExprPtr> Parser::ParseTypedLiteral(LiteralKind kind) {
  const uint32_t begin = Here();
  Skip();
  ASSIGN_OR_RETURN(ExprPtr node, ParseStringLiteral(kind));
  return Done(std::move(node), begin);
}

// `RANGE<DATE> '[…)'`, or a call of the function RANGE.
SqlResult<ExprPtr> Parser::ParseRange() {
  if (At("(", 1)) return ParseKeywordCall();
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(TypeName type, ParseType());
  if (!AtKind(TokenKind::kString)) return Unexpected();
  ASSIGN_OR_RETURN(ExprPtr node, ParseStringLiteral(LiteralKind::kRange));
  static_cast<LiteralExpr&>(*node).range_type = std::move(type.fields.front().type);
  return Done(std::move(node), begin);
}

SqlResult<ExprPtr> Parser::ParseParameter() {
  const uint32_t begin = Here();
  if (Accept("@@")) {
    auto variable = std::make_unique<SystemVariableExpr>();
    ASSIGN_OR_RETURN(variable->path, ParsePath());
    return Done(std::move(variable), begin);
  }
  auto node = std::make_unique<ParameterExpr>();
  if (Accept("?")) {
    node->position = ++parameters_;
  } else {
    Skip();
    ASSIGN_OR_RETURN(node->name, ParseName());
  }
  return Done(std::move(node), begin);
}

// `(a)`, `(a, b)` or `(SELECT …)`.
SqlResult<ExprPtr> Parser::ParseParenthesized() {
  const uint32_t begin = Here();
  if (StartsQuery(at_ + 1)) return ParseSubqueryExpr(SubqueryKind::kScalar, begin);
  Skip();
  ASSIGN_OR_RETURN(ExprPtr first, ParseExpr());
  if (At(",")) return ParseTuple(std::move(first), begin);
  RETURN_IF_ERROR(Expect(")"));
  if (first->kind == ExprKind::kPath && At(".") && !At("*", 1)) return ParseDot(std::move(first), begin);
  return first;
}

SqlResult<ExprPtr> Parser::ParseTuple(ExprPtr first, uint32_t begin) {
  auto node = std::make_unique<StructExpr>();
  node->tuple = true;
  node->fields.push_back({.expr = std::move(first), .alias = {}, .range = {}});
  node->fields.front().range = node->fields.front().expr->range;
  Skip();
  RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
    NamedExpr field;
    ASSIGN_OR_RETURN(field.expr, ParseExpr());
    field.range = field.expr->range;
    node->fields.push_back(std::move(field));
    return Nothing();
  }));
  RETURN_IF_ERROR(Expect(")"));
  return Done(std::move(node), begin);
}

SqlResult<ExprPtr> Parser::ParseSubqueryExpr(SubqueryKind kind, uint32_t begin) {
  auto node = std::make_unique<SubqueryExpr>();
  node->subquery = kind;
  ASSIGN_OR_RETURN(node->query, ParseParenthesizedQuery());
  return Done(std::move(node), begin);
}

SqlResult<ExprPtr> Parser::ParseCase() {
  const uint32_t begin = Here();
  Skip();
  auto node = std::make_unique<CaseExpr>();
  if (!At("WHEN")) {
    ASSIGN_OR_RETURN(node->operand, ParseExpr());
  }
  if (!At("WHEN")) return ExpectedBut("keyword WHEN");
  while (Accept("WHEN")) {
    if (node->whens.size() >= kMaxListItems) return TooManyItems();
    CaseExpr::When when;
    ASSIGN_OR_RETURN(when.condition, ParseExpr());
    RETURN_IF_ERROR(Expect("THEN"));
    ASSIGN_OR_RETURN(when.result, ParseExpr());
    node->whens.push_back(std::move(when));
  }
  if (Accept("ELSE")) {
    ASSIGN_OR_RETURN(node->otherwise, ParseExpr());
  }
  RETURN_IF_ERROR(Expect("END"));
  return Done(std::move(node), begin);
}

SqlResult<ExprPtr> Parser::ParseCast() {
  const uint32_t begin = Here();
  auto node = std::make_unique<CastExpr>();
  node->safe = At("SAFE_CAST");
  Skip();
  RETURN_IF_ERROR(Expect("("));
  ASSIGN_OR_RETURN(node->operand, ParseExpr());
  RETURN_IF_ERROR(Expect("AS"));
  ASSIGN_OR_RETURN(node->type, ParseType());
  if (Accept("FORMAT")) {
    ASSIGN_OR_RETURN(node->format, ParseExpr());
    if (Accept("AT")) {
      if (!AcceptBoth("TIME", "ZONE")) return Unexpected();
      ASSIGN_OR_RETURN(node->time_zone, ParseExpr());
    }
  }
  RETURN_IF_ERROR(Expect(")"));
  return Done(std::move(node), begin);
}

SqlResult<ExprPtr> Parser::ParseExtract() {
  const uint32_t begin = Here();
  Skip();
  auto node = std::make_unique<ExtractExpr>();
  RETURN_IF_ERROR(Expect("("));
  const uint32_t part_begin = Here();
  ASSIGN_OR_RETURN(node->part.name, ParseName());
  if (Accept("(")) {
    ASSIGN_OR_RETURN(node->part.weekday, ParseName());
    RETURN_IF_ERROR(Expect(")"));
  }
  node->part.range = Since(part_begin);
  RETURN_IF_ERROR(Expect("FROM"));
  ASSIGN_OR_RETURN(node->operand, ParseExpr());
  if (Accept("AT")) {
    if (!AcceptBoth("TIME", "ZONE")) return Unexpected();
    ASSIGN_OR_RETURN(node->time_zone, ParseExpr());
  }
  RETURN_IF_ERROR(Expect(")"));
  return Done(std::move(node), begin);
}

SqlResult<ExprPtr> Parser::ParseInterval() {
  const uint32_t begin = Here();
  Skip();
  auto node = std::make_unique<IntervalExpr>();
  ASSIGN_OR_RETURN(node->value, ParseExpr());
  ASSIGN_OR_RETURN(node->part, ParseName());
  if (Accept("TO")) {
    ASSIGN_OR_RETURN(node->to_part, ParseName());
  }
  return Done(std::move(node), begin);
}

// `ARRAY[…]`, `ARRAY<T>[…]` or `ARRAY(SELECT …)`.
SqlResult<ExprPtr> Parser::ParseArrayWord() {
  const uint32_t begin = Here();
  std::optional<TypeName> type;
  if (At("<", 1)) {
    ASSIGN_OR_RETURN(type, ParseType());
  } else {
    Skip();
    if (At("(")) return ParseSubqueryExpr(SubqueryKind::kArray, begin);
  }
  return ParseArrayElements(std::move(type), begin);
}

SqlResult<ExprPtr> Parser::ParseArrayElements(std::optional<TypeName> type, uint32_t begin) {
  auto node = std::make_unique<ArrayExpr>();
  node->type = std::move(type);
  RETURN_IF_ERROR(Expect("["));
  if (!At("]")) {
    RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
      ASSIGN_OR_RETURN(node->elements.emplace_back(), ParseExpr());
      return Nothing();
    }));
  }
  RETURN_IF_ERROR(Expect("]"));
  return Done(std::move(node), begin);
}

// `STRUCT(a AS x)` or `STRUCT<x INT64>(a)`.
SqlResult<ExprPtr> Parser::ParseStructWord() {
  const uint32_t begin = Here();
  auto node = std::make_unique<StructExpr>();
  if (At("<", 1)) {
    ASSIGN_OR_RETURN(node->type, ParseType());
  } else {
    Skip();
  }
  RETURN_IF_ERROR(Expect("("));
  if (!At(")")) {
    RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
      ASSIGN_OR_RETURN(NamedExpr field, ParseNamedExpr());
      node->fields.push_back(std::move(field));
      return Nothing();
    }));
  }
  RETURN_IF_ERROR(Expect(")"));
  return Done(std::move(node), begin);
}

SqlResult<NamedExpr> Parser::ParseVariable() {
  const uint32_t begin = Here();
  NamedExpr variable;
  ASSIGN_OR_RETURN(variable.alias, ParseName());
  RETURN_IF_ERROR(Expect("AS"));
  ASSIGN_OR_RETURN(variable.expr, ParseExpr());
  variable.range = Since(begin);
  return variable;
}

SqlResult<ExprPtr> Parser::ParseWithExpr() {
  const uint32_t begin = Here();
  at_ += 2;
  auto node = std::make_unique<WithExpr>();
  while (AtName() && At("AS", 1)) {
    if (node->variables.size() >= kMaxListItems) return TooManyItems();
    ASSIGN_OR_RETURN(NamedExpr variable, ParseVariable());
    node->variables.push_back(std::move(variable));
    RETURN_IF_ERROR(Expect(","));
  }
  if (node->variables.empty()) return Unexpected();
  ASSIGN_OR_RETURN(node->body, ParseExpr());
  RETURN_IF_ERROR(Expect(")"));
  return Done(std::move(node), begin);
}

// CURRENT_DATE and its like are calls even without parentheses.
bool Parser::AtBareFunction() const {
  if (!AtKind(TokenKind::kWord) || At("(", 1) || At(".", 1)) return false;
  constexpr auto kNames = std::to_array<std::string_view>(
      {"CURRENT_DATE", "CURRENT_DATETIME", "CURRENT_TIME", "CURRENT_TIMESTAMP"});
  return std::ranges::any_of(kNames, [&](auto name) { return EqualsIgnoringCase(name, Peek().text); });
}

SqlResult<ExprPtr> Parser::ParsePathOrCall() {
  const uint32_t begin = Here();
  if (AtBareFunction()) {
    auto call = std::make_unique<CallExpr>();
    call->parentheses = false;
    ASSIGN_OR_RETURN(call->function, ParsePath());
    return Done(std::move(call), begin);
  }
  ASSIGN_OR_RETURN(Path path, ParsePath());
  if (At("(")) return ParseCall(std::move(path), begin);
  auto node = std::make_unique<PathExpr>();
  node->path = std::move(path);
  return Done(std::move(node), begin);
}

// The reserved words that are functions, too.
SqlResult<ExprPtr> Parser::ParseKeywordCall() {
  const bool callable = At("IF") || At("LEFT") || At("RIGHT") || At("GROUPING") || At("COLLATE") || At("RANGE");
  if (!callable || !At("(", 1)) return Unexpected();
  const uint32_t begin = Here();
  Path function;
  function.names.push_back({std::string(Peek().text), false, {Peek().begin, Peek().end}});
  Skip();
  function.range = Since(begin);
  return ParseCall(std::move(function), begin);
}

}  // namespace casebook::sql
