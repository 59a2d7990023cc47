#include "sql/literal.h"

#include <string>

#include <gtest/gtest.h>

namespace casebook::sql {
namespace {

TEST(LiteralTest, EveryEscapeHasItsValue) {
  EXPECT_EQ(DecodeLiteral(R"('\a\b\f\n\r\t\v\\\?\"\'\`')").value(), "\a\b\f\n\r\t\v\\?\"'`");
  EXPECT_EQ(DecodeLiteral(R"('\101\x42\X43\u00e9\U0001F600')").value(), "ABC\xC3\xA9\xF0\x9F\x98\x80");
}

TEST(LiteralTest, ByteEscapesAreCodePointsInStringsAndBytesInBytes) {
  EXPECT_EQ(DecodeLiteral(R"('\xe9')").value(), "\xC3\xA9");
  EXPECT_EQ(DecodeLiteral(R"(b'\xe9\377')").value(), "\xE9\xFF");
}

TEST(LiteralTest, RawStringsKeepTheirBackslashes) {
  EXPECT_EQ(DecodeLiteral(R"(r'\d+\'')").value(), R"(\d+\')");
  EXPECT_EQ(DecodeLiteral(R"(rb"""\n""")").value(), R"(\n)");
}

TEST(LiteralTest, LineEndsInTripleQuotesBecomeNewlines) {
  EXPECT_EQ(DecodeLiteral("'''a\r\nb\rc\nd'''").value(), "a\nb\nc\nd");
}

TEST(LiteralTest, QuotesOfTheOtherKindNeedNoEscape) {
  EXPECT_EQ(DecodeLiteral("'a\"b'").value(), "a\"b");
  EXPECT_EQ(DecodeLiteral("''''a'b'''").value(), "'a'b");
  EXPECT_EQ(DecodeLiteral("''").value(), "");
}

struct BadLiteral {
  const char* literal;
  uint32_t position;
};

class BadLiteralTest : public testing::TestWithParam<BadLiteral> {};

TEST_P(BadLiteralTest, PointsAtTheBackslash) {
  const auto value = DecodeLiteral(GetParam().literal);
  ASSERT_FALSE(value.ok());
  EXPECT_EQ(value.error().position, GetParam().position);
  EXPECT_EQ(value.error().message.find("Syntax error: Illegal escape sequence: "), 0U) << value.error().message;
}

INSTANTIATE_TEST_SUITE_P(Literal, BadLiteralTest,
                         testing::Values(BadLiteral{R"('a\8')", 2}, BadLiteral{R"('\q')", 1},
                                         BadLiteral{R"('\x4')", 1}, BadLiteral{R"('\40')", 1},
                                         BadLiteral{R"('\u12')", 1}, BadLiteral{R"('\ud800')", 1},
                                         BadLiteral{R"('\U00110000')", 1}, BadLiteral{R"(b'\u00e9')", 2}));

TEST(LiteralTest, QuotedTextDecodesToItself) {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  EXPECT_EQ(DecodeLiteral(QuoteString(all + "\xC3\xA9")).value(), all + "\xC3\xA9");
  EXPECT_EQ(DecodeLiteral(QuoteName(all)).value(), all);
  for (int c = 128; c < 256; ++c) all += static_cast<char>(static_cast<unsigned char>(c));
  EXPECT_EQ(DecodeLiteral(QuoteBytes(all)).value(), all);
}

}  // namespace
}  // namespace casebook::sql
