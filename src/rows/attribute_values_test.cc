#include "rows/attribute_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string_view> Numbers(std::string_view text, AccountListFlaw expected = AccountListFlaw::kNone) {
  std::vector<std::string_view> numbers;
  EXPECT_EQ(AccountNumbersIn(text, numbers), expected) << text;
  return numbers;
}

TEST(AccountNumbersTest, EveryShapeOfListGivesTheSameNumbers) {
  for (const char* text : {"10045512,00812345", "10045512;00812345", "10045512 00812345", " 10045512 , 00812345, ",
                           R"(["10045512","00812345"])", R"([ "10045512", "00812345" ])", "[10045512, 00812345]",
                           "10045512\n00812345", "10045512/00812345"}) {
    EXPECT_THAT(Numbers(text), ElementsAre("10045512", "00812345")) << text;
  }
}

TEST(AccountNumbersTest, OrderIsKeptAndDuplicatesGo) {
  EXPECT_THAT(Numbers("3,1,2,1,3,03"), ElementsAre("3", "1", "2", "03"));
}

TEST(AccountNumbersTest, PartsWithLettersAreToldAndTheOthersKept) {
  EXPECT_THAT(Numbers("10023456, unknown", AccountListFlaw::kNotANumber), ElementsAre("10023456"));
  EXPECT_THAT(Numbers("n/a", AccountListFlaw::kNotANumber), IsEmpty());
  EXPECT_THAT(Numbers("A10023456", AccountListFlaw::kNotANumber), IsEmpty());
  EXPECT_THAT(Numbers("１００２", AccountListFlaw::kNotANumber), IsEmpty());
}

TEST(AccountNumbersTest, NothingInNothing) {
  for (const char* text : {"", " ", "[]", R"([""])", ",;"}) EXPECT_THAT(Numbers(text), IsEmpty()) << text;
}

TEST(AccountNumbersTest, TheLimitHolds) {
  std::string text;
  for (size_t i = 0; i < kMaxAccountNumbers + 1; ++i) text += std::to_string(i) + ",";
  EXPECT_EQ(Numbers(text, AccountListFlaw::kTooMany).size(), kMaxAccountNumbers);
}

TEST(RatingTest, WholeRatingsLoseTheirFractionAndOthersStay) {
  const auto read = [](std::string_view text) {
    std::string buffer;
    const Rating rating = ReadRating(text, buffer);
    return std::make_pair(std::string(rating.text), rating.number);
  };
  using Pair = std::pair<std::string, std::optional<double>>;
  EXPECT_EQ(read("5"), Pair("5", 5.0));
  EXPECT_EQ(read("5.0"), Pair("5", 5.0));
  EXPECT_EQ(read("5.000"), Pair("5", 5.0));
  EXPECT_EQ(read("4.5"), Pair("4.5", 4.5));
  EXPECT_EQ(read("five"), Pair("five", std::nullopt));
  EXPECT_EQ(read("Yes"), Pair("Yes", std::nullopt));
  for (const char* text : {"nan", "inf", "5/5", "5,0", "0x5", "1e999"}) {
    EXPECT_EQ(read(text), Pair(text, std::nullopt)) << text;
  }
  EXPECT_EQ(read("1e300"), Pair("1e300", 1e300));
}

}  // namespace
}  // namespace casebook
