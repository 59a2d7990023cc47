// Goal: whole queries answer as GoogleSQL does: pipes, set operations, pivots, recursion, definitions.
// Method: queries with answers known from GoogleSQL, run on the engine.
#include <gtest/gtest.h>

#include "analysis/definitions.h"
#include "engines/duckdb/execution_for_test.h"

namespace casebook::engines {
namespace {

class QueryExecutionTest : public ExecutionTest {
 protected:
  void Define(const std::string& statement) {
    auto parsed = sql::ParseStatement(statement);
    ASSERT_TRUE(parsed.ok()) << parsed.error().message;
    definitions_.Put(std::move(parsed).value());
    options_.definitions = &definitions_;
  }

  analysis::Definitions definitions_;
};

TEST_F(QueryExecutionTest, PipesGoFromOperatorToOperator) {
  EXPECT_EQ(Run("FROM UNNEST([3, 1, 2]) AS x |> WHERE x > 1 |> EXTEND x * 10 AS y |> SET y = y + 1 |> ORDER BY x"),
            "2 | 21\n3 | 31\n");
  EXPECT_EQ(Run("FROM agent_dim |> AGGREGATE COUNT(*) AS n GROUP AND ORDER BY level DESC"), "2 | 2\n1 | 1\n");
  EXPECT_EQ(Run("FROM agent_dim |> AGGREGATE MAX(name) AS last DESC GROUP BY level"), "2 | \"Cem\"\n1 | \"Ada\"\n");
  EXPECT_EQ(Run("FROM (SELECT 1 AS x, 2 AS y) AS t |> SET x = 9 |> DROP y |> SELECT x, t.x AS before, t.y"), "9 | 1 | 2\n");
  EXPECT_EQ(Run("SELECT AS STRUCT 1 AS a, 2 AS b |> SELECT b, a"), "2 | 1\n");
  EXPECT_EQ(Run("FROM UNNEST([1, 5]) AS x |> ASSERT x < 9, 'big', x |> AGGREGATE SUM(x)"), "6\n");
  EXPECT_TRUE(Run("FROM UNNEST([1, 5]) AS x |> ASSERT x < 5, 'big', x").find("Assert failed: big: 5") != std::string::npos);
}

// A constant instant is moved before the engine sees it.
TEST_F(QueryExecutionTest, AConstantInstantIsMovedAsOneInAColumn) {
  for (const std::string instant : {"0001-01-01 00:00:00", "1969-12-31 23:59:59.999999", "2024-02-29 12:30:00", "9999-12-31 23:59:59.999999"}) {
    for (const std::string distance : {"1 DAY", "-1 DAY", "30 DAY", "-36 HOUR", "59 MINUTE", "0 SECOND", "-1 MICROSECOND",
                                       "9223372036854775807 DAY", "-9223372036854775807 MICROSECOND"}) {
      for (const std::string function : {"TIMESTAMP_ADD", "TIMESTAMP_SUB", "SAFE.TIMESTAMP_ADD"}) {
        const std::string by = ", INTERVAL " + distance + ")";
        EXPECT_EQ(Value(function + "(TIMESTAMP '" + instant + "+00'" + by),
                  Run("SELECT " + function + "(t" + by + " FROM (SELECT TIMESTAMP '" + instant + "+00' AS t)"))
            << function << " " << instant << by;
      }
    }
  }
  EXPECT_EQ(Value("TIMESTAMP_SUB(TIMESTAMP '2024-03-01 00:00:00+00', INTERVAL 1 DAY)"),
            Value("TIMESTAMP '2024-02-29 00:00:00+00'"));
  EXPECT_EQ(Run("SELECT COUNT(*) FROM UNNEST([1, 2]) GROUP BY TIMESTAMP_ADD(TIMESTAMP '2024-03-01 00:00:00+00', INTERVAL 1 "
                "DAY) ORDER BY TIMESTAMP_ADD(TIMESTAMP '2024-03-01 00:00:00+00', INTERVAL 1 DAY)"),
            "2\n");
}

TEST_F(QueryExecutionTest, SetOperationsByNameFillWithNull) {
  EXPECT_EQ(Run("SELECT 1 AS a, 2 AS b FULL UNION ALL BY NAME SELECT 'x' AS c, 3 AS b |> ORDER BY b"),
            "1 | 2 | null\nnull | 3 | \"x\"\n");
  EXPECT_EQ(Run("SELECT 1 AS a, 2 AS b INNER UNION ALL BY NAME SELECT 4 AS c, 3 AS b |> ORDER BY b"), "2\n3\n");
  EXPECT_EQ(Run("SELECT 1 AS a, 2 AS b LEFT UNION ALL CORRESPONDING SELECT 3 AS b |> ORDER BY b"), "1 | 2\nnull | 3\n");
  EXPECT_EQ(Run("SELECT [] AS a UNION ALL SELECT NULL UNION ALL SELECT ['x'] |> AGGREGATE COUNT(*), SUM(ARRAY_LENGTH(a))"),
            "3 | 1\n");
  EXPECT_TRUE(Run("SELECT 1 AS a UNION ALL BY NAME SELECT 1 AS b").starts_with("refused: "));
  EXPECT_TRUE(Run("SELECT 1 AS a, 2 AS a FULL UNION ALL BY NAME SELECT 1 AS a").starts_with("refused: "));
}

TEST_F(QueryExecutionTest, PivotAndUnpivotAreOpposites) {
  EXPECT_EQ(Run("SELECT * FROM (SELECT 'k' AS k, 'a' AS n, 1 AS v UNION ALL SELECT 'k', 'b', 2 UNION ALL SELECT 'k', 'a', 5) "
                "PIVOT(SUM(v) FOR n IN ('a', 'b', 'c'))"),
            "\"k\" | 6 | 2 | null\n");
  EXPECT_EQ(Run("SELECT * FROM (SELECT 'k' AS k, 6 AS a, 2 AS b, CAST(NULL AS INT64) AS c) UNPIVOT(v FOR n IN (a, b, c)) "
                "ORDER BY n"),
            "\"k\" | 6 | \"a\"\n\"k\" | 2 | \"b\"\n");
  EXPECT_EQ(Run("SELECT * FROM (SELECT 1 AS x) PIVOT(COUNT(*) FOR x IN (1 AS one, NULL AS none))"), "1 | 0\n");
}

TEST_F(QueryExecutionTest, RecursionShowsItsDepthAndIsBounded) {
  EXPECT_EQ(Run("WITH RECURSIVE t AS (SELECT 0 AS n UNION ALL SELECT 10 * n + v FROM t, UNNEST([1, 2]) AS v) "
                "WITH DEPTH AS d BETWEEN 1 AND 2 SELECT n, d FROM t ORDER BY d, n"),
            "1 | 1\n2 | 1\n11 | 2\n12 | 2\n21 | 2\n22 | 2\n");
  EXPECT_EQ(Run("WITH RECURSIVE t AS (SELECT 'a' AS s UNION ALL SELECT s || 'b' FROM t) WITH DEPTH MAX 2 SELECT * FROM t ORDER BY depth"),
            "\"a\" | 0\n\"ab\" | 1\n\"abb\" | 2\n");
  EXPECT_EQ(Run("WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 400) SELECT MAX(n), COUNT(*) FROM t"),
            "400 | 400\n");
  EXPECT_TRUE(Run("WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n FROM t) SELECT COUNT(*) FROM t").starts_with("error: "));
}

TEST_F(QueryExecutionTest, PivotNamesWhatHasNoAlias) {
  const auto names = [&](const std::string& pivot) {
    auto parsed = sql::ParseQuery("SELECT * FROM (SELECT 2 AS q, 'x' AS s, 10 AS v) PIVOT(" + pivot + ")");
    auto resolved = analysis::Resolve(*parsed.value(), tables_, options_);
    if (!resolved.ok()) return resolved.error().message;
    std::string text;
    for (const auto& output : resolved.value().output) text += output.name + " ";
    return text;
  };
  EXPECT_EQ(names("SUM(v) FOR q IN (2, -3, NULL, 4 AS four)"), "s _2 minus_3 NULL four ");
  EXPECT_EQ(names("SUM(v) AS t FOR q IN (2, -3)"), "s t_2 t_minus_3 ");
  EXPECT_EQ(names("SUM(v) FOR s IN ('1x', '')"), "q 1x empty_string_value ");
}

TEST_F(QueryExecutionTest, RecursionEndsWhereNothingIsNew) {
  EXPECT_EQ(Run("WITH RECURSIVE t AS (SELECT 1 AS n UNION DISTINCT SELECT MOD(n * 2, 7) FROM t) SELECT n FROM t ORDER BY n"),
            "1\n2\n4\n");
  EXPECT_EQ(Run("WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL (WITH s AS (SELECT n FROM t WHERE n < 3) SELECT n + 1 FROM s)) "
                "SELECT SUM(n) FROM t"),
            "6\n");
  EXPECT_TRUE(Run("WITH RECURSIVE t AS (SELECT * FROM t) SELECT * FROM t").starts_with("refused: "));
}

TEST_F(QueryExecutionTest, AnAggregateOverNoRowsGivesOneRow) {
  EXPECT_EQ(Run("SELECT 'x' FROM (SELECT COUNT(*) AS c FROM UNNEST([1, 2, 3]))"), "\"x\"\n");
  EXPECT_EQ(Run("SELECT COUNT(*) FROM (SELECT SUM(x) FROM UNNEST([1, 2]) AS x WHERE FALSE)"), "1\n");
}

TEST_F(QueryExecutionTest, GroupsKnowTheRowsOfTheirGreatestValue) {
  EXPECT_EQ(Run("SELECT AVG(x HAVING MAX y), COUNT(*), ANY_VALUE(x HAVING MIN y) FROM "
                "UNNEST([STRUCT(1.0 AS x, 1 AS y), (2.0, 5), (4.0, 5), (9.0, NULL)])"),
            "3 | 4 | 1\n");
  EXPECT_EQ(Run("SELECT SUM(x HAVING MAX y) FROM UNNEST([STRUCT(1 AS x, CAST(NULL AS INT64) AS y), (2, NULL)])"), "3\n");
}

TEST_F(QueryExecutionTest, PercentilesAndTopValues) {
  EXPECT_EQ(Run("SELECT PERCENTILE_CONT(x, 0.5), PERCENTILE_DISC(x, 0.5) FROM UNNEST([1, 2, 3, 4]) AS x"), "2.5 | 2\n");
  EXPECT_EQ(Run("SELECT PERCENTILE_CONT(x, 0), PERCENTILE_CONT(x, 1) FROM UNNEST([1.0, CAST('nan' AS FLOAT64)]) AS x"),
            "nan | 1\n");
  EXPECT_EQ(Run("SELECT APPROX_QUANTILES(x, 2), APPROX_QUANTILES(DISTINCT x, 1) FROM UNNEST([5, 1, 1, 9]) AS x"),
            "[1, 1, 9] | [1, 9]\n");
  EXPECT_EQ(Run("SELECT APPROX_TOP_COUNT(x, 2), APPROX_TOP_SUM(x, y, 1) FROM "
                "UNNEST([STRUCT('a' AS x, 1 AS y), ('b', 9), ('a', 2), (NULL, 3)])"),
            "[(\"a\", 2), (\"b\", 1)] | [(\"b\", 9)]\n");
  EXPECT_TRUE(Run("SELECT PERCENTILE_CONT(x, 1.5) OVER () FROM UNNEST([1.0]) AS x").starts_with("refused: "));
}

TEST_F(QueryExecutionTest, PercentilesOfAPartitionStandInItsOrder) {
  EXPECT_EQ(Run("SELECT DISTINCT PERCENTILE_CONT(x, 0.5) OVER (), PERCENTILE_CONT(x, 0) OVER () FROM "
                "UNNEST([1.5, 2, CAST('nan' AS FLOAT64), NULL]) AS x"),
            "1.5 | nan\n");
  EXPECT_EQ(Run("SELECT DISTINCT PERCENTILE_DISC(x, 0.5) OVER (), PERCENTILE_DISC(x, 0 RESPECT NULLS) OVER () FROM "
                "UNNEST(['c', NULL, 'b', 'a']) AS x"),
            "\"b\" | null\n");
  EXPECT_EQ(Run("SELECT g, PERCENTILE_CONT(x, 0.25) OVER (PARTITION BY g) AS p FROM "
                "UNNEST([STRUCT(1 AS g, 10 AS x), (1, 20), (2, NULL)]) QUALIFY p IS NULL OR p > 12 ORDER BY g"),
            "1 | 12.5\n1 | 12.5\n2 | null\n");
}

TEST_F(QueryExecutionTest, PercentilesOfAGroupAreThoseOfThePartition) {
  // Of a list that comes in no order, and of windows over the sorted rows.
  const std::string rows = " FROM UNNEST(ARRAY(SELECT IF(MOD(i, 9) = 4, NULL, MOD(i * 7919, 101)) FROM "
                           "UNNEST(GENERATE_ARRAY(1, 200)) AS i)) AS x";
  const std::string floats = " FROM UNNEST([-0.5, 1e308, CAST('-inf' AS FLOAT64), 7, 7, CAST('nan' AS FLOAT64), NULL]) AS x";
  for (const char* share : {"0", "1", "0.1", "0.25", "0.3333333333333333", "0.5", "0.75", "0.9", "0.999"}) {
    for (const std::string& from : {rows, floats}) {
      const std::string asked = std::string("PERCENTILE_CONT(x, ") + share + ") OVER (), PERCENTILE_DISC(x, " + share +
                                ") OVER (), PERCENTILE_DISC(x, " + share + " RESPECT NULLS) OVER ()" + from;
      EXPECT_EQ(Run("SELECT DISTINCT " + asked), Run("SELECT " + asked + " LIMIT 1")) << asked;
    }
  }
}

TEST_F(QueryExecutionTest, DistinctOverWholePartitionsGivesARowEach) {
  const std::string from = " FROM UNNEST([STRUCT('a' AS g, 1 AS x), ('b', 4), ('a', 3), (NULL, 9), ('c', NULL), (NULL, 1)])";
  EXPECT_EQ(Run("SELECT DISTINCT g, SUM(x) OVER w AS s, CONCAT(g, '!'), COUNT(*) OVER (PARTITION BY g) + 1" + from +
                " WINDOW w AS (PARTITION BY g) ORDER BY s DESC, g"),
            "null | 10 | null | 3\n\"a\" | 4 | \"a!\" | 3\n\"b\" | 4 | \"b!\" | 2\n\"c\" | null | \"c!\" | 2\n");
  // Partitions that are alike in what is selected are one row; without partitions there is one for all rows, if any.
  EXPECT_EQ(Run("SELECT DISTINCT SUM(x) OVER (PARTITION BY g) AS s" + from + " WHERE g IS NOT NULL ORDER BY s"), "null\n4\n");
  EXPECT_EQ(Run("SELECT DISTINCT MAX(x) OVER (), 2 AS two" + from), "9 | 2\n");
  EXPECT_EQ(Run("SELECT DISTINCT MAX(x) OVER (), 2 AS two" + from + " WHERE x > 99"), "");
  EXPECT_EQ(Run("SELECT DISTINCT g, MIN(x) OVER (PARTITION BY UPPER(g)) AS m" + from + " WHERE g < 'c' ORDER BY g"),
            "\"a\" | 1\n\"b\" | 4\n");
  // What differs within a partition stays a window.
  EXPECT_EQ(Run("SELECT DISTINCT x, SUM(x) OVER (PARTITION BY g)" + from + " WHERE g = 'a' ORDER BY x"), "1 | 4\n3 | 4\n");
  EXPECT_EQ(Run("SELECT DISTINCT SUM(x) OVER (PARTITION BY g ORDER BY x) AS s" + from + " WHERE g = 'a' ORDER BY s"), "1\n4\n");
  EXPECT_EQ(Run("SELECT DISTINCT SUM(x) OVER (PARTITION BY g), SUM(x) OVER ()" + from + " WHERE g = 'a'"), "4 | 4\n");
  EXPECT_EQ(Run("SELECT COUNT(*) FROM (SELECT DISTINCT SUM(x) OVER (PARTITION BY g), RAND()" + from + ")"), "6\n");
}

TEST_F(QueryExecutionTest, OneRowOfManyThatOverflowsIsFound) {
  // More rows than the engine hands over at once, and NULLs in some of those portions.
  const std::string sum = "SAFE_ADD(IF(i = 4321, 9223372036854775807, i), 1)";
  const std::string from = " FROM UNNEST(GENERATE_ARRAY(1, 5000)) AS i";
  EXPECT_EQ(Run("SELECT COUNT(" + sum + "), SUM(" + sum + ")" + from), "4999 | 12503178\n");
  EXPECT_EQ(Run("SELECT COUNT(SAFE_ADD(IF(MOD(i, 2000) = 0, NULL, i), 9223372036854775807 - 4998))" + from), "4996\n");
  EXPECT_EQ(Run("SELECT COUNT(SAFE_DIVIDE(1, i - 7)), MAX(SAFE_DIVIDE(1, i - 7))" + from), "4999 | 1\n");
  EXPECT_TRUE(Run("SELECT SUM(IF(i = 4321, 9223372036854775807, i) + 1)" + from).starts_with("error: "));
  EXPECT_TRUE(Run("SELECT SUM(1 / (i - 4321))" + from).starts_with("error: "));
  EXPECT_TRUE(Run("SELECT MAX(i * IF(i = 4321, 1e308, 1))" + from).starts_with("error: "));
}

TEST_F(QueryExecutionTest, SafeSumsThatOverflowAreNull) {
  EXPECT_EQ(Run("SELECT SAFE.SUM(x), SAFE.COUNT(x) FROM UNNEST([9223372036854775807, 1]) AS x"), "null | 2\n");
  EXPECT_TRUE(Run("SELECT SUM(x) FROM UNNEST([9223372036854775807, 1]) AS x").starts_with("error: "));
}

TEST_F(QueryExecutionTest, FramesOverTheLargestNumbersDoNotOverflow) {
  EXPECT_EQ(Run("SELECT COUNT(*) OVER (ORDER BY x RANGE BETWEEN 2 PRECEDING AND 2 FOLLOWING) FROM "
                "UNNEST([9223372036854775807, 9223372036854775806, -9223372036854775808]) AS x ORDER BY x"),
            "1\n2\n2\n");
}

TEST_F(QueryExecutionTest, FunctionsStandForTheirBodies) {
  Define("CREATE TEMP FUNCTION twice(x INT64) AS (x * 2)");
  Define("CREATE TEMP FUNCTION longest(texts ANY TYPE) AS ((SELECT MAX(LENGTH(t)) FROM UNNEST(texts) AS t))");
  Define("CREATE TEMP FUNCTION in_words(n FLOAT64) RETURNS STRING AS (CAST(n AS STRING))");
  Define("CREATE TEMP AGGREGATE FUNCTION spread(x INT64) AS (MAX(x) - MIN(x))");
  EXPECT_EQ(Value("twice(twice(3)), longest(['a', 'bcd']), in_words(1)"), "12 | 3 | \"1\"\n");
  EXPECT_EQ(Run("SELECT twice(SUM(x)), spread(x) FROM UNNEST([1, 5]) AS x"), "12 | 4\n");
  EXPECT_EQ(Run("SELECT x FROM UNNEST([1, 2]) AS x WHERE twice(x) > 2"), "2\n");
  EXPECT_TRUE(Value("twice('a')").starts_with("refused: "));
  EXPECT_TRUE(Value("twice(1, 2)").starts_with("refused: "));
}

TEST_F(QueryExecutionTest, ABodySeesOnlyItsParameters) {
  Define("CREATE TEMP FUNCTION leaks() AS (x)");
  Define("CREATE TEMP FUNCTION shadow(x INT64) AS ((SELECT x FROM (SELECT 7 AS x)))");
  EXPECT_TRUE(Run("SELECT leaks() FROM (SELECT 1 AS x)").starts_with("refused: Invalid function leaks"));
  EXPECT_EQ(Value("shadow(1)"), "7\n");
  Define("CREATE TEMP FUNCTION loop_(x INT64) AS (loop_(x))");
  EXPECT_TRUE(Value("loop_(1)").starts_with("refused: "));
  Define("CREATE TEMP FUNCTION sum_twice(x FLOAT64) AS (x + x)");
  EXPECT_TRUE(Value("sum_twice(RAND())").find("another value at each mention") != std::string::npos);
}

TEST_F(QueryExecutionTest, ViewsAndTableFunctionsAreTables) {
  Define("CREATE VIEW levels (l, n) AS SELECT level, COUNT(*) FROM agent_dim GROUP BY level");
  Define("CREATE TABLE FUNCTION above(t TABLE<l INT64>, least INT64) AS SELECT l FROM t WHERE l > least");
  EXPECT_EQ(Run("WITH agent_dim AS (SELECT 1 AS unrelated) SELECT l, n FROM levels ORDER BY l"), "1 | 1\n2 | 2\n");
  EXPECT_EQ(Run("SELECT * FROM above(TABLE levels, 1)"), "2\n");
  EXPECT_EQ(Run("SELECT * FROM above((SELECT 'x' AS other, 9 AS l), 1)"), "9\n");
  EXPECT_EQ(Run("FROM levels |> CALL above(0) |> AGGREGATE SUM(l)"), "3\n");
}

TEST_F(QueryExecutionTest, TuplesAndFloatsAreLookedForAsGoogleSqlComparesThem) {
  EXPECT_EQ(Value("(1, 2) IN UNNEST([(1, 2)]), (1, 2) IN (SELECT AS STRUCT 1, 2), (1, 2) IN UNNEST([(1, 3)])"),
            "true | true | false\n");
  EXPECT_EQ(Value("(1, 2) IN UNNEST([STRUCT(1, CAST(NULL AS INT64))]), (1, 2) IN UNNEST([STRUCT(3, CAST(NULL AS INT64))])"),
            "null | false\n");
  EXPECT_EQ(Run("SELECT x IN (SELECT y FROM UNNEST([1.0, NULL]) AS y) FROM UNNEST([1.0, 2.0]) AS x ORDER BY x"),
            "true\nnull\n");
  EXPECT_EQ(Value("CAST('nan' AS FLOAT64) IN UNNEST([CAST('nan' AS FLOAT64)]), 1.0 IN UNNEST(CAST(NULL AS ARRAY<FLOAT64>))"),
            "false | false\n");
}

TEST_F(QueryExecutionTest, WithExpressionsNameValues) {
  EXPECT_EQ(Value("WITH(a AS 1, b AS a + 1, a * 10 + b)"), "12\n");
  EXPECT_EQ(Run("SELECT WITH(n AS COUNT(*), s AS SUM(x), s / n) FROM UNNEST([1, 4]) AS x"), "2.5\n");
}

TEST_F(QueryExecutionTest, ConstantsKeepTheOrderInWhichTheyAreWritten) {
  EXPECT_EQ(Run("SELECT ARRAY_AGG(x) FROM (SELECT 3 AS x UNION ALL SELECT 1 UNION ALL SELECT 2)"), "[3, 1, 2]\n");
  EXPECT_EQ(Run("WITH t AS (SELECT 'b' AS x, 1.5 AS y UNION ALL SELECT 'a', 2 UNION ALL SELECT 'c', NULL UNION ALL SELECT 'd', 4) "
                "SELECT STRING_AGG(x, ''), SUM(y) FROM t"),
            "\"bacd\" | 7.5\n");
  // What is not constant stays a query.
  EXPECT_EQ(Run("SELECT (SELECT SUM(v) FROM (SELECT x AS v UNION ALL SELECT x * 2)) FROM UNNEST([1, 2]) AS x ORDER BY 1"), "3\n6\n");
  EXPECT_EQ(Run("SELECT COUNT(DISTINCT r) FROM (SELECT RAND() AS r UNION ALL SELECT RAND())"), "2\n");
}

TEST_F(QueryExecutionTest, SafeSubscriptsOfConstantsAreNullBeyondTheEnd) {
  EXPECT_EQ(Value("['a'][SAFE_OFFSET(1)], ['a'][SAFE_ORDINAL(1)], [TRUE][SAFE_OFFSET(-1)]"), "null | \"a\" | null\n");
  EXPECT_EQ(Value("SAFE.SAFE_ADD(9223372036854775807, 1)"), "null\n");
}

TEST_F(QueryExecutionTest, NullAsItIsWrittenIsNoOperand) {
  for (const char* value : {"1 = NULL", "NULL / 2", "NULL || 'a'", "'a' NOT LIKE NULL", "-NULL", "~NULL", "NOT NULL"}) {
    EXPECT_NE(Value(value).find("cannot be literal NULL"), std::string::npos) << value;
  }
  EXPECT_EQ(Value("1 << NULL, TRUE OR NULL, NULL IS DISTINCT FROM 1, 1 IN (NULL)"), "null | true | true | null\n");
}

TEST_F(QueryExecutionTest, JoinsOfACorrelatedSubquery) {
  const std::string from = " FROM (SELECT [1, 2] AS a, [2, 3, 4] AS b)";
  EXPECT_EQ(Run("SELECT (SELECT COUNT(*) FROM UNNEST(a) AS x RIGHT JOIN UNNEST(b) AS y ON x = y)" + from), "3\n");
  EXPECT_EQ(Run("SELECT (SELECT COUNT(x) FROM UNNEST(a) AS x LEFT JOIN UNNEST(b) AS y ON x = y)" + from), "2\n");
  EXPECT_TRUE(Run("SELECT (SELECT COUNT(*) FROM UNNEST(a) AS x FULL JOIN UNNEST(b) AS y ON x = y)" + from).starts_with("refused: "));
  EXPECT_TRUE(Run("SELECT * FROM agent_dim AS x JOIN agent_dim AS y").starts_with("refused: INNER JOIN must have"));
}

TEST_F(QueryExecutionTest, WithoutFromThereIsOneRow) {
  for (const char* query : {"SELECT COUNT(*)", "SELECT ROW_NUMBER() OVER ()", "SELECT 1 WHERE TRUE", "SELECT DISTINCT 1",
                            "SELECT 1 AS x GROUP BY x", "SELECT 1 ORDER BY 1", "SELECT * EXCEPT (x) FROM (SELECT 1 AS x)"}) {
    EXPECT_TRUE(Run(query).starts_with("refused: ")) << query;
  }
  EXPECT_EQ(Run("SELECT 1 LIMIT 1"), "1\n");
  EXPECT_EQ(Run("(SELECT 1) ORDER BY 1"), "1\n");
}

TEST_F(QueryExecutionTest, ASampleIsAShareOfTheRows) {
  EXPECT_EQ(Run("SELECT COUNT(*) BETWEEN 300 AND 700 FROM (SELECT * FROM UNNEST(GENERATE_ARRAY(1, 1000))) TABLESAMPLE SYSTEM (50 PERCENT)"),
            "true\n");
  EXPECT_EQ(Run("SELECT COUNT(*) BETWEEN 300 AND 700 FROM UNNEST(GENERATE_ARRAY(1, 1000)) WHERE RAND() < 0.5"), "true\n");
  EXPECT_EQ(Run("SELECT COUNT(*) FROM agent_dim TABLESAMPLE SYSTEM (0 PERCENT)"), "0\n");
  EXPECT_EQ(Run("SELECT COUNT(*) FROM agent_dim TABLESAMPLE RESERVOIR (2 ROWS)"), "2\n");
}

}  // namespace
}  // namespace casebook::engines
