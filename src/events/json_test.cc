#include "events/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace casebook {
namespace {

// A record with padding behind it, opened.
class JsonReaderTest : public ::testing::Test {
 protected:
  std::string Open(std::string_view record) {
    text_ = std::string(record) + std::string(kJsonPadding, ' ');
    const auto fault = reader_.Open(std::string_view(text_).substr(0, record.size()));
    return fault ? std::string(fault->reason) : "";
  }
  std::string Read(const JsonShape& shape) {
    values_.assign(shape.size(), {});
    const auto fault = reader_.Read(shape, values_);
    return fault ? std::string(fault->reason) : "";
  }
  // Opens and reads; the first reason why not.
  std::string OpenAndRead(std::string_view record, const JsonShape& shape) {
    const std::string reason = Open(record);
    return reason.empty() ? Read(shape) : reason;
  }
  std::string_view Text(size_t slot) const { return values_[slot].text; }

  std::string text_;
  JsonReader reader_;
  std::vector<JsonValue> values_;
};

TEST_F(JsonReaderTest, GivesEveryKindOfValueByItsPath) {
  const JsonShape shape{"s", "n", "b", "o", "a", "x/y/z", "absent"};
  EXPECT_EQ(OpenAndRead(R"({"s":"caf\u00e9 \"\n","n":1.0023456E7,"b":true,"o":{ "k" : [1, 2] },"a":[ ],
                            "x":{"y":{"z":"deep"}}})",
                        shape),
            "");

  EXPECT_EQ(Text(0), "café \"\n");
  EXPECT_EQ(values_[0].kind, JsonKind::kString);
  EXPECT_EQ(Text(1), "1.0023456E7");
  EXPECT_EQ(values_[1].kind, JsonKind::kNumber);
  EXPECT_TRUE(values_[2].IsTrue());
  EXPECT_EQ(Text(3), R"({"k":[1,2]})");
  EXPECT_EQ(values_[3].kind, JsonKind::kObject);
  EXPECT_EQ(Text(4), "[]");
  EXPECT_EQ(Text(5), "deep");
  EXPECT_TRUE(values_[6].IsAbsent());
}

TEST_F(JsonReaderTest, TakesAValueWholeAndInParts) {
  const JsonShape shape{"Attributes/intent", "Attributes", "after"};
  EXPECT_EQ(OpenAndRead(R"({"Attributes": {"a":1, "intent": "b\tc"}, "after":"here"})", shape), "");

  EXPECT_EQ(Text(0), "b\tc");
  EXPECT_EQ(Text(1), R"({"a":1,"intent":"b\tc"})");
  EXPECT_EQ(Text(2), "here");
}

TEST_F(JsonReaderTest, TheExactKeyCountsWhateverTheOrder) {
  const JsonShape shape{"agentInfo/agentArn"};
  for (const char* record :
       {R"({"AgentInfo":{"agentArn":"other","x":1},"agentInfo":{"AgentArn":"exact"}})",
        R"({"agentInfo":{"AgentArn":"exact"},"AgentInfo":{"agentArn":"other"}})",
        R"({"AGENTINFO":{"AgentARN":"exact"}})", R"({"agentInfo":null,"AgentInfo":{"agentarn":"exact"}})"}) {
    EXPECT_EQ(OpenAndRead(record, shape), "");
    EXPECT_EQ(Text(0), "exact") << record;
  }
}

TEST_F(JsonReaderTest, WhatTheOtherSpellingSaidIsForgotten) {
  const JsonShape shape{"a/b", "a/c"};
  EXPECT_EQ(OpenAndRead(R"({"A":{"b":1,"c":2},"a":{"c":3}})", shape), "");
  EXPECT_TRUE(values_[0].IsAbsent());
  EXPECT_EQ(Text(1), "3");
}

TEST_F(JsonReaderTest, EscapedKeysAreReadAsTheirText) {
  const JsonShape shape{"caseId"};
  EXPECT_EQ(OpenAndRead(R"({"case\u0049d":"x"})", shape), "");
  EXPECT_EQ(Text(0), "x");
}

TEST_F(JsonReaderTest, NullIsAbsentAndMayBeReadAgain) {
  const JsonShape shape{"a"};
  const JsonShape other{"b"};
  EXPECT_EQ(OpenAndRead(R"({"a":null,"b":"x"})", shape), "");
  EXPECT_TRUE(values_[0].IsAbsent());
  EXPECT_EQ(Read(other), "");
  EXPECT_EQ(Text(0), "x");
  EXPECT_EQ(Read(other), "");
  EXPECT_EQ(Text(0), "x");
}

TEST_F(JsonReaderTest, MendsInvalidUtf8AndTells) {
  const JsonShape shape{"a"};
  EXPECT_EQ(OpenAndRead("{\"a\":\"x\xFFy\xE2\x82\"}", shape), "");
  EXPECT_EQ(Text(0), "x\xEF\xBF\xBDy\xEF\xBF\xBD");
  EXPECT_TRUE(reader_.mended());
  EXPECT_EQ(OpenAndRead(R"({"a":"sound"})", shape), "");
  EXPECT_FALSE(reader_.mended());
}

TEST_F(JsonReaderTest, LoneSurrogatesAreReplacedAndPairsAreRead) {
  const JsonShape shape{"a", "b", "c"};
  for (const char* lone : {R"(\ud800)", R"(\uDC00)", R"(\ud83dx)", R"(\ud83d\n)", R"(\ud800\u0041)"}) {
    EXPECT_EQ(OpenAndRead(std::string(R"({"a":"<)") + lone + R"(","b":"\ud83d\ude00","c":["\ude00"]})", shape), "");
    EXPECT_TRUE(Text(0).starts_with("<\xEF\xBF\xBD")) << lone;
    EXPECT_EQ(Text(1), "😀");
    EXPECT_EQ(Text(2), R"(["\ufffd"])");
    EXPECT_TRUE(reader_.mended()) << lone;
  }
  EXPECT_EQ(OpenAndRead(R"({"a":"\ud83d\ude00 \\ud800"})", shape), "");
  EXPECT_EQ(Text(0), "😀 \\ud800");
  EXPECT_FALSE(reader_.mended());
}

TEST_F(JsonReaderTest, SaysWhyARecordCannotBeRead) {
  const JsonShape shape{"a"};
  const std::pair<std::string, std::string> records[] = {
      {"", "invalid_json"},
      {"   ", "invalid_json"},
      {"{", "invalid_json"},
      {R"({"a":"x)", "invalid_json"},
      {R"({"a":"x"}})", "invalid_json"},
      {R"({"a":tru})", "invalid_json"},
      {R"({"a":01})", "invalid_json"},
      {R"({"a":-})", "invalid_json"},
      {R"({"a":"\q"})", "invalid_json"},
      {R"({"a" "x"})", "invalid_json"},
      {R"({"a":{"b":01}})", "invalid_json"},
      {"[1]", "not_an_object"},
      {"12", "not_an_object"},
      {"{\"a\":\"tab\there\"}", "invalid_json"},
      {R"({"a":"x"} {"a":"y"})", "invalid_json"},
      {R"({"a":nul})", "invalid_json"},
      {R"({"a":)" + std::string(kMaxJsonDepth + 1, '[') + std::string(kMaxJsonDepth + 1, ']') + "}", "too_deep"},
  };
  for (const auto& [record, reason] : records) EXPECT_EQ(OpenAndRead(record, shape), reason) << record;
  EXPECT_EQ(Open(std::string(kMaxJsonBytes + 1, ' ')), "too_large");
}

TEST_F(JsonReaderTest, EveryCutOfARecordIsAFault) {
  const JsonShape shape{"a", "b/c", "d"};
  const std::string record = R"({"a":"x\u00e9","b":{"c":[1,{"e":null}]},"d":-1.5e3})";
  for (size_t length = 0; length < record.size(); ++length) {
    EXPECT_EQ(OpenAndRead(record.substr(0, length), shape), "invalid_json") << length;
  }
}

TEST_F(JsonReaderTest, TooManyFieldsAreAFault) {
  std::string record = "{";
  for (size_t i = 0; i <= kMaxJsonFields; ++i) record += "\"k\":1,";
  const JsonShape shape{"a"};
  EXPECT_EQ(OpenAndRead(record + "\"a\":1}", shape), "too_many_fields");
}

TEST_F(JsonReaderTest, ReadsTheObjectsOfAnArrayAndWhatIsInThem) {
  const JsonShape shape{"list"};
  const JsonShape element{"id", "tags", "inner"};
  ASSERT_EQ(OpenAndRead(R"({"list":[{"id":"a","tags":{"x":"1","y":null}},7,{"ID":"b","inner":[{"id":"c"}]}]})", shape),
            "");
  std::vector<std::string> seen;
  const auto fault = reader_.ForEachElement(values_[0], element, [&](std::span<const JsonValue> values) {
    seen.emplace_back(values[0].text);
    EXPECT_FALSE(reader_.ForEachField(values[1], [&](std::string_view key, const JsonValue& value) {
      seen.push_back(std::string(key) + "=" + std::string(value.text));
    }));
    EXPECT_FALSE(reader_.ForEachElement(values[2], element, [&](std::span<const JsonValue> inner) {
      seen.push_back("inner " + std::string(inner[0].text));
    }));
  });
  EXPECT_FALSE(fault);
  EXPECT_EQ(seen, (std::vector<std::string>{"a", "x=1", "", "b", "inner c"}));
}

TEST_F(JsonReaderTest, ReadsTheValuesOfAnArray) {
  const JsonShape shape{"list"};
  ASSERT_EQ(OpenAndRead(R"({"list":["a",null,2,[3]]})", shape), "");
  std::string seen;
  EXPECT_FALSE(
      reader_.ForEachValue(values_[0], [&](const JsonValue& value) { seen += std::string(value.text) + ";"; }));
  EXPECT_EQ(seen, "a;2;[3];");
}

// Goal: what a shape gives does not depend on the order of keys.
TEST_F(JsonReaderTest, TheOrderOfKeysDoesNotMatter) {
  const JsonShape shape{"id", "Id2", "detail/a", "detail", "n"};
  std::vector<std::string> fields = {R"("id":"1")",           R"("ID":"2")",           R"("id2":"3")",
                                     R"("detail":{"a":"x"})", R"("Detail":{"b":"y"})", R"("n":null)"};
  std::sort(fields.begin(), fields.end());
  do {
    std::string record = "{";
    for (const std::string& field : fields) record += (record.size() > 1 ? "," : "") + field;
    ASSERT_EQ(OpenAndRead(record + "}", shape), "");
    EXPECT_EQ(Text(0), "1");
    EXPECT_EQ(Text(1), "3");
    EXPECT_EQ(Text(2), "x");
    EXPECT_EQ(Text(3), R"({"a":"x"})");
  } while (std::next_permutation(fields.begin(), fields.end()));
}

TEST(CompactJsonTest, LeavesOutWhiteSpaceAndNothingElse) {
  const std::pair<const char*, const char*> texts[] = {
      {" { } ", "{}"},
      {"[ 1 , -0.5e+3 , \"a b\" , null , true , false , { \"k\" : [ ] } ]",
       R"([1,-0.5e+3,"a b",null,true,false,{"k":[]}])"},
      {R"("\"\\\/\b\f\n\r\t\u00e9")", R"("\"\\\/\b\f\n\r\t\u00e9")"},
  };
  for (const auto& [text, compact] : texts) {
    std::string out;
    EXPECT_FALSE(AppendCompactJson(text, out)) << text;
    EXPECT_EQ(out, compact);
  }
}

TEST(CompactJsonTest, ChecksAllOfTheSyntax) {
  for (const char* text :
       {"",   "{",  "}",   "[1,]",      "{\"a\":1,}", "{\"a\"}", "{a:1}", "[1 2]", "01", "1.",     ".5",
        "+1", "1e", "nul", "truefalse", "\"\\u12\"",  "\"\\x\"", "\"a",   "[}",    "{]", "\"\n\"", "1 1"}) {
    std::string out;
    const auto fault = AppendCompactJson(text, out);
    ASSERT_TRUE(fault) << text;
    EXPECT_EQ(fault->reason, "invalid_json");
  }
}

}  // namespace
}  // namespace casebook
