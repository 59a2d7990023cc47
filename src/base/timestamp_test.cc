#include "base/timestamp.h"

#include <gtest/gtest.h>

namespace casebook {
namespace {

Timestamp At(std::string_view text) { return ParseTimestamp(text).value(); }

TEST(TimestampTest, ReadsFractionsOfZeroToNineDigitsCutToMicroseconds) {
  EXPECT_EQ(At("1970-01-01T00:00:01Z").micros, 1'000'000);
  EXPECT_EQ(At("1970-01-01T00:00:00.5Z").micros, 500'000);
  EXPECT_EQ(At("1970-01-01T00:00:00.123456789Z").micros, 123'456);
  EXPECT_FALSE(ParseTimestamp("1970-01-01T00:00:00.1234567890Z"));
}

TEST(TimestampTest, ReadsOffsets) {
  EXPECT_EQ(At("2025-03-28T17:42:10+01:00"), At("2025-03-28T16:42:10Z"));
  EXPECT_EQ(At("2025-03-28T17:42:10+0100"), At("2025-03-28T16:42:10Z"));
  EXPECT_EQ(At("2025-03-28 11:12:10-05:30"), At("2025-03-28T16:42:10Z"));
}

TEST(TimestampTest, RefusesImpossibleDatesAndMissingZones) {
  EXPECT_FALSE(ParseTimestamp("2025-02-29T00:00:00Z"));
  EXPECT_FALSE(ParseTimestamp("2025-02-28T24:00:00Z"));
  EXPECT_FALSE(ParseTimestamp("2025-02-28T00:00:00"));
  EXPECT_FALSE(ParseTimestamp(""));
  EXPECT_FALSE(ParseTimestamp("2025-02-28T00:00:00Z "));
}

TEST(TimestampTest, FormattedTextReadsBackToTheSameInstant) {
  for (const int64_t micros : {INT64_C(0), INT64_C(1), INT64_C(-1), INT64_C(1743180130318000), INT64_C(-62135596800000000)}) {
    EXPECT_EQ(At(FormatTimestamp({micros})).micros, micros);
  }
  EXPECT_EQ(FormatTimestamp(At("2025-03-28T16:42:10.318Z")), "2025-03-28T16:42:10.318Z");
}

// Goal: the usual forms give what the others give. Method: every day of 400 years and the days that no month has.
TEST(TimestampTest, UsualFormsMeanWhatOthersMean) {
  const std::string_view times[] = {"T00:00:00", "T23:59:59", "T12:34:56.789", "T24:00:00", "T10:60:00", "T10:00:6x"};
  for (Date day = DateFromCivil({1899, 12, 31}); day < DateFromCivil({2300, 1, 1}); ++day.days) {
    const std::string local = FormatDate(day) + "T12:34:56.789";
    ASSERT_EQ(At(local + "Z").micros, day.days * kMicrosPerDay + 45'296'789'000) << local;
    ASSERT_EQ(At(local + "Z"), At(local + "+00:00")) << local;
  }
  for (const std::string date : {"2024-02-30", "2025-02-29", "2025-04-31", "2025-00-10", "2025-13-10", "2025-01-00",
                                 "2025-01-32", "2024-12-31", "0001-01-01", "0000-03-01", "2x25-01-01", "2025/01/01"}) {
    for (const std::string_view time : times) {
      const std::string local = date + std::string(time);
      EXPECT_EQ(ParseTimestamp(local + "Z"), ParseTimestamp(local + "+00:00")) << local;
    }
  }
}

TEST(TimestampTest, LondonDaysFollowSummerTime) {
  EXPECT_EQ(FormatDate(LondonDate(At("2025-03-30T23:30:00Z"))), "2025-03-31");
  EXPECT_EQ(FormatDate(LondonDate(At("2025-03-29T23:30:00Z"))), "2025-03-29");
}

TEST(TimestampTest, LondonWallClockMovesOverTheGapAndTakesTheFirstOfTwo) {
  EXPECT_EQ(FromLondon(ParseLocal("2025-07-01T00:00:00").value()), At("2025-06-30T23:00:00Z"));
  EXPECT_EQ(FromLondon(ParseLocal("2025-03-30T01:30:00").value()), At("2025-03-30T01:30:00Z"));
  EXPECT_EQ(FromLondon(ParseLocal("2025-10-26T01:30:00").value()), At("2025-10-26T00:30:00Z"));
}

}  // namespace
}  // namespace casebook
