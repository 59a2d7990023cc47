// What the commands on a data folder share: the option --data, and opening it for queries.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <CLI/App.hpp>

#include "app/console.h"
#include "app/output_format.h"
#include "base/result.h"
#include "queries/query_engine.h"

namespace casebook {

// `--data DIR`, required, or the environment's CASEBOOK_DATA.
void AddDataOption(CLI::App& command, std::string& data);

// `--format NAME`.
void AddFormatOption(CLI::App& command, std::string& format);
// For options that limit something: a number above 0.
std::string CheckPositive(const std::string& text);

// What was given with --format, else the console's own.
OutputFormat FormatFor(const Console& console, const std::string& format);

// Completes and mends what a killed run left, with progress and notes on the console, then opens the tables. Waits
// a few seconds for a process that is writing to them.
Result<QueryEngine> OpenForQueries(const std::filesystem::path& data, const EngineOptions& options,
                                   const Catalog& catalog, Console& console);

}  // namespace casebook
