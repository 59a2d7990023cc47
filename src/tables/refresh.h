// Refresh: what holds between events, worked out anew from the stored rows that changed.
//
// Each function is a pure function of the stored tables: run after any order of commits it gives the same.
// All run inside the caller's transaction.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "duckdb/connection.h"

namespace casebook {

struct RefreshScope {
  int64_t after_sequence = 0;                // rows above it are new since the last refresh
  std::vector<std::string> closed_statuses;  // the statuses in which a case is closed
};

// stored.cases: the present values of each case with new events.
Status RefreshCases(Connection& connection, const RefreshScope& scope);

// stored.agent_dim, agent_history, queue_dim, queue_history; and the names they lend to stored.cases.
Status RefreshDimensions(Connection& connection, const RefreshScope& scope);

// stored.case_contacts and their counts; ctr_events.transcript.
Status RefreshLinks(Connection& connection, const RefreshScope& scope);

}  // namespace casebook
