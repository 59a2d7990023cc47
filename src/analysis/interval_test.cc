#include "analysis/interval.h"

#include <gtest/gtest.h>

#include <limits>

namespace casebook::analysis {
namespace {

std::string Cast(std::string_view text) {
  const auto value = ParseIntervalText(text);
  return value ? IntervalText(*value) : "none";
}
std::string Literal(std::string_view text, DatePart from, std::optional<DatePart> to = std::nullopt) {
  const auto value = ParseIntervalLiteral(text, from, to);
  return value ? IntervalText(*value) : "none";
}

TEST(IntervalTest, EachPartHasItsOwnSign) {
  EXPECT_EQ(Literal("-1-2 3 -4:5:6.5", DatePart::kYear, DatePart::kSecond), "-1-2 3 -4:5:6.500");
  EXPECT_EQ(Literal("-0:0:0.000001", DatePart::kHour, DatePart::kSecond), "0-0 0 -0:0:0.000001");
  EXPECT_EQ(Literal("+7", DatePart::kWeekSunday), "0-0 49 0:0:0");
}

TEST(IntervalTest, PartsCarryOnlyWithinMonthsAndWithinTheDay) {
  EXPECT_EQ(Literal("1-14 40 25:61:61", DatePart::kYear, DatePart::kSecond), "2-2 40 26:2:1");
}

TEST(IntervalTest, ALiteralHasExactlyTheFieldsItNames) {
  EXPECT_EQ(Literal("1-2", DatePart::kYear, DatePart::kDay), "none");
  EXPECT_EQ(Literal("1-2 3", DatePart::kYear, DatePart::kMonth), "none");
  EXPECT_EQ(Literal(" 1-2", DatePart::kYear, DatePart::kMonth), "none");
  EXPECT_EQ(Literal("1  2", DatePart::kDay, DatePart::kHour), "none");
  EXPECT_EQ(Literal("1.", DatePart::kSecond), "none");
  EXPECT_EQ(Literal(".25", DatePart::kSecond), "0-0 0 0:0:0.250");
  EXPECT_EQ(Literal("1.5", DatePart::kDay), "none");
  EXPECT_FALSE(IsIntervalSpan(DatePart::kDay, DatePart::kYear));
}

TEST(IntervalTest, ACastTellsFieldsByTheirSeparators) {
  EXPECT_EQ(Cast("1 2:3"), "0-0 1 2:3:0");
  EXPECT_EQ(Cast("1 2 3:4"), "0-1 2 3:4:0");
  EXPECT_EQ(Cast("1 2"), "none");
  EXPECT_EQ(Cast("1:2"), "none");
  EXPECT_EQ(Cast(""), "none");
}

TEST(IntervalTest, IsoTextsAddUpTheirParts) {
  EXPECT_EQ(Cast("P1Y-2M1W1DT1H-30M0,5S"), "0-10 8 0:30:0.500");
  EXPECT_EQ(Cast("PT"), "0-0 0 0:0:0");
  EXPECT_EQ(Cast("P"), "none");
  EXPECT_EQ(Cast("P1H"), "none");
  EXPECT_EQ(Cast("PT1.5H"), "none");
}

TEST(IntervalTest, WhatIsPrintedReadsBackAsTheSame) {
  for (const int64_t months : {int64_t{0}, int64_t{-13}, kMaxIntervalMonths}) {
    for (const int64_t days : {int64_t{0}, int64_t{5}, -kMaxIntervalDays}) {
      for (const int64_t micros : {int64_t{0}, int64_t{-1}, int64_t{3'661'500'000}, kMaxIntervalMicros}) {
        const IntervalValue value{months, days, micros};
        EXPECT_EQ(ParseIntervalText(IntervalText(value)), value) << IntervalText(value);
      }
    }
  }
}

TEST(IntervalTest, NothingIsBeyondTenThousandYears) {
  EXPECT_TRUE(BoundedInterval(kMaxIntervalMonths, -kMaxIntervalDays, kMaxIntervalMicros));
  EXPECT_FALSE(BoundedInterval(kMaxIntervalMonths + 1, 0, 0));
  EXPECT_FALSE(BoundedInterval(0, 0, -kMaxIntervalMicros - 1));
  EXPECT_FALSE(IntervalOf(std::numeric_limits<int64_t>::max(), DatePart::kYear));
  EXPECT_FALSE(ParseIntervalLiteral("99999999999999999999", DatePart::kDay, std::nullopt));
  EXPECT_FALSE(ParseIntervalLiteral("0.0000001", DatePart::kSecond, std::nullopt));
}

}  // namespace
}  // namespace casebook::analysis
