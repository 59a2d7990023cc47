#include "events/record_kind.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"

namespace casebook {
namespace {

std::string KindOf(std::string_view record) {
  const std::string padded = std::string(record) + std::string(kJsonPadding, ' ');
  JsonReader reader;
  Feed feed{};
  if (auto fault = reader.Open(std::string_view(padded).substr(0, record.size()))) return std::string(fault->reason);
  if (auto fault = TellFeed(reader, feed)) return std::string(fault->reason);
  return std::string(FeedName(feed));
}

std::string Sample(const char* name) {
  return ReadFile(std::filesystem::path(CASEBOOK_SOURCE_DIR) / "samples" / name).value();
}

TEST(RecordKindTest, TellsTheSampleFiles) {
  EXPECT_EQ(KindOf(Sample("agent_event.json")), "agent_events");
  EXPECT_EQ(KindOf(Sample("case_field_catalogue.json")), "field_catalogue");
  EXPECT_EQ(KindOf(Sample("contact_lens_chat.json")), "transcripts");
  EXPECT_EQ(KindOf(Sample("contact_lens_voice.json")), "transcripts");
  EXPECT_EQ(KindOf(Sample("queues_api.json")), "queues");
  EXPECT_EQ(KindOf(Sample("users_api.json")), "users");
}

TEST(RecordKindTest, TellsEveryLineOfTheSampleStreams) {
  for (const auto& [name, kind] :
       {std::pair{"case_events.ndjson", "case_events"}, std::pair{"contact_events.ndjson", "contact_events"},
        std::pair{"ctr_events.ndjson", "ctr_events"}}) {
    const std::string text = Sample(name);
    for (size_t begin = 0, end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
      EXPECT_EQ(KindOf(std::string_view(text).substr(begin, end - begin)), kind) << name << " at " << begin;
    }
  }
}

TEST(RecordKindTest, TellsSingleAnswersAndRecordsWithoutTheirEnvelope) {
  const std::pair<const char*, const char*> records[] = {
      {R"({"detail":{},"source":"aws.cases","detail-type":"Amazon Connect Cases Event"})", "case_events"},
      {R"({"Source":"AWS.Cases","Detail-Type":"amazon connect cases change","Detail":{}})", "case_events"},
      {R"({"eventType":"CASE.CREATED","case":{}})", "case_events"},
      {R"({"relatedItem":{},"eventType":"RELATED_ITEM.CREATED"})", "case_events"},
      {R"({"contactId":"c","eventType":"QUEUED","initiationMethod":"INBOUND"})", "contact_events"},
      {R"({"ContactId":"c","InitiationMethod":"API","Queue":null})", "ctr_events"},
      {R"({"ContactId":"c","Queue":{"Name":"x"},"LastUpdateTimestamp":"t"})", "ctr_events"},
      {R"({"AgentARN":"a","EventType":"LOGIN"})", "agent_events"},
      {R"({"UserSummaryList":[],"NextToken":null})", "users"},
      {R"({"User":{"Id":"u"}})", "users"},
      {R"({"Users":[]})", "users"},
      {R"({"QueueSummaryList":[]})", "queues"},
      {R"({"Queue":{"QueueId":"q"}})", "queues"},
      {R"({"Queues":[]})", "queues"},
      {R"({"fields":[{"name":"n","fieldId":"f"}],"nextToken":"t"})", "field_catalogue"},
      {R"({"errors":[],"fields":[]})", "field_catalogue"},
      {R"({"fieldId":"f","options":[]})", "field_catalogue"},
      {R"({"options":[{"name":"n","value":"v"}]})", "field_catalogue"},
      {R"({"CustomerMetadata":{},"Participants":[]})", "transcripts"},
  };
  for (const auto& [record, kind] : records) EXPECT_EQ(KindOf(record), kind) << record;
}

TEST(RecordKindTest, OtherRecordsAreOfNoKnownKind) {
  for (const char* record : {"{}", R"({"source":"aws.s3","detail-type":"Object Created","detail":{}})",
                             R"({"source":"aws.connect","detail-type":"Contact Lens Rules Matched"})",
                             R"({"source":"aws.cases","detail-type":"Something Else","detail":{}})",
                             R"({"fields":[{"id":"status","value":{"stringValue":"open"}}],"templateId":"t"})",
                             R"({"eventType":"CASE.CREATED"})", R"({"fields":{"a":1}})", R"({"fields":[1]})"}) {
    EXPECT_EQ(KindOf(record), "unknown") << record;
  }
  EXPECT_EQ(KindOf("[]"), "not_an_object");
  EXPECT_EQ(KindOf(R"({"source":"aws.cases","detail)"), "invalid_json");
}

}  // namespace
}  // namespace casebook
