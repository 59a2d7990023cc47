// CAST … FORMAT, by the types on both sides.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "engines/duckdb/bignumeric.h"
#include "engines/duckdb/calendar.h"
#include "engines/duckdb/cast_format_number.h"
#include "engines/duckdb/cast_format_time.h"
#include "engines/duckdb/numeric.h"
#include "engines/duckdb/scalar_function.h"
#include "engines/duckdb/time_text.h"
#include "schema/table.h"

namespace casebook::engines {
namespace {

using Text = Answer<std::string>;
using OutBytes = Answer<Bytes>;

// --- Dates and times -------------------------------------------------------------------------------

Text TimeText(const ZonedTime& time, std::string_view format, TimeKind kind) {
  std::string why;
  auto text = FormatTimeCast(format, time, kind, why);
  if (!text) return Text::Fail(why);
  return std::move(*text);
}
Text DateToText(DateValue date, std::string_view format) {
  return TimeText({date.days * analysis::kDayMicros, 0, {}}, format, TimeKind::kDate);
}
Text TimeToText(TimeValue time, std::string_view format) { return TimeText({time.micros, 0, {}}, format, TimeKind::kTime); }
Text DatetimeToText(DatetimeValue at, std::string_view format) {
  return TimeText({at.micros, 0, {}}, format, TimeKind::kDatetime);
}
Text TimestampToText(DatetimeValue at, std::string_view format, std::string_view zone_name) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return Text::Fail("Invalid time zone: " + std::string(zone_name));
  const int64_t offset = ShownOffset(zone->OffsetAt(at.micros));
  return TimeText({at.micros + offset * 1'000'000, offset, zone_name}, format, TimeKind::kTimestamp);
}

// `now`: the instant that says what year and month a text without them means, on the clock of `zone_name`.
template <typename T>
Answer<T> TextTo(TimeKind kind, std::string_view text, std::string_view format, DatetimeValue now,
                 std::string_view zone_name, T (*make)(int64_t)) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return Answer<T>::Fail("Invalid time zone: " + std::string(zone_name));
  std::string why;
  const int64_t today = FloorDiv(zone->ToLocal(now.micros), analysis::kDayMicros);
  const auto value = ParseTimeCast(format, text, kind, *zone, today, why);
  if (!value) return Answer<T>::Fail(why + ": \"" + std::string(text) + "\"");
  return make(*value);
}
DateValue MakeDate(int64_t micros) { return {static_cast<int32_t>(FloorDiv(micros, analysis::kDayMicros))}; }
DatetimeValue MakeDatetime(int64_t micros) { return {micros}; }
TimeValue MakeTime(int64_t micros) { return {micros}; }
Answer<DateValue> TextToDate(std::string_view text, std::string_view format, DatetimeValue now, std::string_view zone) {
  return TextTo(TimeKind::kDate, text, format, now, zone, MakeDate);
}
Answer<TimeValue> TextToTime(std::string_view text, std::string_view format, DatetimeValue now, std::string_view zone) {
  return TextTo(TimeKind::kTime, text, format, now, zone, MakeTime);
}
Answer<DatetimeValue> TextToDatetime(std::string_view text, std::string_view format, DatetimeValue now,
                                     std::string_view zone) {
  return TextTo(TimeKind::kDatetime, text, format, now, zone, MakeDatetime);
}
Answer<DatetimeValue> TextToTimestamp(std::string_view text, std::string_view format, DatetimeValue now,
                                      std::string_view zone) {
  return TextTo(TimeKind::kTimestamp, text, format, now, zone, MakeDatetime);
}

// --- Numbers ---------------------------------------------------------------------------------------

Text NumberText(const NumberToFormat& number, std::string_view format) {
  std::string why;
  auto text = FormatNumber(number, format, why);
  if (!text) return Text::Fail(why);
  return std::move(*text);
}
Text IntToText(int64_t value, std::string_view format) { return NumberText({std::to_string(value), std::nullopt}, format); }
Text FloatToText(double value, std::string_view format) { return NumberText({"", value}, format); }
Text NumericToText(Numeric value, std::string_view format) { return NumberText({NumericText(value), std::nullopt}, format); }
Text BigNumericToText(BigNumeric value, std::string_view format) {
  return NumberText({BigNumericText(value), std::nullopt}, format);
}

// --- Bytes -----------------------------------------------------------------------------------------

enum class Encoding { kBase2, kBase8, kBase16, kBase32, kBase64, kBase64Lines, kAscii, kUtf8 };

std::optional<Encoding> FindEncoding(std::string_view name) {
  struct Named {
    std::string_view name;
    Encoding encoding;
  };
  constexpr std::array<Named, 10> kNames = {{{"BASE2", Encoding::kBase2}, {"BASE8", Encoding::kBase8},
                                             {"BASE16", Encoding::kBase16}, {"HEX", Encoding::kBase16},
                                             {"BASE32", Encoding::kBase32}, {"BASE64", Encoding::kBase64},
                                             {"BASE64M", Encoding::kBase64Lines}, {"ASCII", Encoding::kAscii},
                                             {"UTF-8", Encoding::kUtf8}, {"UTF8", Encoding::kUtf8}}};
  for (const Named& named : kNames) {
    if (EqualIgnoringCase(name, named.name)) return named.encoding;
  }
  return std::nullopt;
}

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase32Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kBase64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The digits of the bytes as one number of digits of `bits` bits, with zeros in front of it where they do not
// come out even.
std::string DigitsOf(std::string_view bytes, unsigned bits) {
  const size_t count = (bytes.size() * 8 + bits - 1) / bits;
  const size_t lead = count * bits - bytes.size() * 8;
  std::string text(count, '0');
  for (size_t i = 0; i < count; ++i) {
    unsigned digit = 0;
    for (size_t bit = i * bits; bit < (i + 1) * bits; ++bit) {
      const size_t at = bit - lead;
      const bool set = bit >= lead && (static_cast<unsigned char>(bytes[at / 8]) >> (7 - at % 8) & 1U) != 0;
      digit = digit << 1U | (set ? 1U : 0U);
    }
    text[i] = kHexDigits[digit];
  }
  return text;
}

// The bytes of a number in digits of `bits` bits, the last byte full.
std::optional<std::string> BytesOf(std::string_view digits, unsigned bits) {
  // 8 octal digits are 3 bytes; fewer are as many as they reach into.
  const size_t rest = digits.size() * bits % 24;
  const size_t partial = bits == 3 ? (rest == 0 ? 0 : std::max<size_t>(1, (rest - (rest % 8 <= 2 ? rest % 8 : 0) + 7) / 8))
                                   : (rest + 7) / 8;
  const size_t count = digits.size() * bits / 24 * 3 + partial;
  std::string bytes(count, '\0');
  for (size_t i = 0; i < digits.size(); ++i) {
    const size_t digit = kHexDigits.find(static_cast<char>(std::tolower(static_cast<unsigned char>(digits[i]))));
    if (digit == std::string_view::npos || digit >= (size_t{1} << bits)) return std::nullopt;
    for (unsigned bit = 0; bit < bits; ++bit) {
      const size_t from_end = (digits.size() - 1 - i) * bits + bit;
      if (from_end / 8 >= count || (digit >> bit & 1U) == 0) continue;
      char& byte = bytes[count - 1 - from_end / 8];
      byte = static_cast<char>(static_cast<unsigned char>(byte) | 1U << from_end % 8);
    }
  }
  return bytes;
}

// RFC 4648 with padding: groups of 5 or 6 bits from the front.
std::string EncodeGroups(std::string_view bytes, std::string_view alphabet, unsigned bits, size_t block) {
  std::string text;
  unsigned buffer = 0;
  unsigned held = 0;
  for (const char c : bytes) {
    buffer = buffer << 8U | static_cast<unsigned char>(c);
    held += 8;
    for (; held >= bits; held -= bits) text += alphabet[buffer >> (held - bits) & ((1U << bits) - 1)];
    buffer &= (1U << held) - 1;
  }
  if (held > 0) text += alphabet[buffer << (bits - held) & ((1U << bits) - 1)];
  while (text.size() % block != 0) text += '=';
  return text;
}

// Spaces count for nothing, and the padding may be missing; but where some is there it is whole.
std::optional<std::string> DecodeGroups(std::string_view text, std::string_view alphabet, unsigned bits, size_t block) {
  std::string bytes;
  unsigned buffer = 0;
  unsigned held = 0;
  size_t digits = 0;
  size_t padding = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\v') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const size_t digit = alphabet.find(bits == 5 ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c);
    if (digit == std::string_view::npos || padding > 0) return std::nullopt;
    buffer = buffer << bits | static_cast<unsigned>(digit);
    held += bits;
    ++digits;
    if (held >= 8) {
      held -= 8;
      bytes += static_cast<char>(buffer >> held & 0xFFU);
      buffer &= (1U << held) - 1;
    }
  }
  if (held >= bits || buffer != 0) return std::nullopt;
  if (padding > 0 && (digits + padding) % block != 0) return std::nullopt;
  return bytes;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Lines of 76 characters.
std::string InLines(const std::string& text) {
  constexpr size_t kLine = 76;
  std::string lines;
  for (size_t i = 0; i < text.size(); i += kLine) lines += (i > 0 ? "\n" : "") + text.substr(i, kLine);
  return lines;
}

Text BytesToText(BytesView value, std::string_view format) {
  const auto encoding = FindEncoding(format);
  if (!encoding) return Text::Fail("Invalid format '" + std::string(format) + "'");
  const std::string_view bytes = value.bytes;
  switch (*encoding) {
    case Encoding::kBase2: return DigitsOf(bytes, 1);
    case Encoding::kBase8: return DigitsOf(bytes, 3);
    case Encoding::kBase16: return DigitsOf(bytes, 4);
    case Encoding::kBase32: return EncodeGroups(bytes, kBase32Digits, 5, 8);
    case Encoding::kBase64: return EncodeGroups(bytes, kBase64Digits, 6, 4);
    case Encoding::kBase64Lines: return InLines(EncodeGroups(bytes, kBase64Digits, 6, 4));
    case Encoding::kAscii:
      if (!IsAscii(bytes)) return Text::Fail("Failed to decode invalid ASCII string");
      return std::string(bytes);
    case Encoding::kUtf8:
      if (!IsValidUtf8(bytes)) return Text::Fail("A string is not valid UTF-8");
      return std::string(bytes);
  }
  Unreachable();
}

std::optional<std::string> Decoded(std::string_view text, Encoding encoding) {
  switch (encoding) {
    case Encoding::kBase2: return BytesOf(text, 1);
    case Encoding::kBase8: return BytesOf(text, 3);
    case Encoding::kBase16: return BytesOf(text, 4);
    case Encoding::kBase32: return DecodeGroups(text, kBase32Digits, 5, 8);
    case Encoding::kBase64:
    case Encoding::kBase64Lines: return DecodeGroups(text, kBase64Digits, 6, 4);
    case Encoding::kAscii: return IsAscii(text) ? std::optional(std::string(text)) : std::nullopt;
    case Encoding::kUtf8: return std::string(text);
  }
  Unreachable();
}

OutBytes TextToBytes(std::string_view text, std::string_view format) {
  const auto encoding = FindEncoding(format);
  if (!encoding) return OutBytes::Fail("Invalid format '" + std::string(format) + "'");
  auto bytes = Decoded(text, *encoding);
  if (!bytes) return OutBytes::Fail("Failed to decode invalid string of format " + std::string(format));
  return Bytes{std::move(*bytes)};
}

}  // namespace

void AddCastFormats(Registrar& registrar) {
  registrar.Add("gs_date_as_format", DateToText);
  registrar.Add("gs_time_as_format", TimeToText);
  registrar.Add("gs_datetime_as_format", DatetimeToText);
  registrar.Add("gs_timestamp_as_format", TimestampToText);
  registrar.Add("gs_int_as_format", IntToText);
  registrar.Add("gs_float_as_format", FloatToText);
  registrar.Add("gs_numeric_as_format", NumericToText);
  registrar.Add("gs_bignumeric_as_format", BigNumericToText);
  registrar.Add("gs_bytes_as_format", BytesToText);
  registrar.Add("gs_format_to_date", TextToDate);
  registrar.Add("gs_format_to_time", TextToTime);
  registrar.Add("gs_format_to_datetime", TextToDatetime);
  registrar.Add("gs_format_to_timestamp", TextToTimestamp);
  registrar.Add("gs_format_to_bytes", TextToBytes);
}

}  // namespace casebook::engines
