// Arithmetic that fails where GoogleSQL fails: overflow, division by zero, what no number answers.
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {
namespace {

std::string FloatText(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%g", value);
  return buffer;
}

Answer<int64_t> Overflow(int64_t a, const char* sign, int64_t b) {
  return Answer<int64_t>::Fail("int64 overflow: " + std::to_string(a) + sign + std::to_string(b));
}

bool QuickAdd(int64_t a, int64_t b, int64_t& value) { return !__builtin_add_overflow(a, b, &value); }
bool QuickSubtract(int64_t a, int64_t b, int64_t& value) { return !__builtin_sub_overflow(a, b, &value); }
bool QuickMultiply(int64_t a, int64_t b, int64_t& value) { return !__builtin_mul_overflow(a, b, &value); }

Answer<int64_t> Add(int64_t a, int64_t b) {
  int64_t result = 0;
  if (!QuickAdd(a, b, result)) return Overflow(a, " + ", b);
  return result;
}
Answer<int64_t> Subtract(int64_t a, int64_t b) {
  int64_t result = 0;
  if (!QuickSubtract(a, b, result)) return Overflow(a, " - ", b);
  return result;
}
Answer<int64_t> Multiply(int64_t a, int64_t b) {
  int64_t result = 0;
  if (!QuickMultiply(a, b, result)) return Overflow(a, " * ", b);
  return result;
}
Answer<int64_t> Negate(int64_t a) {
  if (a == std::numeric_limits<int64_t>::min()) return Answer<int64_t>::Fail("int64 overflow: -(" + std::to_string(a) + ")");
  return -a;
}
Answer<int64_t> Abs(int64_t a) {
  if (a < 0) return Negate(a);
  return a;
}
Answer<int64_t> Div(int64_t a, int64_t b) {
  if (b == 0) return Answer<int64_t>::Fail("division by zero: " + std::to_string(a) + " / 0");
  if (b == -1) return Negate(a);
  return a / b;
}
Answer<int64_t> Mod(int64_t a, int64_t b) {
  if (b == 0) return Answer<int64_t>::Fail("division by zero: MOD(" + std::to_string(a) + ", 0)");
  if (b == -1) return int64_t{0};
  return a % b;
}
Answer<int64_t> ShiftLeft(int64_t a, int64_t by) {
  if (by < 0) return Answer<int64_t>::Fail("Bitwise shift by negative offset.");
  if (by >= 64) return int64_t{0};
  return static_cast<int64_t>(static_cast<uint64_t>(a) << static_cast<unsigned>(by));
}
Answer<int64_t> ShiftRight(int64_t a, int64_t by) {
  if (by < 0) return Answer<int64_t>::Fail("Bitwise shift by negative offset.");
  if (by >= 64) return int64_t{0};
  return static_cast<int64_t>(static_cast<uint64_t>(a) >> static_cast<unsigned>(by));
}

// A result that is not finite although all operands are has overflowed.
Answer<double> Checked(double result, double a, const char* sign, double b) {
  if (std::isfinite(result) || !std::isfinite(a) || !std::isfinite(b)) return result;
  return Answer<double>::Fail("double overflow: " + FloatText(a) + sign + FloatText(b));
}
Answer<double> FloatAdd(double a, double b) { return Checked(a + b, a, " + ", b); }
Answer<double> FloatSubtract(double a, double b) { return Checked(a - b, a, " - ", b); }
Answer<double> FloatMultiply(double a, double b) { return Checked(a * b, a, " * ", b); }
Answer<double> Divide(double a, double b) {
  if (b == 0) return Answer<double>::Fail("division by zero: " + FloatText(a) + " / " + FloatText(b));
  return Checked(a / b, a, " / ", b);
}
// Finite results are sound whatever the operands are.
bool QuickFloatAdd(double a, double b, double& value) { return std::isfinite(value = a + b); }
bool QuickFloatSubtract(double a, double b, double& value) { return std::isfinite(value = a - b); }
bool QuickFloatMultiply(double a, double b, double& value) { return std::isfinite(value = a * b); }
bool QuickDivide(double a, double b, double& value) { return std::isfinite(value = a / b); }  // by 0 it is not

Answer<double> IeeeDivide(double a, double b) { return a / b; }

Answer<bool> FloatEq(double a, double b) { return a == b; }
Answer<bool> FloatNe(double a, double b) { return a != b; }
Answer<bool> FloatLt(double a, double b) { return a < b; }
Answer<bool> FloatLe(double a, double b) { return a <= b; }
Answer<bool> FloatGt(double a, double b) { return a > b; }
Answer<bool> FloatGe(double a, double b) { return a >= b; }

Answer<double> FloatSign(double a) {
  if (std::isnan(a)) return a;
  return a > 0 ? 1.0 : a < 0 ? -1.0 : 0.0;
}

// `value` of a function of `a`: not a number or not finite where `a` is, is an error.
Answer<double> Of(const char* name, double value, double a) {
  if (std::isfinite(value) || !std::isfinite(a)) return value;
  return Answer<double>::Fail("Floating point error in function: " + std::string(name) + "(" + FloatText(a) + ")");
}

Answer<double> Sqrt(double a) {
  if (a < 0) return Answer<double>::Fail("Argument to SQRT cannot be negative: " + FloatText(a));
  return std::sqrt(a);
}
Answer<double> Exp(double a) { return Of("EXP", std::exp(a), a); }
Answer<double> Ln(double a) { return Of("LN", std::log(a), a); }
Answer<double> Log10(double a) { return Of("LOG10", std::log10(a), a); }
// Errors are for finite operands only; with an infinity among them the answer is a limit, or NaN where there is none.
Answer<double> Log(double a, double base) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  if (std::isnan(a) || !std::isfinite(base) || a == -kInfinity) return kNan;
  if (a == kInfinity) return base <= 0 ? kNan : base < 1 ? -kInfinity : kInfinity;
  if (base <= 0 || base == 1 || a <= 0) {
    return Answer<double>::Fail("Floating point error in function: LOG(" + FloatText(a) + ", " + FloatText(base) + ")");
  }
  return std::log(a) / std::log(base);
}
Answer<double> Pow(double a, double b) {
  const double result = std::pow(a, b);
  const bool sound = std::isfinite(result) || !std::isfinite(a) || !std::isfinite(b);
  if (sound && !(std::isnan(result) && !std::isnan(a) && !std::isnan(b))) return result;
  return Answer<double>::Fail("Floating point error in function: POW(" + FloatText(a) + ", " + FloatText(b) + ")");
}

constexpr int64_t kMaxPlaces = 308 + 17;  // no FLOAT64 has digits further behind the point

long double PowerOfTenReal(int64_t exponent) {
  static const auto powers = [] {
    std::array<long double, kMaxPlaces + 1> all{};
    for (size_t i = 0; i < all.size(); ++i) all[i] = std::pow(10.0L, static_cast<long double>(i));
    return all;
  }();
  return powers[static_cast<size_t>(exponent)];
}

// Away from zero at halves; `digits` may be negative.
Answer<double> Round(double a, int64_t digits) {
  if (!std::isfinite(a)) return a;
  if (digits == 0) return std::round(a);
  if (digits > kMaxPlaces) return a;
  if (digits < -308) return 0.0 * a;
  if (digits > 0) {
    // Through decimal text: 1.005 is 1.00499999999999989… and rounds down.
    const long double scale = PowerOfTenReal(digits);
    const long double scaled = static_cast<long double>(a) * scale;
    if (!std::isfinite(scaled)) return a;
    return static_cast<double>(std::round(scaled) / scale);
  }
  const long double scale = PowerOfTenReal(-digits);
  const auto result = static_cast<double>(std::round(static_cast<long double>(a) / scale) * scale);
  if (std::isinf(result)) {
    return Answer<double>::Fail("Floating point error in function: ROUND(" + FloatText(a) + ", " + std::to_string(digits) + ")");
  }
  return result;
}
Answer<double> Trunc(double a, int64_t digits) {
  if (!std::isfinite(a) || digits > kMaxPlaces) return a;
  if (digits == 0) return std::trunc(a);
  if (digits < -308) return 0.0 * a;
  const long double scale = PowerOfTenReal(digits > 0 ? digits : -digits);
  const auto wide = static_cast<long double>(a);
  if (digits > 0) {
    const long double scaled = wide * scale;
    if (!std::isfinite(scaled)) return a;
    return static_cast<double>(std::trunc(scaled) / scale);
  }
  return static_cast<double>(std::trunc(wide / scale) * scale);
}

Answer<double> Cos(double a) { return Of("COS", std::cos(a), a); }
Answer<double> Sin(double a) { return Of("SIN", std::sin(a), a); }
Answer<double> Tan(double a) { return Of("TAN", std::tan(a), a); }
Answer<double> Cosh(double a) { return Of("COSH", std::cosh(a), a); }
Answer<double> Sinh(double a) { return Of("SINH", std::sinh(a), a); }
Answer<double> Tanh(double a) { return std::tanh(a); }
Answer<double> Acos(double a) { return Of("ACOS", std::acos(a), a); }
Answer<double> Asin(double a) { return Of("ASIN", std::asin(a), a); }
Answer<double> Atan(double a) { return std::atan(a); }
Answer<double> Acosh(double a) { return Of("ACOSH", std::acosh(a), a); }
Answer<double> Asinh(double a) { return std::asinh(a); }
Answer<double> Atanh(double a) { return Of("ATANH", std::atanh(a), a); }
Answer<double> Atan2(double a, double b) { return std::atan2(a, b); }
Answer<double> Cot(double a) { return Of("COT", 1 / std::tan(a), a); }
Answer<double> Coth(double a) { return Of("COTH", 1 / std::tanh(a), a); }
Answer<double> Csc(double a) { return Of("CSC", 1 / std::sin(a), a); }
Answer<double> Csch(double a) { return Of("CSCH", 1 / std::sinh(a), a); }
Answer<double> Sec(double a) { return Of("SEC", 1 / std::cos(a), a); }
Answer<double> Sech(double a) { return Of("SECH", 1 / std::cosh(a), a); }

Answer<double> CheckSum(double sum, bool had_infinity) {
  if (std::isfinite(sum) || had_infinity || std::isnan(sum)) return sum;
  return Answer<double>::Fail("double overflow in SUM");
}

// The place in DuckDB's list, which counts from 1, of an index that counts from 0 or 1.
Answer<int64_t> Offset(int64_t index, int64_t length) {
  if (index < 0 || index >= length) return Answer<int64_t>::Fail("Array index " + std::to_string(index) + " is out of bounds");
  return index + 1;
}
Answer<int64_t> Ordinal(int64_t index, int64_t length) {
  if (index < 1 || index > length) return Answer<int64_t>::Fail("Array index " + std::to_string(index) + " is out of bounds");
  return index;
}
Answer<int64_t> Positive(int64_t n, std::string_view function) {
  if (n <= 0) return Answer<int64_t>::Fail("The argument of " + std::string(function) + " must be greater than 0");
  return n;
}
Answer<int64_t> NotNegative(int64_t n, std::string_view function) {
  if (n < 0) return Answer<int64_t>::Fail("The offset of " + std::string(function) + " must not be negative");
  return n;
}
constexpr int64_t kMaxGenerated = 10'000'000;
Answer<int64_t> SeriesStart(int64_t start, int64_t end, int64_t step) {
  if (step == 0) return Answer<int64_t>::Fail("Sequence step cannot be 0.");
  const Int128 count = (static_cast<Int128>(end) - start) / step;
  if (count > kMaxGenerated) return Answer<int64_t>::Fail("GENERATE_ARRAY would make too many elements");
  return start;
}
Answer<int64_t> Step(int64_t step) {
  if (step == 0) return Answer<int64_t>::Fail("Sequence step cannot be 0.");
  return step;
}
Answer<int64_t> Error(std::string_view message) { return Answer<int64_t>::Fail(std::string(message)); }

}  // namespace

void AddArithmetic(Registrar& registrar) {
  registrar.AddQuick<QuickAdd>("gs_add", Add);
  registrar.AddQuick<QuickSubtract>("gs_subtract", Subtract);
  registrar.AddQuick<QuickMultiply>("gs_multiply", Multiply);
  registrar.Add("gs_negate", Negate);
  registrar.Add("gs_abs", Abs);
  registrar.Add("gs_div", Div);
  registrar.Add("gs_mod", Mod);
  registrar.Add("gs_shift_left", ShiftLeft);
  registrar.Add("gs_shift_right", ShiftRight);
  registrar.AddQuick<QuickFloatAdd>("gs_float_add", FloatAdd);
  registrar.AddQuick<QuickFloatSubtract>("gs_float_subtract", FloatSubtract);
  registrar.AddQuick<QuickFloatMultiply>("gs_float_multiply", FloatMultiply);
  registrar.AddQuick<QuickDivide>("gs_divide", Divide);
  registrar.Add("gs_ieee_divide", IeeeDivide);
  registrar.Add("gs_float_eq", FloatEq);
  registrar.Add("gs_float_ne", FloatNe);
  registrar.Add("gs_float_lt", FloatLt);
  registrar.Add("gs_float_le", FloatLe);
  registrar.Add("gs_float_gt", FloatGt);
  registrar.Add("gs_float_ge", FloatGe);
  registrar.Add("gs_float_sign", FloatSign);
  registrar.Add("gs_sqrt", Sqrt);
  registrar.Add("gs_exp", Exp);
  registrar.Add("gs_ln", Ln);
  registrar.Add("gs_log10", Log10);
  registrar.Add("gs_log", Log);
  registrar.Add("gs_pow", Pow);
  registrar.Add("gs_round", Round);
  registrar.Add("gs_trunc", Trunc);
  registrar.Add("gs_cos", Cos);
  registrar.Add("gs_sin", Sin);
  registrar.Add("gs_tan", Tan);
  registrar.Add("gs_cosh", Cosh);
  registrar.Add("gs_sinh", Sinh);
  registrar.Add("gs_tanh", Tanh);
  registrar.Add("gs_acos", Acos);
  registrar.Add("gs_asin", Asin);
  registrar.Add("gs_atan", Atan);
  registrar.Add("gs_acosh", Acosh);
  registrar.Add("gs_asinh", Asinh);
  registrar.Add("gs_atanh", Atanh);
  registrar.Add("gs_atan2", Atan2);
  registrar.Add("gs_cot", Cot);
  registrar.Add("gs_coth", Coth);
  registrar.Add("gs_csc", Csc);
  registrar.Add("gs_csch", Csch);
  registrar.Add("gs_sec", Sec);
  registrar.Add("gs_sech", Sech);
  registrar.Add("gs_check_sum", CheckSum);
  registrar.Add("gs_offset", Offset);
  registrar.Add("gs_ordinal", Ordinal);
  registrar.Add("gs_positive", Positive);
  registrar.Add("gs_not_negative", NotNegative);
  registrar.Add("gs_series_start", SeriesStart);
  registrar.Add("gs_step", Step);
  registrar.Add("gs_error", Error);
}

}  // namespace casebook::engines
