// The resolver's own class, shared by resolve_*.cc. Include analysis/resolver.h.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/civil.h"
#include "analysis/coercion.h"
#include "analysis/functions.h"
#include "analysis/name_scope.h"
#include "analysis/resolver.h"

namespace casebook::analysis {

using sql::InvalidSql;
using sql::Nothing;
using sql::SqlError;
using sql::SqlResult;
using sql::SqlStatus;
using sql::UnsupportedSql;

// A column that a query gives to the query around it.
struct QueryColumn {
  std::string_view name;
  ColumnId column = kNoColumn;
  CoercibleType type;  // whether it is a literal matters to UNION
};

struct QueryResult {
  ScanPtr scan;
  std::vector<QueryColumn> columns;
  bool is_value_table = false;
};

// Where an expression stands.
struct ExprContext {
  const Scope* scope = nullptr;
  const char* clause = "";     // `WHERE clause`
  SelectState* select = nullptr;  // aggregates and windows belong to it; null: neither is allowed
  bool aggregates = false;
  bool windows = false;
  bool in_aggregate = false;
};

struct SelectOutput {
  std::string_view name;
  ColumnId column = kNoColumn;
  ExprPtr expr;  // null once it has been computed by a scan
  CoercibleType type;
  uint32_t position = 0;
  bool aliased = false;      // found by ORDER BY, GROUP BY and HAVING
  bool has_window = false;
  bool referenced = false;   // by HAVING, QUALIFY or a window: computed early
  Type result_type;
};

// The clauses of a SELECT, or of a pipe operator that is resolved like one.
struct SelectClauses {
  const std::vector<sql::SelectItem>* items = nullptr;
  const sql::Expr* where = nullptr;
  const sql::GroupBy* group_by = nullptr;
  const sql::Expr* having = nullptr;
  const sql::AggregationThreshold* threshold = nullptr;
  const sql::Expr* qualify = nullptr;
  const std::vector<sql::NamedWindow>* windows = nullptr;
  const std::vector<sql::OrderItem>* order_by = nullptr;
  sql::SelectAs as = sql::SelectAs::kRow;
  bool distinct = false;
  bool has_from = false;
  bool takes_aggregates = true;
  uint32_t position = 0;
};

// The columns that a RANGE frame over BIGNUMERIC is computed from.
struct FramePlaces {
  ColumnId key = kNoColumn;
  std::vector<ColumnId> partition;
  bool descending = false;
  bool nulls_first = true;
  ColumnId keys = kNoColumn;  // of the partition, in order
  ColumnId rank = kNoColumn;
};

// The columns that a percentile is taken of.
struct PercentileInputs {
  ColumnId value = kNoColumn;
  std::vector<ColumnId> keys;   // of PARTITION BY
  bool with_nulls = false;
  ColumnId count = kNoColumn;   // how many values the partition has
};

struct SelectState {
  const SelectClauses* clauses = nullptr;
  NameList names;  // of FROM
  ColumnId first_column = 0;  // columns of FROM are numbered [first_column, end_column)
  ColumnId end_column = 0;
  std::vector<SelectOutput> outputs;
  std::vector<Computed> group_by;
  std::vector<Computed> aggregates;
  std::vector<std::vector<size_t>> grouping_sets;
  std::vector<Computed> early;          // computed before the aggregation
  std::vector<Computed> early_windows;  // after those
  std::vector<PercentileInputs> percentiles;
  std::vector<FramePlaces> frame_places;
  std::vector<Computed> window_inputs;   // computed before the windows
  std::vector<Computed> first_windows;   // over them
  std::vector<Computed> window_places;   // over those
  std::vector<Computed> window_numbers;
  std::vector<Computed> windows;
  std::optional<Computed> row;  // SELECT AS STRUCT: the struct of all outputs
  bool has_group_by = false;
  bool has_aggregate = false;
  bool has_window = false;
  bool early_aliases = true;  // an alias that is mentioned now must be computed before HAVING
  ExprPtr where;
  ExprPtr having;
  ExprPtr qualify;
  std::vector<SortKey> order_by;
};

// What a join adds to the tables on its left.
struct JoinParts {
  sql::JoinKind join = sql::JoinKind::kInner;
  const sql::TableExpr* right = nullptr;
  const sql::Expr* on = nullptr;
  const std::vector<sql::Identifier>* using_columns = nullptr;
  uint32_t position = 0;
  ColumnId first_column = 0;  // the tables on the left have columns from here
};

// What has been read when a pipe operator begins.
struct PipeState {
  ScanPtr scan;
  NameList names;
  bool is_value_table = false;
  ColumnId first_column = 0;   // of all columns so far
  std::unique_ptr<WithScan> with;  // tables of `|> WITH`
};

struct WithTableInfo {
  std::string_view name;
  int32_t number = 0;
  std::vector<QueryColumn> columns;
  bool is_value_table = false;
};

// An argument of a function that is written in GoogleSQL, or a variable of WITH (…): resolved at each mention.
struct NamedArgument {
  std::string_view name;
  const sql::Expr* expr = nullptr;
  ExprContext context;  // where the call stands
  const std::vector<WithTableInfo>* with_tables = nullptr;  // those that are visible there
  bool sees_variables = true;
  int query_depth = 0;       // of the query whose clause the call stands in
  std::optional<Type> type;  // what it must become
  mutable int mentions = 0;
};

struct ArgumentList {
  std::vector<NamedArgument> arguments;
};

// One level more, for as long as it lives.
class Deeper {
 public:
  explicit Deeper(int& depth) : depth_(depth) { ++depth_; }
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  int& depth_;
};

class Resolver {
 public:
  Resolver(const Catalog& catalog, const ResolveOptions& options) : catalog_(catalog), options_(options) {}

  SqlResult<ResolvedQuery> Run(const sql::Query& query);

 private:
  // --- queries (resolve_query.cc)
  SqlResult<QueryResult> ResolveQuery(const sql::Query& query, const Scope* outer);
  SqlResult<QueryResult> ResolveHead(const sql::Query& query, const Scope* outer);
  SqlResult<QueryResult> ResolveBody(const sql::QueryBody& body, const Scope* outer);
  SqlResult<ScanPtr> ResolveOrderOnOutput(const sql::Query& query, QueryResult& result, const Scope* outer);
  SqlResult<Bounds> ResolveLimit(const sql::Limit& limit, const Scope* outer);
  SqlResult<SortKey> MakeSortKey(const sql::OrderItem& item, ExprPtr expr);

  // --- set operations (resolve_set.cc)
  SqlResult<QueryResult> ResolveSetOperation(const sql::SetOperationBody& body, const Scope* outer);
  SqlResult<QueryResult> CombineInputs(const sql::SetOperationSpec& spec, std::vector<QueryResult> inputs);
  SqlStatus AlignInputs(const sql::SetOperationSpec& spec, std::vector<QueryResult>& inputs);
  void SelectByName(QueryResult& input, std::span<const std::string_view> names, uint32_t position);
  SqlStatus CastColumns(QueryResult& input, std::span<const Type> types, uint32_t position);

  // --- WITH (resolve_with.cc)
  SqlStatus ResolveWith(const sql::WithClause& with, const Scope* outer, WithScan& scan);
  SqlResult<WithEntry> ResolveWithEntry(const sql::WithTable& table, bool recursive, const Scope* outer);
  SqlResult<WithEntry> ResolveRecursive(const sql::WithTable& table, const Scope* outer);
  SqlStatus CountIterations(const sql::WithTable& table, const std::vector<Type>& types, WithEntry& entry);
  SqlResult<WithEntry> ShowDepth(const sql::WithTable& table, const std::vector<Type>& types, WithEntry entry);
  SqlResult<int64_t> DepthBound(const sql::Expr& expr);
  ScanPtr WithColumn(ScanPtr input, ColumnId column, ExprPtr expr);
  SqlResult<ScanPtr> Where(ScanPtr input, FunctionId comparison, ColumnId column, int64_t bound, uint32_t position);
  WithEntry AddWithEntry(std::string_view name, QueryResult result);

  // --- pipe operators (resolve_pipe.cc)
  // `query` up to its pipe operator number `count`.
  SqlResult<QueryResult> ResolvePipes(const sql::Query& query, size_t count, const Scope* outer);
  SqlStatus ResolvePipe(const sql::PipeOperator& pipe, PipeState& state, const Scope* outer);
  SqlStatus ResolvePipeSelect(const sql::PipeSelect& pipe, PipeState& state, const Scope* outer);
  SqlStatus ResolvePipeExtend(const sql::PipeSelect& pipe, PipeState& state, const Scope* outer);
  SqlStatus ResolvePipeSet(const sql::PipeSet& pipe, PipeState& state, const Scope* outer);
  SqlStatus ResolvePipeDrop(const sql::PipeDrop& pipe, PipeState& state);
  SqlStatus ResolvePipeRename(const sql::PipeRename& pipe, PipeState& state);
  SqlStatus ResolvePipeOrder(const sql::PipeOrderBy& pipe, PipeState& state, const Scope* outer);
  SqlStatus ResolvePipeAggregate(const sql::PipeAggregate& pipe, PipeState& state, const Scope* outer);
  SqlStatus ResolvePipeGroupBy(const sql::GroupBy& group_by, SelectState& select, const Scope& scope,
                               std::vector<std::pair<size_t, const sql::SortOrder*>>& order);
  SqlStatus ResolvePipeSetOperation(const sql::PipeSetOperation& pipe, PipeState& state, const Scope* outer);
  SqlStatus ResolvePipeAssert(const sql::PipeAssert& pipe, PipeState& state, const Scope* outer);
  SqlStatus ResolvePipeDistinct(PipeState& state, uint32_t position);
  SqlStatus ResolvePipeDescribe(PipeState& state, uint32_t position);  // resolve_describe.cc
  std::vector<std::string> Describe(const PipeState& state) const;
  // The columns that `*` would show, as those of a query.
  QueryResult ToQuery(PipeState& state, uint32_t position);
  void FromQuery(QueryResult result, std::string_view alias, PipeState& state);

  // --- PIVOT, UNPIVOT and TABLESAMPLE (resolve_pivot.cc)
  SqlResult<ScanPtr> ResolvePivot(const sql::PivotSpec& spec, ScanPtr input, NameList& names, const Scope* outer);
  SqlResult<ScanPtr> ResolveUnpivot(const sql::UnpivotSpec& spec, ScanPtr input, NameList& names);
  SqlResult<ScanPtr> ResolveSample(const sql::SampleSpec& spec, ScanPtr input);
  SqlResult<std::vector<ExprPtr>> ResolvePivotValues(const sql::PivotSpec& spec, ExprPtr& pivot, const Scope* outer);
  NameList ExpandNames(const NameList& names, ScanPtr& scan, uint32_t position);
  std::vector<NamedColumn> ExpandColumns(const NameList& names, ScanPtr& scan, uint32_t position);

  // --- SELECT (resolve_select.cc)
  SqlResult<QueryResult> ResolveSelect(const sql::SelectBody& body, const Scope* outer,
                                       const std::vector<sql::OrderItem>* order_by);
  SqlResult<QueryResult> ResolveSelectOver(SelectState& state, ScanPtr scan, const Scope* outer);
  SqlStatus ResolveSelectList(SelectState& state, const Scope& scope);
  SqlStatus ExpandStar(SelectState& state, const Scope& scope, const sql::SelectItem& item);
  SqlStatus AddStarColumn(SelectState& state, const Scope& scope, const sql::SelectItem& item,
                          std::string_view name, ExprPtr expr, std::set<std::string>& used);
  SqlStatus AddThreshold(SelectState& state, const ExprContext& context);
  void AddOutput(SelectState& state, std::string_view name, ExprPtr expr, uint32_t position, bool aliased);
  SqlStatus ResolveSelectOrder(SelectState& state, const Scope& scope, const std::vector<sql::OrderItem>& items);
  SqlStatus CheckDistinctOrder(SelectState& state);
  SqlStatus LiftWindows(SelectState& state, ExprPtr& expr);
  SqlStatus GroupDistinctWindows(SelectState& state);  // resolve_distinct.cc
  // --- grouping (resolve_group.cc)
  SqlStatus ResolveGroupBy(SelectState& state, const Scope& scope);
  SqlStatus ResolveGroupingItems(SelectState& state, const Scope& scope, const sql::GroupBy& group_by);
  SqlResult<size_t> ResolveGroupKey(SelectState& state, const Scope& scope, const sql::Expr& expr);
  SqlResult<size_t> AddGroupKey(SelectState& state, ExprPtr expr, uint32_t position);
  SqlResult<size_t> GroupByOutput(SelectState& state, size_t output, uint32_t position);
  SqlStatus GroupByAll(SelectState& state);
  SqlStatus ResolveGroupingItem(SelectState& state, const Scope& scope, const sql::GroupingItem& item,
                                std::vector<std::vector<size_t>>& sets);
  SqlStatus Regroup(SelectState& state, ExprPtr& expr, const char* clause, bool in_subquery = false);
  SqlStatus RegroupGrouping(SelectState& state, Aggregate& grouping);
  SqlStatus RewriteHavingModifiers(SelectState& state);  // resolve_having.cc
  SqlStatus RegroupAll(SelectState& state);
  // --- percentiles with OVER (resolve_percentile.cc)
  static bool IsPercentile(const Expr& expr);
  static void FirmShare(const Function& function, std::vector<ArgumentType>& types);
  SqlStatus CheckShare(const Function& function, std::vector<ExprPtr>& arguments);
  SqlStatus RewritePercentile(SelectState& state, ExprPtr& expr);
  SqlStatus RewriteDecimalPercentile(SelectState& state, ExprPtr& expr);
  ColumnId AddWindowInput(SelectState& state, ExprPtr expr);
  PercentileInputs InputsOf(SelectState& state, Window& percentile);
  SqlResult<ExprPtr> ValueAt(SelectState& state, const PercentileInputs& inputs, ExprPtr place, uint32_t position);
  ScanPtr BuildSelect(SelectState& state, ScanPtr scan);
  ScanPtr ProjectOutputs(SelectState& state, ScanPtr scan, bool only_referenced, bool with_windows);
  SqlStatus MakeValueTable(SelectState& state, QueryResult& result);
  int FindAlias(SelectState& state, std::string_view name, uint32_t position, SqlStatus& status);

  // --- FROM (resolve_from.cc)
  SqlResult<ScanPtr> ResolveFrom(const sql::TableExpr& table, const Scope* outer, ScanPtr left, const NameList* left_names,
                                 NameList& names);
  SqlResult<ScanPtr> ResolveTablePath(const sql::TablePath& table, const Scope* outer, ScanPtr left,
                                      const NameList* left_names, NameList& names);
  SqlResult<ScanPtr> ResolveArrayPath(const sql::TablePath& table, const Scope& scope, ScanPtr left, NameList& names);
  SqlResult<ScanPtr> ResolveUnnest(const sql::UnnestTable& table, const Scope* outer, ScanPtr left,
                                   const NameList* left_names, NameList& names);
  SqlResult<ScanPtr> MakeUnnest(std::vector<ExprPtr> arrays, std::vector<std::string_view> aliases,
                                const std::optional<sql::WithOffset>& with_offset, ScanPtr left, uint32_t position,
                                NameList& names);
  SqlResult<ScanPtr> ResolveJoin(const sql::JoinTable& join, const Scope* outer, NameList& names);
  SqlResult<ScanPtr> ResolveJoinTo(const JoinParts& join, ScanPtr left, const NameList& left_names, const Scope* outer,
                                   NameList& names);
  SqlStatus AddUsingCondition(const JoinParts& join, const NameList& left, const NameList& right,
                              ExprPtr& condition, std::vector<Computed>& merged, NameList& names);
  void NamesOfQuery(QueryResult& result, std::string_view alias, NameList& names);
  const WithTableInfo* FindWith(std::string_view name) const;

  // --- functions and views written in GoogleSQL (resolve_definition.cc)
  class Isolation;
  SqlResult<QueryResult> ResolveView(const sql::CreateView& view, uint32_t position);
  const sql::CreateFunction* FindDefinedFunction(const sql::Path& name) const;
  SqlResult<ExprPtr> ResolveDefinedCall(const sql::CallExpr& call, const sql::CreateFunction& function,
                                        const ExprContext& context);
  SqlStatus BindArguments(const std::string& name, const std::vector<sql::FunctionParameter>& parameters,
                          const std::vector<sql::Argument>& given, const ExprContext& context,
                          const Isolation& outside, uint32_t position, ArgumentList& list);
  SqlResult<ExprPtr> ResolveArgument(const NamedArgument& argument, uint32_t position);
  SqlStatus HoistAggregates(SelectState* select, ExprPtr& expr);
  SqlResult<QueryResult> ResolveTableArgument(const sql::Argument& argument, const Scope* outer);
  SqlStatus FitTable(const sql::FunctionParameter& parameter, QueryResult& table, uint32_t position);
  SqlStatus FitColumns(const sql::TypeName& type, QueryResult& table, uint32_t position);
  SqlResult<ExprPtr> ResolveWithExpr(const sql::WithExpr& with, const ExprContext& context);
  // A table function; `piped` is its first table where it stands in a pipe.
  SqlResult<QueryResult> ResolveTableCall(const sql::TableCall& call, QueryResult* piped, const NameList* left_names,
                                          const Scope* outer);
  SqlResult<QueryResult> ResolveSessionize(const sql::TableCall& call, QueryResult* piped, const Scope* outer);

  // --- expressions (resolve_expr.cc)
  SqlResult<ExprPtr> ResolveExpr(const sql::Expr& expr, const ExprContext& context);
  SqlResult<ExprPtr> ResolvePath(const sql::PathExpr& path, const ExprContext& context);
  SqlResult<ExprPtr> ResolveFirstName(const sql::Path& path, const Scope* scope, size_t& used);
  SqlResult<ExprPtr> FindInNames(const NameList& names, const sql::Path& path, size_t& used);
  SqlResult<ExprPtr> AccessField(ExprPtr base, const sql::Identifier& field);
  SqlResult<ExprPtr> ResolveUnary(const sql::UnaryExpr& unary, const ExprContext& context);
  SqlResult<ExprPtr> ResolveBinary(const sql::BinaryExpr& binary, const ExprContext& context);
  SqlResult<ExprPtr> ResolveIn(const sql::InExpr& in, const ExprContext& context);
  SqlResult<ExprPtr> ResolvePatterns(const sql::Candidates& candidates, const ExprContext& context);
  SqlResult<ExprPtr> ResolveLikeAny(const sql::LikeAnyExpr& like, const ExprContext& context);
  SqlResult<ExprPtr> ResolveIs(const sql::IsExpr& is, const ExprContext& context);
  SqlResult<ExprPtr> ResolveSubscript(const sql::SubscriptExpr& subscript, const ExprContext& context);
  SqlResult<ExprPtr> MakeSubscript(const sql::SubscriptExpr& subscript, ExprPtr base, const ExprContext& context);
  SqlResult<ExprPtr> FieldAt(ExprPtr base, const Expr& index, bool ordinal, uint32_t position);
  SqlResult<ExprPtr> ResolveCase(const sql::CaseExpr& expr, const ExprContext& context);
  SqlResult<ExprPtr> ResolveExtract(const sql::ExtractExpr& extract, const ExprContext& context);
  SqlResult<ExprPtr> ResolveSubquery(const sql::SubqueryExpr& subquery, const ExprContext& context);
  SqlResult<ExprPtr> ResolveInQuery(ExprPtr operand, const sql::Query& query, bool negated, uint32_t position,
                                    const ExprContext& context);
  SqlResult<ExprPtr> ResolveBool(const sql::Expr& expr, const ExprContext& context);

  // --- values that are written out (resolve_value.cc)
  SqlResult<ExprPtr> ResolveLiteral(const sql::LiteralExpr& literal);
  SqlResult<ExprPtr> ResolveParameter(const sql::ParameterExpr& parameter);
  SqlResult<ExprPtr> MakeParameter(const ParameterValue& value, uint32_t position);
  SqlResult<ExprPtr> ResolveCast(const sql::CastExpr& cast, const ExprContext& context);
  SqlResult<ExprPtr> ResolveBareCast(const sql::CastExpr& cast, const ExprContext& context);
  SqlResult<ExprPtr> FitToParameters(ExprPtr value, const sql::TypeName& name, bool safe);  // resolve_type_parameters.cc
  SqlResult<ExprPtr> CastToJson(ExprPtr operand, bool safe, uint32_t position);
  SqlResult<ExprPtr> ResolveArray(const sql::ArrayExpr& array, const ExprContext& context);
  SqlResult<ExprPtr> ResolveStruct(const sql::StructExpr& expr, const ExprContext& context);
  SqlResult<Type> ResolveType(const sql::TypeName& name);

  // --- intervals, ranges and CAST … FORMAT (resolve_temporal.cc)
  SqlResult<ExprPtr> ResolveInterval(const sql::IntervalExpr& interval, const ExprContext& context);
  SqlResult<ExprPtr> ResolveMakeInterval(const sql::CallExpr& call, const ExprContext& context);
  SqlResult<ExprPtr> ResolveStep(const sql::IntervalExpr& interval, const ExprContext& context);
  // `[2024-01-01, UNBOUNDED)`.
  SqlResult<ExprPtr> ReadRange(std::string_view text, const Type& type, uint32_t position);
  static bool IsRangeElement(const Type& type);
  static SqlStatus CheckRange(const std::vector<ExprPtr>& arguments, uint32_t position);
  void AddDefaultOrigin(Call& call);
  SqlStatus ResolveCastFormat(const sql::CastExpr& cast, Cast& result, const ExprContext& context);

  // --- calls (resolve_call.cc)
  SqlResult<ExprPtr> ResolveCall(const sql::CallExpr& call, const ExprContext& context);
  SqlResult<ExprPtr> ResolveKnownCall(const sql::CallExpr& call, const Function& function, const ExprContext& context);
  SqlStatus ResolveArguments(const sql::CallExpr& call, const Function& function, const ExprContext& context,
                             std::vector<ExprPtr>& arguments, std::optional<DatePart>& part,
                             std::vector<ArgumentType>& types);
  SqlResult<ExprPtr> ResolveNormalizeMode(const sql::Expr& expr);
  SqlResult<Type> GroupsType(const std::vector<ExprPtr>& arguments, uint32_t position);
  SqlStatus CheckArgumentName(const sql::CallExpr& call, const Function& function, size_t i);
  SqlStatus ArrangeNamed(const ChosenSignature& chosen, std::vector<ExprPtr>& arguments, uint32_t position);
  SqlResult<ExprPtr> ResolveCurrent(FunctionId function, std::vector<ExprPtr>& arguments, uint32_t position);
  SqlStatus CheckPart(const Function& function, const std::vector<ExprPtr>& arguments, DatePart part,
                      uint32_t position);
  SqlResult<ExprPtr> FinishCall(const Function& function, std::vector<ExprPtr> arguments,
                                std::vector<ArgumentType> types, std::optional<DatePart> part, bool safe,
                                uint32_t position);
  // A call whose arguments are all expressions: operators.
  SqlResult<ExprPtr> MakeCall(FunctionId function, std::vector<ExprPtr> arguments, uint32_t position);
  // Coerces `arguments` to the signature of `function` that fits.
  SqlResult<Type> FitSignature(const Function& function, std::vector<ExprPtr>& arguments,
                               std::vector<ArgumentType> types, uint32_t position);
  void AddDefaultZone(Call& call);

  // --- calls with lambdas, and FLATTEN (resolve_lambda.cc)
  static bool ReadsItsArguments(FunctionId function);
  SqlResult<ExprPtr> ResolveArrayCall(const sql::CallExpr& call, const Function& function, const ExprContext& context);
  SqlResult<ExprPtr> ResolveArrayArgument(const sql::Expr& expr, const ExprContext& context);
  // Its parameters have `types`, or fewer are written.
  SqlResult<ExprPtr> ResolveLambda(const sql::LambdaExpr& lambda, std::span<const Type> types, bool all_needed,
                                   const ExprContext& context);
  SqlResult<ExprPtr> ResolveZip(const sql::CallExpr& call, const ExprContext& context);
  // A path of FLATTEN as far as it is read. Behind an array stands what is taken of each element.
  struct FlattenPath {
    ExprPtr value;
    ExprPtr array;  // null: `value` is no part of elements
    ColumnId element = kNoColumn;
  };
  SqlResult<FlattenPath> ResolveFlattenPath(const sql::Expr& expr, const ExprContext& context);
  SqlStatus FlattenField(FlattenPath& path, const sql::Identifier& field);
  ExprPtr EndFlatten(FlattenPath path);
  // What stands in UNNEST (…): a path through arrays is flattened there as well.
  SqlResult<ExprPtr> ResolveUnnested(const sql::Expr& expr, const ExprContext& context);

  // --- functions that catch errors (resolve_catch.cc)
  static bool CatchesErrors(FunctionId function);
  SqlResult<ExprPtr> ResolveCatch(const Function& function, std::vector<ExprPtr> arguments,
                                  std::vector<ArgumentType> types, bool safe, uint32_t position);
  SqlStatus LiftSubqueries(ExprPtr& expr, std::vector<ExprPtr>& values, Lambda& lambda);

  // --- aggregates and windows (resolve_aggregate.cc)
  SqlResult<ExprPtr> ResolveAggregate(const sql::CallExpr& call, const Function& function, const ExprContext& context);
  SqlResult<ExprPtr> ResolveWindow(const sql::CallExpr& call, const Function& function, const ExprContext& context);
  SqlStatus ResolveWindowSpec(const sql::WindowSpec& spec, const ExprContext& context, Window& window, int depth);
  // --- window frames (resolve_frame.cc, resolve_frame_places.cc)
  static bool NeedsFramePlaces(const Window& window);
  SqlStatus UseFramePlaces(SelectState& state, Window& window);
  FramePlaces FramePlacesOf(SelectState& state, Window& window);
  SqlStatus ResolveFrame(const sql::WindowFrame& written, const ExprContext& context, Window& window);
  SqlResult<FrameBound> ResolveFrameBound(const sql::FrameBound& bound, const ExprContext& context);

  // --- coercion (resolve_coerce.cc)
  SqlStatus CoerceTo(ExprPtr& expr, const Type& type, const char* where);
  SqlStatus CoerceLiteral(Literal& literal, const Type& type);
  ExprPtr MakeCast(ExprPtr operand, const Type& type, bool safe, bool implicit);
  SqlResult<Value> ReadConstant(std::string_view text, const Type& type, uint32_t position);

  // --- limits (resolver.cc): definitions make more of a query than its text has
  SqlStatus CountExpression(uint32_t position);
  SqlStatus CountStep(uint32_t position);

  // --- small ones (resolver.cc)
  ColumnId NewColumn(std::string_view name, const Type& type);
  ExprPtr Ref(ColumnId column, uint32_t position);
  ExprPtr Int64(int64_t value, uint32_t position);
  ExprPtr Text(std::string value, uint32_t position);
  ExprPtr UntypedNull(uint32_t position);
  std::string_view Keep(std::string text);  // a view that lives as long as the resolver
  const Type& TypeOf(ColumnId column) const { return columns_[static_cast<size_t>(column)].type; }
  const Zone& DefaultZone() const { return *zone_; }
  bool UtcByDefault() const { return options_.default_time_zone == "UTC"; }

  const Catalog& catalog_;
  const ResolveOptions& options_;
  const Zone* zone_ = nullptr;
  std::vector<ColumnInfo> columns_;
  std::vector<WithTableInfo> with_tables_;  // innermost last
  int32_t with_count_ = 0;
  int query_depth_ = 0;  // queries in one another
  int definition_depth_ = 0;
  bool sees_variables_ = true;  // of DECLARE: not inside of a definition
  int argument_mentions_ = 0;
  int expressions_ = 0;       // resolved so far
  int expression_depth_ = 0;  // being resolved in one another
  int steps_ = 0;
  int nested_queries_ = 0;
  bool type_is_too_large_ = false;
  std::deque<std::string> kept_;
};

// Whether `expr` has such a part; what stands in a subquery belongs to that.
bool Contains(Expr& expr, ExprKind kind);
// What `expr` is: a whole number as it is written, a name without dots; null: neither.
const sql::LiteralExpr* IntLiteral(const sql::Expr& expr);
const sql::Identifier* SingleName(const sql::Expr& expr);
CoercibleType CoercibleOf(const Expr& expr);
std::unique_ptr<Literal> NewLiteral(const Type& type, Value::Data data, uint32_t position, bool coerces);

}  // namespace casebook::analysis
