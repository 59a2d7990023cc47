// Goal: window frames end where GoogleSQL ends them, and aggregates of floats answer at the edges of the type.
// Method: queries with answers known from GoogleSQL, run on the engine.
#include <gtest/gtest.h>

#include "engines/duckdb/execution_for_test.h"

namespace casebook::engines {
namespace {

class FramesExecutionTest : public ExecutionTest {
 protected:
  // COUNT(*) over `frame` for each of some floats in order, among them NULL, NaN and infinities.
  std::string Counts(const std::string& order, const std::string& frame) {
    return Run("SELECT STRING_AGG(CAST(n AS STRING), ' ' ORDER BY i) FROM (SELECT ROW_NUMBER() OVER (ORDER BY " + order +
               ") AS i, COUNT(*) OVER (ORDER BY " + order + " RANGE BETWEEN " + frame +
               ") AS n FROM UNNEST([1.0, 2.0, 1.7e308, -1.7e308, CAST('inf' AS FLOAT64), CAST('-inf' AS FLOAT64), "
               "CAST('nan' AS FLOAT64), NULL]) AS x)");
  }
};

TEST_F(FramesExecutionTest, FloatFramesKeepNanAndInfinitiesApart) {
  EXPECT_EQ(Counts("x", "1 PRECEDING AND 1 FOLLOWING"), "\"1 1 1 1 2 2 1 1\"\n");
  EXPECT_EQ(Counts("x DESC", "1 PRECEDING AND 1 FOLLOWING"), "\"1 1 2 2 1 1 1 1\"\n");
  EXPECT_EQ(Counts("x", "UNBOUNDED PRECEDING AND 1 FOLLOWING"), "\"1 2 3 4 6 6 7 8\"\n");
  EXPECT_EQ(Counts("x", "1 FOLLOWING AND UNBOUNDED FOLLOWING"), "\"8 7 6 5 3 2 2 1\"\n");
  EXPECT_EQ(Counts("x DESC NULLS FIRST", "CURRENT ROW AND 1.5 FOLLOWING"), "\"1 1 1 2 1 1 1 1\"\n");
  // What stays finite does not reach the infinities; an infinite offset does.
  EXPECT_EQ(Counts("x", "CURRENT ROW AND 1e308 FOLLOWING"), "\"1 1 1 1 2 1 1 1\"\n");
  EXPECT_EQ(Run("SELECT x, COUNT(*) OVER (ORDER BY x RANGE BETWEEN CAST('inf' AS FLOAT64) PRECEDING AND CURRENT ROW) AS n "
                "FROM UNNEST([1.0, CAST('-inf' AS FLOAT64), CAST('nan' AS FLOAT64)]) AS x ORDER BY n, x"),
            "nan | 1\n-inf | 1\n1 | 2\n");
}

TEST_F(FramesExecutionTest, BoundsThatCannotBeAreRefused) {
  for (const char* frame : {"ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING", "ROWS BETWEEN CURRENT ROW AND 1 PRECEDING",
                            "ROWS UNBOUNDED FOLLOWING", "ROWS 1 FOLLOWING", "ROWS BETWEEN -1 PRECEDING AND CURRENT ROW",
                            "ROWS BETWEEN NULL PRECEDING AND CURRENT ROW", "ROWS BETWEEN x PRECEDING AND CURRENT ROW",
                            "ROWS BETWEEN 1.5 PRECEDING AND CURRENT ROW",
                            "ROWS BETWEEN CURRENT ROW AND UNBOUNDED PRECEDING"}) {
    const std::string answer = Run(std::string("SELECT COUNT(*) OVER (ORDER BY x ") + frame + ") FROM UNNEST([1, 2]) AS x");
    EXPECT_TRUE(answer.starts_with("refused: ")) << frame << ": " << answer;
  }
  EXPECT_TRUE(Run("SELECT COUNT(*) OVER (RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM UNNEST([1]) AS x")
                  .starts_with("refused: "));
  EXPECT_TRUE(Run("SELECT COUNT(*) OVER (ORDER BY 'a' RANGE 1 PRECEDING) FROM UNNEST([1]) AS x").starts_with("refused: "));
}

TEST_F(FramesExecutionTest, VarianceOverflowsOnlyAtTheEnd) {
  EXPECT_EQ(Run("SELECT STDDEV_SAMP(x), VAR_SAMP(x) FROM UNNEST([1e200, 2e200, 4]) AS x"), "1e+200 | inf\n");
  EXPECT_EQ(Run("SELECT CORR(x, y) FROM UNNEST([STRUCT(1 AS x, -1 AS y), (2.2e154, -2.2e154)])"), "-1\n");
  EXPECT_EQ(Run("SELECT SUM(x) FROM UNNEST([1.7e308, 1.7e308, -1.7e308]) AS x"), "1.7e+308\n");
  EXPECT_TRUE(Run("SELECT SUM(x) FROM UNNEST([1.7e308, 1.7e308]) AS x").find("overflow") != std::string::npos);
  EXPECT_EQ(Run("SELECT VAR_POP(x), VAR_SAMP(x), STDDEV(x) FROM UNNEST([CAST(NULL AS FLOAT64), 2]) AS x"), "0 | null | null\n");
  EXPECT_EQ(Run("SELECT VAR_POP(x), VAR_SAMP(x) FROM UNNEST([CAST('inf' AS FLOAT64)]) AS x"), "nan | null\n");
}

TEST_F(FramesExecutionTest, VarianceOverAWholePartition) {
  const std::string from = " FROM UNNEST([STRUCT(1 AS k, 2.0 AS x), (1, 4.0), (1, NULL), (2, 9.0)]) ORDER BY k, x";
  EXPECT_EQ(Run("SELECT VAR_POP(x) OVER (PARTITION BY k)" + from), "1\n1\n1\n0\n");
  EXPECT_EQ(Run("SELECT VAR_POP(x) OVER (PARTITION BY k ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)" + from),
            "1\n1\n1\n0\n");
  EXPECT_EQ(Run("SELECT VAR_POP(DISTINCT x) OVER ()" + from), Run("SELECT VAR_POP(x) OVER ()" + from));
}

}  // namespace
}  // namespace casebook::engines
