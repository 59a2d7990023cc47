// `casebook query`: one query, its answer on standard output.
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "app/ask.h"
#include "app/commands.h"
#include "app/data_folder.h"
#include "base/file.h"
#include "schema/dataset.h"
#include "sql/parser.h"

namespace casebook {
namespace {

struct QueryOptions {
  std::string data;
  std::string sql;
  std::string file;
  std::string format;
  std::string now;
  std::vector<std::string> parameters;
  double timeout_seconds = 0;
  uint64_t memory_limit_mb = 0;
  uint64_t max_rows = 0;
};

constexpr const char* kFooter = R"(SQL is GoogleSQL; - reads it from standard input. Of a script, statements separated by ;, the answer of the last
query is printed. Views and functions that it creates are kept in the data folder.

Parameters are spelt as the bq tool spells them, name:TYPE:value:
  an empty TYPE is STRING, an empty name makes the parameter positional (?),
  ARRAY<...> and STRUCT<...> take JSON, the value NULL is NULL.

Examples:
  casebook query --data data 'SELECT COUNT(*) FROM amazon_connect_enriched.cases'
  casebook query --data data --format json -f backlog.sql
  casebook query --data data --parameter status::Closed --parameter since:DATE:2025-03-01 \
    'SELECT COUNT(*) FROM cases WHERE detail_case_fields_status = @status AND DATE(opened_at) >= @since'
  casebook query --data data --now 2025-04-03T12:00:00Z - < complaints.sql > complaints.csv
)";

Result<std::string> ReadSql(const QueryOptions& options, Console& console) {
  if (!options.file.empty() && options.file != "-") return ReadFile(options.file, sql::kMaxQueryBytes);
  if (options.sql != "-" && options.file != "-") return options.sql;
  std::string text;
  std::vector<char> buffer(1U << 16U);
  while (console.in && text.size() <= sql::kMaxQueryBytes) {
    console.in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    text.append(buffer.data(), static_cast<size_t>(console.in.gcount()));
  }
  return text;
}

Result<AskOptions> ToAskOptions(const QueryOptions& options, const Console& console) {
  AskOptions ask;
  ask.format = FormatFor(console, options.format);
  ask.timeout_seconds = options.timeout_seconds;
  ask.max_rows = options.max_rows;
  if (!options.now.empty()) {
    ASSIGN_OR_RETURN(ask.now, ParseNow(options.now));
  }
  for (const std::string& text : options.parameters) {
    ASSIGN_OR_RETURN(QueryParameter parameter, ParseParameter(text));
    ask.parameters.push_back(std::move(parameter));
  }
  return ask;
}

ExitCode RunQuery(const QueryOptions& options, Console& console) {
  if (options.sql.empty() == options.file.empty()) {
    console.err << (options.sql.empty()
                        ? "casebook: no query given: write it after the options, or give -f FILE, or -\n"
                        : "casebook: give the query or -f FILE, not both\n");
    return ExitCode::kUsage;
  }
  const auto ask = ToAskOptions(options, console);
  if (!ask.ok()) {
    console.Fail(ask.error());
    return ExitCode::kUsage;
  }
  const auto sql = ReadSql(options, console);
  if (!sql.ok()) return console.Fail(sql.error());
  const DatasetCatalog catalog;
  auto engine = OpenForQueries(options.data, {.memory_limit_mb = options.memory_limit_mb}, catalog, console);
  if (!engine.ok()) return console.Fail(engine.error());
  auto objects = OpenObjects(options.data, console);
  if (!objects.ok()) return console.Fail(objects.error());
  Session session(catalog, &*objects);
  return console.Leave(Ask(*engine, session, *sql, *ask, console));
}

}  // namespace

void AddQueryCommand(CLI::App& app, Console& console, ExitCode& code) {
  const auto options = std::make_shared<QueryOptions>();
  CLI::App* command = app.add_subcommand("query", "Ask a query or a script in GoogleSQL and print the answer");
  AddDataOption(*command, options->data);
  command->add_option("SQL", options->sql, "The query, or - for standard input");
  command->add_option("-f,--file", options->file, "Read the query from a file")->type_name("FILE");
  AddFormatOption(*command, options->format);
  command->add_option("--now", options->now, "Fix CURRENT_TIMESTAMP, such as 2025-04-03T12:00:00Z")->type_name("TIME");
  command->add_option("--parameter", options->parameters, "A query parameter, as often as needed")
      ->type_name("name:TYPE:value")
      ->allow_extra_args(false);
  command->add_option("--timeout", options->timeout_seconds, "Stop the query after so many seconds")
      ->type_name("SECONDS")
      ->check(CheckPositive);
  command->add_option("--memory", options->memory_limit_mb, "Use no more than so much memory")
      ->type_name("MB")
      ->check(CheckPositive);
  command->add_option("--max-rows", options->max_rows, "Stop after so many rows")->type_name("N")->check(CheckPositive);
  command->footer(kFooter);
  command->callback([options, &console, &code] { code = RunQuery(*options, console); });
}

}  // namespace casebook
