#include "analysis/distinct_counts.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "analysis/tree_walk.h"

namespace casebook::analysis {
namespace {

// Types whose values are equal where they are alike; of FLOAT64 not all are.
bool IsPlainlyEqual(const Type& type) {
  switch (type.kind()) {
    case TypeKind::kInt64:
    case TypeKind::kString:
    case TypeKind::kBytes:
    case TypeKind::kDate:
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp:
    case TypeKind::kTime:
    case TypeKind::kNumeric: return true;
    default: return false;
  }
}

bool IsNull(const Expr& expr) {
  const auto* literal = TryAs<Literal>(expr);
  return literal != nullptr && literal->value.is_null();
}

// A column or a field of one: computing it for more rows costs nothing and cannot fail.
bool IsColumn(const Expr& expr) {
  if (const auto* field = TryAs<Field>(expr)) return IsColumn(*field->base);
  return expr.kind == ExprKind::kColumn;
}

// What COUNT(DISTINCT …) counts: a column, perhaps only where a condition holds.
struct Counted {
  ExprPtr* value = nullptr;      // null: it is not like this
  ExprPtr* condition = nullptr;  // null: none
};

Counted CountedBy(ExprPtr& expr) {
  auto* aggregate = TryAs<Aggregate>(*expr);
  if (aggregate == nullptr || aggregate->function != FunctionId::kCount || !aggregate->distinct) return {};
  if (aggregate->arguments.size() != 1 || aggregate->safe || aggregate->having != nullptr) return {};
  if (aggregate->limit != nullptr || !aggregate->order_by.empty()) return {};
  ExprPtr& argument = aggregate->arguments.front();
  if (!IsPlainlyEqual(argument->type)) return {};
  if (IsColumn(*argument)) return {&argument, aggregate->filter != nullptr ? &aggregate->filter : nullptr};
  auto* call = TryAs<Call>(*argument);
  if (call == nullptr || aggregate->filter != nullptr || call->safe) return {};
  if (call->function != FunctionId::kIf && call->function != FunctionId::kCaseWhen) return {};
  if (call->arguments.size() != 3 || !IsNull(*call->arguments[2])) return {};
  if (!IsColumn(*call->arguments[1])) return {};
  return {&call->arguments[1], &call->arguments[0]};
}

class Planner {
 public:
  explicit Planner(ResolvedQuery& query) : query_(query) {}

  void Plan(Scan& scan) {
    ForEachInput(scan, [this](Scan& input) { Plan(input); });
    if (auto* aggregate = TryAs<AggregateScan>(scan)) PlanAggregate(*aggregate);
  }

 private:
  void PlanAggregate(AggregateScan& scan) {
    if (scan.aggregates.size() < 2 || !scan.grouping_sets.empty()) return;
    std::vector<Counted> counted;
    for (Computed& one : scan.aggregates) {
      counted.push_back(CountedBy(one.expr));
      if (counted.back().value == nullptr || !SameExpr(**counted.back().value, **counted.front().value)) return;
    }
    const auto has_condition = [](const Counted& one) { return one.condition != nullptr; };
    if (std::any_of(counted.begin(), counted.end(), has_condition)) Split(scan, counted);
  }

  // `scan` counts what a new aggregation below it has grouped.
  void Split(AggregateScan& scan, const std::vector<Counted>& counted) {
    auto below = std::make_unique<AggregateScan>();
    below->input = std::move(scan.input);
    for (Computed& key : scan.group_by) {
      const Type type = key.expr->type;
      const ColumnId column = NewColumn(type);
      below->group_by.push_back({column, std::move(key.expr)});
      key.expr = Ref(column, type);
    }
    ExprPtr& value = *counted.front().value;
    const Type value_type = value->type;
    const ColumnId distinct = NewColumn(value_type);
    below->group_by.push_back({distinct, std::move(value)});
    for (size_t i = 0; i < counted.size(); ++i) {
      auto count = std::make_unique<Aggregate>();
      count->function = FunctionId::kCount;
      count->type = TypeKind::kInt64;
      count->position = scan.aggregates[i].expr->position;
      count->arguments.push_back(Ref(distinct, value_type));
      if (counted[i].condition != nullptr) {
        auto any = std::make_unique<Aggregate>();
        any->function = FunctionId::kLogicalOr;
        any->type = TypeKind::kBool;
        any->arguments.push_back(std::move(*counted[i].condition));
        const ColumnId holds = NewColumn(any->type);
        below->aggregates.push_back({holds, std::move(any)});
        count->filter = Ref(holds, TypeKind::kBool);
      }
      scan.aggregates[i].expr = std::move(count);
    }
    scan.input = std::move(below);
  }

  ColumnId NewColumn(const Type& type) {
    ColumnInfo column;
    column.type = type;
    column.used = true;
    query_.columns.push_back(std::move(column));
    return static_cast<ColumnId>(query_.columns.size() - 1);
  }
  static ExprPtr Ref(ColumnId column, const Type& type) {
    auto ref = std::make_unique<ColumnRef>();
    ref->column = column;
    ref->type = type;
    return ref;
  }

  ResolvedQuery& query_;
};

}  // namespace

void CountDistinctTogether(ResolvedQuery& query) { Planner(query).Plan(*query.scan); }

}  // namespace casebook::analysis
