#include "queries/value_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/result.h"
#include "base/timestamp.h"

namespace casebook {
namespace {

// JSON readers hold numbers as doubles: above this they would lose digits.
constexpr int64_t kMaxExactInteger = int64_t{1} << 53;
// A decimal of so many digits survives the way through a double.
constexpr int kDoubleDigits = 15;
// Outside of these powers of ten a FLOAT64 is written with an exponent.
constexpr int kMinFixedExponent = -5;
constexpr int kMaxFixedExponent = 15;

void AppendInteger(int64_t value, std::string& out) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

void AppendPadded(int64_t value, int width, std::string& out) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const auto length = static_cast<int>(end - digits.data());
  if (length < width) out.append(static_cast<size_t>(width - length), '0');
  out.append(digits.data(), end);
}

// `.318`, `.318204` or nothing.
void AppendFraction(int64_t micros, std::string& out) {
  constexpr int64_t kMicrosPerMilli = 1000;
  if (micros == 0) return;
  out.push_back('.');
  if (micros % kMicrosPerMilli == 0) {
    AppendPadded(micros / kMicrosPerMilli, 3, out);
  } else {
    AppendPadded(micros, 6, out);
  }
}

void AppendDate(int64_t days, std::string& out) {
  const CivilDay day = CivilFromDate(Date{static_cast<int32_t>(days)});
  AppendPadded(day.year, 4, out);
  out.push_back('-');
  AppendPadded(day.month, 2, out);
  out.push_back('-');
  AppendPadded(day.day, 2, out);
}

void AppendTime(int64_t micros, std::string& out) {
  const int64_t seconds = micros / kMicrosPerSecond;
  AppendPadded(seconds / 3600, 2, out);
  out.push_back(':');
  AppendPadded(seconds / 60 % 60, 2, out);
  out.push_back(':');
  AppendPadded(seconds % 60, 2, out);
  AppendFraction(micros % kMicrosPerSecond, out);
}

void AppendDateAndTime(int64_t micros, char between, std::string& out) {
  int64_t days = micros / kMicrosPerDay;
  int64_t rest = micros % kMicrosPerDay;
  if (rest < 0) {
    rest += kMicrosPerDay;
    --days;
  }
  AppendDate(days, out);
  out.push_back(between);
  AppendTime(rest, out);
}

// `1-2 3 4:5:6.789`, each part with its own sign.
void AppendInterval(const IntervalParts& value, std::string& out) {
  constexpr int64_t kMonthsPerYear = 12;
  if (value.months < 0) out.push_back('-');
  AppendInteger(std::abs(value.months / kMonthsPerYear), out);
  out.push_back('-');
  AppendInteger(std::abs(value.months % kMonthsPerYear), out);
  out.push_back(' ');
  AppendInteger(value.days, out);
  out.push_back(' ');
  if (value.micros < 0) out.push_back('-');
  const int64_t seconds = std::abs(value.micros / kMicrosPerSecond);
  AppendInteger(seconds / 3600, out);
  out.push_back(':');
  AppendInteger(seconds / 60 % 60, out);
  out.push_back(':');
  AppendInteger(seconds % 60, out);
  AppendFraction(std::abs(value.micros % kMicrosPerSecond), out);
}

void AppendBase64(std::string_view bytes, std::string& out) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t present = std::min<size_t>(3, bytes.size() - i);
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8U | (k < present ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (size_t k = 0; k < 4; ++k) {
      out.push_back(k <= present ? kDigits[group >> (18U - 6U * k) & 63U] : '=');
    }
  }
}

// `[2024-01-01, UNBOUNDED)`.
void AppendRange(const Type& type, const AnswerValue::List& bounds, std::string& out) {
  out.push_back('[');
  for (size_t i = 0; i < bounds.size(); ++i) {
    if (i > 0) out += ", ";
    if (bounds[i].is_null()) {
      out += "UNBOUNDED";
    } else {
      AppendText(type.element(), bounds[i], out);
    }
  }
  out.push_back(')');
}

// NUMERIC texts come without trailing zeros, so their digits can be counted.
bool FitsDouble(std::string_view number) {
  int digits = 0;
  for (const char c : number) {
    if (c >= '0' && c <= '9' && (digits > 0 || c != '0')) ++digits;
  }
  return digits <= kDoubleDigits;
}

void AppendJsonList(const Type& type, const AnswerValue::List& values, std::string& out) {
  out.push_back('[');
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out.push_back(',');
    AppendJson(type.element(), values[i], out);
  }
  out.push_back(']');
}

void AppendJsonFields(const Type& type, const AnswerValue::List& values, std::string& out) {
  out.push_back('{');
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out.push_back(',');
    const Type::Field& field = type.fields()[i];
    AppendJsonQuoted(field.name.empty() ? "_field_" + std::to_string(i + 1) : field.name, out);
    out.push_back(':');
    AppendJson(field.type, values[i], out);
  }
  out.push_back('}');
}

void AppendQuotedText(const Type& type, const AnswerValue& value, std::string& out) {
  AppendJsonQuoted(ValueText(type, value), out);
}

}  // namespace

std::string FloatText(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  std::array<char, 64> buffer{};
  const auto print = [&](std::chars_format format) {
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format).ptr;
    return std::string(buffer.data(), end);
  };
  std::string text = print(std::chars_format::scientific);
  const size_t mark = text.find('e');
  const int exponent = std::atoi(text.c_str() + mark + 1);
  if (value == 0 || (exponent > kMinFixedExponent && exponent < kMaxFixedExponent)) {
    text = print(std::chars_format::fixed);
    return text.find('.') == std::string::npos ? text + ".0" : text;
  }
  std::string mantissa = text.substr(0, mark);
  if (mantissa.find('.') == std::string::npos) mantissa += ".0";
  return mantissa + "E" + std::to_string(exponent);
}

std::string TimestampText(int64_t micros) {
  std::string text;
  AppendDateAndTime(micros, ' ', text);
  return text + " UTC";
}

void AppendText(const Type& type, const AnswerValue& value, std::string& out) {
  if (value.is_null()) return;
  switch (type.kind()) {
    case TypeKind::kInt64: AppendInteger(value.integer(), out); return;
    case TypeKind::kFloat64: out += FloatText(value.real()); return;
    case TypeKind::kBool: out += value.boolean() ? "true" : "false"; return;
    case TypeKind::kNumeric:
    case TypeKind::kBigNumeric:
    case TypeKind::kString:
    case TypeKind::kJson: out += value.text(); return;
    case TypeKind::kBytes: AppendBase64(value.text(), out); return;
    case TypeKind::kDate: AppendDate(value.integer(), out); return;
    case TypeKind::kDatetime: AppendDateAndTime(value.integer(), 'T', out); return;
    case TypeKind::kTime: AppendTime(value.integer(), out); return;
    case TypeKind::kTimestamp: out += TimestampText(value.integer()); return;
    case TypeKind::kInterval: AppendInterval(value.interval(), out); return;
    case TypeKind::kRange: AppendRange(type, value.list(), out); return;
    case TypeKind::kArray:
    case TypeKind::kStruct: AppendJson(type, value, out); return;
  }
  Unreachable();
}

std::string ValueText(const Type& type, const AnswerValue& value) {
  std::string text;
  AppendText(type, value, text);
  return text;
}

void AppendJson(const Type& type, const AnswerValue& value, std::string& out) {
  if (value.is_null()) {
    out += "null";
    return;
  }
  switch (type.kind()) {
    case TypeKind::kInt64: {
      const bool exact = value.integer() <= kMaxExactInteger && value.integer() >= -kMaxExactInteger;
      exact ? AppendText(type, value, out) : AppendQuotedText(type, value, out);
      return;
    }
    case TypeKind::kFloat64:
      std::isfinite(value.real()) ? AppendText(type, value, out) : AppendQuotedText(type, value, out);
      return;
    case TypeKind::kNumeric:
    case TypeKind::kBigNumeric:
      FitsDouble(value.text()) ? AppendText(type, value, out) : AppendQuotedText(type, value, out);
      return;
    case TypeKind::kBool:
    case TypeKind::kJson: AppendText(type, value, out); return;
    case TypeKind::kString: AppendJsonQuoted(value.text(), out); return;
    case TypeKind::kBytes:
    case TypeKind::kDate:
    case TypeKind::kDatetime:
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kInterval:
    case TypeKind::kRange: AppendQuotedText(type, value, out); return;
    case TypeKind::kArray: AppendJsonList(type, value.list(), out); return;
    case TypeKind::kStruct: AppendJsonFields(type, value.list(), out); return;
  }
  Unreachable();
}

void AppendJsonQuoted(std::string_view text, std::string& out) {
  out.push_back('"');
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20U) {
          std::array<char, 8> escape{};
          std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
          out += escape.data();
        } else {
          out.push_back(c);
        }
    }
  }
  out.push_back('"');
}

}  // namespace casebook
