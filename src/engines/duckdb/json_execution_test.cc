// Goal: functions on JSON, FORMAT and CONTAINS_SUBSTR answer as GoogleSQL does.
// Method: queries with answers known from GoogleSQL, run on the engine.
#include <gtest/gtest.h>

#include "engines/duckdb/execution_for_test.h"

namespace casebook::engines {
namespace {

using JsonExecutionTest = ExecutionTest;

// A JSON or STRING answer without the quotes of the test's own notation.
std::string Bare(const std::string& answer) {
  if (!answer.starts_with("\"")) return answer;
  const auto json = ReadJson(answer.substr(0, answer.size() - 1));
  return json ? json->text : answer;
}

TEST_F(JsonExecutionTest, AValueOfTypeJsonIsCanonical) {
  EXPECT_EQ(Bare(Value(R"(JSON '{"b": 1e2, "a": [1.50, {"z": 1, "y": 2}], "b": 3}')")),
            R"({"a":[1.5,{"y":2,"z":1}],"b":100.0})");
  EXPECT_EQ(Bare(Value(R"(PARSE_JSON('{"v": 123456789012345678901234}', wide_number_mode => 'round'))")),
            R"({"v":1.2345678901234569e+23})");
  EXPECT_TRUE(Fails("PARSE_JSON('123456789012345678901234')"));
  EXPECT_TRUE(Fails("PARSE_JSON('1', wide_number_mode => 'near')"));
  EXPECT_EQ(Value("SAFE.PARSE_JSON('{')"), "null\n");
}

TEST_F(JsonExecutionTest, JsonInAStringKeepsItsDigitsAndItsOrder) {
  EXPECT_EQ(Bare(Value(R"(JSON_QUERY('{"b": 1.50, "a": [1e2]}', '$'))")), R"({"b":1.50,"a":[1e2]})");
  EXPECT_EQ(Value(R"(JSON_VALUE('{"a": 1.50}', '$.a'), JSON_VALUE(JSON '{"a": 1.50}', '$.a'))"), "\"1.50\" | \"1.5\"\n");
}

TEST_F(JsonExecutionTest, NullOfJsonIsNullOfSqlOnlyInStrings) {
  EXPECT_EQ(Value(R"(JSON_QUERY('{"a":null}', '$.a'), JSON_QUERY(JSON '{"a":null}', '$.a'), JSON_VALUE(JSON '{"a":null}', '$.a'))"),
            "null | \"null\" | null\n");
  EXPECT_EQ(Value(R"(JSON_VALUE_ARRAY('["a", null, 1]'), JSON_QUERY_ARRAY('["a", null]'))"),
            R"(["a", null, "1"] | ["\"a\"", "null"])" "\n");
}

TEST_F(JsonExecutionTest, BadPathsFailAndBadDocumentsAreNull) {
  EXPECT_TRUE(Fails("JSON_VALUE('{}', 'a')"));
  EXPECT_EQ(Value("SAFE.JSON_VALUE('{}', 'a'), JSON_VALUE('{a', '$.a')"), "null | null\n");
  EXPECT_EQ(Value(R"(JSON_EXTRACT_SCALAR('{"a b":1}', "$['a b']"), JSON_VALUE('{"a b":1}', '$."a b"'))"), "\"1\" | \"1\"\n");
}

TEST_F(JsonExecutionTest, SubscriptsAndFieldsGoDown) {
  const std::string json = R"((JSON '{"a":{"b":[1,{"c":2}]}}'))";
  EXPECT_EQ(Value(json + ".a.b[1].c, " + json + "['a']['b'][0], " + json + ".a.x, " + json + ".a[0], " + json + ".A"),
            "\"2\" | \"1\" | null | null | null\n");
}

TEST_F(JsonExecutionTest, LaxPathsLookIntoArrays) {
  EXPECT_EQ(Value(R"(JSON_QUERY(JSON '{"a":[{"b":1},{"b":2},{}]}', 'lax $.a.b'))"), "\"[1,2]\"\n");
  EXPECT_EQ(Value(R"(JSON_QUERY(JSON '{"a":[[{"b":1}]]}', 'lax $.a.b'), JSON_QUERY(JSON '{"a":[[{"b":1}]]}', 'lax recursive $.a.b'))"),
            "\"[]\" | \"[1]\"\n");
  EXPECT_EQ(Value(R"(JSON_QUERY(JSON '{"a":1}', 'lax $.a[0]'), JSON_QUERY(JSON '{"a":1}', 'lax $.b'))"), "\"[1]\" | \"[]\"\n");
  EXPECT_TRUE(Fails(R"(JSON_QUERY('{"a":1}', 'lax $.a'))"));
}

TEST_F(JsonExecutionTest, KeysAreListedOnce) {
  EXPECT_EQ(Value(R"(JSON_KEYS(JSON '{"b":{"c":1},"a":[{"d":1}]}'), JSON_KEYS(JSON '{"b":{"c":1},"a":[{"d":1}]}', 1))"),
            R"(["a", "b", "b.c"] | ["a", "b"])" "\n");
  EXPECT_EQ(Value(R"(JSON_KEYS(JSON '{"a.b":{"c d":1},"e\\"f":2}'))"), R"(["\"a.b\"", "\"a.b\".c d", "\"e\\\"f\""])" "\n");
  EXPECT_EQ(Value(R"(JSON_KEYS(JSON '{"a":[{"d":1},[{"e":1}]]}', mode => 'lax'), JSON_KEYS(JSON '{"a":[[{"e":1}]]}', mode => 'lax recursive'))"),
            R"(["a", "a.d"] | ["a", "a.e"])" "\n");
}

TEST_F(JsonExecutionTest, StrictCastsFailWhereLaxOnesAreNull) {
  EXPECT_EQ(Value(R"(INT64(JSON '1.0'), FLOAT64(JSON '1'), BOOL(JSON 'true'), STRING(JSON '"x"'))"), "1 | 1 | true | \"x\"\n");
  for (const char* bad : {"INT64(JSON '1.5')", "INT64(JSON '\"1\"')", "BOOL(JSON 'null')", "STRING(JSON '1')",
                          "INT64_ARRAY(JSON '1')", "STRING_ARRAY(JSON '[null]')",
                          "FLOAT64(JSON '9007199254740993', wide_number_mode => 'exact')"}) {
    EXPECT_TRUE(Fails(bad)) << bad;
  }
  EXPECT_EQ(Value(R"(LAX_INT64(JSON '"2.5"'), LAX_INT64(JSON '-2.5'), LAX_INT64(JSON '"0x1"'), LAX_INT64(JSON '1e100'), LAX_INT64(JSON 'true'))"),
            "3 | -3 | null | null | 1\n");
  EXPECT_EQ(Value(R"(LAX_INT64(JSON '"9007199254740993.0"'), LAX_FLOAT64(JSON '"inf"'), LAX_BOOL(JSON '"TRUE"'), LAX_STRING(JSON '1.0'))"),
            "9007199254740993 | inf | true | \"1\"\n");
  EXPECT_EQ(Value(R"(LAX_INT64_ARRAY(JSON '[1, "x", null]'), LAX_BOOL_ARRAY(JSON '1'))"), "[1, null, null] | null\n");
}

TEST_F(JsonExecutionTest, ValuesBecomeJsonByTheirType) {
  EXPECT_EQ(Bare(Value("TO_JSON_STRING(STRUCT(1 AS b, [STRUCT('x' AS y)] AS a, CAST(NULL AS STRING) AS n))")),
            R"({"b":1,"a":[{"y":"x"}],"n":null})");
  EXPECT_EQ(Bare(Value("TO_JSON(STRUCT(1 AS b, [1.0, NULL] AS a))")), R"({"a":[1.0,null],"b":1})");
  EXPECT_EQ(Bare(Value("TO_JSON_STRING([9007199254740992, 9007199254740993])")), R"([9007199254740992,"9007199254740993"])");
  EXPECT_EQ(Bare(Value("TO_JSON(9007199254740993, stringify_wide_numbers => TRUE)")), "\"9007199254740993\"");
  EXPECT_EQ(Bare(Value("TO_JSON_STRING(STRUCT(DATE '2024-02-29' AS d, TIMESTAMP '2024-02-29 12:00:00.5+00' AS t, b'abc' AS y, NUMERIC '1.5' AS n))")),
            R"({"d":"2024-02-29","t":"2024-02-29T12:00:00.500Z","y":"YWJj","n":"1.5"})");
  EXPECT_EQ(Bare(Value("TO_JSON_STRING(STRUCT([1] AS a, CAST([] AS ARRAY<INT64>) AS e), TRUE)")),
            "{\n  \"a\": [\n    1\n  ],\n  \"e\": []\n}");
}

// The engine hands on lists whose elements lie anywhere; they are read where they lie.
TEST_F(JsonExecutionTest, ListsMadeByTheEngineAreReadWhole) {
  EXPECT_EQ(Run("SELECT TO_JSON_STRING(ARRAY_REVERSE(ARRAY_SLICE(SPLIT(t, ','), 1, n))) FROM UNNEST(['a,bb,a long text beyond the "
                "inline size,d', 'x,y,z']) AS t, UNNEST([1, 2]) AS n ORDER BY 1"),
            R"("[\"a long text beyond the inline size\",\"bb\"]")" "\n" R"("[\"bb\"]")" "\n" R"("[\"y\"]")" "\n"
            R"("[\"z\",\"y\"]")" "\n");
}

TEST_F(JsonExecutionTest, JsonIsBuiltFromKeysAndValues) {
  EXPECT_EQ(Bare(Value("JSON_OBJECT('b', [1, 2], 'a', STRUCT(1 AS x), 'b', 3)")), R"({"a":{"x":1},"b":[1,2]})");
  EXPECT_EQ(Bare(Value("JSON_OBJECT(['b', 'a'], [1, NULL])")), R"({"a":null,"b":1})");
  EXPECT_EQ(Bare(Value("JSON_ARRAY(1, 'x', NULL, [JSON '{}'])")), R"([1,"x",null,[{}]])");
  EXPECT_EQ(Value("JSON_ARRAY(), JSON_OBJECT()"), "\"[]\" | \"{}\"\n");
  EXPECT_TRUE(Fails("JSON_OBJECT(CAST(NULL AS STRING), 1)"));
  EXPECT_TRUE(Fails("JSON_OBJECT(['a', 'b'], [1])"));
  EXPECT_TRUE(Value("JSON_OBJECT('a')").starts_with("refused: No matching signature"));
}

TEST_F(JsonExecutionTest, ChangesReachOnlyWhatThePathMeans) {
  EXPECT_EQ(Bare(Value(R"(JSON_SET(JSON '{"a":null}', '$.a[1].b', 2, '$.a[0]', 'x'))")), R"({"a":["x",{"b":2}]})");
  EXPECT_EQ(Bare(Value(R"(JSON_SET(JSON '{"a":1}', '$.a.b', 2, '$.c', 3, create_if_missing => FALSE))")), R"({"a":1})");
  EXPECT_EQ(Bare(Value(R"(JSON_REMOVE(JSON '{"a":[1,2,3],"b":1}', '$.a[1]', '$.b', '$.x'))")), R"({"a":[1,3]})");
  EXPECT_EQ(Bare(Value(R"(JSON_ARRAY_APPEND(JSON '{"a":[1]}', '$.a', [2, 3], '$.a', JSON '[4]'))")), R"({"a":[1,2,3,[4]]})");
  EXPECT_EQ(Bare(Value(R"(JSON_ARRAY_APPEND(JSON '[1]', '$', [2], append_each_element => FALSE))")), "[1,[2]]");
  EXPECT_EQ(Bare(Value(R"(JSON_ARRAY_INSERT(JSON '[1]', '$[0]', [8, 9], '$[5]', 2))")), "[8,9,1,null,null,2]");
  EXPECT_EQ(Bare(Value(R"(JSON_STRIP_NULLS(JSON '{"a":null,"b":[null,{"c":null}]}'))")), R"({"b":[{}]})");
  EXPECT_EQ(Bare(Value(R"(JSON_STRIP_NULLS(JSON '{"a":{"b":null},"c":1}', remove_empty => TRUE))")), R"({"c":1})");
  EXPECT_TRUE(Fails("JSON_SET(JSON '[]', '$[1000000]', 1)"));
  EXPECT_TRUE(Fails("JSON_REMOVE(JSON '[]', '$')"));
  EXPECT_EQ(Value("JSON_SET(JSON '[]', CAST(NULL AS STRING), 1), SAFE.JSON_SET(JSON '[]', 'x', 1)"), "null | null\n");
}

TEST_F(JsonExecutionTest, JsonIsNeitherComparedNorGrouped) {
  for (const char* query : {"SELECT JSON '1' = JSON '1'", "SELECT j FROM (SELECT JSON '1' AS j) ORDER BY j",
                            "SELECT j FROM (SELECT JSON '1' AS j) GROUP BY j", "SELECT MAX(JSON '1')"}) {
    EXPECT_TRUE(Run(query).starts_with("refused: ")) << query;
  }
}

TEST_F(JsonExecutionTest, NamesOfArgumentsAreChecked) {
  EXPECT_TRUE(Value("PARSE_JSON('1', mode => 'exact')").starts_with("refused: Named argument mode not found"));
  EXPECT_TRUE(Value("PARSE_JSON('1', wide_number_mode => 'exact', wide_number_mode => 'exact')").starts_with("refused: Duplicate"));
  EXPECT_TRUE(Value("PARSE_JSON('1', 'exact')").starts_with("refused: No matching signature"));
  EXPECT_EQ(Value("LAX_UINT64(JSON '1')"), "refused: Function LAX_UINT64 is not supported");
}

TEST_F(JsonExecutionTest, FormatPrintsEveryValue) {
  EXPECT_EQ(Bare(Value("FORMAT('%t|%T', [STRUCT('a' AS x, 1.0)], [STRUCT('a' AS x, 1.0)])")), R"([(a, 1.0)]|[("a", 1.0)])");
  EXPECT_EQ(Bare(Value(R"(FORMAT('%T|%T|%t', b'a\xff"', 'a"b', [DATE '2024-02-29']))")), R"(b'a\xff"'|'a"b'|[2024-02-29])");
  EXPECT_EQ(Bare(Value(R"(FORMAT('%p|%P', JSON '{"b":1,"a":[]}', JSON '[1]'))")), "{\"a\":[],\"b\":1}|[\n  1\n]");
  EXPECT_EQ(Bare(Value(R"(FORMAT("%'d|%'x|%#o|%+.3d|%08.2f|%-6d|", 1234567, 123456789, 8, 7, -1.5, 42))")),
            "1,234,567|75b:cd15|010|+007|-0001.50|42    |");
  EXPECT_EQ(Bare(Value("FORMAT('%.2f|%e|%g', NUMERIC '1.255', NUMERIC '123.456', NUMERIC '0.0000012')")),
            "1.26|1.234560e+02|1.2e-06");
  EXPECT_EQ(Value("FORMAT('%d', CAST(NULL AS INT64)), FORMAT('%t', NULL), FORMAT('100%%')"), "null | \"NULL\" | \"100%\"\n");
  for (const char* bad : {"FORMAT('%d', 1.5)", "FORMAT('%s', 1)", "FORMAT('%d')", "FORMAT('%d', 1, 2)", "FORMAT('%c', 1)", "FORMAT('%')"}) {
    EXPECT_TRUE(Fails(bad)) << bad;
  }
}

TEST_F(JsonExecutionTest, SubstringsAreSearchedInAllFields) {
  EXPECT_EQ(Value("CONTAINS_SUBSTR('The BLUE house', 'blue'), CONTAINS_SUBSTR('\\u2168', 'IX'), CONTAINS_SUBSTR((23, 35), '35')"),
            "true | true | true\n");
  EXPECT_EQ(Value("CONTAINS_SUBSTR((23, NULL, ['x']), 'X'), CONTAINS_SUBSTR((23, NULL), '4'), CONTAINS_SUBSTR('a', 'b')"),
            "true | null | false\n");
  EXPECT_EQ(Value(R"(CONTAINS_SUBSTR(JSON '{"k":"v"}', 'v'), CONTAINS_SUBSTR(JSON '{"k":"v"}', 'k'), CONTAINS_SUBSTR(JSON '{"k":"v"}', 'k', json_scope => 'JSON_KEYS'))"),
            "true | false | true\n");
  EXPECT_TRUE(Fails("CONTAINS_SUBSTR('a', CAST(NULL AS STRING))"));
}

}  // namespace
}  // namespace casebook::engines
