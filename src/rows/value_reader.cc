#include "rows/value_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#define XXH_INLINE_ALL  // for the widest instructions of the target, which the library lacks
#include <xxhash.h>

#include "base/text_words.h"

namespace casebook {
namespace {

constexpr double kMaxExactInteger = 9007199254740992.0;  // 2^53
constexpr double kFirstEpochMillis = 1e11;
constexpr int64_t kEpochDayMicros = kMicrosPerDay;  // 1970-01-01, AWS's sentinel
constexpr int64_t kYear1971Micros = 365 * kMicrosPerDay;
constexpr int64_t kYear10000Micros = 253'402'300'800 * kMicrosPerSecond;
constexpr size_t kMaxIssueText = 1'000;
constexpr int kNumericScale = 9;
constexpr size_t kDigitsThatFit = 18;  // in INT64

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool EqualsLower(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i]) != lower[i]) return false;
  }
  return true;
}

bool AllDigits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit); }

// A decimal number in parts: ±digits × 10^exponent, digits without leading zeros.
struct Decimal {
  bool negative = false;
  std::string digits;
  int64_t exponent = 0;
};

constexpr int kMaxDecimalDigits = 400;

// Reads `digits[.digits][e[±]digits]`; sign and currency are the caller's.
std::optional<Decimal> DecimalFromText(std::string_view text) {
  Decimal decimal;
  size_t at = 0;
  bool any = false;
  const auto take = [&](bool fraction) {
    for (; at < text.size() && IsDigit(text[at]); ++at) {
      any = true;
      if (text[at] != '0' || !decimal.digits.empty()) decimal.digits.push_back(text[at]);
      if (fraction) --decimal.exponent;
    }
  };
  take(false);
  if (at < text.size() && text[at] == '.') {
    ++at;
    take(true);
  }
  if (!any || decimal.digits.size() > kMaxDecimalDigits) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && text[at] == '+') ++at;
    int exponent = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    decimal.exponent += exponent;
    at = text.size();
  }
  if (at != text.size()) return std::nullopt;
  return decimal;
}

bool TakeSign(std::string_view& text) {
  if (text.empty() || (text.front() != '-' && text.front() != '+')) return false;
  const bool negative = text.front() == '-';
  text.remove_prefix(1);
  return negative;
}

// Commas out of `1,234,567.50`; nullopt where they do not part thousands.
std::optional<std::string> WithoutThousandsCommas(std::string_view text) {
  std::string plain;
  const size_t point = std::min(text.find('.'), text.size());
  size_t since_comma = 0;
  bool commas = false;
  for (size_t i = 0; i < point; ++i) {
    if (text[i] != ',') {
      plain.push_back(text[i]);
      ++since_comma;
      continue;
    }
    if (since_comma == 0 || since_comma > 3 || (commas && since_comma != 3)) return std::nullopt;
    commas = true;
    since_comma = 0;
  }
  if (commas && since_comma != 3) return std::nullopt;
  return plain + std::string(text.substr(point));
}

// `decimal` in units of 10^-scale, rounded half to even.
std::optional<int64_t> Scaled(const Decimal& decimal, int scale) {
  if (decimal.digits.empty()) return 0;
  const int64_t shift = decimal.exponent + scale;
  std::string digits = decimal.digits;
  bool up = false;
  if (shift >= 0) {
    if (shift > 19) return std::nullopt;
    digits.append(static_cast<size_t>(shift), '0');
  } else {
    const auto kept = static_cast<int64_t>(digits.size()) + shift;
    const std::string dropped = kept >= 0 ? digits.substr(static_cast<size_t>(kept)) : "0";
    digits = kept > 0 ? digits.substr(0, static_cast<size_t>(kept)) : "0";
    const bool more = dropped.find_first_not_of('0', 1) != std::string::npos;
    const bool odd = (digits.back() - '0') % 2 == 1;
    up = dropped[0] > '5' || (dropped[0] == '5' && (more || odd));
  }
  int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || value == std::numeric_limits<int64_t>::max()) return std::nullopt;
  value += up ? 1 : 0;
  return decimal.negative ? -value : value;
}

int64_t MicrosFromEpoch(std::string_view number) {
  const std::optional<Timestamp> read = TimestampFromEpoch(number);
  return read ? read->micros : kNoMicros;
}

// What is neither a time nor a date in the text of a time column.
std::string_view TimeRule(std::string_view text) { return AllDigits(text) ? rule::kEpochText : rule::kNotATime; }

// The text of a scalar as people read it; empty for objects and arrays.
bool IsScalar(const JsonValue& value) {
  return value.kind == JsonKind::kString || value.kind == JsonKind::kNumber || value.kind == JsonKind::kBool;
}

bool IsBlank(const JsonValue& value) { return value.IsString() && Trimmed(value.text).empty(); }

void Refuse(const ColumnTarget& target, std::string_view rule, const JsonValue& value) {
  target.issues.Add(target.name, rule, value.text);
  target.column.AppendNull();
}

}  // namespace

std::string_view TrimmedAtEnds(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
  while (true) {
    const size_t size = text.size();
    const size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    text = text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
    if (text.starts_with(kNoBreakSpace)) text.remove_prefix(kNoBreakSpace.size());
    if (text.ends_with(kNoBreakSpace)) text.remove_suffix(kNoBreakSpace.size());
    if (text.size() == size) return text;
  }
}

std::optional<bool> BoolFromText(std::string_view text) {
  text = Trimmed(text);
  for (const std::string_view yes : {"true", "yes", "y", "1"}) {
    if (EqualsLower(text, yes)) return true;
  }
  for (const std::string_view no : {"false", "no", "n", "0"}) {
    if (EqualsLower(text, no)) return false;
  }
  return std::nullopt;
}

int64_t CountFromText(std::string_view text) {
  if (text.empty() || text.size() > kDigitsThatFit) return kNoCount;
  int64_t count = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return kNoCount;
    count = count * 10 + (c - '0');
  }
  return count;
}

namespace {

// `1.0541758E7`, as account numbers come: digits with a point behind the first, and an exponent of one digit that
// moves it behind the last or further. kNoCount for anything else.
int64_t CountFromScientific(std::string_view text) {
  const size_t size = text.size();
  if (size < 5 || size > kDigitsThatFit || text[1] != '.' || text[size - 2] != 'E') return kNoCount;
  const std::string_view fraction = text.substr(2, size - 4);
  const int64_t whole = CountFromText(text.substr(0, 1));
  const int64_t behind = CountFromText(fraction);
  const int64_t exponent = CountFromText(text.substr(size - 1));
  if (whole == kNoCount || behind == kNoCount || exponent < static_cast<int64_t>(fraction.size())) return kNoCount;
  int64_t count = whole;
  for (size_t i = 0; i < fraction.size(); ++i) count *= 10;
  count += behind;
  for (auto i = static_cast<int64_t>(fraction.size()); i < exponent; ++i) count *= 10;
  return count;
}

}  // namespace

std::optional<int64_t> Int64FromText(std::string_view text) {
  text = Trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  if (const int64_t count = CountFromText(text); count != kNoCount) return count;
  if (const int64_t count = CountFromScientific(text); count != kNoCount) return count;
  int64_t whole = 0;
  const char* const end = text.data() + text.size();
  if (const auto [stop, error] = std::from_chars(text.data(), end, whole); error == std::errc() && stop == end) {
    return whole;
  }
  const std::optional<double> number = Float64FromText(text);
  if (!number || std::abs(*number) > kMaxExactInteger || std::trunc(*number) != *number) return std::nullopt;
  if (text.find_first_of(".eE") == std::string_view::npos) return std::nullopt;
  return static_cast<int64_t>(*number);
}

std::optional<double> Float64FromText(std::string_view text) {
  text = Trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  // from_chars would also take `inf` and `nan`.
  if (text.empty() || !(IsDigit(text.back()) || text.back() == '.')) return std::nullopt;
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::optional<int64_t> NumericFromText(std::string_view text) {
  constexpr std::string_view kPound = "\xC2\xA3";
  text = Trimmed(text);
  bool negative = TakeSign(text);
  text = Trimmed(text);
  if (text.starts_with(kPound)) {
    text = Trimmed(text.substr(kPound.size()));
    negative = TakeSign(text) || negative;
  }
  const std::optional<std::string> plain = WithoutThousandsCommas(text);
  if (!plain) return std::nullopt;
  std::optional<Decimal> decimal = DecimalFromText(*plain);
  if (!decimal) return std::nullopt;
  decimal->negative = negative;
  return Scaled(*decimal, kNumericScale);
}

std::optional<Timestamp> TimestampFromEpoch(std::string_view number) {
  const std::optional<double> value = Float64FromText(number);
  if (!value) return std::nullopt;
  const int scale = std::abs(*value) >= kFirstEpochMillis ? 3 : 6;
  std::string_view digits = number;
  const bool negative = TakeSign(digits);
  std::optional<Decimal> decimal = DecimalFromText(digits);
  if (!decimal) return std::nullopt;
  decimal->negative = negative;
  const std::optional<int64_t> micros = Scaled(*decimal, scale);
  if (!micros || *micros >= kYear10000Micros) return std::nullopt;
  return Timestamp{*micros};
}

std::string NumberText(std::string_view number) {
  if (number.find_first_of(".eE") == std::string_view::npos) return std::string(number);
  const std::optional<int64_t> whole = Int64FromText(number);
  return whole ? std::to_string(*whole) : std::string(number);
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

std::string_view LastSegment(std::string_view arn) { return arn.substr(arn.rfind('/') + 1); }

void ValueIssues::Add(std::string_view column, std::string_view rule, std::string_view text) {
  if (text.size() > kMaxIssueText) {
    size_t end = kMaxIssueText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not inside a character
    text = text.substr(0, end);
  }
  const auto put = [&](ValueIssueColumn to, std::string_view value) {
    value.empty() ? issues_[to].AppendNull() : issues_[to].AppendText(value);
  };
  put(ValueIssueColumn::kTableName, table_);
  put(ValueIssueColumn::kColumnName, column);
  put(ValueIssueColumn::kRowId, row_id_);
  put(ValueIssueColumn::kRule, rule);
  put(ValueIssueColumn::kText, text);
  put(ValueIssueColumn::kSource, origin_.source);
  issues_[ValueIssueColumn::kSequence].AppendInt64(static_cast<int64_t>(origin_.sequence));
  issues_.EndRow();
}

void WriteText(const ColumnTarget& target, const JsonValue& value) {
  if (value.IsAbsent()) return target.column.AppendNull();
  if (!IsScalar(value)) return Refuse(target, rule::kNotText, value);
  if (value.kind == JsonKind::kNumber) return target.column.AppendText(NumberText(value.text));
  const std::string_view text = Trimmed(value.text);
  text.empty() ? target.column.AppendNull() : target.column.AppendText(text);
}

void WriteKeptText(const ColumnTarget& target, const JsonValue& value) {
  if (value.IsString()) return target.column.AppendText(value.text);
  WriteText(target, value);
}

void WriteLowerCaseText(const ColumnTarget& target, const JsonValue& value) {
  if (!value.IsString() || IsBlank(value)) return WriteText(target, value);
  const std::string_view text = Trimmed(value.text);
  HasUpperCase(text) ? target.column.AppendText(LowerCase(text)) : target.column.AppendText(text);
}

void WriteBool(const ColumnTarget& target, const JsonValue& value) {
  if (value.kind == JsonKind::kBool) return target.column.AppendBool(value.IsTrue());
  if (value.IsAbsent() || IsBlank(value)) return target.column.AppendNull();
  if (!IsScalar(value)) return Refuse(target, rule::kNotABoolean, value);
  std::optional<bool> read = BoolFromText(value.text);
  if (!read && value.kind == JsonKind::kNumber) read = BoolFromText(NumberText(value.text));
  if (!read) return Refuse(target, rule::kNotABoolean, value);
  target.column.AppendBool(*read);
}

void WriteInt64(const ColumnTarget& target, const JsonValue& value) {
  if (value.IsAbsent() || IsBlank(value)) return target.column.AppendNull();
  if (value.kind != JsonKind::kNumber && !value.IsString()) return Refuse(target, rule::kNotANumber, value);
  if (const int64_t count = CountFromText(value.text); count != kNoCount) return target.column.AppendInt64(count);
  const std::optional<int64_t> read = Int64FromText(value.text);
  if (read) return target.column.AppendInt64(*read);
  Refuse(target, Float64FromText(value.text) ? rule::kNotWhole : rule::kNotANumber, value);
}

void WriteFloat64(const ColumnTarget& target, const JsonValue& value) {
  if (value.IsAbsent() || IsBlank(value)) return target.column.AppendNull();
  if (value.kind != JsonKind::kNumber && !value.IsString()) return Refuse(target, rule::kNotANumber, value);
  const std::optional<double> read = Float64FromText(value.text);
  read ? target.column.AppendFloat64(*read) : Refuse(target, rule::kNotANumber, value);
}

void WriteNumeric(const ColumnTarget& target, const JsonValue& value) {
  if (value.IsAbsent() || IsBlank(value)) return target.column.AppendNull();
  if (value.kind != JsonKind::kNumber && !value.IsString()) return Refuse(target, rule::kNotANumber, value);
  const std::optional<int64_t> read = NumericFromText(value.text);
  read ? target.column.AppendNumeric(*read) : Refuse(target, rule::kNotANumber, value);
}

int64_t ReadMicros(std::string_view column, const JsonValue& value, ValueIssues& issues) {
  if (value.IsAbsent()) return kNoMicros;
  const std::string_view text = Trimmed(value.StringText());
  if (value.IsString() && text.empty()) return kNoMicros;
  const int64_t read = value.kind == JsonKind::kNumber ? MicrosFromEpoch(value.text) : ParseMicros(text);
  if (read >= kYear1971Micros) return read;
  if (read == kNoMicros) {
    issues.Add(column, value.IsString() ? TimeRule(text) : rule::kNotATime, value.text);
  } else if (read < 0 || read >= kEpochDayMicros) {
    issues.Add(column, rule::kBefore1971, value.text);
  }
  return kNoMicros;
}

std::optional<Timestamp> ReadTimestamp(std::string_view column, const JsonValue& value, ValueIssues& issues) {
  const int64_t read = ReadMicros(column, value, issues);
  if (read == kNoMicros) return std::nullopt;
  return Timestamp{read};
}

void WriteTimestamp(const ColumnTarget& target, const JsonValue& value) {
  const int64_t read = ReadMicros(target.name, value, target.issues);
  read == kNoMicros ? target.column.AppendNull() : target.column.AppendTimestamp({read});
}

void WriteJson(const ColumnTarget& target, const JsonValue& value) {
  if (value.IsAbsent()) return target.column.AppendNull();
  if (!value.IsString()) return target.column.AppendText(value.text);
  std::string text;
  AppendJsonString(value.text, text);
  target.column.AppendText(text);
}

int64_t ContentHash(std::string_view record) { return static_cast<int64_t>(XXH3_64bits(record.data(), record.size())); }

}  // namespace casebook
