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

void PrintFreshness(QueryEngine& engine, const Console& console) {
  const auto reach = engine.DataReach();
  if (!reach.ok()) return;
  console.out.flush();
  console.err << (reach->micros == 0
                      ? "no data yet"
                      : "data received up to " + TimestampText(reach->micros - reach->micros % kMicrosPerSecond))
              << '\n';
}

}  // namespace

ExitCode Ask(QueryEngine& engine, std::string_view sql, const AskOptions& options, Console& console) {
  const Timestamp now = options.now ? *options.now : SystemClock().Now();
  const auto prepared = engine.Prepare(sql, options.parameters, now);
  if (!prepared.ok()) return PrintError(sql, prepared.error(), console);
  const std::string duplicates = DuplicateNames(prepared->columns);
  if (!duplicates.empty()) {
    return console.Fail(Invalid("the answer has several columns of one name: " + duplicates + "; rename them with AS"));
  }

  const InterruptFlag interrupt;
  const Limits limits{.time = std::chrono::milliseconds(static_cast<int64_t>(options.timeout_seconds * 1000)),
                      .rows = options.max_rows,
                      .cancel = &interrupt.flag()};
  auto answer = engine.Run(prepared.value(), limits);
  const auto failed = [&](const Error& error) {
    const ExitCode code = console.Fail(error);
    return interrupt.is_set() ? ExitCode::kInterrupted : code;
  };
  if (!answer.ok()) return failed(answer.error());
  const Status printed = PrintRows(*answer, *MakeRowWriter(options.format, console.out, console.Style()), console);
  if (!printed.ok()) return failed(printed.error());
  if (options.format == OutputFormat::kTable && console.out_is_terminal) PrintFreshness(engine, console);
  return console.Finish(ExitCode::kOk);
}

Result<Timestamp> ParseNow(std::string_view text) {
  const auto value = ParseScalar(TypeKind::kTimestamp, text);
  if (value.ok()) return Timestamp{value->integer()};
  return Invalid("cannot read \"" + std::string(text) + "\" as a time; write it as 2025-04-03T12:00:00Z");
}

}  // namespace casebook
