// Value: a constant of a query, as the resolver knows it.
//
// Scalars only: constant arrays and structs are trees of constructors over scalars (resolved.h).
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "schema/type.h"

namespace casebook::analysis {

// A span of time in its three parts, which do not convert into one another.
struct IntervalValue {
  int64_t months = 0;
  int64_t days = 0;
  int64_t micros = 0;
  auto operator<=>(const IntervalValue&) const = default;
};

struct Value {
  // By type: BOOL bool; INT64 int64_t; FLOAT64 double; STRING, BYTES string; NUMERIC, BIGNUMERIC and JSON
  // their text; DATE days since 1970, DATETIME, TIMESTAMP and TIME microseconds as int64_t; INTERVAL
  // IntervalValue. monostate is NULL.
  using Data = std::variant<std::monostate, bool, int64_t, double, std::string, IntervalValue>;

  Type type;
  Data data;

  bool is_null() const { return std::holds_alternative<std::monostate>(data); }
  int64_t integer() const { return std::get<int64_t>(data); }
  const std::string& text() const { return std::get<std::string>(data); }
  bool operator==(const Value& other) const { return type == other.type && data == other.data; }
};

}  // namespace casebook::analysis
