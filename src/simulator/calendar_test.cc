#include "simulator/calendar.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace casebook {
namespace {

int64_t At(std::string_view text) { return ParseTimestamp(text)->micros / 1000; }

const Calendar& FiveYears() {
  static const Calendar calendar(At("2023-01-01T00:00:00Z"), At("2028-01-01T00:00:00Z"));
  return calendar;
}

TEST(CalendarTest, BankHolidaysFollowTheRule) {
  const std::set<std::string> expected = {
      "2024-01-01", "2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27", "2024-08-26", "2024-12-25", "2024-12-26",
      "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25", "2025-12-25", "2025-12-26",
      "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
      "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28"};
  std::set<std::string> found;
  for (Date day = *ParseDate("2024-01-01"); day < *ParseDate("2028-01-01"); ++day.days) {
    if (IsBankHoliday(day)) found.insert(FormatDate(day));
  }
  EXPECT_EQ(found, expected);
}

TEST(CalendarTest, ASubstituteDayStandsInForAHolidayOnAWeekend) {
  EXPECT_TRUE(IsBankHoliday(*ParseDate("2022-01-03")));
  EXPECT_TRUE(IsBankHoliday(*ParseDate("2022-12-27")));
  EXPECT_FALSE(IsBankHoliday(*ParseDate("2022-01-01")));
  EXPECT_FALSE(IsBankHoliday(*ParseDate("2022-12-25")));
}

TEST(CalendarTest, WorkingDaysPassOverWeekendsAndHolidays) {
  const auto after = [](std::string_view from, int count) {
    return FormatDate(FiveYears().WorkingDayAfter(At(from), count).date);
  };
  EXPECT_EQ(after("2024-03-28T12:00:00Z", 1), "2024-04-02");
  EXPECT_EQ(after("2024-03-30T12:00:00Z", 2), "2024-04-03");
  EXPECT_EQ(after("2025-12-24T12:00:00Z", 2), "2025-12-30");
}

TEST(CalendarTest, ADayBeginsAtLocalMidnight) {
  EXPECT_EQ(FormatDate(FiveYears().DayOf(At("2024-06-30T23:30:00Z")).date), "2024-07-01");
  EXPECT_EQ(FormatDate(FiveYears().DayOf(At("2024-12-31T23:30:00Z")).date), "2024-12-31");
  EXPECT_EQ(FiveYears().LocalHour(At("2025-07-01T12:30:00Z")), 13);
}

TEST(CalendarTest, TheCentreIsClosedOnSundaysAndHolidays) {
  EXPECT_FALSE(FiveYears().DayOf(At("2026-06-28T12:00:00Z")).IsOpen());
  EXPECT_FALSE(FiveYears().DayOf(At("2025-12-25T12:00:00Z")).IsOpen());
  EXPECT_TRUE(FiveYears().DayOf(At("2026-06-27T12:00:00Z")).IsOpen());
}

TEST(CalendarTest, WhatFallsIntoClosedHoursMovesToTheNextOpening) {
  const int64_t sunday = At("2026-06-28T12:00:00Z");
  EXPECT_EQ(FiveYears().ToOpenHours(sunday, kHourMs), At("2026-06-29T08:00:00Z"));
  const int64_t open = At("2026-06-29T10:00:00Z");
  EXPECT_EQ(FiveYears().ToOpenHours(open, kHourMs), open);
}

}  // namespace
}  // namespace casebook
