#include "analysis/numeric_text.h"

#include <gtest/gtest.h>

namespace casebook::analysis {
namespace {

TEST(NumericTextTest, IsCanonical) {
  EXPECT_EQ(CanonicalNumeric("-0012.5000"), "-12.5");
  EXPECT_EQ(CanonicalNumeric("1.25e3"), "1250");
  EXPECT_EQ(CanonicalNumeric("-0"), "0");
  EXPECT_EQ(CanonicalNumeric("0e400"), "0");
  EXPECT_EQ(CanonicalNumeric(".5"), "0.5");
}

TEST(NumericTextTest, AnExponentMayBeAsLongAsItLikes) {
  EXPECT_EQ(CanonicalNumeric("0e99999999999999999999"), "0");
  EXPECT_EQ(CanonicalNumeric("1e-99999999999999999999"), "0");
  EXPECT_EQ(CanonicalNumeric("1e99999999999999999999"), std::nullopt);
  EXPECT_EQ(CanonicalNumeric("1e+2"), "100");
  EXPECT_EQ(CanonicalNumeric("1e+-2"), std::nullopt);
}

TEST(NumericTextTest, RoundsHalfAwayFromZero) {
  EXPECT_EQ(CanonicalNumeric("0.0000000005"), "0.000000001");
  EXPECT_EQ(CanonicalNumeric("-0.0000000005"), "-0.000000001");
  EXPECT_EQ(CanonicalNumeric("0.00000000049"), "0");
  EXPECT_EQ(CanonicalNumeric("9.9999999999"), "10");
}

TEST(NumericTextTest, BigNumericEndsWith256Bits) {
  const std::string greatest = "578960446186580977117854925043439539266.34992332820282019728792003956564819967";
  const std::string beyond = "578960446186580977117854925043439539266.34992332820282019728792003956564819968";
  EXPECT_EQ(CanonicalBigNumeric(greatest), greatest);
  EXPECT_EQ(CanonicalBigNumeric(beyond), std::nullopt);
  EXPECT_EQ(CanonicalBigNumeric("-" + beyond), "-" + beyond);
  EXPECT_EQ(CanonicalBigNumeric("578960446186580977117854925043439539266"), "578960446186580977117854925043439539266");
  EXPECT_EQ(CanonicalBigNumeric("578960446186580977117854925043439539267"), std::nullopt);
  EXPECT_EQ(CanonicalBigNumeric("99999999999999999999999999999999999999"), "99999999999999999999999999999999999999");
}

TEST(NumericTextTest, WhatIsNoNumberOrTooLargeIsNone) {
  EXPECT_EQ(CanonicalNumeric(""), std::nullopt);
  EXPECT_EQ(CanonicalNumeric("."), std::nullopt);
  EXPECT_EQ(CanonicalNumeric("1e"), std::nullopt);
  EXPECT_EQ(CanonicalNumeric("1 "), std::nullopt);
  EXPECT_EQ(CanonicalNumeric("1e29"), std::nullopt);
  EXPECT_NE(CanonicalNumeric("99999999999999999999999999999.999999999"), std::nullopt);
}

}  // namespace
}  // namespace casebook::analysis
