#include "rows/enricher.h"

#include <array>
#include <cassert>
#include <string>
#include <utility>

#include "base/checksum.h"
#include "events/json.h"
#include "events/record_kind.h"
#include "rows/case_rows.h"
#include "rows/record_context.h"

namespace casebook {
namespace {

static_assert(Enricher::kPadding >= kJsonPadding);

void AppendTextOrNull(ColumnVector& column, std::string_view text) {
  text.empty() ? column.AppendNull() : column.AppendText(text);
}

void AppendReject(const RecordOrigin& origin, std::string_view bytes, Feed feed, const RecordFault& fault,
                  EnrichedRows& rows) {
  RowBatch& rejects = rows.rejects;
  AppendTextOrNull(rejects[RejectColumn::kFeed], feed == Feed::kUnknown ? std::string_view() : FeedName(feed));
  rejects[RejectColumn::kReason].AppendText(fault.reason);
  AppendTextOrNull(rejects[RejectColumn::kDetail], fault.detail);
  rejects[RejectColumn::kRecord].AppendText(bytes);
  rejects[RejectColumn::kRecordSha256].AppendText(Sha256Hex(bytes));
  rejects[RejectColumn::kSource].AppendText(origin.source);
  rejects[RejectColumn::kSourceOffset].AppendInt64(static_cast<int64_t>(origin.source_offset));
  rejects[RejectColumn::kSequence].AppendInt64(static_cast<int64_t>(origin.sequence));
  rejects[RejectColumn::kTimes].AppendInt64(1);
  rejects[RejectColumn::kReceivedAt].AppendTimestamp(origin.received_at);
  rejects.EndRow();
  ++rows.records[static_cast<size_t>(feed)];
  ++rows.set_aside[static_cast<size_t>(feed)];
}

// The document is merged by the caller; here only whether it can be.
MaybeFault AppendCatalogueDocument(const RecordContext& context, EnrichedRows& rows) {
  const auto merged = FieldCatalogue().MergedWith(context.record);
  if (!merged.ok()) return RecordFault{"invalid_catalogue", merged.error().message};
  rows.catalogue_documents.push_back({context.origin.sequence, std::string(context.record)});
  return std::nullopt;
}

}  // namespace

struct Enricher::State {
  State(std::shared_ptr<const FieldCatalogue> shared, EnrichmentSettings chosen)
      : catalogue(std::move(shared)), settings(std::move(chosen)), case_rows(*catalogue) {}

  MaybeFault AppendRows(Feed feed, const RecordContext& context, EnrichedRows& rows) {
    switch (feed) {
      case Feed::kCaseEvents: return case_rows.Append(context, rows);
      case Feed::kContactEvents: return AppendContactEvent(context, rows);
      case Feed::kContactRecords: return AppendContactRecord(context, rows);
      case Feed::kAgentEvents: return AppendAgentEvent(context, rows);
      case Feed::kUsers: return AppendUsersAnswer(context, rows);
      case Feed::kQueues: return AppendQueuesAnswer(context, rows);
      case Feed::kFieldCatalogue: return AppendCatalogueDocument(context, rows);
      case Feed::kTranscripts: return AppendTranscript(context, rows);
      case Feed::kUnknown: return RecordFault{"unknown_kind", "the content is of no kind of record that is known"};
    }
    Unreachable();
  }

  // Shared with the enrichers of the other threads.
  std::shared_ptr<const FieldCatalogue> catalogue;
  EnrichmentSettings settings;
  JsonReader reader;
  CaseRows case_rows;
};

Enricher::Enricher(std::shared_ptr<const FieldCatalogue> catalogue, EnrichmentSettings settings) {
  assert(catalogue != nullptr);
  state_ = std::make_unique<State>(std::move(catalogue), std::move(settings));
}
Enricher::~Enricher() = default;
Enricher::Enricher(Enricher&&) noexcept = default;
Enricher& Enricher::operator=(Enricher&&) noexcept = default;

Feed Enricher::Add(const RecordOrigin& origin, std::string_view record, EnrichedRows& rows) {
  Feed feed = Feed::kUnknown;
  const RecordContext context{state_->reader, record, origin, state_->settings};
  MaybeFault fault = state_->reader.Open(record);
  if (!fault) fault = TellFeed(state_->reader, feed);
  if (!fault) fault = state_->AppendRows(feed, context, rows);
  if (fault) {
    AppendReject(origin, record, feed, *fault, rows);
  } else {
    ++rows.records[static_cast<size_t>(feed)];
  }
  return feed;
}

void Enricher::AddSetAside(const RecordOrigin& origin, std::string_view bytes, std::string_view reason,
                           EnrichedRows& rows) {
  AppendReject(origin, bytes, Feed::kUnknown, {reason, {}}, rows);
}

Feed FeedOfRecord(std::string_view bytes) {
  std::string copy;
  if (AppendCompactJson(bytes, copy)) return Feed::kUnknown;  // no whole JSON value
  const size_t size = copy.size();
  copy.append(kJsonPadding, ' ');
  JsonReader reader;
  Feed feed = Feed::kUnknown;
  if (reader.Open(std::string_view(copy).substr(0, size)) || TellFeed(reader, feed)) return Feed::kUnknown;
  return feed;
}

}  // namespace casebook
