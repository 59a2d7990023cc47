#include "events/json_cursor.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "events/json.h"

namespace casebook {
namespace {

// A text with padding behind it, and the cursor before its first token.
struct OpenedText {
  explicit OpenedText(std::string_view json) : text(std::string(json) + std::string(kJsonPadding, ' ')) {
    error = cursor.Open(std::string_view(text).substr(0, json.size()));
  }
  std::string text;
  JsonCursor cursor;
  simdjson::error_code error;
};

// Goal: an object is used as it stands exactly where that is what AppendCompactJson() makes of it.
void ExpectCompactAsAppended(const std::string& json) {
  OpenedText opened(json);
  if (opened.error != simdjson::SUCCESS) return;
  const char first = opened.cursor.Peek();
  if (first != '{' && first != '[') return;
  const size_t begin = opened.cursor.Offset();
  std::string appended;
  if (opened.cursor.SkipCompact()) {
    const size_t end = opened.cursor.AtEnd() ? json.size() : opened.cursor.Offset();
    const size_t last = json.find_last_of("}]", end - 1);
    const std::string value = json.substr(begin, last + 1 - begin);
    EXPECT_FALSE(AppendCompactJson(value, appended)) << json;
    EXPECT_EQ(appended, value) << json;
    opened.cursor.Rewind();
    EXPECT_TRUE(opened.cursor.Skip());  // to the same place
    EXPECT_EQ(opened.cursor.AtEnd() ? json.size() : opened.cursor.Offset(), end) << json;
    return;
  }
  EXPECT_EQ(opened.cursor.Offset(), begin) << json;  // it stayed
  // Escapes by number are left to AppendCompactJson().
  const std::string value = json.substr(begin);
  const bool is_sound = !AppendCompactJson(value, appended);
  EXPECT_FALSE(is_sound && appended == value && json.find("\\u") == std::string::npos) << json;
}

TEST(JsonCursorTest, CompactValuesAreThoseThatAreWrittenAsTheyStand) {
  for (const char* json :
       {R"({})", R"([])", R"({"a":1})", R"({"a":{"b":[1,-2.5e3,"x",true,false,null,{}]},"c":[]})", R"({"a": 1})",
        R"({"a":1 })", R"([1 ,2])", R"({"a":01})", R"({"a":tru})", R"({"a"})", R"({"a":1,})", R"([1,])", R"([,1])",
        R"({"a":[}])", R"({"a":"\n\"\\"})", R"({"a":"\q"})", R"({"\u0041":1})", R"({"a":1}x)", R"({1:2})", R"([[]]])",
        R"({"a":"b":"c"})", R"(["a" "b"])"}) {
    ExpectCompactAsAppended(json);
  }
  ExpectCompactAsAppended(std::string(kMaxJsonDepth, '[') + std::string(kMaxJsonDepth, ']'));
  ExpectCompactAsAppended(std::string(kMaxJsonDepth + 1, '[') + std::string(kMaxJsonDepth + 1, ']'));
}

TEST(JsonCursorTest, AndSoItIsOfDamagedOnes) {
  constexpr std::string_view kBytesThatMatter = "{}[]\",:\\ntu0.-e ";
  const std::string sound = R"({"a":{"b":[1,-2.5e3,"x\n",true,null,{}],"c":""},"d":"é","e":[[],{"f":0}]})";
  std::mt19937 random(20250328);
  const auto below = [&](size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random); };
  for (int i = 0; i < 50'000; ++i) {
    std::string json = sound;
    for (size_t times = below(3) + 1; times > 0; --times) {
      const size_t at = below(json.size());
      const char byte = kBytesThatMatter[below(kBytesThatMatter.size())];
      if (below(2) == 0) {
        json[at] = byte;
      } else {
        json.insert(at, 1, byte);
      }
    }
    ExpectCompactAsAppended(json);
  }
}

TEST(JsonCursorTest, TokensStandWithoutTheWhiteSpaceBehindThem) {
  OpenedText opened(" { \"a b\" :\t-1.5 ,\n\"c\":\"\" } ");
  ASSERT_EQ(opened.error, simdjson::SUCCESS);
  std::string tokens;
  for (; !opened.cursor.AtEnd(); opened.cursor.Advance()) tokens += std::string(opened.cursor.Token()) + ";";
  EXPECT_EQ(tokens, "{;\"a b\";:;-1.5;,;\"c\";:;\"\";};");
  EXPECT_EQ(opened.cursor.Peek(), '\0');
  EXPECT_FALSE(opened.cursor.Skip());
}

}  // namespace
}  // namespace casebook
