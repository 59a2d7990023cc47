// CAST between scalars, and numbers as text.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "analysis/civil.h"
#include "analysis/numeric_text.h"
#include "base/utf8.h"
#include "engines/duckdb/numeric.h"
#include "engines/duckdb/time_text.h"
#include "schema/table.h"

namespace casebook::engines {

std::string NumericText(Numeric value) {
  const bool negative = value.billionths < 0;
  auto rest = static_cast<UInt128>(negative ? -value.billionths : value.billionths);
  std::string digits;
  while (rest > 0 || digits.size() < 10) {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
  }
  std::string fraction = digits.substr(digits.size() - 9);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return (negative ? "-" : "") + digits.substr(0, digits.size() - 9) + (fraction.empty() ? "" : "." + fraction);
}

std::optional<Numeric> ReadNumeric(std::string_view text) {
  const auto canonical = analysis::CanonicalNumeric(text);
  if (!canonical) return std::nullopt;
  std::string_view rest = *canonical;
  const bool negative = rest.starts_with("-");
  if (negative) rest.remove_prefix(1);
  Int128 value = 0;
  int after_point = -1;
  for (const char c : rest) {
    if (c == '.') {
      after_point = 0;
      continue;
    }
    value = value * 10 + (c - '0');
    if (after_point >= 0) ++after_point;
  }
  for (int i = after_point < 0 ? 0 : after_point; i < 9; ++i) value *= 10;
  return Numeric{negative ? -value : value};
}

std::string FloatText(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (value == 0) return "0";  // whatever its sign
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.15g", value);
  double back = 0;
  std::from_chars(buffer[0] == '+' ? buffer + 1 : buffer, buffer + sizeof buffer, back);
  if (back != value) std::snprintf(buffer, sizeof buffer, "%.17g", value);
  return buffer;
}

std::string_view TrimmedText(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\r\f\v";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::optional<std::string> PlainNumberText(std::string_view text) {
  const auto is_sign = [](char c) { return c == '+' || c == '-'; };
  std::string_view bare = TrimmedText(text);
  if (bare.empty()) return std::nullopt;
  char sign = '+';
  if (is_sign(bare.front()) || is_sign(bare.back())) {
    const bool leads = is_sign(bare.front());
    sign = leads ? bare.front() : bare.back();
    bare = TrimmedText(leads ? bare.substr(1) : bare.substr(0, bare.size() - 1));
  }
  const size_t whole = std::min(bare.find_first_not_of("0123456789,"), bare.size());
  std::string digits(bare.substr(0, whole));
  std::erase(digits, ',');
  if (digits.empty() && whole > 0) return std::nullopt;
  digits += bare.substr(whole);
  if (digits.empty() || is_sign(digits.front())) return std::nullopt;
  return sign + digits;
}

namespace {

template <typename T>
Answer<T> Bad(const char* type, std::string_view text) {
  return Answer<T>::Fail("Bad " + std::string(type) + " value: " + std::string(text));
}

Answer<int64_t> FloatToInt(double value) {
  const double rounded = std::round(value);
  if (!(rounded >= -9223372036854775808.0 && rounded < 9223372036854775808.0)) {
    return Answer<int64_t>::Fail("Illegal conversion of double to int64: " + FloatText(value));
  }
  return static_cast<int64_t>(rounded);
}
Answer<Numeric> FloatToNumeric(double value) {
  if (!std::isfinite(value)) return Answer<Numeric>::Fail("Illegal conversion of non-finite floating point number to numeric: " + FloatText(value));
  if (std::fabs(value) > 1e30) return Answer<Numeric>::Fail("numeric out of range: " + FloatText(value));
  char buffer[160];
  std::snprintf(buffer, sizeof buffer, "%.80f", value);
  const auto numeric = ReadNumeric(buffer);
  if (!numeric) return Answer<Numeric>::Fail("numeric out of range: " + FloatText(value));
  return *numeric;
}
Answer<std::string> FloatToText(double value) { return FloatText(value); }
Answer<int64_t> NumericToInt(Numeric value) {
  const bool negative = value.billionths < 0;
  Int128 whole = value.billionths / kNumericOne;
  Int128 rest = value.billionths % kNumericOne;
  if (rest < 0) rest = -rest;
  if (rest * 2 >= kNumericOne) whole += negative ? -1 : 1;
  if (whole > INT64_MAX || whole < INT64_MIN) return Answer<int64_t>::Fail("int64 out of range: " + NumericText(value));
  return static_cast<int64_t>(whole);
}
Answer<double> NumericToFloat(Numeric value) {
  const std::string text = NumericText(value);
  double result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}
Answer<std::string> NumericToText(Numeric value) { return NumericText(value); }

Answer<int64_t> TextToInt(std::string_view text) {
  std::string_view bare = TrimmedText(text);
  const bool negative = bare.starts_with("-");
  if (negative || bare.starts_with("+")) bare.remove_prefix(1);
  int base = 10;
  if (bare.starts_with("0x") || bare.starts_with("0X")) {
    base = 16;
    bare.remove_prefix(2);
  }
  uint64_t magnitude = 0;
  const auto [end, error] = std::from_chars(bare.data(), bare.data() + bare.size(), magnitude, base);
  if (error != std::errc() || end != bare.data() + bare.size() || bare.empty()) return Bad<int64_t>("int64", text);
  const uint64_t limit = uint64_t{1} << 63U;
  if (magnitude > limit || (magnitude == limit && !negative)) return Bad<int64_t>("int64", text);
  return static_cast<int64_t>(negative ? 0 - magnitude : magnitude);
}
Answer<double> TextToFloat(std::string_view text) {
  std::string_view bare = TrimmedText(text);
  std::string_view magnitude = bare;
  const bool negative = magnitude.starts_with("-");
  if (negative || magnitude.starts_with("+")) magnitude.remove_prefix(1);
  if (EqualIgnoringCase(magnitude, "inf") || EqualIgnoringCase(magnitude, "infinity")) {
    return negative ? -HUGE_VAL : HUGE_VAL;
  }
  if (EqualIgnoringCase(magnitude, "nan")) return std::nan("");
  double value = 0;
  const bool hex = magnitude.starts_with("0x") || magnitude.starts_with("0X");
  if (hex) magnitude.remove_prefix(2);
  const auto [end, error] = std::from_chars(magnitude.data(), magnitude.data() + magnitude.size(), value,
                                            hex ? std::chars_format::hex : std::chars_format::general);
  if (magnitude.empty() || magnitude.front() == '-' || end != magnitude.data() + magnitude.size()) {
    return Bad<double>("double", text);
  }
  if (error == std::errc::result_out_of_range) {
    // Too small is 0, too large an infinity.
    value = std::strtod(((hex ? "0x" : "") + std::string(magnitude)).c_str(), nullptr);
  } else if (error != std::errc()) {
    return Bad<double>("double", text);
  }
  return negative ? -value : value;
}
Answer<Numeric> TextToNumeric(std::string_view text) {
  const auto numeric = ReadNumeric(TrimmedText(text));
  if (!numeric) return Answer<Numeric>::Fail("Invalid NUMERIC value: " + std::string(text));
  return *numeric;
}
Answer<Numeric> ParseNumeric(std::string_view text) {
  const auto written = PlainNumberText(text);
  const auto numeric = written ? ReadNumeric(*written) : std::nullopt;
  if (!numeric) return Answer<Numeric>::Fail("Invalid input to PARSE_NUMERIC: \"" + std::string(text) + "\"");
  return *numeric;
}
Answer<bool> TextToBool(std::string_view text) {
  if (EqualIgnoringCase(text, "true")) return true;
  if (EqualIgnoringCase(text, "false")) return false;
  return Bad<bool>("bool", text);
}
Answer<std::string> BytesToText(BytesView bytes) {
  if (!IsValidUtf8(bytes.bytes)) return Answer<std::string>::Fail("Invalid UTF-8 in CAST from BYTES to STRING");
  return std::string(bytes.bytes);
}
Answer<DateValue> TextToDate(std::string_view text) {
  const auto days = analysis::ParseDateText(text);
  if (!days) return Answer<DateValue>::Fail("Invalid date: '" + std::string(text) + "'");
  return DateValue{static_cast<int32_t>(*days)};
}
Answer<DatetimeValue> TextToDatetime(std::string_view text) {
  const auto micros = analysis::ParseDatetimeText(text);
  if (!micros) return Answer<DatetimeValue>::Fail("Invalid datetime string \"" + std::string(text) + "\"");
  return DatetimeValue{*micros};
}
Answer<TimeValue> TextToTime(std::string_view text) {
  const auto micros = analysis::ParseTimeText(text);
  if (!micros) return Answer<TimeValue>::Fail("Invalid time string \"" + std::string(text) + "\"");
  return TimeValue{*micros};
}
Answer<DatetimeValue> BadZone(std::string_view zone) {
  return Answer<DatetimeValue>::Fail("Invalid time zone: " + std::string(zone));
}
Answer<DatetimeValue> TextToTimestamp(std::string_view text, std::string_view zone_name) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return BadZone(zone_name);
  const auto micros = analysis::ParseTimestampText(text, *zone);
  if (!micros) return Answer<DatetimeValue>::Fail("Invalid timestamp: '" + std::string(text) + "'");
  return DatetimeValue{*micros};
}
// A zone in the text and one beside it are one too many.
Answer<DatetimeValue> TextToTimestampIn(std::string_view text, std::string_view zone_name) {
  if (!analysis::ParseDatetimeText(text)) {
    return Answer<DatetimeValue>::Fail("Invalid timestamp: '" + std::string(text) + "'");
  }
  return TextToTimestamp(text, zone_name);
}
Answer<DatetimeValue> InRange(int64_t micros) {
  if (micros < analysis::kMinDatetime || micros > analysis::kMaxDatetime) {
    return Answer<DatetimeValue>::Fail("Timestamp is out of the range of years 1 to 9999");
  }
  return DatetimeValue{micros};
}
Answer<DatetimeValue> LocalToUtc(DatetimeValue local, std::string_view zone_name) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return BadZone(zone_name);
  return InRange(zone->ToUtc(local.micros));
}
// The clock is right also where the date is none.
Answer<TimeValue> UtcToTime(DatetimeValue utc, std::string_view zone_name) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return Answer<TimeValue>::Fail("Invalid time zone: " + std::string(zone_name));
  const int64_t micros = zone->ToLocal(utc.micros) % analysis::kDayMicros;
  return TimeValue{micros < 0 ? micros + analysis::kDayMicros : micros};
}
Answer<DatetimeValue> UtcToLocal(DatetimeValue utc, std::string_view zone_name) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return BadZone(zone_name);
  return InRange(zone->ToLocal(utc.micros));
}
Answer<DateValue> UtcToDate(DatetimeValue utc, std::string_view zone_name) {
  const auto local = UtcToLocal(utc, zone_name);
  if (local.error != nullptr) return Answer<DateValue>::Fail(*local.error);
  int64_t days = local.value.micros / analysis::kDayMicros;
  if (local.value.micros % analysis::kDayMicros < 0) --days;
  return DateValue{static_cast<int32_t>(days)};
}
Answer<std::string> DateToText(DateValue date) { return DateText(date.days); }
Answer<std::string> DatetimeToText(DatetimeValue datetime) { return DatetimeText(datetime.micros, ' '); }
Answer<std::string> DatetimeToJson(DatetimeValue datetime) { return DatetimeText(datetime.micros, 'T'); }
Answer<std::string> TimeToText(TimeValue time) { return TimeText(time.micros); }
Answer<std::string> TimestampToText(DatetimeValue utc, std::string_view zone_name) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return Answer<std::string>::Fail("Invalid time zone: " + std::string(zone_name));
  const int64_t offset = ShownOffset(zone->OffsetAt(utc.micros));
  return DatetimeText(utc.micros + offset * 1'000'000, ' ') + OffsetText(offset, false);
}

}  // namespace

void AddCasts(Registrar& registrar) {
  registrar.Add("gs_float_to_int", FloatToInt);
  registrar.Add("gs_float_to_numeric", FloatToNumeric);
  registrar.Add("gs_float_to_text", FloatToText);
  registrar.Add("gs_numeric_to_int", NumericToInt);
  registrar.Add("gs_numeric_to_float", NumericToFloat);
  registrar.Add("gs_numeric_to_text", NumericToText);
  registrar.Add("gs_text_to_int", TextToInt);
  registrar.Add("gs_text_to_float", TextToFloat);
  registrar.Add("gs_text_to_numeric", TextToNumeric);
  registrar.Add("gs_text_to_bool", TextToBool);
  registrar.Add("gs_bytes_to_text", BytesToText);
  registrar.Add("gs_text_to_date", TextToDate);
  registrar.Add("gs_text_to_datetime", TextToDatetime);
  registrar.Add("gs_text_to_time", TextToTime);
  registrar.Add("gs_text_to_timestamp", TextToTimestamp);
  registrar.Add("gs_text_to_timestamp_in", TextToTimestampIn);
  registrar.Add("gs_local_to_utc", LocalToUtc);
  registrar.Add("gs_utc_to_local", UtcToLocal);
  registrar.Add("gs_utc_to_time", UtcToTime);
  registrar.Add("gs_utc_to_date", UtcToDate);
  registrar.Add("gs_parse_numeric", ParseNumeric);
  registrar.Add("gs_date_to_text", DateToText);
  registrar.Add("gs_datetime_to_text", DatetimeToText);
  registrar.Add("gs_datetime_to_json", DatetimeToJson);
  registrar.Add("gs_time_to_text", TimeToText);
  registrar.Add("gs_timestamp_to_text", TimestampToText);
}

}  // namespace casebook::engines
