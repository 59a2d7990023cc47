#include "landing/landing_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "landing/landing_format.h"
#include "landing/landing_reader.h"

namespace casebook {
namespace {

namespace fs = std::filesystem;

class LandingLogTest : public testing::Test {
 protected:
  LandingLogTest() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    directory_ = fs::temp_directory_path() / ("casebook_landing_" + std::string(test->name()));
    fs::remove_all(directory_);
  }
  ~LandingLogTest() override { fs::remove_all(directory_); }

  LandingLog OpenLog(LandingLogOptions options = {}) {
    auto log = LandingLog::Open(directory_, RealFileSystem(), options);
    EXPECT_TRUE(log.ok()) << log.error().message;
    return std::move(log).value();
  }

  static uint64_t Append(LandingLog& log, std::string_view bytes, std::string_view source = "file") {
    NewRecord record;
    record.source = source;
    record.bytes = bytes;
    return log.Append(record).value();
  }

  // Each record is synced by itself, as a receiver of single events does.
  void WriteRecords(const std::vector<std::string>& records, LandingLogOptions options = {}) {
    LandingLog log = OpenLog(options);
    for (const std::string& record : records) {
      Append(log, record);
      ASSERT_TRUE(log.Sync().ok());
    }
  }

  // Many records in one Sync(), as a file is read.
  void WriteMany(size_t count, LandingLogOptions options = {}) {
    LandingLog log = OpenLog(options);
    for (size_t i = 1; i <= count; ++i) Append(log, Text(i), "file " + std::to_string(i % 3));
    ASSERT_TRUE(log.Sync().ok());
  }

  static std::string Text(size_t number) { return "{\"number\":" + std::to_string(number) + ",\"text\":\"some words\"}"; }

  std::vector<std::string> ReadAll(uint64_t from = 1) {
    auto reader = LandingReader::Open(directory_, from).value();
    std::vector<std::string> all;
    for (;;) {
      const auto record = reader.Next().value();
      if (!record) break;
      all.emplace_back(record->bytes);
    }
    problems_ = reader.problems();
    return all;
  }

  fs::path LastSegment() { return ListSegments(directory_).value().back().path; }
  fs::path FirstSegment() { return ListSegments(directory_).value().front().path; }

  static std::string Slurp(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static void Spill(const fs::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }

  fs::path directory_;
  std::vector<LandingProblem> problems_;
};

using Texts = std::vector<std::string>;

// Small enough that a few records make several blocks and segments.
constexpr LandingLogOptions kSmall{.segment_bytes = 4096, .block_bytes = 512};

TEST_F(LandingLogTest, RecordsComeBackWithEverythingThatWasGiven) {
  {
    LandingLog log = OpenLog();
    EXPECT_EQ(log.next_sequence(), 1U);
    EXPECT_EQ(log.Append({.source = "a.json", .source_offset = 7, .received_at = {123456}, .bytes = "{\"a\":1}",
                          .kind = LandedKind::kRecord, .reason = ""}).value(), 1U);
    EXPECT_EQ(log.Append({.source = "-", .source_offset = 99, .received_at = {-5}, .bytes = std::string_view("\0{", 2),
                          .kind = LandedKind::kSetAside, .reason = "torn"}).value(), 2U);
    EXPECT_EQ(log.synced_sequence(), 1U);
    ASSERT_TRUE(log.Sync().ok());
    EXPECT_EQ(log.synced_sequence(), 3U);
  }
  auto reader = LandingReader::Open(directory_).value();
  const LandedRecord first = *reader.Next().value();
  EXPECT_EQ(first.sequence, 1U);
  EXPECT_EQ(first.source, "a.json");
  EXPECT_EQ(first.source_offset, 7U);
  EXPECT_EQ(first.received_at, Timestamp{123456});
  EXPECT_EQ(first.bytes, "{\"a\":1}");
  EXPECT_EQ(first.kind, LandedKind::kRecord);
  EXPECT_EQ(first.reason, "");
  const LandedRecord second = *reader.Next().value();
  EXPECT_EQ(second.sequence, 2U);
  EXPECT_EQ(second.source, "-");
  EXPECT_EQ(second.received_at, Timestamp{-5});
  EXPECT_EQ(second.bytes, std::string_view("\0{", 2));
  EXPECT_EQ(second.kind, LandedKind::kSetAside);
  EXPECT_EQ(second.reason, "torn");
  EXPECT_FALSE(reader.Next().value().has_value());
}

TEST_F(LandingLogTest, MissingDirectoryHoldsNoRecords) {
  EXPECT_TRUE(ReadAll().empty());
  EXPECT_EQ(FindRecord(directory_, 1).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(VerifyLog(directory_).value().records, 0U);
}

TEST_F(LandingLogTest, ReopenedLogGoesOnWithTheSequence) {
  WriteRecords({"one", "two"});
  WriteRecords({"three"});
  LandingLog log = OpenLog();
  EXPECT_EQ(Append(log, "four"), 4U);
  ASSERT_TRUE(log.Sync().ok());
  EXPECT_EQ(ReadAll(), (Texts{"one", "two", "three", "four"}));
}

TEST_F(LandingLogTest, SequenceNeverFallsBelowWhatWasReadBefore) {
  WriteRecords({"one"});
  LandingLog log = OpenLog({.next_sequence_min = 10});
  EXPECT_EQ(Append(log, "ten"), 10U);
  ASSERT_TRUE(log.Sync().ok());
  EXPECT_EQ(ReadAll(), (Texts{"one", "ten"}));
}

TEST_F(LandingLogTest, SecondWriterIsRefusedAndReadersAreNot) {
  LandingLog log = OpenLog();
  Append(log, "one");
  ASSERT_TRUE(log.Sync().ok());
  const auto second = LandingLog::Open(directory_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().message, "landing log " + directory_.string() + " is held by another writer");
  EXPECT_EQ(ReadAll(), (Texts{"one"}));
}

TEST_F(LandingLogTest, LimitsAreNamedAndTakeNoSequence) {
  LandingLog log = OpenLog();
  const std::string long_name(kMaxSourceNameBytes + 1, 'x');
  EXPECT_EQ(log.Append({.source = long_name, .received_at = {}, .bytes = "x", .reason = ""}).error().code, ErrorCode::kLimit);
  EXPECT_EQ(Append(log, "one"), 1U);
}

TEST_F(LandingLogTest, ManyRecordsLieInBlocksAndSegments) {
  WriteMany(500, kSmall);
  EXPECT_GT(ListSegments(directory_).value().size(), 3U);
  const Texts all = ReadAll();
  ASSERT_EQ(all.size(), 500U);
  for (size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i], Text(i + 1));
  EXPECT_TRUE(problems_.empty());

  const VerifyReport report = VerifyLog(directory_).value();
  EXPECT_EQ(report.records, 500U);
  EXPECT_EQ(report.first_sequence, 1U);
  EXPECT_EQ(report.last_sequence, 500U);
  EXPECT_TRUE(report.problems.empty());
}

TEST_F(LandingLogTest, EveryRecordIsFoundBySequence) {
  WriteMany(300, kSmall);
  WriteRecords({Text(301), Text(302)}, kSmall);
  for (uint64_t sequence = 1; sequence <= 302; ++sequence) {
    const auto record = FindRecord(directory_, sequence);
    ASSERT_TRUE(record.ok()) << record.error().message;
    EXPECT_EQ(record->sequence, sequence);
    EXPECT_EQ(record->bytes, Text(sequence));
    EXPECT_EQ(record->source, sequence > 300 ? "file" : "file " + std::to_string(sequence % 3));
  }
  EXPECT_EQ(FindRecord(directory_, 303).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(FindRecord(directory_, 0).error().code, ErrorCode::kNotFound);
}

TEST_F(LandingLogTest, ReadingBeginsAtAnySequence) {
  WriteMany(200, kSmall);
  for (uint64_t from = 1; from <= 202; ++from) {
    const Texts rest = ReadAll(from);
    ASSERT_EQ(rest.size(), from > 200 ? 0 : 201 - from);
    if (from <= 200) {
      EXPECT_EQ(rest.front(), Text(from));
    }
  }
}

TEST_F(LandingLogTest, BatchOutlivesItsReader) {
  WriteMany(300, kSmall);
  LandedBatch batch;
  {
    auto reader = LandingReader::Open(directory_).value();
    ASSERT_TRUE(reader.NextBatch(batch, 1000).ok());
    LandedBatch moved = std::move(batch);
    batch = LandedBatch();
    ASSERT_TRUE(reader.NextBatch(batch, 1U << 20U).ok());
    batch = std::move(moved);
  }
  ASSERT_GT(batch.records.size(), 10U);
  EXPECT_LT(batch.records.size(), 300U);
  for (size_t i = 0; i < batch.records.size(); ++i) {
    EXPECT_EQ(batch.records[i].bytes, Text(i + 1));
    EXPECT_EQ(batch.records[i].source, "file " + std::to_string((i + 1) % 3));
  }
}

TEST_F(LandingLogTest, LongRecordsAreWhole) {
  const std::string record = "\"" + std::string(3U << 20U, 'x') + "\"";
  WriteRecords({"one", record, "three"}, kSmall);
  EXPECT_EQ(ReadAll(), (Texts{"one", record, "three"}));
  std::string noise(3U << 20U, 'x');
  uint32_t state = 1;
  for (char& byte : noise) byte = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
  WriteRecords({noise, "five"}, kSmall);
  EXPECT_EQ(ReadAll(4), (Texts{noise, "five"}));
}

// Goal: a crash at any byte of the last record loses that record and no other.
// Method: tear the tail at every length and count what is left.
TEST_F(LandingLogTest, TornTailLosesOnlyTheLastRecord) {
  WriteRecords({"one", "two"});
  const fs::path segment = LastSegment();
  const std::string whole = Slurp(segment);
  const size_t last_frame = kFrameHeaderBytes + 3;
  for (size_t torn = 1; torn <= last_frame; ++torn) {
    Spill(segment, std::string_view(whole).substr(0, whole.size() - torn));
    EXPECT_EQ(ReadAll(), (Texts{"one"}));

    LandingLog log = OpenLog();

    EXPECT_EQ(log.problems().size(), torn == last_frame ? 0U : 1U);
    EXPECT_EQ(Append(log, "three"), 2U);
    ASSERT_TRUE(log.Sync().ok());
    EXPECT_EQ(ReadAll(), (Texts{"one", "three"}));
    EXPECT_TRUE(problems_.empty());
  }
}

// Goal: a changed byte costs its own record, and is named; the others are read and the intake goes on.
// Method: change every byte before the last record, one at a time.
TEST_F(LandingLogTest, BadByteAnywhereCostsOneRecordAndIsNamed) {
  WriteRecords({"one", "two", "three", "four"});
  const fs::path segment = LastSegment();
  const std::string whole = Slurp(segment);
  for (size_t at = 0; at < whole.size() - kFrameHeaderBytes - 4; ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x40);
    Spill(segment, changed);

    const Texts left = ReadAll();

    EXPECT_GE(left.size(), 3U) << at;
    EXPECT_EQ(left.back(), "four");
    ASSERT_FALSE(problems_.empty()) << at;
    EXPECT_EQ(problems_.front().segment, segment);
    EXPECT_LE(problems_.front().offset, at);
    EXPECT_EQ(VerifyLog(directory_).value().problems.size(), problems_.size());

    LandingLog log = OpenLog();
    EXPECT_FALSE(log.problems().empty());
    EXPECT_EQ(Append(log, "five"), 5U);
    ASSERT_TRUE(log.Sync().ok());
    EXPECT_EQ(ReadAll().back(), "five");
  }
}

TEST_F(LandingLogTest, DamageSaysWhichRecordsItCost) {
  WriteRecords({"one", "two", "three"});
  const fs::path segment = LastSegment();
  std::string bytes = Slurp(segment);
  const size_t at = bytes.find("two");
  bytes[at] = 'T';
  Spill(segment, bytes);
  EXPECT_EQ(ReadAll(), (Texts{"one", "three"}));
  ASSERT_EQ(problems_.size(), 1U);
  EXPECT_EQ(problems_[0].offset, at - kFrameHeaderBytes);
  EXPECT_EQ(problems_[0].what, "bytes up to offset " + std::to_string(at + 3) +
                                   " are damaged and were passed over, records 2 to 2 are missing");
  EXPECT_EQ(FindRecord(directory_, 2).error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(FindRecord(directory_, 3)->bytes, "three");
}

// Goal: damage in a sealed segment costs a block at most, and other segments nothing.
TEST_F(LandingLogTest, BadByteInASealedSegmentCostsABlockAtMost) {
  WriteMany(200, kSmall);
  const fs::path segment = FirstSegment();
  const std::string whole = Slurp(segment);
  for (size_t at = 0; at < whole.size(); at += 7) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x01);
    Spill(segment, changed);
    const Texts left = ReadAll();
    EXPECT_GT(left.size(), 190U) << at;
    EXPECT_EQ(left.back(), Text(200));
    EXPECT_FALSE(problems_.empty()) << at;
    EXPECT_EQ(FindRecord(directory_, 200)->bytes, Text(200));
  }
}

TEST_F(LandingLogTest, SealedSegmentsArePackedAndStayTheSame) {
  Texts records;
  for (size_t i = 1; i <= 200; ++i) records.push_back(Text(i));
  WriteRecords(records, kSmall);
  const uint64_t before = VerifyLog(directory_).value().stored_bytes;

  LandingLog log = OpenLog(kSmall);
  EXPECT_GT(log.CompressSealed().value(), 2U);
  EXPECT_EQ(log.CompressSealed().value(), 0U);

  const VerifyReport report = VerifyLog(directory_).value();
  EXPECT_TRUE(report.problems.empty());
  EXPECT_LT(report.stored_bytes, before * 2 / 3);
  EXPECT_EQ(ReadAll(), records);
  for (uint64_t sequence = 1; sequence <= 200; ++sequence) EXPECT_EQ(FindRecord(directory_, sequence)->bytes, Text(sequence));
  EXPECT_EQ(Append(log, "more"), 201U);
}

TEST_F(LandingLogTest, ReaderGoesOnWhereTheWriterDoes) {
  LandingLog log = OpenLog(kSmall);
  auto reader = LandingReader::Open(directory_).value();
  EXPECT_FALSE(reader.Next().value().has_value());
  for (size_t i = 1; i <= 200; ++i) {
    EXPECT_EQ(Append(log, Text(i)), i);
    ASSERT_TRUE(log.Sync().ok());
    const auto record = reader.Next().value();
    ASSERT_TRUE(record.has_value()) << i;
    EXPECT_EQ(record->bytes, Text(i));
    EXPECT_FALSE(reader.Next().value().has_value());
  }
  EXPECT_TRUE(reader.problems().empty());
}

// Goal: a reader beside the writer, and beside packing, sees each record once and in order.
TEST_F(LandingLogTest, ReaderRunsBesideTheWriter) {
  constexpr uint64_t kRecords = 5000;
  LandingLog log = OpenLog(kSmall);
  std::atomic<bool> done = false;
  std::thread packer([&] {
    while (!done) EXPECT_TRUE(log.CompressSealed().ok());
  });
  std::thread consumer([&] {
    auto reader = LandingReader::Open(directory_).value();
    for (uint64_t expected = 1; expected <= kRecords;) {
      const auto record = reader.Next().value();
      if (!record) continue;
      ASSERT_EQ(record->sequence, expected);
      ASSERT_EQ(record->bytes, Text(expected));
      ++expected;
    }
    EXPECT_TRUE(reader.problems().empty());
  });
  for (uint64_t i = 1; i <= kRecords; ++i) {
    Append(log, Text(i));
    if (i % 3 == 0 || i == kRecords) {
      EXPECT_TRUE(log.Sync().ok());
    }
  }
  consumer.join();
  done = true;
  packer.join();
  EXPECT_EQ(VerifyLog(directory_).value().records, kRecords);
}

}  // namespace
}  // namespace casebook
