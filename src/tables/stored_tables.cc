#include "tables/stored_tables.h"

#include <algorithm>

#include "duckdb/batch_source.h"
#include "duckdb/connection.h"
#include "schema/columns.h"
#include "tables/case_columns.h"
#include "tables/id_filter.h"

namespace casebook {
namespace {

constexpr StoredTable kAll[] = {StoredTable::kCaseEvents,        StoredTable::kContactEvents,
                                StoredTable::kCtrEvents,         StoredTable::kTranscripts,
                                StoredTable::kAgentObservations, StoredTable::kQueueObservations,
                                StoredTable::kListings,          StoredTable::kRejects,
                                StoredTable::kValueIssues,       StoredTable::kSeenRecords};

// Columns that the engine works out itself, beside those of the layout.
std::string_view ExtraColumns(StoredTable table) {
  switch (table) {
    case StoredTable::kCaseEvents: return ", key_hash UBIGINT, id_hash UBIGINT";
    case StoredTable::kContactEvents: return ", key_hash UBIGINT";
    case StoredTable::kCtrEvents: return ", key_hash UBIGINT, transcript VARCHAR";
    case StoredTable::kTranscripts:
    case StoredTable::kAgentObservations:
    case StoredTable::kQueueObservations:
    case StoredTable::kListings:
    case StoredTable::kRejects:
    case StoredTable::kValueIssues:
    case StoredTable::kSeenRecords: return "";
  }
  Unreachable();
}

// How a column is compressed where the engine's own choice takes longer than the column is worth: it looks for
// repetition in values of which hardly two are the same, and makes a dictionary of long JSON.
std::string_view Compression(StoredTable table, const StoredColumn& column) {
  constexpr std::string_view kDifferOnEachRow[] = {"meta_event_id", "detail_related_item_id",
                                                   "detail_related_item_contact_id", "attributes_caseid"};
  if (column.kind == ColumnKind::kJson) return " USING COMPRESSION zstd";
  const bool is_key = table == StoredTable::kCtrEvents && column.name == KeyColumn(table);
  const bool differs = std::ranges::find(kDifferOnEachRow, column.name) != std::end(kDifferOnEachRow);
  return is_key || differs ? " USING COMPRESSION uncompressed" : "";
}

std::string CreateTable(StoredTable table) {
  std::string sql = "CREATE TABLE " + std::string(StoredTableName(table)) + " (";
  const char* separator = "";
  for (const StoredColumn& column : StoredLayout(table)) {
    sql += separator + QuoteIdentifier(column.name) + " " + std::string(StoredTypeName(column.kind)) +
           std::string(Compression(table, column));
    separator = ", ";
  }
  return sql + std::string(ExtraColumns(table)) + ");\n";
}

std::string CreateCases() {
  std::string sql = "CREATE TABLE stored.cases (id VARCHAR, " + std::string(kIdHashColumn);
  for (const StoredColumn& column : PresentValueColumns()) {
    sql += ", " + QuoteIdentifier(column.name) + " " + std::string(StoredTypeName(column.kind));
  }
  // detail_event_type: CASE.CREATED where there is such an event of the case. sent_*: the names as the event gave them;
  // the shown ones may come from the dimensions.
  return sql +
         ", detail_event_type VARCHAR, sent_agent_name VARCHAR, sent_queue_name VARCHAR, created_sequence BIGINT, is_open BOOLEAN"
         ", opened_at TIMESTAMP, closed_at TIMESTAMP, reopen_count BIGINT, event_count BIGINT"
         ", first_event_at TIMESTAMP, last_event_at TIMESTAMP, meta_case_deleted_at TIMESTAMP"
         ", present_received_at TIMESTAMP);\n";
}

std::string CreateDimension(const char* name, std::string_view named_after, std::span<const StoredColumn> layout) {
  std::string sql = "CREATE TABLE stored." + std::string(name) + " (";
  for (const StoredColumn& column : layout) {
    if (column.name == "observed_at") break;  // bookkeeping of the observations
    sql += QuoteIdentifier(column.name) + " " + std::string(StoredTypeName(column.kind)) + ", ";
    if (column.name == named_after) sql += "agent_name VARCHAR, ";
  }
  return sql +
         "is_active BOOLEAN, first_seen TIMESTAMP, last_seen TIMESTAMP, valid_from TIMESTAMP, valid_to TIMESTAMP);\n";
}

}  // namespace

std::string_view StoredTableName(StoredTable table) {
  switch (table) {
    case StoredTable::kCaseEvents: return "stored.case_events";
    case StoredTable::kContactEvents: return "stored.contact_events";
    case StoredTable::kCtrEvents: return "stored.ctr_events";
    case StoredTable::kTranscripts: return "stored.transcripts";
    case StoredTable::kAgentObservations: return "stored.agent_observations";
    case StoredTable::kQueueObservations: return "stored.queue_observations";
    case StoredTable::kListings: return "stored.listings";
    case StoredTable::kRejects: return "stored.rejects";
    case StoredTable::kValueIssues: return "stored.value_issues";
    case StoredTable::kSeenRecords: return "stored.seen_records";
  }
  Unreachable();
}

std::span<const StoredColumn> StoredLayout(StoredTable table) {
  switch (table) {
    case StoredTable::kCaseEvents: return kCaseColumnLayout;
    case StoredTable::kContactEvents: return kContactColumnLayout;
    case StoredTable::kCtrEvents: return kCtrColumnLayout;
    case StoredTable::kTranscripts: return kTranscriptColumnLayout;
    case StoredTable::kAgentObservations: return kAgentObservationColumnLayout;
    case StoredTable::kQueueObservations: return kQueueObservationColumnLayout;
    case StoredTable::kListings: return kListingColumnLayout;
    case StoredTable::kRejects: return kRejectColumnLayout;
    case StoredTable::kValueIssues: return kValueIssueColumnLayout;
    case StoredTable::kSeenRecords: return kSeenRecordColumnLayout;
  }
  Unreachable();
}

std::string_view KeyColumn(StoredTable table) {
  switch (table) {
    case StoredTable::kCaseEvents:
    case StoredTable::kContactEvents: return "meta_event_id";
    case StoredTable::kCtrEvents:
    case StoredTable::kTranscripts: return "contactid";
    case StoredTable::kRejects: return "record_sha256";
    case StoredTable::kAgentObservations:
    case StoredTable::kQueueObservations:
    case StoredTable::kListings:
    case StoredTable::kValueIssues:
    case StoredTable::kSeenRecords: return "";
  }
  Unreachable();
}

std::string CreateStoredTablesSql() {
  std::string sql = "CREATE SCHEMA stored;\n" + std::string(kCreateIdHash) + "CREATE TABLE stored.state (name VARCHAR, value VARCHAR);\n";
  for (const StoredTable table : kAll) sql += CreateTable(table);
  sql += CreateCases();
  sql += "CREATE TABLE stored.dirty_cases (id VARCHAR);\n";
  sql += "CREATE TABLE stored.dirty_contacts (contactid VARCHAR);\n";
  sql += "CREATE TABLE stored.numbered_contacts (number VARCHAR, contactid VARCHAR);\n";
  sql += "CREATE TABLE stored.case_contacts (id VARCHAR, contactid VARCHAR, " + std::string(kIdHashColumn) + ");\n";
  sql += "CREATE TABLE stored.case_contact_counts (id VARCHAR, contact_count BIGINT, " + std::string(kIdHashColumn) + ");\n";
  for (const char* name : {"agent_dim", "agent_history"}) {
    sql += CreateDimension(name, "last_name", kAgentObservationColumnLayout);
  }
  for (const char* name : {"queue_dim", "queue_history"}) {
    sql += CreateDimension(name, "", kQueueObservationColumnLayout);
  }
  return sql;
}

}  // namespace casebook
