#include "ingest/known_keys.h"

#include <gtest/gtest.h>

#include <random>
#include <unordered_set>

namespace casebook {
namespace {

TEST(KnownKeysTest, EveryKeyMayBeHeldUntilAllAreTold) {
  KnownKeys keys;
  keys.Add(5);
  EXPECT_TRUE(keys.MayHold(5));
  EXPECT_TRUE(keys.MayHold(6));
  keys.BeginEmpty();
  EXPECT_FALSE(keys.MayHold(5));
}

TEST(KnownKeysTest, HoldsWhatASetHolds) {
  std::mt19937_64 random(1);
  KnownKeys keys;
  keys.BeginEmpty();
  std::unordered_set<uint64_t> expected;
  // Few low bits, so that many keys want the same slot. 0 and 1 are one key.
  const auto key = [&random] { return 2 + random() % 64 * 0x10000 + random() % 1024; };
  for (int i = 0; i < 100'000; ++i) {
    const uint64_t added = key();
    keys.Add(added);
    expected.insert(added);
    const uint64_t asked = key();
    ASSERT_EQ(keys.MayHold(asked), expected.contains(asked));
  }
}

TEST(KnownKeysTest, ZeroIsAKey) {
  KnownKeys keys;
  keys.BeginEmpty();
  EXPECT_FALSE(keys.MayHold(0));
  keys.Add(0);
  EXPECT_TRUE(keys.MayHold(0));
}

}  // namespace
}  // namespace casebook
