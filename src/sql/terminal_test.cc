#include "sql/terminal.h"

#include <gtest/gtest.h>

namespace casebook::sql {
namespace {

TEST(TerminalTest, EveryWordIsFoundInAnyCase) {
  for (const auto word : kReservedWords) EXPECT_EQ(Terminal::OfWord(word).text(), word);
  for (const auto word : kUnreservedWords) EXPECT_EQ(Terminal::OfWord(word).text(), word);
  EXPECT_TRUE(Terminal::OfWord("qualify") == Terminal("QUALIFY"));
}

TEST(TerminalTest, OnlyReservedWordsNeedQuotes) {
  EXPECT_TRUE(IsReservedWord("select"));
  EXPECT_FALSE(IsReservedWord("date"));
  EXPECT_FALSE(IsReservedWord("selection"));
  EXPECT_FALSE(IsReservedWord("a_word_longer_than_every_keyword_of_the_language"));
}

TEST(TerminalTest, SymbolsAreTheLongestThatFit) {
  for (const auto symbol : kSymbols) EXPECT_EQ(Terminal::OfSymbol(symbol).text(), symbol);
  EXPECT_FALSE(Terminal::OfSymbol("!"));
}

}  // namespace
}  // namespace casebook::sql
