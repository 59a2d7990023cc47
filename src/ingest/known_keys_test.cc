#include "ingest/known_keys.h"

#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <random>
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

// The hash table of a round, built the plain way.
std::vector<uint32_t> PlacesOf(const std::vector<RecentContents::Row>& rows) {
  std::vector<uint32_t> places(std::bit_ceil(2 * rows.size() + 1));
  for (uint32_t number = 1; number <= rows.size(); ++number) {
    size_t at = rows[number - 1].key & (places.size() - 1);
    while (places[at] != 0) at = (at + 1) & (places.size() - 1);
    places[at] = number;
  }
  return places;
}

// Goal: what it says is true of the newest content of a key, and it says so of what came in the last rounds.
// Method: a map of all, few keys, so that most come in several rounds with several contents.
TEST(RecentContentsTest, SaysWhatAMapSays) {
  std::mt19937_64 random(2);
  RecentContents recent;
  std::map<uint64_t, int64_t> expected;
  for (int round = 0; round < 2000; ++round) {
    std::map<uint64_t, int64_t> of_round;
    for (uint64_t i = random() % 20; i > 0; --i) of_round[random() % 40] = static_cast<int64_t>(random() % 3);
    std::vector<RecentContents::Row> rows;
    for (const auto& [key, content] : of_round) {
      rows.push_back({key, content});
      expected[key] = content;
    }
    recent.AddRound(PlacesOf(rows), rows);
    const uint64_t key = random() % 45;
    for (int64_t content = 0; content < 3; ++content) {
      const bool is_stored = expected.contains(key) && expected[key] == content;
      const bool is_said = recent.IsStored(key, content);
      ASSERT_TRUE(is_stored || !is_said);
      ASSERT_TRUE(is_said == is_stored || !of_round.contains(key));
    }
  }
}

TEST(RecentContentsTest, KeepsTheLastRoundsAndForgetsAll) {
  RecentContents recent;
  const auto add = [&recent](uint64_t first) {
    std::vector<RecentContents::Row> rows;
    for (uint64_t key = first; key < first + RecentContents::kMaxRows / 2; ++key) rows.push_back({key, 7});
    recent.AddRound(PlacesOf(rows), rows);
  };
  for (uint64_t round = 0; round < 4; ++round) add(round * 1'000'000);
  EXPECT_FALSE(recent.IsStored(0, 7));
  EXPECT_TRUE(recent.IsStored(1'000'000, 7));
  EXPECT_TRUE(recent.IsStored(3'000'000, 7));
  EXPECT_FALSE(recent.IsStored(3'000'000, 8));
  recent.Forget();
  EXPECT_FALSE(recent.IsStored(3'000'000, 7));
}

}  // namespace
}  // namespace casebook
