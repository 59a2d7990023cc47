// BatchSource: row batches as a table of the engine, so that INSERT … SELECT takes them in, all threads busy.
#pragma once

#include <cstdint>
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

// Appends the rows to `table` (already quoted), whose columns are those of the batches' layout, in any order
// of rows. All batches share one layout.
Status InsertRows(Connection& connection, const std::string& table, std::span<const BatchRows> parts);

// The engine's name of the type in which a column is stored: JSON as VARCHAR, times as TIMESTAMP in UTC.
std::string_view StoredTypeName(ColumnKind kind);

}  // namespace casebook
