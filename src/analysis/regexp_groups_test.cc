// Goal: the capturing groups of a regular expression are found, and nothing else.
// Method: patterns in which a parenthesis stands for itself.
#include "analysis/regexp_groups.h"

#include <gtest/gtest.h>

namespace casebook::analysis {
namespace {

std::string NamesOf(std::string_view pattern) {
  std::string names;
  for (const RegexpGroup& group : RegexpGroups(pattern)) {
    EXPECT_EQ(pattern[group.begin], '(');
    names += "<" + std::string(group.name) + ">";
  }
  return names;
}

TEST(RegexpGroupsTest, AreCountedFromLeftToRightWithTheirNames) {
  EXPECT_EQ(NamesOf("a"), "");
  EXPECT_EQ(NamesOf("(a)((b)c)"), "<><><>");
  EXPECT_EQ(NamesOf("(?P<year>.)(?<month>.)(x)"), "<year><month><>");
}

TEST(RegexpGroupsTest, OtherParenthesesAreNone) {
  EXPECT_EQ(NamesOf(R"(\()"), "");
  EXPECT_EQ(NamesOf("(?:a)(?i)(?i:b)"), "");
  EXPECT_EQ(NamesOf("[(](a)[^]()](b)[[:alpha:](]"), "<><>");
  EXPECT_EQ(NamesOf(R"(\Q(a)\E(b)[\](]())"), "<><>");
}

TEST(RegexpGroupsTest, BrokenPatternsEnd) {
  for (const char* pattern : {"(", "[", "[^", "[]", "\\", "(?", "(?<", "(?P<a", "\\Q(", "[[:"}) {
    EXPECT_LE(RegexpGroups(pattern).size(), 1U) << pattern;
  }
}

}  // namespace
}  // namespace casebook::analysis
