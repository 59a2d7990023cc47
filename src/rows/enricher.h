// Enricher: one record as received → its rows. The only door from bytes to rows.
//
// A pure function of record, field catalogue, calendar and settings: no state between records, so any
// order and any split of the input gives the same rows. One per thread (it owns parser buffers).
#pragma once

#include <memory>
#include <string_view>

#include "events/feed.h"
#include "rows/enriched_rows.h"
#include "rows/field_catalogue.h"
#include "rows/settings.h"

namespace casebook {

class Enricher {
 public:
  // Bytes that must be readable (not necessarily zero) behind every record given to Add().
  static constexpr size_t kPadding = 64;

  // `catalogue` is shared by the enrichers of all threads and never changes; a new one needs new enrichers.
  Enricher(std::shared_ptr<const FieldCatalogue> catalogue, EnrichmentSettings settings);
  ~Enricher();
  Enricher(Enricher&&) noexcept;
  Enricher& operator=(Enricher&&) noexcept;

  // Appends the rows of `record` to `rows`; a record that cannot be read goes to rows.rejects. Never fails.
  Feed Add(const RecordOrigin& origin, std::string_view record, EnrichedRows& rows);

  // Puts bytes that the splitter passed over into rows.rejects, with its reason.
  void AddSetAside(const RecordOrigin& origin, std::string_view bytes, std::string_view reason, EnrichedRows& rows);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Tells what kind of record `bytes` is by its content, kUnknown for none; for the splitter's way back
// into damaged text (decisions on where a record ends). Slow; not for the ordinary path.
Feed FeedOfRecord(std::string_view bytes);

}  // namespace casebook
