// `casebook shell`: one query after another, from a terminal or a pipe.
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "app/ask.h"
#include "app/commands.h"
#include "app/data_folder.h"
#include "app/line_editor.h"
#include "app/schema_rows.h"
#include "app/statement_splitter.h"
#include "schema/dataset.h"

namespace casebook {
namespace {

struct ShellOptions {
  std::string data;
  std::string format;
  std::string now;
  double timeout_seconds = 0;
  uint64_t memory_limit_mb = 0;
};

constexpr const char* kHelp =
    "Statements are GoogleSQL and end with ; They may go over several lines.\n"
    "  \\d            the tables\n"
    "  \\d TABLE      the columns of a table\n"
    "  \\f FORMAT     print answers as table, csv, tsv, json, jsonl or markdown\n"
    "  \\h            this help\n"
    "  \\q, exit      leave; so does Ctrl-D\n"
    "Tab completes keywords, tables and columns. Ctrl-C stops a running query.\n";

constexpr const char* kFooter =
    R"(Statements are GoogleSQL and end with ; \h inside the shell lists its own commands. History is kept in
~/.casebook_history. From a pipe the shell prints no prompts and stops at the first error.

Examples:
  casebook shell --data data
  casebook shell --data data --format csv < monthly.sql
)";

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

class Shell {
 public:
  Shell(ShellOptions options, AskOptions ask, ObjectStore& objects, Console& console)
      : options_(std::move(options)), session_(catalog_, &objects), ask_(std::move(ask)), console_(console) {}

  ExitCode RunOnTerminal() {
    const char* home = std::getenv("HOME");
    LineEditor editor(home == nullptr ? "" : std::string(home) + "/.casebook_history");
    console_.out << "casebook shell; \\h for help, \\q to leave\n";
    std::string line;
    while (!is_over_) {
      console_.out.flush();
      const std::string prompt = splitter_.IsEmpty() ? "casebook> " : "     ...> ";
      const LineEnd end = editor.Read(prompt, splitter_.text(), line);
      if (end == LineEnd::kEnd) {
        console_.out << '\n';
        break;
      }
      if (end == LineEnd::kInterrupted) {
        splitter_.Clear();
        continue;
      }
      if (!Trimmed(line).empty()) editor.Remember(line);
      TakeLine(line);
    }
    return console_.Finish(ExitCode::kOk);
  }

  ExitCode RunFromPipe() {
    std::string line;
    while (!is_over_ && code_ == ExitCode::kOk && std::getline(console_.in, line)) TakeLine(line);
    if (!is_over_ && code_ == ExitCode::kOk && !splitter_.IsEmpty()) code_ = AskOne(splitter_.TakeRest());
    return console_.Finish(code_);
  }

 private:
  void TakeLine(const std::string& line) {
    if (splitter_.IsEmpty() && TakeCommand(Trimmed(line))) {
      splitter_.Clear();
      return;
    }
    splitter_.AddLine(line);
    while (auto statement = splitter_.Next()) {
      if (Trimmed(*statement).empty()) continue;
      code_ = AskOne(*statement);
      const bool goes_on = code_ == ExitCode::kOk || console_.in_is_terminal;
      if (!goes_on) return;
    }
    if (splitter_.IsEmpty()) splitter_.Clear();
  }

  // Opens the tables for one statement only, so that a shell left open neither keeps an ingest waiting nor goes on
  // showing old data.
  ExitCode AskOne(const std::string& statement) {
    auto engine = OpenForQueries(options_.data, {.memory_limit_mb = options_.memory_limit_mb}, catalog_, console_);
    if (!engine.ok()) return console_.Fail(engine.error());
    // Positions count from where the statement begins, not from the line break before it.
    return Ask(*engine, session_, Trimmed(statement), ask_, console_);
  }

  // Whether `line` was a command of the shell.
  bool TakeCommand(std::string_view line) {
    while (!line.empty() && line.back() == ';') line = Trimmed(line.substr(0, line.size() - 1));
    if (EqualIgnoringCase(line, "exit") || EqualIgnoringCase(line, "quit") || line == "\\q") {
      is_over_ = true;
      return true;
    }
    if (line == "\\h" || line == "\\?" || EqualIgnoringCase(line, "help")) {
      console_.out << kHelp;
      return true;
    }
    if (!line.starts_with('\\')) return false;
    const std::string_view argument = Trimmed(line.size() > 2 ? line.substr(2) : "");
    if (line.starts_with("\\d")) {
      code_ = Describe(argument);
    } else if (line.starts_with("\\f")) {
      code_ = SetFormat(argument);
    } else {
      code_ = console_.Fail(Invalid("unknown command " + std::string(line) + "; \\h lists them"));
    }
    return true;
  }

  ExitCode Describe(std::string_view name) {
    const Table* table = FindTableByName(name);
    if (!name.empty() && table == nullptr) return console_.Fail(NotFound(NoSuchTable(name)));
    const SchemaRows rows = name.empty() ? TableRows() : ColumnRows(*table);
    TableStyle style = console_.Style();
    style.wrap = true;
    WriteRows(*MakeRowWriter(ask_.format, console_.out, style), rows.columns, rows.rows);
    return ExitCode::kOk;
  }

  ExitCode SetFormat(std::string_view name) {
    const auto format = FormatOf(name);
    if (!format) {
      return console_.Fail(
          Invalid("unknown format \"" + std::string(name) + "\"; the formats are " + std::string(kFormatNames)));
    }
    ask_.format = *format;
    return ExitCode::kOk;
  }

  const ShellOptions options_;
  const DatasetCatalog catalog_;
  Session session_;
  AskOptions ask_;
  Console& console_;  // borrowed
  StatementSplitter splitter_;
  ExitCode code_ = ExitCode::kOk;
  bool is_over_ = false;
};

ExitCode RunShell(const ShellOptions& options, Console& console) {
  AskOptions ask;
  ask.format = FormatFor(console, options.format);
  ask.timeout_seconds = options.timeout_seconds;
  if (!options.now.empty()) {
    const auto now = ParseNow(options.now);
    if (!now.ok()) {
      console.Fail(now.error());
      return ExitCode::kUsage;
    }
    ask.now = *now;
  }
  {
    // A data folder that cannot be used is told before the first statement.
    const DatasetCatalog catalog;
    const auto engine = OpenForQueries(options.data, {}, catalog, console);
    if (!engine.ok()) return console.Fail(engine.error());
  }
  auto objects = OpenObjects(options.data, console);
  if (!objects.ok()) return console.Fail(objects.error());
  Shell shell(options, ask, *objects, console);
  return console.in_is_terminal ? shell.RunOnTerminal() : shell.RunFromPipe();
}

}  // namespace

void AddShellCommand(CLI::App& app, Console& console, ExitCode& code) {
  const auto options = std::make_shared<ShellOptions>();
  CLI::App* command = app.add_subcommand("shell", "Ask one query after another");
  AddDataOption(*command, options->data);
  AddFormatOption(*command, options->format);
  command->add_option("--now", options->now, "Fix CURRENT_TIMESTAMP, such as 2025-04-03T12:00:00Z")->type_name("TIME");
  command->add_option("--timeout", options->timeout_seconds, "Stop each query after so many seconds")
      ->type_name("SECONDS")
      ->check(CheckPositive);
  command->add_option("--memory", options->memory_limit_mb, "Use no more than so much memory")
      ->type_name("MB")
      ->check(CheckPositive);
  command->footer(kFooter);
  command->callback([options, &console, &code] { code = RunShell(*options, console); });
}

}  // namespace casebook
