// Goal: JSON is read, found, changed into canonical form and written without loss.
// Method: values made by chance from a seed; the two ways of finding a value are compared; edges by hand.
#include "engines/duckdb/json_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>

namespace casebook::engines {
namespace {

class RandomJson {
 public:
  explicit RandomJson(uint32_t seed) : random_(seed) {}

  Json Make(int depth) {
    Json json;
    switch (Below(depth > 3 ? 4 : 6)) {
      case 0: return json;
      case 1: json.kind = Json::Kind::kBool; json.text = Below(2) == 0 ? "true" : "false"; return json;
      case 2: json.kind = Json::Kind::kNumber; json.text = NumberText(); return json;
      case 3: json.kind = Json::Kind::kString; json.text = KeyText(); return json;
      case 4:
        json.kind = Json::Kind::kArray;
        for (int i = Below(4); i > 0; --i) json.elements.push_back(Make(depth + 1));
        return json;
      default:
        json.kind = Json::Kind::kObject;
        for (int i = Below(4); i > 0; --i) json.members.emplace_back(KeyText(), Make(depth + 1));
        return json;
    }
  }

  int Below(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }

 private:
  std::string NumberText() {
    const char* numbers[] = {"0", "-1", "12", "1.5", "-0.25", "1e3", "1.50", "9223372036854775807", "0.0001", "12E-2"};
    return numbers[Below(10)];
  }
  std::string KeyText() {
    const char* keys[] = {"a", "b", "", "a b", "q\"q", "back\\slash", "line\nend", "é", "\u2028", "0", "1"};
    return keys[Below(11)];
  }

  std::mt19937 random_;
};

std::string Canonical(std::string_view text) {
  std::string why;
  const auto json = ParseCanonicalJson(text, WideNumbers::kRound, why);
  return json ? WriteJson(*json) : "error: " + why;
}

TEST(JsonTextTest, WhatIsWrittenReadsBackTheSame) {
  RandomJson random(1);
  for (int i = 0; i < 500; ++i) {
    const std::string text = WriteJson(random.Make(0));
    for (const std::string& form : {text, WriteJsonString(*ReadJson(text)), WritePrettyJson(*ReadJson(text))}) {
      ASSERT_TRUE(ReadJson(form)) << form;
      EXPECT_EQ(WriteJson(*ReadJson(form)), text);
    }
  }
}

TEST(JsonTextTest, ReadingLenientlyIsReadingWhereTheTextIsWhole) {
  RandomJson random(2);
  for (int i = 0; i < 500; ++i) {
    const std::string text = WritePrettyJson(random.Make(0));
    bool too_deep = true;
    const auto json = ReadJsonLeniently(text, too_deep);
    ASSERT_TRUE(json) << text;
    EXPECT_FALSE(too_deep);
    EXPECT_EQ(WriteJson(*json), WriteJson(*ReadJson(text)));
  }
}

TEST(JsonTextTest, FindingInTheTextIsFindingInTheValue) {
  RandomJson random(3);
  for (int i = 0; i < 2000; ++i) {
    std::string why;
    const auto json = ParseCanonicalJson(WriteJson(random.Make(0)), WideNumbers::kRound, why);
    ASSERT_TRUE(json) << why;
    const JsonPath path = ReadJsonPath(std::vector{"$", "$.a", "$.a.b", "$[0]", "$[1].a", "$.b[0]", "$.\"a b\""}[i % 7], false);
    ASSERT_TRUE(path.error.empty());
    const std::string text = WriteJson(*json);
    const Json* found = FindJson(*json, path.steps);
    const JsonPlace place = FindJsonText(text, path.steps);
    ASSERT_EQ(found != nullptr, place.rest.has_value()) << text;
    if (found == nullptr) continue;
    bool too_deep = false;
    EXPECT_EQ(WriteJson(*ReadJsonLeniently(*place.rest, too_deep)), WriteJson(*found));
  }
}

TEST(JsonTextTest, CanonicalFormIsItsOwnCanonicalForm) {
  RandomJson random(4);
  for (int i = 0; i < 500; ++i) {
    const std::string once = Canonical(WriteJson(random.Make(0)));
    EXPECT_EQ(Canonical(once), once);
  }
}

TEST(JsonTextTest, MembersStandInTheOrderOfTheirKeysAndTheFirstOfEqualOnesStays) {
  EXPECT_EQ(Canonical(R"({"b": 1, "a": {"d": 2, "c": 3}, "b": 4})"), R"({"a":{"c":3,"d":2},"b":1})");
}

TEST(JsonTextTest, NumbersAreWholeOrShortest) {
  EXPECT_EQ(Canonical("[1.50, 1e2, -0, 1E-7, 100000000000000.0, 1e15, 18446744073709551615, 18446744073709551616]"),
            "[1.5,100.0,0,1e-07,100000000000000.0,1e+15,18446744073709551615,1.8446744073709552e+19]");
  EXPECT_EQ(Canonical("1e400"), "error: number overflow parsing '1e400'");
}

TEST(JsonTextTest, TheTextOfADoubleReadsBackAsIt) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 2000; ++i) {
    const double value = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 160);
    EXPECT_EQ(std::strtod(JsonNumberText(value).c_str(), nullptr), value);
    EXPECT_EQ(JsonNumberText(-value), "-" + JsonNumberText(value));
  }
}

TEST(JsonTextTest, ExactRefusesWhatRoundRounds) {
  std::string why;
  EXPECT_TRUE(ParseCanonicalJson("0.1", WideNumbers::kExact, why));
  EXPECT_TRUE(ParseCanonicalJson("1.50e1", WideNumbers::kExact, why));
  EXPECT_FALSE(ParseCanonicalJson("0.10000000000000000555", WideNumbers::kExact, why));
  EXPECT_FALSE(ParseCanonicalJson("123456789012345678901234", WideNumbers::kExact, why));
}

TEST(JsonTextTest, StrictReadingTakesNothingBeyondTheStandard) {
  for (const char* bad : {"", "[1,]", "{'a':1}", "nan", "01", "+1", "1.", ".5", "\"\t\"", "\"\\q\"", "\"\\ud800\"", "[1] x"}) {
    EXPECT_FALSE(ReadJson(bad)) << bad;
  }
  EXPECT_FALSE(ReadJson(std::string(kMaxJsonDepth + 2, '[') + std::string(kMaxJsonDepth + 2, ']')));
}

TEST(JsonTextTest, TextIsReadNoFurtherThanThePath) {
  const auto at = [](std::string_view text, std::string_view path) -> std::string {
    const JsonPlace place = FindJsonText(text, ReadJsonPath(path, false).steps);
    bool too_deep = false;
    const auto json = place.rest ? ReadJsonLeniently(*place.rest, too_deep) : std::nullopt;
    return json ? WriteJson(*json) : "none";
  };
  EXPECT_EQ(at(R"({"a":1, "b)", "$.a"), "1");
  EXPECT_EQ(at(R"({"x":tru, "a":1})", "$.a"), "none");
  EXPECT_EQ(at("{'a':'it'}", "$.a"), "\"it\"");
  EXPECT_EQ(at("[1,]", "$"), "[1]");
  EXPECT_EQ(at(R"({"a":1,"a":{"b":2}})", "$.a.b"), "2");
  EXPECT_TRUE(FindJsonText(std::string(2000, '['), ReadJsonPath("$[1]", false).steps).too_deep);
}

TEST(JsonTextTest, PathsSayWhereTheyAreWrong) {
  for (const char* good : {"$", "$.a", "$.a b", "$.\"a.b\"[0]", "$[ 1 ]", "$.é-1", "$.\"*\""}) {
    EXPECT_EQ(ReadJsonPath(good, false).error, "") << good;
  }
  EXPECT_EQ(ReadJsonPath("a", false).error, "JSONPath must start with '$'");
  EXPECT_EQ(ReadJsonPath("$.a.", false).error, "Invalid token in JSONPath at: .");
  EXPECT_EQ(ReadJsonPath("$['a']", false).error, "Invalid token in JSONPath at: ['a']");
  EXPECT_EQ(ReadJsonPath("$.*", false).error, "Unsupported operator in JSONPath: *");
  EXPECT_EQ(ReadJsonPath("$['a\\'b'].c", true).steps.front().key, "a'b");
  EXPECT_FALSE(ReadJsonPath("$.\"a\"", true).error.empty());
}

}  // namespace
}  // namespace casebook::engines
