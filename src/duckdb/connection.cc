#include "duckdb/connection.h"

#include <chrono>
#include <thread>

namespace casebook {
namespace {

std::string Quote(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (const char c : text) {
    if (c == quote) quoted.push_back(quote);
    quoted.push_back(c);
  }
  quoted.push_back(quote);
  return quoted;
}

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

Error OpenError(const std::filesystem::path& path, const std::string& message) {
  if (Contains(message, "Could not set lock")) {
    return IoError("could not open " + path.string() + ": another casebook process has it open; wait for it to end");
  }
  if (Contains(message, "No space left") || Contains(message, "Permission denied")) {
    return IoError("could not open " + path.string() + ": " + message);
  }
  return Corrupt("cannot read database " + path.string() + ": " + message);
}

struct Config {
  Config() { duckdb_create_config(&value); }
  ~Config() { duckdb_destroy_config(&value); }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
  duckdb_config value = nullptr;
};

// How long a thread sleeps that has nothing to do for its statement.
constexpr std::chrono::microseconds kPause{100};

// Runs a statement to its end. While other threads of the engine have all the work that there is, this one sleeps:
// the engine's own loop asks for work without a pause, which costs a processor for nothing.
Status RunToEnd(duckdb_prepared_statement statement) {
  duckdb_pending_result pending = nullptr;
  if (duckdb_pending_prepared(statement, &pending) != DuckDBSuccess) {
    Error error = RuntimeError(duckdb_pending_error(pending));
    duckdb_destroy_pending(&pending);
    return error;
  }
  duckdb_pending_state state = DUCKDB_PENDING_RESULT_NOT_READY;
  while (state == DUCKDB_PENDING_RESULT_NOT_READY || state == DUCKDB_PENDING_NO_TASKS_AVAILABLE) {
    state = duckdb_pending_execute_task(pending);
    if (state == DUCKDB_PENDING_NO_TASKS_AVAILABLE) std::this_thread::sleep_for(kPause);
  }
  if (state == DUCKDB_PENDING_ERROR) {
    Error error = RuntimeError(duckdb_pending_error(pending));
    duckdb_destroy_pending(&pending);
    return error;
  }
  duckdb_result result;
  Status status;
  if (duckdb_execute_pending(pending, &result) != DuckDBSuccess) status = RuntimeError(duckdb_result_error(&result));
  duckdb_destroy_result(&result);
  duckdb_destroy_pending(&pending);
  return status;
}

}  // namespace

std::string QuoteIdentifier(std::string_view name) { return Quote(name, '"'); }
std::string QuoteText(std::string_view text) { return Quote(text, '\''); }

std::string_view VectorText(duckdb_vector vector, size_t row) {
  auto* texts = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
  return {duckdb_string_t_data(&texts[row]), duckdb_string_t_length(texts[row])};
}

bool VectorIsNull(duckdb_vector vector, size_t row) {
  uint64_t* validity = duckdb_vector_get_validity(vector);
  return validity != nullptr && !duckdb_validity_row_is_valid(validity, row);
}

Result<std::optional<ResultChunk>> QueryResult::Next() {
  duckdb_data_chunk chunk = duckdb_fetch_chunk(result_);
  if (chunk != nullptr) return std::optional<ResultChunk>(std::in_place, chunk);
  const char* message = duckdb_result_error(&result_);
  if (message != nullptr && *message != '\0') return RuntimeError(message);
  return std::optional<ResultChunk>();
}

Result<QueryResult> Connection::Query(const std::string& sql) {
  duckdb_result result;
  if (duckdb_query(connection_, sql.c_str(), &result) == DuckDBSuccess) return QueryResult(result);
  Error error = RuntimeError(duckdb_result_error(&result));
  duckdb_destroy_result(&result);
  return error;
}

Status Connection::Execute(const std::string& sql) {
  duckdb_extracted_statements statements = nullptr;
  const idx_t count = duckdb_extract_statements(connection_, sql.c_str(), &statements);
  Status status;
  if (count == 0) {
    const char* const message = duckdb_extract_statements_error(statements);
    if (message != nullptr) status = RuntimeError(message);
  }
  for (idx_t i = 0; i < count && status.ok(); ++i) {
    duckdb_prepared_statement statement = nullptr;
    const bool sound = duckdb_prepare_extracted_statement(connection_, statements, i, &statement) == DuckDBSuccess;
    status = sound ? RunToEnd(statement) : Status(RuntimeError(duckdb_prepare_error(statement)));
    duckdb_destroy_prepare(&statement);
  }
  duckdb_destroy_extracted(&statements);
  return status;
}

Result<QueryResult> Connection::Stream(const std::string& sql) {
  duckdb_prepared_statement statement = nullptr;
  if (duckdb_prepare(connection_, sql.c_str(), &statement) != DuckDBSuccess) {
    Error error = RuntimeError(duckdb_prepare_error(statement));
    duckdb_destroy_prepare(&statement);
    return error;
  }
  duckdb_pending_result pending = nullptr;
  duckdb_result result;
  const bool started = duckdb_pending_prepared_streaming(statement, &pending) == DuckDBSuccess;
  const bool done = started && duckdb_execute_pending(pending, &result) == DuckDBSuccess;
  Error error = RuntimeError("");
  if (!done) error.message = started ? duckdb_result_error(&result) : duckdb_pending_error(pending);
  if (started && !done) duckdb_destroy_result(&result);
  duckdb_destroy_pending(&pending);
  duckdb_destroy_prepare(&statement);
  if (!done) return error;
  return QueryResult(result);
}

Result<int64_t> Connection::QueryInt64(const std::string& sql) {
  ASSIGN_OR_RETURN(QueryResult result, Query("SELECT CAST((" + sql + ") AS BIGINT)"));
  ASSIGN_OR_RETURN(std::optional<ResultChunk> chunk, result.Next());
  if (!chunk || chunk->size() == 0 || VectorIsNull(chunk->vector(0), 0)) return int64_t{0};
  return static_cast<int64_t*>(duckdb_vector_get_data(chunk->vector(0)))[0];
}

Result<std::string> Connection::QueryText(const std::string& sql) {
  ASSIGN_OR_RETURN(QueryResult result, Query("SELECT CAST((" + sql + ") AS VARCHAR)"));
  ASSIGN_OR_RETURN(std::optional<ResultChunk> chunk, result.Next());
  if (!chunk || chunk->size() == 0 || VectorIsNull(chunk->vector(0), 0)) return std::string();
  return std::string(VectorText(chunk->vector(0), 0));
}

Result<Transaction> Transaction::Begin(Connection& connection) {
  RETURN_IF_ERROR(connection.Execute("BEGIN"));
  return Transaction(connection);
}

Transaction::~Transaction() {
  if (connection_ == nullptr) return;
  const Status ignored = connection_->Execute("ROLLBACK");
  static_cast<void>(ignored);
}

Status Transaction::Commit() {
  // A commit that failed has rolled back already.
  return std::exchange(connection_, nullptr)->Execute("COMMIT");
}

Result<Database> Database::Open(const std::filesystem::path& path, const DatabaseOptions& options) {
  Config config;
  const auto set = [&](const char* name, const std::string& value) {
    return duckdb_set_config(config.value, name, value.c_str()) == DuckDBSuccess;
  };
  bool sound = set("access_mode", options.read_only ? "READ_ONLY" : "AUTOMATIC");
  // A file is read by this program alone, so it may use the compression that older versions of the engine lack.
  sound &= set("storage_compatibility_version", "latest");
  if (options.memory_limit_mb > 0) sound &= set("memory_limit", std::to_string(options.memory_limit_mb) + "MB");
  if (options.threads > 0) sound &= set("threads", std::to_string(options.threads));
  if (!sound) return Invalid("unknown setting for the embedded engine");

  // The size of row groups can be told with ATTACH alone.
  const bool attach = options.row_group_rows > 0 && !path.empty();
  duckdb_database database = nullptr;
  char* message = nullptr;
  const bool in_memory = path.empty() || attach;
  if (duckdb_open_ext(in_memory ? nullptr : path.c_str(), &database, config.value, &message) != DuckDBSuccess) {
    Error error = OpenError(path, message == nullptr ? "unknown reason" : message);
    duckdb_free(message);
    return error;
  }
  Database opened(database);
  if (attach) RETURN_IF_ERROR(opened.Attach(path, options.row_group_rows));
  return opened;
}

// Under the name that the engine itself gives to a file that it opens, so that all that is stored reads alike.
Status Database::Attach(const std::filesystem::path& path, uint64_t row_group_rows) {
  ASSIGN_OR_RETURN(Connection connection, Connect());
  const std::string name = path.stem().string();
  const std::string options = "STORAGE_VERSION 'latest', ROW_GROUP_SIZE " + std::to_string(row_group_rows);
  RETURN_IF_ERROR(connection.Execute("SET temp_directory = " + QuoteText(path.string() + ".tmp")));
  const Status attached = connection.Execute("ATTACH " + QuoteText(path.string()) + " AS " + QuoteIdentifier(name) +
                                             " (" + options + ")");
  if (!attached.ok()) return OpenError(path, attached.error().message);
  attached_ = name;
  return {};
}

Result<Connection> Database::Connect() {
  duckdb_connection connection = nullptr;
  if (duckdb_connect(database_, &connection) != DuckDBSuccess) return RuntimeError("could not connect to the engine");
  Connection connected(connection);
  if (!attached_.empty()) RETURN_IF_ERROR(connected.Execute("USE " + QuoteIdentifier(attached_)));
  return connected;
}

}  // namespace casebook
