#include "ingest/streaming_intake.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <thread>

#include "ingest/ingest_test_support.h"

namespace casebook {
namespace {

std::unique_ptr<StreamingIntake> Open(const DataFolder& folder, StreamingOptions options = {}) {
  options.data = folder.path();
  auto intake = StreamingIntake::Open(options);
  EXPECT_TRUE(intake.ok()) << intake.error().message;
  return std::move(intake).value();
}

class StreamingIntakeOrderTest : public testing::TestWithParam<unsigned> {};

// Goal: records that come a few at a time give the tables that one load gives. Method: the samples, some of them twice,
// in random order and in random rounds, with agents and queues worked out now and then, and the process ended once.
TEST_P(StreamingIntakeOrderTest, AnyOrderAndAnyRoundsGiveTheTablesOfOneLoad) {
  const DataFolder once;
  once.Ingest({Samples().string()});
  std::mt19937 random(GetParam());
  std::vector<std::string> lines = SampleLines();
  const size_t count = lines.size();
  for (size_t i = 0; i < count; ++i) {
    if (random() % 3 == 0) lines.push_back(lines[i]);
  }
  std::shuffle(lines.begin(), lines.end(), random);

  const DataFolder streamed;
  const StreamingOptions options{.round_records = 1 + random() % 7, .dimension_rounds = 1 + static_cast<int>(random() % 4)};
  auto intake = Open(streamed, options);
  const size_t reopened_at = random() % lines.size();
  for (size_t at = 0; at < lines.size(); ++at) {
    if (at == reopened_at) {
      intake.reset();
      intake = Open(streamed, options);
    }
    const std::string_view text = lines[at];
    ASSERT_TRUE(intake->Append({&text, 1}, "test").ok());
    if (random() % 6 != 0) continue;
    ASSERT_TRUE(intake->Flush().ok());
  }
  ASSERT_TRUE(intake->Close().ok());
  intake.reset();
  EXPECT_EQ(streamed.Dump(), once.Dump());
}

INSTANTIATE_TEST_SUITE_P(Seeds, StreamingIntakeOrderTest, testing::Range(1U, 5U));

TEST(StreamingIntakeTest, SeveralThreadsAppendAndAReaderSeesWholeRounds) {
  const DataFolder once;
  once.Ingest({Samples().string()});
  const std::vector<std::string> lines = SampleLines();
  const DataFolder streamed;
  auto intake = Open(streamed, {.round_records = 3});
  Connection reader = intake->database()->Connect().value();
  const auto append = [&](size_t part) {
    for (size_t i = part; i < lines.size(); i += 3) {
      const std::string_view text = lines[i];
      EXPECT_TRUE(intake->Append({&text, 1}, "test").ok());
    }
  };
  std::vector<std::thread> threads;
  for (size_t part = 0; part < 3; ++part) threads.emplace_back(append, part);
  // Every event has its case, whatever round is the last.
  for (int i = 0; i < 50; ++i) {
    const auto orphans = reader.QueryInt64("SELECT count(*) FROM stored.case_events WHERE id NOT IN (SELECT id FROM stored.cases)");
    ASSERT_TRUE(orphans.ok()) << orphans.error().message;
    EXPECT_EQ(*orphans, 0);
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_TRUE(intake->Flush().ok());
  EXPECT_EQ(intake->counts().appended, intake->counts().loaded);
  { const Connection closed = std::move(reader); }
  ASSERT_TRUE(intake->Close().ok());
  intake.reset();
  EXPECT_EQ(streamed.Dump(), once.Dump());
}

TEST(StreamingIntakeTest, WhatIsNoRecordIsSetAsideAndTheRestGoesOn) {
  const DataFolder folder;
  auto intake = Open(folder);
  const std::string_view texts[] = {"{\"half\": ", "not json", "[1, 2]"};
  ASSERT_TRUE(intake->Append(texts, "test").ok());
  ASSERT_TRUE(intake->Close().ok());
  intake.reset();
  EXPECT_EQ(folder.Text("SELECT count(*) > 0 FROM rejects"), "true");
}

TEST(StreamingIntakeTest, OneProcessWritesAtATime) {
  const DataFolder folder;
  auto intake = Open(folder);
  EXPECT_FALSE(StreamingIntake::Open({.data = folder.path()}).ok());
}

}  // namespace
}  // namespace casebook
