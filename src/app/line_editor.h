// LineEditor: lines from a terminal, with editing, history and completion (libedit).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace casebook {

enum class LineEnd {
  kLine,         // a line was given
  kInterrupted,  // Ctrl-C: it was thrown away
  kEnd,          // Ctrl-D, or the terminal is gone
};

class LineEditor {
 public:
  // History is kept in `history_file`, readable by its owner only; "" keeps none.
  explicit LineEditor(std::string history_file);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  // Reads one line; `earlier` are the lines of the statement before it, for completion.
  LineEnd Read(const std::string& prompt, std::string_view earlier, std::string& line);
  void Remember(const std::string& statement);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace casebook
