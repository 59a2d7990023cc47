// ReadRowsAnId: a query on a table of events that needs only what holds of each `id` as a whole is answered from
// the smaller relation that has one row an id.
//
// A rule of equality, not of guessing: the answer is the same for every content of the tables, because the
// catalog says which columns depend on `id` alone and which relations hold them (schema/catalog.h). Two cases:
//
//   WHERE column = 'value' directly above the table, for which there is a relation of just these rows
//   aggregates that repetition does not change (MIN, MAX, LOGICAL_AND, LOGICAL_OR, COUNT(DISTINCT)), and DISTINCT
//
// There COUNT(DISTINCT id) counts rows. And aggregates of a whole table that repetition does not change, of columns
// that are the same on all rows, look at one row.
#pragma once

#include "analysis/resolved.h"

namespace casebook::analysis {

// Replaces tables of `query` by such relations where that is sure to give the same answer.
void ReadRowsAnId(ResolvedQuery& query);

}  // namespace casebook::analysis
