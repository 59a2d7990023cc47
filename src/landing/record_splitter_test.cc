#include "landing/record_splitter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace casebook {
namespace {

// A record with its own memory, as tests compare it.
struct Cut {
  std::string bytes;
  uint64_t offset = 0;
  bool is_value = true;
  bool operator==(const Cut&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Cut& cut) {
  return out << (cut.is_value ? "value " : "set aside ") << cut.offset << " " << cut.bytes;
}

void Keep(const std::vector<SplitRecord>& records, std::vector<Cut>& cuts) {
  for (const SplitRecord& record : records) {
    EXPECT_EQ(record.kind == SplitKind::kValue, record.reason.empty());
    cuts.push_back({std::string(record.bytes), record.offset, record.kind == SplitKind::kValue});
  }
}

// Splits `text` fed in pieces that `next_size` names.
template <typename NextSize>
std::vector<Cut> SplitInPieces(std::string_view text, RecordSplitter splitter, NextSize next_size) {
  std::vector<Cut> cuts;
  while (!text.empty()) {
    const std::string piece(text.substr(0, next_size()));
    text.remove_prefix(piece.size());
    std::vector<SplitRecord> records;
    splitter.Feed(piece, records);
    Keep(records, cuts);
  }
  std::vector<SplitRecord> records;
  splitter.Finish(records);
  Keep(records, cuts);
  return cuts;
}

std::vector<Cut> Split(std::string_view text, const RecordSplitter& splitter = RecordSplitter()) {
  return SplitInPieces(text, splitter, [&text] { return text.size(); });
}

std::vector<std::string> Values(const std::vector<Cut>& cuts) {
  std::vector<std::string> values;
  for (const Cut& cut : cuts) {
    if (cut.is_value) values.push_back(cut.bytes);
  }
  return values;
}

std::vector<std::string> SetAside(const std::vector<Cut>& cuts) {
  std::vector<std::string> ranges;
  for (const Cut& cut : cuts) {
    if (!cut.is_value) ranges.push_back(cut.bytes);
  }
  return ranges;
}

using Texts = std::vector<std::string>;

bool IsKnown(std::string_view value) { return value.find("\"id\"") != std::string_view::npos; }

TEST(RecordSplitterTest, OneValueALine) {
  const auto cuts = Split("{\"a\":1}\n{\"b\":2}\n");
  EXPECT_EQ(cuts, (std::vector<Cut>{{"{\"a\":1}", 0}, {"{\"b\":2}", 8}}));
}

TEST(RecordSplitterTest, LastLineNeedsNoNewline) { EXPECT_EQ(Values(Split("{\"a\":1}\n{}")), (Texts{"{\"a\":1}", "{}"})); }

TEST(RecordSplitterTest, GluedValuesAreSeparateRecords) {
  const auto cuts = Split(R"({"a":"}{"}{"b":[{}]}{"c":"\"}"})");
  EXPECT_EQ(cuts, (std::vector<Cut>{{R"({"a":"}{"})", 0}, {R"({"b":[{}]})", 10}, {R"({"c":"\"}"})", 20}}));
}

TEST(RecordSplitterTest, ElementsOfATopLevelArrayAreTheRecords) {
  const auto cuts = Split("[\n  {\"a\":1},\n  {\"b\":[1,2]}\n]\n{\"c\":3}");
  EXPECT_EQ(Values(cuts), (Texts{"{\"a\":1}", "{\"b\":[1,2]}", "{\"c\":3}"}));
  EXPECT_TRUE(SetAside(cuts).empty());
}

TEST(RecordSplitterTest, EmptyArrayHoldsNoRecord) { EXPECT_TRUE(Split("[]\n[ ]").empty()); }

TEST(RecordSplitterTest, PrettyPrintedValueIsOneRecord) {
  const std::string pretty = "{\r\n  \"a\": {\r\n    \"b\": [\r\n      1\r\n    ]\r\n  }\r\n}";
  EXPECT_EQ(Values(Split(pretty + "\r\n" + pretty + "\r\n")), (Texts{pretty, pretty}));
}

TEST(RecordSplitterTest, MarkBlankLinesAndCarriageReturnsArePassedOver) {
  const auto cuts = Split("\xEF\xBB\xBF{\"a\":1}\r\n\r\n\n  \t\n{\"b\":2}\r\n");
  EXPECT_EQ(cuts, (std::vector<Cut>{{"{\"a\":1}", 3}, {"{\"b\":2}", 19}}));
}

TEST(RecordSplitterTest, EmptyTextHoldsNothing) {
  EXPECT_TRUE(Split("").empty());
  EXPECT_TRUE(Split(" \n\r\n").empty());
  EXPECT_TRUE(Split("\xEF\xBB\xBF").empty());
}

TEST(RecordSplitterTest, ScalarsAreValues) {
  const auto cuts = Split("1 -2.5e+3\ntrue,null\n\"a\\\"b\"");
  EXPECT_EQ(Values(cuts), (Texts{"1", "-2.5e+3", "true", "null", "\"a\\\"b\""}));
  EXPECT_TRUE(SetAside(cuts).empty());
}

TEST(RecordSplitterTest, WhatIsNoScalarIsSetAsideToTheEndOfItsLine) {
  for (const std::string line :
       {"hello world", "tru", "01", "1.", "-", "1e", "nulll", "}", "]", ": 1", "\"key\": 1,", "\\", "\xFF\xFE"}) {
    const auto cuts = Split(line + "\r\n{\"b\":2}\n");
    EXPECT_EQ(cuts, (std::vector<Cut>{{line, 0, false}, {"{\"b\":2}", line.size() + 2}})) << line;
  }
}

TEST(RecordSplitterTest, UnsoundNumberInsideAValueIsForTheDecoder) {
  EXPECT_EQ(Values(Split("{\"a\":tru,\"b\":01}\n")), (Texts{"{\"a\":tru,\"b\":01}"}));
}

// A line that is torn in any way costs that line and no other.
TEST(RecordSplitterTest, TornLineCostsOnlyItself) {
  for (const std::string line : {
           R"({"id":1,"x":{"y":2)", R"({"id":1,"x":)", R"({"id":1,)", R"({"id":1,"x")", R"({"id":1,"x":{)", R"({)",
           R"({"id":1,"x":[)", R"({"id":1,"x":[1)", R"({"id":1,"x":[{"y":1},)", R"({"a":1,,})", R"({"a":[})",
           R"({"a":1]})", R"({"a" 1})", R"({"a":1 2})", R"({"a":})", R"({,"a":1})", R"({"a":1,})", R"({1:2})",
           R"({"a":"b"c"})", R"({"a":\n})", R"({"a":1}})", R"({"x":"{"id":7})", R"({"a":"never closed)",
           R"({"a":"ends in a backslash\)", R"({"a":"b","never closed)", R"("never closed)"}) {
    const auto cuts = Split(line + "\n{\"id\":3}\n{\"id\":4}\n", RecordSplitter(IsKnown));
    EXPECT_EQ(Values(cuts).size(), 2U + (line == R"({"a":1}})" ? 1 : 0)) << line;
    ASSERT_GE(Values(cuts).size(), 2U) << line;
    EXPECT_EQ(Values(cuts).back(), "{\"id\":4}") << line;
    EXPECT_EQ(SetAside(cuts), (Texts{line == R"({"a":1}})" ? "}" : line})) << line;
  }
}

TEST(RecordSplitterTest, EveryLengthOfATornLineCostsOnlyItself) {
  const std::string whole = R"({"id":1,"x":{"y":[1,"a\"b",{"z":null}],"w":"}{"},"v":true})";
  for (size_t length = 1; length < whole.size(); ++length) {
    const std::string torn = whole.substr(0, length);
    const auto cuts = Split(whole + "\n" + torn + "\n" + whole + "\n" + whole + "\n");
    EXPECT_EQ(Values(cuts), (Texts{whole, whole, whole})) << torn;
    EXPECT_EQ(SetAside(cuts), (Texts{torn}));
  }
}

TEST(RecordSplitterTest, NewlineInsideAStringEndsAPrettyPrintedValueThere) {
  const auto cuts = Split("{\n  \"a\": 1,\n  \"b\": \"torn\n{\"c\":3}\n");
  EXPECT_EQ(SetAside(cuts), (Texts{"{\n  \"a\": 1,\n  \"b\": \"torn"}));
  EXPECT_EQ(Values(cuts), (Texts{"{\"c\":3}"}));
}

TEST(RecordSplitterTest, DamageInAnArrayCostsOnlyItsLine) {
  const auto cuts = Split("[\n{\"a\":1},\n{\"b\":,},\n{\"c\":3}\n]\n{\"d\":4}\n");
  EXPECT_EQ(Values(cuts), (Texts{"{\"a\":1}", "{\"c\":3}", "{\"d\":4}"}));
  EXPECT_EQ(SetAside(cuts), (Texts{"{\"b\":,},"}));
}

TEST(RecordSplitterTest, GluedTextGoesOnAtTheNextKnownRecord) {
  const std::string sound = R"({"id":1,"detail":{"x":{}}})";
  const std::string torn = R"({"id":2,"detail":{"x":{},"y":{"z":1})";
  const auto cuts = Split(sound + torn + sound + sound, RecordSplitter(IsKnown));
  EXPECT_EQ(Values(cuts), (Texts{sound, sound, sound}));
  EXPECT_EQ(SetAside(cuts), (Texts{torn}));
}

TEST(RecordSplitterTest, GluedTextGoesOnAfterAStringThatIsNeverClosed) {
  const std::string sound = R"({"id":1,"x":"a\\"})";
  const std::string torn = R"({"id":2,"x":"never)";
  const auto cuts = Split(sound + torn + sound + sound, RecordSplitter(IsKnown));
  EXPECT_EQ(Values(cuts), (Texts{sound, sound, sound}));
  EXPECT_EQ(SetAside(cuts), (Texts{torn}));
}

TEST(RecordSplitterTest, NewlineAtTheVeryEndMakesNoLinesOfGluedText) {
  const auto cuts = Split(R"({"id":1}{"id":2,"x":{{"id":3})" "\r\n", RecordSplitter(IsKnown));
  EXPECT_EQ(Values(cuts), (Texts{R"({"id":1})", R"({"id":3})"}));
  EXPECT_EQ(SetAside(cuts), (Texts{R"({"id":2,"x":{)"}));
}

TEST(RecordSplitterTest, UnknownValuesAfterDamageStayInTheRange) {
  const auto cuts = Split(R"({"torn":{"a":1}{"b":2}{"id":3}{"c":4})", RecordSplitter(IsKnown));
  EXPECT_EQ(Values(cuts), (Texts{R"({"id":3})", R"({"c":4})"}));
  EXPECT_EQ(SetAside(cuts), (Texts{R"({"torn":{"a":1}{"b":2})"}));
}

TEST(RecordSplitterTest, DeepNestingIsSetAside) {
  const auto nested = [](size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  const std::string sound = "{\"a\":" + nested(kMaxDepth - 1) + "}";
  const std::string deep = "{\"a\":" + nested(kMaxDepth) + "}";
  const auto cuts = Split(sound + "\n" + deep + "\n" + sound + "\n");
  EXPECT_EQ(Values(cuts), (Texts{sound, sound}));
  EXPECT_EQ(SetAside(cuts), (Texts{deep}));
}

TEST(RecordSplitterTest, NoRecordIsLongerThanTheLimit) {
  const RecordSplitter splitter(IsKnown, {.record_bytes_max = 20});
  const std::string just_fits = R"({"id":"0123456789a"})";
  const std::string too_long = R"({"id":"0123456789ab"})";
  ASSERT_EQ(just_fits.size(), 20U);
  const auto cuts = Split(just_fits + too_long + just_fits, splitter);
  EXPECT_EQ(Values(cuts), (Texts{just_fits, just_fits}));
  for (const Cut& cut : cuts) EXPECT_LE(cut.bytes.size(), 20U);
}

// The plain form of the splitter, for well-formed text: a byte at a time, counting brackets.
std::vector<Cut> SplitPlainly(std::string_view text) {
  std::vector<Cut> cuts;
  size_t at = 0;
  while (at < text.size()) {
    if (std::string_view(" \r\n\t,[]").find(text[at]) != std::string_view::npos) {
      ++at;
      continue;
    }
    const size_t start = at;
    size_t depth = 0;
    bool in_string = false;
    do {
      const char byte = text[at++];
      if (in_string) {
        if (byte == '\\') ++at;
        if (byte == '"') in_string = false;
        continue;
      }
      if (byte == '"') in_string = true;
      if (byte == '{' || byte == '[') ++depth;
      if (byte == '}' || byte == ']') --depth;
    } while (depth > 0);
    cuts.push_back({std::string(text.substr(start, at - start)), start});
  }
  return cuts;
}

class RandomText {
 public:
  explicit RandomText(uint32_t seed) : random_(seed) {}

  size_t Below(size_t limit) { return random_() % limit; }

  std::string WellFormed() {
    std::string text;
    const bool array = Below(4) == 0;
    if (array) text += "[";
    const size_t count = 1 + Below(6);
    for (size_t i = 0; i < count; ++i) {
      if (array && i > 0) text += ",";
      text += Object(0) + Pick({"", "\n", "\r\n", "\n\n", " "});
    }
    if (array) text += "]";
    return text;
  }

  // Well-formed text with some bytes lost, doubled or changed.
  std::string Damaged() {
    std::string text = WellFormed();
    const size_t faults = 1 + Below(4);
    for (size_t i = 0; i < faults && !text.empty(); ++i) {
      const size_t at = Below(text.size());
      const size_t length = std::min(text.size() - at, Below(12));
      const size_t kind = Below(3);
      if (kind == 0) text.erase(at, length);
      if (kind == 1) text.insert(at, std::string(text.substr(at, length)));
      if (kind == 2) text[at] = Pick({"{", "}", "[", "]", "\"", "\\", ",", ":", "\n", "x"})[0];
    }
    return text;
  }

 private:
  std::string Pick(const std::vector<std::string>& choices) { return choices[Below(choices.size())]; }

  std::string String() {
    std::string text = "\"";
    for (size_t i = Below(5); i > 0; --i) text += Pick({"a", "{", "}", "\\\"", "\\\\", ",", "ö", "[", std::string(70, 'x')});
    return text + "\"";
  }

  std::string Object(size_t depth) {
    std::string text = "{";
    for (size_t i = Below(4); i > 0; --i) {
      text += (i % 2 == 1 ? "\"id\"" : String()) + Pick({":", ": ", "\n:"}) + Value(depth) + (i > 1 ? "," : "");
    }
    return text + Pick({"", "\n", "  "}) + "}";
  }

  std::string Value(size_t depth) {
    switch (Below(depth > 4 ? 2 : 4)) {
      case 0: return String();
      case 1: return Pick({"1", "-2.5", "true", "null"});
      case 2: return Object(depth + 1);
      default: return "[" + Value(depth + 1) + "," + Value(depth + 1) + "]";
    }
  }

  std::mt19937 random_;
};

// Goal: the fast splitter cuts well-formed text as the plain one does.
TEST(RecordSplitterTest, AgreesWithThePlainForm) {
  RandomText random(1);
  for (int i = 0; i < 5000; ++i) {
    const std::string text = random.WellFormed();
    EXPECT_EQ(Split(text), SplitPlainly(text)) << text;
  }
}

// Goal: records do not depend on how the stream was cut, whatever is in it.
// Method: one piece against single bytes, random pieces, and a small limit so that limits are met too.
TEST(RecordSplitterTest, RecordsDoNotDependOnThePieces) {
  RandomText random(2);
  for (int i = 0; i < 5000; ++i) {
    const std::string text = random.Damaged();
    const RecordSplitter splitter(IsKnown, {.record_bytes_max = i % 2 == 0 ? kMaxRecordBytes : 40, .depth_max = 4});
    const auto whole = Split(text, splitter);
    EXPECT_EQ(SplitInPieces(text, splitter, [] { return 1; }), whole) << text;
    EXPECT_EQ(SplitInPieces(text, splitter, [&] { return 1 + random.Below(100); }), whole) << text;
  }
}

// Goal: no byte is lost: between records and ranges lie separators only.
TEST(RecordSplitterTest, RecordsAndRangesCoverTheText) {
  RandomText random(3);
  for (int i = 0; i < 5000; ++i) {
    const std::string text = random.Damaged();
    size_t at = 0;
    for (const Cut& cut : Split(text, RecordSplitter(IsKnown, {.record_bytes_max = 64}))) {
      ASSERT_GE(cut.offset, at);
      EXPECT_EQ(text.substr(at, cut.offset - at).find_first_not_of(" \r\n\t,[]"), std::string::npos) << text;
      EXPECT_EQ(text.substr(cut.offset, cut.bytes.size()), cut.bytes);
      at = cut.offset + cut.bytes.size();
    }
    EXPECT_EQ(text.find_first_not_of(" \r\n\t,[]", at), std::string::npos) << text;
  }
}

// Goal: a sound line is read whatever the lines around it hold, as long as no line stands open.
TEST(RecordSplitterTest, SoundLinesAreReadAmongDamagedOnes) {
  RandomText random(4);
  const std::string sound = R"({"id":"sound","x":[{"y":"}"}]})";
  for (int i = 0; i < 5000; ++i) {
    std::string damaged = random.Damaged();
    std::erase(damaged, '\n');
    const auto values = Values(Split(sound + "\n" + damaged + "\n" + sound + "\n" + sound + "\n", RecordSplitter(IsKnown)));
    EXPECT_GE(std::count(values.begin(), values.end(), sound), 2) << damaged;
    EXPECT_EQ(values.back(), sound) << damaged;
  }
}

}  // namespace
}  // namespace casebook
