// EmitDuckDb: a resolved query as DuckDB's SQL, with GoogleSQL's meaning.
//
// What DuckDB would answer differently goes through functions of our own (register_functions.h), which the
// connection must have. What cannot be said exactly is refused by name with kUnsupported.
//
// Table names come from the catalog only, and everything is quoted. The answer's columns come in the order
// of ResolvedQuery::output; TIMESTAMP and DATETIME are DuckDB's TIMESTAMP, a TIMESTAMP in UTC.
#pragma once

#include <string>

#include "analysis/resolved.h"
#include "sql/sql_error.h"

namespace casebook::engines {

// The longest SQL text that is given to the engine.
inline constexpr size_t kMaxEngineSqlBytes = 64U << 20U;

sql::SqlResult<std::string> EmitDuckDb(const analysis::ResolvedQuery& query);

}  // namespace casebook::engines
