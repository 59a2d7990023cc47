// Queries: clauses, bodies, FROM and pipe operators. Include sql/ast.h.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <tuple>
#include <vector>

#include "sql/ast_node.h"

namespace casebook::sql {

struct Query;
using QueryPtr = std::unique_ptr<Query>;

enum class SortDirection { kUnspecified, kAscending, kDescending };
enum class NullsPosition { kUnspecified, kFirst, kLast };

struct SortOrder {
  SortDirection direction = SortDirection::kUnspecified;
  NullsPosition nulls = NullsPosition::kUnspecified;

  auto Fields() const { return std::tie(direction, nulls); }
};

struct OrderItem {
  ExprPtr expr;
  ExprPtr collation;  // a string literal or a parameter; may be null
  SortOrder order;
  SourceRange range;

  auto Fields() const { return std::tie(expr, collation, order); }
};

struct Limit {
  ExprPtr count;   // null for LIMIT ALL
  ExprPtr offset;  // may be null
  SourceRange range;

  auto Fields() const { return std::tie(count, offset); }
};

struct NamedExpr {
  ExprPtr expr;
  std::optional<Identifier> alias;
  SourceRange range;

  auto Fields() const { return std::tie(expr, alias); }
};

// `* EXCEPT (a) REPLACE (b AS c)`, with or without something in front of the star.
struct StarModifiers {
  std::vector<Identifier> except;
  std::vector<NamedExpr> replace;  // each with an alias

  auto Fields() const { return std::tie(except, replace); }
};

enum class SelectItemKind {
  kExpr,      // expr [AS alias]
  kStar,      // * …; `expr` is null
  kExprStar,  // expr.* …
};

struct SelectItem {
  SelectItemKind kind = SelectItemKind::kExpr;
  ExprPtr expr;
  std::optional<Identifier> alias;  // kExpr
  StarModifiers star;               // kStar, kExprStar
  SortOrder order;                  // only in `|> AGGREGATE`
  SourceRange range;

  auto Fields() const { return std::tie(kind, expr, alias, star, order); }
};

enum class FrameUnit { kRows, kRange };
enum class FrameBoundKind { kUnboundedPreceding, kPreceding, kCurrentRow, kFollowing, kUnboundedFollowing };

struct FrameBound {
  FrameBoundKind kind = FrameBoundKind::kCurrentRow;
  ExprPtr offset;  // kPreceding, kFollowing
  SourceRange range;

  auto Fields() const { return std::tie(kind, offset); }
};

struct WindowFrame {
  FrameUnit unit = FrameUnit::kRows;
  FrameBound start;
  std::optional<FrameBound> end;  // absent: the current row
  SourceRange range;

  auto Fields() const { return std::tie(unit, start, end); }
};

// `w`, or `([w] [PARTITION BY …] [ORDER BY …] [frame])`.
struct WindowSpec {
  std::optional<Identifier> base;
  bool bare = false;  // only a name, without parentheses
  std::vector<ExprPtr> partition_by;
  std::vector<OrderItem> order_by;
  std::optional<WindowFrame> frame;
  SourceRange range;

  auto Fields() const { return std::tie(base, bare, partition_by, order_by, frame); }
};

struct NamedWindow {
  Identifier name;
  WindowSpec spec;

  auto Fields() const { return std::tie(name, spec); }
};

enum class GroupingKind { kExpr, kRollup, kCube, kGroupingSets, kList };

// The columns `(a, b)` that ROLLUP, CUBE or GROUPING SETS take as one; `()` is none.
struct GroupingColumns {
  std::vector<ExprPtr> exprs;
  SourceRange range;

  auto Fields() const { return std::tie(exprs); }
};

struct GroupingItem {
  GroupingKind kind = GroupingKind::kExpr;
  ExprPtr expr;                          // kExpr
  std::optional<Identifier> alias;       // kExpr, only in `|> AGGREGATE`
  SortOrder order;                       // kExpr, only in `|> AGGREGATE`
  std::vector<GroupingColumns> columns;  // kRollup, kCube; kList: exactly one
  std::vector<GroupingItem> sets;        // kGroupingSets: each kExpr, kRollup, kCube or kList
  SourceRange range;

  auto Fields() const { return std::tie(kind, expr, alias, order, columns, sets); }
};

struct GroupBy {
  bool all = false;        // GROUP BY ALL
  bool and_order = false;  // GROUP AND ORDER BY, only in `|> AGGREGATE`
  std::vector<GroupingItem> items;
  SourceRange range;

  auto Fields() const { return std::tie(all, and_order, items); }
};

// WITH DEPTH [AS alias] [BETWEEN lower AND upper | MAX upper] of a recursive table.
struct RecursionDepth {
  std::optional<Identifier> alias;
  ExprPtr lower;  // may be null
  ExprPtr upper;  // may be null

  auto Fields() const { return std::tie(alias, lower, upper); }
};

struct WithTable {
  Identifier name;
  QueryPtr query;
  std::optional<RecursionDepth> depth;
  SourceRange range;

  auto Fields() const { return std::tie(name, query, depth); }
};

struct WithClause {
  bool recursive = false;
  std::vector<WithTable> tables;
  SourceRange range;

  auto Fields() const { return std::tie(recursive, tables); }
};

// One query: WITH, a body, ORDER BY, LIMIT, then pipe operators, each applied to what stands before it.
struct Query {
  std::optional<WithClause> with;
  QueryBodyPtr body;
  std::vector<OrderItem> order_by;
  std::optional<Limit> limit;
  std::vector<PipeOperatorPtr> pipes;
  SourceRange range;

  auto Fields() const { return std::tie(with, body, order_by, limit, pipes); }
};

// --- Bodies of queries -----------------------------------------------------------------------------

enum class SelectAs { kRow, kStruct, kValue, kTypeName };

// `WITH AGGREGATION_THRESHOLD OPTIONS (threshold = 3, privacy_unit_column = x)`: of how many x a group must tell.
struct AggregationThreshold {
  ExprPtr threshold;
  ExprPtr unit;

  auto Fields() const { return std::tie(threshold, unit); }
};

struct SelectBody final : NodeOf<QueryBody, QueryBodyKind::kSelect> {
  std::optional<AggregationThreshold> threshold;
  bool distinct = false;
  SelectAs as = SelectAs::kRow;
  Path as_type;  // kTypeName
  std::vector<SelectItem> items;
  TableExprPtr from;  // null without FROM; `FROM a, b` is a kComma join
  ExprPtr where;
  std::optional<GroupBy> group_by;
  ExprPtr having;
  ExprPtr qualify;
  std::vector<NamedWindow> windows;

  auto Fields() const {
    return std::tie(threshold, distinct, as, as_type, items, from, where, group_by, having, qualify, windows);
  }
};

enum class SetOperator { kUnion, kIntersect, kExcept };
enum class SetColumns { kByPosition, kByName, kCorresponding };
enum class SetMode { kDefault, kInner, kLeft, kFull };  // kDefault of BY NAME asks for the same names on both sides

// What stands between two queries: `[FULL OUTER] UNION ALL [STRICT] CORRESPONDING BY (a, b)`.
struct SetOperationSpec {
  SetOperator op = SetOperator::kUnion;
  bool distinct = false;  // else ALL
  SetColumns columns = SetColumns::kByPosition;
  SetMode mode = SetMode::kDefault;
  bool strict = false;
  std::vector<Identifier> by;  // BY NAME ON (…), CORRESPONDING BY (…); empty: the common columns
  SourceRange range;

  auto Fields() const { return std::tie(op, distinct, columns, mode, strict, by); }
};

// Two or more queries joined by one and the same operator, from left to right.
struct SetOperationBody final : NodeOf<QueryBody, QueryBodyKind::kSetOperation> {
  SetOperationSpec spec;
  std::vector<QueryBodyPtr> inputs;

  auto Fields() const { return std::tie(spec, inputs); }
};

// `( query )` as a query; in front of pipe operators it may have an alias, as a table has.
struct NestedQueryBody final : NodeOf<QueryBody, QueryBodyKind::kNestedQuery> {
  QueryPtr query;
  std::optional<Identifier> alias;

  auto Fields() const { return std::tie(query, alias); }
};

// `FROM t …` as a query, usually with pipe operators after it.
struct FromBody final : NodeOf<QueryBody, QueryBodyKind::kFrom> {
  TableExprPtr from;

  auto Fields() const { return std::tie(from); }
};

// --- FROM ------------------------------------------------------------------------------------------

struct WithOffset {
  std::optional<Identifier> alias;  // absent: `offset`
  SourceRange range;

  auto Fields() const { return std::tie(alias); }
};

// A table, a WITH table or, correlated, an array: `p.d.t`, `t.arr`.
struct TablePath final : NodeOf<TableExpr, TableExprKind::kTablePath> {
  Path path;
  std::optional<Identifier> alias;
  std::optional<WithOffset> with_offset;
  ExprPtr system_time;  // FOR SYSTEM_TIME AS OF; may be null

  auto Fields() const { return std::tie(path, alias, with_offset, system_time); }
};

struct UnnestTable final : NodeOf<TableExpr, TableExprKind::kUnnest> {
  std::vector<NamedExpr> arrays;  // one, or several that are walked together
  ExprPtr mode;                   // of `mode => 'PAD'`; may be null
  std::optional<Identifier> alias;
  std::optional<WithOffset> with_offset;

  auto Fields() const { return std::tie(arrays, mode, alias, with_offset); }
};

struct TableSubquery final : NodeOf<TableExpr, TableExprKind::kTableSubquery> {
  QueryPtr query;
  std::optional<Identifier> alias;

  auto Fields() const { return std::tie(query, alias); }
};

enum class ArgumentKind { kExpr, kTable, kModel, kConnection, kDescriptor };

struct Argument {
  std::optional<Identifier> name;  // `name => value`
  ArgumentKind kind = ArgumentKind::kExpr;
  std::optional<Identifier> alias;  // kExpr: `value AS alias`, as ARRAY_ZIP takes it
  ExprPtr value;                    // kExpr; a query given to a table function is a scalar SubqueryExpr
  Path path;                        // kTable, kModel, kConnection
  std::vector<Identifier> columns;  // kDescriptor
  SourceRange range;

  auto Fields() const { return std::tie(name, kind, alias, value, path, columns); }
};

// A table function: `f(1, TABLE t, (SELECT …)) AS a`.
struct TableCall final : NodeOf<TableExpr, TableExprKind::kTableCall> {
  Path function;
  std::vector<Argument> arguments;
  std::optional<Identifier> alias;

  auto Fields() const { return std::tie(function, arguments, alias); }
};

enum class JoinKind { kComma, kCross, kInner, kLeft, kRight, kFull };

// Joins lean to the left: `a JOIN b JOIN c` is ((a b) c), unless parentheses or later ONs say otherwise.
struct JoinTable final : NodeOf<TableExpr, TableExprKind::kJoin> {
  JoinKind join = JoinKind::kInner;
  TableExprPtr left;
  TableExprPtr right;
  ExprPtr on;  // may be null
  std::vector<Identifier> using_columns;

  auto Fields() const { return std::tie(join, left, right, on, using_columns); }
};

struct PivotSpec {
  std::vector<NamedExpr> aggregates;
  ExprPtr input;                   // FOR …
  std::vector<NamedExpr> values;   // IN (…)
  std::optional<Identifier> alias;
  SourceRange range;

  auto Fields() const { return std::tie(aggregates, input, values, alias); }
};

struct PivotTable final : NodeOf<TableExpr, TableExprKind::kPivot> {
  TableExprPtr input;
  PivotSpec spec;

  auto Fields() const { return std::tie(input, spec); }
};

struct UnpivotItem {
  std::vector<Path> columns;  // one, or as many as there are value columns
  ExprPtr label;              // a string or integer literal; may be null
  SourceRange range;

  auto Fields() const { return std::tie(columns, label); }
};

struct UnpivotSpec {
  bool include_nulls = false;
  std::vector<Identifier> values;  // the new columns of values
  Identifier name;                 // the new column of names: FOR name
  std::vector<UnpivotItem> items;
  std::optional<Identifier> alias;
  SourceRange range;

  auto Fields() const { return std::tie(include_nulls, values, name, items, alias); }
};

struct UnpivotTable final : NodeOf<TableExpr, TableExprKind::kUnpivot> {
  TableExprPtr input;
  UnpivotSpec spec;

  auto Fields() const { return std::tie(input, spec); }
};

enum class SampleUnit { kPercent, kRows };

// TABLESAMPLE method (size unit) [REPEATABLE (seed)].
struct SampleSpec {
  Identifier method;  // SYSTEM, BERNOULLI, RESERVOIR
  ExprPtr size;
  SampleUnit unit = SampleUnit::kPercent;
  ExprPtr seed;  // may be null
  SourceRange range;

  auto Fields() const { return std::tie(method, size, unit, seed); }
};

struct SampleTable final : NodeOf<TableExpr, TableExprKind::kSample> {
  TableExprPtr input;
  SampleSpec spec;

  auto Fields() const { return std::tie(input, spec); }
};

// --- Pipe operators --------------------------------------------------------------------------------

enum class PipeSelectKind { kSelect, kExtend, kWindow };

struct PipeSelect final : NodeOf<PipeOperator, PipeKind::kSelect> {
  PipeSelectKind select = PipeSelectKind::kSelect;
  bool distinct = false;                // kSelect
  SelectAs as = SelectAs::kRow;         // kSelect
  Path as_type;                         // kSelect
  std::vector<SelectItem> items;
  std::vector<NamedWindow> windows;     // kSelect, kExtend

  auto Fields() const { return std::tie(select, distinct, as, as_type, items, windows); }
};

struct PipeSet final : NodeOf<PipeOperator, PipeKind::kSet> {
  struct Item {
    Identifier column;
    ExprPtr value;
    SourceRange range;

    auto Fields() const { return std::tie(column, value); }
  };
  std::vector<Item> items;

  auto Fields() const { return std::tie(items); }
};

struct PipeDrop final : NodeOf<PipeOperator, PipeKind::kDrop> {
  std::vector<Identifier> columns;

  auto Fields() const { return std::tie(columns); }
};

struct PipeRename final : NodeOf<PipeOperator, PipeKind::kRename> {
  struct Item {
    Identifier from;
    Identifier to;

    auto Fields() const { return std::tie(from, to); }
  };
  std::vector<Item> items;

  auto Fields() const { return std::tie(items); }
};

struct PipeAs final : NodeOf<PipeOperator, PipeKind::kAs> {
  Identifier alias;

  auto Fields() const { return std::tie(alias); }
};

struct PipeWhere final : NodeOf<PipeOperator, PipeKind::kWhere> {
  ExprPtr condition;

  auto Fields() const { return std::tie(condition); }
};

struct PipeLimit final : NodeOf<PipeOperator, PipeKind::kLimit> {
  Limit limit;

  auto Fields() const { return std::tie(limit); }
};

struct PipeOrderBy final : NodeOf<PipeOperator, PipeKind::kOrderBy> {
  std::vector<OrderItem> items;

  auto Fields() const { return std::tie(items); }
};

struct PipeAggregate final : NodeOf<PipeOperator, PipeKind::kAggregate> {
  std::vector<SelectItem> items;  // may be empty with GROUP BY
  std::optional<GroupBy> group_by;

  auto Fields() const { return std::tie(items, group_by); }
};

struct PipeDistinct final : NodeOf<PipeOperator, PipeKind::kDistinct> {
  auto Fields() const { return std::tie(); }
};

struct PipeDescribe final : NodeOf<PipeOperator, PipeKind::kDescribe> {
  auto Fields() const { return std::tie(); }
};

struct PipeJoin final : NodeOf<PipeOperator, PipeKind::kJoin> {
  JoinKind join = JoinKind::kInner;
  TableExprPtr right;
  ExprPtr on;  // may be null
  std::vector<Identifier> using_columns;

  auto Fields() const { return std::tie(join, right, on, using_columns); }
};

// The input is the table function's first table argument.
struct PipeCall final : NodeOf<PipeOperator, PipeKind::kCall> {
  std::unique_ptr<TableCall> call;

  auto Fields() const { return std::tie(call); }
};

struct PipeSetOperation final : NodeOf<PipeOperator, PipeKind::kSetOperation> {
  SetOperationSpec spec;
  std::vector<QueryPtr> inputs;  // beside the input of the pipe

  auto Fields() const { return std::tie(spec, inputs); }
};

struct PipeSample final : NodeOf<PipeOperator, PipeKind::kSample> {
  SampleSpec spec;

  auto Fields() const { return std::tie(spec); }
};

struct PipePivot final : NodeOf<PipeOperator, PipeKind::kPivot> {
  PivotSpec spec;

  auto Fields() const { return std::tie(spec); }
};

struct PipeUnpivot final : NodeOf<PipeOperator, PipeKind::kUnpivot> {
  UnpivotSpec spec;

  auto Fields() const { return std::tie(spec); }
};

struct PipeWith final : NodeOf<PipeOperator, PipeKind::kWith> {
  WithClause with;

  auto Fields() const { return std::tie(with); }
};

struct PipeAssert final : NodeOf<PipeOperator, PipeKind::kAssert> {
  ExprPtr condition;
  std::vector<ExprPtr> message;

  auto Fields() const { return std::tie(condition, message); }
};

}  // namespace casebook::sql
