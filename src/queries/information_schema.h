// INFORMATION_SCHEMA: the tables TABLES, COLUMNS, COLUMN_FIELD_PATHS and VIEWS that describe the dataset.
//
// They are views over constants, made of the catalog and the stored views when a query asks for them.
#pragma once

#include "analysis/definitions.h"
#include "analysis/resolver.h"
#include "schema/catalog.h"

namespace casebook {

// Adds the tables of INFORMATION_SCHEMA to `definitions`: those of `catalog` and the views of `views`, whose columns
// are found with `options`.
void AddInformationSchema(const Catalog& catalog, const analysis::Definitions& views,
                          const analysis::ResolveOptions& options, analysis::Definitions& definitions);

}  // namespace casebook
