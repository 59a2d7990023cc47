#include "analysis/rows_an_id.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "queries/query_engine.h"
#include "queries/value_text.h"
#include "schema/columns.h"
#include "schema/dataset.h"
#include "tables/table_store.h"

namespace casebook {
namespace {

const Timestamp kNow{100 * kMicrosPerDay};

// Case events at random: several creations of a case, deletions, cases known only by related items.
RowBatch RandomCaseEvents(std::mt19937& random) {
  const auto below = [&random](unsigned n) { return random() % n; };
  const char* types[] = {"CASE.CREATED", "CASE.UPDATED", "CASE.UPDATED", "CASE.DELETED", "RELATED_ITEM.CREATED"};
  const char* statuses[] = {"Open", "Closed", "Resolved"};
  RowBatch batch(kCaseColumnLayout);
  for (int64_t i = 1; i <= 300; ++i) {
    const std::string id = "case-" + std::to_string(below(60));
    const std::string event = "event-" + std::to_string(i);
    const std::string_view type = types[below(12) == 0 ? 3 : below(3) == 0 ? 0 : below(5) == 0 ? 4 : 1];
    const bool has_fields = type != "RELATED_ITEM.CREATED" && below(6) > 0;
    batch[CaseColumn::kId].AppendText(id);
    batch[CaseColumn::kEventId].AppendText(event);
    batch[CaseColumn::kEventType].AppendText(type);
    batch[CaseColumn::kSequence].AppendInt64(i);
    batch[CaseColumn::kContentHash].AppendInt64(i);
    batch[CaseColumn::kChangeTime].AppendTimestamp({static_cast<int64_t>(below(90)) * kMicrosPerDay});
    batch[CaseColumn::kHasFields].AppendBool(has_fields);
    if (type != "RELATED_ITEM.CREATED") {
      batch[CaseColumn::kCreated].AppendTimestamp({static_cast<int64_t>(std::hash<std::string>()(id) % 95) * kMicrosPerDay});
    }
    if (has_fields && below(5) > 0) batch[CaseColumn::kStatus].AppendText(statuses[below(3)]);
    if (has_fields && below(3) > 0) batch[CaseColumn::kIsComplaint].AppendBool(below(2) == 0);
    if (has_fields && below(3) > 0) batch[CaseColumn::kLevel1].AppendText(below(2) == 0 ? "Billing" : "Metering");
    if (has_fields && below(3) > 0) batch[CaseColumn::kComplaintGoodwillAmount].AppendNumeric(25'500'000'000);
    batch.EndRow();
  }
  return batch;
}

class RowsAnIdTest : public testing::TestWithParam<unsigned> {
 protected:
  RowsAnIdTest() {
    std::filesystem::remove(path_);
    std::mt19937 random(GetParam());
    TableStore store = TableStore::Open(path_).value();
    const RowBatch batch = RandomCaseEvents(random);
    std::vector<BatchRows> rows = {{&batch, {}}};
    for (uint32_t i = 0; i < batch.size(); ++i) rows[0].rows.push_back(i);
    EXPECT_TRUE(store.Begin().ok());
    EXPECT_TRUE(store.Insert(StoredTable::kCaseEvents, rows).ok());
    EXPECT_TRUE(store.Commit(300, {1}).ok());
    EXPECT_TRUE(store.Refresh().ok());
  }
  ~RowsAnIdTest() override { std::filesystem::remove(path_); }

  // The rows of the answer as text, in order of text; the engine's SQL goes to `engine_sql`.
  std::string Ask(const std::string& sql, bool reads_rows_an_id, std::string* engine_sql = nullptr) {
    QueryEngine engine = QueryEngine::Open(path_, {.reads_rows_an_id = reads_rows_an_id}, catalog_).value();
    const auto prepared = engine.Prepare(sql, {}, kNow);
    if (!prepared.ok()) return "error: " + prepared.error().message;
    if (engine_sql != nullptr) *engine_sql = prepared->engine_sql;
    auto answer = engine.Run(*prepared, {});
    if (!answer.ok()) return "error: " + answer.error().message;
    std::vector<std::string> lines;
    while (true) {
      auto rows = answer->Next();
      if (!rows.ok()) return "error: " + rows.error().message;
      if (!*rows) break;
      for (const auto& row : **rows) {
        std::string line;
        for (size_t i = 0; i < row.size(); ++i) {
          line += (row[i].is_null() ? "NULL" : ValueText(prepared->columns[i].type, row[i])) + "|";
        }
        lines.push_back(line);
      }
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
  }

  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("casebook_rows_an_id_" + std::to_string(::getpid()) + ".duckdb");
  DatasetCatalog catalog_;
};

bool IsReduced(const std::string& engine_sql) {
  for (const char* relation : {R"("case_creations")", R"("cases_with_events")", R"("stored"."cases")"}) {
    if (engine_sql.find(relation) != std::string::npos) return true;
  }
  return false;
}

struct Question {
  const char* sql;
  bool is_reduced;  // whether the smaller relation may be read
};

constexpr Question kQuestions[] = {
    {"SELECT DATE(detail_case_createddatetime) AS date, COUNT(*) AS n FROM case_events WHERE detail_event_type = "
     "'CASE.CREATED' AND detail_case_createddatetime >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 30 DAY) GROUP BY date",
     true},
    {"SELECT COUNT(DISTINCT id) AS n FROM case_events WHERE detail_case_fields_status NOT IN ('Closed', 'Resolved') AND "
     "meta_enriched_landed_date = (SELECT MAX(meta_enriched_landed_date) FROM case_events)",
     true},
    {"SELECT detail_case_fields_level_1 AS l, COUNT(DISTINCT id) AS n FROM case_events WHERE detail_case_fields_is_complaint "
     "= TRUE GROUP BY l",
     true},
    {"SELECT detail_case_fields_level_1 AS l, COUNT(*) AS n FROM case_events WHERE 'CASE.CREATED' = detail_event_type GROUP "
     "BY l",
     true},
    {"SELECT COUNT(DISTINCT id) AS n, MAX(meta_enriched_landed_date) AS d FROM case_events WHERE (SELECT "
     "MIN(meta_enriched_landed_date) FROM case_events) = meta_enriched_landed_date",
     true},
    {"SELECT COUNT(*) AS n FROM case_events WHERE meta_enriched_landed_date = (SELECT MAX(meta_enriched_landed_date) FROM "
     "case_events WHERE detail_case_fields_status = 'none') AND detail_event_type = 'CASE.CREATED'",
     true},
    {"SELECT DISTINCT meta_enriched_landed_date AS d FROM case_events WHERE meta_enriched_landed_date = (SELECT "
     "MAX(meta_enriched_landed_date) AS newest FROM case_events)",
     true},
    {"SELECT COUNT(*) AS n FROM case_events WHERE meta_enriched_landed_date = (SELECT MAX(meta_enriched_landed_date) FROM "
     "case_events) AND meta_enriched_landed_date = (SELECT MAX(meta_enriched_landed_date) FROM case_events)",
     false},
    {"SELECT COUNT(*) AS n FROM case_events WHERE meta_enriched_landed_date = (SELECT MAX(DATE(detail_case_createddatetime)) "
     "FROM case_events)",
     true},
    {"SELECT meta_enriched_landed_date AS d, COUNT(*) AS n FROM case_events WHERE meta_enriched_landed_date = (SELECT "
     "MAX(meta_enriched_landed_date) FROM case_events) OR detail_case_fields_status = 'Open' GROUP BY d",
     true},
    {"SELECT DISTINCT id, detail_case_fields_status AS s FROM case_events", true},
    {"SELECT MAX(meta_enriched_landed_date) AS d, COUNT(DISTINCT meta_enriched_landed_date) AS n FROM case_events", true},
    {"SELECT MIN(meta_enriched_landed_date) AS d FROM case_events WHERE detail_case_fields_status = 'Closed'", true},
    {"SELECT MIN(meta_enriched_landed_date) AS d FROM case_events WHERE id = 'nobody'", true},
    {"SELECT MIN(meta_enriched_landed_date) AS d, COUNT(DISTINCT id) AS n FROM case_events", true},
    {"SELECT MIN(meta_enriched_landed_date) AS d FROM case_events WHERE detail_event_type = 'CASE.UPDATED'", false},
    {"SELECT MIN(detail_case_createddatetime) AS a, MAX(id) AS b, LOGICAL_OR(detail_case_fields_is_complaint) AS c FROM "
     "case_events WHERE detail_case_fields_is_overdue IS NOT TRUE",
     true},
    {"SELECT id, SUM(detail_case_fields_complaint_goodwill_amount) AS s FROM case_events WHERE detail_event_type = "
     "'CASE.CREATED' GROUP BY id",
     true},
    {"SELECT c.id FROM case_events AS c WHERE c.detail_event_type = 'CASE.CREATED' AND EXISTS (SELECT 1 FROM case_events AS e "
     "WHERE e.id = c.id AND e.detail_event_type = 'CASE.DELETED')",
     true},
    // Repetition counts, or columns of the event are needed.
    {"SELECT COUNT(*) AS n FROM case_events", false},
    {"SELECT id, COUNT(*) AS n FROM case_events GROUP BY id", false},
    {"SELECT SUM(detail_case_fields_complaint_goodwill_amount) AS s FROM case_events", false},
    {"SELECT COUNT(DISTINCT meta_event_id) AS n FROM case_events", false},
    {"SELECT COUNT(DISTINCT id) AS n FROM case_events WHERE detail_event_type = 'CASE.UPDATED'", false},
    {"SELECT COUNT(DISTINCT id) AS n FROM case_events WHERE detail_event_type = 'CASE.CREATED' OR "
     "detail_case_fields_is_complaint",
     false},
    {"SELECT id FROM case_events WHERE detail_event_type = 'CASE.CREATED' AND detail_approximate_change_time < "
     "TIMESTAMP '1970-02-01'",
     false},
    {"SELECT DISTINCT id, detail_event_type FROM case_events", false},
    {"SELECT e.id FROM case_events AS e LEFT JOIN case_events AS c ON e.id = c.id AND c.detail_event_type = 'CASE.CREATED' "
     "WHERE c.id IS NULL",
     false},
};

TEST_P(RowsAnIdTest, TheAnswerIsTheSameAsFromTheWholeTable) {
  for (const Question& question : kQuestions) {
    std::string engine_sql;
    const std::string expected = Ask(question.sql, false);
    EXPECT_EQ(Ask(question.sql, true, &engine_sql), expected) << question.sql;
    EXPECT_EQ(expected.find("error"), std::string::npos) << expected;
    EXPECT_EQ(IsReduced(engine_sql), question.is_reduced) << question.sql << "\n" << engine_sql;
  }
}

// The stored table has most columns, the views have all.
TEST_P(RowsAnIdTest, EachColumnOfACaseIsReadFromOneRowACase) {
  for (const Column& column : FindDatasetTable("case_events")->columns) {
    if (!column.depends_on_id) continue;
    const std::string value = column.type.kind() == TypeKind::kJson ? "TO_JSON_STRING(" + column.name + ")" : column.name;
    for (const std::string where : {"", " WHERE detail_event_type = 'CASE.CREATED'"}) {
      const std::string sql = "SELECT DISTINCT id, " + value + " AS v FROM case_events" + where;
      std::string engine_sql;
      const std::string expected = Ask(sql, false);
      EXPECT_EQ(Ask(sql, true, &engine_sql), expected) << sql;
      EXPECT_EQ(expected.find("error"), std::string::npos) << expected;
      EXPECT_TRUE(IsReduced(engine_sql)) << engine_sql;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RowsAnIdTest, testing::Range(1U, 5U));

}  // namespace
}  // namespace casebook
