#include "engines/duckdb/wide_functions.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "engines/duckdb/bignumeric.h"

namespace casebook::engines {
namespace {

constexpr size_t kScale = kBigScale;

Decimal256 Number(const std::string& text) {
  const BigNumeric value = ReadBigNumeric(text).value();
  return {value.units.IsNegative(), value.units.Magnitude()};
}
std::string Text(const std::optional<Decimal256>& value) {
  const auto result = value ? WithSign(value->magnitude, value->negative) : std::nullopt;
  return result ? BigNumericText(*result) : "overflow";
}

TEST(WideFunctions, KnownConstantsAreRightToTheLastDigit) {
  EXPECT_EQ(Text(ExpOf(Number("1"), kScale)), "2.71828182845904523536028747135266249776");
  EXPECT_EQ(Text(LnOf(Number("2"), kScale)), "0.69314718055994530941723212145817656808");
  EXPECT_EQ(Text(LnOf(Number("10"), kScale)), "2.3025850929940456840179914546843642076");
  EXPECT_EQ(Text(PowOf(Number("2"), Number("0.5"), kScale)), "1.41421356237309504880168872420969807857");
  EXPECT_EQ(Text(ExpOf(Number("-1"), kScale)), "0.36787944117144232159552377016146086745");
}

TEST(WideFunctions, PowersOfWholeNumbersAreWhole) {
  EXPECT_EQ(Text(PowOf(Number("10"), Number("38"), kScale)), "100000000000000000000000000000000000000");
  EXPECT_EQ(Text(PowOf(Number("-2"), Number("127"), kScale)), "-170141183460469231731687303715884105728");
  EXPECT_EQ(Text(PowOf(Number("-3"), Number("4"), kScale)), "81");
  EXPECT_EQ(Text(Log10Of(Number("1e38"), kScale)), "38");
  EXPECT_EQ(Text(Log10Of(Number("1e-38"), kScale)), "-38");
  EXPECT_EQ(Text(LogOf(Number("1024"), Number("2"), kScale)), "10");
  EXPECT_EQ(Text(LogOf(Number("1024"), Number("0.5"), kScale)), "-10");
}

TEST(WideFunctions, TiesGoAwayFromZero) {
  EXPECT_EQ(Text(PowOf(Number("0.5"), Number("39"), kScale)), "0.00000000000181898940354585647583007813");
  EXPECT_EQ(Text(PowOf(Number("-0.5"), Number("39"), kScale)), "-0.00000000000181898940354585647583007813");
  EXPECT_EQ(Text(PowOf(Number("2.5"), Number("39"), kScale)), "3308722450212110.69948563476827985141426324844360351563");
}

TEST(WideFunctions, WhatIsTooGreatOverflowsAndWhatIsTooSmallIsZero) {
  EXPECT_EQ(Text(ExpOf(Number("90"), kScale)), "overflow");
  EXPECT_EQ(Text(ExpOf(Number("5e38"), kScale)), "overflow");
  EXPECT_EQ(Text(ExpOf(Number("-90"), kScale)), "0");
  EXPECT_EQ(Text(ExpOf(Number("-5e38"), kScale)), "0");
  EXPECT_EQ(Text(PowOf(Number("10"), Number("39"), kScale)), "overflow");
  EXPECT_EQ(Text(PowOf(Number("0.1"), Number("5e38"), kScale)), "0");
}

// Goal: no digit of LN is wrong. Method: LN undoes EXP, as far as the digits of EXP's answer tell.
TEST(WideFunctions, LnUndoesExp) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 200; ++i) {
    const std::string x = std::to_string(random() % 80) + "." + std::to_string(random());
    const auto power = ExpOf(Number(x), kScale);
    ASSERT_TRUE(power);
    const auto back = LnOf(*power, kScale);
    const Decimal256 wanted = Number(x);
    const auto difference = back->magnitude > wanted.magnitude ? back->magnitude - wanted.magnitude : wanted.magnitude - back->magnitude;
    ASSERT_LE(difference, WideUint<4>(1)) << x;
  }
}

}  // namespace
}  // namespace casebook::engines
