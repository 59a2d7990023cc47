// The dataset amazon_connect_enriched: every table that a query can name, with types and meaning.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "schema/catalog.h"
#include "schema/table.h"

namespace casebook {

inline constexpr std::string_view kDatasetName = "amazon_connect_enriched";

// The tables of the dataset, in the order in which they are listed.
std::span<const Table> DatasetTables();

// The table of that name, ignoring case; nullptr where there is none.
const Table* FindDatasetTable(std::string_view name);

// The dataset as a query sees it: `table`, `amazon_connect_enriched.table` or the same under any project name.
class DatasetCatalog final : public Catalog {
 public:
  std::optional<CatalogEntry> FindTable(const std::vector<std::string>& path) const override;
  std::vector<std::string> TableNames() const override;
};

}  // namespace casebook
