#include "app/data_folder.h"

#include <chrono>
#include <thread>
#include <vector>

#include <CLI/TypeTools.hpp>

#include "app/progress_line.h"
#include "ingest/ingest.h"

namespace casebook {

void AddDataOption(CLI::App& command, std::string& data) {
  command.add_option("--data", data, "The data folder; or set CASEBOOK_DATA")
      ->envname("CASEBOOK_DATA")
      ->type_name("DIR")
      ->required();
}

void AddFormatOption(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "How rows are printed: table on a terminal, csv in a pipe if not given")
      ->type_name("NAME")
      ->check([](const std::string& name) {
        if (FormatOf(name)) return std::string();
        return "unknown format \"" + name + "\"; the formats are " + std::string(kFormatNames);
      });
}

std::string CheckPositive(const std::string& text) {
  double number = 0;
  if (CLI::detail::lexical_cast(text, number) && number > 0) return "";
  return "\"" + text + "\" is not a number above 0";
}

OutputFormat FormatFor(const Console& console, const std::string& format) {
  return FormatOf(format).value_or(console.DefaultFormat());
}

namespace {

// A load in small batches lets go of the tables again and again; a long one is not waited for.
constexpr std::chrono::seconds kMaxWaitForWriter{5};
constexpr std::chrono::milliseconds kRetryEvery{50};

Result<QueryEngine> TryOpen(const std::filesystem::path& data, const EngineOptions& options, const Catalog& catalog,
                            Console& console) {
  std::vector<std::string> notes;
  ProgressLine progress(console.err, console.err_is_terminal);
  auto database = OpenPrepared(data, {.memory_limit_mb = options.memory_limit_mb, .threads = options.threads},
                               progress.Callback(), notes);
  progress.Clear();
  for (const std::string& note : notes) console.err << "casebook: " << note << '\n';
  if (!database.ok()) return database.error();
  return QueryEngine::Open(std::move(database).value(), options, catalog);
}

bool IsHeldByAnother(const Error& error) {
  return error.code == ErrorCode::kIo && error.message.find("another casebook process") != std::string::npos;
}

}  // namespace

Result<QueryEngine> OpenForQueries(const std::filesystem::path& data, const EngineOptions& options,
                                   const Catalog& catalog, Console& console) {
  const auto start = std::chrono::steady_clock::now();
  while (true) {
    auto engine = TryOpen(data, options, catalog, console);
    const bool is_late = std::chrono::steady_clock::now() - start > kMaxWaitForWriter;
    if (engine.ok() || is_late || !IsHeldByAnother(engine.error())) return engine;
    std::this_thread::sleep_for(kRetryEvery);
  }
}

}  // namespace casebook
