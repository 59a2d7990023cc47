// TableStore: rows → tables. What holds between events lives here: one row an id, present values,
// periods, names from the dimensions.
//
// The database is derived from the landing log: rows and the position in the log commit together, and
// a database of another layout or engine version is refused (kCorrupt) so that it is built anew.
// One writer; not for queries of users.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "duckdb/batch_source.h"
#include "duckdb/connection.h"
#include "tables/stored_tables.h"

namespace casebook {

// Rows that the engine packs together and may pass over together. Half of its default: loading waits less for the first
// and for the last, and a question about a time reads less beside it.
inline constexpr uint64_t kRowGroupRows = 61'440;

struct TableSettings {
  std::vector<std::string> closed_statuses = {"Closed", "Resolved"};
  uint64_t memory_limit_mb = 600;  // of the engine; 0: its own default
  // The same while a load is finished: it sorts all cases at once, and no rows are held beside the engine any more.
  uint64_t finish_memory_limit_mb = 1800;
  std::string rules;  // names the settings under which rows are made; a database made under others is refused
};

// A stored row that has the key of a new one.
struct KnownRow {
  std::string key;
  int64_t sequence = 0;
  int64_t content_hash = 0;
  int64_t version = 0;          // contact records: LastUpdateTimestamp in microseconds, least where NULL; else 0
  bool is_redacted = false;     // transcripts
  std::string content_sha256;   // transcripts
};

class TableStore {
 public:
  // Opens the database at `path`, creating it where there is none.
  static Result<TableStore> Open(const std::filesystem::path& path, const TableSettings& settings = {});

  // Rows that one thread inserts fill the engine's row groups, and a waiting thread of the engine spins; so one
  // thread while rows are loaded, all of the machine's for Refresh(). Row groups that are written full but for the last
  // are not worth merging either, which a checkpoint would do, row by row; BeginSmallRounds() lets it again.
  Status BeginLoad();
  Status EndLoad();
  Status BeginSmallRounds();

  // The last sequence of the log whose rows are committed; 0 for none.
  int64_t position() const { return position_; }
  // Text kept beside the rows under a name, such as the field catalogue; "" where there is none.
  Result<std::string> State(std::string_view name);

  // Begin … Commit: one transaction. Without Commit everything since Begin is undone at the next Begin or at the end.
  Status Begin();
  // The stored rows that have the key of one of `rows`. For tables with a key column.
  Result<std::vector<KnownRow>> FindKnown(StoredTable table, std::span<const BatchRows> rows);
  // Calls `take` with each key of a table with a key column.
  Status ForEachKey(StoredTable table, const std::function<void(std::string_view key)>& take);
  // Appends rows as they are; the caller has dropped those that are known.
  Status Insert(StoredTable table, std::span<const BatchRows> rows);
  // Appends what the table does not hold yet (compared whole, where it came from and when apart).
  Status InsertNew(StoredTable table, std::span<const BatchRows> rows);
  // Counts `times` of a reject that is stored already.
  Status CountRejectAgain(const std::string& sha256, int64_t times);
  // Deletes the rows of these records, and their value issues.
  Status DeleteRecords(StoredTable table, std::span<const int64_t> sequences);
  // Deletes the conflicts noted for these keys.
  Status ForgetConflicts(StoredTable table, std::span<const std::string> keys);
  // Deletes the case events up to a sequence and their value issues, conflicts apart, before they are enriched anew.
  Status DeleteCaseEvents(int64_t up_to);
  // The sequences of the case events stored up to one, ascending.
  Result<std::vector<int64_t>> CaseEventSequences(int64_t up_to);
  // How many distinct records of `feed` among `rows` (of kSeenRecords) were not seen before.
  Result<uint64_t> CountUnseen(std::string_view feed, std::span<const BatchRows> rows);
  Status SetState(std::string_view name, std::string_view value);
  Status Commit(int64_t position, Timestamp newest_received);
  // The same, and works out what depends on several rows in the same transaction, so that readers see either all of
  // a round or nothing. Without `with_dimensions` those and the names they lend may wait for Refresh().
  Status CommitRefreshed(int64_t position, Timestamp newest_received, bool with_dimensions);
  // For changes that come of no new record.
  Status CommitKeepingPosition();

  // Works out what depends on several rows. Cheap where nothing is new. Not inside Begin … Commit.
  Status Refresh();
  // Restores the order of stored.cases once many cases have changed; Refresh() does it too.
  Status SortCases();

  // The open database, for readers in the same process.
  const std::shared_ptr<Database>& database() const { return database_; }
  Connection& connection() { return connection_; }

  struct Readiness {
    int64_t position = 0;
    bool is_refreshed = false;  // nothing is left to be done after the last load
    std::string log_end;        // the state of that name
  };
  // Looks at an open database without writing to it. kCorrupt where this program cannot use it.
  static Result<Readiness> IsReadyForReading(Connection& connection, const TableSettings& settings = {});
  // How many rows each table of the dataset has.
  static Result<std::vector<std::pair<std::string, uint64_t>>> CountRows(Connection& connection);

 private:
  TableStore(Database database, Connection connection, TableSettings settings)
      : database_(std::make_shared<Database>(std::move(database))), connection_(std::move(connection)), settings_(std::move(settings)) {}
  Status Create();
  Status Load();
  Status SetPosition(int64_t position, Timestamp newest_received);
  Status RefreshRows(int64_t position, bool with_dimensions);

  std::shared_ptr<Database> database_;
  Connection connection_;
  TableSettings settings_;
  int64_t position_ = 0;
  bool in_transaction_ = false;
};

}  // namespace casebook
