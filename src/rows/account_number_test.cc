#include "rows/account_number.h"

#include <gtest/gtest.h>

#include "rows/value_reader.h"

namespace casebook {
namespace {

constexpr int kWidth = 8;

TEST(AccountNumberTest, ReadsOneNumberHoweverItIsWritten) {
  const std::pair<const char*, int64_t> texts[] = {
      {"10023456", 10023456},
      {" 10023456 ", 10023456},
      {"00812345", 812345},
      {"812345", 812345},
      {"1002 3456", 10023456},
      {"100-234-56", 10023456},
      {"£10023456", 10023456},
      {"#10023456", 10023456},
      {"0081 2345", 812345},
      {"7", 7},
      {"100234567890", 100234567890},
      {"1002\xC2\xA0"
       "3456",
       10023456},
      {"1002–3456", 10023456},
      {"(10023456)", 10023456},
  };
  for (const auto& [text, number] : texts) EXPECT_EQ(AccountFromText(text, kWidth).number, number) << text;
}

TEST(AccountNumberTest, SeveralNumbersAreNone) {
  for (const char* text : {"10023456,10098765", "10023456 1", "1002 34567", "100 234", "1 2 3", "10023456/7"}) {
    const AccountReading reading = AccountFromText(text, kWidth);
    EXPECT_EQ(reading.number, std::nullopt) << text;
    EXPECT_EQ(reading.rule, rule::kSeveralAccounts) << text;
  }
}

TEST(AccountNumberTest, AnyLetterMakesItNone) {
  for (const char* text : {"A10023456", "10023456 (old)", "n/a", "ten", "1.0023456E7", "1002é3456", "Ж1", "-", "??",
                           "99999999999999999999"}) {
    const AccountReading reading = AccountFromText(text, kWidth);
    EXPECT_EQ(reading.number, std::nullopt) << text;
    EXPECT_EQ(reading.rule, rule::kNotAnAccount) << text;
  }
}

TEST(AccountNumberTest, TheWidthIsASetting) {
  EXPECT_EQ(AccountFromText("100 234", 6).number, 100234);
  EXPECT_EQ(AccountFromText("1002 3456", 6).number, std::nullopt);
}

}  // namespace
}  // namespace casebook
