#include "schema/dataset.h"

#include <gtest/gtest.h>

#include <set>

namespace casebook {
namespace {

TEST(DatasetTest, EveryTableHasItsColumnsOnce) {
  for (const Table& table : DatasetTables()) {
    std::set<std::string> names;
    for (const Column& column : table.columns) {
      std::string lower = column.name;
      for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      EXPECT_TRUE(names.insert(lower).second) << table.name << "." << column.name;
      EXPECT_FALSE(column.description.empty()) << table.name << "." << column.name;
    }
  }
}

TEST(DatasetTest, TheDescriptionsColumnsAreThereAsSpelt) {
  const auto spelling = [](const char* table, const char* column) {
    const Table* found = FindDatasetTable(table);
    const int at = found == nullptr ? -1 : found->FindColumn(column);
    return at < 0 ? std::string() : found->columns[static_cast<size_t>(at)].name;
  };
  EXPECT_EQ(spelling("case_events", "DETAIL_EVENT_TYPE"), "detail_event_type");
  EXPECT_EQ(spelling("ctr_events", "agent_connectedtoagentts"), "agent_connectedtoagentts");
  EXPECT_EQ(spelling("contact_events", "detail_contactid"), "detail_contactId");
  EXPECT_EQ(spelling("contact_events", "detail_agentinfo_agentarn"), "detail_agentInfo_agentArn");
}

TEST(DatasetTest, AnyProjectNameInFrontOfTheDatasetNamesTheSameTable) {
  const DatasetCatalog catalog;
  EXPECT_TRUE(catalog.FindTable({"case_events"}));
  EXPECT_TRUE(catalog.FindTable({"amazon_connect_enriched", "case_events"}));
  EXPECT_TRUE(catalog.FindTable({"soe-prod-data-core-7529", "amazon_connect_enriched", "case_events"}));
  EXPECT_FALSE(catalog.FindTable({"other", "case_events"}));
  EXPECT_FALSE(catalog.FindTable({"case_event"}));
}

TEST(DatasetTest, PresentValuesDependOnTheCaseAndEventColumnsDoNot) {
  const Table& table = *FindDatasetTable("case_events");
  EXPECT_TRUE(table.columns[static_cast<size_t>(table.FindColumn("detail_case_fields_status"))].depends_on_id);
  EXPECT_FALSE(table.columns[static_cast<size_t>(table.FindColumn("detail_event_type"))].depends_on_id);
}

}  // namespace
}  // namespace casebook
