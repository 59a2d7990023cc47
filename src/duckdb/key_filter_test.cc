#include "duckdb/key_filter.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <vector>

namespace casebook {
namespace {

class KeyFilterTest : public testing::TestWithParam<unsigned> {
 protected:
  KeyFilterTest() { EXPECT_TRUE(RegisterKeyFilter(connection_).ok()); }

  Database database_ = Database::Open({}, {}).value();
  Connection connection_ = database_.Connect().value();
};

TEST_P(KeyFilterTest, HoldsExactlyItsKeys) {
  std::mt19937_64 random(GetParam());
  for (const size_t count : {size_t{0}, size_t{1}, size_t{2}, size_t{50}, size_t{3000}}) {
    std::vector<uint64_t> keys = {};
    for (size_t i = 0; i < count; ++i) keys.push_back(random() % 4 == 0 ? random() % 100 : random());
    if (count > 2) keys.insert(keys.end(), {0, 0, keys.front(), std::numeric_limits<uint64_t>::max()});
    const KeyFilter filter(keys);
    ASSERT_TRUE(connection_.Execute("CREATE OR REPLACE TABLE keys (key UBIGINT)").ok());
    for (const uint64_t key : keys) {
      ASSERT_TRUE(connection_.Execute("INSERT INTO keys VALUES (" + std::to_string(key) + ")").ok());
    }
    ASSERT_TRUE(connection_.Execute("CREATE OR REPLACE TABLE numbers AS SELECT hash(range) AS n FROM range(5000) UNION ALL "
                                    "SELECT CAST(range AS UBIGINT) FROM range(3000) UNION ALL FROM keys").ok());
    const auto wrong = connection_.QueryInt64("SELECT count(*) FROM numbers WHERE (n IN (FROM keys)) <> " + filter.Sql("n"));
    ASSERT_TRUE(wrong.ok()) << wrong.error().message;
    EXPECT_EQ(*wrong, 0) << count;
  }
}

TEST_P(KeyFilterTest, NumbersOfEachTypeAreCompared) {
  const KeyFilter filter({3, 7, static_cast<uint64_t>(-5)});
  for (const char* type : {"UINTEGER", "UBIGINT", "BIGINT"}) {
    const auto found = connection_.QueryInt64("SELECT sum(n) FROM (SELECT CAST(range AS " + std::string(type) +
                                              ") AS n FROM range(10)) WHERE " + filter.Sql("n"));
    ASSERT_TRUE(found.ok()) << found.error().message;
    EXPECT_EQ(*found, 10);
  }
  EXPECT_EQ(connection_.QueryInt64("SELECT sum(range) FROM range(-9, 9) WHERE " + filter.Sql("range")).value(), 5);
}

INSTANTIATE_TEST_SUITE_P(Seeds, KeyFilterTest, testing::Range(1U, 4U));

}  // namespace
}  // namespace casebook
