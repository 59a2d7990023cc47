#include "sql/sql_error.h"

#include <string>

#include <gtest/gtest.h>

namespace casebook::sql {
namespace {

TEST(SqlErrorTest, LinesAndColumnsCountFromOne) {
  const LineColumn place = LineColumnAt("a\nbc\r\nd", 3);
  EXPECT_EQ(place.line, 2U);
  EXPECT_EQ(place.column, 2U);
  EXPECT_EQ(LineColumnAt("a\nbc\r\nd", 6).line, 3U);
  EXPECT_EQ(LineColumnAt("", 0).column, 1U);
}

TEST(SqlErrorTest, ColumnsCountCharactersNotBytes) { EXPECT_EQ(LineColumnAt("\xC3\xA9\xC3\xA9x", 4).column, 3U); }

TEST(SqlErrorTest, ATabReachesTheNextColumnAfterAMultipleOfEight) {
  EXPECT_EQ(LineColumnAt("\tx", 1).column, 9U);
  EXPECT_EQ(LineColumnAt("ab\tx", 3).column, 9U);
}

TEST(SqlErrorTest, TheExcerptPointsAtThePlace) {
  EXPECT_EQ(ExcerptAt("SELECT 1\nFROM  t", 15), "FROM  t\n      ^");
  EXPECT_EQ(ExcerptAt("\xC3\xA9 x", 3), "\xC3\xA9 x\n  ^");
  EXPECT_EQ(ExcerptAt("\tx", 1), "\tx\n\t^");
  EXPECT_EQ(ExcerptAt("abc", 99), "abc\n   ^");
}

TEST(SqlErrorTest, TheExcerptOfALongLineIsCutAroundThePlace) {
  const std::string line = std::string(500, 'a') + "X" + std::string(500, 'b');
  const std::string excerpt = ExcerptAt(line, 500);
  EXPECT_LT(excerpt.size(), 400U);
  const size_t newline = excerpt.find('\n');
  EXPECT_EQ(excerpt[excerpt.size() - newline - 2], 'X');
}

TEST(SqlErrorTest, TheMessageNamesThePlace) {
  const SqlError error = InvalidSql("Syntax error: Unexpected keyword FROM", 7);
  EXPECT_EQ(FormatErrorLine("SELECT FROM", error), "Syntax error: Unexpected keyword FROM at [1:8]");
  EXPECT_EQ(FormatError("SELECT FROM", error),
            "Syntax error: Unexpected keyword FROM at [1:8]\nSELECT FROM\n       ^");
  EXPECT_EQ(ToError("SELECT FROM", error).code, ErrorCode::kInvalid);
}

}  // namespace
}  // namespace casebook::sql
