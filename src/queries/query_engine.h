// QueryEngine: the reading spine. Text → tree → meaning → the engine's SQL → rows.
//
// One an open database; one query at a time (each thread that asks has its own). A user's SQL never reaches the
// database: only what the emitter made of the resolved tree does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/resolver.h"
#include "base/result.h"
#include "base/timestamp.h"
#include "duckdb/connection.h"
#include "queries/answer.h"
#include "queries/parameter.h"
#include "schema/catalog.h"
#include "sql/sql_error.h"

namespace casebook {

struct EngineOptions {
  uint64_t memory_limit_mb = 0;  // 0: the engine's own default, four fifths of the machine's
  int threads = 0;               // 0: as many as the machine has
  bool reads_rows_an_id = true;  // false: every table is read as it is and all of it; for tests that compare
};

// A query that makes sense, ready to run.
struct PreparedQuery {
  std::vector<AnswerColumn> columns;
  std::string engine_sql;
  Timestamp now;
};

class QueryEngine {
 public:
  // Opens the database at `path` for reading; several may be open at once, in several processes. `catalog` is
  // borrowed. kIo while an ingest has the database.
  static Result<QueryEngine> Open(const std::filesystem::path& path, const EngineOptions& options,
                                  const Catalog& catalog);
  // The same over a database that is open already.
  static Result<QueryEngine> Open(Database database, const EngineOptions& options, const Catalog& catalog);
  // Over a database that this process writes to. Once a database; further engines on it come of Another().
  static Result<QueryEngine> OpenShared(std::shared_ptr<Database> database, const EngineOptions& options,
                                        const Catalog& catalog);
  // One more engine on the same database, for another thread.
  Result<QueryEngine> Another() const;

  // What `sql`, one statement, means; `now` is its CURRENT_TIMESTAMP.
  sql::SqlResult<PreparedQuery> Prepare(std::string_view sql, const std::vector<QueryParameter>& parameters,
                                        Timestamp now) const;
  // What a query of a script means; `options` hold its parameters, variables and definitions.
  sql::SqlResult<PreparedQuery> Prepare(const sql::Query& query, const analysis::ResolveOptions& options) const;
  // The resolved tree and the engine's SQL, as people read them, line by line.
  sql::SqlResult<std::string> Explain(const sql::Query& query, const analysis::ResolveOptions& options) const;

  // Starts `query`; rows are made as the answer is read. The answer must go before the next Run and before the
  // engine. kLimit where a limit is passed, kRuntime where the engine fails.
  Result<Answer> Run(const PreparedQuery& query, const Limits& limits);

  // When the newest record came that the tables hold; 0 where they hold none.
  Result<Timestamp> DataReach();

 private:
  // Connection and database move with the engine; a running answer's watch keeps the connection's address.
  struct Handles;

  sql::SqlResult<analysis::ResolvedQuery> Resolve(const sql::Query& query,
                                                  const analysis::ResolveOptions& options) const;

  QueryEngine(std::shared_ptr<Handles> handles, const Catalog& catalog, bool reads_rows_an_id);

  std::shared_ptr<Handles> handles_;  // owned by the engine and its answers
  const Catalog* catalog_;            // borrowed; outlives the engine
  bool reads_rows_an_id_;
};

}  // namespace casebook
