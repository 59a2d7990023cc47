#include "engines/duckdb/bignumeric.h"

#include <gtest/gtest.h>

namespace casebook::engines {
namespace {

constexpr const char* kGreatest = "578960446186580977117854925043439539266.34992332820282019728792003956564819967";
constexpr const char* kLeast = "-578960446186580977117854925043439539266.34992332820282019728792003956564819968";

TEST(BigNumeric, TextIsReadAndWrittenTheSame) {
  for (const char* text : {"0", "1", "-1", "0.5", "-12.5", "0.00000000000000000000000000000000000001", "99999999999999999999.1",
                           kGreatest, kLeast}) {
    const auto number = ReadBigNumeric(text);
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(BigNumericText(*number), text);
  }
}

TEST(BigNumeric, TheLastDigitIsRoundedHalfAwayFromZero) {
  EXPECT_EQ(BigNumericText(*ReadBigNumeric("0.000000000000000000000000000000000000005")), "0.00000000000000000000000000000000000001");
  EXPECT_EQ(BigNumericText(*ReadBigNumeric("-1.5e-38")), "-0.00000000000000000000000000000000000002");
  EXPECT_EQ(BigNumericText(*ReadBigNumeric("4e-39")), "0");
}

TEST(BigNumeric, BeyondTheRangeIsNoNumber) {
  EXPECT_FALSE(ReadBigNumeric("578960446186580977117854925043439539266.34992332820282019728792003956564819968"));
  EXPECT_FALSE(ReadBigNumeric("-578960446186580977117854925043439539266.34992332820282019728792003956564819969"));
  EXPECT_FALSE(ReadBigNumeric("578960446186580977117854925043439539267"));
  EXPECT_FALSE(ReadBigNumeric("1e39"));
  EXPECT_FALSE(ReadBigNumeric("1x"));
}

// Goal: the engine may sort and compare the bytes. Method: neighbours in a list from the least to the greatest.
TEST(BigNumeric, BytesSortLikeTheNumbers) {
  std::string before;
  for (const char* text : {kLeast, "-578960446186580977117854925043439539266", "-1e20", "-2", "-1.5", "-1e-38", "0", "1e-38",
                           "0.1", "1", "18446744073709551616", "1e38", kGreatest}) {
    const auto bytes = EncodeBigNumeric(*ReadBigNumeric(text));
    const std::string now(bytes.begin(), bytes.end());
    if (!before.empty()) {
      EXPECT_LT(before, now) << text;
    }
    EXPECT_EQ(BigNumericText(DecodeBigNumeric(now)), BigNumericText(*ReadBigNumeric(text)));
    before = now;
  }
}

}  // namespace
}  // namespace casebook::engines
