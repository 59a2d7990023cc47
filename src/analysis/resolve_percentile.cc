// PERCENTILE_CONT and PERCENTILE_DISC with OVER: values of the partition by their place in its order.
//
// How many values the partition has is one window; which places the percentile lies at follows from it; the values at
// these places are two further windows. So NaN, infinities, NULLs and every type stand where GoogleSQL sorts them.
#include <cstdlib>

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

// A share that is written as a FLOAT64 stays one, also beside values of NUMERIC; whole numbers are taken for FLOAT64.
void Resolver::FirmShare(const Function& function, std::vector<ArgumentType>& types) {
  if (function.id != FunctionId::kPercentileCont || types.size() != 2) return;
  if (types[1].type.type.kind() == TypeKind::kFloat64) types[1].type.literal = false;
  if (types[0].type.type.kind() == TypeKind::kInt64 && !types[0].type.untyped_null) types[0].type.type = TypeKind::kFloat64;
}

// A share is a number from 0 to 1; one that is a constant is a literal from here on.
SqlStatus Resolver::CheckShare(const Function& function, std::vector<ExprPtr>& arguments) {
  if (function.id != FunctionId::kPercentileCont && function.id != FunctionId::kPercentileDisc) return Nothing{};
  ExprPtr& share = arguments[1];
  if (auto* cast = TryAs<Cast>(*share); cast != nullptr && cast->format == nullptr) {
    auto* constant = TryAs<Literal>(*cast->operand);
    const CoercibleType free{.type = cast->operand->type, .literal = true};
    if (constant != nullptr && !constant->value.is_null() && constant->type.kind() != TypeKind::kString &&
        Coerces(free, cast->type)) {
      const Type type = cast->type;
      ExprPtr literal = std::move(cast->operand);
      if (literal->type != type) RETURN_IF_ERROR(CoerceLiteral(As<Literal>(*literal), type));
      share = std::move(literal);
    }
  }
  const auto* literal = TryAs<Literal>(*share);
  if (literal == nullptr) return Nothing{};
  bool fits = !literal->value.is_null();
  if (fits) {
    const auto* written = std::get_if<std::string>(&literal->value.data);
    const double number = written != nullptr ? std::strtod(written->c_str(), nullptr) : std::get<double>(literal->value.data);
    fits = number >= 0 && number <= 1;
  }
  if (fits) return Nothing{};
  return InvalidSql("The second argument to the function " + std::string(function.name) + " must be in [0, 1]", share->position);
}

bool Resolver::IsPercentile(const Expr& expr) {
  const auto* window = TryAs<Window>(expr);
  if (window == nullptr || window->safe) return false;
  if (window->function != FunctionId::kPercentileCont && window->function != FunctionId::kPercentileDisc) return false;
  const auto* share = window->arguments.size() == 2 ? TryAs<Literal>(*window->arguments[1]) : nullptr;
  return share != nullptr && !share->value.is_null();
}

SqlStatus Resolver::RewritePercentile(SelectState& state, ExprPtr& expr) {
  auto& percentile = As<Window>(*expr);
  const uint32_t position = expr->position;
  if (percentile.arguments[1]->type.kind() != TypeKind::kFloat64) return RewriteDecimalPercentile(state, expr);
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
  const auto value_at = [&](FunctionId rounding) -> SqlResult<ExprPtr> {
    ASSIGN_OR_RETURN(ExprPtr whole, MakeCall(rounding, One(Ref(at, position)), position));
    return ValueAt(state, inputs, MakeCast(std::move(whole), TypeKind::kInt64, false, true), position);
  };
  ASSIGN_OR_RETURN(ExprPtr low, value_at(FunctionId::kFloor));
  if (!is_cont) {
    expr = std::move(low);
    return Nothing{};
  }
  const ColumnId low_column = As<ColumnRef>(*low).column;
  ASSIGN_OR_RETURN(ExprPtr high, value_at(FunctionId::kCeil));
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

// A share of NUMERIC or BIGNUMERIC has exact places, and what lies between two values is rounded once.
SqlStatus Resolver::RewriteDecimalPercentile(SelectState& state, ExprPtr& expr) {
  auto& percentile = As<Window>(*expr);
  const uint32_t position = expr->position;
  const Value share = As<Literal>(*percentile.arguments[1]).value;
  const auto share_literal = [&] {
    auto literal = std::make_unique<Literal>();
    literal->type = share.type;
    literal->value = share;
    literal->position = position;
    return literal;
  };
  const bool is_cont = percentile.function == FunctionId::kPercentileCont;
  const PercentileInputs inputs = InputsOf(state, percentile);
  const auto value_at = [&](FunctionId place) -> SqlResult<ExprPtr> {
    ASSIGN_OR_RETURN(ExprPtr at, MakeCall(place, Both(share_literal(), Ref(inputs.count, position)), position));
    return ValueAt(state, inputs, std::move(at), position);
  };
  if (!is_cont) {
    ASSIGN_OR_RETURN(expr, value_at(FunctionId::kPercentilePlace));
    return Nothing{};
  }
  ASSIGN_OR_RETURN(ExprPtr low, value_at(FunctionId::kPercentilePlaceBelow));
  ASSIGN_OR_RETURN(ExprPtr high, value_at(FunctionId::kPercentilePlaceAbove));
  const ColumnId low_column = As<ColumnRef>(*low).column;
  const ColumnId high_column = As<ColumnRef>(*high).column;
  std::vector<ExprPtr> arguments = Both(std::move(low), std::move(high));
  arguments.push_back(share_literal());
  arguments.push_back(Ref(inputs.count, position));
  ASSIGN_OR_RETURN(ExprPtr between, MakeCall(FunctionId::kPercentileBetween, std::move(arguments), position));
  // Where the lower is NULL, the upper.
  ASSIGN_OR_RETURN(ExprPtr is_null, MakeCall(FunctionId::kIsNull, One(Ref(low_column, position)), position));
  std::vector<ExprPtr> choice = Both(std::move(is_null), Ref(high_column, position));
  choice.push_back(std::move(between));
  ASSIGN_OR_RETURN(expr, MakeCall(FunctionId::kIf, std::move(choice), position));
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

// The value at a place that counts from 0.
SqlResult<ExprPtr> Resolver::ValueAt(SelectState& state, const PercentileInputs& inputs, ExprPtr place, uint32_t position) {
  ASSIGN_OR_RETURN(ExprPtr number, MakeCall(FunctionId::kAdd, Both(std::move(place), Int64(1, position)), position));
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
