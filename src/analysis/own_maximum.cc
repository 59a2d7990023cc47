#include "analysis/own_maximum.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "analysis/tree_walk.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

const TableScan* TableBelow(const Scan& scan) {
  if (const FilterScan* filter = TryAs<FilterScan>(scan)) return TableBelow(*filter->input);
  if (const ProjectScan* project = TryAs<ProjectScan>(scan)) return TableBelow(*project->input);
  return TryAs<TableScan>(scan);
}

// The place in `table` of the column that `expr` is; -1 where it is none.
int64_t PlaceIn(const TableScan& table, const Expr& expr) {
  const ColumnRef* reference = TryAs<ColumnRef>(expr);
  if (reference == nullptr) return -1;
  const int64_t place = int64_t{reference->column} - table.first_column;
  return place < static_cast<int64_t>(table.entry.table->columns.size()) ? std::max<int64_t>(place, -1) : -1;
}

// What a subquery gives is MIN or MAX of a column over a table as a whole: the aggregate and the table, or nullptr.
struct Extreme {
  const Aggregate* aggregate = nullptr;
  const TableScan* table = nullptr;
};

Extreme ExtremeOf(const Subquery& subquery) {
  if (subquery.subquery != SubqueryKind::kScalar || subquery.query == nullptr) return {};
  const Scan* scan = subquery.query.get();
  ColumnId column = subquery.column;
  while (const ProjectScan* project = TryAs<ProjectScan>(*scan)) {
    for (const Computed& computed : project->computed) {
      if (computed.column != column) continue;
      const ColumnRef* renamed = TryAs<ColumnRef>(*computed.expr);
      if (renamed == nullptr) return {};
      column = renamed->column;
      break;
    }
    scan = project->input.get();
  }
  const AggregateScan* whole = TryAs<AggregateScan>(*scan);
  if (whole == nullptr || !whole->group_by.empty() || !whole->grouping_sets.empty()) return {};
  for (const Computed& computed : whole->aggregates) {
    const Aggregate* aggregate = TryAs<Aggregate>(*computed.expr);
    if (computed.column == column && aggregate != nullptr) return {aggregate, TryAs<TableScan>(*whole->input)};
  }
  return {};
}

bool IsPlainExtreme(const Aggregate& aggregate) {
  return (aggregate.function == FunctionId::kMin || aggregate.function == FunctionId::kMax) &&
         aggregate.arguments.size() == 1 && aggregate.order_by.empty() && !aggregate.limit && !aggregate.having &&
         !aggregate.filter;
}

bool IsOwnExtreme(const TableScan& table, const Expr& left, const Expr& right) {
  const int64_t place = PlaceIn(table, left);
  const Subquery* subquery = TryAs<Subquery>(right);
  if (place < 0 || subquery == nullptr || !table.entry.table->columns[static_cast<size_t>(place)].is_same_on_all_rows) {
    return false;
  }
  const Extreme extreme = ExtremeOf(*subquery);
  return extreme.table != nullptr && extreme.table->entry.table == table.entry.table && IsPlainExtreme(*extreme.aggregate) &&
         PlaceIn(*extreme.table, *extreme.aggregate->arguments.front()) == place;
}

bool IsOwnExtreme(const TableScan& table, const Expr& condition) {
  const Call* call = TryAs<Call>(condition);
  if (call == nullptr || call->function != FunctionId::kEqual || call->arguments.size() != 2) return false;
  return IsOwnExtreme(table, *call->arguments[0], *call->arguments[1]) ||
         IsOwnExtreme(table, *call->arguments[1], *call->arguments[0]);
}

// Which columns the tree still mentions.
class Mentions {
 public:
  explicit Mentions(ResolvedQuery& query) : is_mentioned_(query.columns.size()) {
    for (const auto& output : query.output) Add(output.column);
    Visit(*query.scan);
  }
  bool Has(size_t column) const { return is_mentioned_[column]; }

 private:
  void Add(ColumnId column) {
    if (column != kNoColumn) is_mentioned_[static_cast<size_t>(column)] = true;
  }
  void AddAll(const std::vector<ColumnId>& columns) {
    for (const ColumnId column : columns) Add(column);
  }

  void Visit(Expr& expr) {
    if (const ColumnRef* reference = TryAs<ColumnRef>(expr)) Add(reference->column);
    if (Subquery* subquery = TryAs<Subquery>(expr)) {
      Add(subquery->column);
      if (subquery->query) Lists(*subquery->query);
    }
    ForEachChild(expr, [this](ExprPtr& child) { Visit(*child); });
  }
  void Visit(Scan& scan) {
    ForEachExpr(scan, [this](ExprPtr& expr) { Visit(*expr); });
    Lists(scan);
  }

  // The columns that scans name without an expression.
  void Lists(Scan& scan) {
    if (const auto* distinct = TryAs<DistinctScan>(scan)) AddAll(distinct->columns);
    if (const auto* operation = TryAs<SetOperationScan>(scan)) {
      for (const SetOperationScan::Input& input : operation->inputs) AddAll(input.columns);
    }
    if (const auto* with = TryAs<WithScan>(scan)) {
      for (const WithEntry& entry : with->entries) {
        AddAll(entry.columns);
        AddAll(entry.recursive_columns);
      }
    }
    ForEachInput(scan, [this](Scan& input) { Lists(input); });
  }

  std::vector<bool> is_mentioned_;
};

class Dropper {
 public:
  explicit Dropper(ResolvedQuery& query) : query_(query) {}

  void Run() {
    Visit(*query_.scan);
    if (compared_.empty()) return;
    const Mentions mentions(query_);
    for (const size_t column : compared_) query_.columns[column].used = mentions.Has(column);
  }

 private:
  void Visit(Scan& scan) {
    if (FilterScan* filter = TryAs<FilterScan>(scan)) Drop(*filter);
    ForEachInput(scan, [this](Scan& input) { Visit(input); });
  }

  void Drop(FilterScan& filter) {
    const TableScan* table = TableBelow(filter);
    if (table == nullptr) return;
    if (IsOwnExtreme(*table, *filter.condition)) {
      Note(*table, *filter.condition);
      filter.condition = True();
      return;
    }
    Call* all = TryAs<Call>(*filter.condition);
    if (all == nullptr || all->function != FunctionId::kAnd) return;
    std::vector<ExprPtr> kept;
    for (ExprPtr& part : all->arguments) {
      if (IsOwnExtreme(*table, *part)) {
        Note(*table, *part);
      } else {
        kept.push_back(std::move(part));
      }
    }
    all->arguments = std::move(kept);
    if (all->arguments.size() == 1) {
      ExprPtr only = std::move(all->arguments.front());
      filter.condition = std::move(only);
    } else if (all->arguments.empty()) {
      filter.condition = True();
    }
  }

  static ExprPtr True() {
    auto literal = std::make_unique<Literal>();
    literal->type = TypeKind::kBool;
    literal->value = {TypeKind::kBool, true};
    return literal;
  }

  // The column of a comparison that goes.
  void Note(const TableScan& table, const Expr& condition) {
    for (const ExprPtr& side : As<Call>(condition).arguments) {
      const int64_t place = PlaceIn(table, *side);
      if (place >= 0) compared_.push_back(static_cast<size_t>(table.first_column) + static_cast<size_t>(place));
    }
  }

  ResolvedQuery& query_;
  std::vector<size_t> compared_;  // columns that may not be used any more
};

}  // namespace

void DropOwnMaximum(ResolvedQuery& query) { Dropper(query).Run(); }

}  // namespace casebook::analysis
