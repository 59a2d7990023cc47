#include "queries/session.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "queries/value_text.h"
#include "schema/dataset.h"

namespace casebook {
namespace {

namespace fs = std::filesystem;

constexpr Timestamp kNow{1743681600'000000};  // 2025-04-03T12:00:00Z

class NoTables final : public Catalog {
 public:
  std::optional<CatalogEntry> FindTable(const std::vector<std::string>& path) const override {
    if (!EqualIgnoringCase(path.back(), table_.name)) return std::nullopt;
    return CatalogEntry{&table_, table_.name};
  }
  std::vector<std::string> TableNames() const override { return {table_.name}; }

 private:
  Table table_{"visits", "", {{"id", TypeKind::kInt64, "The number", Sensitivity::kNone}}};
};

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() : folder_(fs::temp_directory_path() / ("casebook_session_test_" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    auto database = Database::Open(folder_ / "db.duckdb", {});
    auto connection = database->Connect();
    EXPECT_TRUE(connection->Execute("CREATE SCHEMA amazon_connect_enriched;"
                                    "CREATE TABLE amazon_connect_enriched.visits (id BIGINT);"
                                    "INSERT INTO amazon_connect_enriched.visits VALUES (1), (2)").ok());
  }
  ~SessionTest() override { fs::remove_all(folder_); }

  void SetUp() override { OpenAll(); }

  // As a new process would.
  void OpenAll() {
    session_.reset();
    objects_ = std::make_unique<ObjectStore>(ObjectStore::Open(folder_ / "objects").value());
    session_ = std::make_unique<Session>(catalog_, objects_.get());
    if (!engine_) engine_ = std::make_unique<QueryEngine>(QueryEngine::Open(folder_ / "db.duckdb", {}, catalog_).value());
  }

  // What the statements of `text` came to: rows of queries as JSON, a line each, else what was done or went wrong.
  std::string Run(const std::string& text) {
    auto script = Session::Parse(text);
    if (!script.ok()) return sql::FormatErrorLine(text, script.error());
    std::string all;
    for (sql::StatementPtr& statement : script->statements) {
      const auto outcome = session_->Execute(*engine_, text, std::move(statement), {}, kNow, {});
      if (outcome.sql_error) return all + sql::FormatErrorLine(text, *outcome.sql_error);
      if (outcome.error) return all + outcome.error->message;
      all += outcome.done ? *outcome.done + "\n" : Rows(*outcome.query);
    }
    return all;
  }

  std::string Rows(const PreparedQuery& query) {
    auto answer = engine_->Run(query, {});
    if (!answer.ok()) return answer.error().message;
    std::string text;
    while (true) {
      auto rows = answer->Next();
      if (!rows.ok()) return text + rows.error().message;
      if (!*rows) return text;
      for (const auto& row : **rows) {
        for (size_t i = 0; i < row.size(); ++i) {
          if (i > 0) text += " ";
          AppendJson(answer->columns()[i].type, row[i], text);
        }
        text += "\n";
      }
    }
  }

  const fs::path folder_;
  const NoTables catalog_;
  std::unique_ptr<ObjectStore> objects_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<QueryEngine> engine_;
};

TEST_F(SessionTest, VariablesKeepTheirTypes) {
  EXPECT_EQ(Run("DECLARE n INT64 DEFAULT 3; SET n = n + 1; SELECT n"), "declared n\nset n\n4\n");
  EXPECT_EQ(Run("DECLARE d DATE DEFAULT '2025-01-31'; SELECT DATE_ADD(d, INTERVAL 1 DAY)"), "declared d\n\"2025-02-01\"\n");
  EXPECT_EQ(Run("DECLARE a, b FLOAT64; SET (a, b) = (1.5, 2.5); SELECT a + b"), "declared a, b\nset 2 variables\n4.0\n");
  EXPECT_EQ(Run("DECLARE l ARRAY<INT64> DEFAULT [1, 2]; SELECT ARRAY_LENGTH(l)"), "declared l\n2\n");
  EXPECT_EQ(Run("DECLARE n INT64"), "Variable 'n' redeclaration at [1:9]");
  EXPECT_EQ(Run("SET n = 'x'").substr(0, 5), "No ma");
  EXPECT_EQ(Run("SET n = 2.5"), "Cannot coerce expression of type FLOAT64 to type INT64 of variable n at [1:1]");
  EXPECT_EQ(Run("SET missing = 1"), "Undeclared variable: missing at [1:5]");
}

TEST_F(SessionTest, AColumnComesBeforeAVariable) {
  EXPECT_EQ(Run("DECLARE id INT64 DEFAULT 9; SELECT MAX(id) FROM visits"), "declared id\n2\n");
}

TEST_F(SessionTest, StoredObjectsOutliveTheSession) {
  EXPECT_EQ(Run("CREATE VIEW last AS SELECT MAX(id) AS id FROM visits"), "created view last\n");
  EXPECT_EQ(Run("CREATE FUNCTION amazon_connect_enriched.twice(x INT64) AS (x * 2)"), "created function twice\n");
  EXPECT_EQ(Run("CREATE TABLE FUNCTION upto(n INT64) AS SELECT id FROM visits WHERE id <= n"), "created table function upto\n");
  OpenAll();
  EXPECT_EQ(Run("SELECT twice(id) FROM p.amazon_connect_enriched.last"), "4\n");
  EXPECT_EQ(Run("SELECT COUNT(*) FROM upto(1)"), "1\n");
  EXPECT_EQ(Run("CREATE VIEW last AS SELECT 1"), "Already Exists: view last at [1:13]");
  EXPECT_EQ(Run("CREATE VIEW IF NOT EXISTS last AS SELECT 1"), "view last is there already\n");
  EXPECT_EQ(Run("CREATE OR REPLACE VIEW last AS SELECT 7 AS id; SELECT id FROM last"), "created view last\n7\n");
  EXPECT_EQ(Run("DROP VIEW last; DROP VIEW IF EXISTS last"), "dropped view last\nthere is no view last\n");
  OpenAll();
  EXPECT_EQ(Run("DROP VIEW last"), "Not found: view last at [1:11]");
}

TEST_F(SessionTest, WhatMakesNoSenseIsNotStored) {
  EXPECT_NE(Run("CREATE VIEW v AS SELECT nope FROM visits").find("Unrecognized name: nope"), std::string::npos);
  EXPECT_NE(Run("CREATE FUNCTION f(x INT64) AS (x + nope)").find("Unrecognized name: nope"), std::string::npos);
  EXPECT_NE(Run("CREATE VIEW elsewhere.v AS SELECT 1").find("Dataset not found"), std::string::npos);
  EXPECT_NE(Run("CREATE VIEW visits AS SELECT 1").find("Already Exists"), std::string::npos);
  // A stored view cannot lean on what ends with the session.
  EXPECT_NE(Run("CREATE TEMP FUNCTION g() AS (1); CREATE VIEW v AS SELECT g() AS x").find("Function not found: g"),
            std::string::npos);
  EXPECT_FALSE(fs::exists(folder_ / "objects" / "view.v.sql"));
}

TEST_F(SessionTest, TemporaryObjectsEndWithTheSession) {
  EXPECT_EQ(Run("CREATE TEMP FUNCTION one() AS (1); SELECT one()"), "created temporary function one\n1\n");
  OpenAll();
  EXPECT_NE(Run("SELECT one()").find("Function not found"), std::string::npos);
}

TEST_F(SessionTest, ADamagedFileIsToldAndTheOthersServe) {
  Run("CREATE VIEW good AS SELECT 1 AS x");
  std::ofstream(folder_ / "objects" / "view.bad.sql") << "CREATE VIEW bad AS SELEC";
  std::ofstream(folder_ / "objects" / "view.other.sql") << "CREATE VIEW misplaced AS SELECT 1";
  OpenAll();
  EXPECT_EQ(objects_->problems().size(), 2U);
  EXPECT_EQ(Run("SELECT x FROM good"), "1\n");
}

TEST_F(SessionTest, NamesOfFilesAreSafe) {
  EXPECT_EQ(Run("CREATE VIEW `a/b` AS SELECT 1 AS x"), "created view a/b\n");
  EXPECT_TRUE(fs::exists(folder_ / "objects" / "view.a%2Fb.sql"));
  OpenAll();
  EXPECT_EQ(Run("SELECT x FROM `a/b`"), "1\n");
}

TEST_F(SessionTest, TheSchemaDescribesTablesAndViews) {
  Run("CREATE VIEW v AS SELECT 'a' AS name, id FROM visits");
  EXPECT_EQ(Run("SELECT table_name, table_type FROM INFORMATION_SCHEMA.TABLES ORDER BY 1"),
            "\"v\" \"VIEW\"\n\"visits\" \"BASE TABLE\"\n");
  EXPECT_EQ(Run("SELECT column_name, data_type, ordinal_position FROM amazon_connect_enriched.INFORMATION_SCHEMA.COLUMNS "
                "WHERE table_name = 'v' ORDER BY 3"),
            "\"name\" \"STRING\" 1\n\"id\" \"INT64\" 2\n");
  EXPECT_EQ(Run("SELECT view_definition LIKE 'SELECT%FROM visits' FROM INFORMATION_SCHEMA.VIEWS"), "true\n");
  EXPECT_EQ(Run("SELECT description FROM INFORMATION_SCHEMA.COLUMN_FIELD_PATHS WHERE table_name = 'visits'"),
            "\"The number\"\n");
}

TEST_F(SessionTest, ExplainShowsTheTreeAndTheEnginesQuery) {
  const std::string plan = Run("EXPLAIN SELECT id FROM visits WHERE id > 1");
  EXPECT_NE(plan.find("Filter"), std::string::npos);
  EXPECT_NE(plan.find("WHERE"), std::string::npos);
}

TEST_F(SessionTest, TheTimeZoneIsTheSessions) {
  EXPECT_EQ(Run("SET @@time_zone = 'Europe/London'; SELECT DATE(TIMESTAMP '2025-06-30 23:30:00+00')"),
            "set @@time_zone\n\"2025-07-01\"\n");
  EXPECT_NE(Run("SET @@time_zone = 'Nowhere'").find("Invalid time zone"), std::string::npos);
}

TEST_F(SessionTest, StatementsThatWriteAreRefusedWithTheReason) {
  EXPECT_EQ(Run("DELETE FROM visits WHERE TRUE"),
            "DELETE is not supported: the tables are made of the records that came in, and queries only read them at [1:1]");
}

}  // namespace
}  // namespace casebook
