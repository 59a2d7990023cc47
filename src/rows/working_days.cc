#include "rows/working_days.h"

#include <cstdint>
#include <vector>

#include "rows/bank_holidays.h"

namespace casebook {
namespace {

// 1970-01-01 was a Thursday; 0 is Monday.
int Weekday(Date day) { return ((day.days + 3) % 7 + 7) % 7; }

// What is known of every day of the calendar, worked out once: time zones are slow to ask.
class Calendar {
 public:
  Calendar() {
    for (Date day = first_; day < end_; ++day.days) working_.push_back(Weekday(day) < 5 ? 1 : 0);
    for (const CivilDay holiday : BankHolidays()) working_[Index(DateFromCivil(holiday))] = 0;
    for (Date day = first_; day <= end_; ++day.days) starts_.push_back(FromLondon({day.days * kMicrosPerDay}).micros);
    for (Date day = first_; day < end_; ++day.days) due_days_.push_back(DueDay(day).days);
  }

  bool Holds(Date day) const { return day >= first_ && day < end_; }
  bool IsWorking(Date day) const { return working_[Index(day)] != 0; }

  std::optional<Timestamp> DueAt(Timestamp created) const {
    Date day = UtcDate(created);
    // London is never behind UTC and never a day ahead.
    const Date next{day.days + 1};
    if (next >= first_ && next <= end_ && created.micros >= starts_[Index(next)]) day = next;
    if (!Holds(day)) return std::nullopt;
    const Date due{due_days_[Index(day)]};
    if (!Holds(due)) return std::nullopt;
    return Timestamp{starts_[Index(due) + 1] - 1};
  }

 private:
  size_t Index(Date day) const { return static_cast<size_t>(day.days - first_.days); }

  // `end_` where the calendar ends before it.
  Date DueDay(Date created) const {
    Date day = created;
    for (int left = kWorkingDaysToAnswer; left > 0;) {
      ++day.days;
      if (!Holds(day)) return end_;
      if (IsWorking(day)) --left;
    }
    return day;
  }

  Date first_ = DateFromCivil({kFirstCalendarYear, 1, 1});
  Date end_ = DateFromCivil({kLastCalendarYear + 1, 1, 1});
  std::vector<uint8_t> working_;
  std::vector<int64_t> starts_;  // instants at which the days begin in London, and of the day after the last
  std::vector<int32_t> due_days_;
};

const Calendar& TheCalendar() {
  static const Calendar calendar;
  return calendar;
}

}  // namespace

std::optional<bool> IsWorkingDay(Date day) {
  const Calendar& calendar = TheCalendar();
  if (!calendar.Holds(day)) return std::nullopt;
  return calendar.IsWorking(day);
}

std::optional<Timestamp> DueDate(Timestamp created) { return TheCalendar().DueAt(created); }

}  // namespace casebook
