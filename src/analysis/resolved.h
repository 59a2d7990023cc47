// The resolved tree: what a query means. Every name is a column by number, every expression has a type,
// every coercion is a cast, every function is a FunctionId with the signature that was chosen.
//
// Knows no engine. A column number is unique in the whole query, so a correlated subquery needs no marks:
// it mentions a column that an outer scan makes. Made by resolver.h; read by engines/.
#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/date_part.h"
#include "analysis/function_id.h"
#include "analysis/value.h"
#include "schema/catalog.h"
#include "schema/type.h"

namespace casebook::analysis {

using ColumnId = int32_t;
inline constexpr ColumnId kNoColumn = -1;

struct Scan;
using ScanPtr = std::unique_ptr<Scan>;

// --- Expressions -----------------------------------------------------------------------------------

enum class ExprKind { kLiteral, kColumn, kCall, kAggregate, kWindow, kCast, kField, kArray, kStruct, kSubquery, kLambda };

struct Expr {
  explicit Expr(ExprKind k) : kind(k) {}
  virtual ~Expr() = default;
  const ExprKind kind;
  Type type;
  uint32_t position = 0;  // byte of the query text, for messages
};
using ExprPtr = std::unique_ptr<Expr>;

template <typename Base, auto Kind>
struct NodeOf : Base {
  using Family = Base;
  static constexpr auto kKind = Kind;
  NodeOf() : Base(Kind) {}
};

template <typename Node>
const Node& As(const typename Node::Family& node) {
  assert(node.kind == Node::kKind);
  return static_cast<const Node&>(node);
}
template <typename Node>
Node& As(typename Node::Family& node) {
  assert(node.kind == Node::kKind);
  return static_cast<Node&>(node);
}
template <typename Node>
Node* TryAs(typename Node::Family& node) {
  return node.kind == Node::kKind ? static_cast<Node*>(&node) : nullptr;
}
template <typename Node>
const Node* TryAs(const typename Node::Family& node) {
  return node.kind == Node::kKind ? static_cast<const Node*>(&node) : nullptr;
}

struct Literal final : NodeOf<Expr, ExprKind::kLiteral> {
  Value value;
  // As written or given as a parameter, so that it coerces more freely than other expressions do.
  bool coerces = false;
  bool untyped = false;  // a bare NULL: any type will do
  std::string written;   // of a FLOAT64 its digits, which NUMERIC may hold more exactly
};

struct ColumnRef final : NodeOf<Expr, ExprKind::kColumn> {
  ColumnId column = kNoColumn;
};

struct Call final : NodeOf<Expr, ExprKind::kCall> {
  FunctionId function{};
  std::vector<ExprPtr> arguments;
  std::optional<DatePart> part;
  bool safe = false;  // SAFE.: an error of this function is NULL
};

struct SortKey {
  ExprPtr expr;
  bool descending = false;
  bool nulls_first = true;
};

// `LIMIT`, and of ORDER BY … LIMIT; each of type INT64 and constant.
struct Bounds {
  ExprPtr count;   // null: no limit
  ExprPtr offset;  // null: 0
};

enum class NullTreatment { kDefault, kIgnore, kRespect };

struct Aggregate final : NodeOf<Expr, ExprKind::kAggregate> {
  FunctionId function{};
  std::vector<ExprPtr> arguments;
  bool distinct = false;
  bool safe = false;
  NullTreatment nulls = NullTreatment::kDefault;
  std::vector<SortKey> order_by;
  ExprPtr limit;         // null: none
  ExprPtr having;        // of HAVING MAX or MIN; null: none
  bool having_max = true;
  ExprPtr filter;        // only rows for which it is TRUE; null: all
};

enum class FrameUnit { kRows, kRange };
enum class FrameBoundKind { kUnboundedPreceding, kPreceding, kCurrentRow, kFollowing, kUnboundedFollowing };

struct FrameBound {
  FrameBoundKind kind = FrameBoundKind::kUnboundedPreceding;
  ExprPtr offset;
};

struct Frame {
  FrameUnit unit = FrameUnit::kRange;
  FrameBound start;
  FrameBound end;
};

// An aggregate or a window function with OVER.
struct Window final : NodeOf<Expr, ExprKind::kWindow> {
  FunctionId function{};
  std::vector<ExprPtr> arguments;
  bool distinct = false;
  bool safe = false;
  NullTreatment nulls = NullTreatment::kDefault;
  std::vector<ExprPtr> partition_by;
  std::vector<SortKey> order_by;
  std::optional<Frame> frame;
};

struct Cast final : NodeOf<Expr, ExprKind::kCast> {
  ExprPtr operand;
  bool safe = false;      // SAFE_CAST: what cannot be cast is NULL
  bool implicit = false;  // put in by the resolver
  ExprPtr time_zone;      // of STRING, DATE, DATETIME from and to TIMESTAMP; null: the default zone
  ExprPtr format;         // of FORMAT; null: none
  int64_t now = 0;        // with a format: the query's instant, for what a text does not name
};

// A field of a struct, by its place.
struct Field final : NodeOf<Expr, ExprKind::kField> {
  ExprPtr base;
  size_t index = 0;
};

struct ArrayConstructor final : NodeOf<Expr, ExprKind::kArray> {
  std::vector<ExprPtr> elements;
  bool coerces = false;  // written without a type: the elements may still be coerced
};

struct StructConstructor final : NodeOf<Expr, ExprKind::kStruct> {
  std::vector<ExprPtr> fields;
  bool coerces = false;
};

enum class SubqueryKind { kScalar, kArray, kExists, kIn };

struct Subquery final : NodeOf<Expr, ExprKind::kSubquery> {
  SubqueryKind subquery = SubqueryKind::kScalar;
  ScanPtr query;
  ColumnId column = kNoColumn;  // of the query; not for kExists
  ExprPtr operand;              // of kIn
};

// `(a, b) -> body`: what a function does with each element. Only as an argument; the type is that of the body.
struct Lambda final : NodeOf<Expr, ExprKind::kLambda> {
  std::vector<ColumnId> parameters;
  ExprPtr body;
};

// --- Scans -----------------------------------------------------------------------------------------

enum class ScanKind {
  kSingleRow,
  kTable,
  kJoin,
  kUnnest,
  kFilter,
  kProject,
  kAggregate,
  kWindow,
  kDistinct,
  kSort,
  kLimit,
  kSetOperation,
  kWith,
  kWithReference,
};

// A relation. Scans that add columns let through those of their input.
struct Scan {
  explicit Scan(ScanKind k) : kind(k) {}
  virtual ~Scan() = default;
  const ScanKind kind;
};

// `expr AS column`.
struct Computed {
  ColumnId column = kNoColumn;
  ExprPtr expr;
};

// One row without columns: SELECT without FROM.
struct SingleRowScan final : NodeOf<Scan, ScanKind::kSingleRow> {};

struct TableScan final : NodeOf<Scan, ScanKind::kTable> {
  CatalogEntry entry;
  ColumnId first_column = kNoColumn;  // the table's columns are numbered from here
};

enum class JoinKind { kCross, kInner, kLeft, kRight, kFull };

struct JoinScan final : NodeOf<Scan, ScanKind::kJoin> {
  JoinKind join = JoinKind::kInner;
  ScanPtr left;
  ScanPtr right;
  ExprPtr condition;  // null: none
};

// UNNEST of arrays walked together; arrays may mention columns of `input` (a correlated join).
struct UnnestScan final : NodeOf<Scan, ScanKind::kUnnest> {
  ScanPtr input;  // null: the arrays stand alone
  std::vector<Computed> arrays;  // column: the element
  ColumnId offset = kNoColumn;
  bool outer = false;  // LEFT JOIN
  ExprPtr condition;   // of the join; null: none
};

struct FilterScan final : NodeOf<Scan, ScanKind::kFilter> {
  ScanPtr input;
  ExprPtr condition;
};

struct ProjectScan final : NodeOf<Scan, ScanKind::kProject> {
  ScanPtr input;
  std::vector<Computed> computed;
};

// Only the columns it computes come out.
struct AggregateScan final : NodeOf<Scan, ScanKind::kAggregate> {
  ScanPtr input;
  std::vector<Computed> group_by;
  std::vector<Computed> aggregates;               // each an Aggregate, or GROUPING
  std::vector<std::vector<size_t>> grouping_sets;  // of places in group_by; empty: one set with all
};

struct WindowScan final : NodeOf<Scan, ScanKind::kWindow> {
  ScanPtr input;
  std::vector<Computed> computed;  // each a Window
};

// Only `columns` come out, each combination of values once.
struct DistinctScan final : NodeOf<Scan, ScanKind::kDistinct> {
  ScanPtr input;
  std::vector<ColumnId> columns;
};

struct SortScan final : NodeOf<Scan, ScanKind::kSort> {
  ScanPtr input;
  std::vector<SortKey> keys;
};

struct LimitScan final : NodeOf<Scan, ScanKind::kLimit> {
  ScanPtr input;
  Bounds bounds;
};

enum class SetOperator { kUnionAll, kUnionDistinct, kIntersectAll, kIntersectDistinct, kExceptAll, kExceptDistinct };

struct SetOperationScan final : NodeOf<Scan, ScanKind::kSetOperation> {
  struct Input {
    ScanPtr scan;
    std::vector<ColumnId> columns;  // as many as `columns` below
  };
  SetOperator op = SetOperator::kUnionAll;
  std::vector<Input> inputs;
  std::vector<ColumnId> columns;
};

struct WithEntry {
  std::string name;
  int32_t number = 0;
  ScanPtr query;
  std::vector<ColumnId> columns;
  // A recursive entry: `query` is the first term, `recursive` the one that mentions this entry.
  ScanPtr recursive;
  std::vector<ColumnId> recursive_columns;
  bool distinct = false;
};

struct WithScan final : NodeOf<Scan, ScanKind::kWith> {
  bool recursive = false;
  std::vector<WithEntry> entries;
  ScanPtr body;
};

struct WithReferenceScan final : NodeOf<Scan, ScanKind::kWithReference> {
  int32_t number = 0;
  std::vector<ColumnId> columns;  // new numbers for this mention
};

// --- The whole -------------------------------------------------------------------------------------

struct ColumnInfo {
  std::string name;
  Type type;
  bool used = false;  // mentioned by an expression or by an output list
};

struct OutputColumn {
  std::string name;
  ColumnId column = kNoColumn;
};

struct ResolvedQuery {
  ScanPtr scan;
  std::vector<OutputColumn> output;
  bool is_value_table = false;      // SELECT AS STRUCT or AS VALUE
  std::vector<ColumnInfo> columns;  // by ColumnId

  const Type& TypeOf(ColumnId column) const { return columns[static_cast<size_t>(column)].type; }
};

// The tree as people read it in EXPLAIN and in tests.
std::string PrintResolved(const ResolvedQuery& query);

}  // namespace casebook::analysis
