#include "tables/table_store.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/checksum.h"
#include "duckdb/key_filter.h"
#include "schema/columns.h"
#include "schema/dataset.h"
#include "tables/id_filter.h"
#include "tables/refresh.h"
#include "tables/views.h"

namespace casebook {
namespace {

// Changes whenever a stored table, a view or a rule of enrichment changes; then the tables are built anew.
constexpr char kLayoutVersion[] = "8";

size_t RowsIn(std::span<const BatchRows> parts) {
  size_t rows = 0;
  for (const BatchRows& part : parts) rows += part.rows.size();
  return rows;
}

int64_t Int64At(const ResultChunk& chunk, size_t column, size_t row) {
  return static_cast<int64_t*>(duckdb_vector_get_data(chunk.vector(column)))[row];
}

bool BoolAt(const ResultChunk& chunk, size_t column, size_t row) {
  return static_cast<bool*>(duckdb_vector_get_data(chunk.vector(column)))[row];
}

// Columns that say where and when a row came in, and so do not make it another.
bool IsOrigin(std::string_view column) {
  return column == "meta_sequence" || column == "sequence" || column == "source" || column == "meta_received_at";
}

std::string LayoutUnder(const TableSettings& settings) {
  std::string layout = std::string(kLayoutVersion) + " duckdb " + duckdb_library_version();
  if (!settings.rules.empty()) layout += " rules " + Sha256Hex(settings.rules).substr(0, 16);
  return layout;
}

Status CheckLayout(const std::string& found, const TableSettings& settings) {
  const std::string wanted = LayoutUnder(settings);
  if (found == wanted) return {};
  return Corrupt("the database was made by another version or under other settings (\"" + found + "\", now \"" + wanted +
                 "\")");
}

uint64_t HalfOfMemoryMb() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long bytes_a_page = ::sysconf(_SC_PAGESIZE);
  if (pages <= 0 || bytes_a_page <= 0) return 0;
  return (static_cast<uint64_t>(pages) * static_cast<uint64_t>(bytes_a_page)) >> 21U;
}

bool HasKeyHash(StoredTable table) {
  return table == StoredTable::kCaseEvents || table == StoredTable::kContactEvents || table == StoredTable::kCtrEvents;
}

}  // namespace

Result<TableStore> TableStore::Open(const std::filesystem::path& path, const TableSettings& settings) {
  const DatabaseOptions options{.memory_limit_mb = settings.memory_limit_mb, .row_group_rows = kRowGroupRows};
  ASSIGN_OR_RETURN(Database database, Database::Open(path, options));
  ASSIGN_OR_RETURN(Connection connection, database.Connect());
  TableStore store(std::move(database), std::move(connection), settings);
  RETURN_IF_ERROR(RegisterBatchSource(store.connection_));
  RETURN_IF_ERROR(RegisterKeyFilter(store.connection_));
  RETURN_IF_ERROR(store.connection_.Execute("SET preserve_insertion_order = false; SET TimeZone = 'UTC'"));
  ASSIGN_OR_RETURN(const int64_t tables,
                   store.connection_.QueryInt64("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'stored'"));
  if (tables == 0) RETURN_IF_ERROR(store.Create());
  RETURN_IF_ERROR(store.Load());
  return store;
}

Status TableStore::Create() {
  RETURN_IF_ERROR(Begin());
  RETURN_IF_ERROR(connection_.Execute(CreateStoredTablesSql() + CreateViewsSql()));
  RETURN_IF_ERROR(SetState("layout", LayoutUnder(settings_)));
  RETURN_IF_ERROR(SetState("position", "0"));
  RETURN_IF_ERROR(SetState("refreshed_position", "0"));
  RETURN_IF_ERROR(SetState("cases_position", "0"));
  in_transaction_ = false;
  return connection_.Execute("COMMIT");
}

Status TableStore::Load() {
  auto layout = State("layout");
  if (!layout.ok()) return Corrupt("the database lacks its state: " + layout.error().message);
  RETURN_IF_ERROR(CheckLayout(*layout, settings_));
  ASSIGN_OR_RETURN(position_, connection_.QueryInt64("SELECT value FROM stored.state WHERE name = 'position'"));
  return {};
}

Result<std::string> TableStore::State(std::string_view name) {
  return connection_.QueryText("SELECT value FROM stored.state WHERE name = " + QuoteText(name));
}

Status TableStore::SetState(std::string_view name, std::string_view value) {
  return connection_.Execute("DELETE FROM stored.state WHERE name = " + QuoteText(name) +
                             "; INSERT INTO stored.state VALUES (" + QuoteText(name) + ", " + QuoteText(value) + ")");
}

Status TableStore::BeginLoad() {
  RETURN_IF_ERROR(connection_.Execute("SET threads = 1; SET max_vacuum_tasks = 0"));
  if (settings_.memory_limit_mb == 0) return {};
  return connection_.Execute("SET memory_limit = '" + std::to_string(settings_.memory_limit_mb) + "MB'");
}
Status TableStore::EndLoad() {
  RETURN_IF_ERROR(connection_.Execute("RESET threads"));
  if (settings_.memory_limit_mb == 0) return {};
  const uint64_t limit = std::max(settings_.memory_limit_mb, std::min(settings_.finish_memory_limit_mb, HalfOfMemoryMb()));
  return connection_.Execute("SET memory_limit = '" + std::to_string(limit) + "MB'");
}
Status TableStore::BeginSmallRounds() { return connection_.Execute("RESET max_vacuum_tasks"); }

Status TableStore::Begin() {
  if (in_transaction_) RETURN_IF_ERROR(connection_.Execute("ROLLBACK"));
  in_transaction_ = false;
  RETURN_IF_ERROR(connection_.Execute("BEGIN"));
  in_transaction_ = true;
  return {};
}

Result<std::vector<KnownRow>> TableStore::FindKnown(StoredTable table, std::span<const BatchRows> rows) {
  std::vector<KnownRow> known;
  const BatchTable batch(rows);
  if (batch.empty()) return known;
  const std::string key(KeyColumn(table));
  const bool is_transcript = table == StoredTable::kTranscripts;
  std::string sql = "SELECT DISTINCT " + key + ", ";
  if (table == StoredTable::kRejects) {
    sql += "sequence, 0::BIGINT, 0::BIGINT, false, ''";
  } else if (is_transcript) {
    sql += "meta_sequence, 0::BIGINT, 0::BIGINT, is_redacted, content_sha256";
  } else {
    const char* version = table == StoredTable::kCtrEvents
                              ? "COALESCE(epoch_us(lastupdatetimestamp), -9223372036854775808)"
                              : "0::BIGINT";
    sql += std::string("meta_sequence, content_hash, ") + version + ", false, ''";
  }
  sql += " FROM " + std::string(StoredTableName(table)) + " WHERE ";
  std::string wanted = key + " IN (SELECT " + key + " FROM " + batch.Sql() + ")";
  std::optional<KeyFilter> filter;
  if (HasKeyHash(table)) {
    const std::string hashes = "SELECT hash(" + key + ") FROM " + batch.Sql();
    wanted = "key_hash IN (" + hashes + ")";
    if (RowsIn(rows) <= KeyFilter::kMaxWorthwhile) {
      ASSIGN_OR_RETURN(const std::vector<uint64_t> keys, QueryKeys(connection_, hashes));
      wanted = filter.emplace(keys).Sql("key_hash");
    }
  }
  ASSIGN_OR_RETURN(QueryResult result, connection_.Query(sql + wanted));
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<ResultChunk> chunk, result.Next());
    if (!chunk) return known;
    for (size_t i = 0; i < chunk->size(); ++i) {
      known.push_back({.key = std::string(VectorText(chunk->vector(0), i)),
                       .sequence = Int64At(*chunk, 1, i),
                       .content_hash = Int64At(*chunk, 2, i),
                       .version = Int64At(*chunk, 3, i),
                       .is_redacted = BoolAt(*chunk, 4, i),
                       .content_sha256 = std::string(VectorText(chunk->vector(5), i))});
    }
  }
}

Status TableStore::ForEachKey(StoredTable table, const std::function<void(std::string_view key)>& take) {
  ASSIGN_OR_RETURN(QueryResult result, connection_.Stream("SELECT " + std::string(KeyColumn(table)) + " FROM " +
                                                          std::string(StoredTableName(table))));
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<ResultChunk> chunk, result.Next());
    if (!chunk) return {};
    for (size_t i = 0; i < chunk->size(); ++i) take(VectorText(chunk->vector(0), i));
  }
}

Status TableStore::Insert(StoredTable table, std::span<const BatchRows> rows) {
  if (!HasKeyHash(table)) return InsertRows(connection_, std::string(StoredTableName(table)), rows);
  const BatchTable batch(rows);
  if (batch.empty()) return {};
  const bool is_of_case = table == StoredTable::kCaseEvents;
  return connection_.Execute("INSERT INTO " + std::string(StoredTableName(table)) + " (" + batch.ColumnNames() + ", key_hash" +
                             (is_of_case ? ", id_hash" : "") + ") SELECT " + batch.ColumnNames() + ", hash(" +
                             std::string(KeyColumn(table)) + ")" + (is_of_case ? ", " + IdHash("id") : "") + " FROM " +
                             batch.Sql());
}

Status TableStore::InsertNew(StoredTable table, std::span<const BatchRows> rows) {
  const BatchTable batch(rows);
  if (batch.empty()) return {};
  std::string compared;
  std::string origin;
  std::string same;
  for (const StoredColumn& column : StoredLayout(table)) {
    const std::string name = QuoteIdentifier(column.name);
    if (IsOrigin(column.name)) {
      origin += ", arg_min(" + name + ", " + (table == StoredTable::kValueIssues ? "sequence" : "meta_sequence") + ") AS " + name;
      continue;
    }
    compared += (compared.empty() ? "" : ", ") + name;
    same += (same.empty() ? "" : " AND ") + ("t." + name) + " IS NOT DISTINCT FROM n." + name;
  }
  const std::string name(StoredTableName(table));
  return connection_.Execute("INSERT INTO " + name + " BY NAME SELECT n.* FROM (SELECT " + compared + origin + " FROM " +
                             batch.Sql() + " GROUP BY " + compared + ") AS n WHERE NOT EXISTS (SELECT 1 FROM " + name +
                             " AS t WHERE " + same + ")");
}

Status TableStore::CountRejectAgain(const std::string& sha256, int64_t times) {
  return connection_.Execute("UPDATE stored.rejects SET times = times + " + std::to_string(times) +
                             " WHERE record_sha256 = " + QuoteText(sha256));
}

Status TableStore::DeleteRecords(StoredTable table, std::span<const int64_t> sequences) {
  if (sequences.empty()) return {};
  // Mostly what is replaced came not long before, so that the engine passes over most row groups.
  const auto [least, greatest] = std::ranges::minmax(sequences);
  const KeyFilter wanted(std::vector<uint64_t>(sequences.begin(), sequences.end()));
  const auto is_wanted = [&](const std::string& column) {
    return column + " BETWEEN " + std::to_string(least) + " AND " + std::to_string(greatest) + " AND " + wanted.Sql(column);
  };
  const std::string where = " WHERE " + is_wanted("meta_sequence");
  const std::string name(StoredTableName(table));
  if (table == StoredTable::kCaseEvents) {
    RETURN_IF_ERROR(connection_.Execute("INSERT INTO stored.dirty_cases SELECT id FROM " + name + where));
  }
  if (table == StoredTable::kCtrEvents) {
    RETURN_IF_ERROR(connection_.Execute("INSERT INTO stored.dirty_contacts SELECT contactid FROM " + name + where));
  }
  RETURN_IF_ERROR(connection_.Execute("DELETE FROM " + name + where));
  // An issue of several records has no sequence.
  return connection_.Execute("DELETE FROM stored.value_issues WHERE rule <> 'conflicting_content' AND " +
                             is_wanted("COALESCE(sequence, 0)"));
}

Status TableStore::ForgetConflicts(StoredTable table, std::span<const std::string> keys) {
  if (keys.empty()) return {};
  std::string list = "(NULL";
  for (const std::string& key : keys) list += ", " + QuoteText(key);
  const std::string name(StoredTableName(table));
  return connection_.Execute("DELETE FROM stored.value_issues WHERE rule = 'conflicting_content' AND table_name = " +
                             QuoteText(name.substr(name.find('.') + 1)) + " AND row_id IN " + list + ")");
}

Status TableStore::DeleteCaseEvents(int64_t up_to) {
  const std::string limit = std::to_string(up_to);
  return connection_.Execute(
      "INSERT INTO stored.dirty_cases SELECT DISTINCT id FROM stored.case_events WHERE meta_sequence <= " + limit +
      "; DELETE FROM stored.case_events WHERE meta_sequence <= " + limit +
      "; DELETE FROM stored.value_issues WHERE table_name = 'case_events' AND rule <> 'conflicting_content'"
      " AND sequence <= " + limit);
}

Result<std::vector<int64_t>> TableStore::CaseEventSequences(int64_t up_to) {
  ASSIGN_OR_RETURN(QueryResult result,
                   connection_.Query("SELECT meta_sequence FROM stored.case_events WHERE meta_sequence <= " +
                                     std::to_string(up_to) + " ORDER BY meta_sequence"));
  std::vector<int64_t> sequences;
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<ResultChunk> chunk, result.Next());
    if (!chunk) return sequences;
    for (size_t i = 0; i < chunk->size(); ++i) sequences.push_back(Int64At(*chunk, 0, i));
  }
}

Result<uint64_t> TableStore::CountUnseen(std::string_view feed, std::span<const BatchRows> rows) {
  const BatchTable batch(rows);
  if (batch.empty()) return uint64_t{0};
  ASSIGN_OR_RETURN(const int64_t unseen,
                   connection_.QueryInt64("SELECT count(DISTINCT content_hash) FROM " + batch.Sql() + " AS n WHERE feed = " +
                                          QuoteText(feed) +
                                          " AND content_hash NOT IN (SELECT content_hash FROM stored.seen_records)"));
  return static_cast<uint64_t>(unseen);
}

Status TableStore::CommitKeepingPosition() {
  in_transaction_ = false;
  return connection_.Execute("COMMIT");
}

Status TableStore::SetPosition(int64_t position, Timestamp newest_received) {
  RETURN_IF_ERROR(SetState("position", std::to_string(position)));
  ASSIGN_OR_RETURN(const int64_t received,
                   connection_.QueryInt64("SELECT value FROM stored.state WHERE name = 'received_up_to_us'"));
  if (newest_received.micros <= received) return {};
  RETURN_IF_ERROR(SetState("received_up_to_us", std::to_string(newest_received.micros)));
  return SetState("landed_date", FormatDate(UtcDate(newest_received)));
}

Status TableStore::Commit(int64_t position, Timestamp newest_received) {
  RETURN_IF_ERROR(SetPosition(position, newest_received));
  in_transaction_ = false;
  RETURN_IF_ERROR(connection_.Execute("COMMIT"));
  position_ = position;
  return {};
}

Status TableStore::CommitRefreshed(int64_t position, Timestamp newest_received, bool with_dimensions) {
  RETURN_IF_ERROR(SetPosition(position, newest_received));
  RETURN_IF_ERROR(RefreshRows(position, with_dimensions));
  in_transaction_ = false;
  RETURN_IF_ERROR(connection_.Execute("COMMIT"));
  position_ = position;
  return {};
}

Status TableStore::RefreshRows(int64_t position, bool with_dimensions) {
  const auto number = [this](const char* name) {
    return connection_.QueryInt64("SELECT value FROM stored.state WHERE name = " + QuoteText(name));
  };
  ASSIGN_OR_RETURN(const int64_t all, number("refreshed_position"));
  ASSIGN_OR_RETURN(const int64_t cases, number("cases_position"));
  ASSIGN_OR_RETURN(const int64_t dirty, connection_.QueryInt64("SELECT count(*) FROM stored.dirty_cases"));
  const RefreshScope scope{cases, settings_.closed_statuses};
  RETURN_IF_ERROR(RefreshCases(connection_, scope));
  bool is_complete = with_dimensions;
  if (with_dimensions) {
    RETURN_IF_ERROR(RefreshDimensions(connection_, {all, settings_.closed_statuses}));
  } else {
    ASSIGN_OR_RETURN(const bool is_stale, AreDimensionsStale(connection_, {all, settings_.closed_statuses}));
    is_complete = !is_stale;
  }
  // Cases that were enriched anew keep their old sequences, so links look at everything.
  RETURN_IF_ERROR(RefreshLinks(connection_, {dirty > 0 ? 0 : cases, settings_.closed_statuses}));
  RETURN_IF_ERROR(SetState("cases_position", std::to_string(position)));
  return is_complete ? SetState("refreshed_position", std::to_string(position)) : Status();
}

Status TableStore::Refresh() {
  ASSIGN_OR_RETURN(const int64_t refreshed,
                   connection_.QueryInt64("SELECT value FROM stored.state WHERE name = 'refreshed_position'"));
  ASSIGN_OR_RETURN(const int64_t dirty, connection_.QueryInt64("SELECT count(*) FROM stored.dirty_cases"));
  if (refreshed == position_ && dirty == 0) return {};
  RETURN_IF_ERROR(Begin());
  RETURN_IF_ERROR(RefreshRows(position_, true));
  in_transaction_ = false;
  RETURN_IF_ERROR(connection_.Execute("COMMIT"));
  return SortCases();
}

Status TableStore::SortCases() { return SortCasesByCreation(connection_); }

Result<TableStore::Readiness> TableStore::IsReadyForReading(Connection& connection, const TableSettings& settings) {
  auto result = connection.Query(
      "SELECT name, value FROM stored.state UNION ALL SELECT 'dirty_cases', CAST(count(*) AS VARCHAR) FROM stored.dirty_cases");
  if (!result.ok()) return Corrupt("the database lacks its state: " + result.error().message);
  std::map<std::string, std::string> state;
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<ResultChunk> chunk, result->Next());
    if (!chunk) break;
    for (size_t i = 0; i < chunk->size(); ++i) {
      state.emplace(VectorText(chunk->vector(0), i), VectorText(chunk->vector(1), i));
    }
  }
  RETURN_IF_ERROR(CheckLayout(state["layout"], settings));
  const std::string& stale = state["stale_cases_up_to"];
  Readiness readiness;
  readiness.position = std::strtoll(state["position"].c_str(), nullptr, 10);
  readiness.is_refreshed = state["refreshed_position"] == state["position"] && (stale.empty() || stale == "0") &&
                           state["dirty_cases"] == "0";
  readiness.log_end = state["log_end"];
  return readiness;
}

Result<std::vector<std::pair<std::string, uint64_t>>> TableStore::CountRows(Connection& connection) {
  std::vector<std::pair<std::string, uint64_t>> counts;
  for (const Table& table : DatasetTables()) {
    ASSIGN_OR_RETURN(const int64_t rows, connection.QueryInt64("SELECT count(*) FROM " + std::string(kDatasetName) + "." +
                                                               QuoteIdentifier(table.name)));
    counts.emplace_back(table.name, static_cast<uint64_t>(rows));
  }
  return counts;
}

}  // namespace casebook
