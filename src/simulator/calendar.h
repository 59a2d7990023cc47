// Calendar: civil days in Europe/London about the simulated period, which of them are working days, and when the
// centre is open.
//
// Bank holidays are those of England and Wales by rule; one-off ones are left out. Times are milliseconds since 1970.
#pragma once

#include <cstdint>
#include <vector>

#include "base/timestamp.h"

namespace casebook {

inline constexpr int64_t kSecondMs = 1000;
inline constexpr int64_t kMinuteMs = 60 * kSecondMs;
inline constexpr int64_t kHourMs = 60 * kMinuteMs;
inline constexpr int64_t kDayMs = 24 * kHourMs;

bool IsBankHoliday(Date day);
// 0 is Monday.
int WeekdayOf(Date day);

class Calendar {
 public:
  struct Day {
    Date date;
    int64_t midnight = 0;  // at which it begins
    int64_t opens = 0;     // for calls and chats; equal to `closes` where it is closed all day
    int64_t closes = 0;
    int weekday = 0;  // 0 is Monday
    bool is_holiday = false;
    bool is_working = false;

    bool IsOpen() const { return opens < closes; }
  };

  // Knows every day from `from` to `until` with a margin.
  Calendar(int64_t from, int64_t until);

  const Day& DayOf(int64_t time) const { return days_[IndexOf(time)]; }
  // The day `offset` days after that of `time`.
  const Day& DayAfter(int64_t time, int offset) const {
    return days_[static_cast<size_t>(static_cast<int64_t>(IndexOf(time)) + offset)];
  }
  int LocalHour(int64_t time) const;
  // The `count`th working day after the day of `time`.
  const Day& WorkingDayAfter(int64_t time, int count) const;
  // The same time of day, `count` working days later.
  int64_t AddWorkingDays(int64_t time, int count) const;
  // `time`, or where the centre is closed then, `offset` after it opens next.
  int64_t ToOpenHours(int64_t time, int64_t offset) const;

 private:
  size_t IndexOf(int64_t time) const;

  int64_t first_day_ = 0;
  std::vector<Day> days_;
};

}  // namespace casebook
