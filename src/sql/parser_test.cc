#include "sql/parser.h"

#include <string>

#include <gtest/gtest.h>

#include "sql/equal.h"
#include "sql/printer.h"

namespace casebook::sql {
namespace {

std::string ErrorOf(std::string_view sql) {
  const auto script = ParseScript(sql);
  return script.ok() ? "no error" : FormatErrorLine(sql, script.error());
}

std::string Repeat(std::string_view text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

struct Wrong {
  const char* sql;
  const char* message;
};

class ParserErrorTest : public testing::TestWithParam<Wrong> {};

TEST_P(ParserErrorTest, SaysWhatStandsWhere) { EXPECT_EQ(ErrorOf(GetParam().sql), GetParam().message) << GetParam().sql; }

INSTANTIATE_TEST_SUITE_P(
    Syntax, ParserErrorTest,
    testing::Values(
        Wrong{"", "Syntax error: Unexpected end of script at [1:1]"},
        Wrong{"SELECT", "Syntax error: Unexpected end of script at [1:7]"},
        Wrong{"SELECT (1\n  FROM t", "Syntax error: Expected \")\" but got keyword FROM at [2:3]"},
        Wrong{"SELECT a b c", "Syntax error: Expected end of input but got identifier \"c\" at [1:12]"},
        Wrong{"SELECT FROM t", "Syntax error: SELECT list must not be empty at [1:8]"},
        Wrong{"SELECT 1 +", "Syntax error: Unexpected end of script at [1:11]"},
        Wrong{"SELECT a = b = c", "Syntax error: Expected end of input but got \"=\" at [1:14]"},
        Wrong{"SELECT 'a", "Syntax error: Unclosed string literal at [1:8]"},
        Wrong{"SELECT FROM t 'a", "Syntax error: SELECT list must not be empty at [1:8]"},
        Wrong{"SELECT '\\8'", "Syntax error: Illegal escape sequence: \\8 at [1:9]"},
        Wrong{"SELECT * FROM t WHERE", "Syntax error: Unexpected end of script at [1:22]"},
        Wrong{"SELECT * FROM t GROUP x", "Syntax error: Expected keyword BY but got identifier \"x\" at [1:23]"},
        Wrong{"SELECT CASE 1 END", "Syntax error: Expected keyword WHEN but got keyword END at [1:15]"},
        Wrong{"SELECT 1 UNION SELECT 2",
              "Syntax error: Expected keyword ALL or keyword DISTINCT but got keyword SELECT at [1:16]"},
        Wrong{"SELECT 1 UNION ALL SELECT 2 EXCEPT DISTINCT SELECT 3",
              "Syntax error: Different set operations cannot be used in the same query without using parentheses for "
              "grouping at [1:29]"},
        Wrong{"SELECT x FROM a JOIN b ON TRUE ON FALSE", "Syntax error: Unexpected keyword ON at [1:32]"},
        Wrong{"SELECT 99999999999999999999", "Invalid integer literal: 99999999999999999999 at [1:8]"},
        Wrong{"SELECT f(a => )", "Syntax error: Unexpected \")\" at [1:15]"},
        Wrong{"SELECT a-2b", "Syntax error: Unexpected identifier \"2b\" at [1:10]"},
        Wrong{"FROM t |> FLY", "Syntax error: Unexpected identifier \"FLY\" at [1:11]"}));

INSTANTIATE_TEST_SUITE_P(
    Refusals, ParserErrorTest,
    testing::Values(Wrong{"INSERT INTO t VALUES (1)", "INSERT is not supported at [1:1]"},
                    Wrong{"SELECT 1;\nUPDATE t SET a = 1", "UPDATE is not supported at [2:1]"},
                    Wrong{"DELETE FROM t", "DELETE is not supported at [1:1]"},
                    Wrong{"merge t USING s", "MERGE is not supported at [1:1]"},
                    Wrong{"CREATE TABLE t (a INT64)", "CREATE TABLE is not supported at [1:1]"},
                    Wrong{"CREATE MATERIALIZED VIEW v AS SELECT 1",
                          "CREATE MATERIALIZED VIEW is not supported at [1:1]"},
                    Wrong{"DROP TABLE t", "DROP TABLE is not supported at [1:1]"},
                    Wrong{"EXECUTE IMMEDIATE 'x'", "EXECUTE IMMEDIATE is not supported at [1:1]"},
                    Wrong{"SELECT WITH DIFFERENTIAL_PRIVACY a FROM t",
                          "SELECT WITH DIFFERENTIAL_PRIVACY is not supported at [1:8]"},
                    Wrong{"SELECT NEW x(1)", "NEW is not supported at [1:8]"},
                    Wrong{"SELECT * FROM a NATURAL JOIN b", "NATURAL JOIN is not supported at [1:17]"}));

TEST(ParserTest, RefusalsAreNoSyntaxErrors) {
  EXPECT_EQ(ParseScript("DELETE FROM t").error().kind, SqlErrorKind::kUnsupported);
  EXPECT_EQ(ParseScript("DELET FROM t").error().kind, SqlErrorKind::kInvalid);
}

// --- Limits ----------------------------------------------------------------------------------------

TEST(ParserLimitTest, NestingIsBounded) {
  const auto nested = [](size_t depth) { return "SELECT " + Repeat("(", depth) + "1" + Repeat(")", depth); };
  EXPECT_TRUE(ParseScript(nested(kMaxNesting - 5)).ok());
  for (const size_t depth : {size_t{kMaxNesting + 1}, size_t{400'000}}) {
    EXPECT_EQ(ParseScript(nested(depth)).error().kind, SqlErrorKind::kLimit);
  }
}

TEST(ParserLimitTest, EveryWayToNestIsBounded) {
  for (const char* opening : {"(", "-", "NOT ", "[", "f(", "CASE WHEN ", "(SELECT ", "CAST(", "STRUCT<a ", "x -> ",
                              "(SELECT * FROM ", "INTERVAL ", "EXISTS(", "ARRAY<", "a[", "WITH(a AS ", "1 IN (",
                              "1 BETWEEN ", "f() OVER (PARTITION BY ", "EXPLAIN "}) {
    for (const char* start : {"SELECT ", "SELECT * FROM ", "SELECT f(", ""}) {
      const auto script = ParseScript(start + Repeat(opening, 20'000));
      EXPECT_FALSE(script.ok()) << start << opening;
    }
  }
}

TEST(ParserLimitTest, ChainsOfOperatorsAreBounded) {
  EXPECT_TRUE(ParseScript("SELECT 1" + Repeat(" + 1", kMaxTreeHeight - 10)).ok());
  EXPECT_EQ(ParseScript("SELECT 1" + Repeat(" + 1", 50'000)).error().kind, SqlErrorKind::kLimit);
  EXPECT_EQ(ParseScript("SELECT a" + Repeat("[0]", 50'000)).error().kind, SqlErrorKind::kLimit);
  EXPECT_EQ(ParseScript("SELECT 1 FROM a" + Repeat(", a", 50'000)).error().kind, SqlErrorKind::kLimit);
  EXPECT_EQ(ParseScript("FROM a" + Repeat(" |> WHERE b", 5'000)).error().kind, SqlErrorKind::kLimit);
}

TEST(ParserLimitTest, ConditionsAndSetOperationsDoNotGetDeeper) {
  EXPECT_TRUE(ParseScript("SELECT a" + Repeat(" AND a", 5'000)).ok());
  EXPECT_TRUE(ParseScript("SELECT 1" + Repeat(" UNION ALL SELECT 1", 5'000)).ok());
}

TEST(ParserLimitTest, ListsAreBounded) {
  EXPECT_TRUE(ParseScript("SELECT a" + Repeat(", a", kMaxListItems - 1)).ok());
  EXPECT_EQ(ParseScript("SELECT a" + Repeat(", a", kMaxListItems)).error().kind, SqlErrorKind::kLimit);
}

TEST(ParserLimitTest, LengthAndTokensAreBounded) {
  EXPECT_EQ(ParseScript(std::string(kMaxQueryBytes + 1, ' ')).error().kind, SqlErrorKind::kLimit);
  EXPECT_EQ(ParseScript("SELECT " + Repeat("(", kMaxQueryBytes - 7)).error().kind, SqlErrorKind::kLimit);
}

TEST(ParserTest, TextThatIsNoUtf8IsRefused) { EXPECT_EQ(ErrorOf("SELECT '\xFF'"), "query is not valid UTF-8"); }

// --- Trees -----------------------------------------------------------------------------------------

// The expression `sql`, printed with parentheses where the tree has its joints.
std::string Printed(std::string_view sql) {
  const auto expr = ParseExpression(sql);
  return expr.ok() ? Print(*expr.value()) : FormatErrorLine(sql, expr.error());
}

bool SameExpr(std::string_view a, std::string_view b) {
  return SameTree(*ParseExpression(a).value(), *ParseExpression(b).value());
}

struct Joints {
  const char* plain;
  const char* with_parentheses;
};

class PrecedenceTest : public testing::TestWithParam<Joints> {};

TEST_P(PrecedenceTest, BindsAsTheReferenceSays) {
  EXPECT_TRUE(SameExpr(GetParam().plain, GetParam().with_parentheses)) << Printed(GetParam().plain);
  EXPECT_EQ(Printed(GetParam().with_parentheses), GetParam().plain);
}

INSTANTIATE_TEST_SUITE_P(
    Parser, PrecedenceTest,
    testing::Values(Joints{"a + b * c", "a + (b * c)"}, Joints{"a - b - c", "(a - b) - c"},
                    Joints{"a || b + c", "(a || b) + c"}, Joints{"a << b + c", "a << (b + c)"},
                    Joints{"a & b << c", "a & (b << c)"}, Joints{"a ^ b & c", "a ^ (b & c)"},
                    Joints{"a | b ^ c", "a | (b ^ c)"}, Joints{"a = b | c", "a = (b | c)"},
                    Joints{"NOT a = b", "NOT (a = b)"}, Joints{"NOT a AND b", "(NOT a) AND b"},
                    Joints{"a OR b AND c", "a OR (b AND c)"}, Joints{"-a * b", "(-a) * b"},
                    Joints{"-a.b[0]", "-(a.b[0])"}, Joints{"a BETWEEN b + 1 AND c AND d", "(a BETWEEN (b + 1) AND c) AND d"},
                    Joints{"a IN (1, 2) AND b", "(a IN (1, 2)) AND b"}, Joints{"a IS NULL OR b", "(a IS NULL) OR b"},
                    Joints{"a LIKE b || c", "a LIKE (b || c)"}, Joints{"a >> b >> c", "(a >> b) >> c"},
                    Joints{"- -a", "-(-a)"}));

TEST(ParserTest, ParenthesesThatTheTreeNeedsAreKept) {
  for (const char* sql : {"a * (b + c)", "a - (b - c)", "(a = b) = c", "(a AND b) AND c", "NOT (a OR b)", "(a).b",
                          "(a.b).c", "(1).x", "-(a + b)", "(a IS NULL) IS NULL", "a[(OFFSET(1))]", "(CURRENT_DATE()).x"}) {
    const std::string printed = Printed(sql);
    EXPECT_TRUE(SameExpr(sql, printed)) << sql << " printed as " << printed;
  }
  EXPECT_FALSE(SameExpr("a * (b + c)", "a * b + c"));
  EXPECT_FALSE(SameExpr("(a AND b) AND c", "a AND b AND c"));
}

TEST(ParserTest, ValuesOfLiterals) {
  const auto value = [](std::string_view sql) { return std::move(ParseExpression(sql)).value(); };
  EXPECT_EQ(As<LiteralExpr>(*value("0xFF")).int_value, 255U);
  EXPECT_EQ(As<LiteralExpr>(*value("18446744073709551615")).int_value, ~uint64_t{0});
  EXPECT_EQ(As<LiteralExpr>(*value(".5e1")).float_value, 5.0);
  EXPECT_GT(As<LiteralExpr>(*value("1e309")).float_value, 1e308);
  EXPECT_EQ(As<LiteralExpr>(*value("1e-400")).float_value, 0.0);
  EXPECT_EQ(As<LiteralExpr>(*value("DATE r'2025-01-01'")).text, "2025-01-01");
  EXPECT_EQ(As<LiteralExpr>(*value("DECIMAL '1.5'")).literal, LiteralKind::kNumeric);
  EXPECT_EQ(Print(As<LiteralExpr>(*value("RANGE<DATE> '[a, b)'")).range_type), "DATE");
}

Path TableOf(std::string_view sql) {
  auto query = ParseQuery(sql);
  const auto& select = As<SelectBody>(*query.value()->body);
  return As<TablePath>(*select.from).path;
}

// The same table, however much of its name is quoted.
TEST(ParserTest, TableNamesAreSplitAtTheirDots) {
  for (const char* from : {"soe-prod-data-core-7529.amazon_connect_enriched.case_events",
                           "`soe-prod-data-core-7529.amazon_connect_enriched.case_events`",
                           "`soe-prod-data-core-7529`.amazon_connect_enriched.case_events",
                           "`soe-prod-data-core-7529.amazon_connect_enriched`.case_events",
                           "`soe-prod-data-core-7529`.`amazon_connect_enriched`.`case_events`"}) {
    const Path path = TableOf(std::string("SELECT 1 FROM ") + from);
    ASSERT_EQ(path.names.size(), 3U) << from;
    EXPECT_EQ(path.names[0].text, "soe-prod-data-core-7529");
    EXPECT_EQ(path.names[1].text, "amazon_connect_enriched");
    EXPECT_EQ(path.names[2].text, "case_events");
  }
  EXPECT_EQ(TableOf("SELECT 1 FROM p-2b-3c.d.t").names[0].text, "p-2b-3c");
  EXPECT_EQ(TableOf("SELECT 1 FROM `example.com:p.d.t`").names[0].text, "example.com:p");
}

TEST(ParserTest, PartsOfAQuotedTableNameHaveTheirOwnRanges) {
  const std::string sql = "SELECT 1 FROM `ab.c`";
  const Path path = TableOf(sql);
  EXPECT_EQ(sql.substr(path.names[1].range.begin, path.names[1].range.end - path.names[1].range.begin), "c");
}

TEST(ParserTest, AQuotedColumnIsOneName) {
  const auto expr = ParseExpression("`a.b`");
  EXPECT_EQ(As<PathExpr>(*expr.value()).path.names.size(), 1U);
}

TEST(ParserTest, ALaterOnBelongsToTheJoinBefore) {
  const auto a = ParseQuery("SELECT 1 FROM a JOIN b JOIN c ON x ON y");
  const auto b = ParseQuery("SELECT 1 FROM a JOIN (b JOIN c ON x) ON y");
  const auto c = ParseQuery("SELECT 1 FROM (a JOIN b) JOIN c ON x");
  const auto d = ParseQuery("SELECT 1 FROM a JOIN b JOIN c ON x");
  EXPECT_TRUE(SameTree(*a.value(), *b.value()));
  EXPECT_TRUE(SameTree(*c.value(), *d.value()));
}

TEST(ParserTest, ParenthesesHoldAQueryOrAnExpression) {
  const auto kind = [](std::string_view sql) { return ParseExpression(sql).value()->kind; };
  EXPECT_EQ(kind("((SELECT 1))"), ExprKind::kSubquery);
  EXPECT_EQ(kind("((SELECT 1) UNION ALL SELECT 2)"), ExprKind::kSubquery);
  EXPECT_EQ(kind("((SELECT 1) LIMIT 1)"), ExprKind::kSubquery);
  EXPECT_EQ(kind("((SELECT 1) + 1)"), ExprKind::kBinary);
  EXPECT_EQ(kind("((SELECT 1), 2)"), ExprKind::kStruct);
  EXPECT_EQ(kind("(FROM t |> WHERE x)"), ExprKind::kSubquery);
  EXPECT_EQ(kind("(WITH(a AS 1, a))"), ExprKind::kWith);
}

TEST(ParserTest, SoftKeywordsAreNames) {
  EXPECT_TRUE(ParseScript("SELECT date, offset, value, first, pivot FROM t AS format WHERE timestamp > time").ok());
  EXPECT_TRUE(ParseScript("SELECT t.select, t.from FROM t").ok());
}

TEST(ParserTest, ATrailingCommaMayEndASelectList) {
  EXPECT_TRUE(ParseScript("SELECT a, b, FROM t").ok());
  EXPECT_TRUE(ParseScript("FROM t |> SELECT a, |> AGGREGATE COUNT(*), GROUP BY a,").ok());
}

TEST(ParserTest, PositionalParametersAreCounted) {
  const auto expr = ParseExpression("? + ?");
  EXPECT_EQ(As<ParameterExpr>(*As<BinaryExpr>(*expr.value()).right).position, 2U);
}

TEST(ParserTest, EntryPointsTakeTheirPartOnly) {
  EXPECT_TRUE(ParseStatement("SELECT 1;").ok());
  EXPECT_FALSE(ParseStatement("SELECT 1; SELECT 2").ok());
  EXPECT_EQ(ParseScript(";SELECT 1;; SELECT 2;").value().statements.size(), 2U);
  EXPECT_FALSE(ParseQuery("DROP VIEW v").ok());
  EXPECT_FALSE(ParseExpression("a b").ok());
  EXPECT_EQ(Print(ParseType("array<struct<a int64, numeric(10, 2)>>").value()), "ARRAY<STRUCT<a int64, numeric(10, 2)>>");
}

}  // namespace
}  // namespace casebook::sql
