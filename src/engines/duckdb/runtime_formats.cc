// FORMAT_DATE, PARSE_DATE and their kin.
#include "engines/duckdb/calendar.h"
#include "engines/duckdb/scalar_function.h"
#include "engines/duckdb/time_format.h"
#include "engines/duckdb/time_text.h"

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
  const int64_t offset = ShownOffset(zone->OffsetAt(at.micros));
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
}

}  // namespace casebook::engines
