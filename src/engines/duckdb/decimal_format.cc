#include "engines/duckdb/decimal_format.h"

#include <algorithm>
#include <cstdlib>

namespace casebook::engines {
namespace {

// `decimal` with `count` digits at the most, which may be none or fewer than none.
Decimal Rounded(Decimal decimal, int64_t count) {
  if (count >= static_cast<int64_t>(decimal.digits.size())) return decimal;
  if (count < 0) return {decimal.negative, "", 0};
  const bool up = decimal.digits[static_cast<size_t>(count)] >= '5';
  decimal.digits.resize(static_cast<size_t>(count));
  if (up) {
    size_t i = decimal.digits.size();
    while (i > 0 && decimal.digits[i - 1] == '9') decimal.digits[--i] = '0';
    if (i > 0) {
      ++decimal.digits[i - 1];
    } else {
      decimal.digits.insert(0, "1");
      ++decimal.power;
    }
  }
  decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
  return decimal;
}

// `count` digits from place `begin` on; places before and behind the digits are 0.
std::string Places(const Decimal& decimal, int64_t begin, int64_t count) {
  std::string text;
  for (int64_t i = begin; i < begin + count; ++i) {
    text += i >= 0 && i < static_cast<int64_t>(decimal.digits.size()) ? decimal.digits[static_cast<size_t>(i)] : '0';
  }
  return text;
}

void DropZeros(std::string& text) {
  if (text.find('.') == std::string::npos) return;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
}

std::string Mantissa(const Decimal& decimal, int precision, bool alternate) {
  const std::string point = precision > 0 || alternate ? "." : "";
  return Places(decimal, 0, 1) + point + Places(decimal, 1, precision);
}

std::string Power(int64_t power, bool upper) {
  const std::string digits = std::to_string(std::abs(power));
  return std::string(1, upper ? 'E' : 'e') + (power < 0 ? "-" : "+") + (digits.size() < 2 ? "0" : "") + digits;
}

int64_t Exponent(const Decimal& decimal) { return decimal.digits.empty() ? 0 : decimal.power - 1; }

}  // namespace

std::string FixedText(const Decimal& decimal, int precision, bool alternate) {
  const Decimal rounded = Rounded(decimal, decimal.power + precision);
  const int64_t whole = rounded.digits.empty() ? 0 : std::max<int64_t>(rounded.power, 0);
  const int64_t point_place = rounded.digits.empty() ? 0 : rounded.power;
  std::string text = whole == 0 ? "0" : Places(rounded, 0, whole);
  if (precision > 0 || alternate) text += '.';
  return text + Places(rounded, point_place, precision);
}

std::string ExponentText(const Decimal& decimal, int precision, bool alternate, bool upper) {
  const Decimal rounded = Rounded(decimal, precision + 1);
  return Mantissa(rounded, precision, alternate) + Power(Exponent(rounded), upper);
}

std::string GeneralText(const Decimal& decimal, int precision, bool alternate, bool upper) {
  const int digits = std::max(precision, 1);
  const Decimal rounded = Rounded(decimal, digits);
  const int64_t exponent = Exponent(rounded);
  if (exponent >= -4 && exponent < digits) {
    std::string text = FixedText(rounded, digits - 1 - static_cast<int>(exponent), alternate);
    if (!alternate) DropZeros(text);
    return text;
  }
  std::string mantissa = Mantissa(rounded, digits - 1, alternate);
  if (!alternate) DropZeros(mantissa);
  return mantissa + Power(exponent, upper);
}

}  // namespace casebook::engines
