#include "sql/names_table.h"

#include <gtest/gtest.h>

#include "sql/parser.h"

namespace casebook::sql {
namespace {

bool Names(const char* query) { return NamesTable(*ParseQuery(query).value(), "t"); }

TEST(NamesTableTest, FindsTheNameWhereverATableMayStand) {
  EXPECT_TRUE(Names("SELECT * FROM T"));
  EXPECT_TRUE(Names("SELECT 1 FROM a JOIN (SELECT * FROM b, t) ON TRUE"));
  EXPECT_TRUE(Names("SELECT 1 + (SELECT MAX(x) FROM t)"));
  EXPECT_TRUE(Names("SELECT 1 FROM a WHERE x IN (SELECT y FROM t)"));
  EXPECT_TRUE(Names("FROM a |> JOIN t USING (x)"));
  EXPECT_TRUE(Names("SELECT * FROM f(TABLE t)"));
  EXPECT_TRUE(Names("SELECT 1 UNION ALL (SELECT 2 FROM t)"));
}

TEST(NamesTableTest, AColumnAliasOrALongerNameIsNoTable) {
  EXPECT_FALSE(Names("SELECT t FROM a AS t"));
  EXPECT_FALSE(Names("SELECT * FROM d.t"));
}

TEST(NamesTableTest, AnInnerWithHidesTheName) {
  EXPECT_FALSE(Names("WITH t AS (SELECT 1) SELECT * FROM t"));
  EXPECT_TRUE(Names("WITH a AS (SELECT * FROM t), t AS (SELECT 1) SELECT * FROM t"));
  EXPECT_FALSE(Names("SELECT 1 |> WITH t AS (SELECT 1) |> CROSS JOIN t"));
}

}  // namespace
}  // namespace casebook::sql
