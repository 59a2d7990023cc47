// The emitter's own class, shared by emit_*.cc.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/resolved.h"
#include "engines/duckdb/emitter.h"
#include "engines/duckdb/types.h"
#include "sql/sql_error.h"

namespace casebook::engines {

using analysis::ColumnId;
using analysis::Expr;
using analysis::ExprPtr;
using analysis::FunctionId;
using analysis::Scan;
using sql::Nothing;
using sql::SqlResult;
using sql::SqlStatus;
using sql::UnsupportedSql;

struct OrderKey {
  ColumnId column = analysis::kNoColumn;  // a column that this block computes; else `text`
  std::string text;
  std::string suffix;  // ` DESC NULLS LAST`
  bool is_float = false;
};

// One SELECT in the making. Operators are added to it as long as SQL evaluates them in the same order.
struct Block {
  std::string with;
  std::string from;
  std::string where;
  std::string group;
  std::vector<std::pair<ColumnId, std::string>> computed;  // in the SELECT list: no other clause may mention them
  std::vector<ColumnId> columns;                           // all that come out
  bool aggregated = false;
  bool windowed = false;
  bool distinct = false;
  std::vector<OrderKey> order;
  std::string limit;

  // Only FROM and WHERE so far.
  bool IsPlain() const {
    return with.empty() && computed.empty() && !aggregated && !distinct && order.empty() && limit.empty();
  }
};

class Emitter {
 public:
  explicit Emitter(const analysis::ResolvedQuery& query) : query_(query), text_(query.columns.size()) {}

  SqlResult<std::string> Run();

 private:
  // --- scans (emit_scan.cc)
  SqlResult<Block> Emit(const Scan& scan);
  SqlResult<Block> EmitKind(const Scan& scan);
  SqlResult<Block> EmitTable(const analysis::TableScan& scan);
  SqlResult<Block> EmitJoin(const analysis::JoinScan& scan);  // emit_join.cc
  SqlResult<Block> EmitUnnest(const analysis::UnnestScan& scan);
  SqlResult<Block> EmitRowsOfArrays(const analysis::UnnestScan& scan);
  SqlResult<Block> EmitFilter(const analysis::FilterScan& scan);
  SqlResult<Block> EmitProject(const analysis::ProjectScan& scan);
  SqlResult<Block> EmitAggregateScan(const analysis::AggregateScan& scan);
  SqlResult<Block> EmitWindowScan(const analysis::WindowScan& scan);
  SqlResult<Block> EmitDistinct(const analysis::DistinctScan& scan);
  SqlResult<Block> EmitSort(const analysis::SortScan& scan);
  SqlResult<Block> EmitLimit(const analysis::LimitScan& scan);
  SqlResult<Block> EmitSetOperation(const analysis::SetOperationScan& scan);  // emit_set.cc
  SqlResult<bool> EmitConstants(const Scan& scan, std::vector<ColumnId>& known, size_t& length);
  SqlResult<std::string> EmitConstantRows(const analysis::SetOperationScan& scan);
  Block BlockOfRows(const std::string& rows, const std::vector<ColumnId>& columns);
  Block FilterByColumn(Block& block, std::string condition);
  Block Enclose(Block& block, const std::vector<std::pair<ColumnId, std::string>>& added);
  std::string ComputeBelow(Block& block, ColumnId column, std::string text);
  SqlResult<Block> EmitWith(const analysis::WithScan& scan);
  SqlResult<Block> EmitWithReference(const analysis::WithReferenceScan& scan);
  // `block` as a subquery of a new one.
  void Wrap(Block& block);
  // `block` as an item of FROM.
  std::string FromItem(Block& block);
  struct Output {
    ColumnId column = analysis::kNoColumn;
    std::string name;
  };
  std::string Render(Block& block, const std::vector<Output>& outputs);
  std::string RenderColumns(Block& block, const std::vector<ColumnId>& columns, const std::vector<ColumnId>& names);
  std::string OrderText(const Block& block, const std::vector<Output>& outputs) const;
  bool MentionsComputed(const Block& block, const Expr& expr) const;
  std::string NewAlias() { return "t" + std::to_string(++aliases_); }
  bool IsUsed(ColumnId column) const { return query_.columns[static_cast<size_t>(column)].used; }
  std::string& TextOf(ColumnId column) { return text_[static_cast<size_t>(column)]; }
  static std::string ColumnAlias(ColumnId column) { return "c" + std::to_string(column); }

  // --- expressions (emit_expr.cc)
  SqlResult<std::string> Emit(const Expr& expr);
  SqlResult<std::string> EmitKind(const Expr& expr);
  SqlResult<std::vector<std::string>> EmitAll(const std::vector<ExprPtr>& exprs);
  SqlResult<std::string> EmitField(const analysis::Field& field);
  SqlResult<std::string> EmitArray(const analysis::ArrayConstructor& array);
  SqlResult<std::string> EmitStruct(const analysis::StructConstructor& row);
  SqlResult<std::string> EmitSubquery(const analysis::Subquery& subquery);
  SqlResult<std::string> EmitIsAmong(const std::string& operand, const std::string& rows, const std::string& column,
                                     const Type& type, uint32_t position);
  SqlResult<std::string> EmitArraySubquery(const analysis::Subquery& subquery);
  SqlResult<std::vector<OrderKey>> EmitKeys(const std::vector<analysis::SortKey>& keys);

  // --- calls (emit_call.cc)
  SqlResult<std::string> EmitCall(const analysis::Call& call);
  SqlResult<std::string> EmitSpecial(const analysis::Call& call, bool& done);
  SqlResult<std::string> EmitComparison(FunctionId function, const std::string& a, const std::string& b,
                                        const Type& type, bool constant_side, uint32_t position);
  SqlResult<std::string> EmitCase(const analysis::Call& call);

  // --- lambdas, whole arrays and errors that are caught (emit_lambda.cc)
  // Values that are computed once for what stands between `head` and `tail`, where they have `names`.
  struct Once {
    std::string head;
    std::vector<std::string> names;
    std::string tail;
  };
  Once ComputeOnce(const std::vector<std::string>& values, bool even_simple);
  SqlResult<std::string> EmitLambda(const analysis::Lambda& lambda, const std::vector<std::string>& texts);
  SqlResult<std::string> EmitElementLambda(const analysis::Lambda& lambda);
  SqlResult<std::string> EmitArrayFunction(const analysis::Call& call);
  SqlResult<std::string> EmitIncludes(const analysis::Call& call);
  SqlResult<std::string> EmitOverArray(const analysis::Call& call);
  SqlResult<std::string> EmitZip(const analysis::Call& call);
  SqlResult<std::string> EmitLet(const analysis::Call& let);
  SqlResult<std::string> EmitTried(const Expr& tried);
  SqlResult<std::string> EmitCatch(const analysis::Call& call);
  SqlResult<std::string> EmitSafely(const analysis::Call& call);
  static sql::SqlError NotSafe(const analysis::Call& call);

  // --- values of every type (emit_json.cc)
  SqlResult<std::string> EmitAsJson(const Expr& value, FunctionId function);
  SqlResult<std::string> EmitJsonMaker(const analysis::Call& call);
  SqlResult<std::string> EmitJsonChange(const analysis::Call& call);
  SqlResult<std::string> EmitToJson(const analysis::Call& call);
  SqlResult<std::string> EmitFormat(const analysis::Call& call);
  SqlResult<std::string> EmitContainsSubstr(const analysis::Call& call);
  SqlResult<std::string> EmitRegexpGroups(const analysis::Call& call);

  // --- ranges (emit_range.cc)
  static bool IsRangeFunction(FunctionId function);
  SqlResult<std::string> EmitRange(const analysis::Call& call);
  static std::string RangeCast(const std::string& operand, const Type& from, const Type& to, bool safe,
                               const std::string& zone);

  // --- casts (emit_cast.cc, emit_cast_format.cc)
  SqlResult<std::string> EmitFormatCast(const analysis::Cast& cast);
  SqlResult<std::string> EmitCast(const analysis::Cast& cast);
  SqlResult<std::string> CastText(const std::string& operand, const Type& from, const Type& to, bool safe,
                                  const std::string& zone, uint32_t position, int depth);

  // --- aggregates and windows (emit_aggregate.cc, emit_window.cc)
  SqlResult<std::string> EmitAggregate(const analysis::Aggregate& aggregate);
  SqlResult<std::string> EmitHaving(const analysis::Aggregate& aggregate);
  SqlResult<std::string> EmitWindowAggregate(const analysis::Window& window, const std::string& over);
  SqlResult<std::string> EmitWindow(const analysis::Window& window);
  SqlResult<std::string> WindowClause(const analysis::Window& window);

  const analysis::ResolvedQuery& query_;
  std::vector<std::string> text_;  // how each column is mentioned in the clause that is being written
  int height_ = 0;                 // of expressions that are being written in one another
  int scan_height_ = 0;            // of scans
  int aliases_ = 0;
};

// ` ORDER BY …` of keys whose texts are given; empty for none.
std::string KeysText(const std::vector<OrderKey>& keys);
sql::SqlError EngineSqlTooLong();

// The sum or the average of a list; empty where the type has none. `list` is mentioned several times.
std::string SumOfList(const std::string& list, TypeKind kind, bool sum);

// How a function of GoogleSQL is written (functions_*.cc). `$1` to `$9` are arguments, `$*` all of them with
// commas, `$p` the date part.
struct FunctionRule {
  FunctionId function{};
  int arguments = -1;     // how many; -1: any number
  int first = -1;         // the kind of the first argument's type; -1: any
  const char* pattern = "";
  bool can_fail = false;  // an error of DuckDB's own: SAFE. is refused. Functions of ours have a safe twin.
};

// The rules of one function, in the order in which they are tried.
const std::vector<FunctionRule>& RulesOf(FunctionId function);

}  // namespace casebook::engines
