#include "app/command_line.h"

#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/commands.h"
#include "app/schema_rows.h"

namespace casebook {
namespace {

constexpr const char* kDescription =
    "Casebook: the system of record for a contact centre on Amazon Connect.\n"
    "Takes in what Connect sends, keeps every byte, and answers questions in GoogleSQL.";

constexpr const char* kFooter = R"(casebook COMMAND --help says more about a command, with examples.

Start here:
  casebook ingest --data data samples/
  casebook tables
  casebook query --data data 'SELECT COUNT(*) AS open_cases FROM cases WHERE is_open'
  casebook shell --data data

Exit codes:
  0    done; records that were set aside are no failure
  1    the query, the data or the machine is at fault; the message says which
  2    the command line cannot be understood
  3    a limit was passed: time, memory or rows
  130  Ctrl-C
)";

std::vector<std::string> CommandNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

// The command that was named, or the program itself.
const CLI::App& Chosen(const CLI::App& app) {
  const CLI::App* chosen = &app;
  while (!chosen->get_subcommands().empty()) chosen = chosen->get_subcommands().front();
  return *chosen;
}

ExitCode UsageError(const std::string& message, const CLI::App& app, const Console& console) {
  const CLI::App& chosen = Chosen(app);
  std::string command = chosen.get_name();
  for (const CLI::App* parent = chosen.get_parent(); parent != nullptr; parent = parent->get_parent()) {
    command = parent->get_name() + " " + command;
  }
  console.err << "casebook: " << message << "\ntry: " << command << " --help\n";
  return ExitCode::kUsage;
}

// What was left over on the command line, an unknown option first.
std::string Unexpected(const CLI::App& app) {
  const CLI::App& command = Chosen(app);
  const std::vector<std::string> rest = app.remaining(true);
  for (const std::string& word : rest) {
    if (word.size() < 2 || word[0] != '-') continue;
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options()) names.push_back(option->get_name());
    const std::string_view nearest = Nearest(word, names);
    return "unknown option " + word + (nearest.empty() ? "" : "; did you mean " + std::string(nearest) + "?");
  }
  const std::string word = rest.empty() ? "" : rest.back();
  const bool is_query = command.get_name() == "query";
  return "unexpected argument \"" + word + "\"" + (is_query ? "; a query goes in quotes, as one argument" : "");
}

// What CLI11 says, in our words.
std::string Reworded(const CLI::ParseError& error, const CLI::App& app) {
  std::string message = error.what();
  const auto rewrite = [&](const std::string& from, const std::string& to) {
    if (const size_t at = message.find(from); at != std::string::npos) message.replace(at, from.size(), to);
  };
  if (message == "--data is required") return "no data folder given: add --data DIR, or set CASEBOOK_DATA";
  if (message == "A subcommand is required") return "no command given";
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) return Unexpected(app);
  rewrite(" is required", " is missing");
  rewrite("Could not convert: ", "cannot read ");
  if (message.size() > 1 && message[0] >= 'A' && message[0] <= 'Z' && message[1] >= 'a') message[0] |= 0x20;
  return message;
}

// CLI11 calls an unknown command an unexpected argument.
std::string UnknownCommand(const CLI::App& app, int argument_count, const char* const* arguments) {
  if (argument_count < 2 || arguments[1][0] == '-') return "";
  const std::vector<std::string> names = CommandNames(app);
  const std::string word = arguments[1];
  for (const std::string& name : names) {
    if (name == word) return "";
  }
  const std::string_view nearest = Nearest(word, names);
  return "unknown command \"" + word + "\"" +
         (nearest.empty() ? "" : "; did you mean \"" + std::string(nearest) + "\"?");
}

void AddCommands(CLI::App& app, Console& console, ExitCode& code) {
  AddIngestCommand(app, console, code);
  AddQueryCommand(app, console, code);
  AddShellCommand(app, console, code);
  AddTablesCommand(app, console, code);
  AddDescribeCommand(app, console, code);
  AddCatalogueCommand(app, console, code);
  AddRebuildCommand(app, console, code);
  AddVerifyCommand(app, console, code);
  AddRecordCommand(app, console, code);
  AddSimulateCommand(app, console, code);
}

}  // namespace

ExitCode RunCommandLine(int argument_count, const char* const* arguments, Console& console) {
  CLI::App app(kDescription, "casebook");
  app.set_version_flag("--version", "casebook " CASEBOOK_VERSION);
  app.footer(kFooter);
  app.get_formatter()->column_width(34);
  ExitCode code = ExitCode::kOk;
  AddCommands(app, console, code);
  app.require_subcommand(1);

  const std::string unknown = UnknownCommand(app, argument_count, arguments);
  if (!unknown.empty()) return UsageError(unknown, app, console);
  try {
    app.parse(argument_count, arguments);
    return code;
  } catch (const CLI::Success& success) {
    app.exit(success, console.out, console.err);
    return console.Finish(ExitCode::kOk);
  } catch (const CLI::ParseError& error) {
    return UsageError(Reworded(error, app), app, console);
  }
}

}  // namespace casebook
