#include "bench/conformance_runner.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "analysis/definitions.h"
#include "bench/conformance_sql.h"
#include "engines/duckdb/emitter.h"
#include "engines/duckdb/register_functions.h"
#include "queries/value_text.h"
#include "queries/vector_reader.h"
#include "sql/parser.h"

namespace casebook::conformance {
namespace {

constexpr uint64_t kMemoryLimitMb = 2048;
constexpr Timestamp kNow{1'750'000'000'000'000};

constexpr const char* kLockDown =
    "SET enable_external_access = false;"
    "SET autoinstall_known_extensions = false;"
    "SET autoload_known_extensions = false;"
    "SET TimeZone = 'UTC';"
    "SET lock_configuration = true;"
    "SET VARIABLE casebook_now = TIMESTAMP '2025-06-15 15:06:40'";

// The engine says so of SQL that it cannot run, not of values: our mistake, whatever the case expects.
constexpr auto kFaults =
    std::to_array<std::string_view>({"Reader Error", "Binder Error", "Parser Error", "Catalog Error", "INTERNAL Error",
                                     "Not implemented Error", "FATAL Error"});

Json Failure(std::string_view kind, std::string_view message) { return {{"error", message}, {"kind", kind}}; }

Json SqlFailure(const std::string& script, const sql::SqlError& error) {
  const bool is_invalid = error.kind == sql::SqlErrorKind::kInvalid;
  return Failure(is_invalid ? "invalid" : "unsupported", sql::FormatErrorLine(script, error));
}

std::string_view StatementName(sql::StatementKind kind) {
  switch (kind) {
    case sql::StatementKind::kQuery: return "Several queries";
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

Json NotSupported(const sql::Statement& statement) {
  return Failure("unsupported", std::string(StatementName(statement.kind)) + " is not supported");
}

bool IsSorted(const analysis::Scan& scan) {
  using analysis::As;
  switch (scan.kind) {
    case analysis::ScanKind::kSort: return true;
    case analysis::ScanKind::kLimit: return IsSorted(*As<analysis::LimitScan>(scan).input);
    case analysis::ScanKind::kProject: return IsSorted(*As<analysis::ProjectScan>(scan).input);
    case analysis::ScanKind::kWith: return IsSorted(*As<analysis::WithScan>(scan).body);
    default: return false;
  }
}

// The columns of a query; those whose names were made up have none.
std::vector<AnswerColumn> ColumnsOf(const analysis::ResolvedQuery& query) {
  std::vector<AnswerColumn> columns;
  int unnamed = 0;
  for (const analysis::OutputColumn& output : query.output) {
    const bool is_made_up = output.name == "f" + std::to_string(unnamed) + "_";
    if (is_made_up) ++unnamed;
    columns.push_back({is_made_up ? "" : output.name, query.TypeOf(output.column)});
  }
  return columns;
}

analysis::ParameterValue ToParameter(const Type& type, const AnswerValue& value) {
  analysis::ParameterValue parameter;
  parameter.type = type;
  parameter.is_null = value.is_null();
  if (value.is_null()) return parameter;
  if (type.IsArray() || type.IsStruct()) {
    for (size_t i = 0; i < value.list().size(); ++i) {
      const Type& part = type.IsArray() ? type.element() : type.fields()[i].type;
      parameter.parts.push_back(ToParameter(part, value.list()[i]));
    }
  } else {
    parameter.text = type.kind() == TypeKind::kBytes ? value.text() : ValueText(type, value);
  }
  return parameter;
}

Result<std::vector<VectorReader>> MakeReaders(const std::vector<AnswerColumn>& columns, QueryResult& result) {
  std::vector<VectorReader> readers;
  for (size_t i = 0; i < columns.size(); ++i) {
    duckdb_logical_type engine_type = result.column_type(i);
    auto reader = VectorReader::Make(columns[i].type, engine_type);
    duckdb_destroy_logical_type(&engine_type);
    if (!reader.ok()) return Unsupported("Reader Error: " + reader.error().message);
    readers.push_back(std::move(reader).value());
  }
  return readers;
}

}  // namespace

Runner::Runner(const CaseSet& set, Database database, Connection connection)
    : set_(&set), database_(std::move(database)), connection_(std::move(connection)) {}

Result<Runner> Runner::Open(const CaseSet& set) {
  ASSIGN_OR_RETURN(Database database, Database::Open("", {.memory_limit_mb = kMemoryLimitMb, .threads = 1}));
  ASSIGN_OR_RETURN(Connection connection, database.Connect());
  RETURN_IF_ERROR(engines::RegisterFunctions(connection.handle()));
  RETURN_IF_ERROR(connection.Execute(kLockDown));
  return Runner(set, std::move(database), std::move(connection));
}

Json Runner::Run(const Case& item) {
  CaseCatalog catalog;
  std::string script;
  for (const std::string& id : item.prepare) {
    const Status added = AddPrepare(id, catalog, script);
    if (!added.ok()) return Failure("unsupported", added.error().message);
  }
  script += WithFloat64(item.sql);
  analysis::ResolveOptions options;
  options.now = kNow;
  options.default_time_zone = item.time_zone;
  AddParameters(item, options, script);

  Attempt attempt = RunScript(script, catalog, options);
  if (Json* failure = std::get_if<Json>(&attempt)) return std::move(*failure);
  const Rows& answer = std::get<Rows>(attempt);
  Json json{{"columns", Json::array()}, {"rows", Json::array()}};
  for (const AnswerColumn& column : answer.columns) {
    json["columns"].push_back({{"name", column.name}, {"type", TypeToJson(column.type)}});
  }
  for (const auto& row : answer.rows) {
    Json values = Json::array();
    for (size_t i = 0; i < row.size(); ++i) values.push_back(ValueToJson(answer.columns[i].type, row[i]));
    json["rows"].push_back(std::move(values));
  }
  json["ordered"] = answer.rows.size() < 2 ? Json() : Json(answer.is_sorted);
  if (answer.is_value_table && answer.columns.size() == 1) json["value_table"] = true;
  return json;
}

// A table becomes one of the catalog; what is no table is made by the front end, before the query.
Status Runner::AddPrepare(const std::string& id, CaseCatalog& catalog, std::string& script) {
  const auto found = set_->prepares.find(id);
  if (found == set_->prepares.end()) return NotFound("no such table: " + id);
  const Prepare& prepare = found->second;
  const bool collates = prepare.sql.find(" COLLATE ") != std::string::npos;
  if (collates && IsRefusable(id.substr(0, id.find('#')))) return Unsupported("COLLATE is not supported");
  for (const std::string& need : prepare.needs) RETURN_IF_ERROR(AddPrepare(need, catalog, script));
  if (!prepare.has_rows) {
    script += WithFloat64(prepare.sql) + "\n;\n";
    return {};
  }
  ASSIGN_OR_RETURN(const StoredTable* stored, tables_.FindOrStore(prepare, connection_));
  catalog.Add(*stored);
  return {};
}

void Runner::AddParameters(const Case& item, analysis::ResolveOptions& options, std::string& script) {
  for (const auto& [name, expression] : item.parameters) {
    analysis::ResolveOptions plain;
    plain.now = options.now;
    plain.default_time_zone = options.default_time_zone;
    const std::string query = WithFloat64("SELECT (" + expression + ")");
    const Attempt attempt = RunScript(query, CaseCatalog(), plain);
    if (const Rows* answer = std::get_if<Rows>(&attempt)) {
      options.named_parameters.push_back({name, ToParameter(answer->columns[0].type, answer->rows.at(0).at(0))});
    } else {
      script = WithInlined(script, name, WithFloat64(expression));
    }
  }
}

// Views and functions, then one query that may use them.
Runner::Attempt Runner::RunScript(const std::string& script, const Catalog& catalog,
                                  const analysis::ResolveOptions& options) {
  auto parsed = sql::ParseScript(script);
  if (!parsed.ok()) return SqlFailure(script, parsed.error());
  std::vector<sql::StatementPtr>& statements = parsed->statements;
  if (statements.empty()) return Failure("invalid", "no statement");
  analysis::Definitions definitions;
  for (size_t i = 0; i + 1 < statements.size(); ++i) {
    if (analysis::DefinedName(*statements[i]) == nullptr) return NotSupported(*statements[i]);
    definitions.Put(std::move(statements[i]));
  }
  if (statements.back()->kind != sql::StatementKind::kQuery) return NotSupported(*statements.back());
  analysis::ResolveOptions with_definitions = options;
  with_definitions.definitions = &definitions;
  return RunQuery(script, *sql::As<sql::QueryStatement>(*statements.back()).query, catalog, with_definitions);
}

Runner::Attempt Runner::RunQuery(const std::string& script, const sql::Query& query, const Catalog& catalog,
                                 const analysis::ResolveOptions& options) {
  const auto resolved = analysis::Resolve(query, catalog, options);
  if (!resolved.ok()) return SqlFailure(script, resolved.error());
  const auto engine_sql = engines::EmitDuckDb(resolved.value());
  if (!engine_sql.ok()) return SqlFailure(script, engine_sql.error());
  Rows answer;
  answer.columns = ColumnsOf(resolved.value());
  answer.is_value_table = resolved->is_value_table;
  answer.is_sorted = IsSorted(*resolved->scan);
  const Status fetched = Fetch(engine_sql.value(), answer);
  if (!fetched.ok()) return EngineFailure(fetched.error());
  return answer;
}

Status Runner::Fetch(const std::string& engine_sql, Rows& answer) {
  ASSIGN_OR_RETURN(QueryResult result, connection_.Stream(engine_sql));
  ASSIGN_OR_RETURN(const std::vector<VectorReader> readers, MakeReaders(answer.columns, result));
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<ResultChunk> chunk, result.Next());
    if (!chunk) return {};
    if (answer.rows.size() + chunk->size() > kMaxAnswerRows) return LimitPassed("too many rows");
    for (size_t row = 0; row < chunk->size(); ++row) {
      std::vector<AnswerValue>& values = answer.rows.emplace_back();
      for (size_t i = 0; i < readers.size(); ++i) values.push_back(readers[i].Read(chunk->vector(i), row));
    }
  }
}

Json Runner::EngineFailure(const Error& error) {
  const std::string line = error.message.substr(0, error.message.find('\n'));
  // A function of ours that meets what it cannot do says so.
  const bool refuses = line.starts_with("Invalid Input Error") && line.ends_with(" not supported");
  Json failure = Failure(refuses ? "unsupported" : "runtime", line);
  const auto says = [&](std::string_view words) { return error.message.find(words) != std::string::npos; };
  if (std::any_of(kFaults.begin(), kFaults.end(), says)) failure["fault"] = true;
  spent_ = says("INTERNAL Error") || says("FATAL Error");
  return failure;
}

}  // namespace casebook::conformance
