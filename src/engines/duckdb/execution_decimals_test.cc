// Goal: NUMERIC and BIGNUMERIC are answered as GoogleSQL answers them, to the last digit and at the ends of their ranges.
// Method: edge values with answers known from GoogleSQL, and properties over many values, run on the engine.
#include <string>
#include <vector>

#include "engines/duckdb/execution_for_test.h"

namespace casebook::engines {
namespace {

class ExecutionDecimalsTest : public ExecutionTest {};

constexpr const char* kGreatest = "BIGNUMERIC '578960446186580977117854925043439539266.34992332820282019728792003956564819967'";
constexpr const char* kLeast = "BIGNUMERIC '-578960446186580977117854925043439539266.34992332820282019728792003956564819968'";

TEST_F(ExecutionDecimalsTest, ArithmeticIsExactOrRoundedAtTheLastDigit) {
  EXPECT_EQ(Value("BIGNUMERIC '1.5' + 2, 1 - BIGNUMERIC '0.25', BIGNUMERIC '1' / 3"),
            "3.5 | 0.75 | 0.33333333333333333333333333333333333333\n");
  EXPECT_EQ(Value("BIGNUMERIC '2' / 3, BIGNUMERIC '-2' / 3"),
            "0.66666666666666666666666666666666666667 | -0.66666666666666666666666666666666666667\n");
  EXPECT_EQ(Value("MOD(BIGNUMERIC '-7.5', 2), DIV(BIGNUMERIC '-7.5', 2)"), "-1.5 | -3\n");
}

TEST_F(ExecutionDecimalsTest, BeyondTheRangeIsAnErrorOrNullWhereSafe) {
  const std::vector<std::string> sums = {std::string(kGreatest) + " + BIGNUMERIC '1e-38'", std::string(kLeast) + " - BIGNUMERIC '1e-38'",
                                "-" + std::string(kLeast), std::string(kGreatest) + " * 2", "BIGNUMERIC '5e38' / BIGNUMERIC '0.1'",
                                "ABS(" + std::string(kLeast) + ")", "BIGNUMERIC '1' / 0"};
  for (const std::string& sum : sums) EXPECT_TRUE(Fails(sum)) << sum;
  EXPECT_EQ(Value(std::string(kGreatest) + " + " + kLeast), "-0.00000000000000000000000000000000000001\n");
  EXPECT_EQ(Value("SAFE_ADD(BIGNUMERIC '5e38', BIGNUMERIC '5e38'), SAFE_DIVIDE(BIGNUMERIC '1', 0)"), "null | null\n");
}

TEST_F(ExecutionDecimalsTest, CastsKeepTheValueOrFail) {
  EXPECT_EQ(Value("CAST(BIGNUMERIC '1.5' AS INT64), CAST(BIGNUMERIC '-1.5' AS INT64), CAST(BIGNUMERIC '0.1' AS FLOAT64)"),
            "2 | -2 | 0.1\n");
  EXPECT_EQ(Value("CAST(0.1 AS BIGNUMERIC), CAST(CAST('0.1' AS FLOAT64) AS BIGNUMERIC)"),
            "0.1 | 0.10000000000000000555111512312578270212\n");
  EXPECT_EQ(Value("CAST(' 1e-38 ' AS BIGNUMERIC) = BIGNUMERIC '1e-38', CAST(NUMERIC '1.25' AS BIGNUMERIC)"), "true | 1.25\n");
  EXPECT_TRUE(Fails("CAST(BIGNUMERIC '1e19' AS INT64)"));
  EXPECT_TRUE(Fails("CAST(BIGNUMERIC '1e29' AS NUMERIC)"));
  EXPECT_TRUE(Fails("CAST(CAST('nan' AS FLOAT64) AS BIGNUMERIC)"));
  EXPECT_EQ(Value("SAFE_CAST('1e39' AS BIGNUMERIC)"), "null\n");
}

TEST_F(ExecutionDecimalsTest, TypeParametersRoundAndLimit) {
  EXPECT_EQ(Value("CAST('1.005' AS NUMERIC(3, 2)), CAST(99.4 AS NUMERIC(2)), CAST('ab' AS STRING(2))"), "1.01 | 99 | \"ab\"\n");
  EXPECT_NE(Value("CAST(1234.56 AS NUMERIC(5, 2))").find("NUMERIC(5, 2) has precision 5 and scale 2 but got a value that is not in "
                                                         "range of [-999.99, 999.99]"), std::string::npos);
  EXPECT_EQ(Value("CAST('0.126' AS NUMERIC(2, 2))"), "0.13\n");
  EXPECT_TRUE(Fails("CAST(99.5 AS NUMERIC(2))"));
  EXPECT_TRUE(Fails("CAST('abc' AS STRING(2))"));
  EXPECT_EQ(Value("SAFE_CAST(99.5 AS BIGNUMERIC(2))"), "null\n");
  EXPECT_EQ(Value("CAST([1.26, NULL] AS ARRAY<NUMERIC(3, 1)>), CAST((1.26, 'ab', 7) AS STRUCT<BIGNUMERIC(3, 1), STRING(2), INT64>)"),
            "[1.3, null] | (1.3, \"ab\", 7)\n");
  EXPECT_TRUE(Fails("CAST([STRUCT('abc' AS a)] AS ARRAY<STRUCT<a STRING(2)>>)"));
}

TEST_F(ExecutionDecimalsTest, TheOrderIsThatOfTheNumbers) {
  EXPECT_EQ(Run("SELECT x, COUNT(*) AS n FROM UNNEST([BIGNUMERIC '3', -1, 3.0, NULL, BIGNUMERIC '1e-38', BIGNUMERIC '-1e-38']) AS x "
                "GROUP BY x ORDER BY x"),
            "null | 1\n-1 | 1\n-0.00000000000000000000000000000000000001 | 1\n0.00000000000000000000000000000000000001 | 1\n3 | 2\n");
  EXPECT_EQ(Run("SELECT MIN(x), MAX(x), COUNT(DISTINCT x) FROM UNNEST([BIGNUMERIC '-2', 10, 9, 9]) AS x"), "-2 | 10 | 3\n");
  EXPECT_EQ(Value("GREATEST(BIGNUMERIC '-1', 2, NUMERIC '1.5'), BIGNUMERIC '1' IN (NUMERIC '1')"), "2 | true\n");
}

TEST_F(ExecutionDecimalsTest, SumsMayLeaveTheRangeOnTheWay) {
  const std::string most = "NUMERIC '99999999999999999999999999999.999999999'";
  EXPECT_EQ(Run("SELECT SUM(x), AVG(x) FROM UNNEST([" + most + ", " + most + ", -" + most + ", -" + most + "]) AS x"), "0 | 0\n");
  EXPECT_EQ(Run("SELECT AVG(x) FROM UNNEST([" + most + ", " + most + "]) AS x"), "99999999999999999999999999999.999999999\n");
  EXPECT_EQ(Run("SELECT SUM(x) FROM UNNEST([" + std::string(kGreatest) + ", BIGNUMERIC '1', " + kLeast + "]) AS x"),
            "0.99999999999999999999999999999999999999\n");
  EXPECT_NE(Run("SELECT SUM(x) FROM UNNEST([" + most + ", " + most + "]) AS x").find("numeric overflow"), std::string::npos);
  EXPECT_EQ(Run("SELECT SAFE.SUM(x) FROM UNNEST([" + most + ", " + most + "]) AS x"), "null\n");
}

TEST_F(ExecutionDecimalsTest, SumsMoveWithTheirFrame) {
  EXPECT_EQ(Run("SELECT SUM(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), AVG(x) OVER (), SUM(DISTINCT x) OVER () "
                "FROM UNNEST([BIGNUMERIC '1', 2, 6]) AS x ORDER BY x"),
            "1 | 3 | 9\n3 | 3 | 9\n8 | 3 | 9\n");
}

TEST_F(ExecutionDecimalsTest, VariancesAreExactUntilTheEnd) {
  EXPECT_EQ(Run("SELECT VAR_SAMP(x), VAR_POP(x) FROM UNNEST([BIGNUMERIC '1e20', BIGNUMERIC '100000000000000000000.0000000001']) AS x"),
            "5e-21 | 2.5e-21\n");
  EXPECT_EQ(Run("SELECT CORR(x, -x), COVAR_POP(x, x), STDDEV_POP(x) FROM UNNEST([NUMERIC '1', 3]) AS x"), "-1 | 1 | 1\n");
  EXPECT_EQ(Run("SELECT VAR_SAMP(x), COVAR_SAMP(x, x), CORR(x, x) FROM UNNEST([NUMERIC '1']) AS x"), "null | null | null\n");
}

TEST_F(ExecutionDecimalsTest, PercentilesLieBetweenValues) {
  EXPECT_EQ(Run("SELECT DISTINCT PERCENTILE_CONT(x, NUMERIC '0.3') OVER (), PERCENTILE_DISC(x, BIGNUMERIC '0.5') OVER () "
                "FROM UNNEST([NUMERIC '1', 2.5, 7, NULL]) AS x"),
            "1.9 | 2.5\n");
  EXPECT_EQ(Run("SELECT PERCENTILE_CONT(x, BIGNUMERIC '0.5') FROM UNNEST([BIGNUMERIC '1', 2]) AS x"), "1.5\n");
}

TEST_F(ExecutionDecimalsTest, FunctionsAreRightToTheLastDigit) {
  EXPECT_EQ(Value("EXP(NUMERIC '1'), LN(NUMERIC '2'), LOG10(NUMERIC '1000'), POW(NUMERIC '2', -1), SQRT(BIGNUMERIC '2')"),
            "2.718281828 | 0.693147181 | 3 | 0.5 | 1.41421356237309504880168872420969807857\n");
  EXPECT_EQ(Value("POW(NUMERIC '0.5', 10), POW(BIGNUMERIC '0', 0), LOG(BIGNUMERIC '8', 2)"), "0.000976563 | 1 | 3\n");
  EXPECT_TRUE(Fails("LN(NUMERIC '0')"));
  EXPECT_TRUE(Fails("POW(NUMERIC '10', 29)"));
  EXPECT_TRUE(Fails("POW(NUMERIC '-1', 0.5)"));
  EXPECT_TRUE(Fails("POW(BIGNUMERIC '0', -1)"));
}

TEST_F(ExecutionDecimalsTest, RangeFramesReachAsFarAsTheTypes) {
  const std::string most = "NUMERIC '99999999999999999999999999999.999999999'";
  EXPECT_EQ(Run("SELECT COUNT(*) OVER (ORDER BY x RANGE BETWEEN " + most + " PRECEDING AND 1 FOLLOWING) FROM UNNEST([" + most +
                ", 0, -" + most + ", NULL]) AS x ORDER BY x"),
            "1\n1\n2\n2\n");
  for (const char* order : {"ASC", "DESC"}) {
    const std::string over = " OVER (ORDER BY x " + std::string(order) + " RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING)";
    EXPECT_EQ(Run("SELECT x, COUNT(*)" + over + " FROM UNNEST([BIGNUMERIC '1', 2, 2, 4.5, 5.5, NULL]) AS x ORDER BY x"),
              Run("SELECT CAST(x AS BIGNUMERIC), COUNT(*)" + over + " FROM UNNEST([NUMERIC '1', 2, 2, 4.5, 5.5, NULL]) AS x ORDER BY x"));
  }
  EXPECT_EQ(Run("SELECT COUNT(*) OVER (ORDER BY x RANGE BETWEEN 3 FOLLOWING AND 1 FOLLOWING) FROM UNNEST([BIGNUMERIC '1', 2, 3, 4]) AS x"),
            "0\n0\n0\n0\n");
  EXPECT_EQ(Run("SELECT COUNT(*) OVER (ORDER BY x RANGE BETWEEN UNBOUNDED PRECEDING AND 2 PRECEDING), "
                "COUNT(*) OVER (ORDER BY x RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) FROM UNNEST([" + std::string(kGreatest) +
                ", " + kLeast + ", 0, NULL]) AS x ORDER BY x"),
            "1 | 4\n1 | 2\n2 | 1\n3 | 0\n");
}

TEST_F(ExecutionDecimalsTest, TextAndJsonHoldAllDigits) {
  EXPECT_EQ(Value("FORMAT('%t %T %.3f', BIGNUMERIC '1.5', BIGNUMERIC '1.5', BIGNUMERIC '2.0005')"), "\"1.5 BIGNUMERIC \\\"1.5\\\" 2.001\"\n");
  EXPECT_EQ(Value("TO_JSON_STRING([BIGNUMERIC '1', BIGNUMERIC '1e-38'])"), "\"[1,\\\"0.00000000000000000000000000000000000001\\\"]\"\n");
  EXPECT_EQ(Value("PARSE_BIGNUMERIC('1,234.5-'), CAST(BIGNUMERIC '1234.5' AS STRING FORMAT '9,999.99')"), "-1234.5 | \" 1,234.50\"\n");
}

}  // namespace
}  // namespace casebook::engines
