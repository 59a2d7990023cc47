#include "rows/value_reader.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "rows/enriched_rows.h"
#include "rows/feed_test_support.h"

namespace casebook {
namespace {

TEST(ValueReaderTest, ReadsYesAndNo) {
  for (const char* yes : {"true", "TRUE", "Yes", "y", "Y", "1", " yes "}) EXPECT_EQ(BoolFromText(yes), true) << yes;
  for (const char* no : {"false", "False", "No", "n", "N", "0"}) EXPECT_EQ(BoolFromText(no), false) << no;
  for (const char* none : {"", "maybe", "2", "yess", "OMB-123"}) EXPECT_EQ(BoolFromText(none), std::nullopt) << none;
}

TEST(ValueReaderTest, ReadsWholeNumbers) {
  EXPECT_EQ(Int64FromText("10023456"), 10023456);
  EXPECT_EQ(Int64FromText("1.0023456E7"), 10023456);
  EXPECT_EQ(Int64FromText("812345.0"), 812345);
  EXPECT_EQ(Int64FromText("-5"), -5);
  EXPECT_EQ(Int64FromText("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(Int64FromText("9007199254740992.0"), 9007199254740992);
  for (const char* none :
       {"", "1.5", "9007199254740994.0", "9223372036854775808", "1e300", "nan", "inf", "0x10", "1 2"}) {
    EXPECT_EQ(Int64FromText(none), std::nullopt) << none;
  }
}

TEST(ValueReaderTest, ReadsPounds) {
  const std::pair<const char*, int64_t> amounts[] = {
      {"25.5", 25'500'000'000},
      {"£25.50", 25'500'000'000},
      {" £1,234,567.89 ", 1'234'567'890'000'000},
      {"-£5", -5'000'000'000},
      {"£-5", -5'000'000'000},
      {"0", 0},
      {"2.55E1", 25'500'000'000},
      {"0.0000000005", 0},
      {"0.0000000015", 2},
      {".5", 500'000'000},
      {"1e-400", 0},
      {"0.00000000051", 1},
      {"00012", 12'000'000'000},
      {"0e99", 0},
      {"+7", 7'000'000'000},
  };
  for (const auto& [text, billionths] : amounts) EXPECT_EQ(NumericFromText(text), billionths) << text;
  for (const char* none : {"", "£", "12,34", "1,2345", ",123", "1,,234", "five", "$5", "1e20", "25.5.1", "1e", "--5"}) {
    EXPECT_EQ(NumericFromText(none), std::nullopt) << none;
  }
}

TEST(ValueReaderTest, ReadsEpochsInSecondsAndFrom1e11OnInMilliseconds) {
  EXPECT_EQ(FormatTimestamp(*TimestampFromEpoch("1741180000.5")), "2025-03-05T13:06:40.500Z");
  EXPECT_EQ(FormatTimestamp(*TimestampFromEpoch("1743180462599")), "2025-03-28T16:47:42.599Z");
  EXPECT_EQ(FormatTimestamp(*TimestampFromEpoch("1.7411800005E9")), "2025-03-05T13:06:40.500Z");
  EXPECT_EQ(TimestampFromEpoch("1e30"), std::nullopt);
}

TEST(ValueReaderTest, WritesNumbersForPeople) {
  EXPECT_EQ(NumberText("1.0023456E7"), "10023456");
  EXPECT_EQ(NumberText("25.5"), "25.5");
  EXPECT_EQ(NumberText("007"), "007");
  EXPECT_EQ(NumberText("1e300"), "1e300");
}

TEST(ValueReaderTest, TrimsBlanksOfPeopleToo) {
  EXPECT_EQ(Trimmed(" \t\xC2\xA0 x y\xC2\xA0\r\n"), "x y");
  EXPECT_EQ(Trimmed("\xC2\xA0"), "");
  EXPECT_EQ(Trimmed(""), "");
  EXPECT_EQ(Trimmed("\xC3\xA0"), "\xC3\xA0");
}

// One value of each column kind, and the rule that it broke.
class ValueWriterTest : public ::testing::Test {
 protected:
  using Write = void (*)(const ColumnTarget&, const JsonValue&);
  std::string Written(ColumnKind kind, Write write, JsonValue value) {
    const StoredColumn layout[] = {{"x", kind}};
    RowBatch batch(layout);
    EnrichedRows rows;
    const RecordOrigin origin{.received_at = {}, .source = "s"};
    ValueIssues issues(rows.value_issues, "t", origin);
    write({batch[size_t{0}], "x", issues}, value);
    EXPECT_EQ(batch[size_t{0}].size(), 1U);
    std::string shown = Shown(batch, size_t{0}, 0);
    if (!rows.value_issues.empty()) shown += " " + Shown(rows.value_issues, ValueIssueColumn::kRule, 0);
    return shown;
  }
  std::string Time(JsonKind kind, std::string_view text) {
    return Written(ColumnKind::kTimestamp, WriteTimestamp, {kind, text});
  }
};

TEST_F(ValueWriterTest, TimesAreTextWithZoneOrEpochNumbers) {
  EXPECT_EQ(Time(JsonKind::kString, "2025-03-28T16:42:10.318123999+01:00"), "2025-03-28T15:42:10.318123Z");
  EXPECT_EQ(Time(JsonKind::kNumber, "1741180000.5"), "2025-03-05T13:06:40.500Z");
  EXPECT_EQ(Time(JsonKind::kString, "1741180000"), "NULL epoch_as_text");
  EXPECT_EQ(Time(JsonKind::kString, "yesterday"), "NULL not_a_time");
  EXPECT_EQ(Time(JsonKind::kString, "2025-02-30T00:00:00Z"), "NULL not_a_time");
  EXPECT_EQ(Time(JsonKind::kBool, "true"), "NULL not_a_time");
  EXPECT_EQ(Time(JsonKind::kString, " "), "NULL");
  EXPECT_EQ(Time(JsonKind::kAbsent, ""), "NULL");
}

TEST_F(ValueWriterTest, TheSentinelOf1970IsNoTimeAndNoIssue) {
  EXPECT_EQ(Time(JsonKind::kString, "1970-01-01T00:00:00.001Z"), "NULL");
  EXPECT_EQ(Time(JsonKind::kNumber, "0"), "NULL");
  EXPECT_EQ(Time(JsonKind::kString, "1970-12-31T23:59:59Z"), "NULL before_1971");
  EXPECT_EQ(Time(JsonKind::kString, "1969-12-31T23:59:59Z"), "NULL before_1971");
  EXPECT_EQ(Time(JsonKind::kString, "1971-01-01T00:00:00Z"), "1971-01-01T00:00:00Z");
}

TEST_F(ValueWriterTest, TextIsTrimmedOrKept) {
  EXPECT_EQ(Written(ColumnKind::kString, WriteText, {JsonKind::kString, " a b\n"}), "a b");
  EXPECT_EQ(Written(ColumnKind::kString, WriteText, {JsonKind::kString, " \n"}), "NULL");
  EXPECT_EQ(Written(ColumnKind::kString, WriteText, {JsonKind::kNumber, "1.5E1"}), "15");
  EXPECT_EQ(Written(ColumnKind::kString, WriteText, {JsonKind::kBool, "true"}), "true");
  EXPECT_EQ(Written(ColumnKind::kString, WriteText, {JsonKind::kObject, "{}"}), "NULL not_text");
  EXPECT_EQ(Written(ColumnKind::kString, WriteKeptText, {JsonKind::kString, " a\n"}), " a\n");
  EXPECT_EQ(Written(ColumnKind::kString, WriteKeptText, {JsonKind::kString, ""}), "");
  EXPECT_EQ(Written(ColumnKind::kString, WriteKeptText, {JsonKind::kAbsent, ""}), "NULL");
  EXPECT_EQ(Written(ColumnKind::kString, WriteLowerCaseText, {JsonKind::kString, " AbC "}), "abc");
}

TEST_F(ValueWriterTest, OtherKindsAreNullAndCounted) {
  EXPECT_EQ(Written(ColumnKind::kBool, WriteBool, {JsonKind::kNumber, "1.0"}), "true");
  EXPECT_EQ(Written(ColumnKind::kBool, WriteBool, {JsonKind::kString, "perhaps"}), "NULL not_a_boolean");
  EXPECT_EQ(Written(ColumnKind::kBool, WriteBool, {JsonKind::kString, ""}), "NULL");
  EXPECT_EQ(Written(ColumnKind::kInt64, WriteInt64, {JsonKind::kNumber, "1.5"}), "NULL not_a_whole_number");
  EXPECT_EQ(Written(ColumnKind::kInt64, WriteInt64, {JsonKind::kString, "x"}), "NULL not_a_number");
  EXPECT_EQ(Written(ColumnKind::kFloat64, WriteFloat64, {JsonKind::kString, "4.5"}), "4.5");
  EXPECT_EQ(Written(ColumnKind::kNumeric, WriteNumeric, {JsonKind::kString, "a lot"}), "NULL not_a_number");
  EXPECT_EQ(Written(ColumnKind::kJson, WriteJson, {JsonKind::kString, "a\"b"}), R"("a\"b")");
  EXPECT_EQ(Written(ColumnKind::kJson, WriteJson, {JsonKind::kArray, "[1]"}), "[1]");
}

TEST_F(ValueWriterTest, TextOfAnIssueIsCutBetweenCharacters) {
  EnrichedRows rows;
  const RecordOrigin origin{.received_at = {}, .source = "s"};
  std::string text(999, 'a');
  for (int i = 0; i < 10; ++i) text += "é";
  ValueIssues(rows.value_issues, "t", origin).Add("c", rule::kNotATime, text);
  EXPECT_EQ(rows.value_issues[ValueIssueColumn::kText].Text(0), std::string(999, 'a'));
}

}  // namespace
}  // namespace casebook
