// Deduplication: which of the rows of a round are new, and which stored ones they replace.
//
// The decision depends on content alone, never on arrival: of several records with one id the same one wins
// in whatever order they come (docs/decisions/equal-tables.md).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/known_keys.h"
#include "rows/enriched_rows.h"
#include "tables/table_store.h"

namespace casebook {

// The rows of a table that are to be written, by part (one part a thread of enrichment).
struct TableChange {
  std::vector<BatchRows> insert;
  std::vector<int64_t> delete_sequences;     // of stored records that lost to new ones
  std::vector<std::string> superseded_keys;  // whose conflicts were among versions older than the new one
};

struct RoundChange {
  TableChange case_events;
  TableChange contact_events;
  TableChange ctr_events;
  TableChange transcripts;
  std::vector<BatchRows> new_rejects;
  std::vector<std::pair<std::string, int64_t>> known_rejects;  // hash and how often they came again
  std::vector<BatchRows> value_issues;        // of the rows written
  std::vector<BatchRows> dimension_issues;    // of agents and queues; may be stored already
  RowBatch conflicts{kValueIssueColumnLayout};  // records that lost to another of the same id
  std::array<uint64_t, kFeedCount> added{};   // records, for feeds whose rows have a key
};

// Gives the bytes of the record with a sequence, for the rare case that content must be compared.
using FetchRecord = std::function<Result<std::string>(int64_t sequence)>;

// What is known of the big tables without asking the engine.
struct KnownRecords {
  struct OfTable {
    KnownKeys keys;  // may hold more than is stored, so a transaction that is undone does no harm
    RecentContents recent;
  };
  OfTable case_events;
  OfTable contact_events;
  OfTable ctr_events;

  // For tables without rows.
  void BeginEmpty() {
    for (OfTable* table : {&case_events, &contact_events, &ctr_events}) table->keys.BeginEmpty();
  }
  void ExpectManyRounds() {
    for (OfTable* table : {&case_events, &contact_events, &ctr_events}) table->keys.ExpectManyRounds();
  }
  // For a transaction that was undone.
  void ForgetRecent() {
    for (OfTable* table : {&case_events, &contact_events, &ctr_events}) table->recent.Forget();
  }
};

// `parts` must outlive the change. Adds the keys of the round to `known`.
Result<RoundChange> Deduplicate(std::span<EnrichedRows> parts, TableStore& store, const FetchRecord& fetch,
                                KnownRecords& known);

}  // namespace casebook
