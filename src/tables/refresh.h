// Refresh: what holds between events, worked out anew from the stored rows that changed.
//
// Each function is a pure function of the stored tables: run after any order of commits it gives the same, whether it
// looks at what is new or at everything. All run inside the caller's transaction.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "duckdb/connection.h"

namespace casebook {

struct RefreshScope {
  int64_t after_sequence = 0;                // rows above it are new since the last refresh; 0: look at everything
  std::vector<std::string> closed_statuses;  // the statuses in which a case is closed
};

// stored.cases: the present values of each case with new events. Leaves the temporary table `numbers_changed` for
// RefreshLinks: the reference numbers that other cases have now than before.
Status RefreshCases(Connection& connection, const RefreshScope& scope);

// Cases that changed stand behind those that did not. Once they are many, the table is written anew in the order of
// creation, which is what lets a question about a time pass over the rest. Not inside a transaction.
Status SortCasesByCreation(Connection& connection);

// Whether something came that the dimensions depend on.
Result<bool> AreDimensionsStale(Connection& connection, const RefreshScope& scope);
// stored.agent_dim, agent_history, queue_dim, queue_history; and the names they lend to stored.cases.
Status RefreshDimensions(Connection& connection, const RefreshScope& scope);

// stored.case_contacts and their counts; ctr_events.transcript.
Status RefreshLinks(Connection& connection, const RefreshScope& scope);

// SQL: the last segment of an ARN, which is what joins its spellings.
std::string LastSegmentOfArn(const std::string& arn);

}  // namespace casebook
