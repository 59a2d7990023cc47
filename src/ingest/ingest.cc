#include "ingest/ingest.h"

#include <chrono>

#include "base/file.h"
#include "ingest/intake.h"
#include "ingest/loader.h"
#include "ingest/settings_file.h"
#include "ingest/writing_session.h"
#include "landing/landing_log.h"
#include "landing/landing_reader.h"
#include "tables/table_store.h"

namespace casebook {
namespace {

namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;
using Session = WritingSession;

void RemoveDatabase(const fs::path& data) {
  std::error_code ignored;
  fs::remove(DatabasePath(data), ignored);
  fs::remove(DatabasePath(data).string() + ".wal", ignored);
}

void CountDuplicates(IngestReport& report) {
  for (FeedCounts& feed : report.feeds) feed.duplicate = feed.read - feed.set_aside - feed.added;
}

Status LandAndLoad(Session& session, Loader& loader, std::vector<IntakeFile> files, const IngestOptions& options,
                   const Clock& clock, IngestReport& report) {
  uint64_t total = 0;
  for (const IntakeFile& file : files) total += file.bytes;
  Intake intake(session.log, std::move(files), clock);
  const auto tick = [&](uint64_t bytes) {
    if (options.progress) options.progress({"loading", bytes, bytes < total ? total : 0});
  };
  RETURN_IF_ERROR(loader.Load(intake, tick, report));
  report.damage.insert(report.damage.end(), intake.damage().begin(), intake.damage().end());
  return {};
}

}  // namespace

fs::path DatabasePath(const fs::path& data) { return data / "tables.duckdb"; }

Result<IngestReport> Ingest(const IngestOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  const SystemClock system_clock;
  const Clock& clock = options.clock != nullptr ? *options.clock : system_clock;
  std::vector<IntakeFile> catalogue;
  if (options.catalogue) {
    ASSIGN_OR_RETURN(catalogue, ListInputs({options.catalogue->string()}));
  }
  ASSIGN_OR_RETURN(std::vector<IntakeFile> files, ListInputs(options.inputs));
  RETURN_IF_ERROR(MakeDataFolder(options.data));

  IngestReport report;
  ASSIGN_OR_RETURN(Session session, OpenWritingSession(options.data, report.damage));
  for (const LandingProblem& problem : session.log.problems()) report.damage.push_back(Describe(problem));
  ASSIGN_OR_RETURN(Loader loader, Loader::Open(session.store, LogPath(options.data), session.settings.enrichment));
  IngestReport earlier;  // what a run that was stopped had landed and not loaded
  RETURN_IF_ERROR(CatchUp(options.data, session.store, loader, options.progress, earlier));
  report.damage.insert(report.damage.end(), earlier.damage.begin(), earlier.damage.end());
  if (!catalogue.empty()) {
    RETURN_IF_ERROR(LandAndLoad(session, loader, std::move(catalogue), options, clock, report));
  }
  RETURN_IF_ERROR(LandAndLoad(session, loader, std::move(files), options, clock, report));
  RETURN_IF_ERROR(FinishTables(options.data, session.store, loader, options.progress, report));
  ASSIGN_OR_RETURN(const uint64_t compressed, session.log.CompressSealed());
  static_cast<void>(compressed);
  CountDuplicates(report);
  report.seconds = Seconds(std::chrono::steady_clock::now() - begin).count();
  return report;
}

Result<IngestReport> Rebuild(const fs::path& data, const ProgressCallback& progress) {
  if (!IsDataFolder(data)) return NoDataFolder(data);
  const auto begin = std::chrono::steady_clock::now();
  IngestReport report;
  ASSIGN_OR_RETURN(const DataSettings settings, ReadSettings(data));
  ASSIGN_OR_RETURN(const LandingLog log, LandingLog::Open(LogPath(data)));  // keeps writers out
  {
    // Whoever reads the tables now must end first.
    auto readable = Database::Open(DatabasePath(data), {});
    if (!readable.ok() && readable.error().code == ErrorCode::kIo) return readable.error();
  }
  RemoveDatabase(data);
  ASSIGN_OR_RETURN(TableStore store, TableStore::Open(DatabasePath(data), settings.tables));
  ASSIGN_OR_RETURN(Loader loader, Loader::Open(store, LogPath(data), settings.enrichment));
  RETURN_IF_ERROR(CatchUp(data, store, loader, progress, report));
  RETURN_IF_ERROR(FinishTables(data, store, loader, progress, report));
  CountDuplicates(report);
  report.seconds = Seconds(std::chrono::steady_clock::now() - begin).count();
  return report;
}

namespace {

// The tables as they are, opened for reading; nullopt where they cannot be read before something is done.
Result<std::optional<Database>> OpenIfReady(const fs::path& data, DatabaseOptions options) {
  std::error_code ignored;
  if (!fs::exists(DatabasePath(data), ignored)) return std::optional<Database>();
  ASSIGN_OR_RETURN(const DataSettings settings, ReadSettings(data));
  options.read_only = true;
  auto database = Database::Open(DatabasePath(data), options);
  if (!database.ok()) {
    return database.error().code == ErrorCode::kIo ? Result<std::optional<Database>>(database.error()) : std::optional<Database>();
  }
  ASSIGN_OR_RETURN(Connection connection, database->Connect());
  const auto ready = TableStore::IsReadyForReading(connection, settings.tables);
  if (!ready.ok() || !ready->is_refreshed) return std::optional<Database>();
  if (ready->log_end.empty() || ready->log_end != LogEnd(data)) {
    ASSIGN_OR_RETURN(LandingReader reader,
                     LandingReader::Open(LogPath(data), static_cast<uint64_t>(ready->position) + 1));
    ASSIGN_OR_RETURN(const std::optional<LandedRecord> newer, reader.Next());
    if (newer) return std::optional<Database>();
  }
  return std::optional<Database>(std::move(database).value());
}

// Completes what a killed run left, and builds a lost or damaged database from the log.
Status MakeReady(const fs::path& data, const ProgressCallback& progress, std::vector<std::string>& notes) {
  std::error_code ignored;
  const bool was_lost = !fs::exists(DatabasePath(data), ignored);
  ASSIGN_OR_RETURN(Session session, OpenWritingSession(data, notes));
  if (was_lost) notes.push_back("the database was not there; the tables are built from the log");
  ASSIGN_OR_RETURN(Loader loader, Loader::Open(session.store, LogPath(data), session.settings.enrichment));
  IngestReport report;
  RETURN_IF_ERROR(CatchUp(data, session.store, loader, progress, report));
  notes.insert(notes.end(), report.damage.begin(), report.damage.end());
  return FinishTables(data, session.store, loader, progress, report);
}

}  // namespace

Status Prepare(const fs::path& data, const ProgressCallback& progress, std::vector<std::string>& notes) {
  const auto database = OpenPrepared(data, {}, progress, notes);
  return database.ok() ? Status() : Status(database.error());
}

Result<Database> OpenPrepared(const fs::path& data, const DatabaseOptions& options, const ProgressCallback& progress,
                              std::vector<std::string>& notes) {
  if (!IsDataFolder(data)) return NoDataFolder(data);
  ASSIGN_OR_RETURN(std::optional<Database> ready, OpenIfReady(data, options));
  if (ready) return std::move(*ready);
  RETURN_IF_ERROR(MakeReady(data, progress, notes));
  DatabaseOptions reading = options;
  reading.read_only = true;
  return Database::Open(DatabasePath(data), reading);
}

Result<DataCheck> Verify(const fs::path& data) {
  if (!IsDataFolder(data)) return NoDataFolder(data);
  DataCheck check;
  ASSIGN_OR_RETURN(const VerifyReport log, VerifyLog(LogPath(data)));
  check.segments = log.segments;
  check.log_records = log.records;
  check.log_bytes = log.stored_bytes;
  check.log_position = log.last_sequence;
  for (const LandingProblem& problem : log.problems) check.problems.push_back(Describe(problem));

  ASSIGN_OR_RETURN(const DataSettings settings, ReadSettings(data));
  const auto read = [&]() -> Result<TableStore::Readiness> {
    ASSIGN_OR_RETURN(Database database, Database::Open(DatabasePath(data), {.read_only = true}));
    ASSIGN_OR_RETURN(Connection connection, database.Connect());
    ASSIGN_OR_RETURN(const TableStore::Readiness readiness, TableStore::IsReadyForReading(connection, settings.tables));
    ASSIGN_OR_RETURN(check.table_rows, TableStore::CountRows(connection));
    return readiness;
  };
  const auto ready = read();
  if (!ready.ok()) {
    check.problems.push_back(ready.error().message);
    return check;
  }
  check.tables_position = static_cast<uint64_t>(ready->position);
  if (check.tables_position != check.log_position) {
    check.problems.push_back("the tables hold the log up to record " + std::to_string(check.tables_position) +
                             ", the log goes to " + std::to_string(check.log_position));
  }
  if (!ready->is_refreshed) check.problems.push_back("the tables were not finished after the last load");
  return check;
}

Result<std::string> ReadRecord(const fs::path& data, uint64_t sequence) {
  if (!IsDataFolder(data)) return NoDataFolder(data);
  ASSIGN_OR_RETURN(OwnedRecord record, FindRecord(LogPath(data), sequence));
  return std::move(record.bytes);
}

}  // namespace casebook
