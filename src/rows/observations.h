// Observations: what agent_rows and queue_rows share. One observation is what one source said of one agent or
// queue at one time; a listing is who is in a complete answer, so that whoever is missing is there no more.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "events/api_answer.h"
#include "rows/connect_values.h"
#include "rows/record_context.h"
#include "rows/value_reader.h"

namespace casebook {

// Where an observation comes from, as in `agent_dim.source`.
inline constexpr std::string_view kFromApi = "api";
inline constexpr std::string_view kFromAgentEvent = "agent_event";

// Ends the row of an observation, whose own columns are written.
template <typename ObservationColumn>
void FinishObservation(const RecordContext& context, std::string_view source, std::optional<Timestamp> observed_at,
                       RowBatch& batch) {
  constexpr auto kColumnsBefore = static_cast<size_t>(ObservationColumn::kContentSha256);
  batch[ObservationColumn::kSource].AppendText(source);
  if (observed_at) batch[ObservationColumn::kObservedAt].AppendTimestamp(*observed_at);
  batch[ObservationColumn::kContentSha256].AppendText(Sha256OfOpenRow(batch, kColumnsBefore));
  batch[ObservationColumn::kSequence].AppendInt64(static_cast<int64_t>(context.origin.sequence));
  batch.EndRow();
}

// The members of one answer, gathered while they are read.
struct Listing {
  std::vector<std::string> ids;
  std::optional<Timestamp> listed_at;  // the greatest time of a member
  bool someone_has_no_id = false;

  void Add(std::string id, std::optional<Timestamp> last_modified);
};

// Appends the row of `listing`, which is complete. One without members is none: an answer that lacks a right, or
// a filter that fits nobody, looks the same and must not switch everybody off.
void AppendListing(const RecordContext& context, std::string_view kind, const ApiAnswerPart& part,
                   const Listing& listing, RowBatch& listings);

// Appends all that `from` holds to `to`. A record's rows are gathered apart where a fault may still come.
void AppendAll(const EnrichedRows& from, EnrichedRows& to);

}  // namespace casebook
