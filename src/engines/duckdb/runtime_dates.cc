// Arithmetic on dates and times.
#include <algorithm>

#include "base/result.h"
#include "engines/duckdb/calendar.h"
#include "engines/duckdb/scalar_function.h"
#include "engines/duckdb/time_text.h"

namespace casebook::engines {
namespace {

using analysis::Civil;
using analysis::CivilFromDays;
using analysis::DatePart;
using analysis::DaysFromCivil;
using analysis::IntervalValue;
using analysis::kDayMicros;
using OutDate = Answer<DateValue>;
using OutDatetime = Answer<DatetimeValue>;
using OutTime = Answer<TimeValue>;
using OutInt = Answer<int64_t>;

DatePart Part(int64_t code) { return static_cast<DatePart>(code); }

OutDate DateInRange(Int128 days) {
  if (days < analysis::kMinDate || days > analysis::kMaxDate) return OutDate::Fail("Date is out of the range of years 1 to 9999");
  return DateValue{static_cast<int32_t>(days)};
}
OutDatetime DatetimeInRange(Int128 micros) {
  if (micros < analysis::kMinDatetime || micros > analysis::kMaxDatetime) {
    return OutDatetime::Fail("Date and time are out of the range of years 1 to 9999");
  }
  return DatetimeValue{static_cast<int64_t>(micros)};
}

// `months` later, on the last day of the month where it is too short.
OutDate AddMonths(int64_t days, Int128 months) {
  const Civil civil = CivilFromDays(days);
  const Int128 all = static_cast<Int128>(civil.year) * 12 + civil.month - 1 + months;
  if (all < 12 || all >= 120'000) return OutDate::Fail("Date is out of the range of years 1 to 9999");
  Civil result{static_cast<int64_t>(all / 12), static_cast<int>(all % 12) + 1, civil.day};
  result.day = std::min(result.day, analysis::DaysInMonth(result.year, result.month));
  return DateInRange(DaysFromCivil(result));
}

Int128 MonthsOf(DatePart part) {
  switch (part) {
    case DatePart::kMonth: return 1;
    case DatePart::kQuarter: return 3;
    case DatePart::kYear: return 12;
    default: return 0;
  }
}

OutDate AddToDate(int64_t days, Int128 n, DatePart part) {
  const Int128 months = MonthsOf(part);
  if (months > 0) return AddMonths(days, n * months);
  return DateInRange(days + n * (part == DatePart::kDay ? 1 : 7));
}
OutDatetime AddToDatetime(int64_t micros, Int128 n, DatePart part) {
  const int64_t unit = PartMicros(part);
  if (unit > 0) return DatetimeInRange(micros + n * unit);
  const int64_t days = FloorDiv(micros, kDayMicros);
  const OutDate date = AddToDate(days, n, part);
  if (date.error != nullptr) return OutDatetime::Fail(*date.error);
  return DatetimeInRange(static_cast<Int128>(date.value.days) * kDayMicros + (micros - days * kDayMicros));
}
OutDate DateAdd(DateValue date, int64_t n, int64_t part) { return AddToDate(date.days, n, Part(part)); }
OutDate DateSub(DateValue date, int64_t n, int64_t part) { return AddToDate(date.days, -static_cast<Int128>(n), Part(part)); }
OutDatetime DatetimeAdd(DatetimeValue at, int64_t n, int64_t part) { return AddToDatetime(at.micros, n, Part(part)); }
OutDatetime DatetimeSub(DatetimeValue at, int64_t n, int64_t part) {
  return AddToDatetime(at.micros, -static_cast<Int128>(n), Part(part));
}
OutTime TimeAdd(TimeValue time, int64_t n, int64_t part) {
  const Int128 micros = (time.micros + static_cast<Int128>(n) * PartMicros(Part(part))) % kDayMicros;
  return TimeValue{static_cast<int64_t>(micros < 0 ? micros + kDayMicros : micros)};
}
OutTime TimeSub(TimeValue time, int64_t n, int64_t part) {
  const Int128 micros = (time.micros - static_cast<Int128>(n) * PartMicros(Part(part))) % kDayMicros;
  return TimeValue{static_cast<int64_t>(micros < 0 ? micros + kDayMicros : micros)};
}

// Boundaries between two days.
int64_t DayDiff(int64_t a, int64_t b, DatePart part) {
  const int64_t first = FirstWeekday(part);
  if (first >= 0) return (WeekStart(a, first) - WeekStart(b, first)) / 7;
  if (part == DatePart::kDay) return a - b;
  if (part == DatePart::kIsoYear) return IsoYear(a) - IsoYear(b);
  const Civil x = CivilFromDays(a);
  const Civil y = CivilFromDays(b);
  if (part == DatePart::kYear) return x.year - y.year;
  if (part == DatePart::kQuarter) return (x.year - y.year) * 4 + (x.month - 1) / 3 - (y.month - 1) / 3;
  return (x.year - y.year) * 12 + x.month - y.month;
}
OutInt DateDiff(DateValue a, DateValue b, int64_t part) { return DayDiff(a.days, b.days, Part(part)); }
OutInt DatetimeDiff(DatetimeValue a, DatetimeValue b, int64_t code) {
  const DatePart part = Part(code);
  const int64_t unit = PartMicros(part);
  if (unit > 0) return FloorDiv(a.micros, unit) - FloorDiv(b.micros, unit);
  return DayDiff(FloorDiv(a.micros, kDayMicros), FloorDiv(b.micros, kDayMicros), part);
}
OutInt TimestampDiff(DatetimeValue a, DatetimeValue b, int64_t part) {
  const int64_t unit = PartMicros(Part(part));
  if (unit == 0) return OutInt::Fail("TIMESTAMP_DIFF of this part is not defined");
  return (a.micros - b.micros) / unit;
}
bool QuickTimestampDiff(DatetimeValue a, DatetimeValue b, int64_t part, int64_t& value) {
  const int64_t unit = PartMicros(Part(part));
  value = unit == 0 ? 0 : (a.micros - b.micros) / unit;
  return unit != 0;
}
OutInt TimeDiff(TimeValue a, TimeValue b, int64_t part) {
  const int64_t unit = PartMicros(Part(part));
  if (unit == 0) return OutInt::Fail("TIME_DIFF of this part is not defined");
  return a.micros / unit - b.micros / unit;
}

// The first day of the part that `days` lies in.
int64_t DayTrunc(int64_t days, DatePart part) {
  const int64_t first = FirstWeekday(part);
  if (first >= 0) return WeekStart(days, first);
  if (part == DatePart::kIsoYear) return IsoYearStart(IsoYear(days));
  Civil civil = CivilFromDays(days);
  if (part == DatePart::kYear) return DaysFromCivil({civil.year, 1, 1});
  if (part == DatePart::kQuarter) return DaysFromCivil({civil.year, (civil.month - 1) / 3 * 3 + 1, 1});
  if (part == DatePart::kMonth) return DaysFromCivil({civil.year, civil.month, 1});
  return days;
}
OutDate DateTrunc(DateValue date, int64_t part) { return DateInRange(DayTrunc(date.days, Part(part))); }
int64_t TruncMicros(int64_t micros, DatePart part) {
  const int64_t unit = PartMicros(part);
  if (unit > 0) return FloorDiv(micros, unit) * unit;
  return DayTrunc(FloorDiv(micros, kDayMicros), part) * kDayMicros;
}
OutDatetime DatetimeTrunc(DatetimeValue at, int64_t part) { return DatetimeInRange(TruncMicros(at.micros, Part(part))); }
OutDatetime TimestampTrunc(DatetimeValue at, int64_t code, std::string_view zone_name) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return OutDatetime::Fail("Invalid time zone: " + std::string(zone_name));
  const DatePart part = Part(code);
  const int64_t local = zone->ToLocal(at.micros);
  const int64_t truncated = TruncMicros(local, part);
  // Within a day the clock's own offset stays; on another day the zone's of then counts.
  if (PartMicros(part) > 0 && part != DatePart::kDay) return DatetimeInRange(at.micros - (local - truncated));
  return DatetimeInRange(zone->ToUtc(truncated));
}
OutTime TimeTrunc(TimeValue time, int64_t part) {
  const int64_t unit = PartMicros(Part(part));
  if (unit == 0) return OutTime::Fail("TIME_TRUNC of this part is not defined");
  return TimeValue{time.micros / unit * unit};
}

OutInt ExtractDay(int64_t days, DatePart part) {
  const Civil civil = CivilFromDays(days);
  const int64_t first = FirstWeekday(part);
  if (part == DatePart::kIsoWeek) return IsoWeek(days);
  if (first >= 0) return WeekOfYear(days, first);
  switch (part) {
    case DatePart::kDay: return int64_t{civil.day};
    case DatePart::kMonth: return int64_t{civil.month};
    case DatePart::kYear: return civil.year;
    case DatePart::kQuarter: return int64_t{(civil.month - 1) / 3 + 1};
    case DatePart::kDayOfWeek: return Weekday(days) + 1;
    case DatePart::kDayOfYear: return days - YearStart(civil.year) + 1;
    case DatePart::kIsoYear: return IsoYear(days);
    default: return OutInt::Fail("EXTRACT of this part is not defined");
  }
}
int64_t ExtractTimePart(int64_t micros, DatePart part) {
  switch (part) {
    case DatePart::kMicrosecond: return micros % 1'000'000;
    case DatePart::kMillisecond: return micros % 1'000'000 / 1000;
    case DatePart::kSecond: return micros / 1'000'000 % 60;
    case DatePart::kMinute: return micros / 60'000'000 % 60;
    default: return micros / 3'600'000'000;
  }
}
OutInt ExtractFromDate(DateValue date, int64_t part) { return ExtractDay(date.days, Part(part)); }
OutInt ExtractFromDatetime(DatetimeValue at, int64_t code) {
  const DatePart part = Part(code);
  const int64_t days = FloorDiv(at.micros, kDayMicros);
  if (PartMicros(part) > 0 && part != DatePart::kDay) return ExtractTimePart(at.micros - days * kDayMicros, part);
  return ExtractDay(days, part);
}
OutInt ExtractFromTime(TimeValue time, int64_t part) { return ExtractTimePart(time.micros, Part(part)); }
OutInt ExtractFromInterval(IntervalValue interval, int64_t code) {
  switch (Part(code)) {
    case DatePart::kYear: return interval.months / 12;
    case DatePart::kMonth: return interval.months % 12;
    case DatePart::kDay: return interval.days;
    default: return ExtractTimePart(interval.micros, Part(code));
  }
}

OutDate MakeDate(int64_t year, int64_t month, int64_t day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 ||
      !analysis::IsValidCivil({year, static_cast<int>(month), static_cast<int>(day)})) {
    return OutDate::Fail("Input calculates to invalid date: " + std::to_string(year) + "-" + std::to_string(month) + "-" +
                         std::to_string(day));
  }
  return DateInRange(DaysFromCivil({year, static_cast<int>(month), static_cast<int>(day)}));
}
OutTime MakeTime(int64_t hour, int64_t minute, int64_t second) {
  // A leap second is the first of the next minute.
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return OutTime::Fail("Input calculates to invalid time: " + std::to_string(hour) + ":" + std::to_string(minute) + ":" +
                         std::to_string(second));
  }
  return TimeValue{((hour * 60 + minute) * 60 + second) * 1'000'000 % kDayMicros};
}
OutDatetime MakeDatetime(int64_t year, int64_t month, int64_t day, int64_t hour, int64_t minute, int64_t second) {
  const OutDate date = MakeDate(year, month, day);
  if (date.error != nullptr) return OutDatetime::Fail(*date.error);
  const OutTime time = MakeTime(hour, minute, second);
  if (time.error != nullptr) return OutDatetime::Fail(*time.error);
  const bool leapt = second == 60 && time.value.micros == 0;
  return DatetimeInRange((date.value.days + (leapt ? 1 : 0)) * kDayMicros + time.value.micros);
}
OutDatetime DateAndTime(DateValue date, TimeValue time) { return DatetimeValue{date.days * kDayMicros + time.micros}; }
OutDate DateFromUnixDate(int64_t days) { return DateInRange(days); }
OutInt UnixDate(DateValue date) { return int64_t{date.days}; }
OutDatetime TimestampOf(int64_t n, int64_t unit) { return DatetimeInRange(static_cast<Int128>(n) * unit); }
OutInt Unix(DatetimeValue at, int64_t unit) { return FloorDiv(at.micros, unit < 1 ? 1 : unit); }
OutDate LastDay(DateValue date, int64_t code) {
  const DatePart part = Part(code);
  const int64_t start = DayTrunc(date.days, part);
  if (FirstWeekday(part) >= 0) return DateInRange(start + 6);
  if (part == DatePart::kIsoYear) return DateInRange(IsoYearStart(IsoYear(date.days) + 1) - 1);
  const Civil civil = CivilFromDays(start);
  const int months = part == DatePart::kYear ? 12 : part == DatePart::kQuarter ? 3 : 1;
  const int last = civil.month + months - 1;
  return DateInRange(DaysFromCivil({civil.year, last, analysis::DaysInMonth(civil.year, last)}));
}

OutDatetime PlusInterval(int64_t micros, IntervalValue interval, int sign) {
  const int64_t days = FloorDiv(micros, kDayMicros);
  const OutDate date = AddMonths(days, static_cast<Int128>(interval.months) * sign);
  if (date.error != nullptr) return OutDatetime::Fail(*date.error);
  const Int128 all = (static_cast<Int128>(date.value.days) + static_cast<Int128>(interval.days) * sign) * kDayMicros +
                     (micros - days * kDayMicros) + static_cast<Int128>(interval.micros) * sign;
  return DatetimeInRange(all);
}
OutDatetime DatetimePlus(DatetimeValue at, IntervalValue interval) { return PlusInterval(at.micros, interval, 1); }
OutDatetime DatetimeMinus(DatetimeValue at, IntervalValue interval) { return PlusInterval(at.micros, interval, -1); }
OutDatetime TimestampPlus(DatetimeValue at, IntervalValue interval) {
  if (interval.months != 0) return OutDatetime::Fail("TIMESTAMP +/- INTERVAL is not supported for intervals with non-zero MONTH or YEAR part");
  return PlusInterval(at.micros, interval, 1);
}
OutDatetime TimestampMinus(DatetimeValue at, IntervalValue interval) {
  if (interval.months != 0) return OutDatetime::Fail("TIMESTAMP +/- INTERVAL is not supported for intervals with non-zero MONTH or YEAR part");
  return PlusInterval(at.micros, interval, -1);
}
OutDatetime DatePlusInterval(DateValue date, IntervalValue interval) { return PlusInterval(date.days * kDayMicros, interval, 1); }
OutDatetime DateMinusInterval(DateValue date, IntervalValue interval) { return PlusInterval(date.days * kDayMicros, interval, -1); }
OutDate DatePlusDays(DateValue date, int64_t days) { return DateInRange(static_cast<Int128>(date.days) + days); }
OutDate DateMinusDays(DateValue date, int64_t days) { return DateInRange(static_cast<Int128>(date.days) - days); }
Answer<IntervalValue> DateMinusDate(DateValue a, DateValue b) { return IntervalValue{0, a.days - b.days, 0}; }
Answer<IntervalValue> DatetimeMinusDatetime(DatetimeValue a, DatetimeValue b) {
  const int64_t micros = a.micros - b.micros;
  return IntervalValue{0, micros / kDayMicros, micros % kDayMicros};
}
Answer<IntervalValue> TimestampMinusTimestamp(DatetimeValue a, DatetimeValue b) { return IntervalValue{0, 0, a.micros - b.micros}; }
Answer<IntervalValue> TimeMinusTime(TimeValue a, TimeValue b) { return IntervalValue{0, 0, a.micros - b.micros}; }

Answer<IntervalValue> IntervalInRange(Int128 months, Int128 days, Int128 micros) {
  const auto within = [](Int128 n, Int128 most) { return n >= -most && n <= most; };
  if (!within(months, 120'000) || !within(days, 3'660'000) || !within(micros, static_cast<Int128>(87'840'000) * 3'600'000'000)) {
    return Answer<IntervalValue>::Fail("Interval is out of range");
  }
  return IntervalValue{static_cast<int64_t>(months), static_cast<int64_t>(days), static_cast<int64_t>(micros)};
}
Answer<IntervalValue> IntervalPlus(IntervalValue a, IntervalValue b) {
  return IntervalInRange(static_cast<Int128>(a.months) + b.months, static_cast<Int128>(a.days) + b.days,
                         static_cast<Int128>(a.micros) + b.micros);
}
Answer<IntervalValue> IntervalMinus(IntervalValue a, IntervalValue b) {
  return IntervalInRange(static_cast<Int128>(a.months) - b.months, static_cast<Int128>(a.days) - b.days,
                         static_cast<Int128>(a.micros) - b.micros);
}
Answer<IntervalValue> IntervalMultiply(IntervalValue a, int64_t n) {
  return IntervalInRange(static_cast<Int128>(a.months) * n, static_cast<Int128>(a.days) * n, static_cast<Int128>(a.micros) * n);
}
Answer<IntervalValue> JustifyHours(IntervalValue a) {
  int64_t days = a.days + a.micros / kDayMicros;
  int64_t micros = a.micros % kDayMicros;
  if (days > 0 && micros < 0) --days, micros += kDayMicros;
  else if (days < 0 && micros > 0) ++days, micros -= kDayMicros;
  return IntervalInRange(a.months, days, micros);
}
Answer<IntervalValue> JustifyDays(IntervalValue a) {
  int64_t months = a.months + a.days / 30;
  int64_t days = a.days % 30;
  if (months > 0 && days < 0) --months, days += 30;
  else if (months < 0 && days > 0) ++months, days -= 30;
  return IntervalInRange(months, days, a.micros);
}

Answer<IntervalValue> JustifyInterval(IntervalValue a) {
  const auto hours = JustifyHours(a);
  if (hours.error != nullptr) return Answer<IntervalValue>::Fail(*hours.error);
  auto days = JustifyDays(hours.value);
  if (days.error != nullptr) return days;
  // All three parts have one sign.
  IntervalValue& value = days.value;
  if (value.months > 0 && value.days == 0 && value.micros < 0) --value.months, value.days += 29, value.micros += kDayMicros;
  else if (value.months < 0 && value.days == 0 && value.micros > 0) ++value.months, value.days -= 29, value.micros -= kDayMicros;
  else if (value.days > 0 && value.micros < 0) --value.days, value.micros += kDayMicros;
  else if (value.days < 0 && value.micros > 0) ++value.days, value.micros -= kDayMicros;
  return days;
}

}  // namespace

void AddDates(Registrar& registrar) {
  registrar.Add("gs_date_add", DateAdd);
  registrar.Add("gs_date_sub", DateSub);
  registrar.Add("gs_datetime_add", DatetimeAdd);
  registrar.Add("gs_datetime_sub", DatetimeSub);
  registrar.Add("gs_time_add", TimeAdd);
  registrar.Add("gs_time_sub", TimeSub);
  registrar.Add("gs_date_diff", DateDiff);
  registrar.Add("gs_datetime_diff", DatetimeDiff);
  registrar.AddQuick<QuickTimestampDiff>("gs_timestamp_diff", TimestampDiff);
  registrar.Add("gs_time_diff", TimeDiff);
  registrar.Add("gs_date_trunc", DateTrunc);
  registrar.Add("gs_datetime_trunc", DatetimeTrunc);
  registrar.Add("gs_timestamp_trunc", TimestampTrunc);
  registrar.Add("gs_time_trunc", TimeTrunc);
  registrar.Add("gs_extract_date", ExtractFromDate);
  registrar.Add("gs_extract_datetime", ExtractFromDatetime);
  registrar.Add("gs_extract_time", ExtractFromTime);
  registrar.Add("gs_extract_interval", ExtractFromInterval);
  registrar.Add("gs_date", MakeDate);
  registrar.Add("gs_time", MakeTime);
  registrar.Add("gs_datetime", MakeDatetime);
  registrar.Add("gs_date_and_time", DateAndTime);
  registrar.Add("gs_date_from_unix_date", DateFromUnixDate);
  registrar.Add("gs_unix_date", UnixDate);
  registrar.Add("gs_timestamp_of", TimestampOf);
  registrar.Add("gs_unix", Unix);
  registrar.Add("gs_last_day", LastDay);
  registrar.Add("gs_datetime_plus", DatetimePlus);
  registrar.Add("gs_datetime_minus", DatetimeMinus);
  registrar.Add("gs_timestamp_plus", TimestampPlus);
  registrar.Add("gs_timestamp_minus", TimestampMinus);
  registrar.Add("gs_date_plus_interval", DatePlusInterval);
  registrar.Add("gs_date_minus_interval", DateMinusInterval);
  registrar.Add("gs_date_plus", DatePlusDays);
  registrar.Add("gs_date_minus", DateMinusDays);
  registrar.Add("gs_date_minus_date", DateMinusDate);
  registrar.Add("gs_datetime_minus_datetime", DatetimeMinusDatetime);
  registrar.Add("gs_timestamp_minus_timestamp", TimestampMinusTimestamp);
  registrar.Add("gs_time_minus_time", TimeMinusTime);
  registrar.Add("gs_interval_plus", IntervalPlus);
  registrar.Add("gs_interval_minus", IntervalMinus);
  registrar.Add("gs_interval_multiply", IntervalMultiply);
  registrar.Add("gs_justify_hours", JustifyHours);
  registrar.Add("gs_justify_days", JustifyDays);
  registrar.Add("gs_justify_interval", JustifyInterval);
}

}  // namespace casebook::engines
