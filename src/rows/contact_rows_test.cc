#include "rows/contact_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "rows/feed_test_support.h"

namespace casebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ContactRowsTest : public testing::Test {
 protected:
  std::string Value(ContactColumn column, size_t row = 0) const {
    return Shown(feed_.rows.contact_events, column, row);
  }
  // The value of one column for one event with this `detail`.
  std::string ValueOf(ContactColumn column, const std::string& detail) {
    feed_.rows.Clear();
    EXPECT_EQ(feed_.Add(Event(detail)), "");
    return Value(column);
  }
  static std::string Event(const std::string& detail) {
    return R"({"id":"E1","detail-type":"Amazon Connect Contact Event","source":"aws.connect",)"
           R"("time":"2025-03-28T16:31:02Z","detail":{)" +
           detail + "}}";
  }

  FeedUnderTest feed_{AppendContactEvent};
};

TEST_F(ContactRowsTest, SamplesGiveTheFiguresOfTheReference) {
  std::set<std::string> events;
  std::set<std::string> contacts;
  std::set<std::string> voice;
  for (const std::string& line : SampleLines("contact_events.ndjson")) ASSERT_EQ(feed_.Add(line), "");

  for (size_t row = 0; row < feed_.rows.contact_events.size(); ++row) {
    events.insert(Value(ContactColumn::kEventId, row));
    contacts.insert(Value(ContactColumn::kContactId, row));
    if (Value(ContactColumn::kChannel, row) == "VOICE") voice.insert(Value(ContactColumn::kEventId, row));
  }
  EXPECT_EQ(feed_.rows.contact_events.size(), 11U);
  EXPECT_EQ(events.size(), 10U);
  EXPECT_EQ(contacts.size(), 5U);
  EXPECT_EQ(voice.size(), 8U);
  EXPECT_THAT(feed_.Issues(), IsEmpty());
}

TEST_F(ContactRowsTest, ACompletedCallShowsEveryColumn) {
  ASSERT_EQ(feed_.Add(SampleLines("contact_events.ndjson")[6]), "");

  EXPECT_EQ(Value(ContactColumn::kContactId), "b3e5a7c9-1d2f-4a6b-8c0e-5f7a9b1c3d4e");
  EXPECT_EQ(Value(ContactColumn::kChannel), "VOICE");
  EXPECT_EQ(Value(ContactColumn::kEventType), "COMPLETED");
  EXPECT_EQ(Value(ContactColumn::kInitiationTimestamp), "2025-03-28T16:31:02.114Z");
  EXPECT_EQ(Value(ContactColumn::kDisconnectTimestamp), "2025-03-28T16:44:02.391Z");
  EXPECT_EQ(Value(ContactColumn::kAgentArn),
            "arn:aws:connect:eu-west-2:111122223333:instance/5f2c8a10-7b3d-4e61-9c84-1d2e3f4a5b6c/agent/"
            "a1f0c3d2-5b64-4e87-9a10-3c2b1d4e5f60");
  EXPECT_EQ(Value(ContactColumn::kEventId), "c0a1b2c3-0007-4a00-8a00-000000000007");
  EXPECT_EQ(Value(ContactColumn::kLandedDate), "2025-04-03");
  EXPECT_EQ(Value(ContactColumn::kReceivedAt), "2025-04-03T08:00:00Z");
  EXPECT_EQ(Value(ContactColumn::kSequence), "1");
  EXPECT_EQ(Value(ContactColumn::kInitialContactId), "NULL");
  EXPECT_EQ(Value(ContactColumn::kInitiationMethod), "INBOUND");
  EXPECT_EQ(Value(ContactColumn::kConnectedToSystemTimestamp), "2025-03-28T16:31:02.114Z");
  EXPECT_EQ(Value(ContactColumn::kEnqueueTimestamp), "2025-03-28T16:33:10.020Z");
  EXPECT_EQ(Value(ContactColumn::kConnectedToAgentTimestamp), "2025-03-28T16:35:27.480Z");
  EXPECT_EQ(Value(ContactColumn::kAfterContactWorkStart), "2025-03-28T16:44:02.391Z");
  EXPECT_EQ(Value(ContactColumn::kAfterContactWorkEnd), "2025-03-28T16:46:17.044Z");
  EXPECT_EQ(Value(ContactColumn::kQueueType), "STANDARD");
  EXPECT_EQ(Value(ContactColumn::kAgentInitiatedHoldDuration), "212");
  EXPECT_EQ(Value(ContactColumn::kAfterContactWorkDuration), "135");
  EXPECT_EQ(Value(ContactColumn::kEventTime), "2025-03-28T16:46:17.044Z");
}

TEST_F(ContactRowsTest, EveryTypeHasItsMoment) {
  std::vector<std::string> times;
  for (const std::string& line : SampleLines("contact_events.ndjson")) ASSERT_EQ(feed_.Add(line), "");
  for (size_t row = 0; row < 10; ++row) times.push_back(Value(ContactColumn::kEventTime, row));

  EXPECT_THAT(times, ElementsAre("2025-03-28T16:31:02.114Z", "2025-03-28T16:35:27.480Z", "2025-03-28T16:33:10.020Z",
                                 "2025-03-28T16:42:14Z", "2025-03-28T16:43:31.250Z", "2025-03-28T16:44:02.391Z",
                                 "2025-03-28T16:46:17.044Z", "2025-04-02T13:02:20Z", "2025-04-02T15:20:41.006Z",
                                 "2025-04-03T07:45:09.870Z"));
}

TEST_F(ContactRowsTest, AMomentThatIsMissingFallsBack) {
  const std::string envelope = "2025-03-28T16:31:02Z";
  EXPECT_EQ(ValueOf(ContactColumn::kEventTime, R"("contactId":"c","eventType":"QUEUED")"), envelope);
  EXPECT_EQ(ValueOf(ContactColumn::kEventTime, R"("contactId":"c","eventType":"CONNECTED_TO_SYSTEM",)"
                                               R"("connectedToSystemTimestamp":"1970-01-01T00:00:00.001Z")"),
            envelope);
  EXPECT_EQ(ValueOf(ContactColumn::kEventTime, R"("contactId":"c","eventType":"COMPLETED",)"
                                               R"("disconnectTimestamp":"2025-03-28T16:44:02.391Z")"),
            "2025-03-28T16:44:02.391Z");
  EXPECT_EQ(ValueOf(ContactColumn::kEventTime, R"("contactId":"c","eventType":"COMPLETED")"), envelope);
}

TEST_F(ContactRowsTest, BeforeNineteenSeventyOneIsNotYetAndNoIssue) {
  ASSERT_EQ(feed_.Add(SampleLines("contact_events.ndjson")[7]), "");

  EXPECT_EQ(Value(ContactColumn::kConnectedToAgentTimestamp), "NULL");
  EXPECT_EQ(Value(ContactColumn::kConnectedToSystemTimestamp), "NULL");
  EXPECT_EQ(Value(ContactColumn::kUpdatedProperties), "ContactLens.ConversationalAnalytics.Configuration");
  EXPECT_THAT(feed_.Issues(), IsEmpty());
}

TEST_F(ContactRowsTest, KeysMatchWhateverTheirCaseAndExactlyFirst) {
  EXPECT_EQ(ValueOf(ContactColumn::kAgentArn, R"("ContactId":"c","AgentInfo":{"AgentArn":"a/1"})"), "a/1");
  EXPECT_EQ(ValueOf(ContactColumn::kContactId, R"("ContactId":"wrong","contactId":"right")"), "right");
  EXPECT_EQ(ValueOf(ContactColumn::kContactId, R"("contactId":"right","ContactId":"wrong")"), "right");
}

TEST_F(ContactRowsTest, TheOrderOfKeysDoesNotMatter) {
  EXPECT_EQ(feed_.Add(R"({"detail":{"queueInfo":{"enqueueTimestamp":"2025-03-28T16:33:10.020Z"},"eventType":"QUEUED",)"
                      R"("contactId":"c"},"time":"2025-03-28T16:31:02Z","id":"E1","source":"aws.connect"})"),
            "");
  EXPECT_EQ(Value(ContactColumn::kEventId), "E1");
  EXPECT_EQ(Value(ContactColumn::kEventTime), "2025-03-28T16:33:10.020Z");
}

TEST_F(ContactRowsTest, UuidsAreInLowerCaseAndOtherIdsAsSent) {
  EXPECT_EQ(ValueOf(ContactColumn::kContactId, R"("contactId":" B3E5A7C9-1D2F-4A6B-8C0E-5F7A9B1C3D4E ")"),
            "b3e5a7c9-1d2f-4a6b-8c0e-5f7a9b1c3d4e");
  EXPECT_EQ(ValueOf(ContactColumn::kContactId, R"("contactId":"Contact-7")"), "Contact-7");
}

TEST_F(ContactRowsTest, UnknownTypesAndFieldsAreKeptAndPassedOver) {
  const std::string detail = R"("contactId":"c","eventType":"WEBRTC_API","new":{"deep":[1,{"x":2}]})";
  EXPECT_EQ(ValueOf(ContactColumn::kEventType, detail), "WEBRTC_API");
  EXPECT_EQ(Value(ContactColumn::kEventTime), "2025-03-28T16:31:02Z");
}

TEST_F(ContactRowsTest, WithoutContactIdItIsSetAside) {
  for (const char* detail : {"", R"("eventType":"QUEUED")", R"("contactId":"")", R"("contactId":" ")",
                             R"("contactId":null)", R"("contactId":{})", R"("contactId":7)"}) {
    EXPECT_EQ(feed_.Add(Event(detail)), "missing_contact_id") << detail;
  }
  EXPECT_EQ(feed_.Add(R"({"source":"aws.connect","detail":"text"})"), "missing_contact_id");
  EXPECT_EQ(feed_.Add(R"({"source":"aws.connect"})"), "missing_contact_id");
  EXPECT_EQ(feed_.rows.contact_events.size(), 0U);
  EXPECT_EQ(feed_.rows.value_issues.size(), 0U);
}

TEST_F(ContactRowsTest, WithoutEventIdTheDetailIsTheId) {
  const std::string detail = R"("contactId":"c","eventType":"QUEUED")";
  const auto without_id = [](const std::string& inner) {
    return R"({"source":"aws.connect","detail":{)" + inner + "}}";
  };
  ASSERT_EQ(feed_.Add(without_id(detail)), "");
  ASSERT_EQ(feed_.Add(without_id(R"( "eventType" : "QUEUED" , "contactId" : "c" )")), "");
  ASSERT_EQ(feed_.Add(R"({"id":" ","source":"aws.connect","detail":{)" + detail + "}}"), "");
  ASSERT_EQ(feed_.Add(without_id(R"("contactId":"c","eventType":"INITIATED")")), "");

  EXPECT_EQ(Value(ContactColumn::kEventId, 0).size(), 64U);
  EXPECT_EQ(Value(ContactColumn::kEventId, 1), Value(ContactColumn::kEventId, 0));
  EXPECT_EQ(Value(ContactColumn::kEventId, 2), Value(ContactColumn::kEventId, 0));
  EXPECT_NE(Value(ContactColumn::kEventId, 3), Value(ContactColumn::kEventId, 0));
  EXPECT_EQ(Value(ContactColumn::kContactId, 0), "c");
}

TEST_F(ContactRowsTest, ADetailWithoutEnvelopeIsTheSameEvent) {
  const std::string detail = R"({"contactId":"c","eventType":"QUEUED","queueInfo":{"queueType":"STANDARD"}})";
  ASSERT_EQ(feed_.Add(detail), "");
  ASSERT_EQ(feed_.Add(R"({"source":"aws.connect","detail":)" + detail + "}"), "");

  EXPECT_EQ(Value(ContactColumn::kEventId, 0), Value(ContactColumn::kEventId, 1));
  EXPECT_EQ(Value(ContactColumn::kQueueType, 0), "STANDARD");
  EXPECT_EQ(Value(ContactColumn::kEventTime, 0), "NULL");
}

TEST_F(ContactRowsTest, BadValuesAreNullAndCountedAndTheRowStays) {
  ASSERT_EQ(feed_.Add(Event(R"("contactId":"c","initiationTimestamp":"yesterday","updatedProperties":"Tags",)"
                            R"("agentInfo":{"agentInitiatedHoldDuration":-1,"afterContactWorkDuration":1.5})")),
            "");

  EXPECT_EQ(feed_.rows.contact_events.size(), 1U);
  EXPECT_THAT(feed_.Issues(),
              testing::UnorderedElementsAre("detail_initiationTimestamp|not_a_time|yesterday",
                                            "detail_updatedProperties|not_text|Tags",
                                            "detail_agentInfo_agentInitiatedHoldDuration|negative|-1",
                                            "detail_agentInfo_afterContactWorkDuration|not_a_whole_number|1.5"));
  EXPECT_EQ(Shown(feed_.rows.value_issues, ValueIssueColumn::kRowId, 0), "E1");
  EXPECT_EQ(Shown(feed_.rows.value_issues, ValueIssueColumn::kTableName, 0), "contact_events");
}

TEST_F(ContactRowsTest, DurationsMayComeAsTextOrWithAnEmptyFraction) {
  for (const std::string number : {"135", "135.0", "1.35e2", "\"135\"", "\" 135.0 \""}) {
    const std::string detail = R"("contactId":"c","agentInfo":{"afterContactWorkDuration":)" + number + "}";
    EXPECT_EQ(ValueOf(ContactColumn::kAfterContactWorkDuration, detail), "135") << number;
  }
}

TEST_F(ContactRowsTest, EveryPrefixOfARecordIsSetAside) {
  const std::string line = SampleLines("contact_events.ndjson")[6];
  for (size_t size = 0; size < line.size(); ++size) {
    feed_.Add(line.substr(0, size));
    for (size_t i = 0; i < feed_.rows.contact_events.column_count(); ++i) {
      ASSERT_EQ(feed_.rows.contact_events[i].size(), feed_.rows.contact_events.size());
    }
  }
  EXPECT_EQ(feed_.rows.contact_events.size(), 0U);
}

}  // namespace
}  // namespace casebook
