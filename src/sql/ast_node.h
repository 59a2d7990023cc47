// The families of nodes, and what every part of the tree uses: ranges, names, types. Include sql/ast.h.
#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace casebook::sql {

// Bytes [begin, end) of the query text.
struct SourceRange {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// A name as written, without its back quotes and with their escapes decoded. Names compare without case.
struct Identifier {
  std::string text;
  bool quoted = false;
  SourceRange range;
};

// `a.b.c`. In FROM, in the name of a function and in DDL, `a.b.c` quoted as a whole has been split.
struct Path {
  std::vector<Identifier> names;  // at least one
  SourceRange range;
};

enum class ExprKind {
  kLiteral,
  kPath,
  kParameter,
  kSystemVariable,
  kUnary,
  kBinary,
  kLogical,
  kBetween,
  kIn,
  kLikeAny,
  kIs,
  kFieldAccess,
  kSubscript,
  kCase,
  kCast,
  kExtract,
  kInterval,
  kArray,
  kStruct,
  kSubquery,
  kCall,
  kStar,
  kLambda,
  kWith,
};

struct Expr {
  explicit Expr(ExprKind k) : kind(k) {}
  virtual ~Expr() = default;
  const ExprKind kind;
  SourceRange range;  // without parentheses around the whole
};
using ExprPtr = std::unique_ptr<Expr>;

enum class TableExprKind { kTablePath, kUnnest, kTableSubquery, kTableCall, kJoin, kPivot, kUnpivot, kSample };

struct TableExpr {
  explicit TableExpr(TableExprKind k) : kind(k) {}
  virtual ~TableExpr() = default;
  const TableExprKind kind;
  SourceRange range;
};
using TableExprPtr = std::unique_ptr<TableExpr>;

enum class QueryBodyKind { kSelect, kSetOperation, kNestedQuery, kFrom };

struct QueryBody {
  explicit QueryBody(QueryBodyKind k) : kind(k) {}
  virtual ~QueryBody() = default;
  const QueryBodyKind kind;
  SourceRange range;
};
using QueryBodyPtr = std::unique_ptr<QueryBody>;

enum class PipeKind {
  kSelect,     // SELECT, EXTEND, WINDOW
  kSet,
  kDrop,
  kRename,
  kAs,
  kWhere,
  kLimit,
  kOrderBy,
  kAggregate,
  kDistinct,
  kDescribe,
  kJoin,
  kCall,
  kSetOperation,
  kSample,
  kPivot,
  kUnpivot,
  kWith,
  kAssert,
};

struct PipeOperator {
  explicit PipeOperator(PipeKind k) : kind(k) {}
  virtual ~PipeOperator() = default;
  const PipeKind kind;
  SourceRange range;  // from `|>`
};
using PipeOperatorPtr = std::unique_ptr<PipeOperator>;

enum class StatementKind {
  kQuery,
  kCreateView,
  kCreateFunction,
  kCreateTableFunction,
  kDrop,
  kDeclare,
  kSet,
  kExplain,
};

struct Statement {
  explicit Statement(StatementKind k) : kind(k) {}
  virtual ~Statement() = default;
  const StatementKind kind;
  SourceRange range;
};
using StatementPtr = std::unique_ptr<Statement>;

// A node of one kind of `Base`.
template <typename Base, auto Kind>
struct NodeOf : Base {
  using Family = Base;
  static constexpr auto kKind = Kind;
  NodeOf() : Base(Kind) {}
};

// `node` as the kind that it is: `As<CallExpr>(expr)`.
template <typename Node>
const Node& As(const typename Node::Family& node) {
  assert(node.kind == Node::kKind);
  return static_cast<const Node&>(node);
}

// `node` as a Node, or nullptr if it is of another kind.
template <typename Node>
const Node* TryAs(const typename Node::Family& node) {
  return node.kind == Node::kKind ? static_cast<const Node*>(&node) : nullptr;
}

enum class TypeNameKind { kNamed, kArray, kStruct, kRange, kAnyType };

// A type as written: `INT64`, `STRING(10)`, `ARRAY<STRUCT<a INT64, b STRING>>`, and in CREATE FUNCTION `ANY TYPE`.
struct TypeName {
  struct Field;

  TypeNameKind kind = TypeNameKind::kNamed;
  Path name;                            // kNamed
  std::vector<Field> fields;            // kStruct; of kArray and kRange the one element, without a name
  std::vector<std::string> parameters;  // `10`, `38`, `MAX`: digits or MAX
  std::optional<std::string> collation;
  SourceRange range;

  auto Fields() const { return std::tie(kind, name, fields, parameters, collation); }
};

struct TypeName::Field {
  std::optional<Identifier> name;
  TypeName type;

  auto Fields() const { return std::tie(name, type); }
};

}  // namespace casebook::sql
