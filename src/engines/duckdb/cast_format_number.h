// CAST(number AS STRING FORMAT '…'): `$999,999.99`, `XXXX`, `9.99EEEE`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casebook::engines {

// A number on its way into a text. Exactly one of `decimal` and `real` counts.
struct NumberToFormat {
  std::string decimal;         // `-12.5`: INT64 and NUMERIC, which round half away from zero
  std::optional<double> real;  // FLOAT64, whose exact value is rounded half to even
};

// nullopt where the format is none, with the reason in `why`.
std::optional<std::string> FormatNumber(const NumberToFormat& number, std::string_view format, std::string& why);

}  // namespace casebook::engines
