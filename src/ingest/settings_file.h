// Settings of a data folder: `casebook.toml` in it, if it is there (docs/settings.md).
#pragma once

#include <filesystem>

#include "base/result.h"
#include "rows/settings.h"
#include "tables/table_store.h"

namespace casebook {

struct DataSettings {
  EnrichmentSettings enrichment;
  TableSettings tables;  // its `rules` names every setting, so that tables made under others are built anew
};

// kInvalid, with the place, for a file that is no TOML, for an unknown key and for a value of the wrong kind.
Result<DataSettings> ReadSettings(const std::filesystem::path& data);

}  // namespace casebook
