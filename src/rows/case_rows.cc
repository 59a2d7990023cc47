#include "rows/case_rows.h"

#include <algorithm>
#include <optional>

#include "base/timestamp.h"
#include "rows/account_number.h"
#include "rows/working_days.h"

namespace casebook {
namespace {

constexpr std::string_view kTable = "case_events";
constexpr int64_t kYear1971Micros = 365 * kMicrosPerDay;
const JsonValue kNothing;

bool IsBlankText(const JsonValue& value) {
  return value.IsAbsent() || (value.IsString() && Trimmed(value.text).empty());
}

// The value, or in `named` the option's name for it.
const JsonValue& Named(const JsonValue& value, const FieldBinding* binding, JsonValue& named) {
  if (binding == nullptr || binding->options.empty() || !value.IsString()) return value;
  named = {JsonKind::kString, binding->OptionName(Trimmed(value.text))};
  return named;
}

// A time that people wrote: also without zone, then in Europe/London; a date alone stands for `time_of_day` on it.
std::optional<Timestamp> LocalTime(const JsonValue& value, int64_t time_of_day) {
  const std::string_view text = Trimmed(value.text);
  if (const auto local = ParseLocal(text)) return FromLondon(*local);
  if (const auto day = ParseDate(text)) return FromLondon({day->days * kMicrosPerDay + time_of_day});
  return std::nullopt;
}

void WriteLocalTime(const ColumnTarget& target, const JsonValue& value, int64_t time_of_day) {
  // With a zone it is no local time.
  if (!value.IsString() || value.text.ends_with('Z')) return WriteTimestamp(target, value);
  const std::optional<Timestamp> local = LocalTime(value, time_of_day);
  if (!local) return WriteTimestamp(target, value);
  if (local->micros >= kYear1971Micros) return target.column.AppendTimestamp(*local);
  target.issues.Add(target.name, rule::kBefore1971, value.text);
  target.column.AppendNull();
}

}  // namespace

const JsonValue& CaseRows::Value(CaseColumn column) const {
  const JsonValue* const value = Bound(column).value;
  return value == nullptr ? kNothing : *value;
}

MaybeFault CaseRows::Append(const RecordContext& context, EnrichedRows& rows) {
  if (auto fault = DecodeCaseEvent(context.reader, event_)) return fault;
  AppendCaseEvent(event_, context, rows);
  return std::nullopt;
}

void CaseRows::AppendCaseEvent(const CaseEvent& event, const RecordContext& context, EnrichedRows& rows) {
  ValueIssues issues(rows.value_issues, kTable, context.origin);
  issues.SetRowId(event.event_id);
  Writer row(rows.case_events, issues);
  BindFields(event);
  WriteEnvelope(event, context, issues, row);
  WriteChange(event, issues, row);
  WriteRelatedItem(event, row);
  WriteFields(context.settings, issues, row);
  WriteDueDate(event, issues, row);
  WriteEntries(unmapped_, row[CaseColumn::kUnmappedFields]);
  WriteEntries(others_, row[CaseColumn::kOtherFields]);
  rows.case_events.EndRow();
}

// --- Fields to columns --------------------------------------------------------------------------------------

void CaseRows::BindFields(const CaseEvent& event) {
  bound_.fill({});
  unmapped_.clear();
  others_.clear();
  for (const CaseField& field : event.fields) {
    if (field.value.IsAbsent()) continue;
    const FieldBinding* const binding = catalogue_.Find(field.id);
    if (binding == nullptr) {
      unmapped_.push_back({field.id, nullptr, &field.value});
    } else {
      BindField(*binding, field.value);
    }
  }
}

void CaseRows::BindField(const FieldBinding& binding, const JsonValue& value) {
  BoundField candidate{&binding, &value};
  if (binding.column) {
    BoundField& bound = bound_[static_cast<size_t>(*binding.column)];
    if (bound.binding == nullptr || bound.binding == &binding) {
      bound = candidate;
      return;
    }
    if (binding.rank < bound.binding->rank) std::swap(bound, candidate);
  }
  if (IsBlankText(*candidate.value)) return;
  others_.push_back({candidate.binding->other_key, candidate.binding, candidate.value});
}

// --- The event ----------------------------------------------------------------------------------------------

void CaseRows::WriteEnvelope(const CaseEvent& event, const RecordContext& context, ValueIssues& issues, Writer& row) {
  const RecordOrigin& origin = context.origin;
  row.LowerCaseText(CaseColumn::kId, event.case_id);
  row.Text(CaseColumn::kEventType, event.event_type);
  row.Time(CaseColumn::kCreated, event.created);
  row.Text(CaseColumn::kTemplateId, event.template_id);
  row[CaseColumn::kEventId].AppendText(event.event_id);
  row[CaseColumn::kLandedDate].AppendDate(UtcDate(origin.received_at));
  row[CaseColumn::kReceivedAt].AppendTimestamp(origin.received_at);
  row[CaseColumn::kSequence].AppendInt64(static_cast<int64_t>(origin.sequence));
  row[CaseColumn::kHasFields].AppendBool(event.has_fields);
  row[CaseColumn::kContentHash].AppendInt64(ContentHash(context.record));
  if (context.reader.mended()) issues.Add({}, rule::kInvalidUtf8, {});
}

void CaseRows::WriteChange(const CaseEvent& event, ValueIssues& issues, Writer& row) {
  const std::string_view name = row.Name(CaseColumn::kChangeTime);
  int64_t changed = ReadMicros(name, event.change_time, issues);
  if (changed == kNoMicros) changed = ReadMicros(name, event.envelope_time, issues);
  if (changed == kNoMicros) {
    issues.Add(name, rule::kNoChangeTime, {});
  } else {
    row[CaseColumn::kChangeTime].AppendTimestamp({changed});
  }

  if (!IsBlankText(event.user_arn)) {
    row.Text(CaseColumn::kPerformedBy, {event.user_arn.kind, LastSegment(Trimmed(event.user_arn.text))});
  } else {
    row.Text(CaseColumn::kPerformedBy,
             IsBlankText(event.custom_entity) ? event.iam_principal_arn : event.custom_entity);
  }
  WriteChangedFieldIds(event, row);
}

void CaseRows::WriteChangedFieldIds(const CaseEvent& event, Writer& row) {
  if (!event.has_changed_field_ids) return;
  texts_.clear();
  for (const std::string_view id : event.changed_field_ids) {
    const FieldBinding* const binding = catalogue_.Find(id);
    texts_.push_back(binding == nullptr ? id : std::string_view(binding->changed_name));
  }
  row[CaseColumn::kChangedFieldIds].AppendTexts(texts_);
}

void CaseRows::WriteRelatedItem(const CaseEvent& event, Writer& row) {
  row.LowerCaseText(CaseColumn::kRelatedItemType, event.related_item_type);
  row.Text(CaseColumn::kRelatedItemId, event.related_item_id);
  row.Text(CaseColumn::kRelatedItemCommentBody, event.comment_body);
  const JsonValue& contact = event.contact_arn;
  if (!contact.IsString()) return row.LowerCaseText(CaseColumn::kRelatedItemContactId, contact);
  row.LowerCaseText(CaseColumn::kRelatedItemContactId, {contact.kind, LastSegment(Trimmed(contact.text))});
}

// --- The fields ---------------------------------------------------------------------------------------------

void CaseRows::WriteFields(const EnrichmentSettings& settings, ValueIssues& issues, Writer& row) {
  WriteAccount(settings.account_width, issues, row);
  for (const CaseColumn column : {CaseColumn::kStatus, CaseColumn::kLevel1, CaseColumn::kLevel2, CaseColumn::kLevel3,
                                  CaseColumn::kCaseReason, CaseColumn::kComplaintStatus, CaseColumn::kComplaintType,
                                  CaseColumn::kComplaintSubject, CaseColumn::kComplaintSubject2}) {
    WriteOption(row, column);
  }
  row.Text(CaseColumn::kCaseReasonValue, Value(CaseColumn::kCaseReason));
  for (const CaseColumn column :
       {CaseColumn::kTitle, CaseColumn::kDescription, CaseColumn::kSummary, CaseColumn::kComplaintReason}) {
    WriteKept(row, column);
  }
  for (const CaseColumn column : {CaseColumn::kAssignedUser, CaseColumn::kAssignedAgentName, CaseColumn::kAssignedQueue,
                                  CaseColumn::kQueueName, CaseColumn::kReferenceNumber, CaseColumn::kCustomerId}) {
    row.Text(column, Value(column));
  }
  for (const CaseColumn column :
       {CaseColumn::kIsComplaint, CaseColumn::kComplaintResolved, CaseColumn::kOmbudsmanCase, CaseColumn::kIsOverdue}) {
    WriteYesNo(row, column);
  }
  for (const CaseColumn column : {CaseColumn::kLastUpdated, CaseColumn::kLastClosed, CaseColumn::kLastReopened}) {
    row.Time(column, Value(column));
  }
  row.Numeric(CaseColumn::kComplaintGoodwillAmount, Value(CaseColumn::kComplaintGoodwillAmount));
  WriteLocalTime(row.Target(CaseColumn::kOriginalCreationDate), Value(CaseColumn::kOriginalCreationDate), 0);
}

void CaseRows::WriteAccount(int width, ValueIssues& issues, Writer& row) {
  const JsonValue& value = Value(CaseColumn::kAccount);
  row.Text(CaseColumn::kAccountText, value);
  if (IsBlankText(value)) return;
  AccountReading account;
  if (value.kind == JsonKind::kNumber) {
    account = {Int64FromText(value.text), rule::kNotAnAccount};
  } else if (value.IsString()) {
    account = AccountFromText(value.text, width);
  } else {
    account.rule = rule::kNotAnAccount;
  }
  if (account.number) return row[CaseColumn::kAccount].AppendInt64(*account.number);
  issues.Add(row.Name(CaseColumn::kAccount), account.rule, value.text);
}

void CaseRows::WriteDueDate(const CaseEvent& event, ValueIssues& issues, Writer& row) {
  const JsonValue& sent = Value(CaseColumn::kDueDate);
  if (!IsBlankText(sent)) {
    // Due on a day means by its end, as in the computed date.
    WriteLocalTime(row.Target(CaseColumn::kDueDate), sent, kMicrosPerDay - 1);
    if (!row[CaseColumn::kDueDate].IsNull(row[CaseColumn::kDueDate].size() - 1))
      row[CaseColumn::kDueDateIsComputed].AppendBool(false);
    return;
  }
  const ColumnVector& created = row[CaseColumn::kCreated];
  if (created.IsNull(created.size() - 1)) return;
  const std::optional<Timestamp> due = DueDate({created.Int64(created.size() - 1)});
  if (!due) return issues.Add(row.Name(CaseColumn::kDueDate), rule::kOutsideCalendar, event.created.text);
  row[CaseColumn::kDueDate].AppendTimestamp(*due);
  row[CaseColumn::kDueDateIsComputed].AppendBool(true);
}

void CaseRows::WriteOption(Writer& row, CaseColumn column) {
  JsonValue named;
  row.Text(column, Named(Value(column), Bound(column).binding, named));
}

void CaseRows::WriteKept(Writer& row, CaseColumn column) {
  const JsonValue& value = Value(column);
  JsonValue named;
  row.KeptText(column, IsBlankText(value) ? value : Named(value, Bound(column).binding, named));
}

// The name of an option may say it, or its value: `{"name": "Yes, escalated", "value": "yes"}`.
void CaseRows::WriteYesNo(Writer& row, CaseColumn column) {
  const JsonValue& value = Value(column);
  JsonValue buffer;
  const JsonValue& named = Named(value, Bound(column).binding, buffer);
  row.Bool(column, named.IsString() && BoolFromText(named.text) ? named : value);
}

// --- JSON columns -------------------------------------------------------------------------------------------

void CaseRows::WriteEntries(std::vector<JsonEntry>& entries, ColumnVector& column) {
  if (entries.empty()) return;
  std::ranges::stable_sort(entries, {}, &JsonEntry::key);
  json_.clear();
  json_.push_back('{');
  for (size_t i = 0; i < entries.size(); ++i) {
    // Of a key that came twice the last counts.
    if (i + 1 < entries.size() && entries[i + 1].key == entries[i].key) continue;
    if (json_.size() > 1) json_.push_back(',');
    AppendJsonString(entries[i].key, json_);
    json_.push_back(':');
    JsonValue named;
    const JsonValue& value = Named(*entries[i].value, entries[i].binding, named);
    if (value.IsString()) {
      AppendJsonString(value.text, json_);
    } else if (value.kind == JsonKind::kNumber) {
      json_ += NumberText(value.text);
    } else {
      json_ += value.text;
    }
  }
  json_.push_back('}');
  column.AppendText(json_);
}

}  // namespace casebook
