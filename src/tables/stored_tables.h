// The tables as the engine stores them, in the schema `stored`; what queries see are views on them (views.h).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "schema/row_batch.h"

namespace casebook {

enum class StoredTable {
  kCaseEvents,         // as at the event, one row an event id
  kContactEvents,      // one row an event id
  kCtrEvents,          // one row a contact, its newest record
  kTranscripts,        // the turns of the file shown for a contact
  kAgentObservations,  // one row a distinct thing said of an agent at a time
  kQueueObservations,
  kListings,           // one row a complete listing
  kRejects,            // one row a byte string
  kValueIssues,
  kSeenRecords,        // one row a record of a feed without keys
};

// `stored.case_events`, …
std::string_view StoredTableName(StoredTable table);
std::span<const StoredColumn> StoredLayout(StoredTable table);
// The column whose value makes a row the same as another; empty where rows are compared whole.
std::string_view KeyColumn(StoredTable table);

// CREATE statements for all stored tables and what is kept beside them.
std::string CreateStoredTablesSql();

}  // namespace casebook
