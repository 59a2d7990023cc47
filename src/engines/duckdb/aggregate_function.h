// A C++ type as an aggregate function of DuckDB. For runtime_*.cc.
//
//   struct Total {
//     using Arguments = std::tuple<int64_t>;
//     int64_t sum = 0;
//     void Add(int64_t value);             // rows with a NULL among the arguments are left out
//     void Merge(const Total& other);
//     Answer<int64_t> Finish() const;      // a value, NULL or an error
//   };
//   AddAggregate<Total>(connection, "gs_total");
//
// registers `gs_total` and `gs_total_safe`, which answers NULL instead of failing. The engine copies states as bytes
// and forgets them without a word.
#pragma once

#include <duckdb.h>

#include <cstring>
#include <new>
#include <string>
#include <tuple>
#include <type_traits>

#include "base/result.h"
#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {

template <typename State>
class AggregateFunction {
 public:
  static_assert(std::is_trivially_copyable_v<State> && std::is_trivially_destructible_v<State>);
  using Arguments = typename State::Arguments;
  using R = decltype(std::declval<const State&>().Finish().value);

  static Status Register(duckdb_connection connection, const std::string& name, bool safe) {
    duckdb_aggregate_function function = duckdb_create_aggregate_function();
    duckdb_aggregate_function_set_name(function, name.c_str());
    AddParameters(function, std::make_index_sequence<kArguments>());
    duckdb_logical_type result = Slot<R>::Type();
    duckdb_aggregate_function_set_return_type(function, result);
    duckdb_destroy_logical_type(&result);
    duckdb_aggregate_function_set_special_handling(function);
    duckdb_aggregate_function_set_extra_info(function, new bool(safe), [](void* known) { delete static_cast<bool*>(known); });
    duckdb_aggregate_function_set_functions(function, Size, Begin, Update, Combine, Finalize);
    const bool is_registered = duckdb_register_aggregate_function(connection, function) == DuckDBSuccess;
    duckdb_destroy_aggregate_function(&function);
    if (!is_registered) return RuntimeError("cannot register aggregate \"" + name + "\" with the engine");
    return {};
  }

 private:
  static constexpr size_t kArguments = std::tuple_size_v<Arguments>;
  template <size_t I>
  using ArgumentSlot = Slot<std::tuple_element_t<I, Arguments>>;

  // The engine promises multiples of 8 bytes, of which a long double may want two: a state is worked on in a copy.
  static State Load(duckdb_aggregate_state state) {
    alignas(State) unsigned char bytes[sizeof(State)];
    std::memcpy(bytes, static_cast<const void*>(state), sizeof(State));
    return *std::launder(reinterpret_cast<const State*>(bytes));
  }
  static void Store(const State& value, duckdb_aggregate_state state) {
    std::memcpy(static_cast<void*>(state), &value, sizeof(State));
  }

  template <size_t... I>
  static void AddParameters(duckdb_aggregate_function function, std::index_sequence<I...> /*places*/) {
    for (duckdb_logical_type type : {ArgumentSlot<I>::Type()...}) {
      duckdb_aggregate_function_add_parameter(function, type);
      duckdb_destroy_logical_type(&type);
    }
  }

  static idx_t Size(duckdb_function_info /*info*/) { return sizeof(State); }
  static void Begin(duckdb_function_info /*info*/, duckdb_aggregate_state state) { Store(State(), state); }

  static void Update(duckdb_function_info /*info*/, duckdb_data_chunk input, duckdb_aggregate_state* states) {
    UpdateRows(input, states, std::make_index_sequence<kArguments>());
  }
  template <size_t... I>
  static void UpdateRows(duckdb_data_chunk input, duckdb_aggregate_state* states, std::index_sequence<I...> /*places*/) {
    const std::array<duckdb_vector, kArguments> vectors = {duckdb_data_chunk_get_vector(input, I)...};
    const std::array<const void*, kArguments> data = {duckdb_vector_get_data(vectors[I])...};
    const std::array<uint64_t*, kArguments> valid = {duckdb_vector_get_validity(vectors[I])...};
    const idx_t rows = duckdb_data_chunk_get_size(input);
    for (idx_t row = 0; row < rows;) {
      // Neighbours often belong to one state.
      duckdb_aggregate_state at = states[row];
      State state = Load(at);
      for (; row < rows && states[row] == at; ++row) {
        const bool all_there = ((valid[I] == nullptr || duckdb_validity_row_is_valid(valid[I], row)) && ...);
        if (all_there) state.Add(ArgumentSlot<I>::Read(data[I], row)...);
      }
      Store(state, at);
    }
  }

  static void Combine(duckdb_function_info /*info*/, duckdb_aggregate_state* from, duckdb_aggregate_state* into, idx_t count) {
    for (idx_t i = 0; i < count; ++i) {
      State state = Load(into[i]);
      state.Merge(Load(from[i]));
      Store(state, into[i]);
    }
  }

  static void Finalize(duckdb_function_info info, duckdb_aggregate_state* states, duckdb_vector output, idx_t count, idx_t offset) {
    const bool safe = *static_cast<const bool*>(duckdb_aggregate_function_get_extra_info(info));
    for (idx_t i = 0; i < count; ++i) {
      const Answer<R> answer = Load(states[i]).Finish();
      if (answer.error != nullptr && !safe) {
        duckdb_aggregate_function_set_error(info, answer.error->c_str());
        return;
      }
      if (answer.is_null) {
        duckdb_vector_ensure_validity_writable(output);
        duckdb_validity_set_row_invalid(duckdb_vector_get_validity(output), offset + i);
      } else {
        Slot<R>::Write(output, offset + i, answer.value);
      }
    }
  }
};

template <typename State>
Status AddAggregate(duckdb_connection connection, const std::string& name) {
  RETURN_IF_ERROR(AggregateFunction<State>::Register(connection, name, false));
  return AggregateFunction<State>::Register(connection, name + "_safe", true);
}

// The families; runtime_*.cc each hold one.
Status AddStatistics(duckdb_connection connection);
Status AddDecimalAggregates(duckdb_connection connection);

}  // namespace casebook::engines
