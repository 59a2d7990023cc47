// FORMAT_DATE, PARSE_DATE and their kin, and FORMAT.
#include <cctype>
#include <cmath>
#include <cstdio>

#include "engines/duckdb/calendar.h"
#include "engines/duckdb/scalar_function.h"
#include "engines/duckdb/text_ops.h"
#include "engines/duckdb/time_format.h"

namespace casebook::engines {
namespace {

using Text = Answer<std::string>;

Text Formatted(std::string_view format, const ZonedTime& time, TimeKind kind) {
  std::string bad;
  auto text = FormatElements(format, time, kind, bad);
  if (!text) return Text::Fail("Format element " + bad + " is not supported here");
  return std::move(*text);
}
Text FormatDate(std::string_view format, DateValue date) {
  return Formatted(format, {date.days * analysis::kDayMicros, 0, {}}, TimeKind::kDate);
}
Text FormatTime(std::string_view format, TimeValue time) { return Formatted(format, {time.micros, 0, {}}, TimeKind::kTime); }
Text FormatDatetime(std::string_view format, DatetimeValue at) {
  return Formatted(format, {at.micros, 0, {}}, TimeKind::kDatetime);
}
Text FormatTimestamp(std::string_view format, DatetimeValue at, std::string_view zone_name) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return Text::Fail("Invalid time zone: " + std::string(zone_name));
  const int64_t offset = zone->OffsetAt(at.micros);
  return Formatted(format, {at.micros + offset * 1'000'000, offset, zone_name}, TimeKind::kTimestamp);
}

template <typename T>
Answer<T> Parsed(std::string_view format, std::string_view text, TimeKind kind, std::string_view zone_name, T (*make)(int64_t)) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return Answer<T>::Fail("Invalid time zone: " + std::string(zone_name));
  std::string why;
  const auto value = ParseElements(format, text, kind, *zone, why);
  if (!value) return Answer<T>::Fail(why + ": \"" + std::string(text) + "\"");
  return make(*value);
}
DateValue ToDate(int64_t micros) { return {static_cast<int32_t>(FloorDiv(micros, analysis::kDayMicros))}; }
DatetimeValue ToDatetime(int64_t micros) { return {micros}; }
TimeValue ToTime(int64_t micros) { return {micros}; }
Answer<DateValue> ParseDate(std::string_view format, std::string_view text) {
  return Parsed(format, text, TimeKind::kDate, "UTC", ToDate);
}
Answer<DatetimeValue> ParseDatetime(std::string_view format, std::string_view text) {
  return Parsed(format, text, TimeKind::kDatetime, "UTC", ToDatetime);
}
Answer<DatetimeValue> ParseTimestamp(std::string_view format, std::string_view text, std::string_view zone) {
  return Parsed(format, text, TimeKind::kTimestamp, zone, ToDatetime);
}
Answer<TimeValue> ParseTime(std::string_view format, std::string_view text) {
  return Parsed(format, text, TimeKind::kTime, "UTC", ToTime);
}

// --- FORMAT ----------------------------------------------------------------------------------------

// One `%-5.2f`.
struct Specifier {
  std::string flags;
  int width = -1;
  int precision = -1;
  char letter = 0;
};

// An argument as it travels: the letter of its type, then `+` and its text, or `-` for NULL.
struct FormatArgument {
  char type;
  bool is_null;
  std::string_view text;
};

constexpr int kMaxWidth = 1 << 20;

std::string PadTo(std::string text, const Specifier& specifier) {
  const int64_t count = CountCharacters(text);
  if (specifier.width <= count) return text;
  const std::string padding(static_cast<size_t>(specifier.width - count), ' ');
  return specifier.flags.find('-') != std::string::npos ? text + padding : padding + text;
}

// As PadTo, with zeros behind the sign where the flags ask for them.
std::string PadNumber(std::string text, const Specifier& specifier) {
  const bool zeros = specifier.flags.find('0') != std::string::npos && specifier.flags.find('-') == std::string::npos;
  const auto size = static_cast<int64_t>(text.size());
  if (!zeros || specifier.width <= size) return PadTo(std::move(text), specifier);
  const size_t behind_sign = text.starts_with("-") || text.starts_with("+") || text.starts_with(" ") ? 1 : 0;
  return text.insert(behind_sign, static_cast<size_t>(specifier.width - size), '0');
}

std::string Quoted(std::string_view text) {
  const char quote = text.find('"') != std::string_view::npos && text.find('\'') == std::string_view::npos ? '\'' : '"';
  std::string out(1, quote);
  for (const char c : text) {
    if (c == '\n') out += "\\n";
    else if (c == '\t') out += "\\t";
    else if (c == '\r') out += "\\r";
    else if (c == '\\') out += "\\\\";
    else if (c == quote) out += std::string("\\") + c;
    else out += c;
  }
  return out + quote;
}

// `%t` and, as a literal, `%T`.
std::string Printed(const FormatArgument& argument, bool literal) {
  if (argument.is_null) return "NULL";
  const std::string text(argument.text);
  if (argument.type == 'f') {
    const bool plain = text.find_first_of(".enaif") == std::string::npos;
    if (!literal && text == "nan") return "nan";
    if (literal && (text == "nan" || text == "inf" || text == "-inf")) return "CAST(\"" + text + "\" AS FLOAT64)";
    return plain ? text + ".0" : text;
  }
  if (!literal) return text;
  switch (argument.type) {
    case 's': return Quoted(text);
    case 'd': return "DATE \"" + text + "\"";
    case 't': return "DATETIME \"" + text + "\"";
    case 'z': return "TIMESTAMP \"" + text + "\"";
    case 'h': return "TIME \"" + text + "\"";
    case 'n': return "NUMERIC \"" + text + "\"";
    default: return text;
  }
}

std::optional<std::string> Grouped(std::string text) {
  size_t begin = text.find_first_of("0123456789");
  if (begin == std::string::npos) return text;
  size_t end = text.find_first_not_of("0123456789", begin);
  if (end == std::string::npos) end = text.size();
  for (size_t at = end; at > begin + 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::optional<std::string> FormatOne(const Specifier& specifier, const FormatArgument& argument, std::string& why) {
  const auto refuse = [&]() -> std::optional<std::string> {
    why = std::string("Invalid type for argument of FORMAT; specifier %") + specifier.letter;
    return std::nullopt;
  };
  const auto c_format = [&](const char* length) {
    std::string flags;
    for (const char flag : specifier.flags) {
      if (flag != '\'') flags += flag;
    }
    return "%" + flags + (specifier.width >= 0 ? std::to_string(specifier.width) : "") +
           (specifier.precision >= 0 ? "." + std::to_string(specifier.precision) : "") + length + specifier.letter;
  };
  const bool grouped = specifier.flags.find('\'') != std::string::npos;
  switch (specifier.letter) {
    case 't':
    case 'T': {
      std::string text = Printed(argument, specifier.letter == 'T');
      if (specifier.precision >= 0) text.resize(std::min(text.size(), ByteOfCharacter(text, specifier.precision)));
      return PadTo(std::move(text), specifier);
    }
    case 's': {
      if (argument.type != 's') return refuse();
      std::string text(argument.text);
      if (specifier.precision >= 0) text.resize(ByteOfCharacter(text, specifier.precision));
      return PadTo(std::move(text), specifier);
    }
    case 'd':
    case 'i':
    case 'x':
    case 'X':
    case 'o': {
      if (argument.type != 'i') return refuse();
      if (grouped && (specifier.letter == 'x' || specifier.letter == 'X' || specifier.letter == 'o')) {
        why = "FORMAT with grouping of hexadecimal or octal digits is not supported";
        return std::nullopt;
      }
      const long long value = std::stoll(std::string(argument.text));
      // Hexadecimal and octal numbers keep their sign.
      const bool signless = specifier.letter != 'd' && specifier.letter != 'i';
      std::string text(4096 + (specifier.width > 0 ? static_cast<size_t>(specifier.width) : 0), '\0');
      if (signless && value < 0) {
        std::string format = "%" + std::string(specifier.flags.find('#') != std::string::npos ? "#" : "") + "ll" + specifier.letter;
        const int n = std::snprintf(text.data(), text.size(), format.c_str(), 0ULL - static_cast<unsigned long long>(value));
        text.resize(static_cast<size_t>(n));
        return PadNumber("-" + text, specifier);
      }
      if (grouped) {
        std::string digits = std::to_string(value);
        if (value >= 0 && specifier.flags.find('+') != std::string::npos) digits.insert(0, "+");
        return PadNumber(*Grouped(digits), specifier);
      }
      const int n = std::snprintf(text.data(), text.size(), c_format("ll").c_str(), value);
      text.resize(static_cast<size_t>(n));
      return text;
    }
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G': {
      if (argument.type != 'f' && argument.type != 'n' && argument.type != 'i') return refuse();
      if (argument.type == 'i') return refuse();
      if (argument.type == 'n') {
        why = "FORMAT of NUMERIC with this specifier is not supported";
        return std::nullopt;
      }
      const double value = std::strtod(std::string(argument.text).c_str(), nullptr);
      std::string text(8192 + (specifier.width > 0 ? static_cast<size_t>(specifier.width) : 0) +
                       (specifier.precision > 0 ? static_cast<size_t>(specifier.precision) : 0), '\0');
      if (grouped) {
        std::string flags;
        for (const char flag : specifier.flags) {
          if (flag != '\'' && flag != '0' && flag != '-') flags += flag;
        }
        const std::string format = "%" + flags + (specifier.precision >= 0 ? "." + std::to_string(specifier.precision) : "") + specifier.letter;
        const int n = std::snprintf(text.data(), text.size(), format.c_str(), value);
        text.resize(static_cast<size_t>(n));
        return PadNumber(*Grouped(text), specifier);
      }
      const int n = std::snprintf(text.data(), text.size(), c_format("").c_str(), value);
      text.resize(static_cast<size_t>(n));
      return text;
    }
    default:
      why = std::string("FORMAT specifier %") + specifier.letter + " is not supported";
      return std::nullopt;
  }
}

Text Format(const std::vector<std::string_view>& arguments) {
  const std::string_view format = arguments.front();
  size_t next = 1;
  std::string out;
  const auto take = [&]() -> std::optional<FormatArgument> {
    if (next >= arguments.size()) return std::nullopt;
    const std::string_view text = arguments[next++];
    return FormatArgument{text[0], text[1] == '-', text.substr(2)};
  };
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      out += format[i];
      continue;
    }
    if (++i == format.size()) return Text::Fail("Invalid format string: ends with %");
    if (format[i] == '%') {
      out += '%';
      continue;
    }
    Specifier specifier;
    while (i < format.size() && std::string_view("-+ #0'").find(format[i]) != std::string_view::npos) specifier.flags += format[i++];
    bool null_width = false;
    const auto number = [&](int& target) -> bool {
      if (i < format.size() && format[i] == '*') {
        ++i;
        const auto argument = take();
        if (!argument || argument->type != 'i') return false;
        if (argument->is_null) null_width = true;
        else target = static_cast<int>(std::min<long long>(kMaxWidth, std::stoll(std::string(argument->text))));
        return true;
      }
      if (i < format.size() && std::isdigit(static_cast<unsigned char>(format[i])) != 0) {
        target = 0;
        while (i < format.size() && std::isdigit(static_cast<unsigned char>(format[i])) != 0 && target < kMaxWidth) {
          target = target * 10 + (format[i++] - '0');
        }
      }
      return true;
    };
    if (!number(specifier.width)) return Text::Fail("Invalid width in format string");
    if (specifier.width < -1) {
      specifier.flags += '-';
      specifier.width = -specifier.width;
    }
    if (i < format.size() && format[i] == '.') {
      ++i;
      specifier.precision = 0;
      if (!number(specifier.precision)) return Text::Fail("Invalid precision in format string");
    }
    if (i == format.size()) return Text::Fail("Invalid format string: ends in a specifier");
    specifier.letter = format[i];
    const auto argument = take();
    if (!argument) return Text::Fail("Too few arguments to FORMAT for pattern \"" + std::string(format) + "\"");
    const bool prints_null = specifier.letter == 't' || specifier.letter == 'T';
    if (null_width || (argument->is_null && !prints_null)) return nullptr;
    std::string why;
    auto text = FormatOne(specifier, *argument, why);
    if (!text) return Text::Fail(why);
    out += *text;
  }
  if (next < arguments.size()) return Text::Fail("Too many arguments to FORMAT for pattern \"" + std::string(format) + "\"");
  return out;
}

}  // namespace

void AddFormats(Registrar& registrar) {
  registrar.Add("gs_format_date", FormatDate);
  registrar.Add("gs_format_time", FormatTime);
  registrar.Add("gs_format_datetime", FormatDatetime);
  registrar.Add("gs_format_timestamp", FormatTimestamp);
  registrar.Add("gs_parse_date", ParseDate);
  registrar.Add("gs_parse_time", ParseTime);
  registrar.Add("gs_parse_datetime", ParseDatetime);
  registrar.Add("gs_parse_timestamp", ParseTimestamp);
  registrar.AddVariadic("gs_format", Format);
}

}  // namespace casebook::engines
