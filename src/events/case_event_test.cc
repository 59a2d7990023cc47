#include "events/case_event.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "events/canonical_json.h"

namespace casebook {
namespace {

class CaseEventTest : public ::testing::Test {
 protected:
  std::string Decode(std::string_view record) {
    text_ = std::string(record) + std::string(kJsonPadding, ' ');
    MaybeFault fault = reader_.Open(std::string_view(text_).substr(0, record.size()));
    if (!fault) fault = DecodeCaseEvent(reader_, event_);
    return fault ? std::string(fault->reason) : "";
  }
  // Field id → text of the value; kind and text for what is no string.
  std::map<std::string, std::string> Fields() const {
    std::map<std::string, std::string> fields;
    for (const CaseField& field : event_.fields) {
      fields[std::string(field.id)] =
          field.value.IsAbsent() ? "absent" : (field.value.IsString() ? "" : "json ") + std::string(field.value.text);
    }
    return fields;
  }
  std::string DecodeFields(std::string_view fields) {
    return Decode(R"({"id":"e","detail":{"case":{"caseId":"c","fields":)" + std::string(fields) + "}}}");
  }

  std::string text_;
  JsonReader reader_;
  CaseEvent event_;
};

TEST_F(CaseEventTest, ReadsEveryArm) {
  ASSERT_EQ(DecodeFields(R"({"s":{"value":{"stringValue":"open"}},"d":{"value":{"doubleValue":1.0023456E7}},
      "b":{"value":{"booleanValue":false}},"e":{"value":{"emptyValue":{}}},"u":{"value":{"userArnValue":"arn"}},
      "new":{"value":{"listValue":[1, 2]}},"none":{"value":null},"bare":{"value":"text"},"direct":7,"empty":{}})"),
            "");

  EXPECT_EQ(Fields(), (std::map<std::string, std::string>{{"s", "open"},
                                                          {"d", "json 1.0023456E7"},
                                                          {"b", "json false"},
                                                          {"e", "absent"},
                                                          {"u", "arn"},
                                                          {"new", "json [1,2]"},
                                                          {"none", "absent"},
                                                          {"bare", "text"},
                                                          {"direct", "json 7"},
                                                          {"empty", "absent"}}));
  EXPECT_TRUE(event_.has_fields);
}

TEST_F(CaseEventTest, ReadsTheListAsTheMap) {
  ASSERT_EQ(DecodeFields(R"([{"id":"s","value":{"stringValue":"open"}},{"value":{"doubleValue":2},"Id":"d"},
                            {"value":{"doubleValue":3}},null])"),
            "");
  EXPECT_EQ(Fields(), (std::map<std::string, std::string>{{"s", "open"}, {"d", "json 2"}}));
}

TEST_F(CaseEventTest, ReadsOtherSpellingsOfKeysAndPrefersTheExactOne) {
  for (
      const char* record :
      {R"({"ID":"other","id":"e","Detail":{"EventType":"T","Case":{"CaseID":"c","Fields":{"s":{"Value":{"StringValue":"x"}}}}}})",
       R"({"id":"e","ID":"other","detail":{"eventType":"T","case":{"caseId":"c","fields":
              {"s":{"value":{"StringValue":"no","stringValue":"x","STRINGVALUE":"no"},"Value":1}}},
              "Case":{"caseId":"no"}}})"}) {
    ASSERT_EQ(Decode(record), "") << record;
    EXPECT_EQ(event_.event_id, "e");
    EXPECT_EQ(event_.event_type.text, "T");
    EXPECT_EQ(event_.case_id.text, "c");
    EXPECT_EQ(Fields()["s"], "x");
  }
}

TEST_F(CaseEventTest, AnEventWithoutFieldsHasNone) {
  ASSERT_EQ(Decode(R"({"id":"e","detail":{"case":{"caseId":"c"}}})"), "");
  EXPECT_FALSE(event_.has_fields);
  ASSERT_EQ(DecodeFields("{}"), "");
  EXPECT_TRUE(event_.has_fields);
  ASSERT_EQ(DecodeFields("null"), "");
  EXPECT_FALSE(event_.has_fields);
}

TEST_F(CaseEventTest, NothingOfOneEventIsLeftInTheNext) {
  ASSERT_EQ(
      Decode(R"({"id":"e","time":"t","detail":{"changedFieldIds":["a"],"case":{"caseId":"c","fields":{"a":1}}}})"), "");
  ASSERT_EQ(Decode(R"({"id":"f","detail":{"relatedItem":{"caseId":"d"}}})"), "");
  EXPECT_TRUE(event_.fields.empty());
  EXPECT_FALSE(event_.has_fields);
  EXPECT_FALSE(event_.has_changed_field_ids);
  EXPECT_TRUE(event_.envelope_time.IsAbsent());
  EXPECT_EQ(event_.case_id.text, "d");
}

TEST_F(CaseEventTest, WithoutEnvelopeTheIdIsTheHashOfTheDetail) {
  const std::string detail = R"({"eventType":"CASE.CREATED","case":{"caseId":"c"}})";
  const std::string other = R"({ "case" : {"caseId":"\u0063"}, "eventType" : "CASE.CREATED" })";
  const std::string hash = CanonicalSha256Hex(detail);

  for (const std::string& record :
       {detail, other, "{\"detail\":" + detail + "}", "{\"detail\":" + other + ",\"id\":null}"}) {
    ASSERT_EQ(Decode(record), "") << record;
    EXPECT_EQ(event_.event_id, hash) << record;
    EXPECT_EQ(event_.case_id.text, "c");
    EXPECT_EQ(event_.event_type.text, "CASE.CREATED");
  }
}

TEST_F(CaseEventTest, WithoutCaseIdItIsAFault) {
  for (const char* record : {R"({"id":"e","detail":{}})", R"({"id":"e","detail":{"case":{"caseId":7}}})",
                             R"({"id":"e","detail":{"case":{"caseId":""}}})", R"({"id":"e","detail":"text"})"}) {
    EXPECT_EQ(Decode(record), "missing_case_id") << record;
  }
}

TEST_F(CaseEventTest, TornAndTooDeepEventsAreFaults) {
  const std::string deep(kMaxJsonDepth + 1, '[');
  const std::string end(kMaxJsonDepth + 1, ']');
  EXPECT_EQ(DecodeFields(R"({"a":{"value":{"x":)" + deep + end + "}}}"), "too_deep");
  EXPECT_EQ(DecodeFields(R"({"a":{"value":{"stringValue":"\x"}}})"), "invalid_json");
  EXPECT_EQ(DecodeFields(R"({"a":{"value":{"doubleValue":1.}}})"), "invalid_json");
  EXPECT_EQ(DecodeFields(R"({"a":{"value")"), "invalid_json");
}

}  // namespace
}  // namespace casebook
