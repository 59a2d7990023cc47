#include "analysis/numeric_text.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace casebook::analysis {
namespace {

struct Digits {
  bool negative = false;
  std::string digits;  // without a point
  long point = 0;      // how many of them stand before the point
};

bool TakeDigits(std::string_view& text, std::string& digits) {
  const size_t before = digits.size();
  while (!text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0) {
    digits += text.front();
    text.remove_prefix(1);
  }
  return digits.size() > before;
}

std::optional<Digits> Split(std::string_view text) {
  Digits result;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    result.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  bool any = TakeDigits(text, result.digits);
  result.point = static_cast<long>(result.digits.size());
  if (text.starts_with(".")) {
    text.remove_prefix(1);
    any = TakeDigits(text, result.digits) || any;
  }
  if (!any) return std::nullopt;
  if (text.starts_with("e") || text.starts_with("E")) {
    text.remove_prefix(1);
    if (text.starts_with("+-")) return std::nullopt;
    if (text.starts_with("+")) text.remove_prefix(1);
    const long far = 10'000 + static_cast<long>(result.digits.size());
    long exponent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (error == std::errc::invalid_argument) return std::nullopt;
    if (error == std::errc::result_out_of_range) exponent = text.starts_with("-") ? -far : far;
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    result.point += std::clamp(exponent, -far, far);
  }
  if (!text.empty()) return std::nullopt;
  return result;
}

// Cuts behind the point to `scale` digits.
void Round(Digits& number, int scale) {
  const long keep = number.point + scale;
  if (keep >= static_cast<long>(number.digits.size())) return;
  if (keep < 0) {
    number.digits.clear();
    number.point = 0;
    return;
  }
  const bool up = number.digits[static_cast<size_t>(keep)] >= '5';
  number.digits.resize(static_cast<size_t>(keep));
  if (!up) return;
  size_t i = number.digits.size();
  while (i > 0 && number.digits[i - 1] == '9') number.digits[--i] = '0';
  if (i > 0) {
    ++number.digits[i - 1];
  } else {
    number.digits.insert(0, "1");
    ++number.point;
  }
}

}  // namespace

std::optional<std::string> CanonicalDecimal(std::string_view text, int digits, int scale) {
  auto number = Split(text);
  if (!number) return std::nullopt;
  Round(*number, scale);
  if (number->point < 0) {
    number->digits.insert(0, static_cast<size_t>(-number->point), '0');
    number->point = 0;
  }
  if (number->point > static_cast<long>(number->digits.size())) {
    if (number->digits.find_first_not_of('0') == std::string::npos) number->point = 0, number->digits.clear();
    else number->digits.append(static_cast<size_t>(number->point) - number->digits.size(), '0');
  }
  std::string whole = number->digits.substr(0, static_cast<size_t>(number->point));
  std::string fraction = number->digits.substr(static_cast<size_t>(number->point));
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  fraction.erase(fraction.find_last_not_of('0') + 1);
  if (whole.size() > static_cast<size_t>(digits)) return std::nullopt;
  if (whole.empty()) whole = "0";
  if (whole == "0" && fraction.empty()) return whole;
  return (number->negative ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

std::optional<std::string> CanonicalBigNumeric(std::string_view text) {
  constexpr std::string_view kGreatest = "578960446186580977117854925043439539266.34992332820282019728792003956564819967";
  constexpr std::string_view kLeast = "578960446186580977117854925043439539266.34992332820282019728792003956564819968";
  constexpr size_t kWhole = 39;
  auto number = CanonicalDecimal(text, static_cast<int>(kWhole), 38);
  if (!number) return std::nullopt;
  std::string_view magnitude = *number;
  const bool negative = magnitude.starts_with("-");
  if (negative) magnitude.remove_prefix(1);
  // Of as many digits before the point the order of the texts is that of the numbers.
  const bool is_long = std::min(magnitude.find('.'), magnitude.size()) == kWhole;
  if (is_long && magnitude > (negative ? kLeast : kGreatest)) return std::nullopt;
  return number;
}

}  // namespace casebook::analysis
