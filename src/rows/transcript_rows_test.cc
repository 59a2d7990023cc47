#include "rows/transcript_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "events/contact_lens.h"
#include "rows/feed_test_support.h"

namespace casebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Turns = TranscriptColumn;

constexpr std::string_view kCall = "b3e5a7c9-1d2f-4a6b-8c0e-5f7a9b1c3d4e";

class TranscriptRowsTest : public testing::Test {
 protected:
  std::string Value(Turns column, size_t row = 0) const { return Shown(feed_.rows.transcripts, column, row); }
  std::vector<std::string> Values(Turns column) const {
    std::vector<std::string> values;
    for (size_t row = 0; row < feed_.rows.transcripts.size(); ++row) values.push_back(Value(column, row));
    return values;
  }
  // A file with one turn and these fields beside the transcript.
  static std::string File(const std::string& fields) {
    return R"({"Transcript":[{"Content":"hello"}])" + (fields.empty() ? std::string() : "," + fields) + "}";
  }
  // The contact of such a file, or why it was set aside.
  std::string ContactOf(const std::string& fields, std::string_view source) {
    feed_.rows.Clear();
    const std::string fault = feed_.Add(File(fields), source);
    return fault.empty() ? Value(Turns::kContactId) : fault;
  }
  std::string Redacted(const std::string& output, std::string_view source) {
    feed_.rows.Clear();
    EXPECT_EQ(feed_.Add(File(R"("CustomerMetadata":{"ContactId":"c"})" + output), source), "");
    return Value(Turns::kIsRedacted);
  }

  FeedUnderTest feed_{AppendTranscript};
};

TEST_F(TranscriptRowsTest, ACallShowsItsTurnsInOrder) {
  ASSERT_EQ(feed_.Add(SampleText("contact_lens_voice.json")), "");

  EXPECT_THAT(Values(Turns::kTurn), ElementsAre("0", "1", "2", "3", "4", "5", "6"));
  EXPECT_THAT(Values(Turns::kParticipantRole),
              ElementsAre("AGENT", "CUSTOMER", "AGENT", "AGENT", "CUSTOMER", "AGENT", "CUSTOMER"));
  EXPECT_THAT(Values(Turns::kSentiment),
              ElementsAre("POSITIVE", "NEGATIVE", "NEUTRAL", "NEUTRAL", "NEGATIVE", "NEUTRAL", "POSITIVE"));
  EXPECT_EQ(Value(Turns::kContactId), kCall);
  EXPECT_EQ(Value(Turns::kContent, 1), "Hiya, it is Zoë Ó Briain, my direct debit has doubled and nobody told me why.");
  EXPECT_EQ(Value(Turns::kBeginOffsetMs, 1), "4300");
  EXPECT_EQ(Value(Turns::kEndOffsetMs, 1), "10980");
  EXPECT_EQ(Value(Turns::kAbsoluteTime, 1), "NULL");
  EXPECT_EQ(Value(Turns::kItemType, 1), "NULL");
  EXPECT_EQ(Value(Turns::kIsRedacted, 1), "false");
  EXPECT_EQ(Value(Turns::kReceivedAt, 1), "2025-04-03T08:00:00Z");
  EXPECT_THAT(feed_.Issues(), IsEmpty());
}

TEST_F(TranscriptRowsTest, AChatShowsMessagesEventsAndAttachments) {
  ASSERT_EQ(feed_.Add(SampleText("contact_lens_chat.json")), "");

  EXPECT_THAT(Values(Turns::kItemType), ElementsAre("EVENT", "MESSAGE", "MESSAGE", "EVENT", "MESSAGE", "MESSAGE",
                                                    "ATTACHMENT", "EVENT", "EVENT"));
  EXPECT_THAT(Values(Turns::kParticipantRole),
              ElementsAre("CUSTOMER", "SYSTEM", "CUSTOMER", "AGENT", "AGENT", "CUSTOMER", "AGENT", "CUSTOMER", "NULL"));
  EXPECT_THAT(Values(Turns::kSentiment),
              ElementsAre("NULL", "NULL", "NEGATIVE", "NULL", "POSITIVE", "POSITIVE", "NULL", "NULL", "NULL"));
  EXPECT_EQ(Value(Turns::kContent, 5), "Great, diolch! 🙌");
  EXPECT_EQ(Value(Turns::kContent, 6), "NULL");
  EXPECT_EQ(Value(Turns::kContentType, 5), "text/markdown");
  EXPECT_EQ(Value(Turns::kAbsoluteTime, 5), "2025-04-02T13:04:02.900Z");
  EXPECT_EQ(Value(Turns::kBeginOffsetMs, 5), "NULL");
  EXPECT_EQ(Value(Turns::kParticipantId, 8), "NULL");
}

TEST_F(TranscriptRowsTest, RolesComeFromTheParticipantsWhereTheItemHasNone) {
  ASSERT_EQ(feed_.Add(R"({"CustomerMetadata":{"ContactId":"c"},"Transcript":[{"ParticipantId":"p2"},)"
                      R"({"ParticipantId":"p2","ParticipantRole":"SUPERVISOR"},{"ParticipantId":"p9"}],)"
                      R"("Participants":[{"ParticipantId":"p1","ParticipantRole":"AGENT"},7,null,)"
                      R"({"ParticipantId":"p2","ParticipantRole":"CUSTOM_BOT"}]})"),
            "");
  EXPECT_THAT(Values(Turns::kParticipantRole), ElementsAre("CUSTOM_BOT", "SUPERVISOR", "NULL"));
}

TEST_F(TranscriptRowsTest, TheContactIsNamedInOneOfThreePlaces) {
  const std::string id(kCall);
  const std::string file = "in/Analysis/Voice/2025/03/28/" + id + "_analysis_2025-03-28T16_47_00Z.json";
  EXPECT_EQ(ContactOf(R"("CustomerMetadata":{"ContactId":"C1"})", file), "C1");
  EXPECT_EQ(ContactOf(R"("CustomerMetadata":{"InputS3Uri":"s3://b/k/)" + id + R"(_20250328T16:35_UTC.wav"})", "x.json"),
            id);
  EXPECT_EQ(ContactOf("", file), id);
  EXPECT_EQ(ContactOf(R"("CustomerMetadata":{"ContactId":" "})", file), id);
  EXPECT_EQ(ContactOf("", "in/" + id + "_analysis_redacted_2025-03-28T16_47_00Z.json"), id);
  EXPECT_EQ(ContactOf(R"("CustomerMetadata":{"InputS3Uri":"s3://b/k/recording_1.wav"})", "-"), "missing_contact_id");
  EXPECT_EQ(ContactOf("", "somewhere/report_analysis_1.json"), "missing_contact_id");
}

TEST_F(TranscriptRowsTest, RedactedIsWhatTheFileSaysElseItsName) {
  const std::string redacted = "Analysis/Voice/Redacted/2025/03/28/x_analysis_redacted_1Z.json";
  EXPECT_EQ(Redacted(R"(,"ContentMetadata":{"Output":"Redacted"})", "x.json"), "true");
  EXPECT_EQ(Redacted(R"(,"ContentMetadata":{"Output":"Raw"})", redacted), "false");
  EXPECT_EQ(Redacted("", redacted), "true");
  EXPECT_EQ(Redacted("", "x_analysis_redacted_1Z.json"), "true");
  EXPECT_EQ(Redacted("", "x_analysis_1Z.json"), "false");
}

TEST_F(TranscriptRowsTest, ContentKeepsItsBlanksButBlankContentIsNull) {
  ASSERT_EQ(feed_.Add(R"({"CustomerMetadata":{"ContactId":"c"},"Transcript":[{"Content":" a\n b "},{"Content":" "}]})"),
            "");
  EXPECT_THAT(Values(Turns::kContent), ElementsAre(" a\n b ", "NULL"));
}

TEST_F(TranscriptRowsTest, AFileWithoutTurnsHasNoRows) {
  for (const char* transcript : {"[]", "null", "{}", "[null,7]"}) {
    EXPECT_EQ(feed_.Add(R"({"CustomerMetadata":{"ContactId":"c"},"Transcript":)" + std::string(transcript) + "}"), "");
  }
  EXPECT_TRUE(feed_.rows.transcripts.empty());
}

TEST_F(TranscriptRowsTest, BadValuesAreCounted) {
  ASSERT_EQ(
      feed_.Add(R"({"CustomerMetadata":{"ContactId":"c"},"Transcript":[{"BeginOffsetMillis":-5,"EndOffsetMillis":1.5,)"
                R"("AbsoluteTime":"noon"}]})"),
      "");
  EXPECT_THAT(feed_.Issues(), ElementsAre("begin_offset_ms|negative|-5", "end_offset_ms|not_a_whole_number|1.5",
                                          "absolute_time|not_a_time|noon"));
  EXPECT_EQ(Shown(feed_.rows.value_issues, ValueIssueColumn::kTableName, 0), "transcripts");
  EXPECT_EQ(Shown(feed_.rows.value_issues, ValueIssueColumn::kRowId, 0), "c");
}

TEST_F(TranscriptRowsTest, TheHashIsOfTheFileHoweverItIsPrinted) {
  ASSERT_EQ(feed_.Add(R"({"CustomerMetadata":{"ContactId":"c"},"Transcript":[{"Content":"a"},{"Content":"b"}]})"), "");
  ASSERT_EQ(feed_.Add(R"({ "Transcript":[{"Content":"a"}, {"Content":"b"}],"CustomerMetadata":{"ContactId":"c"}})"),
            "");
  EXPECT_EQ(Value(Turns::kContentSha256, 0), Value(Turns::kContentSha256, 1));
  EXPECT_EQ(Value(Turns::kContentSha256, 0), Value(Turns::kContentSha256, 3));
}

TEST_F(TranscriptRowsTest, TooManyTurnsAreSetAsideWhole) {
  const auto file = [](size_t turns) {
    std::string text = R"({"CustomerMetadata":{"ContactId":"c"},"Transcript":[{"Content":"x"})";
    for (size_t i = 1; i < turns; ++i) text += R"(,{"Content":"x"})";
    return text + "]}";
  };
  EXPECT_EQ(feed_.Add(file(kMaxTurns + 1)), "too_many_turns");
  EXPECT_TRUE(feed_.rows.transcripts.empty());
  EXPECT_EQ(feed_.Add(file(kMaxTurns)), "");
  EXPECT_EQ(feed_.rows.transcripts.size(), kMaxTurns);
}

TEST_F(TranscriptRowsTest, EveryPrefixOfAFileIsSetAside) {
  std::string text = SampleText("contact_lens_chat.json");
  text.erase(text.find_last_of('}') + 1);
  for (size_t size = 0; size < text.size(); size += 7) {
    ASSERT_NE(feed_.Add(text.substr(0, size)), "") << size;
  }
  EXPECT_TRUE(feed_.rows.transcripts.empty());
}

}  // namespace
}  // namespace casebook
