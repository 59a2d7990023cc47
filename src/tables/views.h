// The views of the schema `amazon_connect_enriched`: the tables that queries see, over the stored ones.
#pragma once

#include <string>

namespace casebook {

// CREATE statements for one view a table of DatasetTables(), with its columns in order. They read the
// engine's variable `casebook_now` (TIMESTAMP, UTC), which must be set where a value depends on the clock.
std::string CreateViewsSql();

}  // namespace casebook
