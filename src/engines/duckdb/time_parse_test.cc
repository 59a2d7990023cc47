// Goal: the elements of FORMAT_* and PARSE_* are GoogleSQL's.
// Method: texts known from GoogleSQL, and every day written and read back.
#include <gtest/gtest.h>

#include "engines/duckdb/time_format.h"

namespace casebook::engines {
namespace {

int64_t At(std::string_view text) { return *analysis::ParseDatetimeText(text); }

std::optional<int64_t> Read(std::string_view format, std::string_view text, TimeKind kind = TimeKind::kDatetime,
                            const char* zone = "UTC") {
  std::string why;
  return ParseElements(format, text, kind, *analysis::Zone::Find(zone), why);
}
std::string Written(std::string_view format, int64_t local, TimeKind kind = TimeKind::kDatetime) {
  std::string bad;
  return FormatElements(format, {local, 0, {}}, kind, bad).value_or("not done: " + bad);
}

TEST(FormatElementsTest, WhatIsNoElementOfTheTypeStandsForItself) {
  EXPECT_EQ(Written("%H|%Y|%s|%Ez", At("2024-02-29 10:00:00"), TimeKind::kDate), "%H|2024|%s|%Ez");
  EXPECT_EQ(Written("%Y %H %q %E5Y %", 0, TimeKind::kTime), "%Y 00 %q %E5Y %");
  EXPECT_EQ(Written("%EY %Oe %OB %OY", At("2024-02-09 10:00:00")), "2024  9 February %OY");
}

TEST(FormatElementsTest, CenturiesAndYearsHaveNoZerosInFront) {
  EXPECT_EQ(Written("%C %Y %y %G %E4Y", At("0005-01-04 00:00:00")), "0 5 05 5 0005");
}

TEST(FormatElementsTest, SecondsHaveAsManyDigitsAsAsked) {
  EXPECT_EQ(Written("%E*S %E0S %E2S %E9S", At("2024-01-01 00:00:07.120000")), "07.12 07 07.12 07.120000000");
}

TEST(ParseElementsTest, EveryDayReadsBack) {
  for (int64_t day = analysis::kMinDate; day <= analysis::kMaxDate; day += 997) {
    for (const char* format : {"%Y-%m-%d", "%j %Y", "%E4Y%m%d", "%d %B %Y", "%F"}) {
      EXPECT_EQ(Read(format, Written(format, day * analysis::kDayMicros)), day * analysis::kDayMicros) << format << day;
    }
  }
}

TEST(ParseElementsTest, OfTwoElementsForOneThingTheLastCounts) {
  EXPECT_EQ(Read("%Y %y", "1999 24"), At("2024-01-01 00:00:00"));
  EXPECT_EQ(Read("%y %Y", "24 1999"), At("1999-01-01 00:00:00"));
  EXPECT_EQ(Read("%m %Q", "1 2"), At("1970-04-01 00:00:00"));
  EXPECT_EQ(Read("%H %I %p", "5 6 PM"), At("1970-01-01 18:00:00"));
  EXPECT_EQ(Read("%p %H", "PM 5"), At("1970-01-01 05:00:00"));
}

TEST(ParseElementsTest, AWeekIsItsFirstDay) {
  EXPECT_EQ(Read("%Y-%U", "2024-5"), At("2024-02-04 00:00:00"));
  EXPECT_EQ(Read("%Y-%U", "2024-0"), At("2023-12-31 00:00:00"));
  EXPECT_EQ(Read("%Y-%W", "2024-0"), std::nullopt);
  EXPECT_EQ(Read("%Y-%U", "2024-53"), std::nullopt);
  EXPECT_EQ(Read("%G-%J", "2025-1"), At("2024-12-30 00:00:00"));
}

TEST(ParseElementsTest, OffsetsAreStrict) {
  EXPECT_EQ(Read("%Y %z", "2024 +0530", TimeKind::kTimestamp), At("2023-12-31 18:30:00"));
  for (const char* text : {"2024 +05:30", "2024 +5", "2024 +053", "2024 Z", "2024 +1500"}) {
    EXPECT_EQ(Read("%Y %z", text, TimeKind::kTimestamp), std::nullopt) << text;
  }
  EXPECT_EQ(Read("%Y %Ez", "2024 +05:30", TimeKind::kTimestamp), At("2023-12-31 18:30:00"));
  EXPECT_EQ(Read("%Y %Ez", "2024 Z", TimeKind::kTimestamp, "Asia/Tokyo"), At("2024-01-01 00:00:00"));
}

TEST(ParseElementsTest, AYearHasFourDigitsBeforeAnotherElement) {
  EXPECT_EQ(Read("%Y%m", "202405"), At("2024-05-01 00:00:00"));
  EXPECT_EQ(Read("%Y-%m", "02024-05"), At("2024-05-01 00:00:00"));
  EXPECT_EQ(Read("%Y", "12024"), std::nullopt);
  EXPECT_EQ(Read("%E4Y", "224"), std::nullopt);
}

TEST(ParseElementsTest, ACenturyHasTwoDigitsBeforeAnotherElement) {
  EXPECT_EQ(Read("%C%y", "1999"), At("1999-01-01 00:00:00"));
  EXPECT_EQ(Read("%C%m", "195"), At("1900-05-01 00:00:00"));
  EXPECT_EQ(Read("%C", "060"), At("6000-01-01 00:00:00"));
  EXPECT_EQ(Read("%C", "100"), std::nullopt);
  EXPECT_EQ(Read("%C", "0060"), std::nullopt);
}

TEST(ParseElementsTest, ALeapSecondIsTheFirstOfTheNextMinute) {
  EXPECT_EQ(Read("%F %T", "2016-12-31 23:59:60"), At("2017-01-01 00:00:00"));
  EXPECT_EQ(Read("%F %T", "9999-12-31 23:59:60"), std::nullopt);
}

TEST(ParseElementsTest, ElementsOfAnotherTypeAreErrors) {
  EXPECT_EQ(Read("%H", "5", TimeKind::kDate), std::nullopt);
  EXPECT_EQ(Read("%Y", "5", TimeKind::kTime), std::nullopt);
  EXPECT_EQ(Read("%Z", "UTC"), std::nullopt);
}

}  // namespace
}  // namespace casebook::engines
