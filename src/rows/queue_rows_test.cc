#include "rows/queue_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rows/feed_test_support.h"

namespace casebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Queue = QueueObservationColumn;

class QueueRowsTest : public testing::Test {
 protected:
  std::string Value(Queue column, size_t row = 0) const { return Shown(feed_.rows.queue_observations, column, row); }
  size_t Row(std::string_view name) const { return RowWith(feed_.rows.queue_observations, Queue::kQueueName, name); }

  FeedUnderTest feed_{AppendQueuesAnswer};
};

TEST_F(QueueRowsTest, TheSampleGivesFiveObservationsAndOneListing) {
  ASSERT_EQ(feed_.Add(SampleText("queues_api.json")), "");

  EXPECT_EQ(feed_.rows.queue_observations.size(), 5U);
  EXPECT_THAT(feed_.Issues(), IsEmpty());
  const RowBatch& listings = feed_.rows.listings;
  ASSERT_EQ(listings.size(), 1U);
  EXPECT_EQ(Shown(listings, ListingColumn::kKind, 0), "queue");
  EXPECT_EQ(Shown(listings, ListingColumn::kListedAt, 0), "2025-01-01T12:00:00Z");
  EXPECT_EQ(Shown(listings, ListingColumn::kMemberIds, 0),
            "22e3a4b5-c6d7-4e8f-90a1-b2c3d4e5f607,c7d8e9fa-0b1c-4d2e-8f3a-4b5c6d7e8f90");
  EXPECT_EQ(Shown(listings, ListingColumn::kContentSha256, 0).size(), 64U);
}

TEST_F(QueueRowsTest, EveryAnswerNamesTheKeyInItsOwnWay) {
  ASSERT_EQ(feed_.Add(SampleText("queues_api.json")), "");

  const size_t listed = Row("Complaints");
  EXPECT_EQ(Value(Queue::kQueueId, listed), "22e3a4b5-c6d7-4e8f-90a1-b2c3d4e5f607");
  EXPECT_EQ(Value(Queue::kQueueType, listed), "STANDARD");
  EXPECT_EQ(Value(Queue::kStatus, listed), "NULL");
  const size_t described = Row("Metering & Smart");
  EXPECT_EQ(Value(Queue::kQueueId, described), "33f4b5c6-d7e8-4f90-a1b2-c3d4e5f60718");
  EXPECT_EQ(Value(Queue::kQueueType, described), "STANDARD");
  EXPECT_EQ(Value(Queue::kDescription, described), "Smart and legacy metering");
  EXPECT_EQ(Value(Queue::kStatus, described), "ENABLED");
  EXPECT_EQ(Value(Queue::kMaxContacts, described), "250");
  EXPECT_EQ(Value(Queue::kHoursOfOperationId, described), "1b2c3d4e-5f60-4172-8394-95a6b7c8d9e0");
  EXPECT_EQ(Value(Queue::kOutboundCallerIdName, described), "Energy");
  EXPECT_EQ(Value(Queue::kOutboundCallerIdNumberId, described), "0a1b2c3d-4e5f-4061-8273-849506172839");
  EXPECT_EQ(Value(Queue::kOutboundFlowId, described), "NULL");
  EXPECT_EQ(Value(Queue::kTags, described), R"({"Line":"metering"})");
  EXPECT_EQ(Value(Queue::kObservedAt, described), "2025-02-01T00:00:00Z");
  const size_t found = Row("Old Freshdesk overflow");
  EXPECT_EQ(Value(Queue::kStatus, found), "DISABLED");
  EXPECT_EQ(Value(Queue::kObservedAt, found), "NULL");
  EXPECT_EQ(Value(Queue::kSource, found), "api");
}

TEST_F(QueueRowsTest, AnAgentsOwnQueueHasNoNameAndItsType) {
  ASSERT_EQ(feed_.Add(SampleText("queues_api.json")), "");
  const size_t row = RowWith(feed_.rows.queue_observations, Queue::kQueueId, "c7d8e9fa-0b1c-4d2e-8f3a-4b5c6d7e8f90");
  EXPECT_EQ(Value(Queue::kQueueName, row), "NULL");
  EXPECT_EQ(Value(Queue::kQueueType, row), "AGENT");
}

TEST_F(QueueRowsTest, TheTypeComesFromTheArnWhereNobodySaysIt) {
  ASSERT_EQ(feed_.Add(R"({"QueueSummaryList":[{"Arn":"i/queue/agent/U1"},{"Arn":"i/queue/Q1"},{"Id":"Q2"},)"
                      R"({"Arn":"i/queue/Q3","QueueType":"Agent"}]})"),
            "");
  EXPECT_EQ(Value(Queue::kQueueType, 0), "AGENT");
  EXPECT_EQ(Value(Queue::kQueueId, 0), "u1");
  EXPECT_EQ(Value(Queue::kQueueType, 1), "STANDARD");
  EXPECT_EQ(Value(Queue::kQueueType, 2), "NULL");
  EXPECT_EQ(Value(Queue::kQueueType, 3), "AGENT");
}

TEST_F(QueueRowsTest, OnlyTheLastPageOfAListIsAListing) {
  ASSERT_EQ(feed_.Add(R"({"QueueSummaryList":[{"Id":"1"}],"NextToken":"more"})"), "");
  ASSERT_EQ(feed_.Add(R"({"Queues":[{"QueueId":"1"}],"ApproximateTotalCount":1})"), "");
  ASSERT_EQ(feed_.Add(R"({"Queue":{"QueueId":"1"}})"), "");
  EXPECT_EQ(feed_.rows.listings.size(), 0U);
  ASSERT_EQ(feed_.Add(R"({"QueueSummaryList":[{"Id":"1"}]})"), "");
  EXPECT_EQ(feed_.rows.listings.size(), 1U);
  EXPECT_EQ(feed_.rows.queue_observations.size(), 4U);
}

TEST_F(QueueRowsTest, AnEntryWithoutIdIsCounted) {
  ASSERT_EQ(feed_.Add(R"({"QueueSummaryList":[{"Name":"lost"},{"Id":"1"}]})"), "");
  EXPECT_EQ(feed_.rows.queue_observations.size(), 1U);
  EXPECT_EQ(feed_.rows.listings.size(), 0U);
  EXPECT_THAT(feed_.Issues(), ElementsAre("queue_id|no_id|lost"));
  EXPECT_EQ(Shown(feed_.rows.value_issues, ValueIssueColumn::kTableName, 0), "queue_dim");
}

TEST_F(QueueRowsTest, ATornAnswerGivesNothing) {
  EXPECT_NE(feed_.Add(R"({"QueueSummaryList":[{"Id":"1"},{"Id":])"), "");
  EXPECT_NE(feed_.Add(R"({"QueueSummaryList":[{"Id":"1"},{"Id":tru}]})"), "");
  EXPECT_TRUE(feed_.rows.queue_observations.empty());
  EXPECT_TRUE(feed_.rows.listings.empty());
}

}  // namespace
}  // namespace casebook
