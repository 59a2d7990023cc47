#include "rows/working_days.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "rows/bank_holidays.h"

namespace casebook {
namespace {

std::string Due(std::string_view created) {
  const auto due = DueDate(*ParseTimestamp(created));
  return due ? FormatTimestamp(*due) : "none";
}

// 0 is Monday.
int Weekday(Date day) { return (day.days + 3) % 7; }

Date EasterSunday(int year) {
  // The anonymous Gregorian computus.
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
  const int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  return DateFromCivil({year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1});
}

Date FirstMonday(int year, int month) {
  Date day = DateFromCivil({year, month, 1});
  while (Weekday(day) != 0) ++day.days;
  return day;
}

Date LastMonday(int year, int month) {
  Date day = DateFromCivil({year, month, 31});
  while (Weekday(day) != 0) --day.days;
  return day;
}

// The day itself, or the first free weekday after it.
void AddOrSubstitute(std::set<Date>& days, Date day) {
  while (Weekday(day) >= 5 || days.contains(day)) ++day.days;
  days.insert(day);
}

std::set<Date> HolidaysByRule(int year) {
  const Date easter = EasterSunday(year);
  std::set<Date> days = {
      {easter.days - 2}, {easter.days + 1}, FirstMonday(year, 5), LastMonday(year, 5), LastMonday(year, 8)};
  AddOrSubstitute(days, DateFromCivil({year, 1, 1}));
  // Boxing Day first where Christmas is on a Sunday: it keeps its day, and Christmas goes to the 27th.
  const Date christmas = DateFromCivil({year, 12, 25});
  if (Weekday({christmas.days + 1}) < 5) days.insert({christmas.days + 1});
  AddOrSubstitute(days, christmas);
  if (Weekday({christmas.days + 1}) >= 5) AddOrSubstitute(days, {christmas.days + 1});
  return days;
}

// Goal: the table is what the rules give, but for the days that were moved or added by proclamation.
// Method: work the rules out for every year, and apply the proclamations to them.
TEST(BankHolidaysTest, AreTheRulesAndTheProclamations) {
  std::set<Date> expected;
  for (int year = kFirstCalendarYear; year <= kLastCalendarYear; ++year) expected.merge(HolidaysByRule(year));
  expected.erase(DateFromCivil({2020, 5, 4}));
  expected.insert(DateFromCivil({2020, 5, 8}));
  expected.erase(DateFromCivil({2022, 5, 30}));
  for (const CivilDay day : {CivilDay{2022, 6, 2}, CivilDay{2022, 6, 3}, CivilDay{2022, 9, 19}, CivilDay{2023, 5, 8}}) {
    expected.insert(DateFromCivil(day));
  }

  std::set<Date> listed;
  for (const CivilDay day : BankHolidays()) {
    EXPECT_LT(Weekday(DateFromCivil(day)), 5) << FormatDate(DateFromCivil(day));
    EXPECT_TRUE(listed.insert(DateFromCivil(day)).second);
  }

  EXPECT_EQ(listed, expected);
}

TEST(WorkingDaysTest, KnowsWeekendsHolidaysAndItsOwnEnds) {
  EXPECT_EQ(IsWorkingDay(DateFromCivil({2025, 4, 17})), true);
  EXPECT_EQ(IsWorkingDay(DateFromCivil({2025, 4, 18})), false);  // Good Friday
  EXPECT_EQ(IsWorkingDay(DateFromCivil({2025, 4, 19})), false);  // Saturday
  EXPECT_EQ(IsWorkingDay(DateFromCivil({2016, 12, 30})), std::nullopt);
  EXPECT_EQ(IsWorkingDay(DateFromCivil({2029, 1, 2})), std::nullopt);
}

TEST(DueDateTest, IsTheEndOfTheSecondWorkingDayAfterTheDayOfCreation) {
  EXPECT_EQ(Due("2024-03-30T10:00:00Z"), "2024-04-03T22:59:59.999999Z");  // Saturday before Easter Monday
  EXPECT_EQ(Due("2025-04-03T09:00:00Z"), "2025-04-07T22:59:59.999999Z");  // Thursday: Friday, Monday
  EXPECT_EQ(Due("2025-12-24T09:00:00Z"), "2025-12-30T23:59:59.999999Z");  // over Christmas and a weekend
  EXPECT_EQ(Due("2025-01-06T00:00:00Z"), "2025-01-08T23:59:59.999999Z");
}

TEST(DueDateTest, TheDayIsTheDayInLondon) {
  // 23:30 UTC in summer is the next day in London.
  EXPECT_EQ(Due("2025-07-07T22:59:59.999999Z"), "2025-07-09T22:59:59.999999Z");
  EXPECT_EQ(Due("2025-07-07T23:00:00Z"), "2025-07-10T22:59:59.999999Z");
  EXPECT_EQ(Due("2025-01-07T23:59:59Z"), "2025-01-09T23:59:59.999999Z");
}

TEST(DueDateTest, ClocksThatChangeMoveTheInstantNotTheDay) {
  EXPECT_EQ(Due("2025-03-28T16:42:10Z"), "2025-04-01T22:59:59.999999Z");  // forward on the 30th
  EXPECT_EQ(Due("2025-10-24T12:00:00Z"), "2025-10-28T23:59:59.999999Z");  // back on the 26th
}

TEST(DueDateTest, OutsideTheCalendarThereIsNone) {
  EXPECT_EQ(Due("2016-12-31T23:59:59Z"), "none");
  EXPECT_NE(Due("2017-01-01T00:00:00Z"), "none");
  EXPECT_NE(Due("2028-12-27T12:00:00Z"), "none");
  EXPECT_EQ(Due("2028-12-28T12:00:00Z"), "none");  // its second working day is in 2029
  EXPECT_EQ(Due("2100-01-01T00:00:00Z"), "none");
  EXPECT_EQ(Due("1971-01-01T00:00:00Z"), "none");
}

// Goal: the quick calendar says what the slow words of the rule say.
// Method: for every ninth hour of all years, count days one by one in London time.
TEST(DueDateTest, AgreesWithCountingDayByDay) {
  std::set<Date> holidays;
  for (const CivilDay day : BankHolidays()) holidays.insert(DateFromCivil(day));
  const Date last = DateFromCivil({kLastCalendarYear, 12, 20});
  constexpr int64_t kStep = 9 * 3600 * kMicrosPerSecond;
  for (Timestamp t = *ParseTimestamp("2017-01-01T00:00:00Z"); UtcDate(t) < last; t.micros += kStep) {
    Date day = LondonDate(t);
    for (int left = 2; left > 0;) {
      ++day.days;
      if (Weekday(day) < 5 && !holidays.contains(day)) --left;
    }
    const Timestamp end = FromLondon({(day.days + 1) * kMicrosPerDay - 1});
    ASSERT_EQ(DueDate(t), end) << FormatTimestamp(t);
  }
}

}  // namespace
}  // namespace casebook
