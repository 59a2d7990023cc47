#include "queries/query_engine.h"

#include <mutex>
#include <thread>
#include <utility>

#include "analysis/distinct_counts.h"
#include "analysis/own_maximum.h"
#include "analysis/resolver.h"
#include "analysis/rows_an_id.h"
#include "engines/duckdb/emitter.h"
#include "engines/duckdb/register_functions.h"
#include "queries/query_parameters.h"
#include "schema/dataset.h"
#include "sql/parser.h"
#include "tables/views.h"

namespace casebook {
namespace {

// Nothing that a query does may reach beyond the database, or change how it is read.
constexpr const char* kLockDown =
    "SET enable_external_access = false;"
    "SET autoinstall_known_extensions = false;"
    "SET autoload_known_extensions = false;"
    "SET allow_community_extensions = false;";
constexpr const char* kOfTheConnection = "SET TimeZone = 'UTC'; SET schema = 'amazon_connect_enriched';";
// Not where somebody writes: he sets what he needs.
constexpr const char* kLockSettings = "SET lock_configuration = true;";

std::string_view StatementName(const sql::Statement& statement) {
  switch (statement.kind) {
    case sql::StatementKind::kQuery: return "SELECT";
    case sql::StatementKind::kCreateView: return "CREATE VIEW";
    case sql::StatementKind::kCreateFunction: return "CREATE FUNCTION";
    case sql::StatementKind::kCreateTableFunction: return "CREATE TABLE FUNCTION";
    case sql::StatementKind::kDrop: return "DROP";
    case sql::StatementKind::kDeclare: return "DECLARE";
    case sql::StatementKind::kSet: return "SET";
    case sql::StatementKind::kExplain: return "EXPLAIN";
  }
  Unreachable();
}

std::vector<AnswerColumn> ColumnsOf(const analysis::ResolvedQuery& query) {
  std::vector<AnswerColumn> columns;
  for (const analysis::OutputColumn& output : query.output) {
    const std::string unnamed = "f" + std::to_string(columns.size()) + "_";
    columns.push_back({output.name.empty() ? unnamed : output.name, query.TypeOf(output.column)});
  }
  return columns;
}

Result<std::vector<VectorReader>> MakeReaders(const std::vector<AnswerColumn>& columns, QueryResult& result) {
  std::vector<VectorReader> readers;
  for (size_t i = 0; i < columns.size(); ++i) {
    duckdb_logical_type engine_type = result.column_type(i);
    auto reader = VectorReader::Make(columns[i].type, engine_type);
    duckdb_destroy_logical_type(&engine_type);
    if (!reader.ok())
      return Error{reader.error().code, "column \"" + columns[i].name + "\": " + reader.error().message};
    readers.push_back(std::move(reader).value());
  }
  return readers;
}

}  // namespace

// The functions of our own in a database. Making them known takes longer than many a question, so it waits for the
// first that calls one.
class OwnFunctions {
 public:
  Status MakeKnown(Database& database, const std::string& engine_sql) {
    if (engine_sql.find("gs_") == std::string::npos) return {};
    const std::lock_guard lock(mutex_);
    if (are_known_) return {};
    // On a connection of its own: the asking one may still be in the transaction of an answer that was not read to its end.
    ASSIGN_OR_RETURN(Connection connection, database.Connect());
    RETURN_IF_ERROR(engines::RegisterFunctions(connection.handle()));
    are_known_ = true;
    return {};
  }

 private:
  std::mutex mutex_;
  bool are_known_ = false;
};

struct QueryEngine::Handles {
  std::shared_ptr<Database> database;
  Connection connection;
  std::shared_ptr<OwnFunctions> functions;
};

QueryEngine::QueryEngine(std::shared_ptr<Handles> handles, const Catalog& catalog, bool reads_rows_an_id)
    : handles_(std::move(handles)), catalog_(&catalog), reads_rows_an_id_(reads_rows_an_id) {}

Result<QueryEngine> QueryEngine::Open(const std::filesystem::path& path, const EngineOptions& options,
                                      const Catalog& catalog) {
  ASSIGN_OR_RETURN(Database database, Database::Open(path, {.read_only = true,
                                                            .memory_limit_mb = options.memory_limit_mb,
                                                            .threads = options.threads}));
  return Open(std::move(database), options, catalog);
}

Result<QueryEngine> QueryEngine::Open(Database database, const EngineOptions& options, const Catalog& catalog) {
  auto shared = std::make_shared<Database>(std::move(database));
  ASSIGN_OR_RETURN(QueryEngine engine, OpenShared(std::move(shared), options, catalog));
  RETURN_IF_ERROR(engine.handles_->connection.Execute(kLockSettings));
  return engine;
}

Result<QueryEngine> QueryEngine::OpenShared(std::shared_ptr<Database> database, const EngineOptions& options,
                                            const Catalog& catalog) {
  ASSIGN_OR_RETURN(Connection connection, database->Connect());
  RETURN_IF_ERROR(connection.Execute(std::string(kLockDown) + kOfTheConnection));
  auto handles = std::make_shared<Handles>(
      Handles{std::move(database), std::move(connection), std::make_shared<OwnFunctions>()});
  return QueryEngine(std::move(handles), catalog, options.reads_rows_an_id);
}

Result<QueryEngine> QueryEngine::Another() const {
  ASSIGN_OR_RETURN(Connection connection, handles_->database->Connect());
  RETURN_IF_ERROR(connection.Execute(kOfTheConnection));
  auto handles = std::make_shared<Handles>(Handles{handles_->database, std::move(connection), handles_->functions});
  return QueryEngine(std::move(handles), *catalog_, reads_rows_an_id_);
}

sql::SqlResult<PreparedQuery> QueryEngine::Prepare(std::string_view sql, const std::vector<QueryParameter>& parameters,
                                                   Timestamp now) const {
  ASSIGN_OR_RETURN(const sql::StatementPtr statement, sql::ParseStatement(sql));
  if (statement->kind != sql::StatementKind::kQuery) {
    return sql::UnsupportedSql(std::string(StatementName(*statement)) + " is not supported", statement->range.begin);
  }
  return Prepare(*sql::As<sql::QueryStatement>(*statement).query, ToResolveOptions(parameters, now));
}

sql::SqlResult<PreparedQuery> QueryEngine::Prepare(const sql::Query& query,
                                                   const analysis::ResolveOptions& options) const {
  ASSIGN_OR_RETURN(const analysis::ResolvedQuery resolved, Resolve(query, options));
  ASSIGN_OR_RETURN(std::string engine_sql, engines::EmitDuckDb(resolved));
  return PreparedQuery{ColumnsOf(resolved), std::move(engine_sql), options.now};
}

sql::SqlResult<std::string> QueryEngine::Explain(const sql::Query& query,
                                                 const analysis::ResolveOptions& options) const {
  ASSIGN_OR_RETURN(const analysis::ResolvedQuery resolved, Resolve(query, options));
  ASSIGN_OR_RETURN(const std::string engine_sql, engines::EmitDuckDb(resolved));
  return analysis::PrintResolved(resolved) + engine_sql + "\n";
}

sql::SqlResult<analysis::ResolvedQuery> QueryEngine::Resolve(const sql::Query& query,
                                                             const analysis::ResolveOptions& options) const {
  ASSIGN_OR_RETURN(analysis::ResolvedQuery resolved, analysis::Resolve(query, *catalog_, options));
  if (reads_rows_an_id_) {
    analysis::DropOwnMaximum(resolved);
    analysis::ReadRowsAnId(resolved);
  }
  analysis::CountDistinctTogether(resolved);
  return resolved;
}

Result<Answer> QueryEngine::Run(const PreparedQuery& query, const Limits& limits) {
  Connection& connection = handles_->connection;
  if (query.engine_sql.find(kOfTheInstant) != std::string::npos) {
    std::string now = FormatTimestamp(query.now);
    now.pop_back();  // the Z: the engine's TIMESTAMP has no zone
    RETURN_IF_ERROR(connection.Execute("SET VARIABLE casebook_now = TIMESTAMP " + QuoteText(now)));
  }
  RETURN_IF_ERROR(handles_->functions->MakeKnown(*handles_->database, query.engine_sql));
  auto watch = std::make_unique<QueryWatch>(connection, limits);
  auto result = connection.Stream(query.engine_sql);
  if (!result.ok()) return QueryFailure(*watch, limits, result.error());
  ASSIGN_OR_RETURN(std::vector<VectorReader> readers, MakeReaders(query.columns, result.value()));
  return Answer(query.columns, std::move(readers), std::move(result).value(), std::move(watch), limits);
}

Result<Timestamp> QueryEngine::DataReach() {
  ASSIGN_OR_RETURN(const int64_t micros,
                   handles_->connection.QueryInt64("SELECT value FROM stored.state WHERE name = 'received_up_to_us'"));
  return Timestamp{micros};
}

}  // namespace casebook
