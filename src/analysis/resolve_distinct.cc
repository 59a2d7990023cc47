// SELECT DISTINCT of aggregates over whole partitions: rows of a partition differ in nothing that is selected, so each
// partition is a group and gives one row. PERCENTILE_CONT and PERCENTILE_DISC are asked in this way.
#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

// Those that mean the same with OVER and with GROUP BY.
bool IsSameOfGroup(const Window& window) {
  if (!window.order_by.empty() || window.frame || window.safe) return false;
  switch (window.function) {
    case FunctionId::kCountStar:
    case FunctionId::kCount:
    case FunctionId::kCountIf:
    case FunctionId::kSum:
    case FunctionId::kAvg:
    case FunctionId::kMin:
    case FunctionId::kMax: return true;
    case FunctionId::kPercentileCont:
    case FunctionId::kPercentileDisc:
      return !window.distinct && window.arguments.size() == 2 && window.arguments[1]->kind == ExprKind::kLiteral;
    default: return false;
  }
}

bool SameKeys(const std::vector<ExprPtr>& a, const std::vector<ExprPtr>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!SameExpr(*a[i], *b[i])) return false;
  }
  return true;
}

// Holds what an expression that is only looked at says of itself.
class OfPartition {
 public:
  explicit OfPartition(const SelectState& state) : state_(state) {}

  // Is it the same on all rows of a partition, whenever it is asked?
  bool Holds(Expr& expr) {
    if (auto* window = TryAs<Window>(expr)) return TakesWindow(*window);
    if (keys_ == nullptr && !FindKeys()) return false;
    for (const ExprPtr& key : *keys_) {
      if (SameExpr(*key, expr)) return true;
    }
    if (!IsPlain(expr)) return false;
    if (const auto* ref = TryAs<ColumnRef>(expr)) return IsOuter(*ref);
    bool holds = true;
    ForEachChild(expr, [&](ExprPtr& child) { holds = holds && Holds(*child); });
    return holds;
  }
  bool has_keys() const { return keys_ != nullptr; }

 private:
  bool IsOuter(const ColumnRef& ref) const {
    return ref.column < state_.first_column;
  }

  // Neither a query of its own nor different each time.
  static bool IsPlain(Expr& expr) {
    if (expr.kind == ExprKind::kSubquery || expr.kind == ExprKind::kLambda || expr.kind == ExprKind::kAggregate) return false;
    const auto* call = TryAs<Call>(expr);
    return call == nullptr || (call->function != FunctionId::kRand && call->function != FunctionId::kGenerateUuid);
  }
  static bool IsPlainThroughout(Expr& expr) {
    bool plain = IsPlain(expr);
    ForEachChild(expr, [&](ExprPtr& child) { plain = plain && IsPlainThroughout(*child); });
    return plain;
  }

  bool TakesWindow(Window& window) {
    if (!IsSameOfGroup(window)) return false;
    bool plain = true;
    ForEachChild(window, [&](ExprPtr& child) { plain = plain && IsPlainThroughout(*child); });
    if (!plain) return false;
    if (keys_ == nullptr) keys_ = &window.partition_by;
    return SameKeys(*keys_, window.partition_by);
  }

  bool FindKeys() {
    for (const SelectOutput& output : state_.outputs) {
      if (output.expr != nullptr && keys_ == nullptr) FindKeys(*output.expr);
    }
    return keys_ != nullptr;
  }
  void FindKeys(Expr& expr) {
    if (auto* window = TryAs<Window>(expr)) {
      if (keys_ == nullptr) keys_ = &window->partition_by;
      return;
    }
    ForEachChild(expr, [&](ExprPtr& child) { FindKeys(*child); });
  }

  const SelectState& state_;
  const std::vector<ExprPtr>* keys_ = nullptr;
};

std::unique_ptr<Aggregate> AggregateOf(Window& window) {
  auto aggregate = std::make_unique<Aggregate>();
  aggregate->type = window.type;
  aggregate->position = window.position;
  aggregate->function = window.function;
  aggregate->arguments = std::move(window.arguments);
  aggregate->distinct = window.distinct;
  aggregate->nulls = window.nulls;
  return aggregate;
}

// Makes aggregates of the windows in `expr`; the keys of the last one stay in `keys`.
void MakeAggregates(ExprPtr& expr, std::vector<ExprPtr>& keys) {
  if (auto* window = TryAs<Window>(*expr)) {
    keys = std::move(window->partition_by);
    expr = AggregateOf(*window);
    return;
  }
  ForEachChild(*expr, [&](ExprPtr& child) { MakeAggregates(child, keys); });
}

bool ContainsWindow(Expr& expr) {
  bool found = expr.kind == ExprKind::kWindow;
  ForEachChild(expr, [&](ExprPtr& child) { found = found || ContainsWindow(*child); });
  return found;
}

}  // namespace

SqlStatus Resolver::GroupDistinctWindows(SelectState& state) {
  const bool is_simple = state.has_window && !state.has_group_by && !state.has_aggregate && state.qualify == nullptr &&
                         !state.row && state.early.empty() && state.early_windows.empty();
  if (!is_simple) return Nothing{};
  for (const SortKey& key : state.order_by) {
    if (ContainsWindow(*key.expr)) return Nothing{};
  }
  OfPartition of_partition(state);
  for (const SelectOutput& output : state.outputs) {
    if (output.expr == nullptr || output.referenced || !of_partition.Holds(*output.expr)) return Nothing{};
  }
  if (!of_partition.has_keys()) return Nothing{};

  std::vector<ExprPtr> keys;
  for (SelectOutput& output : state.outputs) MakeAggregates(output.expr, keys);
  const uint32_t position = state.clauses->position;
  for (ExprPtr& key : keys) RETURN_IF_ERROR(AddGroupKey(state, std::move(key), position));
  for (SelectOutput& output : state.outputs) RETURN_IF_ERROR(Regroup(state, output.expr, "SELECT list"));
  state.has_group_by = true;
  if (!state.group_by.empty()) return Nothing{};
  // Of no rows there is no partition, but there would be a group.
  auto rows = std::make_unique<Aggregate>();
  rows->type = TypeKind::kInt64;
  rows->function = FunctionId::kCountStar;
  rows->position = position;
  const ColumnId count = NewColumn("", rows->type);
  state.aggregates.push_back({count, std::move(rows)});
  std::vector<ExprPtr> sides;
  sides.push_back(Ref(count, position));
  sides.push_back(Int64(0, position));
  ASSIGN_OR_RETURN(state.having, MakeCall(FunctionId::kGreater, std::move(sides), position));
  return Nothing{};
}

}  // namespace casebook::analysis
