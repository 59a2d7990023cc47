// Goal: hosts end in public suffixes as the list of the machine says.
// Method: rules of the list that do not change; without a list nothing is tested but that its absence is told.
#include <gtest/gtest.h>

#include <filesystem>

#include "engines/duckdb/execution_for_test.h"

namespace casebook::engines {
namespace {

class PublicSuffixTest : public ExecutionTest {
 protected:
  static bool HasList() { return std::filesystem::exists("/usr/share/publicsuffix/public_suffix_list.dat"); }
  std::string Both(const std::string& url) { return Value("NET.PUBLIC_SUFFIX(" + url + "), NET.REG_DOMAIN(" + url + ")"); }
};

TEST_F(PublicSuffixTest, TheLongestSuffixCounts) {
  if (!HasList()) {
    EXPECT_TRUE(Fails("NET.PUBLIC_SUFFIX('a.com')"));
    return;
  }
  EXPECT_EQ(Both("'http://www.example.co.uk:80/x'"), "\"co.uk\" | \"example.co.uk\"\n");
  EXPECT_EQ(Both("'co.uk'"), "\"co.uk\" | null\n");
  EXPECT_EQ(Both("'a.github.io'"), "\"io\" | \"github.io\"\n");  // a private suffix is none
  EXPECT_EQ(Both("'localhost'"), "null | null\n");
  EXPECT_EQ(Both("NULL"), "null | null\n");
}

TEST_F(PublicSuffixTest, WildcardsHaveExceptions) {
  if (!HasList()) GTEST_SKIP() << "this machine has no list of public suffixes; scripts/setup installs it";
  EXPECT_EQ(Both("'x.a.b.ck'"), "\"b.ck\" | \"a.b.ck\"\n");
  EXPECT_EQ(Both("'a.www.ck'"), "\"ck\" | \"www.ck\"\n");
  EXPECT_EQ(Both("'ck'"), "\"ck\" | null\n");
}

TEST_F(PublicSuffixTest, AHostIsAnsweredAsItWasWritten) {
  if (!HasList()) GTEST_SKIP() << "this machine has no list of public suffixes; scripts/setup installs it";
  EXPECT_EQ(Both("'..Www.Example.Co.UK...'"), "\"Co.UK.\" | \"Example.Co.UK.\"\n");
  EXPECT_EQ(Both("'x.a.公司.cn'"), "\"公司.cn\" | \"a.公司.cn\"\n");
  EXPECT_EQ(Both("'x.a.xn--55qx5d.cn'"), "\"xn--55qx5d.cn\" | \"a.xn--55qx5d.cn\"\n");
  EXPECT_EQ(Both("'a..com'"), "\"com\" | null\n");
}

}  // namespace
}  // namespace casebook::engines
