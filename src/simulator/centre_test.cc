// Goal: what the feeds say of queues and agents obeys the laws of queues, and both feeds say the same.
// Method: one simulated centre, read back from its files.
#include "simulator/centre.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "simulator/simulation_test_support.h"

namespace casebook {
namespace {

struct Leg {
  SimpleJson record;  // its newest delivery
  int64_t last_update = 0;
  std::map<std::string, int64_t> events;  // type → time; the first of updates
};

class CentreTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<SimulatedFolder>();
    SimulationOptions options{.cases = 2'500,
                              .days = 45,
                              .scale = {},
                              .until = {},
                              .seed = 11,
                              .out = folder_->path(),
                              .config = {},
                              .progress = {}};
    summary_ = MustSimulate(options);
    legs_ = std::make_unique<std::map<std::string, Leg>>();
    folder_->EachRecord("ctr_events", [](const SimpleJson& record) {
      Leg& leg = (*legs_)[record["ContactId"].text()];
      const int64_t updated = TimeOf(record["LastUpdateTimestamp"]);
      if (updated < leg.last_update) return;
      leg.last_update = updated;
      leg.record = record;
    });
    folder_->EachRecord("contact_events", [](const SimpleJson& record) {
      const SimpleJson& detail = record["detail"];
      Leg& leg = (*legs_)[detail["contactId"].text()];
      const std::string& type = detail["eventType"].text();
      if (type == "QUEUED") leg.events[type] = TimeOf(detail["queueInfo/enqueueTimestamp"]);
      if (type == "CONNECTED_TO_AGENT") leg.events[type] = TimeOf(detail["agentInfo/connectedToAgentTimestamp"]);
      if (type == "INITIATED") leg.events[type] = TimeOf(detail["initiationTimestamp"]);
      if (type == "DISCONNECTED") leg.events[type] = TimeOf(detail["disconnectTimestamp"]);
      if (type == "COMPLETED") leg.events[type] = 0;
    });
  }
  static void TearDownTestSuite() {
    folder_.reset();
    legs_.reset();
  }

  static bool IsHandled(const Leg& leg) { return !leg.record["Agent"].IsNull(); }
  static bool IsQueued(const Leg& leg) { return !leg.record["Queue"].IsNull(); }
  static int64_t Number(const SimpleJson& value) { return std::stoll(value.text()); }

  static std::unique_ptr<SimulatedFolder> folder_;
  static std::unique_ptr<std::map<std::string, Leg>> legs_;
  static SimulationSummary summary_;
};
std::unique_ptr<SimulatedFolder> CentreTest::folder_;
std::unique_ptr<std::map<std::string, Leg>> CentreTest::legs_;
SimulationSummary CentreTest::summary_;

TEST_F(CentreTest, EachContactHasItsStages) {
  for (const auto& [id, leg] : *legs_) {
    EXPECT_TRUE(leg.events.contains("INITIATED")) << id;
    EXPECT_TRUE(leg.events.contains("DISCONNECTED")) << id;
    EXPECT_TRUE(leg.events.contains("COMPLETED")) << id;
    EXPECT_EQ(leg.events.contains("QUEUED"), IsQueued(leg)) << id;
    EXPECT_EQ(leg.events.contains("CONNECTED_TO_AGENT"), IsHandled(leg)) << id;
  }
}

TEST_F(CentreTest, EventsAndRecordsNameTheSameMoments) {
  for (const auto& [id, leg] : *legs_) {
    EXPECT_EQ(leg.events.at("INITIATED") / 1000, TimeOf(leg.record["InitiationTimestamp"]) / 1000) << id;
    EXPECT_EQ(leg.events.at("DISCONNECTED") / 1000, TimeOf(leg.record["DisconnectTimestamp"]) / 1000) << id;
    if (IsQueued(leg)) {
      EXPECT_EQ(leg.events.at("QUEUED") / 1000, TimeOf(leg.record["Queue/EnqueueTimestamp"]) / 1000) << id;
      EXPECT_EQ(Number(leg.record["Queue/Duration"]) * 1000,
                TimeOf(leg.record["Queue/DequeueTimestamp"]) - TimeOf(leg.record["Queue/EnqueueTimestamp"]));
    }
    if (IsHandled(leg)) {
      EXPECT_EQ(leg.events.at("CONNECTED_TO_AGENT") / 1000,
                TimeOf(leg.record["Agent/ConnectedToAgentTimestamp"]) / 1000);
      EXPECT_EQ(Number(leg.record["Agent/AgentInteractionDuration"]) + Number(leg.record["Agent/CustomerHoldDuration"]),
                (TimeOf(leg.record["Agent/AfterContactWorkStartTimestamp"]) -
                 TimeOf(leg.record["Agent/ConnectedToAgentTimestamp"])) /
                    1000);
    }
    EXPECT_GT(leg.last_update, leg.events.at("DISCONNECTED")) << id;
  }
}

TEST_F(CentreTest, NobodyIsAnsweredBeforeTheyQueued) {
  for (const auto& [id, leg] : *legs_) {
    EXPECT_LE(leg.events.at("INITIATED"), leg.events.at("DISCONNECTED")) << id;
    if (!IsQueued(leg)) continue;
    EXPECT_LE(leg.events.at("INITIATED"), leg.events.at("QUEUED")) << id;
    EXPECT_LE(leg.events.at("QUEUED"), leg.events.at("DISCONNECTED")) << id;
    if (!IsHandled(leg)) continue;
    EXPECT_LT(leg.events.at("QUEUED"), leg.events.at("CONNECTED_TO_AGENT")) << id;
    EXPECT_LT(leg.events.at("CONNECTED_TO_AGENT"), leg.events.at("DISCONNECTED")) << id;
  }
}

TEST_F(CentreTest, AnAgentHandlesOneCallOrUpToThreeChats) {
  struct Step {
    int64_t time;
    int change;
    bool is_chat;
  };
  std::map<std::string, std::vector<Step>> steps;
  for (const auto& [id, leg] : *legs_) {
    if (!IsHandled(leg)) continue;
    const bool is_chat = leg.record["Channel"].text() == "CHAT";
    auto& of_agent = steps[leg.record["Agent/ARN"].text()];
    of_agent.push_back({TimeOf(leg.record["Agent/ConnectedToAgentTimestamp"]), 1, is_chat});
    of_agent.push_back({TimeOf(leg.record["Agent/AfterContactWorkEndTimestamp"]), -1, is_chat});
  }
  int most_chats = 0;
  for (auto& [agent, of_agent] : steps) {
    std::ranges::sort(of_agent, [](const Step& a, const Step& b) {
      return a.time != b.time ? a.time < b.time : a.change < b.change;
    });
    int chats = 0;
    int others = 0;
    for (const Step& step : of_agent) {
      (step.is_chat ? chats : others) += step.change;
      EXPECT_LE(others, 1) << agent;
      EXPECT_LE(chats, 3) << agent;
      EXPECT_TRUE(chats == 0 || others == 0) << agent;
      most_chats = std::max(most_chats, chats);
    }
  }
  EXPECT_GT(most_chats, 1);
}

// Goal: L = λ W per queue and day. Method: L by looking at the queue every 5 seconds through the contact events, W from
// the contact records.
TEST_F(CentreTest, LittlesLawHoldsPerQueueAndDay) {
  constexpr int64_t kLook = 5'000;
  constexpr int64_t kDay = 86'400'000;
  struct Of {
    double seen = 0;
    double waited_s = 0;
    int contacts = 0;
  };
  std::map<std::pair<std::string, int64_t>, Of> queues;
  for (const auto& [id, leg] : *legs_) {
    if (!IsQueued(leg)) continue;
    const int64_t from = leg.events.at("QUEUED");
    const int64_t to = leg.events.at(IsHandled(leg) ? "CONNECTED_TO_AGENT" : "DISCONNECTED");
    if (from / kDay != to / kDay) continue;
    Of& of = queues[{leg.record["Queue/Name"].text(), from / kDay}];
    of.seen += static_cast<double>((to + kLook - 1) / kLook - (from + kLook - 1) / kLook);
    of.waited_s += static_cast<double>(Number(leg.record["Queue/Duration"]));
    ++of.contacts;
  }
  int checked = 0;
  for (const auto& [key, of] : queues) {
    if (of.waited_s < 600) continue;
    const double in_queue = of.seen * kLook / static_cast<double>(kDay);
    const double arrivals_times_wait = of.waited_s * 1000 / static_cast<double>(kDay);
    EXPECT_NEAR(in_queue / arrivals_times_wait, 1, 0.05) << key.first << " " << key.second;
    ++checked;
  }
  EXPECT_GT(checked, 30);
}

TEST_F(CentreTest, AbandonedCallsAreThoseThatWaitedAndGotNobody) {
  uint64_t abandoned = 0;
  uint64_t answered = 0;
  for (const auto& [id, leg] : *legs_) {
    const std::string& method = leg.record["InitiationMethod"].text();
    if (!IsQueued(leg) || leg.record["Channel"].text() != "VOICE" || method == "CALLBACK") continue;
    if (IsHandled(leg)) ++answered;
    if (IsHandled(leg) || !leg.record["NextContactId"].IsNull()) continue;
    ++abandoned;
    EXPECT_EQ(leg.record["DisconnectReason"].text(), "CUSTOMER_DISCONNECT") << id;
    EXPECT_EQ(leg.record["Queue/DequeueTimestamp"].text(), leg.record["DisconnectTimestamp"].text()) << id;
  }
  EXPECT_EQ(abandoned, summary_.calls_abandoned);
  EXPECT_EQ(answered, summary_.calls_answered);
  EXPECT_GT(abandoned, 0U);
}

TEST_F(CentreTest, LegsOfOneConversationNameOneAnother) {
  uint64_t transfers = 0;
  uint64_t callbacks = 0;
  for (const auto& [id, leg] : *legs_) {
    if (leg.record["PreviousContactId"].IsNull()) continue;
    const auto previous = legs_->find(leg.record["PreviousContactId"].text());
    ASSERT_NE(previous, legs_->end());
    EXPECT_EQ(previous->second.record["NextContactId"].text(), id);
    ASSERT_TRUE(legs_->contains(leg.record["InitialContactId"].text()));
    EXPECT_GE(leg.events.at("INITIATED"), previous->second.events.at("INITIATED"));
    (leg.record["InitiationMethod"].text() == "CALLBACK" ? callbacks : transfers) += 1;
  }
  EXPECT_GT(transfers, 50U);
  EXPECT_GT(callbacks, 5U);
}

TEST_F(CentreTest, AgentsAndQueuesAreThoseOfTheReferenceFiles) {
  std::set<std::string> agents;
  std::set<std::string> queues;
  folder_->EachRecord("reference", [&](const SimpleJson& answer) {
    for (const auto& [index, user] : answer["UserSummaryList"].members()) agents.insert(user["Arn"].text());
    for (const auto& [index, queue] : answer["QueueSummaryList"].members()) queues.insert(queue["Arn"].text());
  });
  EXPECT_EQ(agents.size(), summary_.agents);
  for (const auto& [id, leg] : *legs_) {
    EXPECT_TRUE(!IsHandled(leg) || agents.contains(leg.record["Agent/ARN"].text()));
    EXPECT_TRUE(!IsQueued(leg) || queues.contains(leg.record["Queue/ARN"].text()));
  }
  folder_->EachRecord("agent_events",
                      [&](const SimpleJson& event) { EXPECT_TRUE(agents.contains(event["AgentARN"].text())); });
}

TEST_F(CentreTest, RatingsComeInALaterDelivery) {
  std::map<std::string, int64_t> first_plain;
  uint64_t rated = 0;
  std::map<std::string, int64_t> ratings;
  folder_->EachLine("ctr_events", [&](const std::string& line) {
    const auto record = SimpleJson::Parse(line);
    ASSERT_TRUE(record);
    const std::string id = (*record)["ContactId"].text();
    const int64_t updated = TimeOf((*record)["LastUpdateTimestamp"]);
    const bool is_rated = line.find("csatResults") != std::string::npos;
    (is_rated ? ratings : first_plain)[id] = updated;
    if (is_rated) ++rated;
  });
  EXPECT_GT(rated, 100U);
  for (const auto& [id, updated] : ratings) {
    ASSERT_TRUE(first_plain.contains(id));
    EXPECT_GT(updated, first_plain.at(id));
  }
}

// Goal: waits follow from demand and staff. Method: the same demand, staffed well and badly.
TEST(CentreConfigTest, WorseStaffingMeansMoreAbandoned) {
  const auto abandoned_share = [](std::string_view config) {
    SimulatedFolder folder;
    SimulationOptions options{.cases = 4'000,
                              .days = 20,
                              .scale = {},
                              .until = {},
                              .seed = 5,
                              .out = folder.path(),
                              .config = folder.WriteConfig(config),
                              .progress = {}};
    const SimulationSummary summary = MustSimulate(options);
    return static_cast<double>(summary.calls_abandoned) / static_cast<double>(summary.calls_queued);
  };
  const double generous = abandoned_share("[staff]\ncomfort = 1.5\n");
  const double scarce = abandoned_share("[staff]\ncomfort = 0\nshrinkage = 0\nabsence = 0.3\n");
  EXPECT_LT(generous, 0.05);
  EXPECT_GT(scarce, 2 * generous);
}

}  // namespace
}  // namespace casebook
