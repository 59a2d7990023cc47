#include "simulator/calendar.h"

#include <algorithm>

namespace casebook {
namespace {

constexpr int kMarginDays = 400;

// Gregorian Easter Sunday, by the anonymous algorithm of 1876.
Date EasterSunday(int year) {
  const int golden = year % 19;
  const int century = year / 100;
  const int rest = year % 100;
  const int moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
  const int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
  const int shift = (golden + 11 * moon + 22 * weekday) / 451;
  const int day = moon + weekday - 7 * shift + 114;
  return DateFromCivil({year, day / 31, day % 31 + 1});
}

Date FirstMonday(int year, int month) {
  const Date first = DateFromCivil({year, month, 1});
  return {first.days + (7 - WeekdayOf(first)) % 7};
}

Date LastMonday(int year, int month) {
  const Date last = DateFromCivil({year, month, 31});
  return {last.days - WeekdayOf(last)};
}

bool IsWeekend(Date day) { return WeekdayOf(day) >= 5; }

// Whether `day` is a fixed holiday, or the working day that stands in for one that falls on a weekend.
bool IsFixedHoliday(Date day, int year) {
  const Date new_year = DateFromCivil({year, 1, 1});
  if (day == Date{new_year.days + (IsWeekend(new_year) ? 7 - WeekdayOf(new_year) : 0)}) return true;
  const Date christmas = DateFromCivil({year, 12, 25});
  const Date boxing{christmas.days + 1};
  if (day == christmas || day == boxing) return !IsWeekend(day);
  const int after = day.days - christmas.days;
  switch (WeekdayOf(christmas)) {
    case 4: return after == 3;                // Boxing Day on Saturday: Monday 28
    case 5: return after == 2 || after == 3;  // both on the weekend: Monday 27, Tuesday 28
    case 6: return after == 2;                // Christmas on Sunday: Tuesday 27
    default: return false;
  }
}

Calendar::Day MakeDay(Date date) {
  Calendar::Day day;
  day.date = date;
  const int64_t noon = int64_t{date.days} * kDayMs + 12 * kHourMs;
  // The offset that holds at noon: on the two days of clock changes the hours before it are an hour off.
  day.midnight = FromLondon({noon * 1000}).micros / 1000 - 12 * kHourMs;
  day.weekday = WeekdayOf(date);
  day.is_holiday = IsBankHoliday(date);
  day.is_working = day.weekday < 5 && !day.is_holiday;
  day.opens = day.midnight + (day.is_working ? 8 : 9) * kHourMs;
  day.closes = day.is_working                        ? day.midnight + 20 * kHourMs
               : day.weekday == 5 && !day.is_holiday ? day.midnight + 17 * kHourMs
                                                     : day.opens;
  return day;
}

}  // namespace

int WeekdayOf(Date day) { return (day.days % 7 + 10) % 7; }

bool IsBankHoliday(Date day) {
  const int year = CivilFromDate(day).year;
  const Date easter = EasterSunday(year);
  return day == Date{easter.days - 2} || day == Date{easter.days + 1} || day == FirstMonday(year, 5) ||
         day == LastMonday(year, 5) || day == LastMonday(year, 8) || IsFixedHoliday(day, year);
}

Calendar::Calendar(int64_t from, int64_t until) {
  first_day_ = from / kDayMs - kMarginDays;
  const int64_t last = until / kDayMs + kMarginDays;
  for (int64_t day = first_day_; day <= last; ++day) days_.push_back(MakeDay({static_cast<int32_t>(day)}));
}

size_t Calendar::IndexOf(int64_t time) const {
  const int64_t utc = std::clamp<int64_t>(time / kDayMs - first_day_, 0, static_cast<int64_t>(days_.size()) - 2);
  const auto index = static_cast<size_t>(utc);
  return index + (time >= days_[index + 1].midnight ? 1 : 0);
}

int Calendar::LocalHour(int64_t time) const {
  return static_cast<int>(std::clamp<int64_t>((time - DayOf(time).midnight) / kHourMs, 0, 23));
}

const Calendar::Day& Calendar::WorkingDayAfter(int64_t time, int count) const {
  size_t index = IndexOf(time);
  while (count > 0 && index + 1 < days_.size()) {
    ++index;
    if (days_[index].is_working) --count;
  }
  return days_[index];
}

int64_t Calendar::AddWorkingDays(int64_t time, int count) const {
  return time + int64_t{WorkingDayAfter(time, count).date.days - DayOf(time).date.days} * kDayMs;
}

int64_t Calendar::ToOpenHours(int64_t time, int64_t offset) const {
  for (size_t index = IndexOf(time); index < days_.size(); ++index) {
    const Day& day = days_[index];
    if (!day.IsOpen() || time >= day.closes) continue;
    if (time >= day.opens) return time;
    return std::min(day.opens + offset, day.closes - kMinuteMs);
  }
  return time;
}

}  // namespace casebook
