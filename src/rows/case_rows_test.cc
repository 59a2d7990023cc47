#include "rows/case_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "rows/enricher.h"
#include "rows/feed_test_support.h"

namespace casebook {
namespace {

// The field ids of the sample catalogue.
constexpr const char* kAccountId = "4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10";
constexpr const char* kIsComplaintId = "b0d18395-72a4-45c6-91e8-d30492b5f687";
constexpr const char* kComplaintReasonId = "0526d8ea-c7f9-4a1b-a63d-2859e70a4bdc";
constexpr const char* kGoodwillId = "1637e9fb-d80a-4b2c-b74e-396af81b5ced";
constexpr const char* kOmbudsmanId = "38590b1d-fa2c-4d4e-9960-5b8c1a3d7e0f";
constexpr const char* kOriginalDateId = "496a1c2e-0b3d-4e5f-aa71-6c9d2b4e8f20";
constexpr const char* kDueDateId = "5a7b2d3f-1c4e-4f60-bb82-7dae3c5f9031";
constexpr const char* kLevel1Id = "6b8c3e40-2d5f-4071-8c93-8ebf4d60a132";

class CaseRowsTest : public ::testing::Test {
 protected:
  CaseRowsTest() { UseCatalogue({SampleText("case_field_catalogue.json")}); }

  void UseCatalogue(const std::vector<std::string>& documents) {
    FieldCatalogue catalogue;
    for (const std::string& document : documents) catalogue = catalogue.MergedWith(document).value();
    enricher_ =
        std::make_unique<Enricher>(std::make_shared<const FieldCatalogue>(std::move(catalogue)), EnrichmentSettings{});
  }
  void Add(std::string_view record) {
    const std::string padded = std::string(record) + std::string(Enricher::kPadding, ' ');
    const RecordOrigin origin{.sequence = ++sequence_, .received_at = TestReceivedAt(), .source = "test.json"};
    enricher_->Add(origin, std::string_view(padded).substr(0, record.size()), rows_);
  }
  void AddSamples() {
    for (const std::string& line : SampleLines("case_events.ndjson")) Add(line);
  }
  // A CASE.UPDATED with `fields`, the text inside the braces of the map.
  void AddFields(std::string_view fields) {
    Add(R"({"source":"aws.cases","detail-type":"Amazon Connect Cases Change","id":"e","time":"2025-03-28T16:42:11Z",)"
        R"("detail":{"eventType":"CASE.UPDATED","approximateChangeTime":"2025-03-28T16:42:10.318Z","case":{"caseId":"C",)"
        R"("createdDateTime":"2025-03-28T16:42:10.318Z","fields":{)" +
        std::string(fields) + "}}}}");
  }
  static std::string Field(std::string_view id, std::string_view arm, std::string_view json) {
    return "\"" + std::string(id) + "\":{\"value\":{\"" + std::string(arm) + "\":" + std::string(json) + "}}";
  }
  // The value of `column` where `field` holds the string or other value.
  std::string Text(CaseColumn column, std::string_view id, std::string_view text) {
    AddFields(Field(id, "stringValue", "\"" + std::string(text) + "\""));
    return Last(column);
  }
  std::string Number(CaseColumn column, std::string_view id, std::string_view number) {
    AddFields(Field(id, "doubleValue", number));
    return Last(column);
  }

  std::string Show(CaseColumn column, size_t row) const { return Shown(rows_.case_events, column, row); }
  std::string Last(CaseColumn column) const { return Show(column, rows_.case_events.size() - 1); }
  // `column rule text` of the last issue.
  std::string LastIssue() const {
    if (rows_.value_issues.empty()) return "none";
    const size_t row = rows_.value_issues.size() - 1;
    return Shown(rows_.value_issues, ValueIssueColumn::kColumnName, row) + " " +
           Shown(rows_.value_issues, ValueIssueColumn::kRule, row) + " " +
           Shown(rows_.value_issues, ValueIssueColumn::kText, row);
  }

  std::unique_ptr<Enricher> enricher_;
  EnrichedRows rows_;
  uint64_t sequence_ = 0;
};

TEST_F(CaseRowsTest, TheFirstSampleHasEveryValueInItsColumn) {
  AddSamples();
  ASSERT_EQ(rows_.rejects.size(), 0U);
  ASSERT_EQ(rows_.value_issues.size(), 0U);
  const std::pair<CaseColumn, const char*> expected[] = {
      {CaseColumn::kId, "6d1c9f40-8e27-4b53-a6f0-2c4e8d0b7a91"},
      {CaseColumn::kAccount, "10023456"},
      {CaseColumn::kAccountText, "10023456"},
      {CaseColumn::kCreated, "2025-03-28T16:42:10.318Z"},
      {CaseColumn::kStatus, "Open"},
      {CaseColumn::kTitle, "Direct debit doubled without notice – £312.40"},
      {CaseColumn::kSummary, "NULL"},
      {CaseColumn::kLevel1, "Billing"},
      {CaseColumn::kLevel2, "Direct Debit"},
      {CaseColumn::kLevel3, "Amount Increased"},
      {CaseColumn::kCaseReason, "Billing - direct debit"},
      {CaseColumn::kCaseReasonValue, "billing_direct_debit"},
      {CaseColumn::kAssignedUser, "NULL"},
      {CaseColumn::kAssignedAgentName, "NULL"},
      {CaseColumn::kIsComplaint, "true"},
      {CaseColumn::kComplaintStatus, "Raised"},
      {CaseColumn::kComplaintType, "Inbound"},
      {CaseColumn::kComplaintSubject, "Billing"},
      {CaseColumn::kComplaintSubject2, "Direct Debit"},
      {CaseColumn::kComplaintReason, "Increase not explained"},
      {CaseColumn::kComplaintGoodwillAmount, "NULL"},
      {CaseColumn::kComplaintResolved, "false"},
      {CaseColumn::kOmbudsmanCase, "false"},
      {CaseColumn::kOriginalCreationDate, "2025-03-28T16:42:10.318Z"},
      {CaseColumn::kLastUpdated, "2025-03-28T16:42:10.318Z"},
      {CaseColumn::kLastClosed, "NULL"},
      {CaseColumn::kDueDate, "2025-04-01T16:42:10.318Z"},
      {CaseColumn::kDueDateIsComputed, "false"},
      {CaseColumn::kIsOverdue, "false"},
      {CaseColumn::kEventType, "CASE.CREATED"},
      {CaseColumn::kLandedDate, "2025-04-03"},
      {CaseColumn::kEventId, "0a7d3c52-9b1e-4f60-8d24-6e5f7a8b9c01"},
      {CaseColumn::kReceivedAt, "2025-04-03T08:00:00Z"},
      {CaseColumn::kSequence, "1"},
      {CaseColumn::kChangeTime, "2025-03-28T16:42:10.318Z"},
      {CaseColumn::kTemplateId, "b8d1f0a2-6c35-4f7e-9a41-2e5d7c9b1a30"},
      {CaseColumn::kReferenceNumber, "48213097"},
      {CaseColumn::kChangedFieldIds, "NULL"},
      {CaseColumn::kPerformedBy, "flow/complaint-intake"},
      {CaseColumn::kRelatedItemType, "NULL"},
      {CaseColumn::kUnmappedFields, "NULL"},
      {CaseColumn::kOtherFields, R"({"Date/Time Opened":"2025-03-28T16:42:10.318Z"})"},
      {CaseColumn::kHasFields, "true"},
  };
  for (const auto& [column, value] : expected) {
    EXPECT_EQ(Show(column, 0), value) << kCaseColumnLayout[static_cast<size_t>(column)].name;
  }
}

TEST_F(CaseRowsTest, RelatedItemsHaveNoValuesOfTheCase) {
  AddSamples();
  EXPECT_EQ(Show(CaseColumn::kId, 1), "6d1c9f40-8e27-4b53-a6f0-2c4e8d0b7a91");
  EXPECT_EQ(Show(CaseColumn::kEventType, 1), "RELATED_ITEM.CREATED");
  EXPECT_EQ(Show(CaseColumn::kRelatedItemType, 1), "contact");
  EXPECT_EQ(Show(CaseColumn::kRelatedItemId, 1), "a0b1c2d3-e4f5-4061-8273-94a5b6c7d8e9");
  EXPECT_EQ(Show(CaseColumn::kRelatedItemContactId, 1), "b3e5a7c9-1d2f-4a6b-8c0e-5f7a9b1c3d4e");
  EXPECT_EQ(Show(CaseColumn::kPerformedBy, 1), "a1f0c3d2-5b64-4e87-9a10-3c2b1d4e5f60");
  EXPECT_EQ(Show(CaseColumn::kHasFields, 1), "false");
  for (const CaseColumn column : {CaseColumn::kAccount, CaseColumn::kCreated, CaseColumn::kStatus, CaseColumn::kDueDate,
                                  CaseColumn::kDueDateIsComputed, CaseColumn::kTemplateId}) {
    EXPECT_EQ(Show(column, 1), "NULL");
  }
  EXPECT_EQ(Show(CaseColumn::kRelatedItemType, 3), "comment");
  EXPECT_EQ(
      Show(CaseColumn::kRelatedItemCommentBody, 3),
      "Spoke to customer ☎️ — agreed to re-assess DD.\nMeter reads: 04512 / 11873. Café owner, works lates.");
}

TEST_F(CaseRowsTest, LaterSamplesCarryAgentsGoodwillAndChangedFields) {
  AddSamples();
  EXPECT_EQ(Show(CaseColumn::kAssignedAgentName, 2), "Zoë Ó Briain");
  EXPECT_EQ(Show(CaseColumn::kQueueName, 2), "Complaints");
  EXPECT_EQ(Show(CaseColumn::kAssignedUser, 2).substr(85), "agent/c7d8e9fa-0b1c-4d2e-8f3a-4b5c6d7e8f90");
  EXPECT_EQ(
      Show(CaseColumn::kChangedFieldIds, 2),
      "assigned_queue,assigned_user,assigned_agent_name,queue_name,summary,last_updated_datetime,Last Updated User");
  EXPECT_EQ(Show(CaseColumn::kComplaintGoodwillAmount, 4), "25500000000");
  EXPECT_EQ(Show(CaseColumn::kComplaintStatus, 5), "Re-Open");
  EXPECT_EQ(Show(CaseColumn::kLastReopened, 5), "2025-04-03T08:15:02.640Z");
}

TEST_F(CaseRowsTest, OneFieldOfTheSamplesIsUnmapped) {
  AddSamples();
  size_t unmapped = 0;
  for (size_t row = 0; row < rows_.case_events.size(); ++row) {
    if (rows_.case_events[CaseColumn::kUnmappedFields].IsNull(row)) continue;
    ++unmapped;
    EXPECT_EQ(
        Show(CaseColumn::kUnmappedFields, row),
        R"({"deadbeef-0000-4000-8000-00000000f00d":"field added to the template after the catalogue was last read"})");
    EXPECT_EQ(Show(CaseColumn::kAccount, row), "812345");
    EXPECT_EQ(Show(CaseColumn::kDescription, row), "NULL");
    EXPECT_EQ(Show(CaseColumn::kTitle, row), "Mesurydd clyfar ddim yn cysylltu 📵 / smart meter offline");
  }
  EXPECT_EQ(unmapped, 1U);
}

TEST_F(CaseRowsTest, AnEventWithoutFieldsHasAComputedDueDate) {
  AddSamples();
  const size_t row = rows_.case_events.size() - 1;
  EXPECT_EQ(Show(CaseColumn::kEventType, row), "CASE.DELETED");
  EXPECT_EQ(Show(CaseColumn::kStatus, row), "NULL");
  EXPECT_EQ(Show(CaseColumn::kDueDate, row), "2025-04-07T22:59:59.999999Z");
  EXPECT_EQ(Show(CaseColumn::kDueDateIsComputed, row), "true");
}

TEST_F(CaseRowsTest, WithoutACatalogueRawValuesStayAndCustomFieldsAreUnmapped) {
  UseCatalogue({});
  AddFields(Field("status", "stringValue", "\"open\"") + "," + Field(kAccountId, "doubleValue", "1.0023456E7"));
  EXPECT_EQ(Last(CaseColumn::kStatus), "open");
  EXPECT_EQ(Last(CaseColumn::kAccount), "NULL");
  EXPECT_EQ(Last(CaseColumn::kUnmappedFields), std::string("{\"") + kAccountId + "\":10023456}");
}

TEST_F(CaseRowsTest, OptionsAreFoundExactlyThenIgnoringCaseElseTheValueStays) {
  EXPECT_EQ(Text(CaseColumn::kLevel1, kLevel1Id, "customer_service"), "Customer Service");
  EXPECT_EQ(Text(CaseColumn::kLevel1, kLevel1Id, " Customer_SERVICE "), "Customer Service");
  EXPECT_EQ(Text(CaseColumn::kLevel1, kLevel1Id, "new one"), "new one");
  EXPECT_EQ(Text(CaseColumn::kLevel1, kLevel1Id, "  "), "NULL");
  EXPECT_EQ(Number(CaseColumn::kLevel1, kLevel1Id, "3.0"), "3");
  EXPECT_EQ(LastIssue(), "none");
}

TEST_F(CaseRowsTest, AccountsAreNumbersOrCounted) {
  EXPECT_EQ(Number(CaseColumn::kAccount, kAccountId, "812345.0"), "812345");
  EXPECT_EQ(Last(CaseColumn::kAccountText), "812345");
  EXPECT_EQ(Text(CaseColumn::kAccount, kAccountId, " 0081 2345 "), "812345");
  EXPECT_EQ(Last(CaseColumn::kAccountText), "0081 2345");
  EXPECT_EQ(Text(CaseColumn::kAccount, kAccountId, ""), "NULL");
  EXPECT_EQ(LastIssue(), "none");
  EXPECT_EQ(Number(CaseColumn::kAccount, kAccountId, "10.5"), "NULL");
  EXPECT_EQ(LastIssue(), "account not_an_account_number 10.5");
  EXPECT_EQ(Text(CaseColumn::kAccount, kAccountId, "10023456, 10098765"), "NULL");
  EXPECT_EQ(LastIssue(), "account several_account_numbers 10023456, 10098765");
  EXPECT_EQ(Last(CaseColumn::kAccountText), "10023456, 10098765");
}

TEST_F(CaseRowsTest, YesAndNoComeInManyFormsAndNullIsNotNo) {
  AddFields(Field(kIsComplaintId, "booleanValue", "true"));
  EXPECT_EQ(Last(CaseColumn::kIsComplaint), "true");
  EXPECT_EQ(Text(CaseColumn::kIsComplaint, kIsComplaintId, "Yes"), "true");
  EXPECT_EQ(Text(CaseColumn::kIsComplaint, kIsComplaintId, "n"), "false");
  EXPECT_EQ(Number(CaseColumn::kIsComplaint, kIsComplaintId, "1.0"), "true");
  AddFields(Field(kIsComplaintId, "emptyValue", "{}"));
  EXPECT_EQ(Last(CaseColumn::kIsComplaint), "NULL");
  EXPECT_EQ(LastIssue(), "none");
  EXPECT_EQ(Text(CaseColumn::kOmbudsmanCase, kOmbudsmanId, "OMB-77"), "NULL");
  EXPECT_EQ(LastIssue(), "detail_case_fields_ombudsman_case not_a_boolean OMB-77");
}

TEST_F(CaseRowsTest, YesAndNoMayBeOptions) {
  UseCatalogue({R"({"fields":[{"fieldId":"f","name":"Is Complaint","options":[{"value":"opt_a","name":"Yes"},
                    {"value":"no","name":"Not at all"}]}]})"});
  EXPECT_EQ(Text(CaseColumn::kIsComplaint, "f", "opt_a"), "true");
  EXPECT_EQ(Text(CaseColumn::kIsComplaint, "f", "no"), "false");
}

TEST_F(CaseRowsTest, GoodwillIsReadInPounds) {
  EXPECT_EQ(Number(CaseColumn::kComplaintGoodwillAmount, kGoodwillId, "25.5"), "25500000000");
  EXPECT_EQ(Text(CaseColumn::kComplaintGoodwillAmount, kGoodwillId, "£1,250.00"), "1250000000000");
  EXPECT_EQ(Text(CaseColumn::kComplaintGoodwillAmount, kGoodwillId, "a voucher"), "NULL");
  EXPECT_EQ(LastIssue(), "detail_case_fields_complaint_goodwill_amount not_a_number a voucher");
}

TEST_F(CaseRowsTest, DatesOfPeopleAreInLondon) {
  EXPECT_EQ(Text(CaseColumn::kOriginalCreationDate, kOriginalDateId, "2024-07-01"), "2024-06-30T23:00:00Z");
  EXPECT_EQ(Text(CaseColumn::kOriginalCreationDate, kOriginalDateId, "2024-01-02"), "2024-01-02T00:00:00Z");
  EXPECT_EQ(Text(CaseColumn::kOriginalCreationDate, kOriginalDateId, "2024-07-01 10:30"), "2024-07-01T09:30:00Z");
  EXPECT_EQ(Number(CaseColumn::kOriginalCreationDate, kOriginalDateId, "1741180000.5"), "2025-03-05T13:06:40.500Z");
  EXPECT_EQ(Text(CaseColumn::kDueDate, kDueDateId, "2024-07-01"), "2024-07-01T22:59:59.999999Z");
  EXPECT_EQ(Last(CaseColumn::kDueDateIsComputed), "false");
  EXPECT_EQ(LastIssue(), "none");
  EXPECT_EQ(Text(CaseColumn::kOriginalCreationDate, kOriginalDateId, "1960-01-01"), "NULL");
  EXPECT_EQ(LastIssue(), "detail_case_fields_original_creation_date before_1971 1960-01-01");
  EXPECT_EQ(Text(CaseColumn::kDueDate, kDueDateId, "next week"), "NULL");
  EXPECT_EQ(Last(CaseColumn::kDueDateIsComputed), "NULL");
  EXPECT_EQ(LastIssue(), "detail_case_fields_due_date not_a_time next week");
  EXPECT_EQ(Text(CaseColumn::kLastUpdated, "last_updated_datetime", "1741180000"), "NULL");
  EXPECT_EQ(LastIssue(), "detail_case_fields_last_updated_datetime epoch_as_text 1741180000");
}

TEST_F(CaseRowsTest, EmptyTextStaysOnlyWherePeopleWrite) {
  EXPECT_EQ(Text(CaseColumn::kTitle, "title", ""), "");
  EXPECT_EQ(Text(CaseColumn::kSummary, "summary", "  "), "  ");
  EXPECT_EQ(Text(CaseColumn::kComplaintReason, kComplaintReasonId, " late "), " late ");
  EXPECT_EQ(Text(CaseColumn::kReferenceNumber, "reference_number", " "), "NULL");
  EXPECT_EQ(Text(CaseColumn::kCustomerId, "customer_id", " arn "), "arn");
}

TEST_F(CaseRowsTest, FieldsWithoutAColumnAreShownByNameWithOptionNames) {
  UseCatalogue({R"({"fields":[{"fieldId":"f","name":"Fuel","options":[{"value":"gas","name":"Gas"}]},
                    {"fieldId":"g","name":"Bills"}, {"fieldId":"h","name":"Zeta"}, {"fieldId":"i","name":"Empty"}]})"});
  AddFields(Field("h", "booleanValue", "true") + "," + Field("g", "doubleValue", "3.0") + "," +
            Field("i", "stringValue", "\" \"") + "," + Field("f", "stringValue", "\"GAS\"") + "," +
            Field("?", "listValue", "[ {\"a\" : 1} ]"));
  EXPECT_EQ(Last(CaseColumn::kOtherFields), R"({"Bills":3,"Fuel":"Gas","Zeta":true})");
  EXPECT_EQ(Last(CaseColumn::kUnmappedFields), R"({"?":[{"a":1}]})");
}

TEST_F(CaseRowsTest, OfTwoFieldsOfOneColumnTheStatedOneCounts) {
  UseCatalogue({R"({"fields":[{"fieldId":"a","name":"Level 1"},{"fieldId":"b","name":"Top","column":"level_1"}]})"});
  for (const bool stated_first : {true, false}) {
    const std::string stated = Field("b", "stringValue", "\"stated\"");
    const std::string named = Field("a", "stringValue", "\"named\"");
    AddFields(stated_first ? stated + "," + named : named + "," + stated);
    EXPECT_EQ(Last(CaseColumn::kLevel1), "stated");
    EXPECT_EQ(Last(CaseColumn::kOtherFields), R"({"Level 1":"named"})");
  }
  EXPECT_EQ(Text(CaseColumn::kLevel1, "a", "named"), "named");
}

TEST_F(CaseRowsTest, TheEnvelopeStandsInForAMissingChangeTime) {
  const std::string head = R"({"source":"aws.cases","detail-type":"Amazon Connect Cases Change","id":"e",)";
  Add(head + R"("time":"2025-03-28T16:42:11Z","detail":{"case":{"caseId":"C"}}})");
  EXPECT_EQ(Last(CaseColumn::kChangeTime), "2025-03-28T16:42:11Z");
  EXPECT_EQ(Last(CaseColumn::kId), "c");
  EXPECT_EQ(Last(CaseColumn::kEventType), "NULL");
  Add(head + R"("detail":{"eventType":"CASE.ARCHIVED","case":{"caseId":"C"}}})");
  EXPECT_EQ(Last(CaseColumn::kChangeTime), "NULL");
  EXPECT_EQ(Last(CaseColumn::kEventType), "CASE.ARCHIVED");
  EXPECT_EQ(LastIssue(), "detail_approximate_change_time no_change_time NULL");
  EXPECT_EQ(Shown(rows_.value_issues, ValueIssueColumn::kRowId, rows_.value_issues.size() - 1), "e");
}

TEST_F(CaseRowsTest, CreationOutsideTheCalendarIsCounted) {
  Add(R"({"eventType":"CASE.CREATED","approximateChangeTime":"2040-01-02T00:00:00Z",)"
      R"("case":{"caseId":"C","createdDateTime":"2040-01-02T00:00:00Z"}})");
  EXPECT_EQ(Last(CaseColumn::kDueDate), "NULL");
  EXPECT_EQ(LastIssue(), "detail_case_fields_due_date outside_working_day_calendar 2040-01-02T00:00:00Z");
}

TEST_F(CaseRowsTest, MendedTextIsCounted) {
  EXPECT_EQ(Text(CaseColumn::kTitle, "title", "caf\xE9"), "caf\xEF\xBF\xBD");
  EXPECT_EQ(LastIssue(), "NULL invalid_utf8 NULL");
  EXPECT_EQ(Text(CaseColumn::kTitle, "title", "\\ud83d!"), "\xEF\xBF\xBD!");
  EXPECT_EQ(rows_.value_issues.size(), 2U);
}

// Goal: the row does not depend on the order of keys.
// Method: the sample event with its fields turned around, row by row against the original.
TEST_F(CaseRowsTest, TheOrderOfFieldsDoesNotMatter) {
  std::vector<std::string> fields = {Field("status", "stringValue", "\"open\""),
                                     Field(kAccountId, "doubleValue", "1.0E1"),
                                     Field(kLevel1Id, "stringValue", "\"billing\""),
                                     Field("x", "stringValue", "\"1\""),
                                     Field("b", "stringValue", "\"2\""),
                                     Field("created_datetime", "stringValue", "\"t\"")};
  std::ranges::sort(fields);
  do {
    std::string list;
    for (const std::string& field : fields) list += (list.empty() ? "" : ",") + field;
    AddFields(list);
    const size_t row = rows_.case_events.size() - 1;
    for (size_t column = 0; column < rows_.case_events.column_count(); ++column) {
      if (column == static_cast<size_t>(CaseColumn::kSequence)) continue;
      if (column == static_cast<size_t>(CaseColumn::kContentHash)) continue;  // of the bytes
      ASSERT_EQ(Shown(rows_.case_events, column, row), Shown(rows_.case_events, column, 0));
    }
  } while (std::ranges::next_permutation(fields).found);
}

}  // namespace
}  // namespace casebook
