// NUMERIC and BIGNUMERIC as text: digits, read exactly and rounded half away from zero.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casebook::analysis {

// `-12.5e3` → `-12500`: at most `scale` digits after the point and `digits` before it; nullopt for anything else.
std::optional<std::string> CanonicalDecimal(std::string_view text, int digits, int scale);

inline std::optional<std::string> CanonicalNumeric(std::string_view text) { return CanonicalDecimal(text, 29, 9); }
// 38 digits after the point; its range is that of 256 bits with a sign.
std::optional<std::string> CanonicalBigNumeric(std::string_view text);

}  // namespace casebook::analysis
