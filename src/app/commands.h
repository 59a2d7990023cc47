// The commands of the program, one file each. Each adds itself to `app`; when it was chosen, parsing the command
// line runs it and sets `code`. Console and code are borrowed.
#pragma once

#include <CLI/App.hpp>

#include "app/console.h"
#include "app/exit_code.h"

namespace casebook {

void AddIngestCommand(CLI::App& app, Console& console, ExitCode& code);
void AddQueryCommand(CLI::App& app, Console& console, ExitCode& code);
void AddShellCommand(CLI::App& app, Console& console, ExitCode& code);
void AddTablesCommand(CLI::App& app, Console& console, ExitCode& code);
void AddDescribeCommand(CLI::App& app, Console& console, ExitCode& code);
void AddCatalogueCommand(CLI::App& app, Console& console, ExitCode& code);
void AddRebuildCommand(CLI::App& app, Console& console, ExitCode& code);
void AddVerifyCommand(CLI::App& app, Console& console, ExitCode& code);
void AddRecordCommand(CLI::App& app, Console& console, ExitCode& code);
void AddSimulateCommand(CLI::App& app, Console& console, ExitCode& code);

}  // namespace casebook
