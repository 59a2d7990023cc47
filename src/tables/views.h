// The views of the schema `amazon_connect_enriched`: the tables that queries see, over the stored ones.
#pragma once

#include <string>
#include <string_view>

namespace casebook {

// CREATE statements for one view a table of DatasetTables(), with its columns in order. They read the
// engine's variable `casebook_now` (TIMESTAMP, UTC), which must be set where a value depends on the clock: for queries
// that name a column of kOfTheInstant.
std::string CreateViewsSql();

// `case_events` finds the case of an event by the hash of its id, a number, which takes half the time. This makes the view
// anew to compare ids: for when two cases share a hash.
std::string JoinCaseEventsByIdSql();

// What the names of columns have in them whose value depends on the clock, and no other's.
inline constexpr std::string_view kOfTheInstant = "overdue";

}  // namespace casebook
