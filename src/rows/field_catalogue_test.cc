#include "rows/field_catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "rows/feed_test_support.h"

namespace casebook {
namespace {

FieldCatalogue Merged(const std::vector<std::string>& documents) {
  FieldCatalogue catalogue;
  for (const std::string& document : documents) {
    auto merged = catalogue.MergedWith(document);
    EXPECT_TRUE(merged.ok()) << merged.error().message;
    if (merged.ok()) catalogue = std::move(merged).value();
  }
  return catalogue;
}

std::string ColumnOf(const FieldCatalogue& catalogue, std::string_view id) {
  const FieldBinding* const binding = catalogue.Find(id);
  if (binding == nullptr) return "unknown";
  return binding->column ? std::string(FieldColumnSuffix(*binding->column)) : "none";
}

// A custom field of that display name, as ListFields gives it.
std::string CustomField(std::string_view name) {
  return R"({"fields":[{"fieldId":"f","name":")" + std::string(name) +
         R"(","type":"Text","namespace":"Custom"}],"nextToken":null})";
}

TEST(FieldCatalogueTest, KnowsTheSystemFieldsWithoutAnyDocument) {
  const FieldCatalogue catalogue;
  EXPECT_EQ(ColumnOf(catalogue, "status"), "status");
  EXPECT_EQ(ColumnOf(catalogue, "last_reopened_datetime"), "last_reopened_datetime");
  EXPECT_EQ(ColumnOf(catalogue, "created_datetime"), "none");
  EXPECT_EQ(ColumnOf(catalogue, "4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10"), "unknown");
  EXPECT_EQ(catalogue.Find("status")->OptionName("open"), "open");
}

TEST(FieldCatalogueTest, ReadsTheSampleAndFindsEveryColumnByItsName) {
  const std::string sample = SampleText("case_field_catalogue.json");
  const FieldCatalogue stated = Merged({sample});
  // The same answers as AWS gives them, without our `column`.
  std::string raw = sample;
  for (size_t at = 0; (at = raw.find("\"column\"", at)) != std::string::npos;) raw.replace(at, 8, "\"x\"");
  const FieldCatalogue by_name = Merged({raw});

  ASSERT_GE(stated.bindings().size(), 32U);
  for (const FieldBinding& binding : stated.bindings()) {
    EXPECT_EQ(ColumnOf(by_name, binding.id), ColumnOf(stated, binding.id)) << binding.display_name;
  }
  EXPECT_EQ(ColumnOf(stated, "4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10"), "account");
  EXPECT_EQ(ColumnOf(stated, "f415c7d9-b6e8-490a-952c-1748d6f93acb"), "complaint_subject_2");
  EXPECT_EQ(stated.Find("status")->OptionName("awaiting_customer"), "Awaiting Customer");
  EXPECT_EQ(stated.Find("status")->OptionName("OPEN"), "Open");
  EXPECT_EQ(stated.Find("status")->OptionName("never seen"), "never seen");
  EXPECT_EQ(stated.Find("c1e294a6-83b5-46d7-a2f9-e415a3c60798")->OptionName("re-open"), "Re-Open");
}

TEST(FieldCatalogueTest, DisplayNamesBindHoweverTheyAreWritten) {
  const std::pair<const char*, const char*> names[] = {
      {"Account Number", "account"},
      {"ACCOUNT", "account"},
      {"Level 1", "level_1"},
      {"level1", "level_1"},
      {"Complaint Subject 2", "complaint_subject_2"},
      {"Complaint Subject2", "complaint_subject_2"},
      {"complaint_subject_2", "complaint_subject_2"},
      {"Complaint Subject", "complaint_subject"},
      {"Is complaint?", "is_complaint"},
      {" Due   Date ", "due_date"},
      {"Date/Time Reopened", "last_reopened_datetime"},
      {"Status", "none"},
      {"Title", "none"},
      {"Shoe size", "none"},
      {"Due Date Is Computed", "none"},
      {"", "none"},
  };
  for (const auto& [name, column] : names) EXPECT_EQ(ColumnOf(Merged({CustomField(name)}), "f"), column) << name;
}

TEST(FieldCatalogueTest, AStatedColumnCountsMoreThanTheName) {
  const std::string stated = R"({"fields":[{"fieldId":"f","name":"Level 1","column":"level_2"}]})";
  EXPECT_EQ(ColumnOf(Merged({stated, CustomField("Level 1")}), "f"), "level_2");
  EXPECT_EQ(ColumnOf(Merged({CustomField("Level 1"), stated}), "f"), "level_2");
  EXPECT_EQ(ColumnOf(Merged({R"({"fields":[{"fieldId":"f","name":"Level 1","column":""}]})"}), "f"), "none");
  EXPECT_EQ(ColumnOf(Merged({R"({"fields":[{"fieldId":"f","column":"detail_case_fields_level_3"}]})"}), "f"),
            "level_3");
}

TEST(FieldCatalogueTest, TheNewestNameByTheSourcesOwnTimeCounts) {
  const std::string old_name = R"({"fields":[{"fieldId":"f","name":"Old","lastModifiedTime":1700000000.5,
      "options":[{"value":"a","name":"Old A"},{"value":"gone","name":"Gone"}]}],"errors":[]})";
  const std::string new_name = R"({"fields":[{"fieldId":"f","name":"New","lastModifiedTime":"2024-01-01T00:00:00Z",
      "options":[{"value":"a","name":"New A"}]}],"errors":[]})";
  const std::string timeless = R"({"fields":[{"fieldId":"f","name":"Timeless"}]})";
  for (const auto& documents : {std::vector{old_name, new_name, timeless}, std::vector{timeless, new_name, old_name}}) {
    const FieldCatalogue catalogue = Merged(documents);
    EXPECT_EQ(catalogue.Find("f")->display_name, "New");
    EXPECT_EQ(catalogue.Find("f")->OptionName("a"), "New A");
    EXPECT_EQ(catalogue.Find("f")->OptionName("gone"), "Gone");
  }
}

TEST(FieldCatalogueTest, InactiveOptionsAreKept) {
  const FieldCatalogue catalogue = Merged(
      {R"({"fieldId":"f","options":[{"value":"a","name":"A","active":true},{"value":"b","name":"B","active":false}]})",
       R"({"fieldId":"f","options":[{"value":"c","name":"C"}]})"});
  for (const auto& [value, name] : {std::pair{"a", "A"}, std::pair{"b", "B"}, std::pair{"c", "C"}}) {
    EXPECT_EQ(catalogue.Find("f")->OptionName(value), name);
  }
}

TEST(FieldCatalogueTest, AnswersMayStandUnderTheirOperationsNames) {
  const FieldCatalogue catalogue = Merged({R"({"ListFields":{"fields":[{"fieldId":"f","name":"Level 1"}]},
      "ListFieldOptions":[{"fieldId":"f","options":[{"value":"a","name":"A"}]}]})"});
  EXPECT_EQ(ColumnOf(catalogue, "f"), "level_1");
  EXPECT_EQ(catalogue.Find("f")->OptionName("a"), "A");
}

TEST(FieldCatalogueTest, OptionsNeedTheFieldTheyBelongTo) {
  const std::string answer = R"({"options":[{"active":true,"name":"A","value":"a"}],"nextToken":null})";
  EXPECT_EQ(FieldCatalogue().MergedWith(answer).error().code, ErrorCode::kInvalid);
  const FieldCatalogue catalogue = Merged({OptionsOfField(answer, "f").value()});
  EXPECT_EQ(catalogue.Find("f")->OptionName("a"), "A");
  EXPECT_FALSE(OptionsOfField("{}", "f").ok());
}

TEST(FieldCatalogueTest, OtherDocumentsAreRefused) {
  for (const char* document :
       {"", "{}", "[]", R"({"fields":[{"name":"no id"}]})", R"({"fields":{}})", "{\"fields\":["}) {
    EXPECT_FALSE(FieldCatalogue().MergedWith(document).ok()) << document;
  }
}

TEST(FieldCatalogueTest, IdsAreFoundIgnoringCase) {
  const FieldCatalogue catalogue =
      Merged({R"({"fields":[{"fieldId":"AB","name":"Level 1"},{"fieldId":"ab","name":"Level 2"}]})"});
  EXPECT_EQ(ColumnOf(catalogue, "AB"), "level_1");
  EXPECT_EQ(ColumnOf(catalogue, "ab"), "level_2");
  EXPECT_EQ(ColumnOf(catalogue, "STATUS"), "status");
}

TEST(FieldCatalogueTest, FieldsOfOneNameAreToldApartInOtherFields) {
  const FieldCatalogue catalogue =
      Merged({R"({"fields":[{"fieldId":"a","name":"Note"},{"fieldId":"b","name":"Note"}]})"});
  EXPECT_EQ(catalogue.Find("a")->other_key, "Note (a)");
  EXPECT_EQ(catalogue.Find("b")->other_key, "Note (b)");
}

TEST(FieldCatalogueTest, TheFingerprintChangesOnlyWithBindingsAndOptions) {
  const std::string field = R"({"fields":[{"fieldId":"f","name":"Level 1"}]})";
  const std::string before = Merged({field}).Fingerprint();
  EXPECT_EQ(Merged({field, field}).Fingerprint(), before);
  EXPECT_EQ(Merged({field, R"({"fields":[{"fieldId":"f","namespace":"Custom","lastModifiedTime":5}]})"}).Fingerprint(),
            before);
  EXPECT_NE(Merged({field, R"({"fieldId":"f","options":[{"value":"a","name":"A"}]})"}).Fingerprint(), before);
  EXPECT_NE(Merged({field, R"({"fields":[{"fieldId":"g","name":"x"}]})"}).Fingerprint(), before);
  EXPECT_EQ(before.size(), 64U);
}

// Goal: the merged catalogue does not depend on order, repetition or a detour through its own text.
TEST(FieldCatalogueTest, MergesInAnyOrderToTheSame) {
  std::vector<std::string> documents = {
      SampleText("case_field_catalogue.json"),
      R"({"fields":[{"fieldId":"status","name":"State","lastModifiedTime":1700000000,
          "options":[{"value":"open","name":"Opened"}]}]})",
      R"({"fields":[{"fieldId":"status","name":"Status of case"}]})",
      R"({"fieldId":"status","options":[{"value":"open","name":"Offen"},{"value":"x","name":"X","active":false}]})",
  };
  documents.push_back(Merged({documents[1], documents[3]}).ToJson());
  std::ranges::sort(documents);
  const std::string json = Merged(documents).ToJson();
  const std::string fingerprint = Merged(documents).Fingerprint();
  do {
    std::vector<std::string> twice = documents;
    twice.push_back(documents.front());
    const FieldCatalogue catalogue = Merged(twice);
    ASSERT_EQ(catalogue.ToJson(), json);
    ASSERT_EQ(catalogue.Fingerprint(), fingerprint);
  } while (std::ranges::next_permutation(documents).found);
  EXPECT_EQ(FieldCatalogue::FromJson(json).value().ToJson(), json);
  EXPECT_EQ(FieldCatalogue::FromJson(json).value().Fingerprint(), fingerprint);
}

}  // namespace
}  // namespace casebook
