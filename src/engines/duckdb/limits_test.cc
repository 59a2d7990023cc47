// Goal: a hostile query costs bounded time and memory, and the message names the limit.
// Method: texts that are small for the parser and large for what comes behind it, by themselves or by their definitions.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "analysis/definitions.h"
#include "engines/duckdb/emitter.h"
#include "engines/duckdb/execution_for_test.h"
#include "engines/duckdb/tables_for_test.h"
#include "sql/parser.h"

namespace casebook::engines {
namespace {

std::string Repeated(int times, const std::function<std::string(int)>& part) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part(i);
  return text;
}
std::string Number(int i) { return std::to_string(i); }

// The last query of the script as the engine's SQL, or the message why there is none.
std::string Outcome(const std::string& text) {
  static const TestTables tables;
  auto script = sql::ParseScript(text);
  if (!script.ok()) return script.error().message;
  analysis::Definitions definitions;
  analysis::ResolveOptions options = TestOptions();
  options.definitions = &definitions;
  while (script.value().statements.size() > 1) {
    definitions.Put(std::move(script.value().statements.front()));
    script.value().statements.erase(script.value().statements.begin());
  }
  const auto& query = *sql::As<sql::QueryStatement>(*script.value().statements.front()).query;
  const auto resolved = analysis::Resolve(query, tables, options);
  if (!resolved.ok()) return resolved.error().message;
  const auto emitted = EmitDuckDb(resolved.value());
  return emitted.ok() ? emitted.value() : emitted.error().message;
}

TEST(LimitsTest, ViewsThatDoubleAreBounded) {
  const std::string views = "CREATE TEMP VIEW v0 AS SELECT 1 AS x;" + Repeated(40, [](int i) {
    return "CREATE TEMP VIEW v" + Number(i + 1) + " AS SELECT a.x FROM v" + Number(i) + " AS a, v" + Number(i) + " AS b;";
  });
  EXPECT_TRUE(Outcome(views + "SELECT x FROM v5").starts_with("SELECT"));
  EXPECT_NE(Outcome(views + "SELECT x FROM v40").find("query of more than 5000 subqueries, joins and operators"),
            std::string::npos);
}

TEST(LimitsTest, FunctionsThatGrowAreBounded) {
  const std::string wide = "CREATE TEMP FUNCTION f0(x INT64) AS (7);" + Repeated(40, [](int i) {
    return "CREATE TEMP FUNCTION f" + Number(i + 1) + "(x INT64) AS (f" + Number(i) + "(1) + f" + Number(i) + "(2));";
  });
  EXPECT_NE(Outcome(wide + "SELECT f40(1)").find("functions call one another too often"), std::string::npos);

  const std::string deep = "CREATE TEMP FUNCTION f0(x INT64) AS (x);" + Repeated(40, [](int i) {
    return "CREATE TEMP FUNCTION f" + Number(i + 1) + "(x INT64) AS (f" + Number(i) + "(1)" +
           Repeated(900, [](int) { return " + 1"; }) + ");";
  });
  EXPECT_NE(Outcome(deep + "SELECT f40(1)").find("expressions nested more than 1200 levels deep"), std::string::npos);
}

TEST(LimitsTest, ViewsThatNestAreBounded) {
  const std::string views = "CREATE TEMP VIEW v0 AS SELECT 1 AS x;" + Repeated(40, [](int i) {
    return "CREATE TEMP VIEW v" + Number(i + 1) + " AS " + Repeated(40, [](int) { return "SELECT * FROM ("; }) +
           "SELECT * FROM v" + Number(i) + Repeated(40, [](int) { return ")"; }) + ";";
  });
  EXPECT_NE(Outcome(views + "SELECT x FROM v40").find("queries nested more than 400 levels deep"), std::string::npos);
}

TEST(LimitsTest, PipesOfViewsAreBounded) {
  EXPECT_EQ(Outcome("FROM visits" + Repeated(9000, [](int) { return " |> WHERE TRUE"; })),
            "chain of more than 1000 operators");
  const std::string views = "CREATE TEMP VIEW v0 AS SELECT 1 AS x;" + Repeated(6, [](int i) {
    return "CREATE TEMP VIEW v" + Number(i + 1) + " AS FROM v" + Number(i) +
           Repeated(700, [](int) { return " |> SET x = x + 1"; }) + ";";
  });
  EXPECT_EQ(Outcome(views + "SELECT x FROM v6"), "more than 1500 steps one after another");
}

TEST(LimitsTest, ExpressionsAreNoHigherThanTheEnginePlansInTime) {
  const auto chain = [](int n) { return "SELECT 1" + Repeated(n, [](int) { return " + 1"; }); };
  EXPECT_TRUE(Outcome(chain(300)).starts_with("SELECT"));
  EXPECT_EQ(Outcome(chain(900)), "more than 400 functions and operators in one another");
}

TEST(LimitsTest, TypesThatDoubleAreBounded) {
  const auto doubling = [](int n) {
    return "WITH t0 AS (SELECT 1 AS x)" + Repeated(n, [](int i) {
      return ", t" + Number(i + 1) + " AS (SELECT STRUCT(x AS a, x AS b) AS x FROM t" + Number(i) + ")";
    }) + " SELECT TO_JSON_STRING(x) FROM t" + Number(n);
  };
  EXPECT_NE(Outcome(doubling(5)).find("SELECT"), std::string::npos);
  EXPECT_EQ(Outcome(doubling(40)), "STRUCT of more than 10000 fields");
}

TEST(LimitsTest, SetOperationsAreBounded) {
  const auto unions = [](int n) { return "SELECT 1" + Repeated(n, [](int) { return " UNION ALL SELECT 1"; }); };
  EXPECT_TRUE(Outcome(unions(1000)).starts_with("SELECT"));
  EXPECT_EQ(Outcome(unions(2000)), "set operation of more than 2000 queries");
}

TEST(LimitsTest, PivotsAreBounded) {
  const auto pivot = [](int n) {
    return "SELECT * FROM (SELECT 1 AS a, 2 AS b) PIVOT(SUM(a) AS s, COUNT(*) AS c FOR b IN (" +
           Repeated(n, [](int i) { return (i > 0 ? ", " : "") + Number(i) + " AS p" + Number(i); }) + "))";
  };
  EXPECT_TRUE(Outcome(pivot(250)).starts_with("SELECT"));
  EXPECT_EQ(Outcome(pivot(251)), "PIVOT to more than 500 columns");
}

TEST(LimitsTest, GroupsOfARegularExpressionAreBounded) {
  const auto groups = [](int count) {
    return "SELECT REGEXP_EXTRACT_GROUPS('a', r'" + Repeated(count, [](int) { return "(a?)"; }) + "').*";
  };
  EXPECT_TRUE(Outcome(groups(100)).starts_with("SELECT"));
  EXPECT_EQ(Outcome(groups(101)), "REGEXP_EXTRACT_GROUPS of more than 100 groups");
}

using LimitsExecutionTest = ExecutionTest;

TEST_F(LimitsExecutionTest, ReplacedTextsAreBounded) {
  EXPECT_EQ(Value("REGEXP_REPLACE('abc', '', '-'), REGEXP_REPLACE('aXbX', 'X', r'\\0\\0')"), "\"-a-b-c-\" | \"aXXbXX\"\n");
  EXPECT_EQ(Value("LENGTH(REGEXP_REPLACE(REPEAT('ab', 1000), 'a', REPEAT('c', 100)))"), "101000\n");
  EXPECT_EQ(Value("LENGTH(REGEXP_REPLACE(REPEAT('b', 100000), 'a', REPEAT('c', 100000)))"), "100000\n");
  EXPECT_NE(Value("REGEXP_REPLACE(REPEAT('a', 1000000), '', REPEAT('b', 1000000))").find("too long"), std::string::npos);
  EXPECT_NE(Value("REGEXP_REPLACE(REPEAT(b'a', 1000000), b'a+', REPEAT(b'\\\\0', 10000))").find("too long"),
            std::string::npos);
}

TEST_F(LimitsExecutionTest, DistancesAreBounded) {
  EXPECT_EQ(Value("EDIT_DISTANCE(REPEAT('a', 1000), REPEAT('b', 2000))"), "2000\n");
  EXPECT_NE(Value("EDIT_DISTANCE(REPEAT('a', 1000000), REPEAT('b', 1000000))").find("too long"), std::string::npos);
}

TEST_F(LimitsExecutionTest, FormattedTextsAreBounded) {
  EXPECT_EQ(Value("LENGTH(FORMAT('%1048576d', 1)), LENGTH(FORMAT('%.1074f', 1.5)), FORMAT('%.2000000s', 'a')"),
            "1048576 | 1076 | \"a\"\n");
  for (const char* wrong : {"FORMAT('%1048577d', 1)", "FORMAT('%*d', 2000000, 1)", "FORMAT('%.1075f', 1.5)",
                            "FORMAT('%1000000d%1000000d', 1, 2)", "FORMAT('%99999999999999999999d', 1)"}) {
    EXPECT_TRUE(Fails(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace casebook::engines
