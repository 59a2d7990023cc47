#include "duckdb/key_filter.h"

#include <bit>

namespace casebook {

// Open addressing with much room, so that most other numbers meet a free slot at once.
struct KeyFilter::Keys {
  explicit Keys(const std::vector<uint64_t>& keys) {
    constexpr size_t kSlotsAKey = 4;
    slots.resize(std::bit_ceil(kSlotsAKey * keys.size() + 1));
    shift = 64 - std::countr_zero(slots.size());
    for (const uint64_t key : keys) {
      if (key == 0) {
        has_zero = true;
      } else {
        slots[Slot(key)] = key;
      }
    }
  }

  bool Holds(uint64_t key) const { return key == 0 ? has_zero : slots[Slot(key)] == key; }

  std::vector<uint64_t> slots;  // 0: free
  int shift = 0;
  bool has_zero = false;

 private:
  size_t Slot(uint64_t key) const {
    constexpr uint64_t kSpread = 0x9E3779B97F4A7C15U;  // 2^64 by the golden ratio: neighbours come to lie apart
    size_t at = shift == 64 ? 0 : (key * kSpread) >> shift;
    while (slots[at] != 0 && slots[at] != key) at = (at + 1) & (slots.size() - 1);
    return at;
  }
};

namespace {

constexpr char kFunctionName[] = "casebook_is_among";

// The engine is given the address of the keys as a number.
template <typename Number>
void IsAmong(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output) {
  const idx_t rows = duckdb_data_chunk_get_size(input);
  if (rows == 0) return;
  const auto* numbers = static_cast<const Number*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 0)));
  const auto* address = static_cast<const uint64_t*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 1)));
  const auto& keys = *reinterpret_cast<const KeyFilter::Keys*>(address[0]);
  auto* among = static_cast<bool*>(duckdb_vector_get_data(output));
  for (idx_t row = 0; row < rows; ++row) among[row] = keys.Holds(static_cast<uint64_t>(numbers[row]));
}

template <typename Number>
void Add(duckdb_scalar_function_set set, duckdb_type type) {
  duckdb_scalar_function function = duckdb_create_scalar_function();
  duckdb_scalar_function_set_name(function, kFunctionName);
  for (const duckdb_type parameter : {type, DUCKDB_TYPE_UBIGINT}) {
    duckdb_logical_type logical = duckdb_create_logical_type(parameter);
    duckdb_scalar_function_add_parameter(function, logical);
    duckdb_destroy_logical_type(&logical);
  }
  duckdb_logical_type truth = duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN);
  duckdb_scalar_function_set_return_type(function, truth);
  duckdb_destroy_logical_type(&truth);
  duckdb_scalar_function_set_function(function, IsAmong<Number>);
  duckdb_add_scalar_function_to_set(set, function);
  duckdb_destroy_scalar_function(&function);
}

}  // namespace

Status RegisterKeyFilter(Connection& connection) {
  duckdb_scalar_function_set set = duckdb_create_scalar_function_set(kFunctionName);
  Add<uint32_t>(set, DUCKDB_TYPE_UINTEGER);
  Add<uint64_t>(set, DUCKDB_TYPE_UBIGINT);
  Add<int64_t>(set, DUCKDB_TYPE_BIGINT);
  const bool done = duckdb_register_scalar_function_set(connection.handle(), set) == DuckDBSuccess;
  duckdb_destroy_scalar_function_set(&set);
  return done ? Status() : RuntimeError("could not register " + std::string(kFunctionName));
}

KeyFilter::KeyFilter(const std::vector<uint64_t>& keys) : keys_(std::make_unique<Keys>(keys)) {}
KeyFilter::~KeyFilter() = default;

std::string KeyFilter::Sql(const std::string& column) const {
  return std::string(kFunctionName) + "(" + column + ", " + std::to_string(reinterpret_cast<uintptr_t>(keys_.get())) +
         "::UBIGINT)";
}

Result<std::vector<uint64_t>> QueryKeys(Connection& connection, const std::string& sql) {
  ASSIGN_OR_RETURN(QueryResult result, connection.Query("SELECT CAST(key AS UBIGINT) FROM (" + sql + ") AS t(key)"));
  std::vector<uint64_t> keys;
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<ResultChunk> chunk, result.Next());
    if (!chunk) return keys;
    const auto* numbers = static_cast<const uint64_t*>(duckdb_vector_get_data(chunk->vector(0)));
    keys.insert(keys.end(), numbers, numbers + chunk->size());
  }
}

}  // namespace casebook
