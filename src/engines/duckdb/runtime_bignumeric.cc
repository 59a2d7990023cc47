// BIGNUMERIC: arithmetic, rounding, roots and casts. Rounded half away from zero at 38 digits after the point.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "engines/duckdb/bignumeric.h"
#include "engines/duckdb/numeric.h"

namespace casebook::engines {
namespace {

using Out = Answer<BigNumeric>;

Out Overflow(const std::string& what) { return Out::Fail("BIGNUMERIC overflow: " + what); }
Out Overflow(BigNumeric a, const char* sign, BigNumeric b) {
  return Overflow(BigNumericText(a) + sign + BigNumericText(b));
}
Out DivisionByZero(BigNumeric a) { return Out::Fail("division by zero: " + BigNumericText(a) + " / 0"); }

Out Add(BigNumeric a, BigNumeric b) {
  const Units sum = a.units + b.units;
  if (a.units.IsNegative() == b.units.IsNegative() && sum.IsNegative() != a.units.IsNegative()) return Overflow(a, " + ", b);
  return BigNumeric{sum};
}
Out Subtract(BigNumeric a, BigNumeric b) {
  const Units difference = a.units - b.units;
  if (a.units.IsNegative() != b.units.IsNegative() && difference.IsNegative() != a.units.IsNegative()) {
    return Overflow(a, " - ", b);
  }
  return BigNumeric{difference};
}
Out Multiply(BigNumeric a, BigNumeric b) {
  const auto product = Product(a.units.Magnitude(), b.units.Magnitude());
  const auto result = WithSign(RoundedQuotient(product, kBigOne.Resized<8>()), a.units.IsNegative() != b.units.IsNegative());
  if (!result) return Overflow(a, " * ", b);
  return *result;
}
Out Divide(BigNumeric a, BigNumeric b) {
  if (b.units.IsZero()) return DivisionByZero(a);
  const auto dividend = Product(a.units.Magnitude(), kBigOne.Resized<3>());
  const auto result = WithSign(RoundedQuotient(dividend, b.units.Magnitude().Resized<7>()),
                               a.units.IsNegative() != b.units.IsNegative());
  if (!result) return Overflow(a, " / ", b);
  return *result;
}
Out Negate(BigNumeric a) {
  const Units negated = a.units.Negated();
  if (a.units.IsNegative() && negated == a.units) return Overflow("-(" + BigNumericText(a) + ")");
  return BigNumeric{negated};
}
Out Abs(BigNumeric a) {
  if (!a.units.IsNegative()) return a;
  return Negate(a);
}
Out Sign(BigNumeric a) {
  if (a.units.IsZero()) return a;
  return BigNumeric{a.units.IsNegative() ? kBigOne.Negated() : kBigOne};
}
Out Div(BigNumeric a, BigNumeric b) {
  if (b.units.IsZero()) return DivisionByZero(a);
  const Units quotient = DivideWide(a.units.Magnitude(), b.units.Magnitude()).quotient;
  const auto result = WithSign(Product(quotient, kBigOne), a.units.IsNegative() != b.units.IsNegative());
  if (!result) return Overflow("DIV(" + BigNumericText(a) + ", " + BigNumericText(b) + ")");
  return *result;
}
Out Mod(BigNumeric a, BigNumeric b) {
  if (b.units.IsZero()) return Out::Fail("division by zero: MOD(" + BigNumericText(a) + ", 0)");
  const Units rest = DivideWide(a.units.Magnitude(), b.units.Magnitude()).remainder;
  return BigNumeric{a.units.IsNegative() ? rest.Negated() : rest};
}

// --- Rounding --------------------------------------------------------------------------------------

enum class Rounding { kToZero, kHalfAway, kHalfEven, kAway };

constexpr int64_t kDigitsBeforePoint = 39;

// To a multiple of 10^-digits.
Out RoundTo(BigNumeric a, int64_t digits, Rounding rounding) {
  constexpr auto kScale = static_cast<int64_t>(kBigScale);
  if (digits >= kScale) return a;
  if (digits < -kDigitsBeforePoint) return BigNumeric{};
  const auto unit = PowerOfTen<5>(static_cast<size_t>(kScale - digits));
  const auto parts = DivideWide(a.units.Magnitude().Resized<5>(), unit);
  const auto& rest = parts.remainder;
  const auto missing = unit - rest;
  bool up = false;
  switch (rounding) {
    case Rounding::kToZero: break;
    case Rounding::kHalfAway: up = rest >= missing; break;
    case Rounding::kHalfEven: up = rest > missing || (rest == missing && parts.quotient.Bit(0)); break;
    case Rounding::kAway: up = !rest.IsZero(); break;
  }
  WideUint<5> magnitude = a.units.Magnitude().Resized<5>() - rest;
  if (up) magnitude += unit;
  const auto result = WithSign(magnitude, a.units.IsNegative());
  if (!result) return Overflow("ROUND(" + BigNumericText(a) + ", " + std::to_string(digits) + ")");
  return *result;
}
Out Round(BigNumeric a, int64_t digits) { return RoundTo(a, digits, Rounding::kHalfAway); }
Out RoundAs(BigNumeric a, int64_t digits, std::string_view mode) {
  if (mode == "ROUND_HALF_AWAY_FROM_ZERO") return RoundTo(a, digits, Rounding::kHalfAway);
  if (mode == "ROUND_HALF_EVEN") return RoundTo(a, digits, Rounding::kHalfEven);
  return Out::Fail("Invalid rounding mode: " + std::string(mode));
}
Out Trunc(BigNumeric a, int64_t digits) { return RoundTo(a, digits, Rounding::kToZero); }
Out Ceil(BigNumeric a) { return RoundTo(a, 0, a.units.IsNegative() ? Rounding::kToZero : Rounding::kAway); }
Out Floor(BigNumeric a) { return RoundTo(a, 0, a.units.IsNegative() ? Rounding::kAway : Rounding::kToZero); }

// --- Roots -----------------------------------------------------------------------------------------

// The greatest number below 2^bits whose `power` is not above `wanted`.
template <size_t N, typename Power>
WideUint<N> LastNotAbove(const WideUint<N>& wanted, size_t bits, const Power& power) {
  WideUint<N> root;
  for (size_t bit = bits; bit-- > 0;) {
    WideUint<N> candidate = root;
    candidate += WideUint<N>(1) << bit;
    if (power(candidate) <= wanted) root = candidate;
  }
  return root;
}
// Twice the root is sought, so that its last bit says which way to round.
Out Sqrt(BigNumeric a) {
  if (a.units.IsNegative()) return Out::Fail("SQRT is undefined for a negative value");
  const auto wanted = Product(a.units, kBigOne.Resized<2>()) << 2;
  auto twice = LastNotAbove(wanted, 192, [](const WideUint<6>& root) {
    return Product(root.Resized<3>(), root.Resized<3>());
  });
  twice += 1;
  return BigNumeric{(twice >> 1).Resized<4>()};
}
Out Cbrt(BigNumeric a) {
  const auto scale = Product(kBigOne.Resized<2>(), kBigOne.Resized<2>());
  const auto wanted = Product(a.units.Magnitude(), scale).Resized<9>() << 3;
  auto twice = LastNotAbove(wanted, 172, [](const WideUint<9>& root) {
    return Product(Product(root.Resized<3>(), root.Resized<3>()), root.Resized<3>());
  });
  twice += 1;
  const auto root = WithSign(twice >> 1, a.units.IsNegative());
  return root ? Out(*root) : Overflow("CBRT(" + BigNumericText(a) + ")");
}

// --- Casts -----------------------------------------------------------------------------------------

Out OfInt(int64_t value) {
  const auto magnitude = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  Units units = kBigOne;
  units *= magnitude;
  return BigNumeric{value < 0 ? units.Negated() : units};
}
Out OfNumeric(Numeric value) {
  constexpr Units kStep = PowerOfTen<4>(kBigScale - 9);
  const bool negative = value.billionths < 0;
  const auto magnitude = static_cast<UInt128>(negative ? -value.billionths : value.billionths);
  const Units units = Product(WideUint<2>::FromWord2(magnitude), kStep.Resized<2>());
  return BigNumeric{negative ? units.Negated() : units};
}
// A float is a whole number of 53 bits times a power of two: exact until the last digit is rounded.
Out OfFloat(double value) {
  const auto out_of_range = [&] { return Out::Fail("BIGNUMERIC out of range: " + FloatText(value)); };
  if (!std::isfinite(value)) {
    return Out::Fail("Illegal conversion of non-finite floating point number to BIGNUMERIC: " + FloatText(value));
  }
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(value), &exponent);
  const auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53));
  exponent -= 53;
  WideUint<6> magnitude = kBigOne.Resized<6>();
  magnitude *= mantissa;
  if (exponent > 130) return out_of_range();
  if (exponent >= 0) {
    magnitude <<= static_cast<size_t>(exponent);
  } else if (exponent < -250) {
    magnitude = {};
  } else {
    magnitude >>= static_cast<size_t>(-exponent - 1);
    magnitude += 1;
    magnitude >>= 1;
  }
  const auto result = WithSign(magnitude, value < 0);
  return result ? Out(*result) : out_of_range();
}
Out OfText(std::string_view text) {
  const auto number = ReadBigNumeric(TrimmedText(text));
  if (!number) return Out::Fail("Invalid BIGNUMERIC value: " + std::string(text));
  return *number;
}
Answer<int64_t> ToInt(BigNumeric value) {
  const auto fail = [&] { return Answer<int64_t>::Fail("int64 out of range: " + BigNumericText(value)); };
  const Units whole = RoundedQuotient(value.units.Magnitude(), kBigOne);
  if (whole.BitLength() > 64) return fail();
  const uint64_t limit = uint64_t{1} << 63U;
  if (whole.words[0] > limit || (whole.words[0] == limit && !value.units.IsNegative())) return fail();
  return static_cast<int64_t>(value.units.IsNegative() ? 0 - whole.words[0] : whole.words[0]);
}
Answer<Numeric> ToNumeric(BigNumeric value) {
  const Units magnitude = RoundedQuotient(value.units.Magnitude(), PowerOfTen<4>(kBigScale - 9));
  const auto billionths = static_cast<Int128>((static_cast<UInt128>(magnitude.words[1]) << 64U) | magnitude.words[0]);
  if (magnitude.BitLength() > 127 || billionths > kMaxNumeric) {
    return Answer<Numeric>::Fail("numeric out of range: " + BigNumericText(value));
  }
  return Numeric{value.units.IsNegative() ? -billionths : billionths};
}
Answer<double> ToFloat(BigNumeric value) {
  const std::string text = BigNumericText(value);
  double result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}
Answer<std::string> ToText(BigNumeric value) { return BigNumericText(value); }

Out Parse(std::string_view text) {
  const auto written = PlainNumberText(text);
  const auto number = written ? ReadBigNumeric(*written) : std::nullopt;
  if (!number) return Out::Fail("Invalid input to PARSE_BIGNUMERIC: \"" + std::string(text) + "\"");
  return *number;
}

// --- BIGNUMERIC(P, S) and NUMERIC(P, S) ------------------------------------------------------------

// `NUMERIC(5, 2) has precision 5 and scale 2 but got a value that is not in range of [-999.99, 999.99]`.
std::string OutOfFit(const char* type, int64_t precision, int64_t scale) {
  std::string most(static_cast<size_t>(precision), '9');
  if (scale > 0) most.insert(static_cast<size_t>(precision - scale), precision == scale ? "0." : ".");
  const std::string parameters = std::to_string(precision) + (scale > 0 ? ", " + std::to_string(scale) : "");
  return std::string(type) + "(" + parameters + ") has precision " + std::to_string(precision) + " and scale " +
         std::to_string(scale) + " but got a value that is not in range of [-" + most + ", " + most + "]";
}

// Rounded to `scale` digits; more than `precision` - `scale` digits before the point are an error.
Out Fit(BigNumeric a, int64_t precision, int64_t scale) {
  const Out rounded = RoundTo(a, scale, Rounding::kHalfAway);
  constexpr auto kScale = static_cast<int64_t>(kBigScale);
  const int64_t digits = std::min(precision - scale + kScale, kScale + kDigitsBeforePoint);
  if (rounded.error != nullptr || rounded.value.units.Magnitude().Resized<5>() >= PowerOfTen<5>(static_cast<size_t>(digits))) {
    return Out::Fail(OutOfFit("BIGNUMERIC", precision, scale));
  }
  return rounded.value;
}
Answer<Numeric> FitNumeric(Numeric a, int64_t precision, int64_t scale) {
  const Out wide = Fit(OfNumeric(a).value, precision, scale);
  if (wide.error == nullptr) {
    auto narrow = ToNumeric(wide.value);
    if (narrow.error == nullptr) return narrow;
  }
  return Answer<Numeric>::Fail(OutOfFit("NUMERIC", precision, scale));
}

}  // namespace

void AddBigNumeric(Registrar& registrar) {
  registrar.Add("gs_bignumeric_add", Add);
  registrar.Add("gs_bignumeric_subtract", Subtract);
  registrar.Add("gs_bignumeric_multiply", Multiply);
  registrar.Add("gs_bignumeric_divide", Divide);
  registrar.Add("gs_bignumeric_negate", Negate);
  registrar.Add("gs_bignumeric_abs", Abs);
  registrar.Add("gs_bignumeric_sign", Sign);
  registrar.Add("gs_bignumeric_div", Div);
  registrar.Add("gs_bignumeric_mod", Mod);
  registrar.Add("gs_bignumeric_round", Round);
  registrar.Add("gs_bignumeric_round_as", RoundAs);
  registrar.Add("gs_bignumeric_trunc", Trunc);
  registrar.Add("gs_bignumeric_ceil", Ceil);
  registrar.Add("gs_bignumeric_floor", Floor);
  registrar.Add("gs_bignumeric_sqrt", Sqrt);
  registrar.Add("gs_bignumeric_cbrt", Cbrt);
  registrar.Add("gs_bignumeric_fit", Fit);
  registrar.Add("gs_numeric_fit", FitNumeric);
  registrar.Add("gs_int_to_bignumeric", OfInt);
  registrar.Add("gs_numeric_to_bignumeric", OfNumeric);
  registrar.Add("gs_float_to_bignumeric", OfFloat);
  registrar.Add("gs_text_to_bignumeric", OfText);
  registrar.Add("gs_bignumeric_to_int", ToInt);
  registrar.Add("gs_bignumeric_to_numeric", ToNumeric);
  registrar.Add("gs_bignumeric_to_float", ToFloat);
  registrar.Add("gs_bignumeric_to_text", ToText);
  registrar.Add("gs_parse_bignumeric", Parse);
}

}  // namespace casebook::engines
