#include "app/display_width.h"

#include <gtest/gtest.h>

namespace casebook {
namespace {

TEST(DisplayWidthTest, CountsColumnsOfATerminal) {
  EXPECT_EQ(DisplayWidth(""), 0U);
  EXPECT_EQ(DisplayWidth("abc"), 3U);
  EXPECT_EQ(DisplayWidth("Zoë"), 3U);
  EXPECT_EQ(DisplayWidth("Zoe\u0308"), 3U);  // a mark of its own
  EXPECT_EQ(DisplayWidth("電気"), 4U);
  EXPECT_EQ(DisplayWidth("ｆ"), 2U);
  EXPECT_EQ(DisplayWidth("👍"), 2U);
  EXPECT_EQ(DisplayWidth("👨‍👩‍👧"), 2U);
  EXPECT_EQ(DisplayWidth("🇬🇧"), 2U);
  EXPECT_EQ(DisplayWidth("☎️"), 2U);
  EXPECT_EQ(DisplayWidth("…↵"), 2U);
}

TEST(DisplayWidthTest, CutsBetweenLetters) {
  EXPECT_EQ(CutToWidth("abcdef", 3), "abc");
  EXPECT_EQ(CutToWidth("電気代", 3), "電");
  EXPECT_EQ(CutToWidth("Zoe\u0308x", 3), "Zoe\u0308");
  EXPECT_EQ(CutToWidth("👨‍👩‍👧x", 1), "");
  EXPECT_EQ(CutToWidth("電気", 9), "電気");
}

TEST(DisplayWidthTest, NothingInATextSteersTheTerminal) {
  EXPECT_EQ(OneLineText("two\nlines\r\nand\rthree"), "two↵lines↵and↵three");
  EXPECT_EQ(OneLineText("a\tb"), "a  b");
  EXPECT_EQ(OneLineText("\x1b[31mred\x7f"), "\\x1b[31mred\\x7f");
  EXPECT_EQ(OneLineText("\xc2\x9b"
                        "31m é"),
            "\\x9b31m é");
}

}  // namespace
}  // namespace casebook
