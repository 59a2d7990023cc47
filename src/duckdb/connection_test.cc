#include "duckdb/connection.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace casebook
