// Console: where a command reads and writes, and whether a person sits there.
#pragma once

#include <cstddef>
#include <istream>
#include <ostream>
#include <string_view>

#include "app/exit_code.h"
#include "app/row_writer.h"
#include "base/result.h"

namespace casebook {

struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool is_of_process = false;

  // The program's own standard streams.
  static Console OfProcess();

  // Columns of the terminal; 0 where `out` is none.
  size_t Width() const;
  TableStyle Style() const { return {.max_width = Width()}; }
  // Table for a person, CSV for a program.
  OutputFormat DefaultFormat() const { return out_is_terminal ? OutputFormat::kTable : OutputFormat::kCsv; }

  // `casebook: message` on err.
  ExitCode Fail(const Error& error) const;
  // Flushes `out`; kError with a message where it did not take everything (a full disk).
  ExitCode Finish(ExitCode code) const;
  // Ends the process with what Finish() says, without taking apart what the system frees anyway; for a command that
  // wrote nothing but its answer. Gives back `code` where the console is not the process's own.
  ExitCode Leave(ExitCode code) const;
};

}  // namespace casebook
