#include "app/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casebook {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

TEST(CompletionTest, KeywordsKeepTheCaseOfTheWord) {
  EXPECT_THAT(Complete("SELEC").candidates, ElementsAre("SELECT"));
  EXPECT_THAT(Complete("select 1 qual").candidates, ElementsAre("qualify"));
  EXPECT_EQ(Complete("select 1 qual").word_length, 4U);
}

TEST(CompletionTest, TablesAndTheDatasetAreKnown) {
  EXPECT_THAT(Complete("SELECT 1 FROM case_ev").candidates, ElementsAre("case_events"));
  EXPECT_THAT(Complete("FROM amazon").candidates, ElementsAre("amazon_connect_enriched"));
}

TEST(CompletionTest, ColumnsAreThoseOfTheTablesMentioned) {
  EXPECT_THAT(Complete("SELECT * FROM ctr_events WHERE queue_du").candidates, ElementsAre("queue_duration"));
  EXPECT_THAT(Complete("SELECT * FROM cases WHERE queue_du").candidates, Not(Contains("queue_duration")));
  EXPECT_THAT(Complete("SELECT queue_dura").candidates, ElementsAre("queue_duration"));
}

TEST(CompletionTest, AfterADotThereAreOnlyNames) {
  EXPECT_THAT(Complete("SELECT c.fro").candidates, ElementsAre());
  EXPECT_THAT(Complete("FROM cases AS c WHERE c.reopen").candidates, ElementsAre("reopen_count"));
}

TEST(CompletionTest, NothingIsNotCompleted) { EXPECT_TRUE(Complete("SELECT ").candidates.empty()); }

TEST(CompletionTest, CommonStartIsWhatAllBeginWith) {
  EXPECT_EQ(CommonStart({"case_events", "case_history"}), "case_");
  EXPECT_EQ(CommonStart({"a"}), "a");
  EXPECT_EQ(CommonStart({}), "");
}

}  // namespace
}  // namespace casebook
