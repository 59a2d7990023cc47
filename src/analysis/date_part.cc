#include "analysis/date_part.h"

#include <array>

#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

struct NamedPart {
  std::string_view name;
  DatePart part;
};

constexpr std::array kParts = {
    NamedPart{"MICROSECOND", DatePart::kMicrosecond}, NamedPart{"MILLISECOND", DatePart::kMillisecond},
    NamedPart{"SECOND", DatePart::kSecond},           NamedPart{"MINUTE", DatePart::kMinute},
    NamedPart{"HOUR", DatePart::kHour},               NamedPart{"DAY", DatePart::kDay},
    NamedPart{"DAYOFWEEK", DatePart::kDayOfWeek},     NamedPart{"DAYOFYEAR", DatePart::kDayOfYear},
    NamedPart{"WEEK", DatePart::kWeekSunday},         NamedPart{"ISOWEEK", DatePart::kIsoWeek},
    NamedPart{"MONTH", DatePart::kMonth},             NamedPart{"QUARTER", DatePart::kQuarter},
    NamedPart{"YEAR", DatePart::kYear},               NamedPart{"ISOYEAR", DatePart::kIsoYear},
    NamedPart{"DATE", DatePart::kDate},               NamedPart{"TIME", DatePart::kTime},
    NamedPart{"DATETIME", DatePart::kDatetime},
};

constexpr std::array kWeekdays = {
    NamedPart{"SUNDAY", DatePart::kWeekSunday},       NamedPart{"MONDAY", DatePart::kWeekMonday},
    NamedPart{"TUESDAY", DatePart::kWeekTuesday},     NamedPart{"WEDNESDAY", DatePart::kWeekWednesday},
    NamedPart{"THURSDAY", DatePart::kWeekThursday},   NamedPart{"FRIDAY", DatePart::kWeekFriday},
    NamedPart{"SATURDAY", DatePart::kWeekSaturday},
};

}  // namespace

std::optional<DatePart> FindDatePart(std::string_view name, std::string_view weekday) {
  if (!weekday.empty()) {
    if (!EqualIgnoringCase(name, "WEEK")) return std::nullopt;
    for (const NamedPart& day : kWeekdays) {
      if (EqualIgnoringCase(day.name, weekday)) return day.part;
    }
    return std::nullopt;
  }
  for (const NamedPart& part : kParts) {
    if (EqualIgnoringCase(part.name, name)) return part.part;
  }
  return std::nullopt;
}

std::string_view DatePartName(DatePart part) {
  switch (part) {
    case DatePart::kMicrosecond: return "MICROSECOND";
    case DatePart::kMillisecond: return "MILLISECOND";
    case DatePart::kSecond: return "SECOND";
    case DatePart::kMinute: return "MINUTE";
    case DatePart::kHour: return "HOUR";
    case DatePart::kDay: return "DAY";
    case DatePart::kDayOfWeek: return "DAYOFWEEK";
    case DatePart::kDayOfYear: return "DAYOFYEAR";
    case DatePart::kWeekSunday: return "WEEK";
    case DatePart::kWeekMonday: return "WEEK(MONDAY)";
    case DatePart::kWeekTuesday: return "WEEK(TUESDAY)";
    case DatePart::kWeekWednesday: return "WEEK(WEDNESDAY)";
    case DatePart::kWeekThursday: return "WEEK(THURSDAY)";
    case DatePart::kWeekFriday: return "WEEK(FRIDAY)";
    case DatePart::kWeekSaturday: return "WEEK(SATURDAY)";
    case DatePart::kIsoWeek: return "ISOWEEK";
    case DatePart::kMonth: return "MONTH";
    case DatePart::kQuarter: return "QUARTER";
    case DatePart::kYear: return "YEAR";
    case DatePart::kIsoYear: return "ISOYEAR";
    case DatePart::kDate: return "DATE";
    case DatePart::kTime: return "TIME";
    case DatePart::kDatetime: return "DATETIME";
  }
  Unreachable();
}

}  // namespace casebook::analysis
