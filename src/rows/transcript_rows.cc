#include "rows/transcript_rows.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "events/canonical_json.h"
#include "events/contact_lens.h"
#include "rows/connect_values.h"
#include "rows/observations.h"
#include "rows/value_reader.h"
#include "schema/table.h"

namespace casebook {
namespace {

using Writer = RowWriter<TranscriptColumn>;

// What all turns of one file share.
struct FileFacts {
  std::string_view contact_id;
  bool is_redacted = false;
  std::string sha256;
};

// The UUID in front of `mark` in the name at the end of `path`; empty where there is none.
std::string_view UuidBefore(std::string_view mark, std::string_view path) {
  const std::string_view name = LastSegment(path);
  const std::string_view id = name.substr(0, name.find(mark));
  return IsUuid(id) ? id : std::string_view();
}

// The contact of the file: as it says itself, else by the name of what was analysed, else by the file's own.
std::string_view ContactIdOf(const ContactLensFile& file, std::string_view source) {
  const std::string_view stated = Trimmed(file.contact_id.StringText());
  if (!stated.empty()) return stated;
  const std::string_view analysed = UuidBefore("_", file.input_uri.StringText());
  return !analysed.empty() ? analysed : UuidBefore("_analysis", source);
}

bool IsRedacted(const ContactLensFile& file, std::string_view source) {
  const std::string_view output = Trimmed(file.output.StringText());
  if (!output.empty()) return EqualIgnoringCase(output, "Redacted");
  return source.find("/Redacted/") != std::string_view::npos || source.find("_redacted_") != std::string_view::npos;
}

std::string_view Found(const std::unordered_map<std::string, std::string>& texts, const JsonValue& key) {
  const auto found = key.IsString() ? texts.find(std::string(key.text)) : texts.end();
  return found == texts.end() ? std::string_view() : Trimmed(found->second);
}

// As the item says, else as the file says of its participant or of the item.
void WriteOwnOrFound(const ColumnTarget& target, const JsonValue& own,
                     const std::unordered_map<std::string, std::string>& texts, const JsonValue& key) {
  if (!own.IsAbsent()) return WriteText(target, own);
  WriteOptionalText(target.column, Found(texts, key));
}

void WriteTurn(const Turn& turn, const ContactLensFile& file, Writer& row) {
  row[TranscriptColumn::kTurn].AppendInt64(static_cast<int64_t>(turn.number));
  WriteOwnOrFound(row.Target(TranscriptColumn::kParticipantRole), turn[TurnField::kParticipantRole], file.roles,
                  turn[TurnField::kParticipantId]);
  row.Text(TranscriptColumn::kParticipantId, turn[TurnField::kParticipantId]);
  WriteUntrimmedText(row.Target(TranscriptColumn::kContent), turn[TurnField::kContent]);
  WriteCount(row.Target(TranscriptColumn::kBeginOffsetMs), turn[TurnField::kBeginOffsetMillis]);
  WriteCount(row.Target(TranscriptColumn::kEndOffsetMs), turn[TurnField::kEndOffsetMillis]);
  WriteMoment(row.Target(TranscriptColumn::kAbsoluteTime), turn[TurnField::kAbsoluteTime]);
  WriteOwnOrFound(row.Target(TranscriptColumn::kSentiment), turn[TurnField::kSentiment], file.sentiments,
                  turn[TurnField::kId]);
  row.Text(TranscriptColumn::kItemType, turn[TurnField::kType]);
  row.Text(TranscriptColumn::kContentType, turn[TurnField::kContentType]);
}

void AppendTurn(const RecordContext& context, const ContactLensFile& file, const FileFacts& facts, const Turn& turn,
                EnrichedRows& rows) {
  // An element that is no object: it keeps its number, and has nothing to show.
  if (std::all_of(turn.values.begin(), turn.values.end(), [](const JsonValue& value) { return value.IsAbsent(); })) {
    return;
  }
  ValueIssues issues(rows.value_issues, "transcripts", context.origin);
  Writer row(rows.transcripts, issues);
  WriteId(row.Target(TranscriptColumn::kContactId), facts.contact_id);
  issues.SetRowId(row[TranscriptColumn::kContactId].Text(rows.transcripts.size()));
  WriteTurn(turn, file, row);
  row[TranscriptColumn::kIsRedacted].AppendBool(facts.is_redacted);
  row[TranscriptColumn::kReceivedAt].AppendTimestamp(context.origin.received_at);
  row[TranscriptColumn::kSequence].AppendInt64(static_cast<int64_t>(context.origin.sequence));
  row[TranscriptColumn::kContentSha256].AppendText(facts.sha256);
  rows.transcripts.EndRow();
}

}  // namespace

MaybeFault AppendTranscript(const RecordContext& context, EnrichedRows& rows) {
  ContactLensFile file;
  if (auto fault = ReadContactLensFile(context.reader, file)) return fault;
  FileFacts facts{.contact_id = ContactIdOf(file, context.origin.source),
                  .is_redacted = IsRedacted(file, context.origin.source),
                  .sha256 = CanonicalSha256Hex(context.record)};
  if (facts.contact_id.empty()) {
    return RecordFault{"missing_contact_id", "no CustomerMetadata.ContactId, and no contact id in the file's name"};
  }
  EnrichedRows read;  // apart, as a fault may still come
  auto fault =
      ForEachTurn(file, context.reader, [&](const Turn& turn) { AppendTurn(context, file, facts, turn, read); });
  if (fault) return fault;
  if (context.reader.mended()) {
    ValueIssues issues(read.value_issues, "transcripts", context.origin);
    issues.SetRowId(facts.contact_id);
    issues.Add("", rule::kInvalidUtf8, "");
  }
  AppendAll(read, rows);
  return {};
}

}  // namespace casebook
