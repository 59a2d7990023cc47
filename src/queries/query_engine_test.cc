#include "queries/query_engine.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "queries/value_text.h"
#include "schema/dataset.h"

namespace casebook {
namespace {

namespace fs = std::filesystem;

class OneTableCatalog final : public Catalog {
 public:
  std::optional<CatalogEntry> FindTable(const std::vector<std::string>& path) const override {
    if (path.size() != 1 || !EqualIgnoringCase(path[0], table_.name)) return std::nullopt;
    return CatalogEntry{&table_, table_.name};
  }
  std::vector<std::string> TableNames() const override { return {table_.name}; }

 private:
  Table table_{"visits",
               "",
               {{"id", TypeKind::kInt64, "", Sensitivity::kNone},
                {"name", TypeKind::kString, "", Sensitivity::kNone},
                {"paid", TypeKind::kNumeric, "", Sensitivity::kNone},
                {"came_at", TypeKind::kTimestamp, "", Sensitivity::kNone},
                {"tags", Type::Array(TypeKind::kString), "", Sensitivity::kNone},
                {"is_overdue", TypeKind::kBool, "", Sensitivity::kNone},
                {"extra", TypeKind::kJson, "", Sensitivity::kNone}}};
};

// A view that depends on the clock, as those of the dataset do.
constexpr const char* kTables =
    "CREATE SCHEMA amazon_connect_enriched; CREATE SCHEMA stored;"
    "CREATE TABLE stored.state (name VARCHAR, value VARCHAR);"
    "INSERT INTO stored.state VALUES ('received_up_to_us', '1743180130318000');"
    "CREATE TABLE stored.visits AS SELECT * FROM (VALUES"
    " (1::BIGINT, 'Zoë', 12.5::DECIMAL(18, 9), TIMESTAMP '2025-03-28 16:42:10.318', ['a', 'b'], '{\"k\": [1]}'),"
    " (2, NULL, NULL, NULL, NULL, NULL)) AS t(id, name, paid, came_at, tags, extra);"
    "CREATE VIEW amazon_connect_enriched.visits AS SELECT id, name, paid, came_at, tags,"
    " came_at < CAST(getvariable('casebook_now') AS TIMESTAMP) AS is_overdue, CAST(extra AS JSON) AS extra"
    " FROM stored.visits;";

constexpr Timestamp kNow{1743681600'000000};  // 2025-04-03T12:00:00Z

class QueryEngineTest : public ::testing::Test {
 protected:
  QueryEngineTest() {
    fs::remove(path_);
    auto database = Database::Open(path_, {});
    auto connection = database->Connect();
    EXPECT_TRUE(connection->Execute(kTables).ok());
  }
  ~QueryEngineTest() override { fs::remove(path_); }

  QueryEngine Open(const EngineOptions& options = {}) { return QueryEngine::Open(path_, options, catalog_).value(); }

  // The rows as JSON lists, one a line, or the message of what went wrong.
  static std::string Ask(QueryEngine& engine, const std::string& sql,
                         const std::vector<QueryParameter>& parameters = {}, const Limits& limits = {}) {
    const auto prepared = engine.Prepare(sql, parameters, kNow);
    if (!prepared.ok()) return sql::FormatErrorLine(sql, prepared.error());
    auto answer = engine.Run(*prepared, limits);
    if (!answer.ok()) return answer.error().message;
    std::string text;
    while (true) {
      auto rows = answer->Next();
      if (!rows.ok()) return text + rows.error().message;
      if (!*rows) return text;
      for (const auto& row : **rows) {
        std::string line;
        for (size_t i = 0; i < row.size(); ++i) {
          if (i > 0) line += " ";
          AppendJson(answer->columns()[i].type, row[i], line);
        }
        text += line + "\n";
      }
    }
  }
  std::string Ask(const std::string& sql, const std::vector<QueryParameter>& parameters = {}) {
    QueryEngine engine = Open();
    return Ask(engine, sql, parameters);
  }

  const fs::path path_ = fs::path(::testing::TempDir()) / "query_engine_test.duckdb";
  const OneTableCatalog catalog_;
};

TEST_F(QueryEngineTest, RowsComeWithTheirTypes) {
  EXPECT_EQ(Ask("SELECT id, name, paid, came_at, tags, extra FROM visits ORDER BY id"),
            "1 \"Zoë\" 12.5 \"2025-03-28 16:42:10.318 UTC\" [\"a\",\"b\"] {\"k\": [1]}\n"
            "2 null null null [] null\n");
}

TEST_F(QueryEngineTest, NestedValuesComeNested) {
  EXPECT_EQ(Ask("SELECT [STRUCT(1 AS a, 'x' AS b), STRUCT(2, NULL)] AS list, STRUCT(TRUE AS c) AS s"),
            "[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":null}] {\"c\":true}\n");
}

TEST_F(QueryEngineTest, EveryScalarTypeComesThrough) {
  EXPECT_EQ(
      Ask("SELECT 1.5, NUMERIC '0.000000001', b'\\xff', DATE '0001-01-01', DATETIME '9999-12-31 23:59:59.999999', "
          "TIME '16:42:10', TIMESTAMP '1969-12-31 23:59:59.5+00', JSON '{\"a\":1}', -9223372036854775807"),
      "1.5 0.000000001 \"/w==\" \"0001-01-01\" \"9999-12-31T23:59:59.999999\" \"16:42:10\" "
      "\"1969-12-31 23:59:59.500 UTC\" {\"a\":1} \"-9223372036854775807\"\n");
}

TEST_F(QueryEngineTest, ColumnsWithoutANameGetOne) {
  QueryEngine engine = Open();
  const auto prepared = engine.Prepare("SELECT 1, 2 AS two, 3", {}, kNow);
  ASSERT_TRUE(prepared.ok());
  EXPECT_EQ(prepared->columns[0].name, "f0_");
  EXPECT_EQ(prepared->columns[1].name, "two");
}

TEST_F(QueryEngineTest, OneClockRulesTheQueryAndTheViews) {
  EXPECT_EQ(Ask("SELECT is_overdue, CURRENT_TIMESTAMP() FROM visits WHERE id = 1"), "true \"2025-04-03 12:00:00 UTC\"\n");
  QueryEngine engine = Open();
  const auto earlier = engine.Prepare("SELECT is_overdue FROM visits WHERE id = 1", {}, Timestamp{0});
  auto answer = engine.Run(*earlier, {});
  EXPECT_EQ((**answer->Next())[0][0], AnswerValue(false));
}

TEST_F(QueryEngineTest, ParametersAreValuesNotText) {
  EXPECT_EQ(Ask("SELECT @a, @b",
                {ParseParameter("a::'; DROP TABLE visits; --").value(), ParseParameter("B:INT64:7").value()}),
            "\"'; DROP TABLE visits; --\" 7\n");
  EXPECT_EQ(Ask("SELECT ? + ?", {ParseParameter(":INT64:1").value(), ParseParameter(":INT64:2").value()}), "3\n");
  EXPECT_EQ(Ask("SELECT id FROM visits WHERE id IN UNNEST(@ids)", {ParseParameter("ids:ARRAY<INT64>:[2, 3]").value()}),
            "2\n");
  EXPECT_EQ(
      Ask("SELECT @s.a, @n, @t, @y",
          {ParseParameter("s:STRUCT<a INT64, b STRING>:{\"a\": 5}").value(), ParseParameter("n:DATE:NULL").value(),
           ParseParameter("t:TIMESTAMP:2025-03-28 16:42:10+00").value(), ParseParameter("y:BYTES:/w==").value()}),
      "5 null \"2025-03-28 16:42:10 UTC\" \"/w==\"\n");
}

TEST_F(QueryEngineTest, MistakesHaveAPlace) {
  EXPECT_TRUE(Ask("SELECT\n  nothing FROM visits").ends_with("at [2:3]"));
  EXPECT_TRUE(Ask("SELECT FROM").ends_with("]"));
  EXPECT_EQ(Ask("DROP VIEW x"), "DROP is not supported at [1:1]");
}

TEST_F(QueryEngineTest, OnlyTheTablesOfTheCatalogAreReached) {
  for (const char* table : {"stored.visits", "stored.state", "duckdb_settings", "information_schema.tables",
                            "`/etc/passwd`", "pragma_version"}) {
    const std::string message = Ask(std::string("SELECT * FROM ") + table);
    EXPECT_NE(message.find(" at [1:15]"), std::string::npos) << message;
  }
}

TEST_F(QueryEngineTest, EnginesMayBeOpenSideBySide) {
  QueryEngine first = Open();
  QueryEngine second = Open();
  EXPECT_EQ(Ask(first, "SELECT COUNT(*) FROM visits"), "2\n");
  EXPECT_EQ(Ask(second, "SELECT COUNT(*) FROM visits"), "2\n");
}

TEST_F(QueryEngineTest, TheTablesSayUpToWhenTheyReach) { EXPECT_EQ(Open().DataReach()->micros, 1743180130'318000); }

// A query of 10^15 steps, which no machine ends in time.
constexpr const char* kEndless =
    "WITH t AS (SELECT x FROM UNNEST(GENERATE_ARRAY(1, 1000)) AS x) "
    "SELECT COUNT(*) FROM t AS a, t AS b, t AS c, t AS d, t AS e WHERE a.x + b.x + c.x * d.x - e.x = 7";

TEST_F(QueryEngineTest, TimeIsALimit) {
  QueryEngine engine = Open();
  EXPECT_EQ(Ask(engine, kEndless, {}, {.time = std::chrono::milliseconds(50)}),
            "the query took longer than its limit of 50 milliseconds");
  EXPECT_EQ(Ask(engine, "SELECT 1"), "1\n");
}

TEST_F(QueryEngineTest, AQueryCanBeCancelled) {
  QueryEngine engine = Open();
  const std::atomic<bool> cancel{true};
  EXPECT_EQ(Ask(engine, kEndless, {}, {.cancel = &cancel}), "the query was cancelled");
}

TEST_F(QueryEngineTest, RowsAreALimit) {
  QueryEngine engine = Open();
  const std::string sql = "SELECT x FROM UNNEST(GENERATE_ARRAY(1, 3)) AS x ORDER BY x";
  EXPECT_EQ(Ask(engine, sql, {}, {.rows = 2}), "1\n2\nthe answer has more rows than its limit of 2");
  EXPECT_EQ(Ask(engine, sql, {}, {.rows = 3}), "1\n2\n3\n");
}

TEST_F(QueryEngineTest, FailuresOfTheEngineAreOneLine) {
  const std::string message = Ask("SELECT 1 / (id - 1) FROM visits");
  EXPECT_NE(message.find("division by zero"), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

}  // namespace
}  // namespace casebook
