// Goal: ranges, intervals and buckets behave on the engine as GoogleSQL's.
// Method: expressions with answers known from GoogleSQL, run on the engine.
#include <gtest/gtest.h>

#include "analysis/resolver.h"
#include "engines/duckdb/answer_for_test.h"
#include "engines/duckdb/emitter.h"
#include "engines/duckdb/register_functions.h"
#include "engines/duckdb/tables_for_test.h"
#include "sql/parser.h"

namespace casebook::engines {
namespace {

class TemporalTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(RegisterFunctions(connection_.handle()).ok()); }

  std::string Run(const std::string& query) {
    auto parsed = sql::ParseQuery(query);
    if (!parsed.ok()) return "refused: " + parsed.error().message;
    auto resolved = analysis::Resolve(*parsed.value(), tables_, options_);
    if (!resolved.ok()) return "refused: " + resolved.error().message;
    auto emitted = EmitDuckDb(resolved.value());
    if (!emitted.ok()) return "refused: " + emitted.error().message;
    return AnswerForTest(connection_, resolved.value(), emitted.value());
  }
  std::string Text(const std::string& expression) { return Run("SELECT CAST(" + expression + " AS STRING)"); }
  std::string Value(const std::string& expression) { return Run("SELECT " + expression); }
  bool Fails(const std::string& expression) { return Value(expression).starts_with("error: "); }
  bool IsRefused(const std::string& expression) { return Value(expression).starts_with("refused: "); }

  TestTables tables_;
  analysis::ResolveOptions options_ = TestOptions();
  Database database_ = Database::Open("", {}).value();
  Connection connection_ = database_.Connect().value();
};

TEST_F(TemporalTest, UnboundedEndsAreNullAndBeyondEveryDate) {
  EXPECT_EQ(Text("RANGE<DATE> '[UNBOUNDED, 2024-01-01)'"), "\"[UNBOUNDED, 2024-01-01)\"\n");
  EXPECT_EQ(Value("RANGE_START(RANGE<DATE> '[UNBOUNDED, 2024-01-01)'), RANGE_END(RANGE(DATE '2024-01-01', NULL))"),
            "null | null\n");
  EXPECT_EQ(Value("RANGE<DATE> '[NULL, 2024-01-01)' < RANGE<DATE> '[0001-01-01, 2024-01-01)', "
                  "RANGE<DATE> '[2024-01-01, NULL)' > RANGE<DATE> '[2024-01-01, 9999-12-31)', "
                  "RANGE<DATE> '[2024-01-01, NULL)' = RANGE(DATE '2024-01-01', NULL)"),
            "true | true | true\n");
}

TEST_F(TemporalTest, ARangeHoldsItsStartAndNotItsEnd) {
  EXPECT_EQ(Value("RANGE_CONTAINS(RANGE<DATE> '[2024-01-01, 2024-02-01)', DATE '2024-01-01'), "
                  "RANGE_CONTAINS(RANGE<DATE> '[2024-01-01, 2024-02-01)', DATE '2024-02-01'), "
                  "RANGE_OVERLAPS(RANGE<DATE> '[2024-01-01, 2024-02-01)', RANGE<DATE> '[2024-02-01, NULL)')"),
            "true | false | false\n");
}

TEST_F(TemporalTest, EmptyRangesAreErrorsAndSafeMakesThemNull) {
  EXPECT_TRUE(Fails("RANGE_START(RANGE(DATE '2024-01-01', DATE '2024-01-01'))"));
  EXPECT_EQ(Value("RANGE_START(SAFE.RANGE(DATE '2024-01-02', DATE '2024-01-01'))"), "null\n");
  EXPECT_TRUE(Fails("RANGE_START(RANGE_INTERSECT(RANGE(DATE '2024-01-01', DATE '2024-01-02'), RANGE(DATE '2024-01-02', NULL)))"));
  EXPECT_TRUE(IsRefused("RANGE<DATE> '[2024-01-02, 2024-01-01)'"));
  EXPECT_TRUE(IsRefused("RANGE(DATE '2024-01-01', DATETIME '2024-01-02')"));
  EXPECT_TRUE(IsRefused("RANGE(NULL, NULL)"));
}

TEST_F(TemporalTest, RangesGroupAndANullIsNoRange) {
  EXPECT_EQ(Run("SELECT COUNT(*), COUNT(r) FROM UNNEST([RANGE(DATE '2024-01-01', NULL), RANGE<DATE> '[2024-01-01, NULL)', "
                "CAST(NULL AS RANGE<DATE>)]) AS r GROUP BY r ORDER BY r"),
            "1 | 0\n2 | 2\n");
  EXPECT_EQ(Value("RANGE_START(SAFE_CAST('x' AS RANGE<DATE>)), RANGE_CONTAINS(CAST(NULL AS RANGE<DATE>), DATE '2024-01-01')"),
            "null | null\n");
}

TEST_F(TemporalTest, StepsOfMonthsAreCountedFromTheStart) {
  EXPECT_EQ(Run("SELECT RANGE_START(r) FROM UNNEST(GENERATE_RANGE_ARRAY(RANGE(DATE '2024-01-31', DATE '2024-04-15'), "
                "INTERVAL 1 MONTH, FALSE)) AS r ORDER BY 1"),
            "2024-01-31\n2024-02-29\n");
}

TEST_F(TemporalTest, IntervalsCompareByMonthsOfThirtyDays) {
  EXPECT_EQ(Value("INTERVAL 1 MONTH = INTERVAL 720 HOUR, INTERVAL 1 MONTH < INTERVAL 31 DAY"), "true | true\n");
  EXPECT_EQ(Text("GREATEST(INTERVAL 1 DAY, INTERVAL 25 HOUR)"), "\"0-0 0 25:0:0\"\n");
  EXPECT_EQ(Text("MAKE_INTERVAL(1, day => 2, second => -3)"), "\"1-0 2 -0:0:3\"\n");
  EXPECT_EQ(Run("SELECT CAST(SUM(i) AS STRING), CAST(AVG(i) AS STRING) FROM UNNEST([INTERVAL 1 MONTH, INTERVAL 5 HOUR]) AS i"),
            "\"0-1 0 5:0:0\" | \"0-0 15 2:30:0\"\n");
}

TEST_F(TemporalTest, WhatDividesUnevenlyGoesToTheNextPart) {
  EXPECT_EQ(Text("INTERVAL '1-1 1 1:1:1' YEAR TO SECOND / 7"), "\"0-1 25 20:43:0.142857\"\n");
  EXPECT_TRUE(Fails("CAST(INTERVAL 1 DAY / 0 AS STRING)"));
  EXPECT_TRUE(Fails("CAST(INTERVAL 1 DAY * 3660001 AS STRING)"));
}

TEST_F(TemporalTest, JustifiedPartsHaveOneSign) {
  EXPECT_EQ(Text("JUSTIFY_INTERVAL(INTERVAL '0-1 0 -1:0:0' YEAR TO SECOND)"), "\"0-0 29 23:0:0\"\n");
  EXPECT_EQ(Text("JUSTIFY_HOURS(INTERVAL '5-1 5 -100:0:0' YEAR TO SECOND)"), "\"5-1 0 20:0:0\"\n");
}

TEST_F(TemporalTest, BucketsAreCountedFromTheirOrigin) {
  EXPECT_EQ(Value("DATE_BUCKET(DATE '2020-02-28', INTERVAL 1 MONTH, DATE '2019-12-31'), "
                  "DATE_BUCKET(DATE '1949-12-29', INTERVAL 2 DAY), "
                  "DATETIME_BUCKET(DATETIME '2020-01-31 12:00:00', INTERVAL 1 MONTH, DATETIME '2019-12-31 13:00:00')"),
            "2020-01-31 | 1949-12-28 | 2019-12-31 13:00:00\n");
  EXPECT_TRUE(Fails("DATE_BUCKET(DATE '2020-01-01', INTERVAL 0 DAY)"));
  EXPECT_TRUE(Fails("DATE_BUCKET(DATE '0001-01-01', INTERVAL 7 DAY)"));
  EXPECT_TRUE(Fails("TIMESTAMP_BUCKET(TIMESTAMP '2020-01-01 00:00:00+00', INTERVAL 1 MONTH)"));
}

TEST_F(TemporalTest, MonthsEndWhereMonthsEnd) {
  EXPECT_EQ(Value("LAST_DAY(DATE '2024-02-05'), LAST_DAY(DATETIME '2024-02-05 10:00:00', ISOYEAR), "
                  "ADD_MONTHS(DATE '2026-02-28', -1), MONTHS_BETWEEN(DATE '2008-03-31', DATE '2008-02-29'), "
                  "NEXT_DAY(DATE '2024-03-01', 'fri')"),
            "2024-02-29 | 2024-12-29 | 2026-01-31 | 1 | 2024-03-08\n");
  EXPECT_TRUE(IsRefused("LAST_DAY(DATE '2024-02-05', DAY)"));
}

TEST_F(TemporalTest, BytesAndTextsTakeEncodings) {
  EXPECT_EQ(Value("CAST(b'abc' AS STRING FORMAT 'base8'), CAST(b'ab' AS STRING FORMAT 'BASE32'), CAST('616' AS BYTES FORMAT 'HEX'), "
                  "SAFE_CAST(b'\\xff' AS STRING FORMAT 'UTF-8'), SAFE_CAST('x' AS BYTES FORMAT 'none')"),
            "\"30261143\" | \"MFRA====\" | x'0616' | null | null\n");
}

}  // namespace
}  // namespace casebook::engines
