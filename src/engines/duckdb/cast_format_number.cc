#include "engines/duckdb/cast_format_number.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "schema/table.h"

namespace casebook::engines {
namespace {

constexpr size_t kMaxHexDigits = 16;
constexpr size_t kRomanWidth = 15;
constexpr int kMaxRoman = 3999;

enum class SignPlace { kDefault, kLeading, kTrailing, kMinus, kBrackets };
enum class Notation { kDecimal, kExponent, kHex, kRoman, kMinimal, kMinimalExponent };

// A format, read.
struct NumberFormat {
  Notation notation = Notation::kDecimal;
  SignPlace sign = SignPlace::kDefault;
  std::string whole;       // `9`, `0`, `,` before the point; of kHex `0`, `X`, `x`
  std::string fraction;    // `9`, `0` behind it
  char point = 0;          // `.`, or `V`: digits behind it without a point
  std::string currency;
  bool blank_zero = false;  // B
  bool compact = false;     // FM
  char exponent = 'E';  // as it is written; of kRoman and the minimal ones a letter of theirs
};

size_t DigitPlaces(const std::string& elements) {
  return elements.size() - static_cast<size_t>(std::count(elements.begin(), elements.end(), ','));
}

// Reads a format from its front.
class FormatReader {
 public:
  explicit FormatReader(std::string_view text) : text_(text) {}

  bool Read(NumberFormat& format, std::string& why) {
    format_ = &format;
    while (!text_.empty()) {
      const std::string fault = Element();
      if (!fault.empty()) {
        why = "Error in format string: " + fault;
        return false;
      }
    }
    const std::string fault = Whole();
    if (!fault.empty()) why = "Error in format string: " + fault;
    return fault.empty();
  }

 private:
  bool Take(std::string_view word) {
    if (!EqualIgnoringCase(text_.substr(0, word.size()), word)) return false;
    taken_ = text_.substr(0, word.size());
    text_.remove_prefix(word.size());
    ++elements_;
    return true;
  }

  std::string Element() {
    for (const std::string_view word : {"TM9", "TME", "TM", "RN"}) {
      if (Take(word)) return Alone(word);
    }
    if (Take("EEEE")) return Exponent();
    if (Take("FM")) {
      --elements_;
      if (format_->compact) return "'FM' cannot be repeated";
      format_->compact = true;
      return {};
    }
    if (Take("MI")) return TrailingSign(SignPlace::kMinus);
    if (Take("PR")) return TrailingSign(SignPlace::kBrackets);
    if (Take("S")) return Sign();
    if (Take("$") || Take("L") || Take("C")) return Currency();
    if (Take("B")) {
      if (format_->blank_zero) return "There can be at most one 'B'";
      format_->blank_zero = true;
      return {};
    }
    if (Take(".") || Take("D")) return Point('.');
    if (Take("V")) return Point('V');
    if (Take(",") || Take("G")) return Separator();
    if (Take("9") || Take("0") || Take("X")) return Digit();
    return "Invalid format element '" + std::string(1, text_.front()) + "'";
  }

  std::string Alone(std::string_view word) {
    alone_ = true;
    format_->exponent = word == "RN" ? taken_.front() : taken_.back();
    format_->notation = word == "RN"    ? Notation::kRoman
                        : word == "TME" ? Notation::kMinimalExponent
                                        : Notation::kMinimal;
    return {};
  }
  std::string Exponent() {
    if (!Started()) return "Unexpected 'EEEE'";
    if (has_exponent_) return "'EEEE' cannot appear after 'EEEE'";
    if (sign_behind_) return "'S' can only appear before or after all digits and 'EEEE'";
    has_exponent_ = true;
    format_->exponent = taken_.front();
    return {};
  }
  std::string TrailingSign(SignPlace sign) {
    if (format_->sign != SignPlace::kDefault) return "There can be at most one of 'S', 'MI', or 'PR'";
    if (!Started()) return "'MI' and 'PR' can only appear after all digits and 'EEEE'";
    format_->sign = sign;
    sign_behind_ = true;
    return {};
  }
  std::string Sign() {
    if (format_->sign != SignPlace::kDefault) return "There can be at most one of 'S', 'MI', or 'PR'";
    sign_behind_ = Started();
    format_->sign = sign_behind_ ? SignPlace::kTrailing : SignPlace::kLeading;
    return {};
  }
  std::string Currency() {
    if (!format_->currency.empty()) return "There can be at most one of '$', 'C' or 'L'";
    format_->currency = taken_ == "C" ? "USD" : taken_ == "c" ? "usd" : "$";
    return {};
  }
  std::string Point(char point) {
    if (const std::string fault = Misplaced(); !fault.empty()) return fault;
    if (format_->point != 0) return "There can be at most one of '.', 'D', or 'V'";
    format_->point = point;
    return {};
  }
  std::string Separator() {
    if (const std::string fault = Misplaced(); !fault.empty()) return fault;
    if (format_->point != 0) return "',' or 'G' cannot appear after '.', 'D' or 'V'";
    if (format_->whole.empty() && format_->sign != SignPlace::kLeading) return "Unexpected ','";
    format_->whole += ',';
    return {};
  }
  std::string Digit() {
    if (const std::string fault = Misplaced(); !fault.empty()) return fault;
    has_hex_ = has_hex_ || taken_ == "X" || taken_ == "x";
    has_nine_ = has_nine_ || taken_ == "9";
    has_digit_ = true;
    (format_->point == 0 ? format_->whole : format_->fraction) += taken_;
    return {};
  }
  std::string Misplaced() const {
    if (has_exponent_) return "'" + std::string(taken_) + "' cannot appear after 'EEEE'";
    if (sign_behind_) return "'S', 'MI' and 'PR' can only appear before or after all digits and 'EEEE'";
    return {};
  }
  bool Started() const { return has_digit_ || format_->point != 0; }

  // What only the whole format shows.
  std::string Whole() {
    if (alone_) return elements_ == 1 ? "" : "'TM', 'TM9', 'TME' and 'RN' cannot be combined with other format elements";
    if (!has_digit_) return "Format string must contain at least one of 'X', '0' or '9'";
    const bool has_separator = format_->whole.find(',') != std::string::npos;
    if (has_hex_) {
      const bool others = has_nine_ || has_separator || has_exponent_ || format_->point != 0 ||
                          !format_->currency.empty() || format_->blank_zero;
      if (others) return "'X' can only appear together with '0', 'FM', 'S', 'MI' and 'PR'";
      if (format_->whole.size() > kMaxHexDigits) return "Max number of 'X' is 16";
      format_->notation = Notation::kHex;
    }
    if (has_exponent_) {
      if (has_separator) return "',' or 'G' cannot appear together with 'EEEE'";
      format_->notation = Notation::kExponent;
    }
    return {};
  }

  std::string_view text_;
  std::string_view taken_;
  NumberFormat* format_ = nullptr;
  size_t elements_ = 0;
  bool alone_ = false;
  bool has_digit_ = false;
  bool has_hex_ = false;
  bool has_nine_ = false;
  bool has_exponent_ = false;
  bool sign_behind_ = false;
};

// --- Digits ----------------------------------------------------------------------------------------

// A number as digits: whole and fraction, of kExponent also the exponent.
struct Digits {
  std::string whole;  // without leading zeros: empty for 0
  std::string fraction;
  int exponent = 0;
};

bool IsNegative(const NumberToFormat& number) {
  return number.real ? *number.real < 0 : number.decimal.starts_with("-");
}

std::string Printed(const char* format, size_t places, double value) {
  std::string text(places + 400, '\0');
  const int n = std::snprintf(text.data(), text.size(), format, static_cast<int>(places), value);
  text.resize(static_cast<size_t>(n));
  return text;
}

void DropLeadingZeros(std::string& digits) { digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size())); }

// Adds 1 to the last digit.
void RoundUp(std::string& digits) {
  for (size_t i = digits.size(); i-- > 0;) {
    if (digits[i] != '9') {
      ++digits[i];
      return;
    }
    digits[i] = '0';
  }
  digits.insert(0, "1");
}

// `text` without its sign, cut at the point.
Digits Cut(std::string_view text) {
  if (text.starts_with("-")) text.remove_prefix(1);
  const size_t point = text.find('.');
  Digits digits{std::string(text.substr(0, point)), point == std::string_view::npos ? "" : std::string(text.substr(point + 1)), 0};
  DropLeadingZeros(digits.whole);
  return digits;
}

Digits Rounded(Digits digits, size_t places) {
  const bool up = digits.fraction.size() > places && digits.fraction[places] >= '5';
  digits.fraction.resize(places, '0');
  if (!up) return digits;
  std::string all = digits.whole + digits.fraction;
  const size_t size = all.size();
  RoundUp(all);
  const size_t whole = digits.whole.size() + (all.size() - size);
  return {all.substr(0, whole), all.substr(whole), 0};
}

Digits DecimalDigits(const NumberToFormat& number, size_t places) {
  if (number.real) return Cut(Printed("%.*f", places, std::fabs(*number.real)));
  return Rounded(Cut(number.decimal), places);
}

Digits ExponentDigits(const NumberToFormat& number, size_t places) {
  if (number.real) {
    const std::string text = Printed("%.*e", places, std::fabs(*number.real));
    const size_t e = text.find('e');
    Digits digits{text.substr(0, 1), text.size() > 2 && text[1] == '.' ? text.substr(2, e - 2) : "", 0};
    digits.exponent = std::atoi(text.c_str() + e + 1);
    return digits;
  }
  const Digits plain = Cut(number.decimal);
  std::string all = plain.whole + plain.fraction;
  int exponent = static_cast<int>(plain.whole.size()) - 1;
  const size_t first = all.find_first_not_of('0');
  if (first == std::string::npos) return {"0", std::string(places, '0'), 0};
  all.erase(0, first);
  exponent -= static_cast<int>(first);
  Digits digits = Rounded({all.substr(0, 1), all.substr(1), 0}, places);
  if (digits.whole.size() > 1) {
    digits = {"1", std::string(places, '0'), 0};
    ++exponent;
  }
  digits.exponent = exponent;
  return digits;
}

// --- Layout ----------------------------------------------------------------------------------------

struct Body {
  size_t padding = 0;  // places that stay empty before it
  std::string text;
  std::string rest;  // places that stay empty behind it
  bool is_blank = false;
};

std::string Assemble(const NumberFormat& format, const Body& body, bool negative, bool signless) {
  const auto sign = [&](const char* minus, const char* plus) { return signless ? " " : negative ? minus : plus; };
  std::string before;
  std::string behind;
  switch (format.sign) {
    case SignPlace::kDefault: before = sign("-", " "); break;
    case SignPlace::kLeading: before = sign("-", "+"); break;
    case SignPlace::kTrailing: behind = sign("-", "+"); break;
    case SignPlace::kMinus: behind = sign("-", " "); break;
    case SignPlace::kBrackets:
      before = sign("<", " ");
      behind = sign(">", " ");
      break;
  }
  if (body.is_blank) {
    const size_t width = body.padding + before.size() + format.currency.size() + body.text.size() + behind.size();
    return format.compact ? "" : std::string(width, ' ');
  }
  std::string text = std::string(body.padding, ' ') + before + format.currency + body.text + body.rest + behind;
  if (format.compact) std::erase(text, ' ');
  return text;
}

std::string Masked(std::string text) {
  for (char& c : text) {
    if (c != ',' && c != '.') c = '#';
  }
  return text;
}

// The places of the format itself, for what does not fit.
std::string FormatPlaces(const NumberFormat& format) {
  std::string places = format.whole;
  if (format.point == '.') places += '.';
  places += format.fraction;
  if (format.notation == Notation::kExponent) places += "EEEE";
  return places;
}

// Writes `digits` into the places of `elements`, which are enough; what stands before the first is padding.
Body Placed(const std::string& elements, std::string digits) {
  const size_t forced = elements.find('0');
  size_t places = DigitPlaces(elements);
  if (forced != std::string::npos) {
    const size_t wanted = DigitPlaces(elements.substr(forced));
    if (digits.size() < wanted) digits.insert(0, wanted - digits.size(), '0');
  }
  Body body;
  for (const char element : elements) {
    const bool is_empty = element == ',' ? body.text.empty() : places > digits.size();
    if (element != ',') --places;
    if (is_empty) {
      ++body.padding;
    } else if (element == ',') {
      body.text += ',';
    } else {
      const char digit = digits[digits.size() - places - 1];
      body.text += element == 'x' ? static_cast<char>(std::tolower(static_cast<unsigned char>(digit))) : digit;
    }
  }
  return body;
}

std::string TrimmedFraction(const NumberFormat& format, std::string fraction) {
  if (format.compact) fraction.erase(fraction.find_last_not_of('0') + 1);
  return fraction;
}

Body DecimalBody(const NumberFormat& format, const NumberToFormat& number) {
  Digits digits = DecimalDigits(number, format.fraction.size());
  const bool is_zero = digits.whole.empty();
  if (digits.whole.size() > DigitPlaces(format.whole)) return {0, Masked(FormatPlaces(format)), "", false};
  digits.fraction = format.point == 'V' ? digits.fraction : TrimmedFraction(format, std::move(digits.fraction));
  if (is_zero && digits.fraction.empty() && DigitPlaces(format.whole) > 0) digits.whole = "0";
  if (format.point == 'V' && format.compact) digits.fraction = TrimmedFraction(format, std::move(digits.fraction));
  Body body = Placed(format.whole, digits.whole);
  if (format.point == '.') body.text += '.';
  body.text += digits.fraction;
  body.is_blank = format.blank_zero && is_zero;
  return body;
}

Body ExponentBody(const NumberFormat& format, const NumberToFormat& number) {
  if (format.whole.empty()) return {0, Masked(FormatPlaces(format)), "", false};
  const Digits digits = ExponentDigits(number, format.fraction.size());
  std::array<char, 16> exponent{};
  std::snprintf(exponent.data(), exponent.size(), "%c%c%02d", format.exponent, digits.exponent < 0 ? '-' : '+',
                std::abs(digits.exponent));
  Body body;
  body.text = digits.whole + (format.point == '.' ? "." : "") + TrimmedFraction(format, digits.fraction) + exponent.data();
  body.is_blank = format.blank_zero && digits.whole == "0";
  return body;
}

// The number rounded half away from zero, in hexadecimal; empty where it needs more than 16 digits.
std::string HexDigits(const NumberToFormat& number) {
  uint64_t magnitude = 0;
  if (number.real) {
    const double rounded = std::round(std::fabs(*number.real));
    if (!(rounded < 18446744073709551616.0)) return {};
    magnitude = static_cast<uint64_t>(rounded);
  } else {
    const std::string whole = Rounded(Cut(number.decimal), 0).whole;
    const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), magnitude);
    if (error == std::errc::result_out_of_range) return {};
  }
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%llX", static_cast<unsigned long long>(magnitude));
  return text.data();
}

Body HexBody(const NumberFormat& format, const NumberToFormat& number) {
  const std::string digits = HexDigits(number);
  if (digits.empty() || digits.size() > format.whole.size()) return {0, Masked(format.whole), "", false};
  return Placed(format.whole, digits);
}

// INF and NAN stand where the whole part would.
Body WordBody(const NumberFormat& format, double value) {
  const std::string word = std::isnan(value) ? "NAN" : "INF";
  const std::string places = FormatPlaces(format);
  const size_t room = format.notation == Notation::kExponent ? places.size() : format.whole.size();
  if (format.notation == Notation::kHex || room < word.size()) return {0, Masked(places), "", false};
  return {room - word.size(), word, std::string(places.size() - room, ' '), false};
}

// --- Notations that stand alone ----------------------------------------------------------------------

std::string Roman(const NumberFormat& format, const NumberToFormat& number) {
  struct Numeral {
    int value;
    std::string_view text;
  };
  constexpr std::array<Numeral, 13> kNumerals = {{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                                                  {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"},
                                                  {4, "IV"}, {1, "I"}}};
  std::string text(kRomanWidth, '#');
  const bool finite = !number.real || std::isfinite(*number.real);
  const std::string whole = finite ? DecimalDigits(number, 0).whole : "";
  const int value = whole.empty() || whole.size() > 4 ? 0 : std::stoi(whole);
  if (value >= 1 && value <= kMaxRoman && !IsNegative(number)) {
    text.clear();
    int rest = value;
    for (const Numeral& numeral : kNumerals) {
      for (; rest >= numeral.value; rest -= numeral.value) text += numeral.text;
    }
    if (!format.compact) text.insert(0, kRomanWidth - text.size(), ' ');
  }
  if (format.exponent == 'r') {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

}  // namespace

std::optional<std::string> FormatNumber(const NumberToFormat& number, std::string_view text, std::string& why) {
  NumberFormat format;
  if (!FormatReader(text).Read(format, why)) return std::nullopt;
  if (format.notation == Notation::kMinimal || format.notation == Notation::kMinimalExponent) {
    why = "Text minimal output (TM, TM9, TME) is not supported";
    return std::nullopt;
  }
  if (format.notation == Notation::kRoman) return Roman(format, number);
  if (number.real && !std::isfinite(*number.real)) {
    return Assemble(format, WordBody(format, *number.real), *number.real < 0, std::isnan(*number.real));
  }
  const Body body = format.notation == Notation::kHex        ? HexBody(format, number)
                    : format.notation == Notation::kExponent ? ExponentBody(format, number)
                                                             : DecimalBody(format, number);
  return Assemble(format, body, IsNegative(number), false);
}

}  // namespace casebook::engines
