// How the program ends; the numbers stand in `casebook --help`.
#pragma once

#include "base/result.h"

namespace casebook {

enum class ExitCode {
  kOk = 0,
  kError = 1,  // the query, the data or the machine
  kUsage = 2,
  kLimit = 3,  // of time, memory or rows
  kInterrupted = 130,
};

constexpr ExitCode ExitCodeOf(ErrorCode code) {
  return code == ErrorCode::kLimit ? ExitCode::kLimit : ExitCode::kError;
}

}  // namespace casebook
