// Counts of distinct values are the same whether or not they are counted together.
#include <gtest/gtest.h>

#include "analysis/distinct_counts.h"
#include "engines/duckdb/execution_for_test.h"

namespace casebook::engines {
namespace {

class DistinctCountsTest : public ExecutionTest {
 protected:
  struct Both {
    std::string apart;
    std::string together;
    bool changed = false;
  };
  Both Ask(const std::string& query) {
    const auto parsed = sql::ParseQuery(query);
    auto resolved = analysis::Resolve(*parsed.value(), tables_, options_);
    const std::string tree = analysis::PrintResolved(resolved.value());
    Both both;
    both.apart = AnswerForTest(connection_, resolved.value(), EmitDuckDb(resolved.value()).value());
    analysis::CountDistinctTogether(resolved.value());
    both.together = AnswerForTest(connection_, resolved.value(), EmitDuckDb(resolved.value()).value());
    both.changed = analysis::PrintResolved(resolved.value()) != tree;
    return both;
  }

  const std::string rows_ = " FROM UNNEST(ARRAY(SELECT AS STRUCT IF(MOD(i, 11) = 0, NULL, MOD(i * 31, 17)) AS x, "
                            "IF(MOD(i, 7) = 0, NULL, CAST(MOD(i, 3) AS STRING)) AS g, IF(MOD(i, 5) = 0, NULL, MOD(i, 4)) AS c "
                            "FROM UNNEST(GENERATE_ARRAY(1, 300)) AS i)) ";
};

TEST_F(DistinctCountsTest, CountsAreTheSameApartAndTogether) {
  for (const char* grouped : {"", "WHERE x < 0", "WHERE x < 9 GROUP BY g ORDER BY g", "GROUP BY g HAVING COUNT(DISTINCT x) > 3 ORDER BY g"}) {
    const bool by_g = std::string(grouped).find("GROUP") != std::string::npos;
    const Both both = Ask(std::string("SELECT ") + (by_g ? "g, " : "") +
                          "COUNT(DISTINCT x), COUNT(DISTINCT IF(c = 1, x, NULL)), COUNT(DISTINCT CASE WHEN c > 1 THEN x END), "
                          "COUNT(DISTINCT IF(c IS NULL, x, NULL)) + COUNT(DISTINCT IF(c = 9, x, NULL))" + rows_ + grouped);
    EXPECT_EQ(both.together, both.apart) << grouped;
    EXPECT_FALSE(both.apart.starts_with("error")) << both.apart;
    EXPECT_TRUE(both.changed) << grouped;
  }
  const Both of_key = Ask("SELECT UPPER(g), COUNT(DISTINCT g), COUNT(DISTINCT IF(c = 1, g, NULL))" + rows_ + "GROUP BY 1 ORDER BY 1");
  EXPECT_EQ(of_key.together, of_key.apart);
}

TEST_F(DistinctCountsTest, OtherAggregatesKeepThemApart) {
  for (const char* list : {"COUNT(DISTINCT x), COUNT(DISTINCT c)", "COUNT(DISTINCT x), COUNT(DISTINCT IF(c = 1, x, 0))",
                           "COUNT(DISTINCT x), COUNT(IF(c = 1, x, NULL))", "COUNT(DISTINCT IF(c = 1, x, NULL))",
                           "COUNT(*), COUNT(DISTINCT IF(c = 1, x, NULL))"}) {
    EXPECT_FALSE(Ask(std::string("SELECT ") + list + rows_).changed) << list;
  }
  EXPECT_FALSE(Ask("SELECT COUNT(DISTINCT x), COUNT(DISTINCT IF(c = 1, x, NULL))" + rows_ + "GROUP BY ROLLUP (g)").changed);
}

}  // namespace
}  // namespace casebook::engines
