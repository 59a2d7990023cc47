#include "app/ask.h"

#include <algorithm>
#include <chrono>

#include "app/interrupt.h"
#include "base/clock.h"
#include "queries/value_text.h"
#include "schema/table.h"

namespace casebook {
namespace {

ExitCode PrintError(std::string_view sql, const sql::SqlError& error, Console& console) {
  const bool with_excerpt = console.err_is_terminal;
  console.out.flush();
  console.err << "casebook: " << (with_excerpt ? sql::FormatError(sql, error) : sql::FormatErrorLine(sql, error))
              << '\n';
  return error.kind == sql::SqlErrorKind::kLimit ? ExitCode::kLimit : ExitCode::kError;
}

// As in BigQuery: two columns of one name could not be told apart in JSON or by a reader of the CSV.
std::string DuplicateNames(const std::vector<AnswerColumn>& columns) {
  std::string duplicates;
  for (size_t i = 0; i < columns.size(); ++i) {
    const auto same = [&](const AnswerColumn& other) { return EqualIgnoringCase(other.name, columns[i].name); };
    const auto here = columns.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::count_if(columns.begin(), here, same) == 1)
      duplicates += (duplicates.empty() ? "" : ", ") + columns[i].name;
  }
  return duplicates;
}

// The rows that came before an error are printed as well.
Status PrintRows(Answer& answer, RowWriter& writer, const Console& console) {
  writer.Begin(answer.columns());
  while (true) {
    auto rows = answer.Next();
    if (!rows.ok() || !rows.value()) {
      writer.End();
      return rows.ok() ? Status() : rows.error();
    }
    for (const auto& row : **rows) writer.AddRow(row);
    if (!console.out) return IoError("could not write the answer");
  }
}

Status RunToTheEnd(QueryEngine& engine, const PreparedQuery& query, const Limits& limits) {
  ASSIGN_OR_RETURN(Answer answer, engine.Run(query, limits));
  while (true) {
    ASSIGN_OR_RETURN(const auto rows, answer.Next());
    if (!rows) return {};
  }
}

// The number of the last statement that gives rows; of none the number of statements.
size_t LastQuery(const sql::Script& script) {
  for (size_t i = script.statements.size(); i-- > 0;) {
    const sql::StatementKind kind = script.statements[i]->kind;
    if (kind == sql::StatementKind::kQuery || kind == sql::StatementKind::kExplain) return i;
  }
  return script.statements.size();
}

void PrintFreshness(QueryEngine& engine, const Console& console) {
  const auto reach = engine.DataReach();
  if (!reach.ok()) return;
  console.out.flush();
  console.err << (reach->micros == 0
                      ? "no data yet"
                      : "data received up to " + TimestampText(reach->micros - reach->micros % kMicrosPerSecond))
              << '\n';
}

Status PrintAnswer(QueryEngine& engine, const PreparedQuery& query, const Limits& limits, const AskOptions& options,
                   const Console& console) {
  const std::string duplicates = DuplicateNames(query.columns);
  if (!duplicates.empty()) {
    return Invalid("the answer has several columns of one name: " + duplicates + "; rename them with AS");
  }
  ASSIGN_OR_RETURN(Answer answer, engine.Run(query, limits));
  RETURN_IF_ERROR(PrintRows(answer, *MakeRowWriter(options.format, console.out, console.Style()), console));
  if (options.format == OutputFormat::kTable && console.out_is_terminal) PrintFreshness(engine, console);
  return {};
}

}  // namespace

Result<ObjectStore> OpenObjects(const std::filesystem::path& data, Console& console) {
  auto objects = ObjectStore::Open(data / "objects");
  if (!objects.ok()) return objects;
  for (const std::string& problem : objects->problems()) console.err << "casebook: " << problem << '\n';
  return objects;
}

ExitCode Ask(QueryEngine& engine, Session& session, std::string_view sql, const AskOptions& options,
             Console& console) {
  const Timestamp now = options.now ? *options.now : SystemClock().Now();
  auto script = Session::Parse(sql);
  if (!script.ok()) return PrintError(sql, script.error(), console);
  if (script->statements.empty()) return console.Fail(Invalid("no statement given"));
  const InterruptFlag interrupt;
  const Limits limits{.time = std::chrono::milliseconds(static_cast<int64_t>(options.timeout_seconds * 1000)),
                      .rows = options.max_rows,
                      .cancel = &interrupt.flag()};
  const auto failed = [&](const Error& error) {
    const ExitCode code = console.Fail(error);
    return interrupt.is_set() ? ExitCode::kInterrupted : code;
  };
  const size_t last = LastQuery(*script);
  for (size_t i = 0; i < script->statements.size(); ++i) {
    const StatementOutcome outcome =
        session.Execute(engine, sql, std::move(script->statements[i]), options.parameters, now, limits);
    if (outcome.sql_error) return PrintError(sql, *outcome.sql_error, console);
    if (outcome.error) return failed(*outcome.error);
    if (outcome.done) {
      if (last == script->statements.size()) console.err << *outcome.done << '\n';
      continue;
    }
    const Status run = i == last ? PrintAnswer(engine, *outcome.query, limits, options, console)
                                 : RunToTheEnd(engine, *outcome.query, limits);
    if (!run.ok()) return failed(run.error());
  }
  return console.Finish(ExitCode::kOk);
}

Result<Timestamp> ParseNow(std::string_view text) {
  const auto value = ParseScalar(TypeKind::kTimestamp, text);
  if (value.ok()) return Timestamp{value->integer()};
  return Invalid("cannot read \"" + std::string(text) + "\" as a time; write it as 2025-04-03T12:00:00Z");
}

}  // namespace casebook
