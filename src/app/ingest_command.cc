// `casebook ingest` and `casebook rebuild`: the two ways to fill the tables.
#include <memory>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/data_folder.h"
#include "app/ingest_report.h"
#include "app/progress_line.h"
#include "ingest/ingest.h"

namespace casebook {
namespace {

struct FillOptions {
  std::string data;
  std::string catalogue;
  std::vector<std::string> inputs;
  std::string format;
};

constexpr const char* kIngestFooter =
    R"(FILE may be plain, gzip or zstd; of a DIR every file below it is read; - is standard input. What a file holds is
told by its content: case events, contact events, contact records, agent events, users, queues, field catalogues,
transcripts, also mixed. The same input may come any number of times.

A record that cannot be read is set aside in the table rejects and is no failure.

Examples:
  casebook ingest --data data exports/
  casebook ingest --data data --catalogue fields.json case-events-2025-03.ndjson.gz
  zcat firehose-*.gz | casebook ingest --data data --format json -
)";

constexpr const char* kRebuildFooter =
    R"(The tables are derived from the landing log, data/log; rebuilding loses nothing.

Example:
  casebook rebuild --data data
)";

void AddReportFormat(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "How the report is printed: table (default) or json")
      ->type_name("NAME")
      ->check([](const std::string& name) {
        const bool is_known = name == "table" || name == "json";
        return is_known ? std::string() : "the report is printed as table or json, not as " + name;
      });
}

ExitCode Report(const Result<IngestReport>& report, const FillOptions& options, Console& console) {
  if (!report.ok()) return console.Fail(report.error());
  PrintReport(*report, options.format == "json", console);
  return console.Finish(ExitCode::kOk);
}

ExitCode RunIngest(const FillOptions& options, Console& console) {
  ProgressLine progress(console.err, console.err_is_terminal);
  IngestOptions ingest;
  ingest.data = options.data;
  ingest.inputs = options.inputs;
  if (!options.catalogue.empty()) ingest.catalogue = options.catalogue;
  ingest.progress = progress.Callback();
  const auto report = Ingest(ingest);
  progress.Clear();
  const bool has_catalogue = report.ok() && report->feeds[static_cast<size_t>(Feed::kFieldCatalogue)].read > 0;
  if (report.ok() && ingest.catalogue && !has_catalogue) {
    console.err << "casebook: " << options.catalogue << " holds no field catalogue\n";
  }
  return Report(report, options, console);
}

ExitCode RunRebuild(const FillOptions& options, Console& console) {
  ProgressLine progress(console.err, console.err_is_terminal);
  const auto report = Rebuild(options.data, progress.Callback());
  progress.Clear();
  return Report(report, options, console);
}

}  // namespace

void AddIngestCommand(CLI::App& app, Console& console, ExitCode& code) {
  const auto options = std::make_shared<FillOptions>();
  CLI::App* command =
      app.add_subcommand("ingest", "Take in what Amazon Connect sent, keep every byte, fill the tables");
  AddDataOption(*command, options->data);
  command->add_option("--catalogue", options->catalogue, "The field catalogue that names the fields of cases")
      ->type_name("FILE");
  command->add_option("INPUT", options->inputs, "Files, folders, or - for standard input")->required();
  AddReportFormat(*command, options->format);
  command->footer(kIngestFooter);
  command->callback([options, &console, &code] { code = RunIngest(*options, console); });
}

void AddRebuildCommand(CLI::App& app, Console& console, ExitCode& code) {
  const auto options = std::make_shared<FillOptions>();
  CLI::App* command = app.add_subcommand("rebuild", "Throw the tables away and build them from the landing log");
  AddDataOption(*command, options->data);
  AddReportFormat(*command, options->format);
  command->footer(kRebuildFooter);
  command->callback([options, &console, &code] { code = RunRebuild(*options, console); });
}

}  // namespace casebook
