// EnrichedRows: what enrichment made of a run of records, table by table, before de-duplication.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "events/feed.h"
#include "schema/columns.h"
#include "schema/row_batch.h"

namespace casebook {

// A field catalogue, or a part of one, met among the records; merged by the caller (rows/field_catalogue.h).
struct CatalogueDocument {
  uint64_t sequence = 0;
  std::string text;
};

struct EnrichedRows {
  RowBatch case_events{kCaseColumnLayout};
  RowBatch contact_events{kContactColumnLayout};
  RowBatch ctr_events{kCtrColumnLayout};
  RowBatch transcripts{kTranscriptColumnLayout};
  RowBatch agent_observations{kAgentObservationColumnLayout};
  RowBatch queue_observations{kQueueObservationColumnLayout};
  RowBatch listings{kListingColumnLayout};
  RowBatch rejects{kRejectColumnLayout};
  RowBatch value_issues{kValueIssueColumnLayout};  // `sequence` names the record, so that they go where its row goes
  std::vector<CatalogueDocument> catalogue_documents;
  std::array<uint64_t, kFeedCount> records{};      // read, by feed
  std::array<uint64_t, kFeedCount> set_aside{};    // of these, in rejects

  void Clear();
};

}  // namespace casebook
