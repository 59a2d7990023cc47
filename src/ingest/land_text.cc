#include "ingest/land_text.h"

#include <string>
#include <vector>

#include "events/firehose_request.h"
#include "landing/record_splitter.h"
#include "rows/enricher.h"

namespace casebook {
namespace {

// `land_value` is given what the text holds.
Status Split(std::string_view source, std::string_view text, Timestamp received_at, const LandRecord& land_value) {
  RecordSplitter splitter(IsKnownRecord);
  std::vector<SplitRecord> records;
  const auto land_all = [&]() -> Status {
    for (const SplitRecord& record : records) {
      const bool is_value = record.kind == SplitKind::kValue;
      RETURN_IF_ERROR(land_value({.source = source,
                                  .source_offset = record.offset,
                                  .received_at = received_at,
                                  .bytes = record.bytes,
                                  .kind = is_value ? LandedKind::kRecord : LandedKind::kSetAside,
                                  .reason = record.reason}));
    }
    records.clear();
    return {};
  };
  splitter.Feed(text, records);
  RETURN_IF_ERROR(land_all());
  splitter.Finish(records);
  return land_all();
}

}  // namespace

bool IsKnownRecord(std::string_view bytes) { return FeedOfRecord(bytes) != Feed::kUnknown; }

Status LandValue(const NewRecord& record, const LandRecord& land) {
  if (record.kind != LandedKind::kRecord || !IsFirehoseRequest(record.bytes)) return land(record);
  const auto expanded = ExpandFirehoseRequest(record.bytes);
  if (!expanded.ok()) return land(record);
  for (size_t i = 0; i < expanded->records.size(); ++i) {
    const std::string source = std::string(record.source) + "#" + std::to_string(record.source_offset) + "/records/" +
                               std::to_string(i);
    RETURN_IF_ERROR(Split(source, expanded->Payload(i), record.received_at, land));
  }
  return {};
}

Status LandText(std::string_view source, std::string_view text, Timestamp received_at, const LandRecord& land) {
  return Split(source, text, received_at, [&land](const NewRecord& record) { return LandValue(record, land); });
}

}  // namespace casebook
