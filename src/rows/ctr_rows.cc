#include "rows/ctr_rows.h"

#include <optional>
#include <string>
#include <vector>

#include "events/contact_record.h"
#include "rows/attribute_values.h"
#include "rows/connect_values.h"
#include "rows/survey_ratings.h"
#include "rows/value_reader.h"

namespace casebook {
namespace {

using Field = ContactRecordField;
using Writer = RowWriter<CtrColumn>;

// What is kept from one record to the next so that none of them allocates: buffers, and the names that the
// settings ask for in the form in which they are looked up.
struct Workspace {
  explicit Workspace(const EnrichmentSettings& chosen)
      : settings(chosen), ratings(chosen), record(ratings.attribute_paths()) {}

  EnrichmentSettings settings;
  SurveyRatings ratings;
  ContactRecordReader record;
  std::vector<std::string_view> account_numbers;
  std::string buffer;
};

bool AskForTheSame(const EnrichmentSettings& a, const EnrichmentSettings& b) {
  return a.csat_agent_rating_keys == b.csat_agent_rating_keys &&
         a.csat_resolution_rating_keys == b.csat_resolution_rating_keys &&
         a.csat_container_keys == b.csat_container_keys &&
         a.csat_agent_rating_inner_keys == b.csat_agent_rating_inner_keys &&
         a.csat_resolution_rating_inner_keys == b.csat_resolution_rating_inner_keys;
}

Workspace& WorkspaceFor(const EnrichmentSettings& settings) {
  thread_local std::optional<Workspace> workspace;
  if (!workspace || !AskForTheSame(workspace->settings, settings)) workspace.emplace(settings);
  return *workspace;
}

void WriteOtherIds(const ContactRecordReader& record, Writer& row) {
  WriteId(row.Target(CtrColumn::kInitialContactId), record[Field::kInitialContactId]);
  WriteId(row.Target(CtrColumn::kPreviousContactId), record[Field::kPreviousContactId]);
  WriteId(row.Target(CtrColumn::kNextContactId), record[Field::kNextContactId]);
  WriteId(row.Target(CtrColumn::kRelatedContactId), record[Field::kRelatedContactId]);
  WriteId(row.Target(CtrColumn::kCaseId), record[Field::kCaseId]);
}

void WriteTextColumns(const ContactRecordReader& record, Writer& row) {
  WriteUpperCaseText(row.Target(CtrColumn::kChannel), record[Field::kChannel]);
  row.Text(CtrColumn::kInitiationMethod, record[Field::kInitiationMethod]);
  row.Text(CtrColumn::kDisconnectReason, record[Field::kDisconnectReason]);
  row.Text(CtrColumn::kAgentArn, record[Field::kAgentArn]);
  row.Text(CtrColumn::kAgentUsername, record[Field::kAgentUsername]);
  row.Text(CtrColumn::kRoutingProfileName, record[Field::kRoutingProfileName]);
  row.Text(CtrColumn::kHierarchyLevel1, record[Field::kHierarchyLevel1]);
  row.Text(CtrColumn::kHierarchyLevel2, record[Field::kHierarchyLevel2]);
  row.Text(CtrColumn::kHierarchyLevel3, record[Field::kHierarchyLevel3]);
  row.Text(CtrColumn::kHierarchyLevel4, record[Field::kHierarchyLevel4]);
  row.Text(CtrColumn::kHierarchyLevel5, record[Field::kHierarchyLevel5]);
  row.Text(CtrColumn::kQueueArn, record[Field::kQueueArn]);
  row.Text(CtrColumn::kQueueName, record[Field::kQueueName]);
  row.Text(CtrColumn::kCustomerEndpointAddress, record[Field::kCustomerEndpointAddress]);
  row.Text(CtrColumn::kSystemEndpointAddress, record[Field::kSystemEndpointAddress]);
  row.Text(CtrColumn::kTransferredToEndpointAddress, record[Field::kTransferredToEndpointAddress]);
  row.Text(CtrColumn::kIntent, record[Field::kIntent]);
  row.Text(CtrColumn::kJuniferId, record[Field::kJuniferId]);
}

void WriteMoments(const ContactRecordReader& record, Writer& row) {
  WriteMoment(row.Target(CtrColumn::kInitiationTimestamp), record[Field::kInitiationTimestamp]);
  WriteMoment(row.Target(CtrColumn::kDisconnectTimestamp), record[Field::kDisconnectTimestamp]);
  WriteMoment(row.Target(CtrColumn::kConnectedToSystemTimestamp), record[Field::kConnectedToSystemTimestamp]);
  WriteMoment(row.Target(CtrColumn::kTransferCompletedTimestamp), record[Field::kTransferCompletedTimestamp]);
  WriteMoment(row.Target(CtrColumn::kScheduledTimestamp), record[Field::kScheduledTimestamp]);
  WriteMoment(row.Target(CtrColumn::kConnectedToAgent), record[Field::kConnectedToAgent]);
  WriteMoment(row.Target(CtrColumn::kAfterContactWorkStart), record[Field::kAfterContactWorkStart]);
  WriteMoment(row.Target(CtrColumn::kAfterContactWorkEnd), record[Field::kAfterContactWorkEnd]);
  WriteMoment(row.Target(CtrColumn::kEnqueueTimestamp), record[Field::kEnqueueTimestamp]);
  WriteMoment(row.Target(CtrColumn::kDequeueTimestamp), record[Field::kDequeueTimestamp]);
}

// The version of the record. Without one it still is a row, but one that loses to every other.
void WriteVersion(const ContactRecordReader& record, ValueIssues& issues, Writer& row) {
  const ColumnTarget target = row.Target(CtrColumn::kLastUpdateTimestamp);
  const JsonValue& version = record[Field::kLastUpdateTimestamp];
  if (version.IsAbsent()) issues.Add(target.name, rule::kNoVersion, "");
  WriteMoment(target, version);
}

void WriteCounts(const ContactRecordReader& record, Writer& row) {
  WriteCount(row.Target(CtrColumn::kAgentInteractionDuration), record[Field::kAgentInteractionDuration]);
  WriteCount(row.Target(CtrColumn::kCustomerHoldDuration), record[Field::kCustomerHoldDuration]);
  WriteCount(row.Target(CtrColumn::kQueueDuration), record[Field::kQueueDuration]);
  WriteCount(row.Target(CtrColumn::kNumberOfHolds), record[Field::kNumberOfHolds]);
  WriteCount(row.Target(CtrColumn::kLongestHoldDuration), record[Field::kLongestHoldDuration]);
  WriteCount(row.Target(CtrColumn::kAgentInitiatedHoldDuration), record[Field::kAgentInitiatedHoldDuration]);
  WriteCount(row.Target(CtrColumn::kAfterContactWorkDuration), record[Field::kAfterContactWorkDuration]);
  WriteCount(row.Target(CtrColumn::kAgentPauseDuration),
             FirstPresent(record[Field::kAgentPauseDuration], record[Field::kAgentPauseDurationInSeconds]));
  WriteCount(row.Target(CtrColumn::kAgentConnectionAttempts), record[Field::kAgentConnectionAttempts]);
}

void WriteMaps(const ContactRecordReader& record, Writer& row) {
  row.Json(CtrColumn::kAttributes, record[Field::kAttributes]);
  row.Json(CtrColumn::kSegmentAttributes, record[Field::kSegmentAttributes]);
  row.Json(CtrColumn::kTags, record[Field::kTags]);
  row.Json(CtrColumn::kRecordings, record[Field::kRecordings]);
}

void WriteRating(const JsonValue& value, const ColumnTarget& text, ColumnVector& number, std::string& buffer) {
  if (value.kind == JsonKind::kObject || value.kind == JsonKind::kArray) {
    text.issues.Add(text.name, rule::kNotText, value.text);
  } else if (!value.IsAbsent()) {
    const Rating rating = ReadRating(Trimmed(value.text), buffer);
    text.column.AppendText(rating.text);
    if (rating.number) number.AppendFloat64(*rating.number);
    return;  // EndRow() writes the NULL of text that is no number
  }
  text.column.AppendNull();
}

void WriteRatings(Workspace& work, ValueIssues& issues, Writer& row) {
  const ColumnTarget agent = row.Target(CtrColumn::kCsatAgentRating);
  work.ratings.Find(work.record, agent.name, issues);
  WriteRating(work.ratings.agent(), agent, row[CtrColumn::kCsatAgentRatingNum], work.buffer);
  WriteRating(work.ratings.resolution(), row.Target(CtrColumn::kCsatResolutionRating),
              row[CtrColumn::kCsatResolutionRatingNum], work.buffer);
}

// The attribute's text: a list that came as a JSON array shows as that.
std::string_view AccountNumbersText(const JsonValue& value, std::string& buffer) {
  if (value.kind != JsonKind::kNumber) return Trimmed(value.text);
  buffer = NumberText(value.text);
  return buffer;
}

void WriteAccountNumbers(Workspace& work, ValueIssues& issues, Writer& row) {
  const JsonValue& value = work.record[Field::kAccountNumbers];
  const std::string_view text = AccountNumbersText(value, work.buffer);
  WriteOptionalText(row[CtrColumn::kAccountNumbersText], text);

  work.account_numbers.clear();
  const AccountListFlaw flaw = AccountNumbersIn(text, work.account_numbers);
  if (flaw != AccountListFlaw::kNone) {
    const auto broken = flaw == AccountListFlaw::kTooMany ? rule::kTooMany : rule::kNotAnAccount;
    issues.Add(row.Name(CtrColumn::kAccountNumbers), broken, text);
  }
  if (work.account_numbers.empty()) return row[CtrColumn::kAccountNumbers].AppendNull();
  row[CtrColumn::kAccountNumbers].AppendTexts(work.account_numbers);
}

void WriteBookkeeping(const RecordContext& context, Writer& row) {
  row[CtrColumn::kLandedDate].AppendDate(UtcDate(context.origin.received_at));
  row[CtrColumn::kReceivedAt].AppendTimestamp(context.origin.received_at);
  row[CtrColumn::kSequence].AppendInt64(static_cast<int64_t>(context.origin.sequence));
  row[CtrColumn::kContentHash].AppendInt64(ContentHash(context.record));
}

}  // namespace

MaybeFault AppendContactRecord(const RecordContext& context, EnrichedRows& rows) {
  Workspace& work = WorkspaceFor(context.settings);
  const ContactRecordReader& record = work.record;
  if (auto fault = work.record.Read(context.reader)) return fault;

  ValueIssues issues(rows.value_issues, "ctr_events", context.origin);
  Writer row(rows.ctr_events, issues);
  WriteId(row.Target(CtrColumn::kContactId), record[Field::kContactId]);
  issues.SetRowId(row[CtrColumn::kContactId].Text(rows.ctr_events.size()));
  WriteOtherIds(record, row);
  WriteTextColumns(record, row);
  WriteMoments(record, row);
  WriteVersion(record, issues, row);
  WriteCounts(record, row);
  WriteMaps(record, row);
  WriteRatings(work, issues, row);
  WriteAccountNumbers(work, issues, row);
  WriteBookkeeping(context, row);
  if (context.reader.mended()) issues.Add("", rule::kInvalidUtf8, "");
  rows.ctr_events.EndRow();
  return {};
}

}  // namespace casebook
