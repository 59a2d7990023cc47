// The functions that DuckDB lacks: what GoogleSQL means where DuckDB means something else.
//
// All are called `gs_…`; where one can fail, `gs_…_safe` is the same and answers NULL instead. A NULL argument
// gives NULL. Register them once per database before running what EmitDuckDb wrote.
#pragma once

#include <duckdb.h>

#include "base/result.h"

namespace casebook::engines {

Status RegisterFunctions(duckdb_connection connection);

}  // namespace casebook::engines
