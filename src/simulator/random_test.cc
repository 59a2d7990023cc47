#include "simulator/random.h"

#include <gtest/gtest.h>

#include <cmath>

namespace casebook {
namespace {

TEST(RandomTest, LogarithmAndExponentialAreExactEnough) {
  for (double x = 1e-12; x < 1e12; x *= 1.7)
    EXPECT_NEAR(NaturalLogarithm(x), std::log(x), 1e-12 * std::abs(std::log(x)) + 1e-14);
  for (double x = -30; x < 30; x += 0.37) EXPECT_NEAR(Exponential(x) / std::exp(x), 1, 1e-12);
}

TEST(RandomTest, TheSameSeedGivesTheSameDraws) {
  Random random(42);
  EXPECT_EQ(random.Next(), 13679457532755275413U);
  EXPECT_EQ(random.Next(), 2949826092126892291U);
}

TEST(RandomTest, MeansAreAsAsked) {
  Random random(9);
  double exponential = 0, poisson = 0, large_poisson = 0, above_median = 0;
  constexpr int kDraws = 40'000;
  for (int i = 0; i < kDraws; ++i) {
    exponential += random.ExponentialWithMean(7);
    poisson += random.Poisson(2.5);
    large_poisson += random.Poisson(150);
    above_median += random.LogNormal(10, 0.8) > 10 ? 1 : 0;
  }
  EXPECT_NEAR(exponential / kDraws, 7, 0.15);
  EXPECT_NEAR(poisson / kDraws, 2.5, 0.05);
  EXPECT_NEAR(large_poisson / kDraws, 150, 0.5);
  EXPECT_NEAR(above_median / kDraws, 0.5, 0.01);
}

TEST(RandomTest, WhatIsBetweenIncludesBothEnds) {
  Random random(1);
  bool low = false;
  bool high = false;
  for (int i = 0; i < 1'000; ++i) {
    const int64_t value = random.Between(3, 6);
    ASSERT_GE(value, 3);
    ASSERT_LE(value, 6);
    low |= value == 3;
    high |= value == 6;
  }
  EXPECT_TRUE(low && high);
  EXPECT_EQ(random.Between(5, 2), 5);
}

TEST(RandomTest, PicksFollowTheirWeights) {
  Random random(2);
  constexpr double kWeights[] = {1, 0, 3};
  int counts[3] = {};
  for (int i = 0; i < 4'000; ++i) ++counts[random.Pick(kWeights)];
  EXPECT_EQ(counts[1], 0);
  EXPECT_NEAR(counts[2], 3'000, 150);
}

}  // namespace
}  // namespace casebook
