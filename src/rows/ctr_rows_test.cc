#include "rows/ctr_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "rows/feed_test_support.h"

namespace casebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kFirstCall = "b3e5a7c9-1d2f-4a6b-8c0e-5f7a9b1c3d4e";
constexpr std::string_view kChat = "f7c9e1a3-5b6d-4e0f-8a4c-9d1e3f5a7b82";
constexpr std::string_view kCallback = "3b0d1527-9fa1-4243-8e80-d15273849506";
constexpr std::string_view kEmail = "19ebf305-7d8f-4021-8c6e-bf3051627384";

class CtrRowsTest : public testing::Test {
 protected:
  void AddSamples() {
    for (const std::string& line : SampleLines("ctr_events.ndjson")) ASSERT_EQ(feed_.Add(line), "");
  }
  std::string Value(CtrColumn column, size_t row = 0) const { return Shown(feed_.rows.ctr_events, column, row); }
  // Of the newest delivery of a contact in the samples.
  std::string ValueIn(std::string_view contact, CtrColumn column) const {
    return Value(column, RowWith(feed_.rows.ctr_events, CtrColumn::kContactId, contact));
  }
  // The value of one column for one record with these fields beside the usual ones.
  std::string ValueOf(CtrColumn column, const std::string& fields) {
    feed_.rows.Clear();
    EXPECT_EQ(feed_.Add(Record(fields)), "");
    return Value(column);
  }
  static std::string Record(const std::string& fields) {
    const std::string usual = R"({"ContactId":"C1","LastUpdateTimestamp":"2025-03-28T16:47:40Z")";
    return usual + (fields.empty() ? "" : ",") + fields + "}";
  }
  static std::string Attribute(const std::string& text) { return R"("Attributes":{)" + text + "}"; }

  FeedUnderTest feed_{AppendContactRecord};
};

TEST_F(CtrRowsTest, SamplesGiveTheFiguresOfTheReference) {
  AddSamples();

  EXPECT_EQ(feed_.rows.ctr_events.size(), 8U);  // seven contacts, one of them twice
  EXPECT_EQ(ValueIn(kFirstCall, CtrColumn::kCsatAgentRating), "5");
  EXPECT_EQ(ValueIn(kFirstCall, CtrColumn::kCsatResolutionRating), "3");
  EXPECT_EQ(ValueIn(kFirstCall, CtrColumn::kCsatAgentRatingNum), "5");
  EXPECT_EQ(ValueIn(kFirstCall, CtrColumn::kCustomerHoldDuration), "212");
  EXPECT_EQ(ValueIn(kFirstCall, CtrColumn::kAgentInteractionDuration), "303");
  EXPECT_EQ(ValueIn(kFirstCall, CtrColumn::kQueueDuration), "137");
  EXPECT_EQ(ValueIn(kChat, CtrColumn::kCsatAgentRating), "4");
  EXPECT_EQ(ValueIn(kChat, CtrColumn::kCsatResolutionRating), "NULL");
  EXPECT_EQ(ValueIn(kChat, CtrColumn::kCsatResolutionRatingNum), "NULL");
  EXPECT_THAT(feed_.Issues(), IsEmpty());
}

// Goal: handle time and service level can be worked out of the rows. Method: the reference's own sums.
TEST_F(CtrRowsTest, SamplesGiveTheSumsOfTheReference) {
  AddSamples();
  const RowBatch& rows = feed_.rows.ctr_events;
  std::map<std::string, size_t> newest;  // by contact; the samples are in order
  for (size_t row = 0; row < rows.size(); ++row) newest[Value(CtrColumn::kContactId, row)] = row;
  ASSERT_EQ(newest.size(), 7U);

  int64_t queued = 0;
  int64_t handled = 0;
  int64_t handle_time = 0;
  int64_t answer_time = 0;
  int64_t abandoned = 0;
  int64_t transferred = 0;
  const auto number = [&](CtrColumn column, size_t row) {
    return rows[column].IsNull(row) ? 0 : rows[column].Int64(row);
  };
  for (const auto& [contact, row] : newest) {
    const bool was_queued = !rows[CtrColumn::kEnqueueTimestamp].IsNull(row);
    const bool was_handled = !rows[CtrColumn::kConnectedToAgent].IsNull(row);
    queued += was_queued ? 1 : 0;
    transferred += rows[CtrColumn::kTransferCompletedTimestamp].IsNull(row) ? 0 : 1;
    abandoned += was_queued && !was_handled && rows[CtrColumn::kNextContactId].IsNull(row) ? 1 : 0;
    if (!was_handled) continue;
    ++handled;
    answer_time += number(CtrColumn::kQueueDuration, row);
    handle_time += number(CtrColumn::kAgentInteractionDuration, row) + number(CtrColumn::kCustomerHoldDuration, row) +
                   number(CtrColumn::kAfterContactWorkDuration, row) + number(CtrColumn::kAgentPauseDuration, row);
  }
  EXPECT_EQ(queued, 6);
  EXPECT_EQ(handled, 5);
  EXPECT_EQ(abandoned, 1);
  EXPECT_EQ(transferred, 1);
  EXPECT_EQ(handle_time, 3744);
  EXPECT_EQ(answer_time, 3516);  // 703.2 on average
}

TEST_F(CtrRowsTest, ACallShowsEveryColumn) {
  AddSamples();
  const auto value = [&](CtrColumn column) { return ValueIn(kFirstCall, column); };

  EXPECT_EQ(value(CtrColumn::kChannel), "VOICE");
  EXPECT_EQ(value(CtrColumn::kInitiationMethod), "INBOUND");
  EXPECT_EQ(value(CtrColumn::kInitiationTimestamp), "2025-03-28T16:31:02Z");
  EXPECT_EQ(value(CtrColumn::kDisconnectTimestamp), "2025-03-28T16:44:02Z");
  EXPECT_EQ(value(CtrColumn::kAgentUsername), "priya.shah");
  EXPECT_EQ(value(CtrColumn::kConnectedToAgent), "2025-03-28T16:35:27Z");
  EXPECT_EQ(value(CtrColumn::kQueueName), "Billing");
  EXPECT_EQ(value(CtrColumn::kIntent), "billing_direct_debit");
  EXPECT_EQ(value(CtrColumn::kCaseId), "6d1c9f40-8e27-4b53-a6f0-2c4e8d0b7a91");
  EXPECT_EQ(value(CtrColumn::kDisconnectReason), "AGENT_DISCONNECT");
  EXPECT_EQ(value(CtrColumn::kAccountNumbersText), "10023456,10098765");
  EXPECT_EQ(value(CtrColumn::kAccountNumbers), "10023456,10098765");
  EXPECT_EQ(value(CtrColumn::kJuniferId), "557731");
  EXPECT_EQ(value(CtrColumn::kInitialContactId), "NULL");
  EXPECT_EQ(value(CtrColumn::kNextContactId), "d5a7c9e1-3f4b-4c8d-9e2a-7b9c1d3f5a60");
  EXPECT_EQ(value(CtrColumn::kLastUpdateTimestamp), "2025-03-28T19:05:33Z");
  EXPECT_EQ(value(CtrColumn::kConnectedToSystemTimestamp), "2025-03-28T16:31:02Z");
  EXPECT_EQ(value(CtrColumn::kTransferCompletedTimestamp), "NULL");
  EXPECT_EQ(value(CtrColumn::kRoutingProfileName), "Energy voice");
  EXPECT_EQ(value(CtrColumn::kHierarchyLevel1), "Customer Operations");
  EXPECT_EQ(value(CtrColumn::kHierarchyLevel2), "Resolution Team North");
  EXPECT_EQ(value(CtrColumn::kHierarchyLevel3), "NULL");
  EXPECT_EQ(value(CtrColumn::kNumberOfHolds), "3");
  EXPECT_EQ(value(CtrColumn::kLongestHoldDuration), "120");
  EXPECT_EQ(value(CtrColumn::kAgentInitiatedHoldDuration), "212");
  EXPECT_EQ(value(CtrColumn::kAfterContactWorkDuration), "135");
  EXPECT_EQ(value(CtrColumn::kAfterContactWorkStart), "2025-03-28T16:44:02Z");
  EXPECT_EQ(value(CtrColumn::kAfterContactWorkEnd), "2025-03-28T16:46:17Z");
  EXPECT_EQ(value(CtrColumn::kAgentConnectionAttempts), "2");
  EXPECT_EQ(value(CtrColumn::kEnqueueTimestamp), "2025-03-28T16:33:10Z");
  EXPECT_EQ(value(CtrColumn::kDequeueTimestamp), "2025-03-28T16:35:27Z");
  EXPECT_EQ(value(CtrColumn::kCustomerEndpointAddress), "+447700900123");
  EXPECT_EQ(value(CtrColumn::kSystemEndpointAddress), "+441134960123");
  EXPECT_EQ(value(CtrColumn::kTransferredToEndpointAddress), "NULL");
  EXPECT_EQ(value(CtrColumn::kLandedDate), "2025-04-03");
  EXPECT_EQ(value(CtrColumn::kReceivedAt), "2025-04-03T08:00:00Z");
  EXPECT_EQ(value(CtrColumn::kSequence), "2");
  EXPECT_EQ(value(CtrColumn::kTags), R"({"aws:connect:instanceId":"5f2c8a10-7b3d-4e61-9c84-1d2e3f4a5b6c",)"
                                     R"("aws:connect:systemEndpoint":"+441134960123"})");
}

TEST_F(CtrRowsTest, MapsKeepTheCaseOfTheirKeys) {
  AddSamples();

  const std::string attributes = ValueIn(kFirstCall, CtrColumn::kAttributes);
  EXPECT_THAT(attributes, testing::HasSubstr(R"("greetingPlayed":"true")"));
  EXPECT_THAT(attributes, testing::HasSubstr(R"("GreetingPlayed":"false")"));
  EXPECT_EQ(ValueIn(kEmail, CtrColumn::kAttributes), "{}");
  EXPECT_EQ(ValueIn(kEmail, CtrColumn::kRecordings), "NULL");
  EXPECT_EQ(ValueOf(CtrColumn::kAttributes, R"("Attributes":null)"), "NULL");
  EXPECT_EQ(ValueOf(CtrColumn::kAttributes, "\"Attributes\": { \"A\" : \"x  y\" ,\n\"a\":\"\" }"),
            R"({"A":"x  y","a":""})");
}

TEST_F(CtrRowsTest, AContactWithoutAgentHasNoDurations) {
  AddSamples();
  EXPECT_EQ(ValueIn(kEmail, CtrColumn::kCustomerHoldDuration), "NULL");
  EXPECT_EQ(ValueIn(kEmail, CtrColumn::kAgentUsername), "NULL");
  EXPECT_EQ(ValueOf(CtrColumn::kAgentInteractionDuration, R"("Agent":null)"), "NULL");
  EXPECT_EQ(ValueOf(CtrColumn::kAgentInteractionDuration, R"("Agent":{"AgentInteractionDuration":0})"), "0");
}

TEST_F(CtrRowsTest, AccountNumbersKeepLeadingZeros) {
  AddSamples();
  EXPECT_EQ(ValueIn(kCallback, CtrColumn::kAccountNumbersText), R"(["10045512","10045513","00812345"])");
  EXPECT_EQ(ValueIn(kCallback, CtrColumn::kAccountNumbers), "10045512,10045513,00812345");
}

TEST_F(CtrRowsTest, AccountNumbersInEveryShape) {
  const auto both = [&](const std::string& value) {
    feed_.rows.Clear();
    EXPECT_EQ(feed_.Add(Record(Attribute("\"accountNumbers\":" + value))), "");
    return Value(CtrColumn::kAccountNumbersText) + " -> " + Value(CtrColumn::kAccountNumbers);
  };
  EXPECT_EQ(both(R"(" 10045512; 00812345 ")"), "10045512; 00812345 -> 10045512,00812345");
  EXPECT_EQ(both(R"("10045512 10045512")"), "10045512 10045512 -> 10045512");
  EXPECT_EQ(both(R"([10045512, "00812345"])"), R"([10045512,"00812345"] -> 10045512,00812345)");
  EXPECT_EQ(both("1.0045512E7"), "10045512 -> 10045512");
  for (const char* blank : {R"("")", R"("  ")", "null"}) EXPECT_EQ(both(blank), "NULL -> NULL") << blank;
  EXPECT_THAT(feed_.Issues(), IsEmpty());
  EXPECT_EQ(both(R"("10045512, unknown")"), "10045512, unknown -> 10045512");
  EXPECT_THAT(feed_.Issues(), ElementsAre("account_numbers|not_an_account_number|10045512, unknown"));
}

TEST_F(CtrRowsTest, RatingsInEveryShape) {
  const auto rating = [&](const std::string& attributes) {
    feed_.rows.Clear();
    EXPECT_EQ(feed_.Add(Record(Attribute(attributes))), "");
    return Value(CtrColumn::kCsatAgentRating) + " " + Value(CtrColumn::kCsatAgentRatingNum) + " " +
           Value(CtrColumn::kCsatResolutionRating);
  };
  for (const char* shape : {R"("csatResults_agentRating":"5","csatResults_resolutionRating":"3")",
                            R"("csatResults-agentRating":"5","csatResults-resolutionRating":"3")",
                            R"("CSATRESULTS_AGENTRATING":" 5 ","csatresults_resolutionrating":"3.0")",
                            R"("csatResults":"{\"agentRating\":\"5\",\"resolutionRating\":\"3\"}")",
                            R"("csatResults":"{\"agentRating\":5.0,\"resolutionRating\":3}")",
                            R"("csatResults":" { \"AgentRating\" : 5, \"resolutionrating\" : \"3.00\" } ")",
                            R"("csatResults":{"agentRating":5,"resolutionRating":"3"})",
                            R"("CsatResults":{"agentrating":"5","comment":{"x":[1]},"resolutionRating":3.0})"}) {
    EXPECT_EQ(rating(shape), "5 5 3") << shape;
  }
  EXPECT_EQ(rating(R"("csatResults_agentRating":"5","csatResults":"{\"agentRating\":1,\"resolutionRating\":2}")"),
            "5 5 2");
  EXPECT_EQ(rating(R"("csatResults_agentRating":"","csatResults":"{\"agentRating\":\"1\"}")"), "1 1 NULL");
  EXPECT_EQ(rating(R"("csatResults_agentRating":"five","csatResults_resolutionRating":"Yes")"), "five NULL Yes");
  EXPECT_EQ(rating(R"("csatResults_agentRating":"","csatResults_resolutionRating":" ")"), "NULL NULL NULL");
  EXPECT_EQ(rating(R"("csatResults":"")"), "NULL NULL NULL");
  EXPECT_EQ(rating(R"("csatResults_agentRating":"4.5")"), "4.5 4.5 NULL");
  EXPECT_EQ(rating(R"("csatResults_agentRating":true)"), "true NULL NULL");
  EXPECT_EQ(rating(""), "NULL NULL NULL");
  EXPECT_THAT(feed_.Issues(), IsEmpty());
}

TEST_F(CtrRowsTest, ASurveyThatIsNoObjectIsCountedOnce) {
  for (const char* survey : {R"("{\"agentRating\":")", R"("5")", R"("thanks")", "[5]", "5"}) {
    feed_.rows.Clear();
    ASSERT_EQ(feed_.Add(Record(Attribute("\"csatResults\":" + std::string(survey)))), "");
    EXPECT_EQ(Value(CtrColumn::kCsatAgentRating), "NULL");
    EXPECT_EQ(feed_.rows.value_issues.size(), 1U) << survey;
  }
}

TEST_F(CtrRowsTest, TheNamesOfTheSurveyAreSettings) {
  ASSERT_EQ(feed_.Add(Record(Attribute(R"("survey_result_1":"4")"))), "");
  feed_.settings.csat_agent_rating_keys = {"survey_result_1", "intent"};
  feed_.settings.csat_container_keys = {"survey", "Survey"};
  feed_.settings.csat_resolution_rating_inner_keys = {"q2"};
  ASSERT_EQ(feed_.Add(Record(Attribute(R"("survey_result_1":"4","intent":"7","survey":{"q2":2})"))), "");
  ASSERT_EQ(feed_.Add(Record(Attribute(R"("intent":"7","Survey":"{\"q2\":2}")"))), "");

  EXPECT_EQ(Value(CtrColumn::kCsatAgentRating, 0), "NULL");
  EXPECT_EQ(Value(CtrColumn::kCsatAgentRating, 1), "4");
  EXPECT_EQ(Value(CtrColumn::kCsatResolutionRating, 1), "2");
  EXPECT_EQ(Value(CtrColumn::kIntent, 1), "7");
  EXPECT_EQ(Value(CtrColumn::kCsatAgentRating, 2), "7");
  EXPECT_EQ(Value(CtrColumn::kCsatResolutionRating, 2), "2");
}

TEST_F(CtrRowsTest, AttributesMatchExactlyFirstThenIgnoringCase) {
  EXPECT_EQ(ValueOf(CtrColumn::kIntent, Attribute(R"("Intent":"a","intent":"b")")), "b");
  EXPECT_EQ(ValueOf(CtrColumn::kIntent, Attribute(R"("intent":"b","INTENT":"a")")), "b");
  EXPECT_EQ(ValueOf(CtrColumn::kIntent, Attribute(R"("Intent":" a ")")), "a");
  EXPECT_EQ(ValueOf(CtrColumn::kIntent, Attribute(R"("intent":"")")), "NULL");
  EXPECT_EQ(ValueOf(CtrColumn::kJuniferId, Attribute(R"("JuniferID":"00557731")")), "00557731");
}

TEST_F(CtrRowsTest, CaseIdIsInLowerCaseOnlyIfItIsAUuid) {
  EXPECT_EQ(ValueOf(CtrColumn::kCaseId, Attribute(R"("caseId":"6D1C9F40-8E27-4B53-A6F0-2C4E8D0B7A91")")),
            "6d1c9f40-8e27-4b53-a6f0-2c4e8d0b7a91");
  EXPECT_EQ(ValueOf(CtrColumn::kCaseId, Attribute(R"("caseId":" REF-00123456 ")")), "REF-00123456");
}

TEST_F(CtrRowsTest, WithoutVersionTheRowStaysAndIsCounted) {
  ASSERT_EQ(feed_.Add(R"({"ContactId":"C1"})"), "");
  ASSERT_EQ(feed_.Add(R"({"ContactId":"C1","LastUpdateTimestamp":"soon"})"), "");

  EXPECT_EQ(Value(CtrColumn::kLastUpdateTimestamp, 0), "NULL");
  EXPECT_EQ(Value(CtrColumn::kLastUpdateTimestamp, 1), "NULL");
  EXPECT_THAT(feed_.Issues(),
              ElementsAre("lastupdatetimestamp|no_last_update_timestamp|", "lastupdatetimestamp|not_a_time|soon"));
}

TEST_F(CtrRowsTest, PausesComeUnderEitherName) {
  EXPECT_EQ(ValueOf(CtrColumn::kAgentPauseDuration, R"("Agent":{"AgentPauseDuration":7})"), "7");
  EXPECT_EQ(ValueOf(CtrColumn::kAgentPauseDuration, R"("Agent":{"AgentPauseDurationInSeconds":"8"})"), "8");
}

TEST_F(CtrRowsTest, DurationsAreWholeSecondsAndNeverNegative) {
  EXPECT_EQ(ValueOf(CtrColumn::kQueueDuration, R"("Queue":{"Duration":135.0})"), "135");
  EXPECT_EQ(ValueOf(CtrColumn::kQueueDuration, R"("Queue":{"Duration":"135"})"), "135");
  EXPECT_EQ(ValueOf(CtrColumn::kQueueDuration, R"("Queue":{"Duration":""})"), "NULL");
  EXPECT_THAT(feed_.Issues(), IsEmpty());
  EXPECT_EQ(ValueOf(CtrColumn::kQueueDuration, R"("Queue":{"Duration":-1})"), "NULL");
  EXPECT_THAT(feed_.Issues(), ElementsAre("queue_duration|negative|-1"));
  EXPECT_EQ(ValueOf(CtrColumn::kQueueDuration, R"("Queue":{"Duration":1.5})"), "NULL");
  EXPECT_THAT(feed_.Issues(), ElementsAre("queue_duration|not_a_whole_number|1.5"));
}

TEST_F(CtrRowsTest, IssuesNameTableAndContact) {
  const std::string record = Record(R"("Queue":{"Duration":"long"})");
  ASSERT_EQ(feed_.Add(With(record, "C1", "B3E5A7C9-1D2F-4A6B-8C0E-5F7A9B1C3D4E")), "");
  EXPECT_EQ(Shown(feed_.rows.value_issues, ValueIssueColumn::kTableName, 0), "ctr_events");
  EXPECT_EQ(Shown(feed_.rows.value_issues, ValueIssueColumn::kRowId, 0), kFirstCall);
  EXPECT_EQ(Shown(feed_.rows.value_issues, ValueIssueColumn::kSource, 0), "test.json");
  EXPECT_EQ(Shown(feed_.rows.value_issues, ValueIssueColumn::kSequence, 0), "1");
}

TEST_F(CtrRowsTest, WithoutContactIdItIsSetAside) {
  for (const char* record :
       {R"({"Agent":null})", R"({"ContactId":""})", R"({"ContactId":null})", R"({"ContactId":1})"}) {
    EXPECT_EQ(feed_.Add(record), "missing_contact_id") << record;
  }
  EXPECT_EQ(feed_.rows.ctr_events.size(), 0U);
  EXPECT_EQ(feed_.rows.value_issues.size(), 0U);
}

TEST_F(CtrRowsTest, EveryPrefixOfARecordIsSetAside) {
  const std::string line = SampleLines("ctr_events.ndjson")[1];
  for (size_t size = 0; size < line.size(); ++size) {
    ASSERT_NE(feed_.Add(line.substr(0, size)), "") << size;
    ASSERT_EQ(feed_.rows.ctr_events[CtrColumn::kContactId].size(), 0U);
    ASSERT_EQ(feed_.rows.value_issues.size(), 0U);
  }
}

TEST_F(CtrRowsTest, TheHashIsThatOfTheBytes) {
  AddSamples();
  EXPECT_NE(Value(CtrColumn::kContentHash, 0), Value(CtrColumn::kContentHash, 1));
  ASSERT_EQ(feed_.Add(SampleLines("ctr_events.ndjson")[0]), "");
  EXPECT_EQ(Value(CtrColumn::kContentHash, 0), Value(CtrColumn::kContentHash, 8));
}

}  // namespace
}  // namespace casebook
