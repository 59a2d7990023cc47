#include "tables/table_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>

#include "schema/columns.h"
#include "schema/dataset.h"
#include "tables/views.h"

namespace casebook {
namespace {

constexpr int64_t kHour = 3600 * kMicrosPerSecond;

struct Event {
  std::string event_id;
  std::string case_id = "c1";
  std::string type = "CASE.UPDATED";
  int64_t change_time = 0;  // hours
  std::optional<std::string> status = {};
  bool has_fields = true;
  std::optional<int64_t> due = {};  // hours
  std::optional<std::string> title = {};
  std::optional<std::string> assigned_user = {};
  std::optional<std::string> contact = {};
};

void AppendEvent(RowBatch& batch, const Event& event, int64_t sequence) {
  const auto text = [&](CaseColumn column, const std::optional<std::string>& value) {
    if (value) batch[column].AppendText(*value);
  };
  text(CaseColumn::kId, event.case_id);
  text(CaseColumn::kEventId, event.event_id);
  text(CaseColumn::kEventType, event.type);
  text(CaseColumn::kStatus, event.status);
  text(CaseColumn::kTitle, event.title);
  text(CaseColumn::kAssignedUser, event.assigned_user);
  text(CaseColumn::kRelatedItemContactId, event.contact);
  batch[CaseColumn::kChangeTime].AppendTimestamp({event.change_time * kHour});
  if (event.due) batch[CaseColumn::kDueDate].AppendTimestamp({*event.due * kHour});
  if (event.due) batch[CaseColumn::kDueDateIsComputed].AppendBool(true);
  if (event.type.starts_with("CASE.")) batch[CaseColumn::kCreated].AppendTimestamp({kHour});
  batch[CaseColumn::kHasFields].AppendBool(event.has_fields);
  batch[CaseColumn::kSequence].AppendInt64(sequence);
  batch[CaseColumn::kContentHash].AppendInt64(sequence);
  batch.EndRow();
}

std::vector<BatchRows> AllRows(const RowBatch& batch) {
  std::vector<BatchRows> parts = {{&batch, {}}};
  for (uint32_t i = 0; i < batch.size(); ++i) parts[0].rows.push_back(i);
  return parts;
}

class TableStoreTest : public testing::Test {
 protected:
  TableStoreTest() { StartAnew(); }

  void SetNow(int64_t hours) {
    ASSERT_TRUE(store_->connection()
                    .Execute("SET VARIABLE casebook_now = make_timestamp(" + std::to_string(hours * kHour) + ")")
                    .ok());
  }

  void Write(const std::vector<Event>& events) {
    RowBatch batch(kCaseColumnLayout);
    for (const Event& event : events) AppendEvent(batch, event, ++sequence_);
    const std::vector<BatchRows> rows = AllRows(batch);
    ASSERT_TRUE(store_->Begin().ok());
    ASSERT_TRUE(store_->Insert(StoredTable::kCaseEvents, rows).ok());
    const Status status = store_->Commit(sequence_, {sequence_});
    ASSERT_TRUE(status.ok()) << status.error().message;
  }

  void Refresh() {
    const Status status = store_->Refresh();
    ASSERT_TRUE(status.ok()) << status.error().message;
  }

  std::string Text(const std::string& sql) {
    auto result = store_->connection().QueryText(sql);
    return result.ok() ? *result : "error: " + result.error().message;
  }

  // All rows of a table of the dataset as one text, in a fixed order, without what depends on arrival.
  std::string Dump(const std::string& table) {
    return Text("SELECT string_agg(r, chr(10) ORDER BY r) FROM (SELECT CAST(t AS VARCHAR) AS r FROM (SELECT * EXCLUDE ("
                "meta_sequence, meta_received_at, meta_enriched_landed_date) FROM amazon_connect_enriched." + table +
                ") AS t)");
  }

  void StartAnew() {
    store_.emplace(TableStore::Open("").value());
    sequence_ = 0;
    SetNow(1000);
  }

  std::optional<TableStore> store_;
  int64_t sequence_ = 0;
};

TEST_F(TableStoreTest, EveryViewHasTheColumnsOfItsTableInOrderAndType) {
  for (const Table& table : DatasetTables()) {
    std::string names;
    for (const Column& column : table.columns) names += column.name + ",";
    EXPECT_EQ(Text("SELECT string_agg(column_name || ',', '' ORDER BY column_index) FROM duckdb_columns() WHERE "
                   "schema_name = 'amazon_connect_enriched' AND table_name = '" + table.name + "'"),
              names);
  }
}

TEST_F(TableStoreTest, EveryEventCarriesThePresentValuesAndHistoryTheValuesAsAtTheEvent) {
  Write({{.event_id = "e1", .type = "CASE.CREATED", .change_time = 1, .status = "Open", .title = "first"},
         {.event_id = "e3", .change_time = 3, .status = "Closed", .title = "third"},
         {.event_id = "e2", .type = "RELATED_ITEM.CREATED", .change_time = 4, .has_fields = false, .contact = "k1"}});
  Refresh();

  EXPECT_EQ(Text("SELECT count(*) FROM amazon_connect_enriched.case_events WHERE detail_case_fields_title = 'third' AND "
                 "detail_case_fields_status = 'Closed'"), "3");
  EXPECT_EQ(Text("SELECT string_agg(COALESCE(detail_case_fields_title, '-'), ' ' ORDER BY meta_event_id) FROM "
                 "amazon_connect_enriched.case_history"), "first - third");
  EXPECT_EQ(Text("SELECT contact_count FROM amazon_connect_enriched.cases"), "1");
}

TEST_F(TableStoreTest, ALateOldEventDoesNotCloseTheCaseAgain) {
  Write({{.event_id = "e1", .type = "CASE.CREATED", .change_time = 1, .status = "Open"},
         {.event_id = "e3", .change_time = 5, .status = "Open"}});
  Refresh();
  Write({{.event_id = "e2", .change_time = 3, .status = "Closed"}});
  Refresh();

  EXPECT_EQ(Text("SELECT detail_case_fields_status FROM amazon_connect_enriched.cases"), "Open");
  EXPECT_EQ(Text("SELECT reopen_count FROM amazon_connect_enriched.cases"), "1");
  EXPECT_EQ(Text("SELECT closed_at FROM amazon_connect_enriched.cases"), "");
}

TEST_F(TableStoreTest, ADeletedCaseLeavesTheBacklogAndKeepsItsOtherValues) {
  Write({{.event_id = "e1", .type = "CASE.CREATED", .change_time = 1, .status = "Open", .title = "kept"},
         {.event_id = "e2", .type = "CASE.DELETED", .change_time = 7, .has_fields = false}});
  Refresh();

  EXPECT_EQ(Text("SELECT detail_case_fields_status IS NULL AND NOT is_open AND detail_case_fields_title = 'kept' AND "
                 "meta_case_deleted_at = make_timestamp(" + std::to_string(7 * kHour) +
                 ") FROM amazon_connect_enriched.cases"), "true");
  EXPECT_EQ(Text("SELECT valid_to = make_timestamp(" + std::to_string(7 * kHour) +
                 ") FROM amazon_connect_enriched.case_history WHERE meta_event_id = 'e1'"), "true");
}

TEST_F(TableStoreTest, OfTwoCreationsTheFirstCountsAndBothAreHistory) {
  Write({{.event_id = "e2", .type = "CASE.CREATED", .change_time = 2, .status = "Open"},
         {.event_id = "e1", .type = "CASE.CREATED", .change_time = 1, .status = "Open"}});
  Refresh();
  EXPECT_EQ(Text("SELECT string_agg(meta_event_id, ',') FROM amazon_connect_enriched.case_events"), "e1");
  EXPECT_EQ(Text("SELECT count(*) FROM amazon_connect_enriched.case_history"), "2");
}

// Queries that name no such column leave the engine's variable unset.
TEST_F(TableStoreTest, TheClockIsReadOnlyForColumnsNamedAfterIt) {
  const std::string views = CreateViewsSql();
  size_t read = 0;
  for (size_t at = views.find("casebook_now"); at != std::string::npos; at = views.find("casebook_now", at + 1), ++read) {
    const std::string end = " AS \"";
    const size_t name = views.find(end, at) + end.size();
    EXPECT_NE(views.substr(name, views.find('"', name) - name).find(kOfTheInstant), std::string::npos) << views.substr(at);
  }
  EXPECT_GT(read, 0U);
}

TEST_F(TableStoreTest, OverdueFollowsTheClockOfTheQueryWhileOpenAndTheClosingAfterwards) {
  Write({{.event_id = "e1", .type = "CASE.CREATED", .change_time = 1, .status = "Open", .due = 50}});
  Refresh();
  const char* overdue = "SELECT bool_and(detail_case_fields_is_overdue) FROM amazon_connect_enriched.case_events";
  SetNow(49);
  EXPECT_EQ(Text(overdue), "false");
  SetNow(51);
  EXPECT_EQ(Text(overdue), "true");
  Write({{.event_id = "e2", .change_time = 40, .status = "Closed", .due = 50}});
  Refresh();
  EXPECT_EQ(Text(overdue), "false");
}

TEST_F(TableStoreTest, ACaseWithoutAnyStatusIsNeitherOpenNorClosed) {
  Write({{.event_id = "e1", .type = "CASE.CREATED", .change_time = 1, .has_fields = false, .due = 9}});
  Refresh();
  EXPECT_EQ(Text("SELECT is_open IS NULL AND is_overdue_now IS NULL AND detail_case_fields_due_date IS NOT NULL FROM "
                 "amazon_connect_enriched.cases"), "true");
}

TEST_F(TableStoreTest, NamesOfAgentsApplyToCasesThatCameBefore) {
  Write({{.event_id = "e1", .type = "CASE.CREATED", .change_time = 1, .status = "Open",
          .assigned_user = "arn:aws:connect:x:1:instance/i/agent/A-1"}});
  Refresh();
  RowBatch agents(kAgentObservationColumnLayout);
  agents[AgentObservationColumn::kAgentId].AppendText("a-1");
  agents[AgentObservationColumn::kAgentUsername].AppendText("zoe");
  agents[AgentObservationColumn::kSource].AppendText("api");
  agents[AgentObservationColumn::kContentSha256].AppendText("x");
  agents[AgentObservationColumn::kSequence].AppendInt64(++sequence_);
  agents.EndRow();
  ASSERT_TRUE(store_->Begin().ok());
  ASSERT_TRUE(store_->InsertNew(StoredTable::kAgentObservations, AllRows(agents)).ok());
  ASSERT_TRUE(store_->Commit(sequence_, {1}).ok());
  Refresh();
  EXPECT_EQ(Text("SELECT detail_case_fields_assigned_agent_name FROM amazon_connect_enriched.case_events"), "zoe");
}

TEST_F(TableStoreTest, WhatIsNotCommittedIsGone) {
  RowBatch batch(kCaseColumnLayout);
  AppendEvent(batch, {.event_id = "e1"}, 1);
  ASSERT_TRUE(store_->Begin().ok());
  ASSERT_TRUE(store_->Insert(StoredTable::kCaseEvents, AllRows(batch)).ok());
  ASSERT_TRUE(store_->Begin().ok());
  ASSERT_TRUE(store_->Commit(1, {1}).ok());
  EXPECT_EQ(Text("SELECT count(*) FROM stored.case_events"), "0");
}

TEST_F(TableStoreTest, KnownRowsAreFoundByKey) {
  Write({{.event_id = "e1"}, {.event_id = "e2"}});
  RowBatch batch(kCaseColumnLayout);
  AppendEvent(batch, {.event_id = "e2"}, 3);
  AppendEvent(batch, {.event_id = "e3"}, 4);
  const auto known = store_->FindKnown(StoredTable::kCaseEvents, AllRows(batch)).value();
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known[0].key, "e2");
  EXPECT_EQ(known[0].sequence, 2);
}

// --- Any order, any split: a slow plain second implementation agrees ---------------------------------------

// Of events at few instants many fall together, and ids decide their order; else time alone does.
std::vector<Event> RandomEvents(std::mt19937& random, int instants) {
  const auto below = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<Event> events;
  for (int i = 0; i < 40; ++i) {
    Event event{.event_id = "e" + std::to_string(i), .case_id = "c" + std::to_string(below(4))};
    event.change_time = below(instants);
    const int kind = below(10);
    event.type = kind == 0 ? "CASE.CREATED" : kind == 1 ? "RELATED_ITEM.CREATED" : kind == 2 ? "CASE.DELETED" : "CASE.UPDATED";
    event.has_fields = kind != 1 && kind != 2 && below(5) > 0;
    const char* statuses[] = {"Open", "Closed", "Resolved", "Awaiting Customer"};
    if (event.has_fields && below(6) > 0) event.status = statuses[below(4)];
    if (event.has_fields) event.title = "title " + std::to_string(i);
    if (kind == 1 && below(2) == 0) event.contact = "k" + std::to_string(below(3));
    events.push_back(event);
  }
  return events;
}

bool IsClosed(const std::string& status) { return status == "Closed" || status == "Resolved"; }

// status|is_open|closed_at|reopen_count|title of one case, worked out event by event.
std::string PlainCase(std::vector<Event> events) {
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::tie(a.change_time, a.event_id) < std::tie(b.change_time, b.event_id);
  });
  std::optional<std::string> status, title;
  std::optional<int64_t> closing;
  std::optional<bool> closed;
  int reopened = 0;
  bool deleted = false, had_status = false;
  for (const Event& event : events) {
    if (event.type == "CASE.DELETED") deleted = true;
    if (!event.has_fields) continue;
    status = event.status;
    title = event.title;
    if (!event.status) continue;
    had_status = true;
    const bool is_closed = IsClosed(*event.status);
    if (is_closed && !closed.value_or(false)) closing = event.change_time;
    if (!is_closed && closed.value_or(false)) ++reopened;
    closed = is_closed;
  }
  std::optional<bool> open;
  if (deleted) open = false;
  else if (status) open = !IsClosed(*status);
  else if (had_status) open = false;
  if (deleted) status.reset();
  std::string text = status.value_or("-") + "|" + (open ? (*open ? "true" : "false") : "-") + "|";
  text += open && !*open && closing ? std::to_string(*closing) : "-";
  return text + "|" + std::to_string(reopened) + "|" + title.value_or("-");
}

std::string PlainCases(const std::vector<Event>& events) {
  std::map<std::string, std::vector<Event>> by_case;
  for (const Event& event : events) by_case[event.case_id].push_back(event);
  std::string text;
  for (const auto& [id, of_case] : by_case) text += (text.empty() ? "" : "\n") + id + "|" + PlainCase(of_case);
  return text;
}

class TableStoreOrderTest : public TableStoreTest, public testing::WithParamInterface<unsigned> {};

TEST_P(TableStoreOrderTest, AnyOrderAndAnySplitGiveTheSameTables) {
  std::mt19937 random(GetParam());
  std::vector<Event> events = RandomEvents(random, GetParam() % 2 == 0 ? 12 : 100'000);
  Write(events);
  Refresh();
  std::map<std::string, std::string> expected;
  for (const char* table : {"case_events", "case_history"}) expected[table] = Dump(table);
  EXPECT_EQ(Text("SELECT string_agg(concat_ws('|', id, COALESCE(detail_case_fields_status, '-'), COALESCE(is_open::VARCHAR,"
                 " '-'), COALESCE((epoch_us(closed_at) // 3600000000)::VARCHAR, '-'), reopen_count, "
                 "COALESCE(detail_case_fields_title, '-')), chr(10) ORDER BY id) FROM amazon_connect_enriched.cases"),
            PlainCases(events));

  // Once more with a hash of ids that most cases share: ids tell cases apart, whatever the hash is.
  for (const char* hash : {"hash(text)", "CAST(ascii(right(text, 1)) % 2 AS UBIGINT)"}) {
    std::shuffle(events.begin(), events.end(), random);
    StartAnew();
    ASSERT_TRUE(store_->connection().Execute("CREATE OR REPLACE MACRO stored.id_hash(text) AS " + std::string(hash)).ok());
    for (size_t at = 0; at < events.size();) {
      const size_t count = std::min<size_t>(events.size() - at, 1 + random() % 12);
      Write({events.begin() + static_cast<ptrdiff_t>(at), events.begin() + static_cast<ptrdiff_t>(at + count)});
      if (random() % 2 == 0) Refresh();
      at += count;
    }
    Refresh();
    for (const auto& [table, dump] : expected) EXPECT_EQ(Dump(table), dump) << table << ", " << hash;
  }
}

TEST_F(TableStoreTest, EventsAreJoinedToCasesByNumberUntilTwoShareOne) {
  const char* join = "SELECT sql LIKE '%e.id_hash = c.id_hash%' FROM duckdb_views() WHERE view_name = 'case_events'";
  Write({{.event_id = "e1", .case_id = "A", .change_time = 1}, {.event_id = "e2", .case_id = "BB", .change_time = 1}});
  Refresh();
  EXPECT_EQ(Text(join), "true");
  StartAnew();
  ASSERT_TRUE(store_->connection().Execute("CREATE OR REPLACE MACRO stored.id_hash(text) AS CAST(length(text) AS UBIGINT)").ok());
  Write({{.event_id = "e1", .case_id = "A", .change_time = 1}, {.event_id = "e2", .case_id = "BB", .change_time = 1}});
  Refresh();
  EXPECT_EQ(Text(join), "true");
  Write({{.event_id = "e3", .case_id = "CC", .change_time = 1}});
  Refresh();
  EXPECT_EQ(Text(join), "false");
  EXPECT_EQ(Text("SELECT string_agg(id || meta_event_id, ',' ORDER BY id) FROM amazon_connect_enriched.case_events"),
            "Ae1,BBe2,CCe3");
}

INSTANTIATE_TEST_SUITE_P(Seeds, TableStoreOrderTest, testing::Range(1U, 13U));

}  // namespace
}  // namespace casebook
