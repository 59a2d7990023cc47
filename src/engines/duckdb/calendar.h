// Weeks, quarters and truncation on days since 1970-01-01, as GoogleSQL counts them.
#pragma once

#include <cstdint>

#include "analysis/civil.h"
#include "analysis/date_part.h"

namespace casebook::engines {

inline int64_t FloorDiv(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// 0 is Sunday.
inline int64_t Weekday(int64_t days) { return ((days + 4) % 7 + 7) % 7; }

// The first day of the week that begins on `first` (0 is Sunday).
inline int64_t WeekStart(int64_t days, int64_t first) { return days - (Weekday(days) - first + 7) % 7; }

inline int64_t YearStart(int64_t year) { return analysis::DaysFromCivil({year, 1, 1}); }

// ISO years begin with the week of the first Thursday.
inline int64_t IsoYear(int64_t days) { return analysis::CivilFromDays(WeekStart(days, 1) + 3).year; }
inline int64_t IsoYearStart(int64_t iso_year) { return WeekStart(analysis::DaysFromCivil({iso_year, 1, 4}), 1); }
inline int64_t IsoWeek(int64_t days) { return (WeekStart(days, 1) - IsoYearStart(IsoYear(days))) / 7 + 1; }

// The week of the year, where days before the first `first` are in week 0.
inline int64_t WeekOfYear(int64_t days, int64_t first) {
  const int64_t start = YearStart(analysis::CivilFromDays(days).year);
  const int64_t first_week = start + (first - Weekday(start) + 7) % 7;
  return days < first_week ? 0 : (days - first_week) / 7 + 1;
}

// 0 for Sunday to 6; -1 where `part` is no week.
inline int64_t FirstWeekday(analysis::DatePart part) {
  using analysis::DatePart;
  if (part == DatePart::kIsoWeek) return 1;
  if (part < DatePart::kWeekSunday || part > DatePart::kWeekSaturday) return -1;
  return static_cast<int64_t>(part) - static_cast<int64_t>(DatePart::kWeekSunday);
}

// Micros of a part of fixed length; 0 for others.
inline int64_t PartMicros(analysis::DatePart part) {
  using analysis::DatePart;
  switch (part) {
    case DatePart::kMicrosecond: return 1;
    case DatePart::kMillisecond: return 1000;
    case DatePart::kSecond: return 1'000'000;
    case DatePart::kMinute: return 60'000'000;
    case DatePart::kHour: return 3'600'000'000;
    case DatePart::kDay: return analysis::kDayMicros;
    default: return 0;
  }
}

}  // namespace casebook::engines
