// A C++ function over values as a scalar function of DuckDB. For runtime_*.cc.
//
//   Answer<int64_t> Add(int64_t a, int64_t b);
//   registrar.Add("gs_add", Add);
//
// registers `gs_add` and `gs_add_safe`. Arguments are never NULL; the function answers a value, NULL or an error.
#pragma once

#include <duckdb.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analysis/value.h"
#include "base/result.h"

namespace casebook::engines {

__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

// NUMERIC: a number of billionths.
struct Numeric {
  Int128 billionths = 0;
};
// HUGEINT, which no type of GoogleSQL is.
struct Huge {
  Int128 value = 0;
};
struct BytesView {
  std::string_view bytes;
};
struct Bytes {
  std::string bytes;
};
struct DateValue {
  int32_t days = 0;
};
struct DatetimeValue {
  int64_t micros = 0;
};
struct TimeValue {
  int64_t micros = 0;
};
using TextList = std::vector<std::string>;

template <typename T>
struct Answer {
  Answer(T v) : value(std::move(v)) {}  // NOLINT: implicit by design
  Answer(std::nullptr_t) : is_null(true) {}  // NOLINT: NULL
  static Answer Fail(std::string message) {
    Answer answer(nullptr);
    answer.error = std::make_unique<std::string>(std::move(message));
    return answer;
  }
  T value{};
  bool is_null = false;
  std::unique_ptr<std::string> error;
};

// How a C++ type travels in a vector of DuckDB.
template <typename T, duckdb_type kType>
struct PlainSlot {
  static duckdb_logical_type Type() { return duckdb_create_logical_type(kType); }
  static T Read(const void* data, idx_t row) { return static_cast<const T*>(data)[row]; }
  static void Write(duckdb_vector vector, idx_t row, const T& value) {
    static_cast<T*>(duckdb_vector_get_data(vector))[row] = value;
  }
};

template <typename T>
struct Slot;
template <>
struct Slot<bool> : PlainSlot<bool, DUCKDB_TYPE_BOOLEAN> {};
template <>
struct Slot<int64_t> : PlainSlot<int64_t, DUCKDB_TYPE_BIGINT> {};
template <>
struct Slot<double> : PlainSlot<double, DUCKDB_TYPE_DOUBLE> {};
template <>
struct Slot<DateValue> : PlainSlot<DateValue, DUCKDB_TYPE_DATE> {};
template <>
struct Slot<DatetimeValue> : PlainSlot<DatetimeValue, DUCKDB_TYPE_TIMESTAMP> {};
template <>
struct Slot<TimeValue> : PlainSlot<TimeValue, DUCKDB_TYPE_TIME> {};

inline std::string_view ReadText(const void* data, idx_t row) {
  auto& text = const_cast<duckdb_string_t&>(static_cast<const duckdb_string_t*>(data)[row]);
  return {duckdb_string_t_data(&text), duckdb_string_t_length(text)};
}

template <>
struct Slot<std::string_view> {
  static duckdb_logical_type Type() { return duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR); }
  static std::string_view Read(const void* data, idx_t row) { return ReadText(data, row); }
};
template <>
struct Slot<BytesView> {
  static duckdb_logical_type Type() { return duckdb_create_logical_type(DUCKDB_TYPE_BLOB); }
  static BytesView Read(const void* data, idx_t row) { return {ReadText(data, row)}; }
};
template <>
struct Slot<std::string> {
  static duckdb_logical_type Type() { return duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR); }
  static void Write(duckdb_vector vector, idx_t row, const std::string& text) {
    duckdb_vector_assign_string_element_len(vector, row, text.data(), text.size());
  }
};
template <>
struct Slot<Bytes> {
  static duckdb_logical_type Type() { return duckdb_create_logical_type(DUCKDB_TYPE_BLOB); }
  static void Write(duckdb_vector vector, idx_t row, const Bytes& bytes) {
    duckdb_vector_assign_string_element_len(vector, row, bytes.bytes.data(), bytes.bytes.size());
  }
};
template <>
struct Slot<Numeric> {
  static duckdb_logical_type Type() { return duckdb_create_decimal_type(38, 9); }
  static Numeric Read(const void* data, idx_t row) {
    const auto& huge = static_cast<const duckdb_hugeint*>(data)[row];
    return {static_cast<Int128>((static_cast<UInt128>(static_cast<uint64_t>(huge.upper)) << 64U) | huge.lower)};
  }
  static void Write(duckdb_vector vector, idx_t row, const Numeric& value) {
    const auto bits = static_cast<UInt128>(value.billionths);
    static_cast<duckdb_hugeint*>(duckdb_vector_get_data(vector))[row] = {
        static_cast<uint64_t>(bits), static_cast<int64_t>(static_cast<uint64_t>(bits >> 64U))};
  }
};
template <>
struct Slot<Huge> {
  static duckdb_logical_type Type() { return duckdb_create_logical_type(DUCKDB_TYPE_HUGEINT); }
  static void Write(duckdb_vector vector, idx_t row, const Huge& huge) { Slot<Numeric>::Write(vector, row, {huge.value}); }
};
template <>
struct Slot<analysis::IntervalValue> {
  static duckdb_logical_type Type() { return duckdb_create_logical_type(DUCKDB_TYPE_INTERVAL); }
  static analysis::IntervalValue Read(const void* data, idx_t row) {
    const auto& interval = static_cast<const duckdb_interval*>(data)[row];
    return {interval.months, interval.days, interval.micros};
  }
  static void Write(duckdb_vector vector, idx_t row, const analysis::IntervalValue& value) {
    static_cast<duckdb_interval*>(duckdb_vector_get_data(vector))[row] = {
        static_cast<int32_t>(value.months), static_cast<int32_t>(value.days), value.micros};
  }
};
template <>
struct Slot<TextList> {
  static duckdb_logical_type Type() {
    duckdb_logical_type element = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
    duckdb_logical_type list = duckdb_create_list_type(element);
    duckdb_destroy_logical_type(&element);
    return list;
  }
  static void Write(duckdb_vector vector, idx_t row, const TextList& texts) {
    const idx_t begin = duckdb_list_vector_get_size(vector);
    duckdb_list_vector_reserve(vector, begin + texts.size());
    duckdb_list_vector_set_size(vector, begin + texts.size());
    duckdb_vector child = duckdb_list_vector_get_child(vector);
    for (size_t i = 0; i < texts.size(); ++i) Slot<std::string>::Write(child, begin + i, texts[i]);
    static_cast<duckdb_list_entry*>(duckdb_vector_get_data(vector))[row] = {begin, texts.size()};
  }
};

// One value of an argument, which may be NULL.
struct Cell {
  duckdb_vector vector = nullptr;
  idx_t row = 0;

  bool IsNull() const {
    uint64_t* valid = duckdb_vector_get_validity(vector);
    return valid != nullptr && !duckdb_validity_row_is_valid(valid, row);
  }
  std::string_view Text() const { return ReadText(duckdb_vector_get_data(vector), row); }  // VARCHAR, BLOB
  template <typename T>
  T Plain() const {
    return static_cast<const T*>(duckdb_vector_get_data(vector))[row];
  }
};
using Cells = std::vector<Cell>;

class Registrar {
 public:
  explicit Registrar(duckdb_connection connection) : connection_(connection) {}

  // Registers `name` and `name`_safe. The first failure stays in status().
  template <typename R, typename... A>
  void Add(const char* name, Answer<R> (*function)(A...)) {
    AddOne<R, A...>(name, function, false);
    AddOne<R, A...>(std::string(name) + "_safe", function, true);
  }

  // The same, where `kQuick(arguments…, value)` finds the value of most arguments without an error; where it answers
  // false, `function` is asked. It stands in the loop over the rows itself, which is what makes it quick.
  template <auto kQuick, typename R, typename... A>
  void AddQuick(const char* name, Answer<R> (*function)(A...)) {
    AddOne<R, A...>(name, function, false, ExecuteQuick<kQuick, R, A...>);
    AddOne<R, A...>(std::string(name) + "_safe", function, true, ExecuteQuick<kQuick, R, A...>);
  }

  // A function of texts of any number.
  void AddVariadic(const char* name, Answer<std::string> (*function)(const std::vector<std::string_view>&));

  // A function of values of any number and type, with NULLs among them.
  template <typename R>
  void AddOverCells(const char* name, Answer<R> (*function)(const Cells&)) {
    for (const bool safe : {false, true}) {
      const std::string full_name = std::string(name) + (safe ? "_safe" : "");
      duckdb_scalar_function scalar = duckdb_create_scalar_function();
      duckdb_scalar_function_set_name(scalar, full_name.c_str());
      duckdb_logical_type any = duckdb_create_logical_type(DUCKDB_TYPE_ANY);
      duckdb_scalar_function_set_varargs(scalar, any);
      duckdb_destroy_logical_type(&any);
      duckdb_scalar_function_set_special_handling(scalar);
      duckdb_logical_type result = Slot<R>::Type();
      duckdb_scalar_function_set_return_type(scalar, result);
      duckdb_destroy_logical_type(&result);
      duckdb_scalar_function_set_extra_info(scalar, new OverCells<R>{function, safe},
                                            [](void* known) { delete static_cast<OverCells<R>*>(known); });
      duckdb_scalar_function_set_function(scalar, ExecuteOverCells<R>);
      Finish(scalar, full_name);
    }
  }

  const Status& status() const { return status_; }

 private:
  template <typename R, typename... A>
  struct Known {
    Answer<R> (*function)(A...);
    bool safe;
  };

  template <typename R, typename... A>
  void AddOne(const std::string& name, Answer<R> (*function)(A...), bool safe,
              duckdb_scalar_function_t execute = Execute<R, A...>) {
    duckdb_scalar_function scalar = duckdb_create_scalar_function();
    duckdb_scalar_function_set_name(scalar, name.c_str());
    const std::array<duckdb_logical_type, sizeof...(A)> parameters = {Slot<A>::Type()...};
    for (duckdb_logical_type type : parameters) {
      duckdb_scalar_function_add_parameter(scalar, type);
      duckdb_destroy_logical_type(&type);
    }
    duckdb_logical_type result = Slot<R>::Type();
    duckdb_scalar_function_set_return_type(scalar, result);
    duckdb_destroy_logical_type(&result);
    duckdb_scalar_function_set_extra_info(scalar, new Known<R, A...>{function, safe},
                                          [](void* known) { delete static_cast<Known<R, A...>*>(known); });
    duckdb_scalar_function_set_function(scalar, execute);
    Finish(scalar, name);
  }

  template <typename R>
  struct OverCells {
    Answer<R> (*function)(const Cells&);
    bool safe;
  };

  template <typename R>
  static void ExecuteOverCells(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    const auto& known = *static_cast<const OverCells<R>*>(duckdb_scalar_function_get_extra_info(info));
    Cells cells(duckdb_data_chunk_get_column_count(input));
    for (size_t i = 0; i < cells.size(); ++i) cells[i].vector = duckdb_data_chunk_get_vector(input, i);
    duckdb_vector_ensure_validity_writable(output);
    uint64_t* out_valid = duckdb_vector_get_validity(output);
    const idx_t rows = duckdb_data_chunk_get_size(input);
    for (idx_t row = 0; row < rows; ++row) {
      for (Cell& cell : cells) cell.row = row;
      Answer<R> answer = known.function(cells);
      if (answer.error != nullptr && !known.safe) {
        duckdb_scalar_function_set_error(info, answer.error->c_str());
        return;
      }
      if (answer.is_null) {
        duckdb_validity_set_row_invalid(out_valid, row);
      } else {
        Slot<R>::Write(output, row, answer.value);
      }
    }
  }

  void Finish(duckdb_scalar_function scalar, const std::string& name);

  template <typename R, typename... A>
  static void Execute(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    const auto& known = *static_cast<const Known<R, A...>*>(duckdb_scalar_function_get_extra_info(info));
    Run<R, A...>(known, info, input, output, std::index_sequence_for<A...>());
  }

  template <auto kQuick, typename R, typename... A>
  static void ExecuteQuick(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    if (!RunQuick<kQuick, R, A...>(input, output, std::index_sequence_for<A...>())) Execute<R, A...>(info, input, output);
  }
  // False where some row has a NULL or no quick value: then nothing is answered yet.
  template <auto kQuick, typename R, typename... A, size_t... I>
  static bool RunQuick(duckdb_data_chunk input, duckdb_vector output, std::index_sequence<I...>) {
    const std::array<duckdb_vector, sizeof...(A)> vectors = {duckdb_data_chunk_get_vector(input, I)...};
    const idx_t rows = duckdb_data_chunk_get_size(input);
    if (!(HasNoNull(duckdb_vector_get_validity(vectors[I]), rows) && ...)) return false;
    const std::array<const void*, sizeof...(A)> data = {duckdb_vector_get_data(vectors[I])...};
    R* values = static_cast<R*>(duckdb_vector_get_data(output));
    bool all_quick = true;
    for (idx_t row = 0; row < rows; ++row) all_quick &= kQuick(Slot<A>::Read(data[I], row)..., values[row]);
    return all_quick;
  }
  static bool HasNoNull(const uint64_t* valid, idx_t rows) {
    if (valid == nullptr) return true;
    constexpr idx_t kBits = 64;
    for (idx_t row = 0; row < rows; row += kBits) {
      const uint64_t meant = rows - row >= kBits ? ~uint64_t{0} : (uint64_t{1} << (rows - row)) - 1;
      if ((valid[row / kBits] & meant) != meant) return false;
    }
    return true;
  }

  template <typename R, typename... A, size_t... I>
  static void Run(const Known<R, A...>& known, duckdb_function_info info, duckdb_data_chunk input,
                  duckdb_vector output, std::index_sequence<I...>) {
    constexpr size_t kCount = sizeof...(A);
    const idx_t rows = duckdb_data_chunk_get_size(input);
    std::array<const void*, kCount> data;
    std::array<uint64_t*, kCount> valid;
    for (size_t i = 0; i < kCount; ++i) {
      duckdb_vector vector = duckdb_data_chunk_get_vector(input, i);
      data[i] = duckdb_vector_get_data(vector);
      valid[i] = duckdb_vector_get_validity(vector);
    }
    uint64_t* out_valid = nullptr;
    const auto set_null = [&](idx_t row) {
      if (out_valid == nullptr) {
        duckdb_vector_ensure_validity_writable(output);
        out_valid = duckdb_vector_get_validity(output);
      }
      duckdb_validity_set_row_invalid(out_valid, row);
      if constexpr (requires { Slot<R>::WriteNull(output, row); }) Slot<R>::WriteNull(output, row);
    };
    for (idx_t row = 0; row < rows; ++row) {
      const bool all_there = ((valid[I] == nullptr || duckdb_validity_row_is_valid(valid[I], row)) && ...);
      if (!all_there) {
        set_null(row);
        continue;
      }
      Answer<R> answer = known.function(Slot<A>::Read(data[I], row)...);
      if (answer.error != nullptr && !known.safe) {
        duckdb_scalar_function_set_error(info, answer.error->c_str());
        return;
      }
      if (answer.is_null) {
        set_null(row);
      } else {
        Slot<R>::Write(output, row, answer.value);
      }
    }
  }

  duckdb_connection connection_;
  Status status_;
};

// The families; runtime_*.cc each hold one.
void AddArithmetic(Registrar& registrar);
void AddNumeric(Registrar& registrar);
void AddBigNumeric(Registrar& registrar);
void AddDecimalFunctions(Registrar& registrar);
void AddPercentiles(Registrar& registrar);
void AddCasts(Registrar& registrar);
void AddStrings(Registrar& registrar);
void AddBytes(Registrar& registrar);
void AddBits(Registrar& registrar);
void AddHashes(Registrar& registrar);
void AddNet(Registrar& registrar);
void AddRangeBucket(Registrar& registrar);
void AddRegexps(Registrar& registrar);
void AddDates(Registrar& registrar);
void AddIntervals(Registrar& registrar);
void AddRanges(Registrar& registrar);
void AddCastFormats(Registrar& registrar);
void AddFormats(Registrar& registrar);
void AddFormat(Registrar& registrar);
void AddJson(Registrar& registrar);
void AddJsonCasts(Registrar& registrar);
void AddJsonEdits(Registrar& registrar);
void AddCodePoints(Registrar& registrar);
void AddLike(Registrar& registrar);
void AddSearch(Registrar& registrar);
void AddSeries(Registrar& registrar);
void AddFrames(Registrar& registrar);
void AddVectors(Registrar& registrar);
void AddCollation(Registrar& registrar);
void AddPublicSuffix(Registrar& registrar);
void AddJsonContains(Registrar& registrar);

}  // namespace casebook::engines
