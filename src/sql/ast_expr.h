// Expressions. Include sql/ast.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "sql/ast_node.h"
#include "sql/ast_query.h"

namespace casebook::sql {

enum class LiteralKind {
  kNull,
  kBool,
  kInt,
  kFloat,
  kString,
  kBytes,
  // Typed: the word and a string. `text` is the string, not yet read as a value of the type.
  kDate,
  kDatetime,
  kTime,
  kTimestamp,
  kNumeric,
  kBigNumeric,
  kJson,
  kRange,  // RANGE<range_type> '[a, b)'
};

struct LiteralExpr final : NodeOf<Expr, ExprKind::kLiteral> {
  LiteralKind literal = LiteralKind::kNull;
  std::string text;       // kInt, kFloat: as written; strings and bytes: decoded
  bool bool_value = false;
  uint64_t int_value = 0;  // above 2^63 only sound below a minus
  double float_value = 0;  // infinite if the text is too large
  TypeName range_type;     // kRange: the type between the angle brackets

  auto Fields() const { return std::tie(literal, text, bool_value, range_type); }
};

// `a`, `t.a`, `t.a.b`: the resolver finds where the column ends and the fields begin.
struct PathExpr final : NodeOf<Expr, ExprKind::kPath> {
  Path path;

  auto Fields() const { return std::tie(path); }
};

// `@name`, or `?` with its position from 1.
struct ParameterExpr final : NodeOf<Expr, ExprKind::kParameter> {
  std::optional<Identifier> name;
  uint32_t position = 0;

  auto Fields() const { return std::tie(name); }  // the position follows from the text
};

// `@@time_zone`.
struct SystemVariableExpr final : NodeOf<Expr, ExprKind::kSystemVariable> {
  Path path;

  auto Fields() const { return std::tie(path); }
};

enum class UnaryOp { kPlus, kMinus, kBitNot, kNot };

struct UnaryExpr final : NodeOf<Expr, ExprKind::kUnary> {
  UnaryOp op = UnaryOp::kNot;
  ExprPtr operand;

  auto Fields() const { return std::tie(op, operand); }
};

enum class BinaryOp {
  kMultiply,
  kDivide,
  kConcat,
  kAdd,
  kSubtract,
  kShiftLeft,
  kShiftRight,
  kBitAnd,
  kBitXor,
  kBitOr,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kLike,
  kNotLike,
  kIsDistinctFrom,
  kIsNotDistinctFrom,
};

struct BinaryExpr final : NodeOf<Expr, ExprKind::kBinary> {
  BinaryOp op = BinaryOp::kAdd;
  ExprPtr left;
  ExprPtr right;

  auto Fields() const { return std::tie(op, left, right); }
};

enum class LogicalOp { kAnd, kOr };

// `a AND b AND c`: two or more operands.
struct LogicalExpr final : NodeOf<Expr, ExprKind::kLogical> {
  LogicalOp op = LogicalOp::kAnd;
  std::vector<ExprPtr> operands;

  auto Fields() const { return std::tie(op, operands); }
};

struct BetweenExpr final : NodeOf<Expr, ExprKind::kBetween> {
  bool negated = false;
  ExprPtr value;
  ExprPtr low;
  ExprPtr high;

  auto Fields() const { return std::tie(negated, value, low, high); }
};

// What IN and LIKE ANY look into: exactly one of the three is there.
struct Candidates {
  std::vector<ExprPtr> list;
  QueryPtr query;
  ExprPtr unnest;  // the array of UNNEST(array)
  SourceRange range;

  auto Fields() const { return std::tie(list, query, unnest); }
};

struct InExpr final : NodeOf<Expr, ExprKind::kIn> {
  bool negated = false;
  ExprPtr value;
  Candidates candidates;

  auto Fields() const { return std::tie(negated, value, candidates); }
};

enum class Quantifier { kAny, kSome, kAll };

struct LikeAnyExpr final : NodeOf<Expr, ExprKind::kLikeAny> {
  bool negated = false;
  ExprPtr value;
  Quantifier quantifier = Quantifier::kAny;
  Candidates candidates;

  auto Fields() const { return std::tie(negated, value, quantifier, candidates); }
};

enum class IsTest { kNull, kTrue, kFalse, kUnknown };

struct IsExpr final : NodeOf<Expr, ExprKind::kIs> {
  bool negated = false;
  ExprPtr value;
  IsTest test = IsTest::kNull;

  auto Fields() const { return std::tie(negated, value, test); }
};

// `base.field`, where base is no path.
struct FieldAccessExpr final : NodeOf<Expr, ExprKind::kFieldAccess> {
  ExprPtr base;
  Identifier field;

  auto Fields() const { return std::tie(base, field); }
};

enum class SubscriptKind { kPlain, kOffset, kOrdinal, kSafeOffset, kSafeOrdinal, kKey, kSafeKey };

// `base[index]`, `base[OFFSET(index)]`, …
struct SubscriptExpr final : NodeOf<Expr, ExprKind::kSubscript> {
  ExprPtr base;
  SubscriptKind subscript = SubscriptKind::kPlain;
  ExprPtr index;

  auto Fields() const { return std::tie(base, subscript, index); }
};

struct CaseExpr final : NodeOf<Expr, ExprKind::kCase> {
  struct When {
    ExprPtr condition;
    ExprPtr result;

    auto Fields() const { return std::tie(condition, result); }
  };
  ExprPtr operand;  // null for CASE WHEN
  std::vector<When> whens;
  ExprPtr otherwise;  // may be null

  auto Fields() const { return std::tie(operand, whens, otherwise); }
};

struct CastExpr final : NodeOf<Expr, ExprKind::kCast> {
  bool safe = false;
  ExprPtr operand;
  TypeName type;
  ExprPtr format;     // may be null
  ExprPtr time_zone;  // may be null

  auto Fields() const { return std::tie(safe, operand, type, format, time_zone); }
};

// `DAY`, `WEEK(MONDAY)`. As an argument of a function a part is a PathExpr or a CallExpr like any other.
struct DatePart {
  Identifier name;
  std::optional<Identifier> weekday;
  SourceRange range;

  auto Fields() const { return std::tie(name, weekday); }
};

struct ExtractExpr final : NodeOf<Expr, ExprKind::kExtract> {
  DatePart part;
  ExprPtr operand;
  ExprPtr time_zone;  // may be null

  auto Fields() const { return std::tie(part, operand, time_zone); }
};

// `INTERVAL n DAY`, `INTERVAL '1-2' YEAR TO MONTH`.
struct IntervalExpr final : NodeOf<Expr, ExprKind::kInterval> {
  ExprPtr value;
  Identifier part;
  std::optional<Identifier> to_part;

  auto Fields() const { return std::tie(value, part, to_part); }
};

// `[a, b]`, `ARRAY[a, b]`, `ARRAY<T>[a, b]`.
struct ArrayExpr final : NodeOf<Expr, ExprKind::kArray> {
  std::optional<TypeName> type;  // the whole array type
  std::vector<ExprPtr> elements;

  auto Fields() const { return std::tie(type, elements); }
};

// `(a, b)`, `STRUCT(a AS x, b)`, `STRUCT<x INT64, y STRING>(a, b)`.
struct StructExpr final : NodeOf<Expr, ExprKind::kStruct> {
  bool tuple = false;            // `(a, b)`: no names, two or more
  std::optional<TypeName> type;  // the whole struct type
  std::vector<NamedExpr> fields;

  auto Fields() const { return std::tie(tuple, type, fields); }
};

enum class SubqueryKind { kScalar, kArray, kExists };

struct SubqueryExpr final : NodeOf<Expr, ExprKind::kSubquery> {
  SubqueryKind subquery = SubqueryKind::kScalar;
  QueryPtr query;

  auto Fields() const { return std::tie(subquery, query); }
};

enum class NullHandling { kUnspecified, kIgnore, kRespect };
enum class HavingBound { kMax, kMin };

// ANY_VALUE(x HAVING MAX y).
struct HavingModifier {
  HavingBound bound = HavingBound::kMax;
  ExprPtr expr;

  auto Fields() const { return std::tie(bound, expr); }
};

// A call of a function, an aggregate or, with `over`, a window function. CURRENT_DATE without parentheses too.
struct CallExpr final : NodeOf<Expr, ExprKind::kCall> {
  bool safe = false;  // SAFE. in front; no part of `function`
  Path function;      // `NET.HOST`, `p.d.f`
  bool parentheses = true;
  bool chained = false;  // `(a).F(b)`: a is the first argument
  bool distinct = false;
  std::vector<Argument> arguments;  // COUNT(*): one StarExpr
  NullHandling nulls = NullHandling::kUnspecified;
  ExprPtr where;  // of an aggregate: which rows count; may be null
  std::optional<HavingModifier> having;
  std::vector<OrderItem> order_by;
  std::optional<Limit> limit;
  std::optional<WindowSpec> over;

  auto Fields() const {
    return std::tie(safe, function, parentheses, chained, distinct, arguments, nulls, where, having, order_by, limit, over);
  }
};

// The `*` of COUNT(*).
struct StarExpr final : NodeOf<Expr, ExprKind::kStar> {
  auto Fields() const { return std::tie(); }
};

// `x -> body`, `(x, i) -> body`: only as an argument.
struct LambdaExpr final : NodeOf<Expr, ExprKind::kLambda> {
  std::vector<Identifier> parameters;
  ExprPtr body;

  auto Fields() const { return std::tie(parameters, body); }
};

// WITH(a AS 1, b AS a + 1, a * b).
struct WithExpr final : NodeOf<Expr, ExprKind::kWith> {
  std::vector<NamedExpr> variables;  // each with an alias
  ExprPtr body;

  auto Fields() const { return std::tie(variables, body); }
};

}  // namespace casebook::sql
