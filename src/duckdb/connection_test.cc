#include "duckdb/connection.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace casebook {
namespace {

TEST(ConnectionTest, AnErrorOfTheEngineComesBackAsItsMessage) {
  Database database = Database::Open("", {}).value();
  Connection connection = database.Connect().value();
  const Status status = connection.Execute("SELECT no_such_column");
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message.find("no_such_column"), std::string::npos);
}

TEST(ConnectionTest, StreamedAnswersHoldEveryRow) {
  Database database = Database::Open("", {}).value();
  Connection connection = database.Connect().value();
  QueryResult result = connection.Stream("SELECT range FROM range(100000)").value();
  size_t rows = 0;
  while (auto chunk = result.Next().value()) rows += chunk->size();
  EXPECT_EQ(rows, 100000U);
}

TEST(ConnectionTest, AFileThatIsNoDatabaseIsCorrupt) {
  const auto path = std::filesystem::temp_directory_path() / "casebook_no_database.duckdb";
  std::ofstream(path) << std::string(20000, 'x');
  auto database = Database::Open(path, {});
  ASSERT_FALSE(database.ok());
  EXPECT_EQ(database.error().code, ErrorCode::kCorrupt);
  std::filesystem::remove(path);
}

TEST(ConnectionTest, ATransactionThatIsNotCommittedLeavesNothing) {
  Database database = Database::Open("", {}).value();
  Connection connection = database.Connect().value();
  ASSERT_TRUE(connection.Execute("CREATE TABLE t (i INT)").ok());
  {
    Transaction transaction = Transaction::Begin(connection).value();
    ASSERT_TRUE(connection.Execute("INSERT INTO t VALUES (1)").ok());
  }
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM t").value(), 0);
}

TEST(ConnectionTest, QuotedNamesAndTextsKeepTheirQuotes) {
  EXPECT_EQ(QuoteIdentifier("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(QuoteText("it's"), "'it''s'");
}

// Goal: a writer's row groups have the size it asked for, also after it comes back, and a reader needs not know.
TEST(ConnectionTest, RowGroupsHaveTheSizeAskedFor) {
  const auto path = std::filesystem::temp_directory_path() / ("casebook_row_groups_" + std::to_string(::getpid()) + ".duckdb");
  std::filesystem::remove(path);
  constexpr uint64_t kRows = 4096;
  constexpr char kSizes[] =
      "SELECT string_agg(DISTINCT rows, ' ' ORDER BY rows) FROM (SELECT sum(count) AS rows FROM pragma_storage_info('t') "
      "WHERE segment_type = 'BIGINT' GROUP BY row_group_id)";
  for (int run = 1; run <= 2; ++run) {
    Database database = Database::Open(path, {.row_group_rows = kRows}).value();
    Connection connection = database.Connect().value();
    ASSERT_TRUE(connection.Execute("CREATE TABLE IF NOT EXISTS t (x BIGINT); INSERT INTO t SELECT * FROM range(8192)").ok());
    ASSERT_TRUE(connection.Execute("CHECKPOINT").ok());
    EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM t").value(), run * 8192);
  }
  Database database = Database::Open(path, {.read_only = true}).value();
  Connection connection = database.Connect().value();
  EXPECT_EQ(connection.QueryText(kSizes).value(), std::to_string(kRows));
  EXPECT_EQ(connection.QueryInt64("SELECT sum(x) FROM t").value(), int64_t{8191} * 8192);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace casebook
