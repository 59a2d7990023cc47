// Goal: decimals are written as printf writes doubles, but exactly and with halves away from zero.
// Method: doubles of few digits, which decimals hold exactly, beside printf; halves by hand.
#include "engines/duckdb/decimal_format.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>

namespace casebook::engines {
namespace {

std::string Printed(const char* format, int precision, double value) {
  char buffer[500];
  std::snprintf(buffer, sizeof buffer, format, precision, value);
  return buffer;
}

TEST(DecimalFormatTest, IsPrintfWhereNothingIsHalf) {
  std::mt19937 random(1);
  for (int i = 0; i < 3000; ++i) {
    // Odd numbers of 64ths end in 5 far behind; rounding earlier is never exactly half.
    const double value = static_cast<double>(random() % 1'000'000 * 2 + 1) / 64;
    char text[40];
    std::snprintf(text, sizeof text, "%.6f", value);
    const Decimal decimal = DecimalOf(text);
    const int precision = static_cast<int>(random() % 5);
    EXPECT_EQ(FixedText(decimal, precision, false), Printed("%.*f", precision, value));
    EXPECT_EQ(ExponentText(decimal, precision, false, false), Printed("%.*e", precision, value));
    EXPECT_EQ(GeneralText(decimal, precision, false, true), Printed("%.*G", precision, value));
    EXPECT_EQ(GeneralText(decimal, precision, true, false), Printed("%#.*g", precision, value));
  }
}

TEST(DecimalFormatTest, HalvesGoAwayFromZero) {
  EXPECT_EQ(FixedText(DecimalOf("0.5"), 0, false), "1");
  EXPECT_EQ(FixedText(DecimalOf("1.255"), 2, false), "1.26");
  EXPECT_EQ(FixedText(DecimalOf("9.995"), 2, false), "10.00");
  EXPECT_EQ(ExponentText(DecimalOf("25"), 0, false, false), "3e+01");
  EXPECT_EQ(ExponentText(DecimalOf("99.5"), 1, true, true), "1.0E+02");
}

TEST(DecimalFormatTest, ZeroAndTinyNumbersHaveTheirPlaces) {
  EXPECT_EQ(FixedText(DecimalOf("0"), 2, false), "0.00");
  EXPECT_EQ(FixedText(DecimalOf("0.004"), 2, false), "0.00");
  EXPECT_EQ(FixedText(DecimalOf("0"), 0, true), "0.");
  EXPECT_EQ(ExponentText(DecimalOf("0"), 2, false, false), "0.00e+00");
  EXPECT_EQ(GeneralText(DecimalOf("0.00001"), 6, false, false), "1e-05");
  EXPECT_EQ(GeneralText(DecimalOf("0"), 6, false, false), "0");
}

TEST(DecimalFormatTest, NoDigitIsLost) {
  EXPECT_EQ(FixedText(DecimalOf("99999999999999999999999999999.999999999"), 9, false),
            "99999999999999999999999999999.999999999");
}

}  // namespace
}  // namespace casebook::engines
