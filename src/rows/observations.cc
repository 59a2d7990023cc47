#include "rows/observations.h"

#include <algorithm>
#include <utility>

#include "events/canonical_json.h"

namespace casebook {
namespace {

void AppendRows(const RowBatch& from, RowBatch& to) {
  for (size_t row = 0; row < from.size(); ++row) to.AppendRowFrom(from, row);
}

}  // namespace

void Listing::Add(std::string id, std::optional<Timestamp> last_modified) {
  ids.push_back(std::move(id));
  if (last_modified) listed_at = std::max(listed_at.value_or(*last_modified), *last_modified);
}

void AppendListing(const RecordContext& context, std::string_view kind, const ApiAnswerPart& part,
                   const Listing& listing, RowBatch& listings) {
  if (listing.ids.empty() || listing.someone_has_no_id) return;
  const std::string_view answer = part.whole.IsAbsent() ? context.record : part.whole.text;
  const std::vector<std::string_view> ids(listing.ids.begin(), listing.ids.end());
  listings[ListingColumn::kKind].AppendText(kind);
  if (listing.listed_at) listings[ListingColumn::kListedAt].AppendTimestamp(*listing.listed_at);
  listings[ListingColumn::kContentSha256].AppendText(CanonicalSha256Hex(answer));
  listings[ListingColumn::kMemberIds].AppendTexts(ids);
  listings[ListingColumn::kSequence].AppendInt64(static_cast<int64_t>(context.origin.sequence));
  listings.EndRow();
}

void AppendAll(const EnrichedRows& from, EnrichedRows& to) {
  AppendRows(from.transcripts, to.transcripts);
  AppendRows(from.agent_observations, to.agent_observations);
  AppendRows(from.queue_observations, to.queue_observations);
  AppendRows(from.listings, to.listings);
  AppendRows(from.value_issues, to.value_issues);
}

}  // namespace casebook
