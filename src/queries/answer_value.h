// AnswerValue: one value of an answer, free of the engine. AnswerColumn: name and type of its column.
//
// The type is not repeated in the value: whoever reads one has the column's Type beside it.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "schema/type.h"

namespace casebook {

struct AnswerColumn {
  std::string name;
  Type type;
};

// A span of time in its three parts, which do not convert into one another.
struct IntervalParts {
  int64_t months = 0;
  int64_t days = 0;
  int64_t micros = 0;
  bool operator==(const IntervalParts&) const = default;
};

struct AnswerValue {
  using List = std::vector<AnswerValue>;

  // By type: BOOL bool; INT64, DATE (days since 1970), TIMESTAMP, DATETIME and TIME (microseconds) int64_t;
  // FLOAT64 double; STRING, JSON, NUMERIC and BIGNUMERIC their text; BYTES the bytes; INTERVAL IntervalParts;
  // ARRAY its elements, STRUCT its fields, RANGE start and end (NULL: unbounded). monostate is NULL.
  std::variant<std::monostate, bool, int64_t, double, std::string, IntervalParts, List> data;

  AnswerValue() = default;
  template <typename T>
  requires(!std::is_same_v<std::remove_cvref_t<T>, AnswerValue>) AnswerValue(T&& value)
      : data(std::forward<T>(value)) {}  // NOLINT: implicit by design

  bool is_null() const { return std::holds_alternative<std::monostate>(data); }
  bool boolean() const { return std::get<bool>(data); }
  int64_t integer() const { return std::get<int64_t>(data); }
  double real() const { return std::get<double>(data); }
  const std::string& text() const { return std::get<std::string>(data); }
  const IntervalParts& interval() const { return std::get<IntervalParts>(data); }
  const List& list() const { return std::get<List>(data); }
  bool operator==(const AnswerValue& other) const = default;
};

}  // namespace casebook
