// Resolver: the tree of a query, a catalog and a clock give what the query means, or what is wrong with it.
//
// Knows tables only through the Catalog and knows no engine. What GoogleSQL has and this program has not is
// refused with kUnsupported by its name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/resolved.h"
#include "base/timestamp.h"
#include "schema/catalog.h"
#include "sql/ast.h"
#include "sql/sql_error.h"

namespace casebook::analysis {

class Definitions;

// What one query may be at most, with the views and functions that it calls; the parser's limits come before.
inline constexpr int kMaxExpressions = 1'000'000;
inline constexpr int kMaxExpressionDepth = 1'200;
inline constexpr int kMaxQueryDepth = 400;
inline constexpr int kMaxSteps = 5'000;  // subqueries, joins and pipe operators together
inline constexpr size_t kMaxTypeParts = 10'000;  // fields of a STRUCT and of those in it
inline constexpr size_t kMaxPivotColumns = 500;  // the engine's memory grows with their square
inline constexpr size_t kMaxRegexpGroups = 100;  // with `.*` the engine's SQL grows with their square
inline constexpr size_t kMaxSetInputs = 2'000;  // the engine's time grows with their square
inline constexpr size_t kMaxQueryColumns = 100'000;  // columns of all its scans together
inline constexpr size_t kMaxOutputColumns = 10'000;

// The value of a query parameter, as its type and text.
struct ParameterValue {
  Type type;
  bool is_null = false;
  std::string text;                   // of a scalar, as CAST would read it; of BYTES the bytes themselves
  std::vector<ParameterValue> parts;  // elements of an ARRAY, fields of a STRUCT
};

struct NamedParameter {
  std::string name;
  ParameterValue value;
};

struct ResolveOptions {
  Timestamp now;  // CURRENT_TIMESTAMP and its kin: one clock for one run
  std::string default_time_zone = "UTC";
  std::vector<NamedParameter> named_parameters;
  std::vector<ParameterValue> positional_parameters;
  std::vector<NamedParameter> variables;       // of DECLARE: found where no column has the name
  const Definitions* definitions = nullptr;    // views and functions; borrowed, may be null
};

// `query` is only read; nothing of the result points into it.
sql::SqlResult<ResolvedQuery> Resolve(const sql::Query& query, const Catalog& catalog, const ResolveOptions& options);

}  // namespace casebook::analysis
