#include "ingest/known_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <unordered_map>
#include <unordered_set>
#include <vector>

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

// Goal: what it says is true of the newest content of a key, and it says so of what came last.
// Method: a map of all, keys that meet in few sets.
TEST(RecentContentsTest, SaysWhatAMapSaysOrNothing) {
  std::mt19937_64 random(2);
  RecentContents recent;
  std::unordered_map<uint64_t, int64_t> expected;
  size_t known = 0;
  const auto key = [&random] { return random() % 8 + random() % 3 * RecentContents::kSets; };
  for (int i = 0; i < 100'000; ++i) {
    const uint64_t added = key();
    const auto content = static_cast<int64_t>(random() % 3);
    recent.Add(added, content);
    expected[added] = content;
    EXPECT_TRUE(recent.IsStored(added, content) || (added == 0 && content == 0));
    const uint64_t asked = key();
    const auto asked_content = static_cast<int64_t>(random() % 3);
    if (!recent.IsStored(asked, asked_content)) continue;
    ++known;
    ASSERT_TRUE(expected.contains(asked));
    ASSERT_EQ(expected[asked], asked_content);
  }
  EXPECT_GT(known, 10'000U);
}

TEST(RecentContentsTest, RemembersMoreKeysThanARoundHasAndForgetsAll) {
  RecentContents recent;
  std::mt19937_64 random(3);
  std::vector<uint64_t> keys(50'000);
  for (uint64_t& key : keys) recent.Add(key = random(), 7);
  const auto is_stored = [&recent](uint64_t key) { return recent.IsStored(key, 7); };
  EXPECT_GT(std::count_if(keys.begin(), keys.end(), is_stored), 49'000);
  recent.Forget();
  EXPECT_EQ(std::count_if(keys.begin(), keys.end(), is_stored), 0);
}

}  // namespace
}  // namespace casebook
