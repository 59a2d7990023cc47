// DatePart: DAY, ISOWEEK, WEEK(MONDAY), … as functions on dates and times take them.
#pragma once

#include <optional>
#include <string_view>

namespace casebook::analysis {

enum class DatePart {
  kMicrosecond,
  kMillisecond,
  kSecond,
  kMinute,
  kHour,
  kDay,
  kDayOfWeek,
  kDayOfYear,
  kWeekSunday,  // WEEK, and WEEK(SUNDAY); the seven in the order of the week
  kWeekMonday,
  kWeekTuesday,
  kWeekWednesday,
  kWeekThursday,
  kWeekFriday,
  kWeekSaturday,
  kIsoWeek,
  kMonth,
  kQuarter,
  kYear,
  kIsoYear,
  kDate,
  kTime,
  kDatetime,
};

// `DAY`, `WEEK`; `weekday` is what stands in parentheses, or empty. nullopt where there is no such part.
std::optional<DatePart> FindDatePart(std::string_view name, std::string_view weekday = {});

// `WEEK(MONDAY)`.
std::string_view DatePartName(DatePart part);

}  // namespace casebook::analysis
