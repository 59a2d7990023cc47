#include "analysis/civil.h"

#include <gtest/gtest.h>

namespace casebook::analysis {
namespace {

TEST(CivilTest, DatesAreReadOnlyWhereTheyExist) {
  EXPECT_EQ(ParseDateText("1970-01-02"), 1);
  EXPECT_EQ(ParseDateText("2024-2-9"), ParseDateText("2024-02-09"));
  EXPECT_EQ(ParseDateText("2023-02-29"), std::nullopt);
  EXPECT_EQ(ParseDateText("0000-01-01"), std::nullopt);
  EXPECT_EQ(ParseDateText("0001-01-01"), kMinDate);
  EXPECT_EQ(ParseDateText("9999-12-31"), kMaxDate);
}

TEST(CivilTest, EveryDayComesBackFromItsCivilForm) {
  for (int64_t days = kMinDate; days <= kMaxDate; days += 97) EXPECT_EQ(DaysFromCivil(CivilFromDays(days)), days);
}

TEST(CivilTest, TimestampsMayNameTheirZone) {
  const Zone& utc = *Zone::Find("UTC");
  const int64_t noon = 12 * 3'600'000'000;
  EXPECT_EQ(ParseTimestampText("1970-01-01 12:00:00", utc), noon);
  EXPECT_EQ(ParseTimestampText("1970-01-01T12:00:00Z", utc), noon);
  EXPECT_EQ(ParseTimestampText("1970-01-01 13:00:00+01", utc), noon);
  EXPECT_EQ(ParseTimestampText("1970-01-01 13:00:00 Europe/London", utc), noon);
  EXPECT_EQ(ParseTimestampText("1970-01-01 12:00:00 Nowhere/Land", utc), std::nullopt);
}

TEST(ZoneTest, OfATimeThatOccursTwiceTheFirstIsTaken) {
  const Zone& london = *Zone::Find("Europe/London");
  const int64_t twice = *ParseDatetimeText("2025-10-26 01:30:00");
  EXPECT_EQ(london.ToUtc(twice), *ParseDatetimeText("2025-10-26 00:30:00"));
  EXPECT_EQ(london.ToLocal(london.ToUtc(twice)), twice);
}

TEST(ZoneTest, ATimeThatClocksSkipIsReadAsBeforeTheChange) {
  const Zone& london = *Zone::Find("Europe/London");
  EXPECT_EQ(london.ToUtc(*ParseDatetimeText("2025-03-30 01:30:00")), *ParseDatetimeText("2025-03-30 01:30:00"));
}

}  // namespace
}  // namespace casebook::analysis
