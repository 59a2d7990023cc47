// Database, Connection and QueryResult: DuckDB's C API with ownership and errors.
//
// Only this folder and engines/duckdb include duckdb.h. SQL given here is our own or an emitter's, never a user's.
#pragma once

#include <duckdb.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace casebook {

struct DatabaseOptions {
  bool read_only = false;
  uint64_t memory_limit_mb = 0;  // 0: DuckDB's own default
  int threads = 0;               // 0: as many as the machine has
  uint64_t row_group_rows = 0;   // of row groups that are written, a multiple of 2,048; 0: DuckDB's own default
};

// One chunk of at most 2,048 rows of an answer. Data and validity are DuckDB's own vectors.
class ResultChunk {
 public:
  explicit ResultChunk(duckdb_data_chunk chunk) : chunk_(chunk) {}
  ~ResultChunk() { duckdb_destroy_data_chunk(&chunk_); }
  ResultChunk(ResultChunk&& other) noexcept : chunk_(other.chunk_) { other.chunk_ = nullptr; }
  ResultChunk& operator=(ResultChunk&& other) noexcept {
    std::swap(chunk_, other.chunk_);
    return *this;
  }
  ResultChunk(const ResultChunk&) = delete;
  ResultChunk& operator=(const ResultChunk&) = delete;

  size_t size() const { return duckdb_data_chunk_get_size(chunk_); }
  duckdb_vector vector(size_t column) const { return duckdb_data_chunk_get_vector(chunk_, column); }

 private:
  duckdb_data_chunk chunk_;
};

// The text of row `row` of a VARCHAR or BLOB vector; lives as long as the chunk.
std::string_view VectorText(duckdb_vector vector, size_t row);
bool VectorIsNull(duckdb_vector vector, size_t row);

class QueryResult {
 public:
  explicit QueryResult(duckdb_result result) : result_(result) {}
  ~QueryResult() { duckdb_destroy_result(&result_); }
  QueryResult(QueryResult&& other) noexcept : result_(other.result_) { other.result_ = {}; }
  QueryResult& operator=(QueryResult&&) = delete;
  QueryResult(const QueryResult&) = delete;

  size_t column_count() { return duckdb_column_count(&result_); }
  std::string column_name(size_t column) { return duckdb_column_name(&result_, column); }
  // The caller destroys it with duckdb_destroy_logical_type.
  duckdb_logical_type column_type(size_t column) { return duckdb_column_logical_type(&result_, column); }

  // The next chunk, or nullopt at the end.
  Result<std::optional<ResultChunk>> Next();
  // How many rows an INSERT, UPDATE or DELETE changed.
  uint64_t rows_changed() { return duckdb_rows_changed(&result_); }

 private:
  duckdb_result result_;
};

class Connection {
 public:
  explicit Connection(duckdb_connection connection) : connection_(connection) {}
  ~Connection() { duckdb_disconnect(&connection_); }
  Connection(Connection&& other) noexcept : connection_(other.connection_) { other.connection_ = nullptr; }
  Connection& operator=(Connection&&) = delete;
  Connection(const Connection&) = delete;

  // Runs `sql` (one statement or several; the answer of the last). kRuntime with DuckDB's message on failure.
  Result<QueryResult> Query(const std::string& sql);
  Status Execute(const std::string& sql);
  // As Query, but chunks are made as they are fetched, so an answer of any size takes constant memory.
  Result<QueryResult> Stream(const std::string& sql);
  // The first column of the first row, which must be a number; 0 for NULL.
  Result<int64_t> QueryInt64(const std::string& sql);
  // The first column of the first row, which must be text; "" for NULL or no row.
  Result<std::string> QueryText(const std::string& sql);

  // Stops what runs on this connection; for another thread or a signal handler's thread.
  void Interrupt() { duckdb_interrupt(connection_); }
  duckdb_connection handle() { return connection_; }

 private:
  duckdb_connection connection_;
};

// Runs BEGIN now and ROLLBACK in its destructor, unless Commit() was called.
class Transaction {
 public:
  static Result<Transaction> Begin(Connection& connection);
  ~Transaction();
  Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Status Commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;  // borrowed; nullptr once over
};

class Database {
 public:
  // Opens or creates the database file; an empty path is a database in memory.
  // kCorrupt where the file is no database or damaged, kIo where it is locked by another process.
  static Result<Database> Open(const std::filesystem::path& path, const DatabaseOptions& options);
  ~Database() { duckdb_close(&database_); }
  Database(Database&& other) noexcept
      : database_(std::exchange(other.database_, nullptr)), attached_(std::move(other.attached_)) {}
  Database& operator=(Database&&) = delete;
  Database(const Database&) = delete;

  Result<Connection> Connect();

 private:
  explicit Database(duckdb_database database) : database_(database) {}
  Status Attach(const std::filesystem::path& path, uint64_t row_group_rows);

  duckdb_database database_;
  std::string attached_;  // the name of the file where that is not the database of the connections from the start
};

// `name` in double quotes, as an identifier; `text` in single quotes, as a literal.
std::string QuoteIdentifier(std::string_view name);
std::string QuoteText(std::string_view text);

}  // namespace casebook
