#include "sql/lexer.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace casebook::sql {
namespace {

std::vector<std::string> Texts(std::string_view sql) {
  std::vector<std::string> texts;
  for (const Token& token : Tokenize(sql).list) {
    if (token.kind != TokenKind::kEnd) texts.emplace_back(token.text);
  }
  return texts;
}

using Strings = std::vector<std::string>;

TEST(LexerTest, CommentsAndSpaceSeparateTokens) {
  EXPECT_EQ(Texts("a -- b\nc # d\r\ne /* f * / */ g\xC2\xA0h"), (Strings{"a", "c", "e", "g", "h"}));
}

TEST(LexerTest, EndsRightAfterTheLastToken) {
  const Tokens tokens = Tokenize(" a \n-- b\n");
  ASSERT_EQ(tokens.list.size(), 2U);
  EXPECT_EQ(tokens.list.back().kind, TokenKind::kEnd);
  EXPECT_EQ(tokens.list.back().begin, 2U);
}

TEST(LexerTest, LongestSymbolWins) {
  EXPECT_EQ(Texts("a<=b<>c!=d||e|>f=>g->h<<i@@j"),
            (Strings{"a", "<=", "b", "<>", "c", "!=", "d", "||", "e", "|>", "f", "=>", "g", "->", "h", "<<", "i", "@@",
                     "j"}));
}

TEST(LexerTest, AShiftToTheRightIsCutInTwoBecauseTypesEndWithIt) {
  EXPECT_EQ(Texts("ARRAY<ARRAY<x>>"), (Strings{"ARRAY", "<", "ARRAY", "<", "x", ">", ">"}));
}

TEST(LexerTest, NumbersKeepTheirForms) {
  for (const char* number : {"1", "0x1F", "1.5", ".5", "1.", "1e3", "1E-3", "1.5e+10"}) {
    EXPECT_EQ(Texts(number), Strings{number});
  }
  EXPECT_EQ(Tokenize("0X1f").list[0].kind, TokenKind::kInt);
  EXPECT_EQ(Tokenize("1.").list[0].kind, TokenKind::kFloat);
}

TEST(LexerTest, ADotAfterANameContinuesIt) {
  EXPECT_EQ(Texts("a.5b"), (Strings{"a", ".", "5b"}));
  EXPECT_EQ(Texts("SELECT .5"), (Strings{"SELECT", ".5"}));
}

TEST(LexerTest, DashedProjectsWithNumbersAreCutBeforeTheDot) {
  EXPECT_EQ(Texts("core-7529.enriched.t"), (Strings{"core", "-", "7529", ".", "enriched", ".", "t"}));
  EXPECT_EQ(Texts("a-1.5"), (Strings{"a", "-", "1.5"}));
}

TEST(LexerTest, KeywordsAreKnownInAnyCase) {
  EXPECT_TRUE(Tokenize("sElEcT").list[0].terminal == Terminal("SELECT"));
  EXPECT_FALSE(Tokenize("selected").list[0].terminal);
}

TEST(LexerTest, AWordAfterADotIsNoKeyword) { EXPECT_FALSE(Tokenize("t.from").list[2].terminal); }

TEST(LexerTest, StringsOfAllForms) {
  for (const char* text : {"'a'", "\"a\"", "'''a'b\n'''", "\"\"\"a\"b\"\"\"", "r'\\'' ", "b'a'", "Rb'a'", "bR\"\\\"\"",
                           "''", "''''''", "'a\\'b'"}) {
    const Tokens tokens = Tokenize(text);
    ASSERT_EQ(tokens.list.size(), 2U) << text;
    EXPECT_TRUE(tokens.list[0].kind == TokenKind::kString || tokens.list[0].kind == TokenKind::kBytes) << text;
  }
}

struct BadText {
  const char* sql;
  const char* message;
  uint32_t position;
};

class LexerErrorTest : public testing::TestWithParam<BadText> {};

TEST_P(LexerErrorTest, IsReportedWhereItStarts) {
  const Tokens tokens = Tokenize(GetParam().sql);
  ASSERT_TRUE(tokens.error.has_value());
  EXPECT_EQ(tokens.error->message, std::string("Syntax error: ") + GetParam().message);
  EXPECT_EQ(tokens.error->position, GetParam().position);
  EXPECT_EQ(tokens.list.back().kind, TokenKind::kBad);
}

INSTANTIATE_TEST_SUITE_P(Lexer, LexerErrorTest,
                         testing::Values(BadText{"a 'b", "Unclosed string literal", 2},
                                         BadText{"a 'b\n'", "Unclosed string literal", 2},
                                         BadText{"'''a''", "Unclosed triple-quoted string literal", 0},
                                         BadText{"r'\\'", "Unclosed raw string literal", 0},
                                         BadText{"b\"a", "Unclosed bytes literal", 0},
                                         BadText{"a `b", "Unclosed identifier literal", 2},
                                         BadText{"``", "Invalid empty identifier", 0},
                                         BadText{"a /* b", "Unclosed comment", 2},
                                         BadText{"0xG", "Missing whitespace between literal and alias", 1},
                                         BadText{"1a", "Missing whitespace between literal and alias", 1},
                                         BadText{"a \xC3\xA9", "Illegal input character \"\xC3\xA9\"", 2},
                                         BadText{"a ! b", "Illegal input character \"!\"", 2}));

}  // namespace
}  // namespace casebook::sql
