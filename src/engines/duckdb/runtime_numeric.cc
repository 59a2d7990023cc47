// NUMERIC: 29 digits before the point and 9 after it, rounded half away from zero.
#include <optional>
#include <string>
#include <string_view>

#include "engines/duckdb/numeric.h"

namespace casebook::engines {
namespace {

Int128 Magnitude(Int128 value) { return value < 0 ? -value : value; }

Answer<Numeric> InRange(Int128 value) {
  if (Magnitude(value) > kMaxNumeric) return Answer<Numeric>::Fail("numeric overflow");
  return Numeric{value};
}

// Two halves of a product of 256 bits.
struct Wide {
  UInt128 high = 0;
  UInt128 low = 0;
};

Wide Product(UInt128 a, UInt128 b) {
  const UInt128 mask = ~uint64_t{0};
  const UInt128 a0 = a & mask;
  const UInt128 a1 = a >> 64U;
  const UInt128 b0 = b & mask;
  const UInt128 b1 = b >> 64U;
  const UInt128 low = a0 * b0;
  const UInt128 middle = a1 * b0 + (low >> 64U);
  const UInt128 other = a0 * b1 + (middle & mask);
  return {a1 * b1 + (middle >> 64U) + (other >> 64U), (other << 64U) | (low & mask)};
}

// The quotient rounded half away from zero, or nullopt where it needs more than 127 bits.
std::optional<UInt128> RoundedQuotient(Wide dividend, UInt128 divisor) {
  if (dividend.high >= divisor) return std::nullopt;
  UInt128 remainder = dividend.high;
  UInt128 quotient = 0;
  for (int bit = 127; bit >= 0; --bit) {
    const bool carry = (remainder >> 127U) != 0;
    remainder = (remainder << 1U) | ((dividend.low >> static_cast<unsigned>(bit)) & 1U);
    quotient <<= 1U;
    if (carry || remainder >= divisor) {
      remainder -= divisor;
      quotient |= 1U;
    }
  }
  if (remainder >= divisor - remainder) ++quotient;
  if ((quotient >> 127U) != 0) return std::nullopt;
  return quotient;
}

Answer<Numeric> WithSign(std::optional<UInt128> magnitude, bool negative) {
  if (!magnitude) return Answer<Numeric>::Fail("numeric overflow");
  const auto value = static_cast<Int128>(*magnitude);
  return InRange(negative ? -value : value);
}

Answer<Numeric> Add(Numeric a, Numeric b) {
  Int128 sum = 0;
  if (__builtin_add_overflow(a.billionths, b.billionths, &sum)) return Answer<Numeric>::Fail("numeric overflow");
  return InRange(sum);
}
Answer<Numeric> Subtract(Numeric a, Numeric b) { return Add(a, Numeric{-b.billionths}); }
Answer<Numeric> Multiply(Numeric a, Numeric b) {
  const Wide product = Product(static_cast<UInt128>(Magnitude(a.billionths)), static_cast<UInt128>(Magnitude(b.billionths)));
  return WithSign(RoundedQuotient(product, static_cast<UInt128>(kNumericOne)), (a.billionths < 0) != (b.billionths < 0));
}
Answer<Numeric> Divide(Numeric a, Numeric b) {
  if (b.billionths == 0) return Answer<Numeric>::Fail("division by zero");
  const Wide dividend = Product(static_cast<UInt128>(Magnitude(a.billionths)), static_cast<UInt128>(kNumericOne));
  return WithSign(RoundedQuotient(dividend, static_cast<UInt128>(Magnitude(b.billionths))),
                  (a.billionths < 0) != (b.billionths < 0));
}
Answer<Numeric> Div(Numeric a, Numeric b) {
  if (b.billionths == 0) return Answer<Numeric>::Fail("division by zero");
  const Int128 quotient = a.billionths / b.billionths;
  if (Magnitude(quotient) > kMaxNumeric / kNumericOne) return Answer<Numeric>::Fail("numeric overflow");
  return InRange(quotient * kNumericOne);
}
Answer<Numeric> Mod(Numeric a, Numeric b) {
  if (b.billionths == 0) return Answer<Numeric>::Fail("division by zero");
  return Numeric{a.billionths % b.billionths};
}

// 10^(9-digits), or 0 where nothing is left of any number.
Int128 UnitOf(int64_t digits) {
  if (digits < -29) return 0;
  Int128 unit = 1;
  for (int64_t i = digits; i < 9; ++i) unit *= 10;
  return unit;
}
Answer<Numeric> Round(Numeric a, int64_t digits) {
  if (digits >= 9) return a;
  const Int128 unit = UnitOf(digits);
  if (unit == 0) return Numeric{0};
  Int128 rest = a.billionths % unit;
  const Int128 whole = a.billionths - rest;
  if (rest < 0) rest = -rest;
  if (rest < unit - rest) return Numeric{whole};
  return InRange(a.billionths < 0 ? whole - unit : whole + unit);
}
// Halves go to the even neighbour.
Answer<Numeric> RoundHalfEven(Numeric a, int64_t digits) {
  if (digits >= 9) return a;
  const Int128 unit = UnitOf(digits);
  if (unit == 0) return Numeric{0};
  const Int128 rest = Magnitude(a.billionths % unit);
  const bool is_half = rest == unit - rest;
  const bool is_even = (a.billionths / unit) % 2 == 0;
  if (is_half && is_even) return Numeric{a.billionths - a.billionths % unit};
  return Round(a, digits);
}
Answer<Numeric> RoundAs(Numeric a, int64_t digits, std::string_view mode) {
  if (mode == "ROUND_HALF_AWAY_FROM_ZERO") return Round(a, digits);
  if (mode == "ROUND_HALF_EVEN") return RoundHalfEven(a, digits);
  return Answer<Numeric>::Fail("Invalid rounding mode: " + std::string(mode));
}

bool IsLess(Wide a, Wide b) { return a.high != b.high ? a.high < b.high : a.low < b.low; }

// The greatest number below `limit` whose `power` is not above `wanted`.
template <typename Power>
UInt128 LastNotAbove(Wide wanted, UInt128 limit, Power power) {
  UInt128 low = 0;
  UInt128 high = limit;
  while (low + 1 < high) {
    const UInt128 middle = low + (high - low) / 2;
    (IsLess(wanted, power(middle)) ? high : low) = middle;
  }
  return low;
}
// Twice the root is sought, so that its last bit says which way to round.
Answer<Numeric> Sqrt(Numeric a) {
  if (a.billionths < 0) return Answer<Numeric>::Fail("SQRT is undefined for a negative value");
  const Wide wanted = Product(static_cast<UInt128>(a.billionths), static_cast<UInt128>(kNumericOne) * 4);
  const UInt128 twice = LastNotAbove(wanted, UInt128{1} << 80U, [](UInt128 root) { return Product(root, root); });
  return Numeric{static_cast<Int128>((twice + 1) / 2)};
}
Answer<Numeric> Cbrt(Numeric a) {
  const UInt128 scale = static_cast<UInt128>(kNumericOne) * static_cast<UInt128>(kNumericOne) * 8;
  const Wide wanted = Product(static_cast<UInt128>(Magnitude(a.billionths)), scale);
  const UInt128 twice =
      LastNotAbove(wanted, UInt128{1} << 64U, [](UInt128 root) { return Product(root * root, root); });
  const auto root = static_cast<Int128>((twice + 1) / 2);
  return Numeric{a.billionths < 0 ? -root : root};
}

Answer<Numeric> Trunc(Numeric a, int64_t digits) {
  if (digits >= 9) return a;
  const Int128 unit = UnitOf(digits);
  if (unit == 0) return Numeric{0};
  return Numeric{a.billionths - a.billionths % unit};
}
Answer<Numeric> Ceil(Numeric a) {
  const Int128 rest = a.billionths % kNumericOne;
  return InRange(a.billionths - rest + (rest > 0 ? kNumericOne : 0));
}
Answer<Numeric> Floor(Numeric a) {
  const Int128 rest = a.billionths % kNumericOne;
  return InRange(a.billionths - rest - (rest < 0 ? kNumericOne : 0));
}

}  // namespace

void AddNumeric(Registrar& registrar) {
  registrar.Add("gs_numeric_add", Add);
  registrar.Add("gs_numeric_subtract", Subtract);
  registrar.Add("gs_numeric_multiply", Multiply);
  registrar.Add("gs_numeric_divide", Divide);
  registrar.Add("gs_numeric_div", Div);
  registrar.Add("gs_numeric_mod", Mod);
  registrar.Add("gs_numeric_round", Round);
  registrar.Add("gs_numeric_round_as", RoundAs);
  registrar.Add("gs_numeric_sqrt", Sqrt);
  registrar.Add("gs_numeric_cbrt", Cbrt);
  registrar.Add("gs_numeric_trunc", Trunc);
  registrar.Add("gs_numeric_ceil", Ceil);
  registrar.Add("gs_numeric_floor", Floor);
}

}  // namespace casebook::engines
