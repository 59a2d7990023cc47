#include "rows/enricher.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/checksum.h"
#include "rows/feed_test_support.h"

namespace casebook {
namespace {

class EnricherTest : public ::testing::Test {
 protected:
  EnricherTest() : enricher_(std::make_shared<const FieldCatalogue>(), {}) {}

  Feed Add(std::string_view record) {
    const std::string padded = std::string(record) + std::string(Enricher::kPadding, ' ');
    const RecordOrigin origin{.sequence = 7, .received_at = TestReceivedAt(), .source = "s.json", .source_offset = 42};
    return enricher_.Add(origin, std::string_view(padded).substr(0, record.size()), rows_);
  }
  std::string LastReject(RejectColumn column) const { return Shown(rows_.rejects, column, rows_.rejects.size() - 1); }

  Enricher enricher_;
  EnrichedRows rows_;
};

TEST_F(EnricherTest, EverySampleGoesToItsTable) {
  for (const char* file : {"case_events.ndjson", "contact_events.ndjson", "ctr_events.ndjson"}) {
    for (const std::string& line : SampleLines(file)) Add(line);
  }
  for (const char* file : {"agent_event.json", "users_api.json", "queues_api.json", "contact_lens_chat.json",
                           "contact_lens_voice.json", "case_field_catalogue.json"}) {
    Add(SampleText(file));
  }
  EXPECT_EQ(rows_.rejects.size(), 0U);
  EXPECT_EQ(rows_.case_events.size(), SampleLines("case_events.ndjson").size());
  EXPECT_EQ(rows_.contact_events.size(), SampleLines("contact_events.ndjson").size());
  EXPECT_EQ(rows_.ctr_events.size(), SampleLines("ctr_events.ndjson").size());
  EXPECT_FALSE(rows_.transcripts.empty());
  EXPECT_FALSE(rows_.agent_observations.empty());
  EXPECT_FALSE(rows_.queue_observations.empty());
  ASSERT_EQ(rows_.catalogue_documents.size(), 1U);
  EXPECT_EQ(rows_.catalogue_documents[0].sequence, 7U);
  EXPECT_EQ(rows_.records[static_cast<size_t>(Feed::kCaseEvents)], rows_.case_events.size());
  EXPECT_EQ(rows_.records[static_cast<size_t>(Feed::kTranscripts)], 2U);
  EXPECT_EQ(rows_.set_aside, (std::array<uint64_t, kFeedCount>{}));
}

TEST_F(EnricherTest, WhatCannotBeReadIsSetAsideWithItsReasonAndItsBytes) {
  const std::string record = R"({"source":"aws.cases","detail-type":"Amazon Connect Cases Change","detail":{}})";
  EXPECT_EQ(Add(record), Feed::kCaseEvents);

  EXPECT_EQ(LastReject(RejectColumn::kFeed), "case_events");
  EXPECT_EQ(LastReject(RejectColumn::kReason), "missing_case_id");
  EXPECT_EQ(LastReject(RejectColumn::kRecord), record);
  EXPECT_EQ(LastReject(RejectColumn::kRecordSha256), Sha256Hex(record));
  EXPECT_EQ(LastReject(RejectColumn::kSource), "s.json");
  EXPECT_EQ(LastReject(RejectColumn::kSourceOffset), "42");
  EXPECT_EQ(LastReject(RejectColumn::kSequence), "7");
  EXPECT_EQ(LastReject(RejectColumn::kTimes), "1");
  EXPECT_EQ(LastReject(RejectColumn::kReceivedAt), "2025-04-03T08:00:00Z");
  EXPECT_EQ(rows_.set_aside[static_cast<size_t>(Feed::kCaseEvents)], 1U);
}

TEST_F(EnricherTest, ReasonsAreWords) {
  const std::pair<std::string, const char*> records[] = {
      {"", "invalid_json"},
      {"{\"a\":", "invalid_json"},
      {"[]", "not_an_object"},
      {"{}", "unknown_kind"},
      {R"({"options":[{"value":"a","name":"A"}]})", "invalid_catalogue"},
      {std::string(size_t{17} << 20U, 'x'), "too_large"},
  };
  for (const auto& [record, reason] : records) {
    Add(record);
    EXPECT_EQ(LastReject(RejectColumn::kReason), reason);
    EXPECT_NE(LastReject(RejectColumn::kDetail), "NULL");
  }
  EXPECT_EQ(rows_.rejects.size(), std::size(records));
}

TEST_F(EnricherTest, EveryCutOfAnEventIsSetAside) {
  const std::string record = SampleLines("case_events.ndjson").front();
  for (size_t length = 0; length < record.size(); length += 7) {
    Add(std::string_view(record).substr(0, length));
    ASSERT_EQ(LastReject(RejectColumn::kReason), "invalid_json") << length;
  }
  EXPECT_TRUE(rows_.case_events.empty());
  EXPECT_TRUE(rows_.value_issues.empty());
}

TEST_F(EnricherTest, BytesBetweenRecordsAreSetAsideToo) {
  enricher_.AddSetAside({.received_at = TestReceivedAt(), .source = "s"}, "xx\xFF", "no JSON value", rows_);
  EXPECT_EQ(LastReject(RejectColumn::kFeed), "NULL");
  EXPECT_EQ(LastReject(RejectColumn::kReason), "no JSON value");
  EXPECT_EQ(LastReject(RejectColumn::kRecord), "xx\xFF");
  EXPECT_EQ(rows_.set_aside[static_cast<size_t>(Feed::kUnknown)], 1U);
}

TEST_F(EnricherTest, ClearForgetsEverything) {
  Add(SampleLines("case_events.ndjson").front());
  Add("{}");
  Add(SampleText("case_field_catalogue.json"));
  rows_.Clear();
  EXPECT_TRUE(rows_.case_events.empty());
  EXPECT_TRUE(rows_.rejects.empty());
  EXPECT_TRUE(rows_.catalogue_documents.empty());
  EXPECT_EQ(rows_.records, (std::array<uint64_t, kFeedCount>{}));
}

TEST(FeedOfRecordTest, TellsOnlyWholeRecords) {
  const std::string record = SampleLines("case_events.ndjson").front();
  EXPECT_EQ(FeedOfRecord(record), Feed::kCaseEvents);
  EXPECT_EQ(FeedOfRecord(std::string_view(record).substr(0, record.size() - 1)), Feed::kUnknown);
  EXPECT_EQ(FeedOfRecord(record + "x"), Feed::kUnknown);
  EXPECT_EQ(FeedOfRecord("{}"), Feed::kUnknown);
  EXPECT_EQ(FeedOfRecord(""), Feed::kUnknown);
}

}  // namespace
}  // namespace casebook
