// Operators, from the weakest to the strongest.
#include <array>
#include <optional>

#include "sql/parser_internal.h"

namespace casebook::sql {
namespace {

struct Operator {
  Terminal terminal;
  BinaryOp op;
  int strength;
};

constexpr auto kArithmetic = std::to_array<Operator>({
    {"|", BinaryOp::kBitOr, 1},
    {"^", BinaryOp::kBitXor, 2},
    {"&", BinaryOp::kBitAnd, 3},
    {"<<", BinaryOp::kShiftLeft, 4},
    {"+", BinaryOp::kAdd, 5},
    {"-", BinaryOp::kSubtract, 5},
    {"*", BinaryOp::kMultiply, 6},
    {"/", BinaryOp::kDivide, 6},
    {"||", BinaryOp::kConcat, 6},
});
constexpr Operator kShiftRight = {{}, BinaryOp::kShiftRight, 4};

constexpr auto kComparisons = std::to_array<Operator>({
    {"=", BinaryOp::kEqual, 0},
    {"<>", BinaryOp::kNotEqual, 0},
    {"!=", BinaryOp::kNotEqual, 0},
    {"<", BinaryOp::kLess, 0},
    {"<=", BinaryOp::kLessOrEqual, 0},
    {">", BinaryOp::kGreater, 0},
    {">=", BinaryOp::kGreaterOrEqual, 0},
});

template <size_t N>
const Operator* Find(const std::array<Operator, N>& operators, Terminal terminal) {
  if (!terminal) return nullptr;
  for (const Operator& candidate : operators) {
    if (candidate.terminal == terminal) return &candidate;
  }
  return nullptr;
}

}  // namespace

SqlResult<ExprPtr> Parser::ParseExpr() {
  const Nest nest(*this);
  if (nest.TooDeep()) return TooDeep();
  return ParseLogical(LogicalOp::kOr);
}

// A chain of ORs of chains of ANDs.
SqlResult<ExprPtr> Parser::ParseLogical(LogicalOp op) {
  const uint32_t begin = Here();
  const Terminal word = op == LogicalOp::kOr ? Terminal("OR") : Terminal("AND");
  ASSIGN_OR_RETURN(ExprPtr first, ParseLogicalOperand(op));
  if (!At(word)) return first;
  auto chain = std::make_unique<LogicalExpr>();
  chain->op = op;
  chain->operands.push_back(std::move(first));
  while (Accept(word)) {
    if (chain->operands.size() >= kMaxListItems) return TooManyItems();
    ASSIGN_OR_RETURN(chain->operands.emplace_back(), ParseLogicalOperand(op));
  }
  return Done(std::move(chain), begin);
}

SqlResult<ExprPtr> Parser::ParseLogicalOperand(LogicalOp op) {
  return op == LogicalOp::kOr ? ParseLogical(LogicalOp::kAnd) : ParseNot();
}

SqlResult<ExprPtr> Parser::ParseNot() {
  if (!At("NOT")) return ParseComparison();
  const Nest nest(*this);
  if (nest.TooDeep()) return TooDeep();
  const uint32_t begin = Here();
  Skip();
  auto node = std::make_unique<UnaryExpr>();
  node->op = UnaryOp::kNot;
  ASSIGN_OR_RETURN(node->operand, ParseNot());
  return Done(std::move(node), begin);
}

SqlResult<ExprPtr> Parser::FinishBinary(BinaryOp op, ExprPtr left, ExprPtr right, uint32_t begin) {
  auto node = std::make_unique<BinaryExpr>();
  node->op = op;
  node->left = std::move(left);
  node->right = std::move(right);
  return Done(std::move(node), begin);
}

// One comparison: they do not chain, `a = b = c` is no expression.
SqlResult<ExprPtr> Parser::ParseComparison() {
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(ExprPtr left, ParseArithmetic(1));
  if (const Operator* comparison = Find(kComparisons, Peek().terminal)) {
    Skip();
    ASSIGN_OR_RETURN(ExprPtr right, ParseArithmetic(1));
    return FinishBinary(comparison->op, std::move(left), std::move(right), begin);
  }
  if (At("IS")) return ParseIs(std::move(left), begin);
  const bool negated = At("NOT") && (At("IN", 1) || At("BETWEEN", 1) || At("LIKE", 1));
  if (negated) Skip();
  if (At("IN")) return ParseIn(std::move(left), negated, begin);
  if (At("BETWEEN")) return ParseBetween(std::move(left), negated, begin);
  if (At("LIKE")) return ParseLike(std::move(left), negated, begin);
  return left;
}

SqlResult<ExprPtr> Parser::ParseIs(ExprPtr value, uint32_t begin) {
  RETURN_IF_ERROR(Expect("IS"));
  const bool negated = Accept("NOT");
  if (AcceptBoth("DISTINCT", "FROM")) {
    ASSIGN_OR_RETURN(ExprPtr right, ParseArithmetic(1));
    const BinaryOp op = negated ? BinaryOp::kIsNotDistinctFrom : BinaryOp::kIsDistinctFrom;
    return FinishBinary(op, std::move(value), std::move(right), begin);
  }
  auto node = std::make_unique<IsExpr>();
  node->negated = negated;
  node->value = std::move(value);
  if (Accept("NULL")) {
    node->test = IsTest::kNull;
  } else if (Accept("TRUE")) {
    node->test = IsTest::kTrue;
  } else if (Accept("FALSE")) {
    node->test = IsTest::kFalse;
  } else if (Accept("UNKNOWN")) {
    node->test = IsTest::kUnknown;
  } else {
    return Unexpected();
  }
  return Done(std::move(node), begin);
}

SqlResult<ExprPtr> Parser::ParseIn(ExprPtr value, bool negated, uint32_t begin) {
  RETURN_IF_ERROR(Expect("IN"));
  auto node = std::make_unique<InExpr>();
  node->negated = negated;
  node->value = std::move(value);
  ASSIGN_OR_RETURN(node->candidates, ParseCandidates());
  return Done(std::move(node), begin);
}

// `(a, b)`, `(SELECT …)` or `UNNEST(array)`.
SqlResult<Candidates> Parser::ParseCandidates() {
  Candidates candidates;
  const uint32_t begin = Here();
  if (Accept("UNNEST")) {
    RETURN_IF_ERROR(Expect("("));
    ASSIGN_OR_RETURN(candidates.unnest, ParseExpr());
    RETURN_IF_ERROR(Expect(")"));
  } else if (At("(") && StartsQuery(at_ + 1)) {
    ASSIGN_OR_RETURN(candidates.query, ParseParenthesizedQuery());
  } else {
    RETURN_IF_ERROR(Expect("("));
    RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
      ASSIGN_OR_RETURN(candidates.list.emplace_back(), ParseExpr());
      return Nothing();
    }));
    RETURN_IF_ERROR(Expect(")"));
  }
  candidates.range = Since(begin);
  return candidates;
}

SqlResult<ExprPtr> Parser::ParseBetween(ExprPtr value, bool negated, uint32_t begin) {
  RETURN_IF_ERROR(Expect("BETWEEN"));
  auto node = std::make_unique<BetweenExpr>();
  node->negated = negated;
  node->value = std::move(value);
  ASSIGN_OR_RETURN(node->low, ParseArithmetic(1));
  RETURN_IF_ERROR(Expect("AND"));
  ASSIGN_OR_RETURN(node->high, ParseArithmetic(1));
  return Done(std::move(node), begin);
}

SqlResult<ExprPtr> Parser::ParseLike(ExprPtr value, bool negated, uint32_t begin) {
  RETURN_IF_ERROR(Expect("LIKE"));
  if (!At("ANY") && !At("SOME") && !At("ALL")) {
    ASSIGN_OR_RETURN(ExprPtr right, ParseArithmetic(1));
    return FinishBinary(negated ? BinaryOp::kNotLike : BinaryOp::kLike, std::move(value), std::move(right), begin);
  }
  auto node = std::make_unique<LikeAnyExpr>();
  node->negated = negated;
  node->value = std::move(value);
  node->quantifier = At("ANY") ? Quantifier::kAny : At("SOME") ? Quantifier::kSome : Quantifier::kAll;
  Skip();
  ASSIGN_OR_RETURN(node->candidates, ParseCandidates());
  return Done(std::move(node), begin);
}

// A chain of operators that bind at least as strongly as `weakest`, leaning to the left.
SqlResult<ExprPtr> Parser::ParseArithmetic(int weakest) {
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(ExprPtr left, ParseUnary());
  while (true) {
    const Operator* found = AtShiftRight() ? &kShiftRight : Find(kArithmetic, Peek().terminal);
    if (found == nullptr || found->strength < weakest) return left;
    at_ += found == &kShiftRight ? 2 : 1;
    ASSIGN_OR_RETURN(ExprPtr right, ParseArithmetic(found->strength + 1));
    ASSIGN_OR_RETURN(left, FinishBinary(found->op, std::move(left), std::move(right), begin));
    RETURN_IF_ERROR(Grow());
  }
}

SqlResult<ExprPtr> Parser::ParseUnary() {
  if (!At("-") && !At("+") && !At("~")) return ParsePostfix();
  const Nest nest(*this);
  if (nest.TooDeep()) return TooDeep();
  const uint32_t begin = Here();
  auto node = std::make_unique<UnaryExpr>();
  node->op = At("-") ? UnaryOp::kMinus : At("+") ? UnaryOp::kPlus : UnaryOp::kBitNot;
  Skip();
  ASSIGN_OR_RETURN(node->operand, ParseUnary());
  return Done(std::move(node), begin);
}

// A primary expression with its fields, subscripts and chained calls.
SqlResult<ExprPtr> Parser::ParsePostfix() {
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(ExprPtr base, ParsePrimary());
  while (true) {
    if (At("[")) {
      ASSIGN_OR_RETURN(base, ParseSubscript(std::move(base), begin));
    } else if (At(".") && !At("*", 1)) {
      ASSIGN_OR_RETURN(base, ParseDot(std::move(base), begin));
    } else {
      return base;
    }
    RETURN_IF_ERROR(Grow());
  }
}

SqlResult<ExprPtr> Parser::ParseDot(ExprPtr base, uint32_t begin) {
  RETURN_IF_ERROR(Expect("."));
  if (At("(") && AtName(1)) {  // `x.(NET.HOST)(y)`
    Skip();
    ASSIGN_OR_RETURN(Path function, ParsePath());
    RETURN_IF_ERROR(Expect(")"));
    if (!At("(")) return ExpectedBut("\"(\"");
    ASSIGN_OR_RETURN(ExprPtr call, ParseCall(std::move(function), begin));
    return Chain(std::move(base), std::move(call));
  }
  ASSIGN_OR_RETURN(Identifier name, ParseName());
  if (At("(")) {
    Path function;
    function.range = name.range;
    function.names.push_back(std::move(name));
    ASSIGN_OR_RETURN(ExprPtr call, ParseCall(std::move(function), begin));
    return Chain(std::move(base), std::move(call));
  }
  auto node = std::make_unique<FieldAccessExpr>();
  node->base = std::move(base);
  node->field = std::move(name);
  return Done(std::move(node), begin);
}

// `call` with `base` as its first argument.
ExprPtr Parser::Chain(ExprPtr base, ExprPtr call) {
  auto& node = static_cast<CallExpr&>(*call);
  node.chained = true;
  Argument first;
  first.range = base->range;
  first.value = std::move(base);
  node.arguments.insert(node.arguments.begin(), std::move(first));
  return call;
}

namespace {

struct SubscriptWord {
  std::string_view word;
  SubscriptKind kind;
};

// The kind of subscript that `[word(` starts.
SubscriptKind SubscriptOf(std::string_view word) {
  constexpr auto kWords = std::to_array<SubscriptWord>({
      {"OFFSET", SubscriptKind::kOffset},
      {"ORDINAL", SubscriptKind::kOrdinal},
      {"SAFE_OFFSET", SubscriptKind::kSafeOffset},
      {"SAFE_ORDINAL", SubscriptKind::kSafeOrdinal},
      {"KEY", SubscriptKind::kKey},
      {"SAFE_KEY", SubscriptKind::kSafeKey},
  });
  for (const auto& candidate : kWords) {
    if (EqualsIgnoringCase(word, candidate.word)) return candidate.kind;
  }
  return SubscriptKind::kPlain;
}

}  // namespace

SqlResult<ExprPtr> Parser::ParseSubscript(ExprPtr base, uint32_t begin) {
  RETURN_IF_ERROR(Expect("["));
  auto node = std::make_unique<SubscriptExpr>();
  node->base = std::move(base);
  const bool call = AtKind(TokenKind::kWord) && At("(", 1) &&
                    tokens_.list[std::min(AfterParentheses(at_ + 1), tokens_.list.size() - 1)].terminal == Terminal("]");
  if (call) node->subscript = SubscriptOf(Peek().text);
  const bool accessor = node->subscript != SubscriptKind::kPlain;
  if (accessor) at_ += 2;
  ASSIGN_OR_RETURN(node->index, ParseExpr());
  if (accessor) RETURN_IF_ERROR(Expect(")"));
  RETURN_IF_ERROR(Expect("]"));
  return Done(std::move(node), begin);
}

}  // namespace casebook::sql
