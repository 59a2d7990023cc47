// Goal: CAST … FORMAT writes and reads what GoogleSQL does.
// Method: formats and values with texts known from GoogleSQL; what is written reads back.
#include <gtest/gtest.h>

#include <limits>

#include "engines/duckdb/cast_format_number.h"
#include "engines/duckdb/cast_format_time.h"

namespace casebook::engines {
namespace {

const analysis::Zone& Utc() { return *analysis::Zone::Find("UTC"); }

std::string Number(const char* decimal, std::string_view format) {
  std::string why;
  return FormatNumber({decimal, std::nullopt}, format, why).value_or("error");
}
std::string Real(double value, std::string_view format) {
  std::string why;
  return FormatNumber({"", value}, format, why).value_or("error");
}
std::string Written(int64_t local, std::string_view format, TimeKind kind = TimeKind::kDatetime, int64_t offset = 0) {
  std::string why;
  return FormatTimeCast(format, {local, offset, {}}, kind, why).value_or("error");
}
std::optional<int64_t> Read(std::string_view text, std::string_view format, TimeKind kind = TimeKind::kDatetime,
                            const analysis::Zone& zone = Utc()) {
  std::string why;
  const int64_t today = *analysis::ParseDateText("2031-07-15");
  return ParseTimeCast(format, text, kind, zone, today, why);
}
int64_t At(std::string_view text) { return *analysis::ParseDatetimeText(text); }

TEST(FormatNumberTest, DigitsStandToTheRightBehindTheirSign) {
  EXPECT_EQ(Number("12", "999"), "  12");
  EXPECT_EQ(Number("-12", "0999"), "-0012");
  EXPECT_EQ(Number("-12", "999PR"), " <12>");
  EXPECT_EQ(Number("12", "999MI"), " 12 ");
  EXPECT_EQ(Number("12", "S9,999"), "   +12");
  EXPECT_EQ(Number("-1234567", "$9,999,999.99PR"), "<$1,234,567.00>");
  EXPECT_EQ(Number("5", "C0000MI"), "USD0005 ");
}

TEST(FormatNumberTest, WhatDoesNotFitIsMasked) {
  EXPECT_EQ(Number("123", "$9,9.99"), " $#,#.##");
  EXPECT_EQ(Number("255", "X"), " #");
  EXPECT_EQ(Number("12345", ".9EEEE"), " .#####");
  EXPECT_EQ(Real(std::numeric_limits<double>::infinity(), "99.9"), " ##.#");
  EXPECT_EQ(Real(-std::numeric_limits<double>::infinity(), "999.99"), "-INF   ");
}

TEST(FormatNumberTest, DecimalsRoundHalfAwayAndFloatsTheirExactValue) {
  EXPECT_EQ(Number("2.5", "9"), " 3");
  EXPECT_EQ(Real(2.5, "9"), " 2");
  EXPECT_EQ(Number("-9.995", "9.99EEEE"), "-1.00E+01");
  EXPECT_EQ(Real(0.015, "9.99"), "  .01");
}

TEST(FormatNumberTest, HexadecimalTakesTheCaseOfEachPlace) {
  EXPECT_EQ(Number("255", "XXxX"), "   fF");
  EXPECT_EQ(Number("-255", "0XXX"), "-00FF");
  EXPECT_EQ(Real(254.5, "XXX"), "  FF");
}

TEST(FormatNumberTest, CompactAndBlankFormsLeaveOut) {
  EXPECT_EQ(Number("12.50", "FM999.990"), "12.5");
  EXPECT_EQ(Number("0", "FM999.99"), "0.");
  EXPECT_EQ(Number("0", "B999"), "    ");
  EXPECT_EQ(Number("0", "9.99"), "  .00");
}

TEST(FormatNumberTest, RomanNumeralsAreFifteenWide) {
  EXPECT_EQ(Number("1999", "RN"), "        MCMXCIX");
  EXPECT_EQ(Number("0", "RN"), "###############");
}

TEST(FormatNumberTest, AFormatThatIsNoneIsAnError) {
  for (const char* format : {"", "abc", "9.9.9", ",99", "MI9", "9MI9", "X9", "9,9EEEE", "9EEEE9", "SS9", "$$9", "TM9"}) {
    EXPECT_EQ(Number("1", format), "error") << format;
  }
}

TEST(FormatTimeCastTest, NamesTakeTheCaseOfTheElement) {
  const int64_t at = At("2024-02-29 21:05:06.123456");
  EXPECT_EQ(Written(at, "DAY Day day, MON Mon mon"), "THURSDAY Thursday thursday, FEB Feb feb");
  EXPECT_EQ(Written(at, "HH12:MI am \"at\" HH24"), "09:05 pm at 21");
  EXPECT_EQ(Written(at, "YYYY YYY YY Y DDD D SSSSS FF2"), "2024 024 24 4 060 5 75906 12");
  EXPECT_EQ(Written(at, "TZH:TZM", TimeKind::kTimestamp, -12'600), "-03:30");
}

TEST(FormatTimeCastTest, ElementsOfAnotherTypeAreErrors) {
  EXPECT_EQ(Written(0, "HH24", TimeKind::kDate), "error");
  EXPECT_EQ(Written(0, "YYYY", TimeKind::kTime), "error");
  EXPECT_EQ(Written(0, "TZH"), "error");
  EXPECT_EQ(Written(0, "YYYY_MM"), "error");
  EXPECT_EQ(Written(0, "\"open"), "error");
}

TEST(ParseTimeCastTest, WhatIsNotNamedIsOfTheFirstDayOfThisMonth) {
  EXPECT_EQ(Read("", ""), At("2031-07-01 00:00:00"));
  EXPECT_EQ(Read("24", "YY"), At("2024-07-01 00:00:00"));
  EXPECT_EQ(Read("7", "Y"), At("2037-07-01 00:00:00"));
  EXPECT_EQ(Read("80-5", "RR-DD"), At("1980-07-05 00:00:00"));
}

TEST(ParseTimeCastTest, WhatIsWrittenReadsBack) {
  constexpr std::string_view kFormat = "YYYY-MM-DD\"T\"HH24:MI:SS.FF6";
  for (const char* text : {"0001-01-01 00:00:00", "2024-02-29 12:34:56.789012", "9999-12-31 23:59:59.999999"}) {
    EXPECT_EQ(Read(Written(At(text), kFormat), kFormat), At(text)) << text;
  }
}

TEST(ParseTimeCastTest, AnOffsetOfTheTextIsStrongerThanTheZone) {
  const analysis::Zone& tokyo = *analysis::Zone::Find("Asia/Tokyo");
  EXPECT_EQ(Read("2024-01-01 10 +05", "YYYY-MM-DD HH24 TZH", TimeKind::kTimestamp, tokyo), At("2024-01-01 05:00:00"));
  EXPECT_EQ(Read("2024-01-01 10", "YYYY-MM-DD HH24", TimeKind::kTimestamp, tokyo), At("2024-01-01 01:00:00"));
}

TEST(ParseTimeCastTest, ElementsThatContradictOneAnotherAreErrors) {
  for (const char* format : {"YYYY YY", "MM MON", "HH24 A.M.", "HH12", "SSSSS MI", "SSSSS SS", "YYYY YYYY", "DY", "DDD MM"}) {
    EXPECT_EQ(Read("1 1", format), std::nullopt) << format;
  }
}

TEST(ParseTimeCastTest, TextMustFitToItsEnd) {
  EXPECT_EQ(Read("2024-02-30", "YYYY-MM-DD"), std::nullopt);
  EXPECT_EQ(Read("2024-02-29x", "YYYY-MM-DD"), std::nullopt);
  EXPECT_EQ(Read("2024-02", "YYYY-MM-DD"), std::nullopt);
  EXPECT_EQ(Read("  2024-2-9  ", "YYYY-MM-DD"), At("2024-02-09 00:00:00"));
  EXPECT_EQ(Read("202402", "YYYYMM"), At("2024-02-01 00:00:00"));
}

}  // namespace
}  // namespace casebook::engines
