// Goal: an answer is GoogleSQL's, where DuckDB alone would answer something else.
// Method: queries with answers known from GoogleSQL, run on the engine.
#include <gtest/gtest.h>

#include "engines/duckdb/execution_for_test.h"

namespace casebook::engines {
namespace {

TEST_F(ExecutionTest, DivisionIsOfFloatsAndByZeroAnError) {
  EXPECT_EQ(Value("7 / 2"), "3.5\n");
  EXPECT_TRUE(Fails("7 / 0"));
  EXPECT_TRUE(Fails("DIV(7, 0)"));
  EXPECT_TRUE(Fails("MOD(7, 0)"));
  EXPECT_EQ(Value("SAFE_DIVIDE(7, 0), DIV(-7, 2), MOD(-7, 2)"), "null | -3 | -1\n");
}

TEST_F(ExecutionTest, OverflowIsAnErrorAndSafeMakesItNull) {
  EXPECT_TRUE(Fails("9223372036854775807 + 1"));
  EXPECT_TRUE(Fails("1e308 * 10"));
  EXPECT_EQ(Value("SAFE_ADD(9223372036854775807, 1), SAFE.ABS(-9223372036854775808)"), "null | null\n");
}

TEST_F(ExecutionTest, SumOfInt64StaysInt64) {
  EXPECT_EQ(Run("SELECT SUM(x) FROM UNNEST([1, 2, NULL]) AS x"), "3\n");
  EXPECT_TRUE(Run("SELECT SUM(x) FROM UNNEST([9223372036854775807, 1]) AS x").starts_with("error: "));
}

TEST_F(ExecutionTest, NanIsEqualToNothingAndSmallest) {
  EXPECT_EQ(Run("SELECT name FROM agent_dim WHERE rating = rating ORDER BY name"), "\"Ada\"\n");
  EXPECT_EQ(Run("SELECT name FROM agent_dim WHERE rating > 1"), "\"Ada\"\n");
  EXPECT_EQ(Run("SELECT name FROM agent_dim ORDER BY rating"), "\"Bob\"\n\"Cem\"\n\"Ada\"\n");
  EXPECT_EQ(Run("SELECT MIN(rating), MAX(rating) FROM agent_dim"), "nan | nan\n");
}

TEST_F(ExecutionTest, NullsComeFirstAscendingAndLastDescending) {
  EXPECT_EQ(Run("SELECT account FROM visits ORDER BY account"), "null\n7\n8\n");
  EXPECT_EQ(Run("SELECT account FROM visits ORDER BY account DESC"), "8\n7\nnull\n");
  EXPECT_EQ(Run("SELECT account FROM visits ORDER BY account NULLS LAST"), "7\n8\nnull\n");
}

TEST_F(ExecutionTest, InWithNullIsUnknown) {
  EXPECT_EQ(Value("1 IN (2, NULL), 2 IN (2, NULL), NULL IN (1), 1 NOT IN (2, NULL)"), "null | true | null | null\n");
  EXPECT_EQ(Run("SELECT name FROM agent_dim WHERE level NOT IN (SELECT account FROM visits)"), "");
  EXPECT_EQ(Value("STRUCT(1, NULL) = STRUCT(1, 2), STRUCT(1, NULL) = STRUCT(2, 2)"), "null | false\n");
}

TEST_F(ExecutionTest, CastsRoundHalfAwayFromZero) {
  EXPECT_EQ(Value("CAST(2.5 AS INT64), CAST(-2.5 AS INT64), ROUND(-0.5), ROUND(1234.5678, -2)"), "3 | -3 | -1 | 1200\n");
  EXPECT_TRUE(Fails("CAST('abc' AS INT64)"));
  EXPECT_EQ(Value("SAFE_CAST('abc' AS INT64), CAST('0x1F' AS INT64), CAST(0.1 AS STRING), CAST(1e20 AS STRING)"),
            "null | 31 | \"0.1\" | \"1e+20\"\n");
  EXPECT_EQ(Value("CAST('0x1F' AS FLOAT64), CAST('-0x1.8p1' AS FLOAT64), CAST('1e400' AS FLOAT64), CAST('1e-400' AS FLOAT64)"),
            "31 | -3 | inf | 0\n");
  EXPECT_TRUE(Fails("CAST('0x' AS FLOAT64)"));
}

TEST_F(ExecutionTest, NumericIsExact) {
  EXPECT_EQ(Value("NUMERIC '0.1' + NUMERIC '0.2', NUMERIC '1' / 3, NUMERIC '1.5' * NUMERIC '2.5', CAST(1.1 AS NUMERIC)"),
            "0.3 | 0.333333333 | 3.75 | 1.1\n");
  EXPECT_EQ(Run("SELECT SUM(fee), AVG(fee) FROM visits"), "-1 | -0.5\n");
}

TEST_F(ExecutionTest, SubstrCountsCharactersFromBothEnds) {
  EXPECT_EQ(Value("SUBSTR('héllo', 2, 3), SUBSTR('abc', -2), SUBSTR('abc', 0, 2), SUBSTR('abc', -9, 2), SUBSTR('abc', 9)"),
            "\"éll\" | \"bc\" | \"ab\" | \"ab\" | \"\"\n");
  EXPECT_TRUE(Fails("SUBSTR('abc', 1, -1)"));
  EXPECT_EQ(Value("LENGTH('héllo'), BYTE_LENGTH('héllo'), UPPER('straße'), REVERSE('hé')"), "5 | 6 | \"STRASSE\" | \"éh\"\n");
}

TEST_F(ExecutionTest, LikeTakesBackslashAsEscape) {
  EXPECT_EQ(Value(R"('a%b' LIKE r'a\%b', 'axb' LIKE r'a\%b', 'axb' LIKE 'a_b', 'é' LIKE '_', b'\xc3\xa9' LIKE b'_')"),
            "true | false | true | true | false\n");
  EXPECT_TRUE(Fails(R"('a' LIKE 'a\\')"));
}

TEST_F(ExecutionTest, ArraySubscriptsCheckTheirBounds) {
  EXPECT_EQ(Value("[1, 2][OFFSET(0)], [1, 2][ORDINAL(2)], [1, 2][SAFE_OFFSET(5)]"), "1 | 2 | null\n");
  EXPECT_TRUE(Fails("[1, 2][OFFSET(2)]"));
  EXPECT_TRUE(Fails("[1, 2][ORDINAL(0)]"));
  EXPECT_EQ(Value("ARRAY_LENGTH([1, NULL]), ARRAY_TO_STRING(['a', NULL, 'c'], ',', '?'), ARRAY_REVERSE([1, 2])"),
            "2 | \"a,?,c\" | [2, 1]\n");
}

TEST_F(ExecutionTest, WeeksAndBoundariesAreBigQuerys) {
  EXPECT_EQ(Value("DATE_TRUNC(DATE '2024-03-03', WEEK), DATE_TRUNC(DATE '2024-03-03', ISOWEEK), "
                  "EXTRACT(DAYOFWEEK FROM DATE '2024-03-03'), EXTRACT(ISOWEEK FROM DATE '2021-01-03')"),
            "2024-03-03 | 2024-02-26 | 1 | 53\n");
  EXPECT_EQ(Value("DATE_DIFF(DATE '2024-01-01', DATE '2023-12-31', YEAR), "
                  "TIMESTAMP_DIFF(TIMESTAMP '2024-01-02 00:00:00', TIMESTAMP '2024-01-01 23:00:00', DAY), "
                  "DATE_ADD(DATE '2024-01-31', INTERVAL 1 MONTH)"),
            "1 | 0 | 2024-02-29\n");
}

// Europe/London: clocks go forward on 2025-03-30 at 01:00 UTC and back on 2025-10-26 at 01:00 UTC.
TEST_F(ExecutionTest, ZonesAreRightInBothDirections) {
  EXPECT_EQ(Value("DATETIME(TIMESTAMP '2025-03-30 00:59:59+00', 'Europe/London'), "
                  "DATETIME(TIMESTAMP '2025-03-30 01:00:00+00', 'Europe/London')"),
            "2025-03-30 00:59:59 | 2025-03-30 02:00:00\n");
  EXPECT_EQ(Value("TIMESTAMP(DATETIME '2025-10-26 01:30:00', 'Europe/London'), "
                  "TIMESTAMP(DATETIME '2025-10-26 02:30:00', 'Europe/London'), "
                  "DATE(TIMESTAMP '2025-06-30 23:30:00+00', 'Europe/London')"),
            "2025-10-26 00:30:00+00 | 2025-10-26 02:30:00+00 | 2025-07-01\n");
  EXPECT_EQ(Value("EXTRACT(HOUR FROM TIMESTAMP '2025-07-01 12:00:00+00' AT TIME ZONE 'Europe/London')"), "13\n");
}

TEST_F(ExecutionTest, TheDefaultZoneIsAnOption) {
  options_.default_time_zone = "America/Los_Angeles";
  EXPECT_EQ(Value("TIMESTAMP '2024-01-01 00:00:00', DATE(TIMESTAMP '2024-01-01 00:00:00+00'), CURRENT_DATE()"),
            "2024-01-01 08:00:00+00 | 2023-12-31 | 2025-03-28\n");
}

TEST_F(ExecutionTest, OneRunHasOneClock) {
  EXPECT_EQ(Value("CURRENT_TIMESTAMP(), CURRENT_DATE(), CURRENT_DATE('Asia/Tokyo')"),
            "2025-03-28 16:42:10.318+00 | 2025-03-28 | 2025-03-29\n");
}

TEST_F(ExecutionTest, FormatsAndParsesTheCommonElements) {
  EXPECT_EQ(Value("FORMAT_DATE('%a %d %b %Y', DATE '2024-02-29'), PARSE_DATE('%d/%m/%Y', '29/02/2024'), "
                  "FORMAT_TIMESTAMP('%F %H:%M %Ez', TIMESTAMP '2025-07-01 12:00:00+00', 'Europe/London'), "
                  "FORMAT('%05d|%-4s|%.2f|%t', 42, 'ab', 1.005, DATE '2024-01-01')"),
            "\"Thu 29 Feb 2024\" | 2024-02-29 | \"2025-07-01 13:00 +01:00\" | \"00042|ab  |1.00|2024-01-01\"\n");
  // The type says which elements there are, not the name of the function.
  EXPECT_EQ(Value("FORMAT_DATE('%F %R', DATETIME '2024-01-02 03:04:05'), FORMAT_DATE('%F %z', TIMESTAMP '2024-01-02 23:04:05+00', 'Asia/Tokyo'), "
                  "FORMAT_DATETIME('%R %Ez', TIMESTAMP '2024-01-02 03:04:05+00'), FORMAT_TIMESTAMP('%R %z', DATETIME '2024-01-02 03:04:05')"),
            "\"2024-01-02 03:04\" | \"2024-01-03 +0900\" | \"03:04 +00:00\" | \"03:04 %z\"\n");
}

TEST_F(ExecutionTest, ErrorIsOfAnyType) {
  EXPECT_EQ(Value("IF(TRUE, 'a', ERROR('x')), COALESCE(DATE '2024-01-01', ERROR('x'))"), "\"a\" | 2024-01-01\n");
  EXPECT_TRUE(Fails("IF(FALSE, [1], ERROR('x'))"));
  EXPECT_TRUE(Fails("ERROR(CAST(NULL AS STRING))"));
}

TEST_F(ExecutionTest, TextsAndBytesAreDifferentThings) {
  for (const char* bad : {"CONCAT('a', b'b')", "b'a' = 'a'", "[b'a', 'a']", "STARTS_WITH(b'a', 'a')"}) {
    EXPECT_TRUE(Value(bad).starts_with("refused: ")) << bad;
  }
  EXPECT_TRUE(Fails("FROM_BASE64('-_-_')"));
  EXPECT_EQ(Value("CODE_POINTS_TO_BYTES([256, NULL]), CODE_POINTS_TO_STRING([-1, NULL])"), "null | null\n");
}

TEST_F(ExecutionTest, ArraysSortByTheirElementsNullFirst) {
  EXPECT_EQ(Run("SELECT a FROM UNNEST([STRUCT([1, 2] AS a), STRUCT([1, NULL] AS a), STRUCT(CAST([] AS ARRAY<INT64>) AS a)]) ORDER BY a"),
            "[]\n[1, null]\n[1, 2]\n");
}

TEST_F(ExecutionTest, JsonKeepsNullAndAbsentApart) {
  EXPECT_EQ(Value(R"(JSON_VALUE('{"a": {"b": "x"}, "n": 1.50}', '$.a.b'), JSON_VALUE('{"n": 1}', '$.n'), )"
                  R"(JSON_VALUE('{"a": []}', '$.a'), JSON_QUERY('{"a": [1, {"b": 2}]}', '$.a'))"),
            "\"x\" | \"1\" | null | \"[1,{\\\"b\\\":2}]\"\n");
}

TEST_F(ExecutionTest, RegularExpressionsAreRe2s) {
  EXPECT_EQ(Value(R"(REGEXP_CONTAINS('abc', 'b.'), REGEXP_EXTRACT('k=v', r'(\w)=\w'), REGEXP_EXTRACT('x', 'y'), )"
                  R"(REGEXP_EXTRACT_ALL('a1b2', r'\d'), REGEXP_REPLACE('abc', '(b)', r'[\1]'))"),
            "true | \"k\" | null | [\"1\", \"2\"] | \"a[b]c\"\n");
  EXPECT_TRUE(Fails("REGEXP_CONTAINS('a', '(')"));
}

TEST_F(ExecutionTest, AggregatesKeepOrderLimitAndNulls) {
  EXPECT_EQ(Run("SELECT ARRAY_AGG(x ORDER BY x DESC LIMIT 2), STRING_AGG(CAST(x AS STRING), '-' ORDER BY x), COUNTIF(x > 1) "
                "FROM UNNEST([3, 1, 2]) AS x"),
            "[3, 2] | \"1-2-3\" | 2\n");
  EXPECT_EQ(Run("SELECT SUM(x), COUNT(x), MAX(x), ARRAY_AGG(x) FROM UNNEST(CAST([] AS ARRAY<INT64>)) AS x"),
            "null | 0 | null | null\n");
}

TEST_F(ExecutionTest, UnnestKeepsOrderAndOffsets) {
  EXPECT_EQ(Run("SELECT v.id, t, o FROM visits v, v.tags AS t WITH OFFSET AS o ORDER BY o DESC"), "\"v1\" | \"y\" | 1\n\"v1\" | \"x\" | 0\n");
  EXPECT_EQ(Run("SELECT v.id, t FROM visits v LEFT JOIN UNNEST(v.tags) AS t ON t = 'y' ORDER BY v.id"),
            "\"v1\" | \"y\"\n\"v2\" | null\n\"v3\" | null\n");
  EXPECT_EQ(Run("SELECT ARRAY(SELECT x * 2 FROM UNNEST([1, 2, 3]) AS x WHERE x > 1 ORDER BY x DESC)"), "[6, 4]\n");
}

TEST_F(ExecutionTest, ParametersAreTypedValues) {
  options_.named_parameters = {{"day", {TypeKind::kDate, false, "2025-03-28", {}}},
                               {"ids", {Type::Array(TypeKind::kString), false, "", {{TypeKind::kString, false, "c1", {}}}}}};
  options_.positional_parameters = {{TypeKind::kInt64, false, "7", {}}};
  EXPECT_EQ(Run("SELECT COUNT(*) FROM case_events WHERE meta_enriched_landed_date = @day AND id IN UNNEST(@ids)"), "2\n");
  EXPECT_EQ(Run("SELECT COUNT(*) FROM case_events WHERE account = ?"), "3\n");
}

TEST_F(ExecutionTest, TextsAndNamesCannotLeaveTheirQuotes) {
  EXPECT_EQ(Value(R"('it\'s; DROP TABLE visits' AS `a"b`)"), "\"it's; DROP TABLE visits\"\n");
  EXPECT_EQ(Run("SELECT COUNT(*) FROM visits"), "3\n");
}

}  // namespace
}  // namespace casebook::engines
