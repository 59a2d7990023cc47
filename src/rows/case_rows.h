// Case rows: one case event → one row of `case_events`, as at the event.
//
// Every value comes from the event and the catalogue; the due date may come from the calendar. What depends on
// other events, on the dimensions or on the clock (present values, names of agents, overdue) is not done here.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/case_event.h"
#include "rows/field_catalogue.h"
#include "rows/record_context.h"
#include "rows/value_reader.h"

namespace casebook {

// One per thread: it keeps buffers, and nothing of one event for the next.
class CaseRows {
 public:
  // `catalogue` outlives this.
  explicit CaseRows(const FieldCatalogue& catalogue) : catalogue_(catalogue) {}

  // Decodes the record and appends its row, or says why not and appends nothing.
  MaybeFault Append(const RecordContext& context, EnrichedRows& rows);

  // Appends the row of a decoded event.
  void AppendCaseEvent(const CaseEvent& event, const RecordContext& context, EnrichedRows& rows);

 private:
  using Writer = RowWriter<CaseColumn>;
  static constexpr size_t kColumnCount = std::size(kCaseColumnLayout);

  // A field of the event and what the catalogue says of it.
  struct BoundField {
    const FieldBinding* binding = nullptr;
    const JsonValue* value = nullptr;
  };
  struct JsonEntry {
    std::string_view key;
    const FieldBinding* binding;  // nullptr: no option names
    const JsonValue* value;
  };

  void BindFields(const CaseEvent& event);
  void BindField(const FieldBinding& binding, const JsonValue& value);
  void WriteEnvelope(const CaseEvent& event, const RecordContext& context, ValueIssues& issues, Writer& row);
  void WriteChange(const CaseEvent& event, ValueIssues& issues, Writer& row);
  void WriteRelatedItem(const CaseEvent& event, Writer& row);
  void WriteFields(const EnrichmentSettings& settings, ValueIssues& issues, Writer& row);
  void WriteAccount(int width, ValueIssues& issues, Writer& row);
  void WriteDueDate(const CaseEvent& event, ValueIssues& issues, Writer& row);
  void WriteOption(Writer& row, CaseColumn column);
  void WriteKept(Writer& row, CaseColumn column);
  void WriteYesNo(Writer& row, CaseColumn column);
  void WriteChangedFieldIds(const CaseEvent& event, Writer& row);
  void WriteEntries(std::vector<JsonEntry>& entries, ColumnVector& column);

  const BoundField& Bound(CaseColumn column) const { return bound_[static_cast<size_t>(column)]; }
  const JsonValue& Value(CaseColumn column) const;

  const FieldCatalogue& catalogue_;
  CaseEvent event_;
  std::array<BoundField, kColumnCount> bound_;
  std::vector<JsonEntry> unmapped_;
  std::vector<JsonEntry> others_;
  std::vector<std::string_view> texts_;
  std::string json_;
};

}  // namespace casebook
