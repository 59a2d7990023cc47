// Goal: whatever the bytes are, a record becomes whole rows or none, and nothing is read beyond it.
// Method: damage the samples at random, with a seed, and look at every batch after every record.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "rows/feed_test_support.h"

namespace casebook {
namespace {

constexpr int kDamagedRecords = 3000;  // of each sample
constexpr size_t kMaxRowsKept = 100'000;
constexpr std::string_view kBytesThatMatter = "{}[]\",:\\ntu0.-e\x80\xF0 ";

std::array<const RowBatch*, 7> BatchesOf(const EnrichedRows& rows) {
  return {&rows.contact_events,     &rows.ctr_events, &rows.transcripts, &rows.agent_observations,
          &rows.queue_observations, &rows.listings,   &rows.value_issues};
}

size_t AllRows(const EnrichedRows& rows) {
  size_t all = 0;
  for (const RowBatch* batch : BatchesOf(rows)) all += batch->size();
  return all;
}

bool AllRowsAreWhole(const EnrichedRows& rows) {
  for (const RowBatch* batch : BatchesOf(rows)) {
    for (size_t i = 0; i < batch->column_count(); ++i) {
      if ((*batch)[i].size() != batch->size()) return false;
    }
  }
  return true;
}

class Damage {
 public:
  explicit Damage(uint32_t seed) : random_(seed) {}

  std::string Of(std::string text) {
    for (size_t times = Below(4) + 1; times > 0 && !text.empty(); --times) {
      const size_t at = Below(text.size());
      switch (Below(4)) {
        case 0: text[at] = kBytesThatMatter[Below(kBytesThatMatter.size())]; break;
        case 1: text.erase(at, Below(20)); break;
        case 2: text.insert(at, text.substr(Below(text.size()), Below(30))); break;
        case 3: text.insert(at, 1, kBytesThatMatter[Below(kBytesThatMatter.size())]); break;
      }
    }
    return text;
  }

 private:
  size_t Below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }
  std::mt19937 random_;
};

void DamageAll(FeedUnderTest::Function append, const std::vector<std::string>& records) {
  FeedUnderTest feed(append);
  Damage damage(20250328);
  for (const std::string& record : records) {
    for (int i = 0; i < kDamagedRecords / static_cast<int>(records.size()); ++i) {
      const size_t before = AllRows(feed.rows);
      const std::string damaged = damage.Of(record);
      const bool set_aside = !feed.Add(damaged).empty();
      ASSERT_TRUE(AllRowsAreWhole(feed.rows)) << damaged;
      ASSERT_TRUE(!set_aside || AllRows(feed.rows) == before) << damaged;
      if (before > kMaxRowsKept) feed.rows.Clear();
    }
  }
}

TEST(DamagedRecordsTest, ContactEvents) { DamageAll(AppendContactEvent, SampleLines("contact_events.ndjson")); }
TEST(DamagedRecordsTest, ContactRecords) { DamageAll(AppendContactRecord, SampleLines("ctr_events.ndjson")); }
TEST(DamagedRecordsTest, AgentEvents) { DamageAll(AppendAgentEvent, {SampleText("agent_event.json")}); }
TEST(DamagedRecordsTest, Users) { DamageAll(AppendUsersAnswer, {SampleText("users_api.json")}); }
TEST(DamagedRecordsTest, Queues) { DamageAll(AppendQueuesAnswer, {SampleText("queues_api.json")}); }
TEST(DamagedRecordsTest, Transcripts) {
  DamageAll(AppendTranscript, {SampleText("contact_lens_voice.json"), SampleText("contact_lens_chat.json")});
}

}  // namespace
}  // namespace casebook
