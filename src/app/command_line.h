// The command line: which command, with which options, and how it ends.
#pragma once

#include "app/console.h"
#include "app/exit_code.h"

namespace casebook {

ExitCode RunCommandLine(int argument_count, const char* const* arguments, Console& console);

}  // namespace casebook
