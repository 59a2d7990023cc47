// INTERVAL values, and functions that count in months or put dates and times into buckets.
#include <algorithm>
#include <array>

#include "analysis/interval.h"
#include "engines/duckdb/calendar.h"
#include "engines/duckdb/scalar_function.h"
#include "schema/table.h"

namespace casebook::engines {
namespace {

using analysis::Civil;
using analysis::CivilFromDays;
using analysis::DatePart;
using analysis::IntervalValue;
using analysis::kDayMicros;
using OutDate = Answer<DateValue>;
using OutDatetime = Answer<DatetimeValue>;
using OutInterval = Answer<IntervalValue>;

constexpr int64_t kDaysPerMonth = 30;  // where months must become days
constexpr int64_t kDaysPerLongMonth = 31;

OutInterval InRange(const std::optional<IntervalValue>& value) {
  if (!value) return OutInterval::Fail("Interval is out of range");
  return *value;
}

OutInterval MakePart(int64_t n, int64_t part) { return InRange(analysis::IntervalOf(n, static_cast<DatePart>(part))); }
OutInterval MakeInterval(int64_t year, int64_t month, int64_t day, int64_t hour, int64_t minute, int64_t second) {
  const Int128 seconds = (static_cast<Int128>(hour) * 60 + minute) * 60 + second;
  return InRange(analysis::BoundedInterval(static_cast<Int128>(year) * 12 + month, day, seconds * 1'000'000));
}
OutInterval TextToInterval(std::string_view text) {
  const auto value = analysis::ParseIntervalText(text);
  if (!value) return OutInterval::Fail("Invalid INTERVAL value '" + std::string(text) + "'");
  return *value;
}
Answer<std::string> IntervalToText(IntervalValue value) { return analysis::IntervalText(value); }

Answer<int64_t> MonthsOf(IntervalValue value) { return value.months; }
Answer<int64_t> DaysOf(IntervalValue value) { return value.days; }
Answer<int64_t> MicrosOf(IntervalValue value) { return value.micros; }
OutInterval FromParts(int64_t months, int64_t days, int64_t micros) {
  return InRange(analysis::BoundedInterval(months, days, micros));
}

// How long an interval is where one must be compared with another.
Int128 LengthOf(const IntervalValue& value) {
  return (static_cast<Int128>(value.months) * kDaysPerMonth + value.days) * kDayMicros + value.micros;
}
OutInterval Greater(IntervalValue a, IntervalValue b) { return LengthOf(b) > LengthOf(a) ? b : a; }
OutInterval Lesser(IntervalValue a, IntervalValue b) { return LengthOf(b) < LengthOf(a) ? b : a; }

// What is left of months becomes days of 30 to a month, what is left of days hours.
OutInterval DivideParts(int64_t months, int64_t days, int64_t micros, int64_t n) {
  if (n == 0) return OutInterval::Fail("Interval division by zero");
  const Int128 all_days = static_cast<Int128>(months % n) * kDaysPerMonth + days;
  const Int128 all_micros = (all_days % n) * kDayMicros + micros;
  return InRange(analysis::BoundedInterval(months / n, all_days / n, all_micros / n));
}
OutInterval Divide(IntervalValue value, int64_t n) { return DivideParts(value.months, value.days, value.micros, n); }

// --- Months ----------------------------------------------------------------------------------------

int64_t MonthNumber(const Civil& civil) { return civil.year * 12 + civil.month - 1; }
bool IsLastOfMonth(const Civil& civil) { return civil.day == analysis::DaysInMonth(civil.year, civil.month); }

// `months` later, on `day` or the last day of a month that is too short; nullopt outside of years 1 to 9999.
std::optional<int64_t> DayInMonth(Int128 month_number, int day) {
  if (month_number < 12 || month_number >= 120'000) return std::nullopt;
  Civil civil{static_cast<int64_t>(month_number / 12), static_cast<int>(month_number % 12) + 1, day};
  civil.day = std::min(day, analysis::DaysInMonth(civil.year, civil.month));
  return analysis::DaysFromCivil(civil);
}

// The last day of a month stays one.
std::optional<int64_t> AddMonthsTo(int64_t days, int64_t months) {
  const Civil civil = CivilFromDays(days);
  const int day = IsLastOfMonth(civil) ? static_cast<int>(kDaysPerLongMonth) : civil.day;
  return DayInMonth(static_cast<Int128>(MonthNumber(civil)) + months, day);
}
OutDate AddMonths(DateValue date, int64_t months) {
  const auto days = AddMonthsTo(date.days, months);
  if (!days) return OutDate::Fail("ADD_MONTHS: date is out of the range of years 1 to 9999");
  return DateValue{static_cast<int32_t>(*days)};
}
OutDatetime DatetimeAddMonths(DatetimeValue at, int64_t months) {
  const int64_t day = FloorDiv(at.micros, kDayMicros);
  const auto days = AddMonthsTo(day, months);
  if (!days) return OutDatetime::Fail("ADD_MONTHS: date is out of the range of years 1 to 9999");
  return DatetimeValue{*days * kDayMicros + (at.micros - day * kDayMicros)};
}

// Whole months between equal days of the month and between last days; a part of one counts 31 days.
Answer<double> MonthsBetween(DatetimeValue a, DatetimeValue b) {
  const int64_t day_a = FloorDiv(a.micros, kDayMicros);
  const int64_t day_b = FloorDiv(b.micros, kDayMicros);
  const Civil x = CivilFromDays(day_a);
  const Civil y = CivilFromDays(day_b);
  const int64_t months = MonthNumber(x) - MonthNumber(y);
  if (x.day == y.day || (IsLastOfMonth(x) && IsLastOfMonth(y))) return static_cast<double>(months);
  const int64_t rest = (x.day - y.day) * kDayMicros + (a.micros - day_a * kDayMicros) - (b.micros - day_b * kDayMicros);
  return static_cast<double>(months) + static_cast<double>(rest) / static_cast<double>(kDaysPerLongMonth * kDayMicros);
}

OutDate NextDay(DateValue date, std::string_view name) {
  constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                     "Thursday", "Friday", "Saturday"};
  for (size_t i = 0; i < kDays.size(); ++i) {
    if (!EqualIgnoringCase(name, kDays[i]) && !EqualIgnoringCase(name, kDays[i].substr(0, 3))) continue;
    const int64_t ahead = (static_cast<int64_t>(i) - Weekday(date.days) + 6) % 7 + 1;
    const int64_t days = date.days + ahead;
    if (days > analysis::kMaxDate) return OutDate::Fail("NEXT_DAY: date is out of the range of years 1 to 9999");
    return DateValue{static_cast<int32_t>(days)};
  }
  return OutDate::Fail("Invalid day of the week: " + std::string(name));
}

// --- Buckets ---------------------------------------------------------------------------------------

// Empty where the width has one part that is more than nothing.
std::string WidthFault(const IntervalValue& width) {
  const int parts = (width.months != 0 ? 1 : 0) + (width.days != 0 ? 1 : 0) + (width.micros != 0 ? 1 : 0);
  if (parts != 1) return "Exactly one non-zero INTERVAL part in bucket width is required";
  if (width.months < 0 || width.days < 0 || width.micros < 0) return "Negative bucket width INTERVAL is not allowed";
  return {};
}

// The start of the bucket of `width` micros in which `at` lies.
Int128 BucketStart(int64_t at, int64_t width, int64_t origin) {
  const Int128 from_origin = static_cast<Int128>(at) - origin;
  Int128 whole = from_origin / width;
  if (from_origin % width < 0) --whole;
  return origin + whole * width;
}

std::optional<int64_t> MonthBucketStart(int64_t at, int64_t months, int64_t origin) {
  const int64_t origin_day = FloorDiv(origin, kDayMicros);
  const Civil first = CivilFromDays(origin_day);
  const int64_t apart = MonthNumber(CivilFromDays(FloorDiv(at, kDayMicros))) - MonthNumber(first);
  int64_t steps = FloorDiv(apart, months);
  for (; true; --steps) {
    const auto day = DayInMonth(MonthNumber(first) + static_cast<Int128>(steps) * months, first.day);
    if (!day) return std::nullopt;
    const int64_t start = *day * kDayMicros + (origin - origin_day * kDayMicros);
    if (start <= at) return start;
  }
}

OutDatetime BucketOf(int64_t at, const IntervalValue& width, int64_t origin) {
  std::optional<int64_t> start;
  if (width.months > 0) {
    start = MonthBucketStart(at, width.months, origin);
  } else {
    const Int128 found = BucketStart(at, width.days > 0 ? width.days * kDayMicros : width.micros, origin);
    if (found >= analysis::kMinDatetime) start = static_cast<int64_t>(found);
  }
  if (!start) return OutDatetime::Fail("Bucket is outside of the range of years 1 to 9999");
  return DatetimeValue{*start};
}
OutDatetime DatetimeBucket(DatetimeValue at, IntervalValue width, DatetimeValue origin) {
  const std::string fault = WidthFault(width);
  if (!fault.empty()) return OutDatetime::Fail(fault);
  return BucketOf(at.micros, width, origin.micros);
}
OutDatetime TimestampBucket(DatetimeValue at, IntervalValue width, DatetimeValue origin) {
  if (width.months != 0) return OutDatetime::Fail("Bucket width INTERVAL with non-zero MONTH part is not allowed");
  return DatetimeBucket(at, width, origin);
}
OutDate DateBucket(DateValue date, IntervalValue width, DateValue origin) {
  if (width.micros != 0) return OutDate::Fail("Only MONTH and DAY parts are allowed in bucket width INTERVAL");
  const OutDatetime start = DatetimeBucket({date.days * kDayMicros}, width, {origin.days * kDayMicros});
  if (start.error != nullptr) return OutDate::Fail(*start.error);
  return DateValue{static_cast<int32_t>(start.value.micros / kDayMicros)};
}

}  // namespace

void AddIntervals(Registrar& registrar) {
  registrar.Add("gs_interval_of", MakePart);
  registrar.Add("gs_make_interval", MakeInterval);
  registrar.Add("gs_text_to_interval", TextToInterval);
  registrar.Add("gs_interval_to_text", IntervalToText);
  registrar.Add("gs_interval_divide", Divide);
  registrar.Add("gs_interval_months", MonthsOf);
  registrar.Add("gs_interval_days", DaysOf);
  registrar.Add("gs_interval_micros", MicrosOf);
  registrar.Add("gs_interval_from", FromParts);
  registrar.Add("gs_interval_greater", Greater);
  registrar.Add("gs_interval_lesser", Lesser);
  registrar.Add("gs_interval_average", DivideParts);
  registrar.Add("gs_add_months", AddMonths);
  registrar.Add("gs_datetime_add_months", DatetimeAddMonths);
  registrar.Add("gs_months_between", MonthsBetween);
  registrar.Add("gs_next_day", NextDay);
  registrar.Add("gs_date_bucket", DateBucket);
  registrar.Add("gs_datetime_bucket", DatetimeBucket);
  registrar.Add("gs_timestamp_bucket", TimestampBucket);
}

}  // namespace casebook::engines
