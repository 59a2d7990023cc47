// EXP, LN, LOG, LOG10 and POW of NUMERIC and BIGNUMERIC.
#include <optional>
#include <string>

#include "engines/duckdb/bignumeric.h"
#include "engines/duckdb/numeric.h"
#include "engines/duckdb/wide_functions.h"

namespace casebook::engines {
namespace {

// What differs between the two types.
template <typename T>
struct Decimals;

template <>
struct Decimals<Numeric> {
  static constexpr size_t kScale = 9;
  static constexpr const char* kName = "numeric";
  static constexpr const char* kUpperName = "NUMERIC";
  static Decimal256 Of(Numeric value) {
    const bool negative = value.billionths < 0;
    return {negative, WideUint<4>::FromWord2(static_cast<UInt128>(negative ? -value.billionths : value.billionths))};
  }
  static std::optional<Numeric> From(const Decimal256& value) {
    if (value.magnitude.BitLength() > 127) return std::nullopt;
    const auto billionths = static_cast<Int128>((static_cast<UInt128>(value.magnitude.words[1]) << 64U) | value.magnitude.words[0]);
    if (billionths > kMaxNumeric) return std::nullopt;
    return Numeric{value.negative ? -billionths : billionths};
  }
  static std::string Text(Numeric value) { return NumericText(value); }
};

template <>
struct Decimals<BigNumeric> {
  static constexpr size_t kScale = kBigScale;
  static constexpr const char* kName = "BIGNUMERIC";
  static constexpr const char* kUpperName = "BIGNUMERIC";
  static Decimal256 Of(const BigNumeric& value) { return {value.units.IsNegative(), value.units.Magnitude()}; }
  static std::optional<BigNumeric> From(const Decimal256& value) { return WithSign(value.magnitude, value.negative); }
  static std::string Text(const BigNumeric& value) { return BigNumericText(value); }
};

template <typename T>
Answer<T> Answered(const std::optional<Decimal256>& value, const std::string& call) {
  const auto result = value ? Decimals<T>::From(*value) : std::nullopt;
  if (!result) return Answer<T>::Fail(std::string(Decimals<T>::kName) + " overflow: " + call);
  return *result;
}

bool IsPositive(const Decimal256& value) { return !value.negative && !value.magnitude.IsZero(); }

template <typename T>
Answer<T> Exp(T a) {
  return Answered<T>(ExpOf(Decimals<T>::Of(a), Decimals<T>::kScale), "EXP(" + Decimals<T>::Text(a) + ")");
}
template <typename T>
Answer<T> Undefined(const char* function, const std::string& call) {
  return Answer<T>::Fail(std::string(function) + " is undefined for zero or negative value: " + call);
}
template <typename T>
Answer<T> Ln(T a) {
  const std::string call = "LN(" + Decimals<T>::Text(a) + ")";
  const Decimal256 x = Decimals<T>::Of(a);
  if (!IsPositive(x)) return Undefined<T>("LN", call);
  return Answered<T>(LnOf(x, Decimals<T>::kScale), call);
}
template <typename T>
Answer<T> Log10(T a) {
  const std::string call = "LOG10(" + Decimals<T>::Text(a) + ")";
  const Decimal256 x = Decimals<T>::Of(a);
  if (!IsPositive(x)) return Undefined<T>("LOG10", call);
  return Answered<T>(Log10Of(x, Decimals<T>::kScale), call);
}
template <typename T>
Answer<T> Log(T a, T b) {
  const std::string call = "LOG(" + Decimals<T>::Text(a) + ", " + Decimals<T>::Text(b) + ")";
  const Decimal256 x = Decimals<T>::Of(a);
  const Decimal256 base = Decimals<T>::Of(b);
  if (!IsPositive(x) || !IsPositive(base) || base.magnitude == PowerOfTen<4>(Decimals<T>::kScale)) {
    return Answer<T>::Fail("LOG is undefined for zero or negative value, or when base equals 1: " + call);
  }
  return Answered<T>(LogOf(x, base, Decimals<T>::kScale), call);
}
template <typename T>
Answer<T> Pow(T a, T b) {
  constexpr size_t kScale = Decimals<T>::kScale;
  const std::string call = "POW(" + Decimals<T>::Text(a) + ", " + Decimals<T>::Text(b) + ")";
  const Decimal256 x = Decimals<T>::Of(a);
  const Decimal256 power = Decimals<T>::Of(b);
  const Decimal256 one{false, PowerOfTen<4>(kScale)};
  if (power.magnitude.IsZero()) return *Decimals<T>::From(one);
  if (x.magnitude.IsZero()) {
    if (power.negative) return Answer<T>::Fail("division by zero: " + call);
    return a;
  }
  if (x.negative && !DivideWide(power.magnitude, one.magnitude).remainder.IsZero()) {
    return Answer<T>::Fail("Negative " + std::string(Decimals<T>::kUpperName) +
                           " value cannot be raised to a fractional power: " + call);
  }
  return Answered<T>(PowOf(x, power, kScale), call);
}

}  // namespace

void AddDecimalFunctions(Registrar& registrar) {
  registrar.Add("gs_numeric_exp", Exp<Numeric>);
  registrar.Add("gs_numeric_ln", Ln<Numeric>);
  registrar.Add("gs_numeric_log10", Log10<Numeric>);
  registrar.Add("gs_numeric_log", Log<Numeric>);
  registrar.Add("gs_numeric_pow", Pow<Numeric>);
  registrar.Add("gs_bignumeric_exp", Exp<BigNumeric>);
  registrar.Add("gs_bignumeric_ln", Ln<BigNumeric>);
  registrar.Add("gs_bignumeric_log10", Log10<BigNumeric>);
  registrar.Add("gs_bignumeric_log", Log<BigNumeric>);
  registrar.Add("gs_bignumeric_pow", Pow<BigNumeric>);
}

}  // namespace casebook::engines
