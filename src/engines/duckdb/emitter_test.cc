// Goal: what a query means and what DuckDB gets is seen and reviewed.
// Method: golden files in testdata/: a query, its resolved tree, its SQL. CASEBOOK_UPDATE_GOLDEN=1 rewrites them.
#include "engines/duckdb/emitter.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "analysis/resolver.h"
#include "duckdb/connection.h"
#include "engines/duckdb/register_functions.h"
#include "engines/duckdb/tables_for_test.h"
#include "sql/parser.h"

namespace casebook::engines {
namespace {

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string Trimmed(std::string text) {
  text.erase(text.find_last_not_of(" \n") + 1);
  text.erase(0, text.find_first_not_of(" \n"));
  return text;
}

// The queries of a golden file: what stands before each `-- tree`.
std::vector<std::string> Queries(const std::string& text) {
  std::vector<std::string> queries;
  std::stringstream lines(text);
  std::string line;
  std::string query;
  bool in_query = true;
  const auto finish = [&] {
    if (!Trimmed(query).empty()) queries.push_back(Trimmed(query));
    query.clear();
    in_query = true;
  };
  while (std::getline(lines, line)) {
    if (line == "==") {
      finish();
    } else if (line == "-- tree" || line == "-- error") {
      in_query = false;
    } else if (in_query) {
      query += line + "\n";
    }
  }
  finish();
  return queries;
}

// The section of one query, and the SQL in `sql`.
std::string Section(const std::string& query, std::string& sql) {
  const TestTables tables;
  auto parsed = sql::ParseQuery(query);
  if (!parsed.ok()) return query + "\n-- error\n" + sql::FormatErrorLine(query, parsed.error()) + "\n";
  auto resolved = analysis::Resolve(*parsed.value(), tables, TestOptions());
  if (!resolved.ok()) return query + "\n-- error\n" + sql::FormatErrorLine(query, resolved.error()) + "\n";
  auto emitted = EmitDuckDb(resolved.value());
  if (!emitted.ok()) return query + "\n-- error\n" + sql::FormatErrorLine(query, emitted.error()) + "\n";
  sql = emitted.value();
  return query + "\n-- tree\n" + analysis::PrintResolved(resolved.value()) + "-- duckdb\n" + sql + "\n";
}

class GoldenTest : public testing::TestWithParam<const char*> {};

TEST_P(GoldenTest, TreeAndSqlAreAsReviewed) {
  const auto path = std::filesystem::path(CASEBOOK_SOURCE_DIR) / "src/engines/duckdb/testdata" / GetParam();
  const std::string wanted = ReadAll(path);
  Database database = Database::Open("", {}).value();
  Connection connection = database.Connect().value();
  ASSERT_TRUE(RegisterFunctions(connection.handle()).ok());
  ASSERT_TRUE(connection.Execute(TestTables::Ddl()).ok());

  std::string got;
  for (const std::string& query : Queries(wanted)) {
    std::string sql;
    got += (got.empty() ? "" : "==\n") + Section(query, sql);
    if (sql.empty()) continue;
    const auto answer = connection.Query(sql);
    EXPECT_TRUE(answer.ok()) << sql << "\n" << (answer.ok() ? "" : answer.error().message);
  }
  if (std::getenv("CASEBOOK_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << got;
  else EXPECT_EQ(got, wanted);
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenTest,
                         testing::Values("reference_queries.sql", "select.sql", "joins.sql", "grouping.sql",
                                         "subqueries.sql", "windows.sql", "pipes.sql", "set_operations.sql",
                                         "pivots.sql", "errors.sql"));

}  // namespace
}  // namespace casebook::engines
