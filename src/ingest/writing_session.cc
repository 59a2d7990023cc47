#include "ingest/writing_session.h"

#include "base/file.h"
#include "landing/landing_reader.h"

namespace casebook {

namespace fs = std::filesystem;

fs::path LogPath(const fs::path& data) { return data / "log"; }

namespace {

// Moves the database out of the way, for people to look at; the log makes it anew.
Status SetDatabaseAside(const fs::path& data, const Clock& clock) {
  const fs::path path = DatabasePath(data);
  const std::string suffix = ".damaged-" + std::to_string(clock.Now().micros);
  for (const std::string& part : {std::string(), std::string(".wal")}) {
    const fs::path from = path.string() + part;
    std::error_code ignored;
    if (fs::exists(from, ignored)) {
      RETURN_IF_ERROR(RealFileSystem().Rename(from, path.string() + suffix + part));
    }
  }
  return RealFileSystem().SyncDirectory(data);
}

// Opens the tables; a damaged database is set aside and an empty one opened in its place.
Result<TableStore> OpenTables(const fs::path& data, const DataSettings& settings, std::vector<std::string>& notes) {
  auto store = TableStore::Open(DatabasePath(data), settings.tables);
  if (store.ok() || store.error().code != ErrorCode::kCorrupt) return store;
  notes.push_back(store.error().message + "; it was set aside, and the tables are built from the log");
  RETURN_IF_ERROR(SetDatabaseAside(data, SystemClock()));
  return TableStore::Open(DatabasePath(data), settings.tables);
}

uint64_t SizeOfLog(const fs::path& data) {
  uint64_t bytes = 0;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(LogPath(data), ignored)) {
    if (entry.is_regular_file(ignored)) bytes += entry.file_size(ignored);
  }
  return bytes;
}

class LogStream final : public RecordStream {
 public:
  explicit LogStream(LandingReader& reader) : reader_(reader) {}
  Result<LandedBatch> Next() override {
    LandedBatch batch;
    RETURN_IF_ERROR(reader_.NextBatch(batch));
    return batch;
  }

 private:
  LandingReader& reader_;
};

void AddProblems(const LandingReader& reader, IngestReport& report) {
  for (const LandingProblem& problem : reader.problems()) report.damage.push_back(Describe(problem));
}

}  // namespace

bool IsDataFolder(const fs::path& data) {
  std::error_code ignored;
  return fs::is_directory(LogPath(data), ignored);
}

Error NoDataFolder(const fs::path& data) {
  return NotFound("no Casebook data in " + data.string() + "; `casebook ingest --data " + data.string() +
                  " FILE` makes it");
}

Status MakeDataFolder(const fs::path& data) {
  std::error_code error;
  fs::create_directories(LogPath(data), error);
  if (error) return IoError("could not create " + LogPath(data).string() + ": " + error.message());
  RETURN_IF_ERROR(RealFileSystem().SyncDirectory(data));
  return {};
}

std::string LogEnd(const fs::path& data) {
  fs::path last;
  std::error_code error;
  for (fs::directory_iterator entry(LogPath(data), error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == ".log" && entry->path() > last) last = entry->path();
  }
  if (error || last.empty()) return "";
  const auto bytes = fs::file_size(last, error);
  return error ? "" : last.filename().string() + " " + std::to_string(bytes);
}

Status CatchUp(const fs::path& data, TableStore& store, Loader& loader, const ProgressCallback& progress,
               IngestReport& report) {
  ASSIGN_OR_RETURN(LandingReader reader,
                   LandingReader::Open(LogPath(data), static_cast<uint64_t>(store.position()) + 1));
  const uint64_t total = SizeOfLog(data);
  LogStream stream(reader);
  const auto tick = [&](uint64_t bytes) {
    // The log is compressed, so what is loaded may be more than its size.
    if (progress) progress({"loading", bytes, bytes < total ? total : 0});
  };
  RETURN_IF_ERROR(loader.Load(stream, tick, report));
  AddProblems(reader, report);
  return {};
}

Status FinishTables(const fs::path& data, TableStore& store, Loader& loader, const ProgressCallback& progress,
                    IngestReport& report) {
  if (progress) progress({"finishing", report.bytes, report.bytes});
  RETURN_IF_ERROR(loader.Finish());
  RETURN_IF_ERROR(store.Begin());
  RETURN_IF_ERROR(store.SetState("log_end", LogEnd(data)));
  RETURN_IF_ERROR(store.CommitKeepingPosition());
  return store.connection().Execute("CHECKPOINT");
}

Result<WritingSession> OpenWritingSession(const fs::path& data, std::vector<std::string>& notes,
                                          std::optional<uint64_t> memory_limit_mb) {
  // The log's lock comes first: it is what keeps two writers apart.
  ASSIGN_OR_RETURN(DataSettings settings, ReadSettings(data));
  if (memory_limit_mb) settings.tables.memory_limit_mb = settings.tables.finish_memory_limit_mb = *memory_limit_mb;
  ASSIGN_OR_RETURN(LandingLog first, LandingLog::Open(LogPath(data)));
  ASSIGN_OR_RETURN(TableStore store, OpenTables(data, settings, notes));
  const auto next = static_cast<uint64_t>(store.position()) + 1;
  if (first.next_sequence() >= next) return WritingSession{std::move(settings), std::move(first), std::move(store)};
  // The log lost its tail. No sequence that the tables have seen is given twice.
  { const LandingLog closed = std::move(first); }
  LandingLogOptions options;
  options.next_sequence_min = next;
  ASSIGN_OR_RETURN(LandingLog log, LandingLog::Open(LogPath(data), RealFileSystem(), options));
  return WritingSession{std::move(settings), std::move(log), std::move(store)};
}

}  // namespace casebook
