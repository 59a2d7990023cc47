#include "duckdb/batch_source.h"

#include <gtest/gtest.h>

#include "schema/columns.h"

namespace casebook {
namespace {

constexpr StoredColumn kLayout[] = {{"i", ColumnKind::kInt64},     {"f", ColumnKind::kFloat64},
                                    {"b", ColumnKind::kBool},      {"s", ColumnKind::kString},
                                    {"t", ColumnKind::kTimestamp}, {"d", ColumnKind::kDate},
                                    {"n", ColumnKind::kNumeric},   {"l", ColumnKind::kStringArray},
                                    {"y", ColumnKind::kBytes}};

class BatchSourceTest : public testing::Test {
 protected:
  Database database_ = Database::Open("", {}).value();
  Connection connection_ = database_.Connect().value();

  void SetUp() override {
    ASSERT_TRUE(RegisterBatchSource(connection_).ok());
    std::string sql = "CREATE TABLE t (";
    for (const StoredColumn& column : kLayout) {
      sql += std::string(column.name) + " " + std::string(StoredTypeName(column.kind)) + ",";
    }
    ASSERT_TRUE(connection_.Execute(sql + ")").ok());
  }
};

void AppendRow(RowBatch& batch, int64_t i) {
  const std::string text = "text of row " + std::to_string(i);
  batch[0].AppendInt64(i);
  if (i % 2 == 0) batch[1].AppendFloat64(static_cast<double>(i) / 2);
  if (i % 3 != 0) batch[2].AppendBool(i % 3 == 1);
  if (i % 5 != 0) batch[3].AppendText(text);
  if (i % 7 != 0) batch[4].AppendTimestamp({i * 1000});
  if (i % 11 != 0) batch[5].AppendDate({static_cast<int32_t>(i)});
  if (i % 13 != 0) batch[6].AppendNumeric(-i * 500'000'000);
  const std::vector<std::string_view> items(static_cast<size_t>(i % 4), text);
  if (i % 17 != 0) batch[7].AppendTexts(items);
  if (i % 19 != 0) batch[8].AppendText(std::string_view("\0\xFF", 2));
  batch.EndRow();
}

std::vector<uint32_t> AllRows(const RowBatch& batch) {
  std::vector<uint32_t> rows(batch.size());
  for (uint32_t i = 0; i < rows.size(); ++i) rows[i] = i;
  return rows;
}

TEST_F(BatchSourceTest, EveryKindOfValueArrivesAsItWas) {
  RowBatch first(kLayout);
  RowBatch second(kLayout);
  for (int64_t i = 0; i < 3000; ++i) AppendRow(first, i);
  for (int64_t i = 3000; i < 10000; ++i) AppendRow(second, i);
  const BatchRows parts[] = {{&first, AllRows(first)}, {&second, AllRows(second)}};

  ASSERT_TRUE(InsertRows(connection_, "t", parts).ok());

  EXPECT_EQ(connection_.QueryInt64("SELECT count(DISTINCT i) FROM t").value(), 10000);
  const char* wrong =
      "SELECT count(*) FROM t WHERE NOT ("
      "f IS NOT DISTINCT FROM CASE WHEN i % 2 = 0 THEN i / 2 END AND "
      "b IS NOT DISTINCT FROM CASE WHEN i % 3 <> 0 THEN i % 3 = 1 END AND "
      "s IS NOT DISTINCT FROM CASE WHEN i % 5 <> 0 THEN 'text of row ' || i END AND "
      "t IS NOT DISTINCT FROM CASE WHEN i % 7 <> 0 THEN make_timestamp(i * 1000) END AND "
      "d IS NOT DISTINCT FROM CASE WHEN i % 11 <> 0 THEN DATE '1970-01-01' + i::INTEGER END AND "
      "n IS NOT DISTINCT FROM CASE WHEN i % 13 <> 0 THEN (-i * 0.5)::DECIMAL(38,9) END AND "
      "l IS NOT DISTINCT FROM CASE WHEN i % 17 <> 0 THEN [x FOR x IN ['text of row ' || i, 'text of row ' || i, "
      "'text of row ' || i]][:i % 4] END AND "
      "y IS NOT DISTINCT FROM CASE WHEN i % 19 <> 0 THEN '\\x00\\xFF'::BLOB END)";
  EXPECT_EQ(connection_.QueryInt64(wrong).value(), 0);
}

TEST_F(BatchSourceTest, OnlyTheRowsNamedAreTaken) {
  RowBatch batch(kLayout);
  for (int64_t i = 0; i < 100; ++i) AppendRow(batch, i);
  const BatchRows parts[] = {{&batch, {1, 50, 99}}};

  ASSERT_TRUE(InsertRows(connection_, "t", parts).ok());

  EXPECT_EQ(connection_.QueryInt64("SELECT sum(i) FROM t").value(), 150);
  EXPECT_EQ(connection_.QueryInt64("SELECT count(*) FROM t").value(), 3);
}

TEST_F(BatchSourceTest, AQueryReadsOnlyTheColumnsItNames) {
  RowBatch batch(kLayout);
  for (int64_t i = 0; i < 5000; ++i) AppendRow(batch, i);
  const BatchRows parts[] = {{&batch, AllRows(batch)}};
  const BatchTable table(parts);

  EXPECT_EQ(connection_.QueryInt64("SELECT count(s) FROM " + table.Sql()).value(), 4000);
  EXPECT_EQ(connection_.QueryInt64("SELECT count(*) FROM " + table.Sql()).value(), 5000);
}

}  // namespace
}  // namespace casebook
