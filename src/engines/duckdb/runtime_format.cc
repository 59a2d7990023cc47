// FORMAT.
//
// An argument travels as a text: the letter of its kind, `-` for NULL or `+`, and then its value. Kinds: i INT64,
// f FLOAT64, n NUMERIC, N BIGNUMERIC, s STRING, j JSON, and v for all that only %t and %T print, whose two texts follow.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "engines/duckdb/decimal_format.h"
#include "engines/duckdb/numeric.h"
#include "engines/duckdb/text_ops.h"
#include "engines/duckdb/value_text.h"

namespace casebook::engines {
namespace {

using Text = Answer<std::string>;

constexpr int kMaxOutput = 1 << 20;  // also of a width, and of the precision of what is no number with a fraction
constexpr int kMaxPrecision = 1074;

// One `%-5.2f`.
struct Specifier {
  std::string flags;
  int width = -1;
  int precision = -1;
  char letter = 0;

  bool Has(char flag) const { return flags.find(flag) != std::string::npos; }
  bool IsUpper() const { return std::isupper(static_cast<unsigned char>(letter)) != 0; }
  // Of a text it is where the text is cut, and may be anything.
  int MaxPrecision() const {
    if (std::string_view("fFeEgG").find(letter) != std::string_view::npos) return kMaxPrecision;
    return std::string_view("dixXo").find(letter) != std::string_view::npos ? kMaxOutput : kMaxOutput + 1;
  }
};

struct Argument {
  char kind;
  bool is_null;
  std::string_view text;
};

std::string PadTo(std::string text, const Specifier& specifier) {
  const int64_t count = CountCharacters(text);
  if (specifier.width <= count) return text;
  const std::string padding(static_cast<size_t>(specifier.width - count), ' ');
  return specifier.Has('-') ? text + padding : padding + text;
}

// As PadTo, with zeros behind the sign where the flags ask for them.
std::string PadNumber(std::string text, const Specifier& specifier) {
  const auto size = static_cast<int64_t>(text.size());
  if (!specifier.Has('0') || specifier.Has('-') || specifier.width <= size) return PadTo(std::move(text), specifier);
  size_t begin = text.starts_with("-") || text.starts_with("+") || text.starts_with(" ") ? 1 : 0;
  if (text.substr(begin, 2) == "0x" || text.substr(begin, 2) == "0X") begin += 2;
  return text.insert(begin, static_cast<size_t>(specifier.width - size), '0');
}

const char* Sign(bool negative, const Specifier& specifier) {
  if (negative) return "-";
  return specifier.Has('+') ? "+" : specifier.Has(' ') ? " " : "";
}

// The digits in front of the point in groups.
std::string Grouped(std::string text, size_t size, char between) {
  const size_t end = std::min(text.find_first_not_of("0123456789abcdefABCDEF"), text.size());
  for (size_t at = end; at > size;) {
    at -= size;
    text.insert(at, 1, between);
  }
  return text;
}

std::string IntText(int64_t value, const Specifier& specifier) {
  const bool negative = value < 0;
  const uint64_t magnitude = negative ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  const char letter = static_cast<char>(std::tolower(static_cast<unsigned char>(specifier.letter)));
  const int base = letter == 'x' ? 16 : letter == 'o' ? 8 : 10;
  char buffer[32];
  const char* end = std::to_chars(buffer, buffer + sizeof buffer, magnitude, base).ptr;
  std::string digits(static_cast<const char*>(buffer), end);
  if (specifier.precision > static_cast<int>(digits.size())) {
    digits.insert(0, static_cast<size_t>(specifier.precision) - digits.size(), '0');
  }
  if (specifier.Has('\'')) digits = base == 10 ? Grouped(digits, 3, ',') : Grouped(digits, 4, base == 16 ? ':' : ',');
  if (specifier.Has('#') && base == 8 && !digits.starts_with("0")) digits.insert(0, "0");
  if (specifier.Has('#') && base == 16 && magnitude != 0) digits.insert(0, "0x");
  if (specifier.letter == 'X') {
    for (char& c : digits) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  Specifier padding = specifier;
  if (specifier.precision >= 0) std::erase(padding.flags, '0');
  return PadNumber(Sign(negative, specifier) + digits, padding);
}

// Zero has no sign here.
double FloatOf(std::string_view text) {
  const double value = std::strtod(std::string(text).c_str(), nullptr);
  return value == 0 ? 0 : value;
}

std::string FloatFormat(double value, const Specifier& specifier) {
  if (!std::isfinite(value)) {
    const std::string word = std::isnan(value) ? specifier.IsUpper() ? "NAN" : "nan" : specifier.IsUpper() ? "INF" : "inf";
    return PadTo(Sign(std::signbit(value) && !std::isnan(value), specifier) + word, specifier);
  }
  char format[] = "%.*f";
  char alternate[] = "%#.*f";
  format[3] = alternate[4] = specifier.letter;
  const int precision = specifier.precision < 0 ? 6 : specifier.precision;
  const char* used = specifier.Has('#') ? alternate : format;
  const int size = std::snprintf(nullptr, 0, used, precision, std::fabs(value));
  std::string text(static_cast<size_t>(size) + 1, '\0');
  std::snprintf(text.data(), text.size(), used, precision, std::fabs(value));
  text.pop_back();
  if (specifier.Has('\'') && text.find_first_of("eE") == std::string::npos) text = Grouped(text, 3, ',');
  return PadNumber(Sign(std::signbit(value), specifier) + text, specifier);
}

std::string DecimalText(std::string_view value, const Specifier& specifier) {
  const Decimal decimal = DecimalOf(value);
  const int precision = specifier.precision < 0 ? 6 : specifier.precision;
  const bool alternate = specifier.Has('#');
  std::string text;
  switch (std::tolower(static_cast<unsigned char>(specifier.letter))) {
    case 'f': text = FixedText(decimal, precision, alternate); break;
    case 'e': text = ExponentText(decimal, precision, alternate, specifier.IsUpper()); break;
    default: text = GeneralText(decimal, precision, alternate, specifier.IsUpper()); break;
  }
  if (specifier.Has('\'') && text.find_first_of("eE") == std::string::npos) text = Grouped(text, 3, ',');
  return PadNumber(Sign(decimal.negative, specifier) + text, specifier);
}

// `%t` and `%T`.
std::string Printed(const Argument& argument, bool literal) {
  if (argument.is_null) return "NULL";
  const std::string text(argument.text);
  switch (argument.kind) {
    case 'f': {
      const bool word = text == "nan" || text == "inf" || text == "-inf";
      if (word) return literal ? "CAST(\"" + text + "\" AS FLOAT64)" : text;
      return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
    }
    case 'N': return literal ? "BIGNUMERIC \"" + text + "\"" : text;
    case 'n': return literal ? "NUMERIC \"" + text + "\"" : text;
    case 's': return literal ? TextLiteral(text) : text;
    case 'j': return literal ? JsonLiteral(text) : text;
    case 'v': {
      const size_t colon = text.find(':');
      size_t size = 0;
      std::from_chars(text.data(), text.data() + colon, size);
      return literal ? text.substr(colon + 1 + size) : text.substr(colon + 1, size);
    }
    default: return text;
  }
}

std::string CutAndPadded(std::string text, const Specifier& specifier) {
  if (specifier.precision >= 0) text.resize(ByteOfCharacter(text, specifier.precision));
  return PadTo(std::move(text), specifier);
}

Text FormatOne(const Specifier& specifier, const Argument& argument) {
  const auto refuse = [&](const char* expected) {
    return Text::Fail(std::string("Invalid type for argument of FORMAT; Expected ") + expected + " for specifier %" + specifier.letter);
  };
  switch (specifier.letter) {
    case 't': return CutAndPadded(Printed(argument, false), specifier);
    case 'T': return CutAndPadded(Printed(argument, true), specifier);
    case 's':
      if (argument.kind != 's') return refuse("STRING");
      if (argument.is_null) return nullptr;
      return CutAndPadded(std::string(argument.text), specifier);
    case 'p':
    case 'P': {
      if (argument.kind != 'j') return refuse("JSON");
      if (argument.is_null) return nullptr;
      const auto json = ReadJson(argument.text);
      if (!json) return Text::Fail("Invalid JSON");
      return CutAndPadded(specifier.letter == 'p' ? WriteJson(*json) : WritePrettyJson(*json), specifier);
    }
    case 'd':
    case 'i':
    case 'x':
    case 'X':
    case 'o': {
      if (argument.kind != 'i') return refuse("integer");
      if (argument.is_null) return nullptr;
      return IntText(std::stoll(std::string(argument.text)), specifier);
    }
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      if (argument.kind != 'f' && argument.kind != 'n' && argument.kind != 'N') return refuse("FLOAT64");
      if (argument.is_null) return nullptr;
      if (argument.kind != 'f') return DecimalText(argument.text, specifier);
      return FloatFormat(FloatOf(argument.text), specifier);
    default: return Text::Fail(std::string("Invalid format specifier character \"") + specifier.letter + "\" in FORMAT string");
  }
}

class Formatter {
 public:
  explicit Formatter(const std::vector<std::string_view>& arguments) : format_(arguments.front()), arguments_(arguments) {}

  Text Run() {
    std::string out;
    bool any_null = false;
    for (size_t i = 0; i < format_.size();) {
      if (format_[i] != '%') {
        out += format_[i++];
        continue;
      }
      if (format_.substr(i, 2) == "%%") {
        out += '%';
        i += 2;
        continue;
      }
      Specifier specifier;
      null_width_ = false;
      if (!ReadSpecifier(i, specifier)) return Text::Fail("Invalid FORMAT string: \"" + std::string(format_) + "\"");
      if (specifier.width > kMaxOutput) {
        return Text::Fail("Width exceeds the maximum supported output width of FORMAT. Limit: " + std::to_string(kMaxOutput));
      }
      if (specifier.precision > specifier.MaxPrecision()) {
        return Text::Fail("Precision value is too big; limit " + std::to_string(specifier.MaxPrecision()));
      }
      const Argument* argument = Take();
      if (argument == nullptr) return Text::Fail("Too few arguments to FORMAT for pattern \"" + std::string(format_) + "\"");
      Text one = FormatOne(specifier, *argument);
      if (one.error != nullptr) return one;
      any_null = any_null || one.is_null || null_width_;
      out += one.value;
      if (out.size() > kMaxOutput) {
        return Text::Fail("Output string too long while evaluating FORMAT; limit " + std::to_string(kMaxOutput));
      }
    }
    if (next_ < arguments_.size()) return Text::Fail("Too many arguments to FORMAT for pattern \"" + std::string(format_) + "\"");
    if (any_null) return nullptr;
    return out;
  }

 private:
  const Argument* Take() {
    if (next_ >= arguments_.size()) return nullptr;
    const std::string_view text = arguments_[next_++];
    taken_ = {text[0], text[1] == '-', text.substr(2)};
    return &taken_;
  }

  bool ReadSpecifier(size_t& i, Specifier& specifier) {
    ++i;
    while (i < format_.size() && std::string_view("-+ #0'").find(format_[i]) != std::string_view::npos) {
      specifier.flags += format_[i++];
    }
    if (!ReadNumber(i, specifier.width)) return false;
    if (specifier.width < -1) {
      specifier.flags += '-';
      specifier.width = -specifier.width;
    }
    if (i < format_.size() && format_[i] == '.') {
      ++i;
      specifier.precision = 0;
      if (!ReadNumber(i, specifier.precision)) return false;
    }
    if (i >= format_.size()) return false;
    specifier.letter = format_[i++];
    return specifier.letter != '%';
  }

  // More than any limit is one more than the highest.
  bool ReadNumber(size_t& i, int& target) {
    constexpr int kMost = kMaxOutput + 1;
    if (i < format_.size() && format_[i] == '*') {
      ++i;
      const Argument* argument = Take();
      if (argument == nullptr || argument->kind != 'i') return false;
      null_width_ = null_width_ || argument->is_null;
      if (argument->is_null) return true;
      const long long value = std::stoll(std::string(argument->text));
      target = static_cast<int>(std::clamp<long long>(value, -kMost, kMost));
      return true;
    }
    bool any = false;
    int number = 0;
    for (; i < format_.size() && std::isdigit(static_cast<unsigned char>(format_[i])) != 0; ++i) {
      number = std::min(number * 10 + (format_[i] - '0'), kMost);
      any = true;
    }
    if (any) target = number;
    return true;
  }

  std::string_view format_;
  const std::vector<std::string_view>& arguments_;
  size_t next_ = 1;
  bool null_width_ = false;
  Argument taken_{};
};

Text Format(const std::vector<std::string_view>& arguments) { return Formatter(arguments).Run(); }

Text FloatForFormat(double value) { return FormatFloatText(value); }

}  // namespace

void AddFormat(Registrar& registrar) {
  registrar.AddVariadic("gs_format", Format);
  registrar.Add("gs_float_for_format", FloatForFormat);
}

}  // namespace casebook::engines
