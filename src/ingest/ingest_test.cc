#include "ingest/ingest.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "base/file.h"
#include "duckdb/connection.h"
#include "ingest/ingest_test_support.h"
#include "schema/dataset.h"

namespace casebook {
namespace {

// --- Expected results of the samples -----------------------------------------------------------------------

class SampleTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new DataFolder;
    folder_->Ingest({Samples().string()});
  }
  static void TearDownTestSuite() { delete folder_; }
  static std::string Text(const std::string& sql) { return folder_->Text(sql); }

  static DataFolder* folder_;
};
DataFolder* SampleTest::folder_ = nullptr;

constexpr char kHandled[] = "agent_connectedtoagentts IS NOT NULL";
constexpr char kQueued[] = "queue_enqueuetimestamp IS NOT NULL";
constexpr char kAbandoned[] =
    "queue_enqueuetimestamp IS NOT NULL AND agent_connectedtoagentts IS NULL AND nextcontactid IS NULL AND "
    "initiationmethod <> 'CALLBACK'";

std::string Count(const std::string& table, const std::string& where) {
  return "SELECT count(*) FROM " + table + " WHERE " + where;
}

TEST_F(SampleTest, CaseEvents) {
  EXPECT_EQ(Text("SELECT count(*) FROM case_events"), "9");
  EXPECT_EQ(Text(Count("case_events", "detail_event_type = 'CASE.CREATED'")), "3");
  EXPECT_EQ(Text("SELECT count(DISTINCT id) FROM case_events"), "3");
}

TEST_F(SampleTest, AReopenedCaseIsOpenAlthoughAClosedEventCameLater) {
  EXPECT_EQ(Text("SELECT string_agg(DISTINCT detail_case_fields_status, ',') FROM case_events WHERE id LIKE '6d1c9f40-%'"), "Open");
}

TEST_F(SampleTest, TwoCasesAreOpen) {
  EXPECT_EQ(Text("SELECT string_agg(DISTINCT left(id, 8), ',' ORDER BY left(id, 8)) FROM case_events WHERE "
                 "detail_case_fields_status NOT IN ('Closed', 'Resolved')"), "2f8a6c31,6d1c9f40");
  EXPECT_EQ(Text(Count("cases", "is_open")), "2");
}

TEST_F(SampleTest, OneComplaint) {
  EXPECT_EQ(Text("SELECT count(DISTINCT id) FROM case_events WHERE detail_case_fields_is_complaint"), "1");
  EXPECT_EQ(Text("SELECT detail_case_fields_complaint_subject || '|' || detail_case_fields_complaint_status FROM cases WHERE "
                 "detail_case_fields_is_complaint"), "Billing|Re-Open");
  EXPECT_EQ(Text("SELECT sum(detail_case_fields_complaint_goodwill_amount)::DOUBLE FROM cases"), "25.5");
}

TEST_F(SampleTest, AccountsAndUnmappedFields) {
  EXPECT_EQ(Text("SELECT account FROM case_events WHERE meta_event_id = '0a7d3c52-9b1e-4f60-8d24-6e5f7a8b9c01'"), "10023456");
  EXPECT_EQ(Text("SELECT sum(len(json_keys(unmapped_fields))) FROM cases"), "1");
}

TEST_F(SampleTest, ContactRecords) {
  EXPECT_EQ(Text("SELECT count(*) FROM ctr_events"), "7");
  EXPECT_EQ(Text("SELECT concat_ws('|', attributes_csatresults_agentrating, attributes_csatresults_resolutionrating, "
                 "agent_customerholdduration, agent_agentinteractionduration, queue_duration) FROM ctr_events WHERE contactid "
                 "LIKE 'b3e5a7c9-%'"), "5|3|212|303|137");
  EXPECT_EQ(Text("SELECT attributes_csatresults_agentrating || '|' || "
                 "COALESCE(attributes_csatresults_resolutionrating, 'NULL') FROM ctr_events WHERE contactid LIKE 'f7c9e1a3-%'"),
            "4|NULL");
}

TEST_F(SampleTest, QueuedHandledAbandoned) {
  EXPECT_EQ(Text(Count("ctr_events", kQueued)), "6");
  EXPECT_EQ(Text(Count("ctr_events", kHandled)), "5");
  EXPECT_EQ(Text(Count("ctr_events", kAbandoned)), "1");
  EXPECT_EQ(Text("SELECT round(100.0 * (" + Count("ctr_events", kAbandoned) + ") / (" + Count("ctr_events", kQueued) + "), 1)"),
            "16.7");
}

TEST_F(SampleTest, HandleTimeAndAnswerTime) {
  EXPECT_EQ(Text(std::string("SELECT avg(agent_agentinteractionduration + agent_customerholdduration + "
                             "agent_aftercontactworkduration + COALESCE(agent_agentpauseduration, 0)) FROM ctr_events WHERE ") +
                 kHandled), "748.8");
  EXPECT_EQ(Text("SELECT string_agg(t::VARCHAR, ',' ORDER BY t) FROM (SELECT agent_agentinteractionduration + "
                 "agent_customerholdduration + agent_aftercontactworkduration AS t FROM ctr_events WHERE " +
                 std::string(kHandled) + ")"), "449,465,650,1030,1150");
  EXPECT_EQ(Text(std::string("SELECT avg(queue_duration) FROM ctr_events WHERE ") + kHandled + " AND " + kQueued), "703.2");
}

TEST_F(SampleTest, ServiceLevel) {
  EXPECT_EQ(Text(Count("ctr_events", std::string(kQueued) + " AND queue_duration < 120")), "2");
  EXPECT_EQ(Text(Count("ctr_events", std::string(kQueued) + " AND queue_duration < 300")), "4");
  EXPECT_EQ(Text(Count("ctr_events", std::string(kQueued) + " AND queue_duration < 300 AND " + kHandled)), "3");
}

TEST_F(SampleTest, Transfers) {
  EXPECT_EQ(Text("SELECT string_agg(left(contactid, 8), ',') FROM ctr_events WHERE transfercompletedtimestamp IS NOT NULL AND "
                 "transferredtoendpoint_address IS NOT NULL"), "6e30485a");
  EXPECT_EQ(Text("SELECT left(nextcontactid, 8) FROM ctr_events WHERE contactid LIKE 'b3e5a7c9-%'"), "d5a7c9e1");
}

TEST_F(SampleTest, ContactEvents) {
  EXPECT_EQ(Text("SELECT count(*) FROM contact_events"), "10");
  EXPECT_EQ(Text("SELECT count(DISTINCT \"detail_contactId\") FROM contact_events"), "5");
  EXPECT_EQ(Text(Count("contact_events", "detail_channel = 'VOICE'")), "8");
  EXPECT_EQ(Text("SELECT count(*) FROM contact_events WHERE detail_channel = 'CHAT' AND "
                 "\"detail_agentInfo_connectedToAgentTimestamp\" IS NULL"), "1");
}

TEST_F(SampleTest, DimensionsHoldOneRowAnAgentAndQueue) {
  EXPECT_EQ(Text("SELECT count(*) = count(DISTINCT agent_id) AND count(*) = 3 FROM agent_dim"), "true");
  EXPECT_EQ(Text("SELECT agent_name || '|' || email || '|' || routing_profile_name || '|' || hierarchy_level_2 || '|' || source "
                 "FROM agent_dim WHERE agent_username = 'zoe.obriain'"),
            "Zoë Ó Briain|zoe.obriain@energy.example|Energy voice|Resolution Team North|api");
  EXPECT_EQ(Text("SELECT after_contact_work_limit_s FROM agent_dim WHERE agent_username = 'tomasz.lewicki'"), "120");
  EXPECT_EQ(Text("SELECT queue_name || '|' || status || '|' || max_contacts FROM queue_dim WHERE queue_id LIKE '33f4b5c6-%'"),
            "Metering & Smart|ENABLED|250");
  EXPECT_EQ(Text("SELECT count(*) = count(DISTINCT queue_id || COALESCE(queue_type, '')) FROM queue_dim"), "true");
}

TEST_F(SampleTest, TranscriptsAreTurnsAndOneText) {
  EXPECT_EQ(Text("SELECT count(*) FROM transcripts WHERE contactid LIKE 'f7c9e1a3-%'"), "9");
  EXPECT_EQ(Text("SELECT split_part(transcript, chr(10), 2) FROM ctr_events WHERE contactid LIKE 'b3e5a7c9-%'"),
            "CUSTOMER: Hiya, it is Zoë Ó Briain, my direct debit has doubled and nobody told me why.");
}

TEST_F(SampleTest, AccountsLinkWithAndWithoutLeadingZeros) {
  EXPECT_EQ(Text("SELECT count(*) FROM account_links AS a JOIN account_links AS b USING (account) WHERE a.rule = 'case_field' AND "
                 "a.account = 812345 AND b.rule = 'contact_attribute' AND b.account_text = '00812345'"), "1");
  EXPECT_EQ(Text("SELECT count(DISTINCT source_id) FROM account_links WHERE account = 10023456 AND rule = 'contact_attribute'"),
            "3");
}

// --- Equal tables ---------------------------------------------------------------------------------------------

TEST(IngestTest, TheSameSamplesAgainChangeNothing) {
  const DataFolder once;
  once.Ingest({Samples().string()});
  const DataFolder five_times;
  for (int i = 0; i < 5; ++i) five_times.Ingest({Samples().string()});
  EXPECT_EQ(five_times.Dump(), once.Dump());
  const IngestReport again = once.Ingest({Samples().string()});
  for (const FeedCounts& feed : again.feeds) EXPECT_EQ(feed.added, 0U);
}

class IngestOrderTest : public testing::TestWithParam<unsigned> {};

TEST_P(IngestOrderTest, AnyOrderSplitAndRepetitionGiveEqualTables) {
  const DataFolder once;
  once.Ingest({Samples().string()});

  std::mt19937 random(GetParam());
  std::vector<std::string> lines = SampleLines();
  const size_t count = lines.size();
  for (size_t i = 0; i < count; ++i) {
    if (random() % 3 == 0) lines.push_back(lines[i]);
  }
  std::shuffle(lines.begin(), lines.end(), random);
  const DataFolder pieces;
  for (size_t at = 0; at < lines.size();) {
    std::string content;
    const bool glued = random() % 2 == 0;
    for (const size_t end = std::min(lines.size(), at + 1 + random() % 9); at < end; ++at) {
      content += lines[at] + (glued ? "" : "\n");
    }
    pieces.Ingest({pieces.Write("piece.json", content).string()});
  }
  EXPECT_EQ(pieces.Dump(), once.Dump());
  fs::remove_all(pieces.path().string() + "_input");
}

INSTANTIATE_TEST_SUITE_P(Seeds, IngestOrderTest, testing::Range(1U, 7U));

// Goal: of several records with one id the same one wins in any order, and the losers are known.
// Method: three contents under one event id, and three versions of one contact, in all orders.
TEST(IngestTest, ConflictsAreDecidedByContentNotByArrival) {
  const auto event = [](const char* title) {
    return R"({"version":"0","id":"0a7d3c52-9b1e-4f60-8d24-6e5f7a8b9c01","detail-type":"Amazon Connect Cases Change",)"
           R"("source":"aws.cases","time":"2025-03-28T16:42:11Z","detail":{"eventType":"CASE.CREATED",)"
           R"("approximateChangeTime":"2025-03-28T16:42:10.318Z","case":{"caseId":"6d1c9f40-8e27-4b53-a6f0-2c4e8d0b7a91",)"
           R"("createdDateTime":"2025-03-28T16:42:10.318Z","fields":{"title":{"value":{"stringValue":")" +
           std::string(title) + R"("}}}}}})";
  };
  const auto record = [](const char* version, const char* channel) {
    return R"({"AWSContactTraceRecordFormatVersion":"2017-03-10","ContactId":"b3e5a7c9-1d2f-4a6b-8c0e-5f7a9b1c3d4e",)"
           R"("InitiationMethod":"INBOUND","LastUpdateTimestamp":")" + std::string(version) + R"(","Channel":")" + channel + R"("})";
  };
  std::vector<std::string> lines = {event("one"), event("two"), event("three"), record("2025-03-28T16:00:00Z", "VOICE"),
                                    record("2025-03-28T16:00:00Z", "CHAT"), record("2025-03-28T17:00:00Z", "TASK")};
  std::sort(lines.begin(), lines.end());
  std::string first;
  std::mt19937 random(7);
  for (int i = 0; i < 12; ++i) {
    const DataFolder folder;
    for (const std::string& line : lines) folder.Ingest({folder.Write("one.json", line).string()});
    const std::string dump = folder.Dump();
    if (first.empty()) first = dump;
    EXPECT_EQ(dump, first);
    EXPECT_EQ(folder.Text("SELECT count(*) FROM value_issues WHERE rule = 'conflicting_content'"), "2");
    EXPECT_EQ(folder.Text("SELECT channel FROM ctr_events"), "TASK");
    std::shuffle(lines.begin(), lines.end(), random);
    fs::remove_all(folder.path().string() + "_input");
  }
}

// --- Damage, loss and repair -------------------------------------------------------------------------------------

TEST(IngestTest, RebuildingFromTheLogGivesTheSameTables) {
  const DataFolder folder;
  folder.Ingest({Samples().string()});
  const std::string before = folder.Dump();
  ASSERT_TRUE(Rebuild(folder.path(), {}).ok());
  EXPECT_EQ(folder.Dump(), before);
}

TEST(IngestTest, ALostOrDamagedDatabaseIsBuiltAnewWithoutBeingAsked) {
  const DataFolder folder;
  folder.Ingest({Samples().string()});
  const std::string before = folder.Dump();
  std::vector<std::string> notes;
  fs::remove(DatabasePath(folder.path()));
  ASSERT_TRUE(Prepare(folder.path(), {}, notes).ok());
  EXPECT_EQ(folder.Dump(), before);
  EXPECT_EQ(notes.size(), 1U);

  std::ofstream(DatabasePath(folder.path()), std::ios::binary) << std::string(100'000, 'x');
  ASSERT_TRUE(Prepare(folder.path(), {}, notes).ok());
  EXPECT_EQ(folder.Dump(), before);
}

TEST(IngestTest, RecordsThatCannotBeReadAreSetAsideAndStopNothing) {
  const DataFolder folder;
  const std::string sound = ReadFile(Samples() / "case_events.ndjson").value();
  const std::string content = "{\"torn\":\n" + sound + "{\"unknown\":\"kind\"}\n{\"unknown\":\"kind\"}\nnot json at all\n";
  const IngestReport report = folder.Ingest({folder.Write("mixed.ndjson", content).string()});
  EXPECT_EQ(folder.Text("SELECT count(*) FROM case_events"), "9");
  EXPECT_EQ(report.feeds[static_cast<size_t>(Feed::kUnknown)].set_aside, report.feeds[static_cast<size_t>(Feed::kUnknown)].read);
  EXPECT_EQ(folder.Text("SELECT max(times) FROM rejects"), "2");
  EXPECT_EQ(folder.Text("SELECT count(*) FROM rejects WHERE encode('not json at all') = record"), "1");
  fs::remove_all(folder.path().string() + "_input");
}

TEST(IngestTest, EveryRecordIsKeptAsReceived) {
  const DataFolder folder;
  folder.Ingest({(Samples() / "case_events.ndjson").string()});
  std::ifstream file(Samples() / "case_events.ndjson");
  uint64_t sequence = 0;
  for (std::string line; std::getline(file, line);) EXPECT_EQ(ReadRecord(folder.path(), ++sequence).value(), line);
  EXPECT_EQ(ReadRecord(folder.path(), sequence + 1).error().code, ErrorCode::kNotFound);
}

TEST(IngestTest, AFreshFolderVerifies) {
  const DataFolder folder;
  folder.Ingest({Samples().string()});
  const DataCheck check = Verify(folder.path()).value();
  EXPECT_TRUE(check.problems.empty()) << check.problems.front();
  EXPECT_EQ(check.log_position, check.tables_position);
}

TEST(IngestTest, AnInputThatIsNotThereIsAnErrorBeforeAnythingIsLanded) {
  const DataFolder folder;
  const auto report = Ingest({.data = folder.path(), .inputs = {Samples().string(), "/no/such/file"}, .catalogue = {}, .progress = {}});
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().message, "could not open /no/such/file: No such file or directory");
  EXPECT_FALSE(fs::exists(folder.path()));
}

TEST(IngestTest, ChangedSettingsBuildTheTablesAnew) {
  const DataFolder folder;
  folder.Ingest({Samples().string()});
  EXPECT_EQ(folder.Text("SELECT count(*) FROM cases WHERE is_open"), "2");
  std::ofstream(folder.path() / "casebook.toml") << "[cases]\nclosed_statuses = [\"Open\"]\n";
  std::vector<std::string> notes;
  ASSERT_TRUE(Prepare(folder.path(), {}, notes).ok());
  EXPECT_EQ(folder.Text("SELECT count(*) FROM cases WHERE is_open"), "0");
  EXPECT_EQ(notes.size(), 1U);
}

TEST(IngestTest, ACatalogueThatComesLaterAppliesToRowsStoredBefore) {
  const DataFolder folder;
  folder.Ingest({(Samples() / "case_events.ndjson").string()});
  EXPECT_EQ(folder.Text("SELECT count(*) FROM cases WHERE detail_case_fields_is_complaint"), "0");
  folder.Ingest({(Samples() / "case_field_catalogue.json").string()});
  EXPECT_EQ(folder.Text("SELECT count(*) FROM cases WHERE detail_case_fields_is_complaint"), "1");
}

}  // namespace
}  // namespace casebook
