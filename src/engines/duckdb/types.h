// GoogleSQL's types and constants in DuckDB's words.
#pragma once

#include <string>

#include "analysis/value.h"
#include "schema/type.h"
#include "sql/sql_error.h"

namespace casebook::engines {

// `DECIMAL(38,9)`, `STRUCT("a" BIGINT)[]`; kUnsupported for a STRUCT without fields. A BIGNUMERIC is a BLOB
// (bignumeric.h). A RANGE is a struct of its bounds, which are
// infinite where it is unbounded.
sql::SqlResult<std::string> DuckDbType(const Type& type, uint32_t position);

// The names of a struct's fields in DuckDB, where each must have one and no two the same.
std::vector<std::string> DuckDbFieldNames(const Type& type);

sql::SqlResult<std::string> DuckDbLiteral(const analysis::Value& value, uint32_t position);

// `text` as a literal; also with a NUL byte.
std::string DuckDbText(std::string_view text);

}  // namespace casebook::engines
