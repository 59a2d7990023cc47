// Goal: functions that make and read arrays, and texts beyond ASCII, answer as GoogleSQL does.
// Method: queries with answers known from GoogleSQL, run on the engine.
#include <gtest/gtest.h>

#include "engines/duckdb/execution_for_test.h"

namespace casebook::engines {
namespace {

using CollectionExecutionTest = ExecutionTest;

TEST_F(CollectionExecutionTest, ArraysAreGeneratedAsFarAsTheirEnd) {
  EXPECT_EQ(Value("GENERATE_ARRAY(1, 5, 2), GENERATE_ARRAY(5, 1, -2), GENERATE_ARRAY(2, 1), GENERATE_ARRAY(1, NULL)"),
            "[1, 3, 5] | [5, 3, 1] | [] | null\n");
  EXPECT_EQ(Value("GENERATE_ARRAY(0.0, 1.0, 0.25), GENERATE_ARRAY(NUMERIC '1', NUMERIC '2', NUMERIC '0.4')"),
            "[0, 0.25, 0.5, 0.75, 1] | [1, 1.4, 1.8]\n");
  EXPECT_EQ(Value("GENERATE_ARRAY(9223372036854775806, 9223372036854775807)"), "[9223372036854775806, 9223372036854775807]\n");
  for (const char* bad : {"GENERATE_ARRAY(1, 2, 0)", "GENERATE_ARRAY(1.0, CAST('nan' AS FLOAT64))", "GENERATE_ARRAY(1, 100000000)",
                          "GENERATE_DATE_ARRAY('2024-01-01', '2024-01-02', INTERVAL 0 DAY)"}) {
    EXPECT_TRUE(Fails(bad)) << bad;
  }
}

TEST_F(CollectionExecutionTest, AShortMonthShortensTheDatesBehindIt) {
  EXPECT_EQ(Value("GENERATE_DATE_ARRAY('2024-01-31', '2024-04-30', INTERVAL 1 MONTH)"), "[2024-01-31, 2024-02-29, 2024-03-29, 2024-04-29]\n");
  EXPECT_EQ(Value("GENERATE_DATE_ARRAY('2024-01-01', '2024-01-03'), GENERATE_DATE_ARRAY('2024-01-15', '2024-01-01', INTERVAL -1 WEEK)"),
            "[2024-01-01, 2024-01-02, 2024-01-03] | [2024-01-15, 2024-01-08, 2024-01-01]\n");
  EXPECT_EQ(Value("GENERATE_DATE_ARRAY('9999-12-30', '9999-12-31', INTERVAL 1 YEAR)"), "[9999-12-30]\n");
  EXPECT_EQ(Value("GENERATE_TIMESTAMP_ARRAY('2024-01-01 00:00:00+00', '2024-01-01 01:00:00+00', INTERVAL 40 MINUTE)"),
            "[2024-01-01 00:00:00+00, 2024-01-01 00:40:00+00]\n");
}

TEST_F(CollectionExecutionTest, SlicesCountFromBothEnds) {
  EXPECT_EQ(Value("ARRAY_SLICE([1, 2, 3, 4], 1, 2), ARRAY_SLICE([1, 2, 3], -2, -1), ARRAY_SLICE([1, 2, 3], -9, 0), "
                  "ARRAY_SLICE([1, 2, 3], 2, 1), ARRAY_SLICE([1, 2, 3], 1, 9), ARRAY_SLICE([1], NULL, 1)"),
            "[2, 3] | [2, 3] | [1] | [] | [2, 3] | null\n");
  EXPECT_EQ(Value("ARRAY_SLICE([1, 2], 0, 9223372036854775807), ARRAY_SLICE([1, 2], 9223372036854775807, 9223372036854775807), "
                  "ARRAY_SLICE([1, 2], 2, 2), ARRAY_SLICE([1, 2], -9223372036854775808, 0)"),
            "[1, 2] | [] | [] | [1]\n");
}

TEST_F(CollectionExecutionTest, EveryPairIsDistinctOrNot) {
  EXPECT_EQ(Value("ARRAY_IS_DISTINCT([1, 2]), ARRAY_IS_DISTINCT([1, 1]), ARRAY_IS_DISTINCT([1, NULL]), ARRAY_IS_DISTINCT([1, NULL, NULL])"),
            "true | false | true | false\n");
  EXPECT_EQ(Value("ARRAY_IS_DISTINCT([CAST('nan' AS FLOAT64), CAST('nan' AS FLOAT64)]), ARRAY_IS_DISTINCT([0.0, -0.0]), "
                  "ARRAY_IS_DISTINCT([1.5, NULL, CAST('nan' AS FLOAT64)]), ARRAY_IS_DISTINCT(CAST(NULL AS ARRAY<FLOAT64>))"),
            "false | false | true | null\n");
}

TEST_F(CollectionExecutionTest, FirstAndLastNeedAnElement) {
  EXPECT_EQ(Value("ARRAY_FIRST([3, 4]), ARRAY_LAST([3, 4]), SAFE.ARRAY_FIRST(CAST([] AS ARRAY<INT64>)), ARRAY_LAST(CAST(NULL AS ARRAY<INT64>))"),
            "3 | 4 | null | null\n");
  for (const char* type : {"STRING", "BOOL", "DATE", "NUMERIC", "BYTES", "FLOAT64", "STRUCT<a INT64, b STRING>"}) {
    const std::string none = std::string("CAST(NULL AS ARRAY<") + type + ">)";
    EXPECT_EQ(Value("ARRAY_FIRST(" + none + "), ARRAY_LAST(" + none + ")"), "null | null\n") << type;
    EXPECT_EQ(Value("SAFE.ARRAY_FIRST(CAST([] AS ARRAY<" + std::string(type) + ">))"), "null\n") << type;
    EXPECT_TRUE(Fails("ARRAY_LAST(CAST([] AS ARRAY<" + std::string(type) + ">))")) << type;
  }
  EXPECT_EQ(Value("CONCAT(ARRAY_FIRST(CAST(NULL AS ARRAY<STRING>)), 'a'), ARRAY_LAST(['a', 'b'])"), "null | \"b\"\n");
  EXPECT_TRUE(Fails("ARRAY_FIRST(CAST([] AS ARRAY<INT64>))"));
}

TEST_F(CollectionExecutionTest, JoiningWithNullIsNull) {
  EXPECT_EQ(Value("ARRAY_TO_STRING(['a', NULL], ',', NULL), ARRAY_TO_STRING(['a'], NULL), ARRAY_TO_STRING([b'a', NULL, b'b'], b'-', b'?')"),
            "null | null | x'612d3f2d62'\n");
}

TEST_F(CollectionExecutionTest, PatternsMayStandInAnArrayOrASubquery) {
  EXPECT_EQ(Value("'abc' LIKE ANY UNNEST(['x', 'a%']), 'abc' LIKE ALL UNNEST(['a%', '%d']), 'abc' NOT LIKE ANY UNNEST(['a%', 'b'])"),
            "true | false | true\n");
  EXPECT_EQ(Value("'abc' LIKE ANY UNNEST(['x', NULL]), 'abc' LIKE ALL UNNEST(['x', NULL]), CAST(NULL AS STRING) LIKE ANY UNNEST(CAST([] AS ARRAY<STRING>))"),
            "null | false | false\n");
  EXPECT_EQ(Value("b'abc' LIKE ANY (SELECT p FROM UNNEST([b'x', b'a_c']) AS p), 'abc' LIKE ALL (SELECT 'a%')"), "true | true\n");
}

TEST_F(CollectionExecutionTest, TextsComeApartIntoCodePointsAndBack) {
  EXPECT_EQ(Value("TO_CODE_POINTS('aé😀'), TO_CODE_POINTS(b'a\\xff'), CODE_POINTS_TO_STRING([97, 233]), CODE_POINTS_TO_BYTES([97, 255]), "
                  "CODE_POINTS_TO_STRING([97, NULL])"),
            "[97, 233, 128512] | [97, 255] | \"aé\" | x'61ff' | null\n");
  EXPECT_TRUE(Fails("CODE_POINTS_TO_STRING([55296])"));
  EXPECT_TRUE(Fails("CODE_POINTS_TO_BYTES([256])"));
}

TEST_F(CollectionExecutionTest, TextsHaveNormalForms) {
  EXPECT_EQ(Value("NORMALIZE('e\\u0301') = 'é', NORMALIZE('ﬁ', NFKC), LENGTH(NORMALIZE('é', NFD)), NORMALIZE_AND_CASEFOLD('ÉSS', NFC)"),
            "true | \"fi\" | 2 | \"éss\"\n");
  EXPECT_TRUE(Value("NORMALIZE('x', 'NFC')").starts_with("refused: "));
}

TEST_F(CollectionExecutionTest, Base32IsPadded) {
  EXPECT_EQ(Value("TO_BASE32(b''), TO_BASE32(b'a'), TO_BASE32(b'abcde'), FROM_BASE32('MFRGGZDF'), SAFE.FROM_BASE32('M')"),
            "\"\" | \"ME======\" | \"MFRGGZDF\" | x'6162636465' | null\n");
  for (const char* bytes : {"b'a'", "b'ab'", "b'abc'", "b'abcd'", "b'abcdef'"}) {
    EXPECT_EQ(Value("FROM_BASE32(TO_BASE32(" + std::string(bytes) + ")) = " + bytes), "true\n");
  }
}

TEST_F(CollectionExecutionTest, BytesHaveTheFunctionsOfTexts) {
  EXPECT_EQ(Value("SPLIT(b'a,b', b','), TRANSLATE(b'abc', b'ab', b'x'), REGEXP_EXTRACT_ALL(b'a1b2', b'[0-9]'), REGEXP_INSTR(b'abab', b'b', 3)"),
            "[x'61', x'62'] | x'7863' | [x'31', x'32'] | 4\n");
}

TEST_F(CollectionExecutionTest, PartsOfASplitTextAreFound) {
  EXPECT_EQ(Value("SPLIT_SUBSTR('a.b.c', '.', 2), SPLIT_SUBSTR('a.b.c', '.', -2, 1), SPLIT_SUBSTR('a.b.c', '.', 9), SPLIT_SUBSTR('a.b.c', '.', -9, 2)"),
            "\"b.c\" | \"b\" | \"\" | \"a.b\"\n");
}

TEST_F(CollectionExecutionTest, GroupsOfAPatternAreFields) {
  EXPECT_EQ(Value(R"(REGEXP_EXTRACT_GROUPS('id:007', r'(?<key>\w+):(?<n__INT64>\d+)(x)?'))"), "(\"id\", 7, null)\n");
  EXPECT_EQ(Value(R"(REGEXP_EXTRACT_GROUPS('id:007', r'(?<key>\w+):(?<n__INT64>\d+)').n, REGEXP_EXTRACT_GROUPS('x', r'(\d)'))"), "7 | null\n");
  EXPECT_TRUE(Value("REGEXP_EXTRACT_GROUPS('x', 'x')").starts_with("refused: "));
}

TEST_F(CollectionExecutionTest, DistancesEndAtTheirLimit) {
  EXPECT_EQ(Value("EDIT_DISTANCE('abc', 'axc'), EDIT_DISTANCE('é', 'e'), EDIT_DISTANCE(b'\\xc3\\xa9', b'e'), EDIT_DISTANCE('abcdef', '', max_distance => 2)"),
            "1 | 1 | 2 | 2\n");
}

TEST_F(CollectionExecutionTest, SoundsIgnoreWhatIsNoLetter) {
  EXPECT_EQ(Value("SOUNDEX('Ashcraft'), SOUNDEX('Tymczak'), SOUNDEX('1ab'), SOUNDEX('')"), "\"A261\" | \"T520\" | \"a100\" | \"\"\n");
  EXPECT_EQ(Value("INITCAP(\"o'neil mc-donald\"), 'a' || CAST(NULL AS STRING)"), "\"O'neil Mc-Donald\" | null\n");
}

}  // namespace
}  // namespace casebook::engines
