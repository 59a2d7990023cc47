#include "analysis/definitions.h"

#include <gtest/gtest.h>

#include "sql/parser.h"

namespace casebook::analysis {
namespace {

sql::StatementPtr Parsed(const char* text) { return sql::ParseStatement(text).value(); }

sql::Path Name(std::initializer_list<const char*> names) {
  sql::Path path;
  for (const char* name : names) path.names.push_back({name, false, {}});
  return path;
}

TEST(DefinitionsTest, TheShorterNameIsTheEndOfTheLonger) {
  Definitions definitions;
  definitions.Put(Parsed("CREATE VIEW d.v AS SELECT 1"));
  EXPECT_NE(definitions.FindView(Name({"V"})), nullptr);
  EXPECT_NE(definitions.FindView(Name({"p", "d", "v"})), nullptr);
  EXPECT_EQ(definitions.FindView(Name({"e", "v"})), nullptr);
  EXPECT_EQ(definitions.FindFunction(Name({"v"})), nullptr);
}

TEST(DefinitionsTest, TablesOfTheSchemaHaveNoShortNames) {
  Definitions definitions;
  definitions.Put(Parsed("CREATE VIEW d.INFORMATION_SCHEMA.TABLES AS SELECT 1"));
  EXPECT_EQ(definitions.FindView(Name({"tables"})), nullptr);
  EXPECT_NE(definitions.FindView(Name({"information_schema", "tables"})), nullptr);
}

TEST(DefinitionsTest, ANewOneTakesThePlaceOfTheOldAndHidesWhatIsBehind) {
  Definitions behind;
  behind.Put(Parsed("CREATE FUNCTION f() AS (1)"));
  Definitions definitions(&behind);
  EXPECT_NE(definitions.FindFunction(Name({"f"})), nullptr);
  definitions.Put(Parsed("CREATE FUNCTION f(x INT64) AS (x)"));
  definitions.Put(Parsed("CREATE FUNCTION f(x INT64, y INT64) AS (x)"));
  EXPECT_EQ(definitions.FindFunction(Name({"f"}))->parameters.size(), 2U);
  EXPECT_TRUE(definitions.Remove(sql::DropObject::kFunction, Name({"f"})));
  EXPECT_EQ(definitions.FindFunction(Name({"f"}))->parameters.size(), 0U);
  EXPECT_FALSE(definitions.Remove(sql::DropObject::kFunction, Name({"f"})));
}

}  // namespace
}  // namespace casebook::analysis
