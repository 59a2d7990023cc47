// Goal: lambdas, functions over whole arrays, and functions that catch errors answer as GoogleSQL describes them.
// Method: queries with answers known from GoogleSQL, run on the engine; laws that hold for every array.
#include <gtest/gtest.h>

#include "engines/duckdb/execution_for_test.h"

namespace casebook::engines {
namespace {

using LambdaExecutionTest = ExecutionTest;

TEST_F(LambdaExecutionTest, ALambdaSeesTheElementItsPlaceAndTheColumnsAround) {
  EXPECT_EQ(Value("ARRAY_FILTER([1, 2, NULL, 3], e -> e > 1), ARRAY_FILTER([5, 0, 2], (e, i) -> e > i)"), "[2, 3] | [5]\n");
  EXPECT_EQ(Value("ARRAY_TRANSFORM([1, 4, NULL], e -> e + 1), ARRAY_TRANSFORM(['a', 'b'], (e, i) -> CONCAT(e, i))"),
            "[2, 5, null] | [\"a0\", \"b1\"]\n");
  EXPECT_EQ(Run("SELECT x, ARRAY_TRANSFORM([1, 2], e -> e * x) FROM UNNEST([10, 20]) AS x ORDER BY x"),
            "10 | [10, 20]\n20 | [20, 40]\n");
  EXPECT_EQ(Value("ARRAY_TRANSFORM([1, 2], e -> ARRAY_LENGTH(ARRAY_FILTER([1, 2, 3], f -> f > e)))"), "[2, 1]\n");
  EXPECT_EQ(Value("ARRAY_TRANSFORM([1, 2], e -> (e, 'x'))"), "[(1, \"x\"), (2, \"x\")]\n");
}

TEST_F(LambdaExecutionTest, ANullArrayStaysNullAndAnEmptyOneEmpty) {
  EXPECT_EQ(Value("ARRAY_FILTER(CAST(NULL AS ARRAY<INT64>), e -> TRUE), ARRAY_TRANSFORM(CAST(NULL AS ARRAY<INT64>), e -> 1), "
                  "ARRAY_FILTER([], e -> TRUE), ARRAY_TRANSFORM([], e -> 'x'), ARRAY_TRANSFORM([1], e -> NULL)"),
            "null | null | [] | [] | [null]\n");
}

TEST_F(LambdaExecutionTest, AggregatesStandAroundALambdaAndBesideIt) {
  EXPECT_EQ(Run("SELECT SUM(ARRAY_SUM(ARRAY_TRANSFORM([1, 2], e -> e + x))) FROM UNNEST([10, 20]) AS x"), "66\n");
  EXPECT_EQ(Run("SELECT x, ARRAY_TRANSFORM([1], e -> e + x), COUNT(*) FROM UNNEST([7, 7]) AS x GROUP BY x"), "7 | [8] | 2\n");
  for (const char* bad : {"ARRAY_TRANSFORM([1], e -> SUM(e))", "ARRAY_TRANSFORM([1], e -> [e])", "ARRAY_FILTER([1], e -> e)",
                          "ARRAY_FILTER([1], () -> TRUE)", "ARRAY_FILTER([1], (a, a) -> TRUE)", "ARRAY_FILTER(1, e -> TRUE)",
                          "ARRAY_INCLUDES([1], (e, i) -> TRUE)", "ARRAY_TRANSFORM([1], e -> (SELECT e))"}) {
    EXPECT_TRUE(Value(bad).starts_with("refused: ")) << bad << ": " << Value(bad);
  }
}

TEST_F(LambdaExecutionTest, NullIsNoElementThatIsFound) {
  EXPECT_EQ(Value("ARRAY_INCLUDES([1, NULL], 1), ARRAY_INCLUDES([1, NULL], 2), ARRAY_INCLUDES([1], CAST(NULL AS INT64)), "
                  "ARRAY_INCLUDES(CAST(NULL AS ARRAY<INT64>), 1), ARRAY_INCLUDES([1, NULL], e -> e IS NULL)"),
            "true | false | null | null | true\n");
  EXPECT_EQ(Value("ARRAY_INCLUDES([CAST('nan' AS FLOAT64)], CAST('nan' AS FLOAT64)), ARRAY_INCLUDES([1.5, 2], 2), "
                  "ARRAY_INCLUDES([(1, 'a')], (1, 'a')), ARRAY_INCLUDES([(1, 'a')], (1, 'b'))"),
            "false | true | true | false\n");
  EXPECT_EQ(Value("ARRAY_INCLUDES_ANY([1, NULL], [NULL]), ARRAY_INCLUDES_ANY([1, NULL], [NULL, 1]), "
                  "ARRAY_INCLUDES_ANY([1], CAST(NULL AS ARRAY<INT64>)), ARRAY_INCLUDES_ANY([1], []), ARRAY_INCLUDES_ANY([1.5], [1.5])"),
            "false | true | null | false | true\n");
  EXPECT_EQ(Value("ARRAY_INCLUDES_ALL([1, NULL], [NULL]), ARRAY_INCLUDES_ALL([1, 2], [1, 1]), ARRAY_INCLUDES_ALL([1], []), "
                  "ARRAY_INCLUDES_ALL(CAST(NULL AS ARRAY<INT64>), [1]), ARRAY_INCLUDES_ALL([1.5], [1.5, NULL])"),
            "false | true | true | null | false\n");
}

TEST_F(LambdaExecutionTest, ExtremesAndSumsLeaveNullsOut) {
  EXPECT_EQ(Value("ARRAY_MIN([3, NULL, 1]), ARRAY_MAX(['a', 'b']), ARRAY_MAX(CAST([] AS ARRAY<INT64>)), "
                  "ARRAY_MIN([1, CAST('nan' AS FLOAT64)]), ARRAY_MAX([1, CAST('nan' AS FLOAT64)])"),
            "1 | \"b\" | null | nan | nan\n");
  EXPECT_EQ(Value("ARRAY_SUM([1, NULL, 2]), ARRAY_SUM(CAST([] AS ARRAY<INT64>)), ARRAY_SUM([1.5, 2]), ARRAY_SUM([NUMERIC '0.1', NUMERIC '0.2']), "
                  "ARRAY_AVG([1, 2, NULL]), ARRAY_AVG([NUMERIC '1', NUMERIC '2']), ARRAY_AVG(CAST(NULL AS ARRAY<INT64>))"),
            "3 | null | 3.5 | 0.3 | 1.5 | 1.5 | null\n");
  EXPECT_EQ(Value("ARRAY_SUM([BIGNUMERIC '0.5', NULL, 1]), ARRAY_AVG([BIGNUMERIC '-1', 2]), ARRAY_MAX([BIGNUMERIC '-3', BIGNUMERIC '-20']), "
                  "ARRAY_INCLUDES([BIGNUMERIC '1'], 1), PI_NUMERIC(), PI_BIGNUMERIC()"),
            "1.5 | 0.5 | -3 | true | 3.141592654 | 3.1415926535897932384626433832795028842\n");
  EXPECT_EQ(Value("ARRAY_SUM([NUMERIC '1', NULL]), ARRAY_SUM(CAST([] AS ARRAY<NUMERIC>)), ARRAY_SUM(CAST(NULL AS ARRAY<FLOAT64>)), ARRAY_SUM(CAST([] AS ARRAY<FLOAT64>))"),
            "1 | null | null | null\n");
  EXPECT_EQ(Value("ARRAY_SUM([INTERVAL 1 DAY, INTERVAL 2 HOUR]), ARRAY_MAX([INTERVAL 1 DAY, INTERVAL 25 HOUR, NULL])"),
            Value("INTERVAL '1 2:0:0' DAY TO SECOND, INTERVAL 25 HOUR"));
  EXPECT_TRUE(Fails("ARRAY_SUM([9223372036854775807, 1])"));
}

TEST_F(LambdaExecutionTest, ArraysAreZippedAsTheModeSays) {
  EXPECT_EQ(Run("SELECT ARRAY_ZIP([1, 2], b) FROM (SELECT ['x', 'y'] AS b)"), "[(1, \"x\"), (2, \"y\")]\n");
  EXPECT_EQ(Value("ARRAY_ZIP([1, 2] AS a, ['x'], mode => 'pad')[1].a, ARRAY_ZIP([1, 2], ['x'], mode => 'TRUNCATE'), "
                  "ARRAY_ZIP([1, 2], [3, 4], (x, y) -> x * y), ARRAY_ZIP([1], [2], [3], transformation => (x, y, z) -> x + y + z)"),
            "2 | [(1, \"x\")] | [3, 8] | [6]\n");
  EXPECT_EQ(Value("ARRAY_ZIP([1], CAST(NULL AS ARRAY<INT64>)), ARRAY_ZIP([1], CAST(NULL AS ARRAY<INT64>), mode => 'PAD')"), "null | null\n");
  EXPECT_TRUE(Fails("ARRAY_ZIP([1, 2], [3])"));
  for (const char* bad : {"ARRAY_ZIP([1])", "ARRAY_ZIP([1], [2], mode => 'ODD')", "ARRAY_ZIP([1], [2], x -> x)", "ARRAY_LENGTH([1] AS a)"}) {
    EXPECT_TRUE(Value(bad).starts_with("refused: ")) << bad;
  }
}

TEST_F(LambdaExecutionTest, FlattenLooksIntoTheElements) {
  const std::string from = " FROM (SELECT [STRUCT([STRUCT([1, 2] AS q), STRUCT([3, NULL] AS q)] AS s), "
                           "STRUCT([STRUCT([5, 6] AS q), STRUCT(CAST(NULL AS ARRAY<INT64>) AS q)] AS s), NULL] AS v)";
  EXPECT_EQ(Run("SELECT FLATTEN(v.s.q), FLATTEN(v.s.q[SAFE_OFFSET(1)])" + from), "[1, 2, 3, null, 5, 6] | [2, null, 6, null]\n");
  EXPECT_EQ(Value("FLATTEN([1, 2]), FLATTEN(STRUCT([STRUCT(1 AS b)] AS a).a.b)"), "[1, 2] | [1]\n");
  EXPECT_TRUE(Value("FLATTEN(1)").starts_with("refused: "));
}

TEST_F(LambdaExecutionTest, AnErrorIsCaughtWhereItIsTried) {
  EXPECT_EQ(Value("ISERROR(1 / 0), ISERROR(1 / 1), ISERROR(NULL), ISERROR(ERROR('a')), NULLIFERROR(1 / 0), NULLIFERROR(7), IFERROR(1 / 0, 2), IFERROR('a', ERROR('b'))"),
            "true | false | false | true | null | 7 | 2 | \"a\"\n");
  EXPECT_EQ(Run("SELECT x, ISERROR(1 / x), IFERROR(DIV(10, x), -1) FROM UNNEST([0, 1, NULL]) AS x ORDER BY x"),
            "null | false | null\n0 | true | -1\n1 | false | 10\n");
  EXPECT_EQ(Value("IFERROR(IFERROR(ERROR('a'), ERROR('b')), 'c'), IFERROR([1][OFFSET(5)], 3), NULLIFERROR([1 / 0])"), "\"c\" | 3 | null\n");
  EXPECT_TRUE(Fails("IFERROR(ERROR('a'), ERROR('b'))"));
}

TEST_F(LambdaExecutionTest, ASubqueryIsTriedIfItCannotFailByItself) {
  EXPECT_EQ(Value("ISERROR((SELECT e FROM UNNEST([1, 2]) AS e)), ISERROR((SELECT e FROM UNNEST([1]) AS e)), ISERROR((SELECT [1][OFFSET(9)])), "
                  "IFERROR((SELECT e FROM UNNEST(CAST([] AS ARRAY<INT64>)) AS e), 5), ISERROR(1 / (SELECT COUNT(*) FROM UNNEST([1]) AS e WHERE e > 1))"),
            "true | false | true | null | true\n");
  EXPECT_TRUE(Value("ISERROR((SELECT 1 / e FROM UNNEST([0]) AS e))").starts_with("refused: "));
  EXPECT_TRUE(Value("ISERROR(RAND())").starts_with("refused: "));
}

TEST_F(LambdaExecutionTest, SafeCallsCatchOnlyWhatTheFunctionItselfDoes) {
  EXPECT_EQ(Value("SAFE.SAFE_ADD(9223372036854775807, 1), SAFE.ARRAY_SLICE([1, 2], 0, 0), SAFE.COSINE_DISTANCE([0.0], [1.0])"), "null | [1] | null\n");
  EXPECT_EQ(Run("SELECT SAFE.ARRAY_SUM([x, 9223372036854775807]) FROM UNNEST([0, 1]) AS x ORDER BY x"), "9223372036854775807\nnull\n");
  EXPECT_TRUE(Fails("SAFE.ARRAY_SUM([DIV(1, 0)])"));
}

TEST_F(LambdaExecutionTest, DistancesAreOfVectorsOfOneKind) {
  EXPECT_EQ(Value("EUCLIDEAN_DISTANCE([0.0, 0], [3.0, 4]), COSINE_DISTANCE([1.0, 0], [0.0, 1]), "
                  "EUCLIDEAN_DISTANCE([(1, 3.0)], [(2, 4.0)]), EUCLIDEAN_DISTANCE([('a', 3.0)], [('b', 4.0)]), "
                  "COSINE_DISTANCE([(1, 2.0), (2, 1.0)], [(2, 2.0), (1, 4.0)]) < 1e-15, EUCLIDEAN_DISTANCE(NULL, [1.0])"),
            "5 | 1 | 5 | 5 | true | null\n");
  for (const char* bad : {"COSINE_DISTANCE([0.0], [1.0])", "EUCLIDEAN_DISTANCE([1.0], [1.0, 2.0])", "EUCLIDEAN_DISTANCE([1.0], [CAST(NULL AS FLOAT64)])",
                          "EUCLIDEAN_DISTANCE([(1, 1.0), (1, 2.0)], [(1, 1.0)])"}) {
    EXPECT_TRUE(Fails(bad)) << bad;
  }
}

TEST_F(LambdaExecutionTest, AnAggregateCountsTheRowsThatItsWhereTakes) {
  EXPECT_EQ(Run("SELECT SUM(x WHERE x > 1), COUNT(* WHERE x > 2), ARRAY_AGG(x WHERE x != 2 ORDER BY x DESC), MAX(x WHERE FALSE) FROM UNNEST([1, 2, 3]) AS x"),
            "5 | 1 | [3, 1] | null\n");
  EXPECT_TRUE(Value("ABS(1 WHERE TRUE)").starts_with("refused: "));
}

TEST_F(LambdaExecutionTest, ArraysAreSummedPlaceByPlace) {
  const std::string from = " FROM UNNEST([STRUCT([1, 2, NULL] AS a), STRUCT([3, NULL, NULL] AS a), STRUCT(CAST(NULL AS ARRAY<INT64>) AS a)])";
  EXPECT_EQ(Run("SELECT ELEMENTWISE_SUM(a), ELEMENTWISE_AVG(a)" + from), "[4, 2, null] | [2, 2, null]\n");
  EXPECT_EQ(Run("SELECT ELEMENTWISE_SUM(a)" + from + " WHERE a IS NULL"), "null\n");
  EXPECT_TRUE(Run("SELECT ELEMENTWISE_SUM(a) FROM UNNEST([STRUCT([1] AS a), STRUCT([1, 2] AS a)])").starts_with("error: "));
}

TEST_F(LambdaExecutionTest, UnnestFlattensAPathThroughArrays) {
  EXPECT_EQ(Value("3 IN UNNEST([STRUCT([1, 2] AS a), STRUCT([3] AS a)].a), TYPEOF([1.5]), TYPEOF(STRUCT(1 AS a))"),
            "true | \"ARRAY<FLOAT64>\" | \"STRUCT<a INT64>\"\n");
  EXPECT_EQ(Run("SELECT q FROM (SELECT [STRUCT([1, 2] AS q), STRUCT([3] AS q)] AS v) AS t, UNNEST(t.v.q) AS q ORDER BY q"), "1\n2\n3\n");
}

TEST_F(LambdaExecutionTest, AThresholdLeavesOutGroupsThatTellOfFew) {
  const std::string from = " FROM UNNEST([STRUCT('a' AS k, 1 AS u), ('a', 1), ('a', 2), ('b', 1), ('b', 1), ('c', NULL)])";
  const std::string with = "SELECT WITH AGGREGATION_THRESHOLD OPTIONS (threshold = 2, privacy_unit_column = u) ";
  EXPECT_EQ(Run(with + "k, COUNT(*) AS n" + from + " GROUP BY k"), "\"a\" | 3\n");
  EXPECT_EQ(Run(with + "k" + from + " GROUP BY k HAVING COUNT(*) > 3"), "");
  EXPECT_TRUE(Run(with + "k" + from).starts_with("refused: "));
  EXPECT_TRUE(Run("SELECT WITH AGGREGATION_THRESHOLD COUNT(*)" + from).starts_with("refused: "));
}

TEST_F(LambdaExecutionTest, TextIsSortedAsALanguageDoes) {
  const auto sorted = [&](const std::string& collation) {
    return Run("SELECT STRING_AGG(x, ' ' ORDER BY x COLLATE '" + collation + "', x) FROM UNNEST(['b', 'B', 'a10', 'a9', 'é', 'z']) AS x");
  };
  EXPECT_EQ(sorted("und:ci"), "\"a10 a9 B b é z\"\n");
  EXPECT_EQ(sorted("en-us-u-kn-true"), "\"a9 a10 b B é z\"\n");
  EXPECT_EQ(sorted("binary"), sorted(""));
  EXPECT_TRUE(sorted("und:xx").starts_with("error: "));
  EXPECT_TRUE(Run("SELECT x FROM UNNEST([1]) AS x ORDER BY x COLLATE 'und:ci'").starts_with("refused: "));
}

TEST_F(LambdaExecutionTest, AQueryDescribesItself) {
  EXPECT_EQ(Run("WITH c AS (SELECT 1 AS a, 'x') FROM c AS t |> EXTEND a + 0.5 AS wide |> ORDER BY wide |> DESCRIBE"),
            "\"**Columns**:\"\n"
            "\"Table Alias  Column Name  Type\"\n"
            "\"-----------  -----------  -------\"\n"
            "\"t            a            INT64\"\n"
            "\"t            <unnamed>    STRING\"\n"
            "\"             wide         FLOAT64\"\n"
            "\"\"\n"
            "\"**Table Aliases**:\"\n"
            "\"Table Alias  Columns\"\n"
            "\"-----------  ------------\"\n"
            "\"t            a, <unnamed>\"\n"
            "\"\"\n"
            "\"**Common table expressions**:\"\n"
            "\"Name  Columns\"\n"
            "\"----  ------------\"\n"
            "\"c     a, <unnamed>\"\n"
            "\"\"\n"
            "\"Result is ordered.\"\n");
  EXPECT_EQ(Run("FROM (SELECT 1 AS a) |> DESCRIBE |> AGGREGATE COUNT(*)"), "4\n");
}

TEST_F(LambdaExecutionTest, AFieldOfAStructIsFoundByItsPlace) {
  EXPECT_EQ(Value("STRUCT(23, 'tea')[0], STRUCT(23, 'tea')[OFFSET(1)], STRUCT(23, 'tea')[ORDINAL(1)]"), "23 | \"tea\" | 23\n");
  EXPECT_TRUE(Value("STRUCT(23)[1]").starts_with("refused: "));
}

TEST_F(LambdaExecutionTest, SessionsJoinRangesThatMeetOrOverlap) {
  const std::string with = "WITH t AS (SELECT * FROM UNNEST([STRUCT(1 AS id, RANGE<DATE> '[2024-01-01, 2024-02-01)' AS r), "
                           "(1, RANGE<DATE> '[2024-02-01, 2024-03-01)'), (1, RANGE<DATE> '[2024-04-01, UNBOUNDED)'), (1, RANGE<DATE> '[2024-06-01, 2024-07-01)'), "
                           "(2, RANGE<DATE> '[2024-02-15, 2024-03-01)'), (2, CAST(NULL AS RANGE<DATE>))])) ";
  EXPECT_EQ(Run(with + "SELECT DISTINCT id, RANGE_START(session_range) AS s, RANGE_END(session_range) FROM RANGE_SESSIONIZE(TABLE t, 'r', ['id']) ORDER BY id, s"),
            "1 | 2024-01-01 | 2024-03-01\n1 | 2024-04-01 | null\n2 | null | null\n2 | 2024-02-15 | 2024-03-01\n");
  EXPECT_EQ(Run(with + "SELECT COUNT(DISTINCT RANGE_START(session_range)) FROM RANGE_SESSIONIZE(TABLE t, 'r', ['id'], 'OVERLAPS') WHERE id = 1"), "3\n");
  EXPECT_EQ(Run(with + "SELECT COUNT(DISTINCT RANGE_START(session_range)) FROM RANGE_SESSIONIZE((SELECT * FROM t WHERE r IS NOT NULL), 'R', [])"), "2\n");
  EXPECT_TRUE(Run(with + "SELECT * FROM RANGE_SESSIONIZE(TABLE t, 'id', ['id'])").starts_with("refused: "));
  EXPECT_TRUE(Run(with + "SELECT * FROM RANGE_SESSIONIZE(TABLE t, 'r', ['id'], 'NEAR')").starts_with("refused: "));
}

TEST_F(LambdaExecutionTest, JsonContainsWhatIsSomewhereInItsShape) {
  EXPECT_EQ(Value(R"(JSON_CONTAINS(JSON '{"a": {"b": 1, "d": 2}}', JSON '{"a": {"b": 1.0}}'), JSON_CONTAINS(JSON '[1, [2]]', JSON '2'), )"
                  R"(JSON_CONTAINS(JSON '[1, 2]', JSON '2'), JSON_CONTAINS(JSON '{"a": [1]}', JSON '{"a": 1}'), JSON_CONTAINS(JSON '[1]', JSON '[1, 1]'), )"
                  R"(JSON_CONTAINS(JSON '{}', JSON '{}'), JSON_CONTAINS(JSON 'null', NULL), JSON_CONTAINS(JSON 'null', JSON 'null'))"),
            "true | false | true | false | true | true | null | true\n");
}

TEST_F(LambdaExecutionTest, AnyValueBecomesJson) {
  EXPECT_EQ(Value("TO_JSON_STRING(CAST([1, NULL] AS JSON)), TO_JSON_STRING(CAST(STRUCT('x' AS a) AS JSON)), CAST(NULL AS JSON), CAST(CAST(NULL AS INT64) AS JSON) IS NULL"),
            "\"[1,null]\" | \"{\\\"a\\\":\\\"x\\\"}\" | null | true\n");
}

}  // namespace
}  // namespace casebook::engines
