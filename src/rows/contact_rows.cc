#include "rows/contact_rows.h"

#include <string>
#include <utility>

#include "events/contact_event.h"
#include "rows/connect_values.h"
#include "rows/value_reader.h"

namespace casebook {
namespace {

using Field = ContactEventField;
using Writer = RowWriter<ContactColumn>;

void WriteIds(const ContactEvent& event, Writer& row) {
  WriteId(row.Target(ContactColumn::kContactId), event[Field::kContactId]);
  WriteId(row.Target(ContactColumn::kInitialContactId), event[Field::kInitialContactId]);
  WriteId(row.Target(ContactColumn::kPreviousContactId), event[Field::kPreviousContactId]);
  WriteId(row.Target(ContactColumn::kRelatedContactId), event[Field::kRelatedContactId]);
}

void WriteTextColumns(const ContactEvent& event, JsonReader& reader, Writer& row) {
  WriteUpperCaseText(row.Target(ContactColumn::kChannel), event[Field::kChannel]);
  row.Text(ContactColumn::kEventType, event[Field::kEventType]);
  row.Text(ContactColumn::kAgentArn, event[Field::kAgentArn]);
  row.Text(ContactColumn::kInitiationMethod, event[Field::kInitiationMethod]);
  row.Text(ContactColumn::kQueueArn, event[Field::kQueueArn]);
  row.Text(ContactColumn::kQueueType, event[Field::kQueueType]);
  WriteTexts(row.Target(ContactColumn::kUpdatedProperties), reader, event[Field::kUpdatedProperties]);
}

void WriteMoments(const ContactEvent& event, Writer& row) {
  WriteMoment(row.Target(ContactColumn::kInitiationTimestamp), event[Field::kInitiationTimestamp]);
  WriteMoment(row.Target(ContactColumn::kDisconnectTimestamp), event[Field::kDisconnectTimestamp]);
  WriteMoment(row.Target(ContactColumn::kConnectedToSystemTimestamp), event[Field::kConnectedToSystemTimestamp]);
  WriteMoment(row.Target(ContactColumn::kEnqueueTimestamp), event[Field::kEnqueueTimestamp]);
  WriteMoment(row.Target(ContactColumn::kConnectedToAgentTimestamp), event[Field::kConnectedToAgentTimestamp]);
  WriteMoment(row.Target(ContactColumn::kAfterContactWorkStart), event[Field::kAfterContactWorkStart]);
  WriteMoment(row.Target(ContactColumn::kAfterContactWorkEnd), event[Field::kAfterContactWorkEnd]);
}

// The columns that hold the moment an event type stands for, the first that is not NULL.
std::pair<ContactColumn, ContactColumn> MomentColumns(std::string_view event_type) {
  if (event_type == "INITIATED") return {ContactColumn::kInitiationTimestamp, ContactColumn::kInitiationTimestamp};
  if (event_type == "CONNECTED_TO_SYSTEM") {
    return {ContactColumn::kConnectedToSystemTimestamp, ContactColumn::kConnectedToSystemTimestamp};
  }
  if (event_type == "QUEUED") return {ContactColumn::kEnqueueTimestamp, ContactColumn::kEnqueueTimestamp};
  if (event_type == "CONNECTED_TO_AGENT") {
    return {ContactColumn::kConnectedToAgentTimestamp, ContactColumn::kConnectedToAgentTimestamp};
  }
  if (event_type == "DISCONNECTED") return {ContactColumn::kDisconnectTimestamp, ContactColumn::kDisconnectTimestamp};
  if (event_type == "COMPLETED") return {ContactColumn::kAfterContactWorkEnd, ContactColumn::kDisconnectTimestamp};
  return {ContactColumn::kEventTime, ContactColumn::kEventTime};  // none: the envelope's time
}

// After WriteMoments().
void WriteEventTime(const ContactEvent& event, const RowBatch& batch, Writer& row) {
  const auto [first, second] = MomentColumns(Trimmed(event[Field::kEventType].StringText()));
  for (const ContactColumn column : {first, second}) {
    if (column == ContactColumn::kEventTime || batch[column].IsNull(batch.size())) continue;
    return row[ContactColumn::kEventTime].AppendTimestamp({batch[column].Int64(batch.size())});
  }
  WriteMoment(row.Target(ContactColumn::kEventTime), event[Field::kTime]);
}

void WriteBookkeeping(const RecordContext& context, Writer& row) {
  row[ContactColumn::kLandedDate].AppendDate(UtcDate(context.origin.received_at));
  row[ContactColumn::kReceivedAt].AppendTimestamp(context.origin.received_at);
  row[ContactColumn::kSequence].AppendInt64(static_cast<int64_t>(context.origin.sequence));
  row[ContactColumn::kContentHash].AppendInt64(ContentHash(context.record));
}

// The id of the envelope, or what stands for it where there is none.
MaybeFault FindEventId(const RecordContext& context, ContactEvent& event, std::string& substitute) {
  if (!Trimmed(event[Field::kEventId].StringText()).empty()) return {};
  if (auto fault = ContactEventDetailSha256(context.reader, context.record, substitute)) return fault;
  return ReadContactEvent(context.reader, event);
}

}  // namespace

MaybeFault AppendContactEvent(const RecordContext& context, EnrichedRows& rows) {
  ContactEvent event;
  if (auto fault = ReadContactEvent(context.reader, event)) return fault;
  std::string substitute;
  if (auto fault = FindEventId(context, event, substitute)) return fault;

  const std::string_view event_id = substitute.empty() ? Trimmed(event[Field::kEventId].text) : substitute;
  ValueIssues issues(rows.value_issues, "contact_events", context.origin);
  Writer row(rows.contact_events, issues);
  WriteId(row.Target(ContactColumn::kEventId), event_id);
  issues.SetRowId(row[ContactColumn::kEventId].Text(rows.contact_events.size()));
  WriteIds(event, row);
  WriteTextColumns(event, context.reader, row);
  WriteMoments(event, row);
  WriteCount(row.Target(ContactColumn::kAgentInitiatedHoldDuration), event[Field::kAgentInitiatedHoldDuration]);
  WriteCount(row.Target(ContactColumn::kAfterContactWorkDuration), event[Field::kAfterContactWorkDuration]);
  WriteEventTime(event, rows.contact_events, row);
  WriteBookkeeping(context, row);
  if (context.reader.mended()) issues.Add("", rule::kInvalidUtf8, "");
  rows.contact_events.EndRow();
  return {};
}

}  // namespace casebook
