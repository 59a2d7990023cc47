// Goal: cases keep the shares that were asked for, and agree with contacts, accounts and calendar.
// Method: simulated feeds, read back from their files.
#include "simulator/case_desk.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "simulator/case_fields.h"
#include "simulator/simulation_test_support.h"

namespace casebook {
namespace {

constexpr int kDays = 420;

struct Event {
  int64_t time = 0;
  std::string type;
  SimpleJson detail;
};

std::string FieldOf(const Event& event, std::string_view id, std::string_view arm = "stringValue") {
  return event.detail["case/fields/" + std::string(id) + "/value/" + std::string(arm)].text();
}

bool IsClosed(const Event& event) {
  const std::string status = FieldOf(event, "status");
  return status == "closed" || status == "resolved";
}

class CaseDeskTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<SimulatedFolder>();
    SimulationOptions options{.cases = 5'000,
                              .days = kDays,
                              .scale = {},
                              .until = {},
                              .seed = 3,
                              .out = folder_->path(),
                              .config = folder_->WriteConfig("[staff]\nminimum = 1\n"),
                              .progress = {}};
    MustSimulate(options);
    cases_ = std::make_unique<std::map<std::string, std::vector<Event>>>();
    std::set<std::string> seen;
    folder_->EachRecord("case_events", [&](const SimpleJson& record) {
      if (!seen.insert(record["id"].text()).second) return;
      const SimpleJson& detail = record["detail"];
      const std::string& id = detail["case/caseId"].text();
      (*cases_)[id.empty() ? detail["relatedItem/caseId"].text() : id].push_back(
          {TimeOf(detail["approximateChangeTime"]), detail["eventType"].text(), detail});
    });
    for (auto& [id, events] : *cases_) {
      std::ranges::stable_sort(events, [](const Event& a, const Event& b) {
        // At the same millisecond a case is opened first.
        return a.time != b.time ? a.time < b.time : a.type == "CASE.CREATED" && b.type != "CASE.CREATED";
      });
    }
  }
  static void TearDownTestSuite() {
    folder_.reset();
    cases_.reset();
  }

  // The newest event that carries fields; nullptr where none does.
  static const Event* Present(const std::vector<Event>& events) {
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
      if (event->detail.Has("case/fields")) return &*event;
    }
    return nullptr;
  }

  static std::unique_ptr<SimulatedFolder> folder_;
  static std::unique_ptr<std::map<std::string, std::vector<Event>>> cases_;
};
std::unique_ptr<SimulatedFolder> CaseDeskTest::folder_;
std::unique_ptr<std::map<std::string, std::vector<Event>>> CaseDeskTest::cases_;

TEST_F(CaseDeskTest, ACaseIsOpenedOnceAndFirst) {
  EXPECT_EQ(cases_->size(), 5'000U);
  for (const auto& [id, events] : *cases_) {
    EXPECT_EQ(events.front().type, "CASE.CREATED") << id;
    for (size_t i = 1; i < events.size(); ++i) EXPECT_NE(events[i].type, "CASE.CREATED") << id;
    EXPECT_EQ(TimeOf(events.front().detail["case/createdDateTime"]), events.front().time);
  }
}

TEST_F(CaseDeskTest, TheAskedShareIsOpenAtTheEnd) {
  double open = 0;
  for (const auto& [id, events] : *cases_) {
    const Event* const present = Present(events);
    if (present != nullptr && !IsClosed(*present)) ++open;
  }
  EXPECT_NEAR(open / static_cast<double>(cases_->size()), 0.02, 0.003);
}

// As regulators ask: half by the end of the next working day, nine in ten within eight weeks.
TEST_F(CaseDeskTest, ComplaintsAreSettledInTheAskedTimes) {
  const Calendar calendar(ParseTimestamp("2025-01-01T00:00:00Z")->micros / 1000,
                          ParseTimestamp("2026-07-01T00:00:00Z")->micros / 1000);
  const int64_t end = ParseTimestamp("2026-06-30T00:00:00Z")->micros / 1000;
  double complaints = 0, next_day = 0, eight_weeks = 0, all = 0;
  for (const auto& [id, events] : *cases_) {
    const Event* const present = Present(events);
    if (present == nullptr || FieldOf(*present, case_fields::kIsComplaint, "booleanValue") != "true") continue;
    ++all;
    const int64_t opened = events.front().time;
    if (opened > end - 58 * kDayMs) continue;
    ++complaints;
    const auto closed = std::ranges::find_if(events, IsClosed);
    if (closed == events.end()) continue;
    if (LondonDate({closed->time * 1000}) <= calendar.WorkingDayAfter(opened, 1).date) ++next_day;
    if (LondonDate({closed->time * 1000}).days <= LondonDate({opened * 1000}).days + 56) ++eight_weeks;
  }
  EXPECT_NEAR(all / static_cast<double>(cases_->size()), 0.115, 0.025);
  EXPECT_NEAR(next_day / complaints, 0.535, 0.06);
  EXPECT_NEAR(eight_weeks / complaints, 0.92, 0.035);
}

TEST_F(CaseDeskTest, ClosingAndReopeningKeepTheirTimes) {
  uint64_t reopened = 0;
  for (const auto& [id, events] : *cases_) {
    bool was_closed = false;
    std::string closed_at;
    for (const Event& event : events) {
      if (!event.detail.Has("case/fields")) continue;
      if (IsClosed(event) && !was_closed) {
        closed_at = event.detail["approximateChangeTime"].text();
        was_closed = true;
      } else if (!IsClosed(event) && was_closed) {
        ++reopened;
        was_closed = false;
        EXPECT_EQ(FieldOf(event, "last_reopened_datetime"), event.detail["approximateChangeTime"].text());
      }
      // Nothing but reopening touches a closed case; the last closing stays on record after it.
      EXPECT_EQ(FieldOf(event, "last_closed_datetime"), closed_at) << id;
      EXPECT_EQ(FieldOf(event, "last_updated_datetime"), event.detail["approximateChangeTime"].text()) << id;
    }
  }
  EXPECT_GT(reopened, 150U);
}

TEST_F(CaseDeskTest, ALinkedContactHasARecordThatNamesTheCase) {
  std::map<std::string, std::string> case_of_contact;
  std::set<std::string> contacts;
  folder_->EachRecord("ctr_events", [&](const SimpleJson& record) {
    case_of_contact[record["ContactId"].text()] = record["Attributes/caseId"].text();
  });
  folder_->EachRecord("contact_events",
                      [&](const SimpleJson& record) { contacts.insert(record["detail/contactId"].text()); });
  uint64_t links = 0;
  for (const auto& [id, events] : *cases_) {
    for (const Event& event : events) {
      const std::string& arn = event.detail["relatedItem/contact/contactArn"].text();
      if (arn.empty()) continue;
      ++links;
      const std::string contact = arn.substr(arn.rfind('/') + 1);
      EXPECT_EQ(case_of_contact[contact], id);
      EXPECT_TRUE(contacts.contains(contact));
    }
  }
  EXPECT_GT(links, cases_->size());
  for (const auto& [contact, id] : case_of_contact) EXPECT_TRUE(id.empty() || cases_->contains(id)) << contact;
}

TEST_F(CaseDeskTest, AccountsAreThoseOfTheBillingSystem) {
  std::set<int64_t> accounts;
  std::set<std::string> customers;
  std::ifstream lines(folder_->path() / "junifer/accounts.csv");
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const size_t comma = line.find(',');
    EXPECT_EQ(line.find(',', comma + 1), comma + 9) << line;
    EXPECT_TRUE(accounts.insert(std::stoll(line.substr(comma + 1, 8))).second) << line;
    customers.insert(
        line.substr(line.find(',', comma + 10) + 1, line.find(",1,", comma) - line.find(',', comma + 10) - 1));
  }
  EXPECT_GT(accounts.size(), customers.size());
  for (const auto& [id, events] : *cases_) {
    const Event* const present = Present(events);
    if (present == nullptr) continue;
    const double number = std::stod(FieldOf(*present, case_fields::kAccount, "doubleValue"));
    EXPECT_TRUE(accounts.contains(static_cast<int64_t>(number))) << number;
  }
  folder_->EachRecord("ctr_events", [&](const SimpleJson& record) {
    const std::string& junifer = record["Attributes/juniferId"].text();
    EXPECT_TRUE(junifer.empty() || customers.contains(junifer)) << junifer;
    const std::string& text = record["Attributes/accountNumbers"].text();
    for (size_t begin = text.find_first_of("0123456789"); begin != std::string::npos;) {
      const size_t end = text.find_first_not_of("0123456789", begin);
      EXPECT_TRUE(accounts.contains(std::stoll(text.substr(begin, end - begin)))) << text;
      begin = end == std::string::npos ? end : text.find_first_of("0123456789", end);
    }
  });
}

TEST_F(CaseDeskTest, TheDueDateIsTwoWorkingDaysOnAndOverdueIsAsOfTheEvent) {
  const Calendar calendar(ParseTimestamp("2025-01-01T00:00:00Z")->micros / 1000,
                          ParseTimestamp("2026-07-01T00:00:00Z")->micros / 1000);
  uint64_t overdue = 0;
  for (const auto& [id, events] : *cases_) {
    for (const Event& event : events) {
      const std::string due_text = FieldOf(event, case_fields::kDueDate);
      if (due_text.empty()) continue;
      const int64_t due = ParseTimestamp(due_text)->micros / 1000;
      EXPECT_EQ(due, calendar.AddWorkingDays(TimeOf(event.detail["case/createdDateTime"]), 2));
      const int64_t until =
          IsClosed(event) ? ParseTimestamp(FieldOf(event, "last_closed_datetime"))->micros / 1000 : event.time;
      EXPECT_EQ(FieldOf(event, case_fields::kIsOverdue, "booleanValue"), until > due ? "true" : "false");
      if (until > due) ++overdue;
    }
  }
  EXPECT_GT(overdue, 1'000U);
}

TEST_F(CaseDeskTest, SomeCustomersComeAgain) {
  std::map<size_t, uint64_t> cases_by_contacts;
  for (const auto& [id, events] : *cases_) {
    size_t contacts = 0;
    for (const Event& event : events) contacts += event.detail.Has("relatedItem/contact") ? 1 : 0;
    ++cases_by_contacts[contacts];
  }
  EXPECT_GT(cases_by_contacts[1], 1'500U);
  EXPECT_GT(cases_by_contacts[2], 200U);
  EXPECT_GT(cases_by_contacts[3], 50U);
}

}  // namespace
}  // namespace casebook
