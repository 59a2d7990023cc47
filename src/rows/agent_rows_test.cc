#include "rows/agent_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rows/feed_test_support.h"

namespace casebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Agent = AgentObservationColumn;
using Queue = QueueObservationColumn;

constexpr std::string_view kZoe = "c7d8e9fa-0b1c-4d2e-8f3a-4b5c6d7e8f90";

class AgentEventRowsTest : public testing::Test {
 protected:
  std::string Value(Agent column, size_t row = 0) const { return Shown(feed_.rows.agent_observations, column, row); }
  std::string QueueValue(Queue column, size_t row) const { return Shown(feed_.rows.queue_observations, column, row); }
  static std::string Event(const std::string& snapshots) {
    return R"({"AgentARN":"i/agent/A1","EventType":"HEART_BEAT","EventTimestamp":"2025-03-28T16:43:57.031Z",)" +
           snapshots + "}";
  }

  FeedUnderTest feed_{AppendAgentEvent};
};

TEST_F(AgentEventRowsTest, TheSampleSaysWhoTheAgentIs) {
  ASSERT_EQ(feed_.Add(SampleText("agent_event.json")), "");

  ASSERT_EQ(feed_.rows.agent_observations.size(), 1U);
  EXPECT_EQ(Value(Agent::kAgentId), kZoe);
  EXPECT_THAT(Value(Agent::kAgentArn), testing::EndsWith("/agent/c7d8e9fa-0b1c-4d2e-8f3a-4b5c6d7e8f90"));
  EXPECT_EQ(Value(Agent::kAgentUsername), "zoe.obriain");
  EXPECT_EQ(Value(Agent::kFirstName), "Zoë");
  EXPECT_EQ(Value(Agent::kLastName), "Ó Briain");
  EXPECT_EQ(Value(Agent::kEmail), "NULL");
  EXPECT_EQ(Value(Agent::kRoutingProfileId), "9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d");
  EXPECT_EQ(Value(Agent::kRoutingProfileName), "Energy voice");
  EXPECT_EQ(Value(Agent::kHierarchyGroupId), "81829304-b5c6-4d7e-9f80-91a2b3c4d5e6");
  EXPECT_EQ(Value(Agent::kHierarchyLevel1), "Customer Operations");
  EXPECT_EQ(Value(Agent::kHierarchyLevel2), "Resolution Team North");
  EXPECT_EQ(Value(Agent::kHierarchyLevel3), "NULL");
  EXPECT_EQ(Value(Agent::kSource), "agent_event");
  EXPECT_EQ(Value(Agent::kObservedAt), "2025-03-28T16:43:57.031Z");
  EXPECT_EQ(Value(Agent::kSequence), "1");
  EXPECT_THAT(feed_.Issues(), IsEmpty());
}

TEST_F(AgentEventRowsTest, TheSampleNamesItsQueuesOnce) {
  ASSERT_EQ(feed_.Add(SampleText("agent_event.json")), "");

  std::vector<std::string> queues;
  for (size_t row = 0; row < feed_.rows.queue_observations.size(); ++row) {
    queues.push_back(QueueValue(Queue::kQueueName, row) + " " + QueueValue(Queue::kQueueType, row) + " " +
                     QueueValue(Queue::kQueueId, row).substr(0, 8));
  }
  EXPECT_THAT(queues, ElementsAre("Outbound STANDARD 66c7e8f9", "NULL AGENT c7d8e9fa", "Complaints STANDARD 22e3a4b5",
                                  "Billing STANDARD 11d2f3a4"));
  EXPECT_EQ(QueueValue(Queue::kSource, 0), "agent_event");
  EXPECT_EQ(QueueValue(Queue::kObservedAt, 0), "2025-03-28T16:43:57.031Z");
}

TEST_F(AgentEventRowsTest, QueuesOfContactsAreNamedToo) {
  ASSERT_EQ(feed_.Add(Event(
                R"("CurrentAgentSnapshot":{"Configuration":{"Username":"u"},"Contacts":[{"Queue":null},7,)"
                R"({"Queue":{"ARN":"i/queue/Q1","Name":"Late"}},{"Queue":{"ARN":"i/queue/Q1","Name":"Late"}}]})")),
            "");
  ASSERT_EQ(feed_.rows.queue_observations.size(), 1U);
  EXPECT_EQ(QueueValue(Queue::kQueueId, 0), "q1");
  EXPECT_EQ(QueueValue(Queue::kQueueName, 0), "Late");
}

TEST_F(AgentEventRowsTest, ThePreviousSnapshotStandsInForAMissingOne) {
  const std::string previous = R"("PreviousAgentSnapshot":{"Configuration":{"Username":"before"}})";
  ASSERT_EQ(feed_.Add(Event(R"("CurrentAgentSnapshot":null,)" + previous)), "");
  ASSERT_EQ(feed_.Add(Event(R"("CurrentAgentSnapshot":{"Configuration":{"Username":"now"}},)" + previous)), "");
  ASSERT_EQ(feed_.Add(Event(R"("CurrentAgentSnapshot":null)")), "");

  EXPECT_EQ(Value(Agent::kAgentUsername, 0), "before");
  EXPECT_EQ(Value(Agent::kAgentUsername, 1), "now");
  EXPECT_EQ(Value(Agent::kAgentUsername, 2), "NULL");
  EXPECT_EQ(Value(Agent::kAgentId, 2), "a1");
}

TEST_F(AgentEventRowsTest, WithoutAgentIdItIsSetAside) {
  for (const char* record : {R"({"EventType":"LOGIN"})", R"({"AgentARN":null})", R"({"AgentARN":"i/agent/"})",
                             R"({"AgentARN":" "})", R"({"AgentARN":["i/agent/1"]})"}) {
    EXPECT_EQ(feed_.Add(record), "missing_agent_id") << record;
  }
  EXPECT_TRUE(feed_.rows.agent_observations.empty());
  EXPECT_TRUE(feed_.rows.queue_observations.empty());
}

TEST_F(AgentEventRowsTest, ATimeThatIsNoneIsCountedAndTheRowStays) {
  ASSERT_EQ(feed_.Add(R"({"AgentARN":"i/agent/A1","EventTimestamp":"now"})"), "");
  EXPECT_EQ(Value(Agent::kObservedAt), "NULL");
  EXPECT_THAT(feed_.Issues(), ElementsAre("observed_at|not_a_time|now"));
  EXPECT_EQ(Shown(feed_.rows.value_issues, ValueIssueColumn::kTableName, 0), "agent_dim");
  EXPECT_EQ(Shown(feed_.rows.value_issues, ValueIssueColumn::kRowId, 0), "a1");
}

TEST_F(AgentEventRowsTest, TheSameSaidTwiceHasOneHash) {
  const std::string sample = SampleText("agent_event.json");
  ASSERT_EQ(feed_.Add(sample), "");
  ASSERT_EQ(feed_.Add("\n " + sample), "");
  ASSERT_EQ(feed_.Add(With(sample, "\"Zoë\"", "\"Zoe\"")), "");
  ASSERT_EQ(feed_.Add(With(sample, "16:43:57.031Z\",\n  \"EventType", "16:43:58Z\",\n  \"EventType")), "");

  EXPECT_EQ(Value(Agent::kContentSha256, 0).size(), 64U);
  EXPECT_EQ(Value(Agent::kContentSha256, 1), Value(Agent::kContentSha256, 0));
  EXPECT_NE(Value(Agent::kContentSha256, 2), Value(Agent::kContentSha256, 0));
  EXPECT_NE(Value(Agent::kContentSha256, 3), Value(Agent::kContentSha256, 0));
}

TEST_F(AgentEventRowsTest, EveryPrefixOfARecordIsSetAside) {
  std::string text = SampleText("agent_event.json");
  text.erase(text.find_last_of('}') + 1);
  for (size_t size = 0; size < text.size(); size += 3) {
    ASSERT_NE(feed_.Add(text.substr(0, size)), "") << size;
  }
  EXPECT_TRUE(feed_.rows.agent_observations.empty());
  EXPECT_TRUE(feed_.rows.queue_observations.empty());
}

class UsersRowsTest : public testing::Test {
 protected:
  std::string Value(Agent column, size_t row = 0) const { return Shown(feed_.rows.agent_observations, column, row); }
  std::string Listing(ListingColumn column, size_t row = 0) const { return Shown(feed_.rows.listings, column, row); }
  size_t Listings(const std::string& record) {
    feed_.rows.Clear();
    EXPECT_EQ(feed_.Add(record), "") << record;
    return feed_.rows.listings.size();
  }

  FeedUnderTest feed_{AppendUsersAnswer};
};

TEST_F(UsersRowsTest, TheSampleGivesFourObservationsAndOneListing) {
  ASSERT_EQ(feed_.Add(SampleText("users_api.json")), "");

  ASSERT_EQ(feed_.rows.agent_observations.size(), 4U);
  EXPECT_EQ(Value(Agent::kAgentUsername, 0), "priya.shah");
  EXPECT_EQ(Value(Agent::kLastModifiedTime, 0), "2025-02-19T21:20:00.123Z");
  EXPECT_EQ(Value(Agent::kObservedAt, 0), "2025-02-19T21:20:00.123Z");
  EXPECT_EQ(Value(Agent::kSource, 0), "api");
  ASSERT_EQ(feed_.rows.listings.size(), 1U);
  EXPECT_EQ(Listing(ListingColumn::kKind), "agent");
  EXPECT_EQ(Listing(ListingColumn::kListedAt), "2025-03-05T13:06:40.500Z");
  EXPECT_EQ(Listing(ListingColumn::kMemberIds),
            "a1f0c3d2-5b64-4e87-9a10-3c2b1d4e5f60,c7d8e9fa-0b1c-4d2e-8f3a-4b5c6d7e8f90");
  EXPECT_THAT(feed_.Issues(), IsEmpty());
}

TEST_F(UsersRowsTest, DescribeUserSaysMostAndInSeconds) {
  ASSERT_EQ(feed_.Add(SampleText("users_api.json")), "");
  const size_t row = RowWith(feed_.rows.agent_observations, Agent::kEmail, "zoe.obriain@energy.example");

  EXPECT_EQ(Value(Agent::kAgentId, row), kZoe);
  EXPECT_EQ(Value(Agent::kFirstName, row), "Zoë");
  EXPECT_EQ(Value(Agent::kLastName, row), "Ó Briain");
  EXPECT_EQ(Value(Agent::kRoutingProfileId, row), "9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d");
  EXPECT_EQ(Value(Agent::kHierarchyGroupId, row), "81829304-b5c6-4d7e-9f80-91a2b3c4d5e6");
  EXPECT_EQ(Value(Agent::kSecurityProfileIds, row), "aa11bb22-cc33-4d44-8e55-ff6677889900");
  EXPECT_EQ(Value(Agent::kAfterContactWorkLimit, row), "120");
  EXPECT_EQ(Value(Agent::kTags, row), R"({"Team":"Complaints"})");
  EXPECT_EQ(Value(Agent::kLastModifiedTime, row), "2025-03-05T13:06:40.500Z");
}

TEST_F(UsersRowsTest, SearchUsersSpeaksInMillisecondsAndGivesNoTime) {
  ASSERT_EQ(feed_.Add(SampleText("users_api.json")), "");
  const size_t row = RowWith(feed_.rows.agent_observations, Agent::kAgentUsername, "tomasz.lewicki");

  EXPECT_EQ(Value(Agent::kAfterContactWorkLimit, row), "120");
  EXPECT_EQ(Value(Agent::kTags, row), "{}");
  EXPECT_EQ(Value(Agent::kObservedAt, row), "NULL");
}

TEST_F(UsersRowsTest, AnAnswerAloneIsReadAsInCompany) {
  ASSERT_EQ(feed_.Add(SampleText("users_api.json")), "");
  ASSERT_EQ(feed_.Add(R"({"NextToken":null,"UserSummaryList":[
      {"Id":"a1f0c3d2-5b64-4e87-9a10-3c2b1d4e5f60","Username":"priya.shah","LastModifiedTime":1740000000.123,
       "LastModifiedRegion":"eu-west-2",
       "Arn":"arn:aws:connect:eu-west-2:111122223333:instance/)"
                      R"(5f2c8a10-7b3d-4e61-9c84-1d2e3f4a5b6c/agent/a1f0c3d2-5b64-4e87-9a10-3c2b1d4e5f60"},
      {"Id":"c7d8e9fa-0b1c-4d2e-8f3a-4b5c6d7e8f90","Username":"zoe.obriain","LastModifiedTime":1741180000.50,
       "LastModifiedRegion":"eu-west-2",
       "Arn":"arn:aws:connect:eu-west-2:111122223333:instance/)"
                      R"(5f2c8a10-7b3d-4e61-9c84-1d2e3f4a5b6c/agent/c7d8e9fa-0b1c-4d2e-8f3a-4b5c6d7e8f90"}]})"),
            "");

  EXPECT_EQ(Value(Agent::kContentSha256, 4), Value(Agent::kContentSha256, 0));
  EXPECT_EQ(Value(Agent::kContentSha256, 5), Value(Agent::kContentSha256, 1));
  EXPECT_EQ(Listing(ListingColumn::kContentSha256, 1), Listing(ListingColumn::kContentSha256, 0));
  ASSERT_EQ(feed_.Add(R"({"User":{"Id":"U1","IdentityInfo":{"Email":"a@b"}}})"), "");
  EXPECT_EQ(Value(Agent::kEmail, 6), "a@b");
}

TEST_F(UsersRowsTest, OnlyACompleteAnswerIsAListing) {
  const std::string users = R"([{"Id":"1"},{"Id":"2"}])";
  EXPECT_EQ(Listings(R"({"UserSummaryList":)" + users + "}"), 1U);
  EXPECT_EQ(Listings(R"({"UserSummaryList":)" + users + R"(,"NextToken":null})"), 1U);
  EXPECT_EQ(Listings(R"({"UserSummaryList":)" + users + R"(,"NextToken":""})"), 1U);
  EXPECT_EQ(Listings(R"({"UserSummaryList":)" + users + R"(,"NextToken":"more"})"), 0U);
  EXPECT_EQ(Listings(R"({"UserSummaryList":)" + users + R"(,"NextToken":7})"), 0U);
  EXPECT_EQ(Listings(R"({"UserSummaryList":[]})"), 0U);
  EXPECT_EQ(Listings(R"({"Users":)" + users + R"(,"ApproximateTotalCount":2})"), 1U);
  EXPECT_EQ(Listings(R"({"Users":)" + users + R"(,"ApproximateTotalCount":3})"), 0U);
  EXPECT_EQ(Listings(R"({"Users":)" + users + R"(,"ApproximateTotalCount":2,"NextToken":"more"})"), 0U);
  EXPECT_EQ(Listings(R"({"Users":)" + users + "}"), 0U);
  EXPECT_EQ(Listings(R"({"User":{"Id":"1"}})"), 0U);
}

TEST_F(UsersRowsTest, AnEntryWithoutIdIsCountedAndTheListIsNoListing) {
  EXPECT_EQ(Listings(R"({"UserSummaryList":[{"Id":"1"},{"Username":"nobody"}]})"), 0U);
  EXPECT_EQ(feed_.rows.agent_observations.size(), 1U);
  EXPECT_THAT(feed_.Issues(), ElementsAre("agent_id|no_id|nobody"));
}

TEST_F(UsersRowsTest, TheIdMayComeFromTheArn) {
  ASSERT_EQ(feed_.Add(R"({"UserSummaryList":[{"Arn":"i/agent/A1"},{"Id":"A1"}]})"), "");
  EXPECT_EQ(Value(Agent::kAgentId, 0), "a1");
  EXPECT_EQ(Value(Agent::kAgentId, 1), "a1");
}

TEST_F(UsersRowsTest, TagsInAnotherOrderAreTheSame) {
  ASSERT_EQ(feed_.Add(R"({"User":{"Id":"1","Tags":{"b":"2","a":"1"}}})"), "");
  ASSERT_EQ(feed_.Add(R"({"User":{"Tags":{ "a":"1","b":"2" },"Id":"1"}})"), "");
  EXPECT_EQ(Value(Agent::kTags, 0), R"({"a":"1","b":"2"})");
  EXPECT_EQ(Value(Agent::kContentSha256, 0), Value(Agent::kContentSha256, 1));
}

TEST_F(UsersRowsTest, BadValuesAreCounted) {
  ASSERT_EQ(feed_.Add(R"({"Users":[{"Id":"1","PhoneConfig":{"AfterContactWorkTimeLimit":1500},"Tags":[],)"
                      R"("SecurityProfileIds":"x","LastModifiedTime":"1740000000"}]})"),
            "");
  EXPECT_THAT(feed_.Issues(), testing::UnorderedElementsAre("after_contact_work_limit_s|not_a_whole_number|1500",
                                                            "tags|not_an_object|[]", "security_profile_ids|not_text|x",
                                                            "last_modified_time|epoch_as_text|1740000000"));
}

TEST_F(UsersRowsTest, AnAnswerWithoutUsersIsNoError) {
  EXPECT_EQ(Listings(R"({"UserSummaryList":null})"), 0U);
  EXPECT_EQ(Listings(R"({"Users":{},"User":[]})"), 0U);
  EXPECT_TRUE(feed_.rows.agent_observations.empty());
}

}  // namespace
}  // namespace casebook
