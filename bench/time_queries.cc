// time_queries: asks queries again and again in one process and prints what each took, one JSON line a query.
//
// Each time counts all that a client of a running server waits for: parsing, planning, running, reading every row.
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "ingest/ingest.h"
#include "queries/query_engine.h"
#include "queries/value_text.h"
#include "schema/dataset.h"
#include "sql/parser.h"

namespace casebook {
namespace {

struct Options {
  std::string data;
  std::string now;
  int runs = 20;
  std::vector<std::string> queries;
};

double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Error AsError(const sql::SqlError& error) { return Invalid(error.message); }

// Asks once; the number of rows.
Result<uint64_t> Ask(QueryEngine& engine, const std::string& sql, Timestamp now) {
  auto prepared = engine.Prepare(sql, {}, now);
  if (!prepared.ok()) return AsError(prepared.error());
  ASSIGN_OR_RETURN(Answer answer, engine.Run(*prepared, {}));
  while (true) {
    ASSIGN_OR_RETURN(const auto rows, answer.Next());
    if (!rows) return answer.row_count();
  }
}

// The first run is apart: it reads what is not in memory yet.
Status TimeQuery(QueryEngine& engine, const std::string& file, const Options& options, Timestamp now) {
  ASSIGN_OR_RETURN(const std::string sql, ReadFile(file, sql::kMaxQueryBytes));
  nlohmann::json seconds = nlohmann::json::array();
  uint64_t rows = 0;
  for (int run = 0; run <= options.runs; ++run) {
    const auto start = std::chrono::steady_clock::now();
    ASSIGN_OR_RETURN(rows, Ask(engine, sql, now));
    seconds.push_back(SecondsSince(start));
  }
  std::printf("%s\n", nlohmann::json{{"query", file}, {"rows", rows}, {"seconds", seconds}}.dump().c_str());
  std::fflush(stdout);
  return {};
}

Status TimeQueries(const Options& options) {
  ASSIGN_OR_RETURN(const auto now, ParseScalar(TypeKind::kTimestamp, options.now));
  std::vector<std::string> notes;
  ASSIGN_OR_RETURN(Database database, OpenPrepared(options.data, {}, {}, notes));
  const DatasetCatalog catalog;
  ASSIGN_OR_RETURN(QueryEngine engine, QueryEngine::Open(std::move(database), {}, catalog));
  for (const std::string& file : options.queries) {
    RETURN_IF_ERROR(TimeQuery(engine, file, options, Timestamp{now.integer()}));
  }
  return {};
}

}  // namespace
}  // namespace casebook

int main(int argc, char** argv) {
  casebook::Options options;
  CLI::App app("Ask queries again and again and print what each took, one JSON line a query");
  app.add_option("--data", options.data, "The data folder")->required();
  app.add_option("--now", options.now, "CURRENT_TIMESTAMP of the queries")->required();
  app.add_option("--runs", options.runs, "How often each is asked after its first time");
  app.add_option("QUERY", options.queries, "Files, a query each")->required();
  CLI11_PARSE(app, argc, argv);
  const casebook::Status done = casebook::TimeQueries(options);
  if (!done.ok()) std::fprintf(stderr, "time_queries: %s\n", done.error().message.c_str());
  return done.ok() ? 0 : 1;
}
