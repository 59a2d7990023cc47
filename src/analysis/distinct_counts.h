// CountDistinctTogether: several COUNT(DISTINCT …) of one column, some of them under a condition, are counted from one
// list of its values.
//
//   COUNT(DISTINCT x), COUNT(DISTINCT IF(c, x, NULL)), …   GROUP BY keys
//
// An engine keeps a set of values for each of these. Grouped by keys and x first, with LOGICAL_OR(c) beside each
// value, one set is enough. The counts are the same for every content of the tables.
#pragma once

#include "analysis/resolved.h"

namespace casebook::analysis {

// Changes the aggregations of `query` that are like this; those of subqueries in expressions stay.
void CountDistinctTogether(ResolvedQuery& query);

}  // namespace casebook::analysis
