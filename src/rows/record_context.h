// RecordContext: what the function of a feed gets to make rows of one record.
//
// The Enricher tells the feed and calls one function for it, each of this form:
//
//   MaybeFault AppendContactEvent(const RecordContext& context, EnrichedRows& rows);
//
// It appends whole rows (EndRow() included) and returns nothing, or it appends no row at all to any batch and
// returns why the record is set aside. It keeps no state between records.
#pragma once

#include <string_view>

#include "events/feed.h"
#include "events/json.h"
#include "rows/enriched_rows.h"
#include "rows/settings.h"

namespace casebook {

struct RecordContext {
  JsonReader& reader;       // opened on the record
  std::string_view record;  // its bytes as received
  const RecordOrigin& origin;
  const EnrichmentSettings& settings;
};

MaybeFault AppendContactEvent(const RecordContext& context, EnrichedRows& rows);
MaybeFault AppendContactRecord(const RecordContext& context, EnrichedRows& rows);
MaybeFault AppendAgentEvent(const RecordContext& context, EnrichedRows& rows);
MaybeFault AppendUsersAnswer(const RecordContext& context, EnrichedRows& rows);
MaybeFault AppendQueuesAnswer(const RecordContext& context, EnrichedRows& rows);
MaybeFault AppendTranscript(const RecordContext& context, EnrichedRows& rows);

}  // namespace casebook
