// BatchSource: row batches as a table of the engine, so that INSERT … SELECT takes them in, all threads busy.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "duckdb/connection.h"
#include "schema/row_batch.h"

namespace casebook {

// Rows of one batch, by index and in this order.
struct BatchRows {
  const RowBatch* batch = nullptr;
  std::vector<uint32_t> rows;
};

// Makes the table function known to the database of `connection`; once a database.
Status RegisterBatchSource(Connection& connection);

// Rows as something to select from: `SELECT … FROM <Sql()>`. The parts must outlive it, the statement and its answer:
// texts are not copied.
class BatchTable {
 public:
  struct Source;

  explicit BatchTable(std::span<const BatchRows> parts);
  ~BatchTable();
  BatchTable(const BatchTable&) = delete;
  BatchTable& operator=(const BatchTable&) = delete;

  bool empty() const;
  std::string Sql() const;
  std::string ColumnNames() const;  // of the layout, quoted, with commas between

 private:
  std::unique_ptr<Source> source_;
};

// Appends the rows to `table` (already quoted), which has the columns of the batches' layout; others get their
// default. All batches share one layout. The order of rows is not kept.
Status InsertRows(Connection& connection, const std::string& table, std::span<const BatchRows> parts);

// The engine's name of the type in which a column is stored: JSON as VARCHAR, times as TIMESTAMP in UTC.
std::string_view StoredTypeName(ColumnKind kind);

}  // namespace casebook
