#include "queries/engine_message.h"

#include <gtest/gtest.h>

#include "duckdb/connection.h"

namespace casebook {
namespace {

// Goal: what the engine says is told in GoogleSQL's words. Method: let the engine itself fail.
class EngineMessageTest : public ::testing::Test {
 protected:
  Error FailureOf(const std::string& sql) {
    auto result = connection_.Query(sql);
    EXPECT_FALSE(result.ok()) << sql;
    return result.ok() ? Error{} : TranslateEngineError(result.error().message);
  }
  std::string MessageOf(const std::string& sql) { return FailureOf(sql).message; }

  Database database_ = Database::Open("", {}).value();
  Connection connection_ = database_.Connect().value();
};

TEST_F(EngineMessageTest, ArithmeticIsNamed) {
  EXPECT_EQ(MessageOf("SELECT 9223372036854775807::BIGINT + x FROM (SELECT 1::BIGINT AS x)"),
            "int64 overflow: 9223372036854775807 + 1");
  EXPECT_EQ(MessageOf("SELECT 9223372036854775807::BIGINT * x FROM (SELECT 2::BIGINT AS x)"),
            "int64 overflow: 9223372036854775807 * 2");
  EXPECT_EQ(MessageOf("SELECT CAST(SUM(x) AS BIGINT) FROM (VALUES (9223372036854775807::BIGINT), (1)) AS t(x)"),
            "int64 overflow: 9223372036854775808");
  EXPECT_EQ(MessageOf("SELECT error('division by zero: 1 / 0')"), "division by zero: 1 / 0");
}

TEST_F(EngineMessageTest, CastsNameTheValue) {
  EXPECT_EQ(MessageOf("SELECT CAST(x AS BIGINT) FROM (SELECT 'abc' AS x)"), "bad INT64 value: abc");
  EXPECT_EQ(MessageOf("SELECT CAST(x AS DOUBLE) FROM (SELECT 'abc' AS x)"), "bad FLOAT64 value: abc");
  EXPECT_EQ(MessageOf("SELECT CAST(x AS BOOL) FROM (SELECT 'abc' AS x)"), "bad BOOL value: abc");
  EXPECT_EQ(MessageOf("SELECT CAST(x AS DECIMAL(38, 9)) FROM (SELECT 'abc' AS x)"), "invalid NUMERIC value: abc");
  EXPECT_EQ(MessageOf("SELECT CAST(x AS DATE) FROM (SELECT '2024-13-01' AS x)"), "invalid date: '2024-13-01'");
  EXPECT_EQ(MessageOf("SELECT CAST(x AS TIMESTAMP) FROM (SELECT 'soon' AS x)"), "invalid timestamp: 'soon'");
}

TEST_F(EngineMessageTest, SubqueriesOfManyRowsAreNamed) {
  EXPECT_EQ(MessageOf("SELECT (SELECT x FROM range(3) AS t(x))"), "scalar subquery produced more than one element");
}

TEST_F(EngineMessageTest, MemoryIsALimit) {
  ASSERT_TRUE(connection_.Execute("SET memory_limit='20MB'; SET max_temp_directory_size='0KB'").ok());
  const Error error = FailureOf("SELECT list(x) FROM range(100000000) AS t(x)");
  EXPECT_EQ(error.code, ErrorCode::kLimit) << error.message;
}

TEST(TranslateEngineErrorTest, UnknownMessagesAreOneCleanLine) {
  EXPECT_EQ(TranslateEngineError("Binder Error: Something new!\n\nLINE 1: SELECT\n  ^").message, "something new");
  EXPECT_EQ(TranslateEngineError("Invalid Input Error: LEFT needs text").message, "LEFT needs text");
  EXPECT_EQ(TranslateEngineError("").message, "");
}

}  // namespace
}  // namespace casebook
