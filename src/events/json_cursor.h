// JsonCursor: goes through one JSON text from token to token.
//
// simdjson's first stage finds where the tokens start, with the widest instructions that the machine has; that
// stage alone is used, because going through them by hand is twice as fast as the library's second. A token is a
// bracket, a comma, a colon, a string, or a run of other characters up to white space or one of these. Strings
// have an end and hold no control characters, and the text is UTF-8; nothing else is checked here.
//
// For the decoders in events/ only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "events/json_on_demand.h"

namespace casebook {

class JsonCursor {
 public:
  // A token, as long as the text is the same.
  using Place = const uint32_t*;

  // Finds the tokens of `text`, which has kJsonPadding readable bytes behind it and outlives them, and stands
  // before the first. UTF8_ERROR, and whatever else is unsound about the text as a whole.
  simdjson::error_code Open(std::string_view text);

  Place place() const { return at_; }
  void GoTo(Place place) { at_ = place; }
  void Rewind() { at_ = begin_; }
  bool AtEnd() const { return at_ >= end_; }

  // The first character of the next token; '\0' at the end.
  char Peek() const { return AtEnd() ? '\0' : text_[*at_]; }
  // That of the token `ahead` places behind the next, which is there or is '\0'.
  char Peek(size_t ahead) const { return ahead < static_cast<size_t>(end_ - at_) ? text_[at_[ahead]] : '\0'; }
  // Whether the next token starts with `c`; then it is passed over.
  bool TakeIf(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  // Passes over `count` tokens that are there.
  void Advance(size_t count = 1) { at_ += count; }

  // The next token, which is there, as it stands.
  std::string_view Token() const {
    const char* const token = text_ + at_[0];
    const char* last = text_ + at_[1] - 1;
    while (IsSpace(*last)) --last;
    return {token, static_cast<size_t>(last - token) + 1};
  }
  // The text from the next token on.
  const char* data() const { return text_ + *at_; }
  // Where the next token starts.
  size_t Offset() const { return *at_; }

  char LastCharacter() const { return text_[end_[-1]]; }  // of the last token

  // Passes over one value, whatever is in it. False where none starts or it has no end.
  bool Skip() {
    const char first = Peek();
    if (first == '{' || first == '[') return SkipBrackets();
    if (first == '\0' || first == ',' || first == ':' || first == '}' || first == ']') return false;
    ++at_;
    return true;
  }

  // Passes over one object or array, if all of it is sound JSON as AppendCompactJson() would write it, so that
  // its text can be used as it stands. Otherwise stays.
  bool SkipCompact();

 private:
  static bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

  bool SkipBrackets();
  // Whether a string or another scalar stands at `place`, alone as far as the next token, and as it is written.
  bool IsCompactScalar(Place place) const;
  bool IsCompactString(Place place) const;

  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
  const char* text_ = nullptr;
  Place begin_ = nullptr;
  Place end_ = nullptr;  // holds the size of the text
  Place at_ = nullptr;
};

}  // namespace casebook
