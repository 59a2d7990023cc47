// Whatever the bytes: a record gives rows, or one row of rejects and nothing else, and every batch stays even.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "rows/enricher.h"

namespace {

using casebook::RowBatch;

size_t CheckedRows(const RowBatch& batch) {
  for (size_t column = 0; column < batch.column_count(); ++column) assert(batch[column].size() == batch.size());
  return batch.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casebook;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string padded(bytes);
  padded.append(Enricher::kPadding, '\0');
  Enricher enricher(std::make_shared<const FieldCatalogue>(), {});
  EnrichedRows rows;
  const RecordOrigin origin{.sequence = 1, .received_at = {}, .source = "fuzz"};
  const Feed feed = enricher.Add(origin, std::string_view(padded).substr(0, size), rows);

  size_t made = rows.catalogue_documents.size();
  for (const RowBatch* batch : {&rows.case_events, &rows.contact_events, &rows.ctr_events, &rows.transcripts,
                                &rows.agent_observations, &rows.queue_observations, &rows.listings}) {
    made += CheckedRows(*batch);
  }
  const size_t rejected = CheckedRows(rows.rejects);
  const size_t issues = CheckedRows(rows.value_issues);
  assert(rejected <= 1 && (rejected == 0 || made + issues == 0));
  assert(rows.records[static_cast<size_t>(feed)] == 1);
  assert(rows.set_aside[static_cast<size_t>(feed)] == rejected);
  assert(feed != Feed::kCaseEvents || rows.case_events.size() + rejected == 1);  // one event is one row
  (void)FeedOfRecord(bytes);
  return 0;
}
