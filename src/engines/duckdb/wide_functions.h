// EXP, LN, LOG, LOG10 and POW of decimals, to the last digit.
//
// Everything is computed with 512 bits behind the point, of which the answers need 127: no answer that is not a tie
// can come out on the wrong side. What is within 2^-200 units of a tie is one, and is rounded away from zero.
#pragma once

#include <optional>

#include "engines/duckdb/wide_uint.h"

namespace casebook::engines {

// A number of units of 10^-scale.
struct Decimal256 {
  bool negative = false;
  WideUint<4> magnitude;
};

// Answers are in units of the same `scale`; nullopt where 256 bits do not hold them.
std::optional<Decimal256> ExpOf(const Decimal256& x, size_t scale);
// `x` is greater than 0.
std::optional<Decimal256> LnOf(const Decimal256& x, size_t scale);
std::optional<Decimal256> Log10Of(const Decimal256& x, size_t scale);
// Both are greater than 0, and `base` is not 1.
std::optional<Decimal256> LogOf(const Decimal256& x, const Decimal256& base, size_t scale);
// `x` is not 0; where it is negative, `power` is whole.
std::optional<Decimal256> PowOf(const Decimal256& x, const Decimal256& power, size_t scale);

}  // namespace casebook::engines
