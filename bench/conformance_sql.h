// The SQL of the cases as BigQuery would be given it: their language has DOUBLE for FLOAT64.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace casebook::conformance {

// `sql` with the type DOUBLE as FLOAT64.
std::string WithFloat64(const std::string& sql);

// `sql` with `@name` as the expression in parentheses.
std::string WithInlined(const std::string& sql, const std::string& name, const std::string& expression);

}  // namespace casebook::conformance
