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

// What is given to the engine is at most so long, and its expressions so high: the engine's time to plan an expression
// grows with the third power of its height.
inline constexpr size_t kMaxEngineSqlBytes = 16U << 20U;
inline constexpr int kMaxExpressionHeight = 400;
inline constexpr int kMaxScanHeight = 1'500;

sql::SqlResult<std::string> EmitDuckDb(const analysis::ResolvedQuery& query);

}  // namespace casebook::engines
