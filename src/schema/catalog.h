// Catalog: how the resolver finds a table. The dataset, a test's own tables, INFORMATION_SCHEMA and a
// user's views are implementations.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/table.h"

namespace casebook {

// A relation of the engine that holds a table's columns that depend on `id` alone, one row an id: of all ids of
// the table, or, where `column` is named, of those that have a row whose `column` is `value` (which then is
// exactly one row an id, and the relation has that column too, with this value for these ids and no other). `id` is
// never NULL in it.
struct RowAnId {
  std::string engine_name;
  std::string column;
  std::string value;
  std::string engine_schema = {};         // where the relation is not beside the tables
  std::vector<std::string> lacks = {};    // columns that depend on `id` alone and are not in it all the same
};

// A table as a query may name it.
struct CatalogEntry {
  const Table* table = nullptr;  // owned by the catalog
  std::string engine_name;       // what the engine calls it, not yet quoted: `case_events`
  std::string engine_schema = {};  // where it is not beside the other tables
  std::vector<RowAnId> rows_an_id = {};  // smaller relations that a plan may read instead
};

class Catalog {
 public:
  virtual ~Catalog() = default;
  // Finds a table by its path, outermost name first: {project, dataset, table}, {dataset, table} or {table}.
  // nullopt where it has none. `table` of the entry lives as long as the catalog.
  virtual std::optional<CatalogEntry> FindTable(const std::vector<std::string>& path) const = 0;
  // All names that FindTable would take, for hints on a misspelt one.
  virtual std::vector<std::string> TableNames() const = 0;
};

}  // namespace casebook
