// RANGE frames over BIGNUMERIC, to which no engine can add an offset.
//
// The keys of the partition in order and the rank of each row are windows of their own. From these follows how many
// ranks off the frame begins and ends, so that the frame is one over ranks.
#include "analysis/resolver_internal.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

// What kFrameStep is told of a bound; engines read it.
constexpr int64_t kEnds = 1;        // the last row of the frame, not the first
constexpr int64_t kFollows = 2;     // behind the row
constexpr int64_t kDescending = 4;  // the order of the keys

}  // namespace

bool Resolver::NeedsFramePlaces(const Window& window) {
  if (!window.frame || window.frame->unit != FrameUnit::kRange) return false;
  const bool offsets = window.frame->start.offset != nullptr || window.frame->end.offset != nullptr;
  return offsets && window.order_by.front().expr->type.kind() == TypeKind::kBigNumeric;
}

// The same for frames over the same keys.
FramePlaces Resolver::FramePlacesOf(SelectState& state, Window& window) {
  const uint32_t position = window.position;
  SortKey& order = window.order_by.front();
  FramePlaces places;
  places.key = AddWindowInput(state, std::move(order.expr));
  for (ExprPtr& expr : window.partition_by) {
    places.partition.push_back(AddWindowInput(state, std::move(expr)));
    expr = Ref(places.partition.back(), position);
  }
  places.descending = order.descending;
  places.nulls_first = order.nulls_first;
  for (const FramePlaces& before : state.frame_places) {
    if (before.key == places.key && before.partition == places.partition && before.descending == places.descending &&
        before.nulls_first == places.nulls_first) {
      return before;
    }
  }
  const auto add = [&](FunctionId function, const Type& type) {
    auto made = std::make_unique<Window>();
    made->function = function;
    made->type = type;
    made->position = position;
    for (const ColumnId column : places.partition) made->partition_by.push_back(Ref(column, position));
    const ColumnId column = NewColumn("", type);
    state.first_windows.push_back({column, std::move(made)});
    return column;
  };
  places.keys = add(FunctionId::kFrameKeys, Type::Array(TypeKind::kBigNumeric));
  As<Window>(*state.first_windows.back().expr).arguments.push_back(Ref(places.key, position));
  places.rank = add(FunctionId::kRank, TypeKind::kInt64);
  SortKey by_key;
  by_key.expr = Ref(places.key, position);
  by_key.descending = places.descending;
  by_key.nulls_first = places.nulls_first;
  As<Window>(*state.first_windows.back().expr).order_by.push_back(std::move(by_key));
  state.frame_places.push_back(places);
  return places;
}

SqlStatus Resolver::UseFramePlaces(SelectState& state, Window& window) {
  const uint32_t position = window.position;
  const FramePlaces places = FramePlacesOf(state, window);
  for (FrameBound* bound : {&window.frame->start, &window.frame->end}) {
    if (bound->offset == nullptr) continue;
    const int64_t told = (bound == &window.frame->end ? kEnds : 0) | (bound->kind == FrameBoundKind::kFollowing ? kFollows : 0) |
                         (places.descending ? kDescending : 0);
    std::vector<ExprPtr> arguments;
    arguments.push_back(Ref(places.keys, position));
    arguments.push_back(Ref(places.key, position));
    arguments.push_back(Ref(places.rank, position));
    arguments.push_back(std::move(bound->offset));
    arguments.push_back(Int64(told, position));
    ASSIGN_OR_RETURN(ExprPtr step, MakeCall(FunctionId::kFrameStep, std::move(arguments), position));
    const ColumnId column = NewColumn("", TypeKind::kInt64);
    state.window_places.push_back({column, std::move(step)});
    bound->offset = Ref(column, position);
  }
  SortKey& order = window.order_by.front();
  order.expr = Ref(places.rank, position);
  order.descending = false;
  return Nothing{};
}

}  // namespace casebook::analysis
