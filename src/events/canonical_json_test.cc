#include "events/canonical_json.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

#include "events/json.h"

namespace casebook {
namespace {

std::string Canonical(std::string_view json) {
  const auto result = CanonicalJson(json);
  return result.ok() ? result.value() : "error: " + result.error().message;
}

TEST(CanonicalJsonTest, PrintsTheExampleOfRfc8785) {
  EXPECT_EQ(Canonical(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })"),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(CanonicalJsonTest, SortsKeysByUtf16CodeUnits) {
  EXPECT_EQ(Canonical(R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
                          "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",
                          "\u00f6":"Latin Small Letter O With Diaeresis"})"),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\","
            "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\","
            "\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

// The bit patterns and texts of appendix B of the RFC.
TEST(CanonicalJsonTest, PrintsNumbersAsEcmaScript) {
  const std::pair<uint64_t, const char*> samples[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (const auto& [bits, text] : samples) EXPECT_EQ(EcmaScriptNumber(std::bit_cast<double>(bits)), text);
}

TEST(CanonicalJsonTest, OneValueHasOneForm) {
  EXPECT_EQ(Canonical("{\"b\": 1.0023456E7, \"a\" : [ ] }\n"), R"({"a":[],"b":10023456})");
  EXPECT_EQ(Canonical(R"({"a":1,"a":2})"), R"({"a":2})");
  EXPECT_EQ(Canonical(R"("\ud800")"), "\"\xEF\xBF\xBD\"");
  EXPECT_EQ(Canonical("1e-400"), "0");
  EXPECT_EQ(Canonical(" true "), "true");
}

TEST(CanonicalJsonTest, RefusesWhatHasNoForm) {
  EXPECT_EQ(CanonicalJson("1e400").error().code, ErrorCode::kInvalid);
  EXPECT_EQ(CanonicalJson("").error().code, ErrorCode::kInvalid);
  EXPECT_EQ(CanonicalJson("{\"a\":1}}").error().code, ErrorCode::kInvalid);
  const std::string deep = std::string(kMaxJsonDepth + 1, '[') + std::string(kMaxJsonDepth + 1, ']');
  EXPECT_EQ(CanonicalJson(deep).error().code, ErrorCode::kLimit);
}

// Goal: the canonical form of a canonical form is itself, and no number is changed by it.
// Method: random doubles, whose canonical text must read back as the same double.
TEST(CanonicalJsonTest, NumbersReadBackAsTheyWere) {
  std::mt19937_64 random(8785);
  for (int i = 0; i < 20'000; ++i) {
    const double value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const std::string text = EcmaScriptNumber(value);
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
    EXPECT_EQ(Canonical(text), text);
  }
}

TEST(CanonicalJsonTest, TheHashDoesNotDependOnSpelling) {
  EXPECT_EQ(CanonicalSha256Hex(R"({"a":1,"b":"\u0041"})"), CanonicalSha256Hex(R"({ "b":"A", "a":1.0 })"));
  EXPECT_NE(CanonicalSha256Hex("broken"), CanonicalSha256Hex("broken "));
}

}  // namespace
}  // namespace casebook
