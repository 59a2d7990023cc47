// Tables: what the cases read, as the engine's tables and as a Catalog.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench/conformance_case.h"
#include "duckdb/connection.h"
#include "schema/catalog.h"

namespace casebook::conformance {

struct StoredTable {
  Table table;
  std::string engine_name;
};

// Makes each table once, when it is first asked for.
class Tables {
 public:
  // The table of `prepare`, which has rows. kUnsupported for a type that the engine's side has not.
  Result<const StoredTable*> FindOrStore(const Prepare& prepare, Connection& connection);

 private:
  std::map<std::string, StoredTable> stored_;  // by id
  int made_ = 0;                               // also of those that could not be filled
};

// The tables that one case may name.
class CaseCatalog final : public Catalog {
 public:
  void Add(const StoredTable& stored) { tables_.push_back(&stored); }
  std::optional<CatalogEntry> FindTable(const std::vector<std::string>& path) const override;
  std::vector<std::string> TableNames() const override;

 private:
  std::vector<const StoredTable*> tables_;  // borrowed
};

}  // namespace casebook::conformance
