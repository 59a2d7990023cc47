// `casebook tables` and `casebook describe`: the schema, for which no data are needed.
#include <memory>
#include <string>

#include "app/commands.h"
#include "app/data_folder.h"
#include "app/schema_rows.h"
#include "schema/dataset.h"

namespace casebook {
namespace {

struct SchemaOptions {
  std::string data;  // not needed, but taken: all other commands have it
  std::string table;
  std::string format;
};

ExitCode Print(const SchemaRows& rows, const std::string& format, Console& console) {
  TableStyle style = console.Style();
  style.wrap = true;
  WriteRows(*MakeRowWriter(FormatFor(console, format), console.out, style), rows.columns, rows.rows);
  return console.Finish(ExitCode::kOk);
}

ExitCode Describe(const SchemaOptions& options, Console& console) {
  const Table* table = FindTableByName(options.table);
  if (table == nullptr) return console.Fail(NotFound(NoSuchTable(options.table)));
  return Print(ColumnRows(*table), options.format, console);
}

void AddUnneededData(CLI::App& command, SchemaOptions& options) {
  constexpr const char* kHidden = "";
  command.add_option("--data", options.data)->group(kHidden);
}

constexpr const char* kTablesFooter =
    R"(All tables are in the dataset amazon_connect_enriched; a query may name them with or without it, and with any
project in front: `my-project.amazon_connect_enriched.cases`.

Examples:
  casebook tables
  casebook tables --format markdown > tables.md
)";

constexpr const char* kDescribeFooter = R"(Columns marked personal may hold personal data.

Examples:
  casebook describe case_events
  casebook describe ctr_events --format csv
)";

}  // namespace

void AddTablesCommand(CLI::App& app, Console& console, ExitCode& code) {
  const auto options = std::make_shared<SchemaOptions>();
  CLI::App* command = app.add_subcommand("tables", "List the tables that a query can name");
  AddUnneededData(*command, *options);
  AddFormatOption(*command, options->format);
  command->footer(kTablesFooter);
  command->callback([options, &console, &code] { code = Print(TableRows(), options->format, console); });
}

void AddDescribeCommand(CLI::App& app, Console& console, ExitCode& code) {
  const auto options = std::make_shared<SchemaOptions>();
  CLI::App* command = app.add_subcommand("describe", "Say what the columns of a table mean");
  command->add_option("TABLE", options->table, "Name of the table")->required();
  AddUnneededData(*command, *options);
  AddFormatOption(*command, options->format);
  command->footer(kDescribeFooter);
  command->callback([options, &console, &code] { code = Describe(*options, console); });
}

}  // namespace casebook
