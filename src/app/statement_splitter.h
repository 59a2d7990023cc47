// StatementSplitter: lines as they are typed → statements, each ended by `;`.
//
// A `;` inside a string, a quoted name or a comment ends nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casebook {

class StatementSplitter {
 public:
  void AddLine(std::string_view line);

  // The next statement that is complete, without its `;`; nullopt where more lines are needed.
  std::optional<std::string> Next();

  // What stands there without a `;`, and forgets it.
  std::string TakeRest();

  // True where nothing is begun: blanks and whole comments at most.
  bool IsEmpty() const;
  void Clear() { text_.clear(); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace casebook
