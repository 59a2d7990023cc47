#include "app/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace casebook {

Console Console::OfProcess() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  return {std::cin,
          std::cout,
          std::cerr,
          isatty(STDIN_FILENO) != 0,
          isatty(STDOUT_FILENO) != 0,
          isatty(STDERR_FILENO) != 0,
          true};
}

size_t Console::Width() const {
  constexpr size_t kUsualWidth = 80;
  if (!out_is_terminal) return 0;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsualWidth;
  return size.ws_col;
}

ExitCode Console::Fail(const Error& error) const {
  out.flush();
  err << "casebook: " << error.message << '\n';
  return ExitCodeOf(error.code);
}

ExitCode Console::Finish(ExitCode code) const {
  out.flush();
  if (!out) {
    err << "casebook: could not write the whole answer\n";
    return ExitCode::kError;
  }
  return code;
}

ExitCode Console::Leave(ExitCode code) const {
  if (!is_of_process) return code;
  const ExitCode finished = Finish(code);
  err.flush();
  std::_Exit(static_cast<int>(finished));
}

}  // namespace casebook
