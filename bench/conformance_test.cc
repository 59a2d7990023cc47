// The judge is judged: what must pass, and what must not.
#include <gtest/gtest.h>

#include "bench/conformance_judge.h"
#include "bench/conformance_sql.h"

namespace casebook::conformance {
namespace {

Json Value(const char* type, const Json& value) {
  return {{"columns", {{{"name", "v"}, {"type", type}}}}, {"rows", {{value}}}, {"ordered", nullptr}};
}

Outcome JudgeValue(const char* type, const Json& expected, const Json& got) {
  Case item;
  item.expected = Value(type, expected);
  return Judge(item, Value(type, got));
}

Json Rows(const Json& rows, const Json& ordered) {
  return {{"columns", {{{"name", "v"}, {"type", "INT64"}}}}, {"rows", rows}, {"ordered", ordered}};
}

Outcome JudgeError(const Json& expected, const Json& got) {
  Case item;
  item.expected = expected;
  return Judge(item, got);
}

TEST(JudgeTest, EqualValuesPassAndOthersAreWrong) {
  EXPECT_EQ(JudgeValue("INT64", 1, 1), Outcome::kPassed);
  EXPECT_EQ(JudgeValue("INT64", 1, 2), Outcome::kWrong);
  EXPECT_EQ(JudgeValue("INT64", nullptr, 0), Outcome::kWrong);
  EXPECT_EQ(JudgeValue("STRING", "1.50", "1.5"), Outcome::kWrong);
  EXPECT_EQ(JudgeValue("NUMERIC", "1.50", "1.5"), Outcome::kPassed);
  EXPECT_EQ(JudgeValue("TIMESTAMP", "2000-01-01 00:00:00.500+00", "2000-01-01 00:00:00.5+00"), Outcome::kPassed);
  EXPECT_EQ(JudgeValue("JSON", R"({"a":1,"b":2})", R"({ "b":2, "a":1 })"), Outcome::kPassed);
}

TEST(JudgeTest, FloatsMayDifferByFourUnits) {
  EXPECT_EQ(JudgeValue("FLOAT64", 0.1 + 0.2, 0.3), Outcome::kPassed);
  EXPECT_EQ(JudgeValue("FLOAT64", 0.3, 0.3000000000001), Outcome::kWrong);
  EXPECT_EQ(JudgeValue("FLOAT64", "NaN", "NaN"), Outcome::kPassed);
  EXPECT_EQ(JudgeValue("FLOAT64", "Infinity", "-Infinity"), Outcome::kWrong);
  EXPECT_EQ(JudgeValue("FLOAT64", 0.0, -0.0), Outcome::kPassed);
  EXPECT_EQ(JudgeValue("FLOAT64", 1.7e308, "Infinity"), Outcome::kWrong);
}

TEST(JudgeTest, TypesAndNamesOfColumnsCount) {
  Case item;
  item.expected = Value("DOUBLE", 1.0);
  EXPECT_EQ(Judge(item, Value("FLOAT64", 1.0)), Outcome::kPassed);
  EXPECT_EQ(Judge(item, Value("INT64", 1)), Outcome::kWrong);
  Json other_name = Value("FLOAT64", 1.0);
  other_name["columns"][0]["name"] = "w";
  EXPECT_EQ(Judge(item, other_name), Outcome::kWrong);
}

TEST(JudgeTest, RowsWithoutOrderAreAMultiset) {
  Case item;
  item.expected = Rows({{1}, {2}, {2}}, false);
  EXPECT_EQ(Judge(item, Rows({{2}, {1}, {2}}, false)), Outcome::kPassed);
  EXPECT_EQ(Judge(item, Rows({{2}, {1}, {1}}, false)), Outcome::kWrong);
  item.expected["ordered"] = true;
  EXPECT_EQ(Judge(item, Rows({{2}, {1}, {2}}, true)), Outcome::kWrong);
}

TEST(JudgeTest, ArraysMayBeInAnyOrderWhereTheyAreMarked) {
  const Json type = {{"array", "INT64"}};
  const Json got = {{"a", {1, 2}}};
  EXPECT_TRUE(EqualValues(type, {{"u", {2, 1}}}, got, 2));
  EXPECT_FALSE(EqualValues(type, {{"a", {2, 1}}}, got, 2));
}

TEST(JudgeTest, FailuresAreComparedByTheirKind) {
  const Json error = {{"error", "division by zero"}};
  EXPECT_EQ(JudgeError(error, {{"error", "x"}, {"kind", "runtime"}}), Outcome::kPassed);
  EXPECT_EQ(JudgeError(error, {{"error", "x"}, {"kind", "invalid"}}), Outcome::kPassed);
  EXPECT_EQ(JudgeError(error, Value("INT64", 1)), Outcome::kWrong);
  EXPECT_EQ(JudgeError(error, {{"error", "x"}, {"kind", "runtime"}, {"fault", true}}), Outcome::kWrong);
  EXPECT_EQ(JudgeError(error, {{"error", "x"}, {"kind", "runtime"}, {"crashed", true}}), Outcome::kCrashed);
  EXPECT_EQ(JudgeError(Value("INT64", 1), {{"error", "x"}, {"kind", "unsupported"}}), Outcome::kRefused);
  EXPECT_EQ(JudgeError(Value("INT64", 1), {{"error", "x"}, {"kind", "invalid"}}), Outcome::kWrong);
}

TEST(LooseTest, PrintedTextIsComparedByMeaning) {
  const std::string utc = "UTC";
  EXPECT_TRUE(MeansTheSame("FLOAT64", "-1.97485753142", -1.9748575314241117, utc));
  EXPECT_FALSE(MeansTheSame("FLOAT64", "1.5", 1.6, utc));
  EXPECT_TRUE(MeansTheSame("BOOL", "TRUE", true, utc));
  EXPECT_TRUE(MeansTheSame("STRING", "NULL", nullptr, utc));
  EXPECT_TRUE(MeansTheSame("BYTES", "b\"\\x00\\x08\"", {{"b64", "AAg="}}, utc));
  EXPECT_TRUE(MeansTheSame("TIMESTAMP", "2000-12-15 12:00:00.000 America/Los_Angeles", "2000-12-15 20:00:00+00", utc));
  EXPECT_TRUE(MeansTheSame("TIMESTAMP", "03:01:17", "2016-10-18 03:01:17+00", utc));
  EXPECT_TRUE(MeansTheSame("DATETIME", "2022-10-01T16:00:00", "2022-10-01 16:00:00", utc));
  EXPECT_TRUE(MeansTheSame("JSON", "{ \"a\": [1, 2] }", R"({"a":[1,2]})", utc));
}

TEST(LooseTest, RowsWithEqualKeysMayBeInAnyOrder) {
  Case item;
  item.loose = true;
  item.expected =
      Json::parse(R"({"columns": ["k", "v"], "rows": [["1", "a"], ["1", "b"], ["2", "c"]], "ordered": true})");
  Json got = Json::parse(R"({"columns": [{"name": "v", "type": "STRING"}, {"name": "k", "type": "INT64"}],
                             "rows": [["b", 1], ["a", 1], ["c", 2]]})");
  EXPECT_EQ(Judge(item, got), Outcome::kPassed);
  got["rows"] = Json::parse(R"([["b", 1], ["c", 2], ["a", 1]])");
  EXPECT_EQ(Judge(item, got), Outcome::kWrong);
}

TEST(LooseTest, ArraysStructsAndRangesAreReadFromTheirText) {
  const Json pair = Json::parse(R"({"struct": [["value", "STRING"], ["count", "INT64"]]})");
  const Json got = Json::parse(R"({"a": [["pear", 3], ["apple", 2]]})");
  EXPECT_TRUE(MeansTheSame({{"array", pair}}, "[{pear, 3}, {apple, 2}]", got, "UTC"));
  EXPECT_TRUE(MeansTheSame({{"array", pair}}, "[{pear value, 3 count}, {value: \"apple\", count: 2}]", got, "UTC"));
  EXPECT_FALSE(MeansTheSame({{"array", pair}}, "[{pear, 3}]", got, "UTC"));
  const Json range = {{"range", {"2020-01-01", nullptr}}};
  EXPECT_TRUE(MeansTheSame({{"range", "DATE"}}, "[DATE '2020-01-01', UNBOUNDED)", range, "UTC"));
}

TEST(RefusableTest, FilesAreNamedByPattern) {
  EXPECT_TRUE(IsRefusable("aead.test"));
  EXPECT_TRUE(IsRefusable("collation_in_sql_functions.test"));
  EXPECT_TRUE(IsRefusable("json_to_uint64.test"));
  EXPECT_FALSE(IsRefusable("json_queries.test"));
  EXPECT_FALSE(IsRefusable("hll_functions.md"));
}

TEST(SqlTest, DoubleIsATypeOnlyWhereATypeStands) {
  EXPECT_EQ(WithFloat64("SELECT CAST('a' AS double), double FROM t"), "SELECT CAST('a' AS FLOAT64), double FROM t");
  EXPECT_EQ(WithFloat64("SELECT ARRAY<DOUBLE>[], 'AS double)'"), "SELECT ARRAY<FLOAT64>[], 'AS double)'");
  EXPECT_EQ(WithInlined("SELECT @a + @ab, '@a'", "a", "1"), "SELECT (1) + @ab, '@a'");
}

}  // namespace
}  // namespace casebook::conformance
