#include "base/text_words.h"

#include <gtest/gtest.h>

#include <string>

namespace casebook {
namespace {

TEST(HasUpperCaseTest, FindsEveryLetterAtEveryPlaceAndNothingElse) {
  for (size_t size = 1; size <= 20; ++size) {
    for (size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        EXPECT_EQ(HasUpperCase(text), byte >= 'A' && byte <= 'Z') << size << " " << at << " " << byte;
      }
    }
  }
  EXPECT_FALSE(HasUpperCase(""));
}

TEST(EndsOfTest, HoldsTheWholeOfATextOfUpToSixteenBytes) {
  for (size_t size = 4; size <= 16; ++size) {
    const std::string text(size, 'a');
    const TextEnds ends = EndsOf(text);
    for (size_t at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = 'b';
      const TextEnds others = EndsOf(other);
      EXPECT_TRUE(ends.head != others.head || ends.tail != others.tail) << size << " " << at;
    }
  }
}

TEST(SameTextTest, SeesADifferenceAtEveryPlace) {
  for (size_t size = 0; size <= 60; ++size) {
    const std::string text(size, 'a');
    EXPECT_TRUE(SameText(text, std::string(size, 'a')));
    EXPECT_FALSE(SameText(text, text + "a"));
    for (size_t at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = 'b';
      EXPECT_FALSE(SameText(text, other)) << size << " " << at;
    }
  }
}

}  // namespace
}  // namespace casebook
