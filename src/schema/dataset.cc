#include "schema/dataset.h"

#include <algorithm>

#include "schema/columns.h"

namespace casebook {
namespace {

constexpr Sensitivity NONE = Sensitivity::kNone;
constexpr Sensitivity PERSONAL = Sensitivity::kPersonal;

#define CASEBOOK_SHOWN_COLUMN(enumerator, name, kind, sensitivity, description) \
  Column{name, TypeOf(ColumnKind::kind), description, sensitivity},

constexpr const char* kLandedDateColumn = "meta_enriched_landed_date";

Column Shown(const char* name, Type type, const char* description, Sensitivity sensitivity = NONE) {
  return {name, std::move(type), description, sensitivity};
}

bool StartsWith(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

std::vector<Column> CaseColumns() { return {CASEBOOK_CASE_COLUMNS(CASEBOOK_SHOWN_COLUMN)}; }

// Columns of a case event that describe the event, not the case.
bool DescribesTheEvent(std::string_view name) {
  constexpr std::string_view kOfTheEvent[] = {"meta_event_id", "meta_received_at", "meta_sequence"};
  if (std::find(std::begin(kOfTheEvent), std::end(kOfTheEvent), name) != std::end(kOfTheEvent)) return true;
  return StartsWith(name, "detail_event_type") || StartsWith(name, "detail_approximate") ||
         StartsWith(name, "detail_changed") || StartsWith(name, "detail_performed") ||
         StartsWith(name, "detail_related");
}

Table CaseEvents() {
  Table table{"case_events",
              "One row an event of a case, carrying the case's present field values: those of the case's newest event "
              "(by change time) that has fields. meta_enriched_landed_date is the date of the newest landing, the "
              "same on all rows. For values as at the event see case_history.",
              CaseColumns()};
  table.columns.push_back(Shown("meta_case_deleted_at", TypeKind::kTimestamp, "When the case was deleted"));
  for (Column& column : table.columns) {
    column.depends_on_id = !DescribesTheEvent(column.name);
    column.is_same_on_all_rows = column.name == kLandedDateColumn;
  }
  return table;
}

// What is read of cases instead of their events. First the stored table itself: it has no expressions that the engine
// would plan with each query. The columns that are worked out for each query are in the views alone.
std::vector<RowAnId> RowsACase() {
  const std::vector<std::string> worked_out = {kLandedDateColumn, "detail_case_fields_is_overdue", "unmapped_fields",
                                               "other_fields"};
  const std::string type = "detail_event_type";
  const std::string created = "CASE.CREATED";
  return {{"cases", type, created, "stored", worked_out}, {"case_creations", type, created},
          {"cases", "", "", "stored", worked_out}, {"cases_with_events", "", ""}};
}

Table CaseHistory() {
  Table table{"case_history",
              "One row an event of a case, with the values as at the event. The state of all cases at an instant t is "
              "valid_from <= t AND t < valid_to.",
              CaseColumns()};
  table.columns.push_back(Shown("valid_from", TypeKind::kTimestamp, "From when the values held: the change time"));
  table.columns.push_back(Shown("valid_to", TypeKind::kTimestamp,
                                "Until when: the next event with fields, or the deletion; 9999-12-31 for the newest"));
  return table;
}

Table Cases() {
  Table table{"cases", "One row a case, with its present values.", {}};
  for (Column& column : CaseColumns()) {
    if (!DescribesTheEvent(column.name) && column.name != "meta_enriched_landed_date") {
      table.columns.push_back(std::move(column));
    }
  }
  for (Column& column : std::vector<Column>{
           Shown("is_open", TypeKind::kBool, "Status is set and not one of the closed ones; NULL: no status ever came"),
           Shown("opened_at", TypeKind::kTimestamp, "Original creation date, else when created"),
           Shown("closed_at", TypeKind::kTimestamp, "Change time of the event that closed the case; NULL if open"),
           Shown("reopen_count", TypeKind::kInt64, "Moves out of the closed statuses"),
           Shown("event_count", TypeKind::kInt64, "Events of the case"),
           Shown("contact_count", TypeKind::kInt64, "Distinct contacts linked, from either side"),
           Shown("first_event_at", TypeKind::kTimestamp, "Change time of its first event"),
           Shown("last_event_at", TypeKind::kTimestamp, "Change time of its last event"),
           Shown("is_overdue_now", TypeKind::kBool, "Open past its due date, by the query's clock"),
           Shown("meta_case_deleted_at", TypeKind::kTimestamp, "When the case was deleted")}) {
    table.columns.push_back(std::move(column));
  }
  for (Column& column : table.columns) column.depends_on_id = true;
  return table;
}

Table CtrEvents() {
  Table table{"ctr_events",
              "One row a contact: its newest contact record, by LastUpdateTimestamp.",
              {CASEBOOK_CTR_COLUMNS(CASEBOOK_SHOWN_COLUMN)}};
  table.columns.push_back(
      Shown("transcript", TypeKind::kString, "The turns in order, one `ROLE: text` a line; NULL if none came", PERSONAL));
  return table;
}

// What both dimensions keep about themselves.
void AddDimensionBookkeeping(Table& table) {
  for (Column& column : std::vector<Column>{
           Shown("is_active", TypeKind::kBool, "FALSE once missing from a complete listing"),
           Shown("first_seen", TypeKind::kTimestamp, "Earliest time a source speaks of it"),
           Shown("last_seen", TypeKind::kTimestamp, "Latest time a source speaks of it"),
           Shown("valid_from", TypeKind::kTimestamp, "From when these values held, by the sources' own times"),
           Shown("valid_to", TypeKind::kTimestamp, "Until when; 9999-12-31 for the present ones")}) {
    table.columns.push_back(std::move(column));
  }
}

Table AgentTable(const char* name, const char* description) {
  Table table{name, description, {CASEBOOK_AGENT_OBSERVATION_COLUMNS(CASEBOOK_SHOWN_COLUMN)}};
  const auto last_name = table.columns.begin() + table.FindColumn("last_name");
  table.columns.insert(last_name + 1, Shown("agent_name", TypeKind::kString,
                                            "First and last name; the username where both are missing", PERSONAL));
  AddDimensionBookkeeping(table);
  return table;
}

Table QueueTable(const char* name, const char* description) {
  Table table{name, description, {CASEBOOK_QUEUE_OBSERVATION_COLUMNS(CASEBOOK_SHOWN_COLUMN)}};
  AddDimensionBookkeeping(table);
  return table;
}

Table AccountLinks() {
  return {"account_links",
          "One link of a case or contact to an energy account or customer, with the rule that made it.",
          {Shown("account", TypeKind::kInt64, "Account number", PERSONAL),
           Shown("account_text", TypeKind::kString, "Account number as sent", PERSONAL),
           Shown("junifer_id", TypeKind::kString, "Junifer customer ID", PERSONAL),
           Shown("source_table", TypeKind::kString, "cases or ctr_events"),
           Shown("source_id", TypeKind::kString, "Case ID or contact ID"),
           Shown("rule", TypeKind::kString, "case_field, contact_attribute, through_case, junifer_id"),
           Shown("strength", TypeKind::kString, "stated or through_case"),
           Shown("linked_at", TypeKind::kTimestamp, "When the record that says so came to us"),
           Shown("valid_from", TypeKind::kTimestamp, "From when the link holds: opening of the case, start of the contact")}};
}

std::vector<Table> MakeTables() {
  return {CaseEvents(),
          CaseHistory(),
          Cases(),
          {"contact_events", "One row a contact event.", {CASEBOOK_CONTACT_COLUMNS(CASEBOOK_SHOWN_COLUMN)}},
          CtrEvents(),
          {"transcripts",
           "One row a turn of a conversation, from Contact Lens; the redacted file where both came.",
           {CASEBOOK_TRANSCRIPT_COLUMNS(CASEBOOK_SHOWN_COLUMN)}},
          AgentTable("agent_dim", "One row an agent, present values. Agents are never deleted."),
          QueueTable("queue_dim", "One row a queue, present values. Queues are never deleted."),
          AgentTable("agent_history", "One row an agent in one period."),
          QueueTable("queue_history", "One row a queue in one period."),
          AccountLinks(),
          {"rejects", "One row a byte string that could not be read.", {CASEBOOK_REJECT_COLUMNS(CASEBOOK_SHOWN_COLUMN)}},
          {"value_issues",
           "One row a value that became NULL or was mended, or a record that lost to another of the same id.",
           {CASEBOOK_VALUE_ISSUE_COLUMNS(CASEBOOK_SHOWN_COLUMN)}}};
}

}  // namespace

std::span<const Table> DatasetTables() {
  static const std::vector<Table> tables = MakeTables();
  return tables;
}

const Table* FindDatasetTable(std::string_view name) {
  for (const Table& table : DatasetTables()) {
    if (EqualIgnoringCase(table.name, name)) return &table;
  }
  return nullptr;
}

std::optional<CatalogEntry> DatasetCatalog::FindTable(const std::vector<std::string>& path) const {
  constexpr size_t kLongestPath = 3;
  if (path.empty() || path.size() > kLongestPath) return std::nullopt;
  if (path.size() > 1 && !EqualIgnoringCase(path[path.size() - 2], kDatasetName)) return std::nullopt;
  const Table* table = FindDatasetTable(path.back());
  if (table == nullptr) return std::nullopt;
  CatalogEntry entry{table, table->name};
  if (table->name == "case_events") {
    entry.rows_an_id = RowsACase();
  }
  return entry;
}

std::vector<std::string> DatasetCatalog::TableNames() const {
  std::vector<std::string> names;
  for (const Table& table : DatasetTables()) {
    names.push_back(table.name);
    names.push_back(std::string(kDatasetName) + "." + table.name);
  }
  return names;
}

}  // namespace casebook
