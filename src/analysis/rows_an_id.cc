#include "analysis/rows_an_id.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "analysis/tree_walk.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

class Planner {
 public:
  explicit Planner(ResolvedQuery& query) : query_(query) {}

  void Run() {
    if (IsVolatile(*query_.scan)) return;
    Plan(*query_.scan);
  }

 private:
  // Whether some expression gives another value each time it is worked out.
  static bool IsVolatile(Scan& scan) {
    bool found = false;
    ForEachExpr(scan, [&found](ExprPtr& expr) { found |= IsVolatile(*expr); });
    return found;
  }
  static bool IsVolatile(Expr& expr) {
    if (const Call* call = TryAs<Call>(expr)) {
      if (call->function == FunctionId::kRand || call->function == FunctionId::kGenerateUuid) return true;
    }
    bool found = false;
    ForEachChild(expr, [&found](ExprPtr& child) { found |= IsVolatile(*child); });
    return found;
  }

  void Plan(Scan& scan) {
    if (scan.kind == ScanKind::kFilter) {
      PlanFilter(As<FilterScan>(scan));
    } else if (scan.kind == ScanKind::kAggregate) {
      PlanAggregate(As<AggregateScan>(scan));
    } else {
      ForEachInput(scan, [this](Scan& input) { Plan(input); });
      if (DistinctScan* distinct = TryAs<DistinctScan>(scan)) ReadAnyId(*distinct->input);
    }
    PlanSubqueries(scan);
  }

  // Subqueries of the expressions that stand in this scan or below; planning one twice changes nothing.
  void PlanSubqueries(Scan& scan) {
    if (scan.kind != ScanKind::kFilter && scan.kind != ScanKind::kProject && scan.kind != ScanKind::kAggregate) return;
    ForEachExpr(scan, [this](ExprPtr& expr) { PlanSubqueries(*expr); });
  }
  void PlanSubqueries(Expr& expr) {
    if (Subquery* subquery = TryAs<Subquery>(expr)) Plan(*subquery->query);
    ForEachChild(expr, [this](ExprPtr& child) { PlanSubqueries(*child); });
  }

  void PlanFilter(FilterScan& filter) {
    Plan(*filter.input);
    TableScan* table = TableBelow(filter);
    if (table == nullptr) return;
    for (const RowAnId& relation : std::vector<RowAnId>(table->entry.rows_an_id)) {
      const int fixed = relation.column.empty() ? -1 : table->entry.table->FindColumn(relation.column);
      if (fixed < 0 || !HasWhatIsUsed(relation, *table, fixed)) continue;
      if (Requires(filter, table->first_column + fixed, relation.value)) return Read(*table, relation);
    }
  }

  void PlanAggregate(AggregateScan& scan) {
    Plan(*scan.input);
    const bool unmoved = std::all_of(scan.aggregates.begin(), scan.aggregates.end(), [](const Computed& computed) {
      const Aggregate* aggregate = TryAs<Aggregate>(*computed.expr);
      return aggregate != nullptr && IsUnmovedByRepetition(*aggregate);
    });
    if (unmoved) ReadAnyId(*scan.input);
    if (unmoved && scan.group_by.empty()) ReadOneRow(scan);
    CountRowsForIds(scan);
  }

  // Where all that is looked at is the same on all rows, one row says it.
  void ReadOneRow(AggregateScan& scan) const {
    const TableScan* table = AnyTableBelow(*scan.input);
    if (table == nullptr) return;
    const auto is_same = [table](const Computed& computed) {
      const Aggregate& aggregate = As<Aggregate>(*computed.expr);
      return !aggregate.filter && std::all_of(aggregate.arguments.begin(), aggregate.arguments.end(), [table](const ExprPtr& argument) {
        const ColumnRef* column = TryAs<ColumnRef>(*argument);
        if (column == nullptr) return false;
        const int64_t place = int64_t{column->column} - table->first_column;
        const std::vector<Column>& columns = table->entry.table->columns;
        return place >= 0 && place < static_cast<int64_t>(columns.size()) &&
               columns[static_cast<size_t>(place)].is_same_on_all_rows;
      });
    };
    if (scan.aggregates.empty() || !std::all_of(scan.aggregates.begin(), scan.aggregates.end(), is_same)) return;
    auto limit = std::make_unique<LimitScan>();
    auto one = std::make_unique<Literal>();
    one->type = TypeKind::kInt64;
    one->value = {TypeKind::kInt64, int64_t{1}};
    limit->bounds.count = std::move(one);
    limit->input = std::move(scan.input);
    scan.input = std::move(limit);
  }

  // Where each id has one row, its ids are all distinct, and none of them is NULL.
  void CountRowsForIds(AggregateScan& scan) {
    const TableScan* table = AnyTableBelow(*scan.input);
    if (table == nullptr || read_.count(table) == 0) return;
    const ColumnId id = table->first_column + table->entry.table->FindColumn("id");
    for (Computed& computed : scan.aggregates) {
      Aggregate* aggregate = TryAs<Aggregate>(*computed.expr);
      if (aggregate == nullptr || aggregate->function != FunctionId::kCount || !aggregate->distinct) continue;
      if (aggregate->arguments.size() != 1 || aggregate->having) continue;
      const ColumnRef* counted = TryAs<ColumnRef>(*aggregate->arguments.front());
      if (counted == nullptr || counted->column != id) continue;
      aggregate->function = FunctionId::kCountStar;
      aggregate->distinct = false;
      aggregate->arguments.clear();
    }
  }

  static bool IsUnmovedByRepetition(const Aggregate& aggregate) {
    if (!aggregate.order_by.empty() || aggregate.limit || aggregate.having) return false;
    switch (aggregate.function) {
      case FunctionId::kMin:
      case FunctionId::kMax:
      case FunctionId::kLogicalAnd:
      case FunctionId::kLogicalOr: return true;
      case FunctionId::kCount: return aggregate.distinct;
      default: return false;  // of the many functions few are like this
    }
  }

  // Where only filters and projections stand between `scan` and a table, whose event columns nobody needs.
  void ReadAnyId(Scan& scan) {
    TableScan* table = TableBelow(scan);
    if (table == nullptr) return;
    for (const RowAnId& relation : std::vector<RowAnId>(table->entry.rows_an_id)) {
      if (relation.column.empty() && HasWhatIsUsed(relation, *table, -1)) return Read(*table, relation);
    }
  }

  static TableScan* TableBelow(Scan& scan) {
    TableScan* table = AnyTableBelow(scan);
    return table == nullptr || table->entry.rows_an_id.empty() ? nullptr : table;
  }
  static TableScan* AnyTableBelow(Scan& scan) {
    if (TableScan* table = TryAs<TableScan>(scan)) return table;
    if (FilterScan* filter = TryAs<FilterScan>(scan)) return AnyTableBelow(*filter->input);
    if (ProjectScan* project = TryAs<ProjectScan>(scan)) return AnyTableBelow(*project->input);
    return nullptr;
  }

  // Whether the relation has every column that the query needs of `table`: it depends on `id` alone or is the column
  // `fixed`.
  bool HasWhatIsUsed(const RowAnId& relation, const TableScan& table, int fixed) const {
    const std::vector<Column>& columns = table.entry.table->columns;
    for (size_t i = 0; i < columns.size(); ++i) {
      const auto place = static_cast<size_t>(table.first_column) + i;
      if (!query_.columns[place].used || static_cast<int>(i) == fixed) continue;
      if (!columns[i].depends_on_id) return false;
      if (std::find(relation.lacks.begin(), relation.lacks.end(), columns[i].name) != relation.lacks.end()) return false;
    }
    return true;
  }

  // Whether the filters from `scan` down to the table let only rows with `column = value` through.
  static bool Requires(const Scan& scan, ColumnId column, const std::string& value) {
    const FilterScan* filter = TryAs<FilterScan>(scan);
    if (filter == nullptr) return false;
    return Requires(*filter->condition, column, value) || Requires(*filter->input, column, value);
  }
  static bool Requires(const Expr& condition, ColumnId column, const std::string& value) {
    const Call* call = TryAs<Call>(condition);
    if (call == nullptr) return false;
    if (call->function == FunctionId::kAnd) {
      return std::any_of(call->arguments.begin(), call->arguments.end(),
                         [&](const ExprPtr& part) { return Requires(*part, column, value); });
    }
    if (call->function != FunctionId::kEqual || call->arguments.size() != 2) return false;
    return Says(*call->arguments[0], *call->arguments[1], column, value) ||
           Says(*call->arguments[1], *call->arguments[0], column, value);
  }
  static bool Says(const Expr& left, const Expr& right, ColumnId column, const std::string& value) {
    const ColumnRef* reference = TryAs<ColumnRef>(left);
    const Literal* literal = TryAs<Literal>(right);
    return reference != nullptr && reference->column == column && literal != nullptr &&
           literal->type.kind() == TypeKind::kString && !literal->value.is_null() && literal->value.text() == value;
  }

  void Read(TableScan& table, const RowAnId& relation) {
    table.entry.engine_name = relation.engine_name;
    table.entry.engine_schema = relation.engine_schema;
    table.entry.rows_an_id.clear();
    read_.insert(&table);
  }

  ResolvedQuery& query_;
  std::set<const TableScan*> read_;  // tables in whose place a relation with one row an id is read
};

}  // namespace

void ReadRowsAnId(ResolvedQuery& query) { Planner(query).Run(); }

}  // namespace casebook::analysis
