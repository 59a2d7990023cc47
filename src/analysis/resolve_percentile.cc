// PERCENTILE_CONT and PERCENTILE_DISC with OVER: values of the partition by their place in its order.
//
// How many values the partition has is one window; which places the percentile lies at follows from it; the values at
// these places are two further windows. So NaN, infinities, NULLs and every type stand where GoogleSQL sorts them.
#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

std::vector<ExprPtr> Both(ExprPtr a, ExprPtr b) {
  std::vector<ExprPtr> both;
  both.push_back(std::move(a));
  both.push_back(std::move(b));
  return both;
}

std::vector<ExprPtr> One(ExprPtr a) {
  std::vector<ExprPtr> one;
  one.push_back(std::move(a));
  return one;
}

ExprPtr Number(double value, uint32_t position) {
  auto literal = std::make_unique<Literal>();
  literal->type = TypeKind::kFloat64;
  literal->value = {TypeKind::kFloat64, value};
  literal->position = position;
  return literal;
}

}  // namespace

bool Resolver::IsPercentile(const Expr& expr) {
  const auto* window = TryAs<Window>(expr);
  if (window == nullptr || window->safe) return false;
  const bool is_share = window->arguments.size() == 2 && window->arguments[1]->kind == ExprKind::kLiteral &&
                        std::holds_alternative<double>(As<Literal>(*window->arguments[1]).value.data);
  if (!is_share) return false;
  if (window->function == FunctionId::kPercentileDisc) return true;
  return window->function == FunctionId::kPercentileCont && window->arguments[0]->type.kind() == TypeKind::kFloat64;
}

SqlStatus Resolver::RewritePercentile(SelectState& state, ExprPtr& expr) {
  auto& percentile = As<Window>(*expr);
  const uint32_t position = expr->position;
  const double share = std::get<double>(As<Literal>(*percentile.arguments[1]).value.data);
  const bool is_cont = percentile.function == FunctionId::kPercentileCont;
  const PercentileInputs inputs = InputsOf(state, percentile);

  // From 0: of CONT share * (n - 1), of DISC ceil(share * n) - 1; of no value at all 0.
  const auto places = [&]() -> SqlResult<ExprPtr> {
    ASSIGN_OR_RETURN(ExprPtr n, MakeCall(FunctionId::kGreatest, Both(Ref(inputs.count, position), Int64(1, position)), position));
    if (is_cont) {
      ASSIGN_OR_RETURN(n, MakeCall(FunctionId::kSubtract, Both(std::move(n), Int64(1, position)), position));
    }
    return MakeCall(FunctionId::kMultiply, Both(Number(share, position), MakeCast(std::move(n), TypeKind::kFloat64, false, true)), position);
  };
  ASSIGN_OR_RETURN(ExprPtr place, places());
  if (!is_cont) {
    ASSIGN_OR_RETURN(place, MakeCall(FunctionId::kCeil, One(std::move(place)), position));
    ASSIGN_OR_RETURN(place, MakeCall(FunctionId::kGreatest, Both(std::move(place), Number(1, position)), position));
    ASSIGN_OR_RETURN(place, MakeCall(FunctionId::kSubtract, Both(std::move(place), Number(1, position)), position));
  }
  const ColumnId at = NewColumn("", TypeKind::kFloat64);
  state.window_places.push_back({at, std::move(place)});
  ASSIGN_OR_RETURN(ExprPtr low, ValueAt(state, inputs, at, FunctionId::kFloor, position));
  if (!is_cont) {
    expr = std::move(low);
    return Nothing{};
  }
  const ColumnId low_column = As<ColumnRef>(*low).column;
  ASSIGN_OR_RETURN(ExprPtr high, ValueAt(state, inputs, at, FunctionId::kCeil, position));
  const ColumnId high_column = As<ColumnRef>(*high).column;
  const auto part = [&]() -> SqlResult<ExprPtr> {
    ASSIGN_OR_RETURN(ExprPtr floor, MakeCall(FunctionId::kFloor, One(Ref(at, position)), position));
    return MakeCall(FunctionId::kSubtract, Both(Ref(at, position), std::move(floor)), position);
  };
  // Between two values both count by how near they are; where the lower is NULL or the place is a whole one, the upper.
  ASSIGN_OR_RETURN(ExprPtr rest, part());
  ASSIGN_OR_RETURN(ExprPtr is_whole, MakeCall(FunctionId::kEqual, Both(std::move(rest), Number(0, position)), position));
  ASSIGN_OR_RETURN(ExprPtr is_null, MakeCall(FunctionId::kIsNull, One(std::move(low)), position));
  ASSIGN_OR_RETURN(ExprPtr takes_high, MakeCall(FunctionId::kOr, Both(std::move(is_whole), std::move(is_null)), position));
  ASSIGN_OR_RETURN(rest, part());
  ASSIGN_OR_RETURN(ExprPtr weight, MakeCall(FunctionId::kSubtract, Both(Number(1, position), std::move(rest)), position));
  ASSIGN_OR_RETURN(ExprPtr left, MakeCall(FunctionId::kMultiply, Both(Ref(low_column, position), std::move(weight)), position));
  ASSIGN_OR_RETURN(rest, part());
  ASSIGN_OR_RETURN(ExprPtr right, MakeCall(FunctionId::kMultiply, Both(Ref(high_column, position), std::move(rest)), position));
  ASSIGN_OR_RETURN(ExprPtr between, MakeCall(FunctionId::kAdd, Both(std::move(left), std::move(right)), position));
  std::vector<ExprPtr> arguments = Both(std::move(takes_high), std::move(high));
  arguments.push_back(std::move(between));
  ASSIGN_OR_RETURN(expr, MakeCall(FunctionId::kIf, std::move(arguments), position));
  return Nothing{};
}

// The same for percentiles of the same values, so that an engine sorts them once.
PercentileInputs Resolver::InputsOf(SelectState& state, Window& percentile) {
  const uint32_t position = percentile.position;
  PercentileInputs inputs;
  inputs.with_nulls = percentile.nulls == NullTreatment::kRespect;
  inputs.value = AddWindowInput(state, std::move(percentile.arguments[0]));
  for (ExprPtr& key : percentile.partition_by) inputs.keys.push_back(AddWindowInput(state, std::move(key)));
  for (const PercentileInputs& before : state.percentiles) {
    if (before.value == inputs.value && before.keys == inputs.keys && before.with_nulls == inputs.with_nulls) return before;
  }
  auto count = std::make_unique<Window>();
  count->function = inputs.with_nulls ? FunctionId::kCountStar : FunctionId::kCount;
  count->type = TypeKind::kInt64;
  count->position = position;
  if (!inputs.with_nulls) count->arguments.push_back(Ref(inputs.value, position));
  for (const ColumnId key : inputs.keys) count->partition_by.push_back(Ref(key, position));
  inputs.count = NewColumn("", TypeKind::kInt64);
  state.first_windows.push_back({inputs.count, std::move(count)});
  state.percentiles.push_back(inputs);
  return inputs;
}

ColumnId Resolver::AddWindowInput(SelectState& state, ExprPtr expr) {
  for (const Computed& before : state.window_inputs) {
    if (SameExpr(*before.expr, *expr)) return before.column;
  }
  const ColumnId column = NewColumn("", expr->type);
  state.window_inputs.push_back({column, std::move(expr)});
  return column;
}

// The value at `rounding` of the place in column `at`.
SqlResult<ExprPtr> Resolver::ValueAt(SelectState& state, const PercentileInputs& inputs, ColumnId at,
                                     FunctionId rounding, uint32_t position) {
  ASSIGN_OR_RETURN(ExprPtr whole, MakeCall(rounding, One(Ref(at, position)), position));
  ASSIGN_OR_RETURN(ExprPtr number, MakeCall(FunctionId::kAdd, Both(MakeCast(std::move(whole), TypeKind::kInt64, false, true),
                                                                   Int64(1, position)), position));
  const ColumnId number_column = NewColumn("", TypeKind::kInt64);
  state.window_numbers.push_back({number_column, std::move(number)});
  auto nth = std::make_unique<Window>();
  nth->function = FunctionId::kNthValue;
  nth->type = TypeOf(inputs.value);
  nth->position = position;
  nth->arguments = Both(Ref(inputs.value, position), Ref(number_column, position));
  for (const ColumnId key : inputs.keys) nth->partition_by.push_back(Ref(key, position));
  SortKey sort;
  sort.expr = Ref(inputs.value, position);
  sort.nulls_first = inputs.with_nulls;
  nth->order_by.push_back(std::move(sort));
  Frame frame;
  frame.unit = FrameUnit::kRows;
  frame.end.kind = FrameBoundKind::kUnboundedFollowing;
  nth->frame = std::move(frame);
  const ColumnId column = NewColumn("", nth->type);
  state.windows.push_back({column, std::move(nth)});
  return Ref(column, position);
}

}  // namespace casebook::analysis
