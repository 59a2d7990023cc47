#include "queries/parameter.h"

#include <gtest/gtest.h>

#include "queries/value_text.h"

namespace casebook {
namespace {

// `TYPE = value` of a parameter, or the message.
std::string Read(std::string_view text) {
  const auto parameter = ParseParameter(text);
  if (!parameter.ok()) return parameter.error().message;
  std::string value;
  AppendJson(parameter->type, parameter->value, value);
  return parameter->name + " " + parameter->type.ToString() + " = " + value;
}

TEST(ParameterTest, ScalarsAreReadAsTheirType) {
  EXPECT_EQ(Read("n:INT64:-12"), "n INT64 = -12");
  EXPECT_EQ(Read("n:integer:+7"), "n INT64 = 7");
  EXPECT_EQ(Read("x:FLOAT64:1e3"), "x FLOAT64 = 1000.0");
  EXPECT_EQ(Read("x:FLOAT:nan"), "x FLOAT64 = \"NaN\"");
  EXPECT_EQ(Read("b:BOOL:TRUE"), "b BOOL = true");
  EXPECT_EQ(Read("d:DATE:2025-03-28"), "d DATE = \"2025-03-28\"");
  EXPECT_EQ(Read("t:TIMESTAMP:2025-03-28 16:42:10.318+01:00"), "t TIMESTAMP = \"2025-03-28 15:42:10.318 UTC\"");
  EXPECT_EQ(Read("t:DATETIME:2025-03-28T16:42:10"), "t DATETIME = \"2025-03-28T16:42:10\"");
  EXPECT_EQ(Read("t:TIME:16:42:10"), "t TIME = \"16:42:10\"");
  EXPECT_EQ(Read("y:BYTES:Zm8="), "y BYTES = \"Zm8=\"");
  EXPECT_EQ(Read("j:JSON:{\"a\": [1]}"), "j JSON = {\"a\": [1]}");
  EXPECT_EQ(Read("i:INTERVAL:-1-2 3 -4:5:6.5"), "i INTERVAL = \"-1-2 3 -4:5:6.500\"");
  EXPECT_EQ(Read("r:RANGE<DATE>:[2025-01-01, UNBOUNDED)"), "r RANGE<DATE> = \"[2025-01-01, UNBOUNDED)\"");
}

TEST(ParameterTest, NumericKeepsItsDigits) {
  EXPECT_EQ(Read("n:NUMERIC:00012.500"), "n NUMERIC = 12.5");
  EXPECT_EQ(Read("n:NUMERIC:-.5"), "n NUMERIC = -0.5");
  EXPECT_EQ(Read("n:NUMERIC:1.5e-3"), "n NUMERIC = 0.0015");
  EXPECT_EQ(Read("n:NUMERIC:12e2"), "n NUMERIC = 1200");
  EXPECT_EQ(Read("n:NUMERIC:-0"), "n NUMERIC = 0");
  EXPECT_EQ(Read("n:NUMERIC:99999999999999999999999999999.999999999"),
            "n NUMERIC = \"99999999999999999999999999999.999999999\"");
  EXPECT_EQ(Read("n:NUMERIC:1e30"), "parameter \"n\": cannot read \"1e30\" as NUMERIC");
  EXPECT_EQ(Read("n:NUMERIC:1.0.0"), "parameter \"n\": cannot read \"1.0.0\" as NUMERIC");
}

TEST(ParameterTest, TheEmptyPartsHaveTheirMeaning) {
  EXPECT_EQ(Read("s::a:b::c"), "s STRING = \"a:b::c\"");
  EXPECT_EQ(Read("::x"), " STRING = \"x\"");
  EXPECT_EQ(Read(":INT64:1"), " INT64 = 1");
  EXPECT_EQ(Read("s::"), "s STRING = \"\"");
  EXPECT_EQ(Read("s::NULL"), "s STRING = null");
}

TEST(ParameterTest, NestedValuesAreJson) {
  EXPECT_EQ(Read("a:ARRAY<STRING>:[\"x\", \"\\u00e9\"]"), "a ARRAY<STRING> = [\"x\",\"é\"]");
  EXPECT_EQ(Read("a:ARRAY<INT64>:[1, \"2\"]"), "a ARRAY<INT64> = [1,2]");
  EXPECT_EQ(Read("a:ARRAY<INT64>:[]"), "a ARRAY<INT64> = []");
  EXPECT_EQ(Read("s:STRUCT<a INT64, b ARRAY<BOOL>>:{\"B\": [true], \"a\": 1}"),
            "s STRUCT<a INT64, b ARRAY<BOOL>> = {\"a\":1,\"b\":[true]}");
}

TEST(ParameterTest, MistakesAreNamed) {
  EXPECT_EQ(Read("cases"), "parameter \"cases\" is not spelt name:TYPE:value");
  EXPECT_EQ(Read("n:INT64"), "parameter \"n:INT64\" is not spelt name:TYPE:value");
  EXPECT_EQ(Read("n:INT64:9223372036854775808"), "parameter \"n\": cannot read \"9223372036854775808\" as INT64");
  EXPECT_EQ(Read("n:INT64:1.0"), "parameter \"n\": cannot read \"1.0\" as INT64");
  EXPECT_EQ(Read("n:NUMBER:1"), "parameter \"n\": unknown type NUMBER");
  EXPECT_EQ(Read("d:DATE:2025-02-30"), "parameter \"d\": cannot read \"2025-02-30\" as DATE");
  EXPECT_EQ(Read("a:ARRAY<INT64>:[1,"), "parameter \"a\": not JSON: expected a value at byte 4");
  EXPECT_EQ(Read("a:ARRAY<INT64>:{}"), "parameter \"a\": ARRAY<INT64> takes a JSON list");
  EXPECT_EQ(Read("s:STRUCT<a INT64>:{\"b\":1}"), "parameter \"s\": field \"b\" is not in STRUCT<a INT64>");
  EXPECT_EQ(Read(":INT64:x"), "positional parameter: cannot read \"x\" as INT64");
}

TEST(JsonTreeTest, TakesNothingButJson) {
  for (const char* text : {"", "01", "1.", "tru", "[1]]", "\"a", "'a'", "{a:1}", "\"\\x\"", "\"\\ud800\"", "[1 2]",
                           "\"\n\"", "-", "{\"a\"}", "nul"}) {
    EXPECT_FALSE(ParseJsonTree(text).ok()) << text;
  }
  EXPECT_EQ(ParseJsonTree("\"\\ud83d\\udc4d\"")->text, "👍");
  EXPECT_FALSE(ParseJsonTree(std::string(5000, '[')).ok());
}

}  // namespace
}  // namespace casebook
