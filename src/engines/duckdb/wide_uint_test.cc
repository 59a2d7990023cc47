#include "engines/duckdb/wide_uint.h"

#include <gtest/gtest.h>

#include <random>

namespace casebook::engines {
namespace {

// Of words that are often all zeros or all ones, where carries and guesses go wrong.
template <size_t N>
WideUint<N> RandomNumber(std::mt19937_64& random) {
  WideUint<N> number;
  const size_t size = random() % (N + 1);
  for (size_t i = 0; i < size; ++i) {
    const uint64_t kind = random() % 4;
    number.words[i] = kind == 0 ? 0 : kind == 1 ? ~uint64_t{0} : kind == 2 ? uint64_t{1} << (random() % 64) : random();
  }
  return number;
}

TEST(WideUint, QuotientTimesDivisorAndRemainderIsTheDividend) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const auto dividend = RandomNumber<6>(random);
    const auto divisor = RandomNumber<6>(random);
    if (divisor.IsZero()) continue;
    const auto [quotient, remainder] = DivideWide(dividend, divisor);
    ASSERT_LT(remainder, divisor);
    ASSERT_EQ(Product(quotient, divisor) + remainder.Resized<12>(), dividend.Resized<12>());
  }
}

TEST(WideUint, SumsAndDifferencesUndoEachOther) {
  std::mt19937_64 random(8);
  for (int i = 0; i < 10'000; ++i) {
    const auto a = RandomNumber<5>(random);
    const auto b = RandomNumber<5>(random);
    ASSERT_EQ(a + b - b, a);
    ASSERT_EQ(a - b + b, a);
    ASSERT_EQ(a - b, a + b.Negated());
  }
}

TEST(WideUint, ShiftingLeftIsMultiplyingByTwo) {
  std::mt19937_64 random(9);
  for (size_t bits = 0; bits < 256; ++bits) {
    const auto number = RandomNumber<4>(random).Resized<8>();
    ASSERT_EQ(number << bits, Product(number.Resized<4>(), WideUint<4>(1) << bits));
    ASSERT_EQ((number << bits) >> bits, number);
  }
}

TEST(WideUint, HalvesAreRoundedUp) {
  EXPECT_EQ(RoundedQuotient(WideUint<3>(5), WideUint<3>(2)), WideUint<3>(3));
  EXPECT_EQ(RoundedQuotient(WideUint<3>(7), WideUint<3>(3)), WideUint<3>(2));
  EXPECT_EQ(RoundedQuotient(WideUint<3>(8), WideUint<3>(3)), WideUint<3>(3));
}

TEST(WideUint, ANumberWithASignKeepsItWhenItGrows) {
  const auto minus_three = WideUint<2>(3).Negated();
  EXPECT_TRUE(minus_three.IsNegative());
  EXPECT_EQ(minus_three.Extended<5>(), WideUint<5>(3).Negated());
  EXPECT_EQ(minus_three.Extended<5>().Magnitude(), WideUint<5>(3));
}

TEST(WideUint, BitLengthAndPowersOfTen) {
  EXPECT_EQ(WideUint<4>().BitLength(), 0U);
  EXPECT_EQ((WideUint<4>(1) << 200).BitLength(), 201U);
  EXPECT_EQ(PowerOfTen<4>(38).BitLength(), 127U);
}

}  // namespace
}  // namespace casebook::engines
