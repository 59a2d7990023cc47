// NUMERIC as a number of billionths, and as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {

inline constexpr Int128 kNumericOne = 1'000'000'000;
inline constexpr Int128 kMaxNumeric = [] {
  Int128 value = 1;
  for (int i = 0; i < 38; ++i) value *= 10;
  return value - 1;
}();

// As CAST writes it: `-12.5`.
std::string NumericText(Numeric value);
// nullopt where it is no number or out of range.
std::optional<Numeric> ReadNumeric(std::string_view text);
// `1e+20`, `0.1`: the shortest text that reads back as the same.
std::string FloatText(double value);

// Without white space around it.
std::string_view TrimmedText(std::string_view text);
// A number as people write it, with commas before the point and its sign on either side, as CAST reads it; nullopt
// where it is none.
std::optional<std::string> PlainNumberText(std::string_view text);

}  // namespace casebook::engines
