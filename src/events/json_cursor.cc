#include "events/json_cursor.h"

#include <algorithm>
#include <array>

#include "events/json.h"
#include "events/json_text.h"

namespace casebook {
namespace {

static_assert(kJsonPadding >= simdjson::SIMDJSON_PADDING);

// The smallest capacity: it grows to twice what is needed, so that it grows seldom.
constexpr size_t kMinCapacity = size_t{64} << 10U;
constexpr size_t kUnusedDepth = 1;  // the second stage's

}  // namespace

simdjson::error_code JsonCursor::Open(std::string_view text) {
  if (parser_ == nullptr || parser_->capacity() < text.size()) {
    const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
        std::max(kMinCapacity, text.size() * 2), kUnusedDepth, parser_);
    if (error != simdjson::SUCCESS) return error;
  }
  text_ = text.data();
  const auto error = parser_->stage1(reinterpret_cast<const uint8_t*>(text.data()), text.size(),
                                     simdjson::stage1_mode::regular);
  begin_ = parser_->structural_indexes.get();
  end_ = begin_ + (error == simdjson::SUCCESS ? parser_->n_structural_indexes : 0);
  at_ = begin_;
  return error;
}

bool JsonCursor::SkipBrackets() {
  size_t depth = 0;
  while (at_ < end_) {
    const char c = text_[*at_++];
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return true;
  }
  return false;
}

bool JsonCursor::IsCompactString(Place place) const {
  const std::string_view inner(text_ + place[0] + 1, place[1] - place[0] - 2);
  if (text_[place[1] - 1] != '"') return false;  // white space behind it
  for (size_t at = inner.find('\\'); at != std::string_view::npos; at = inner.find('\\', at + 2)) {
    static constexpr std::string_view kLetters = "\"\\/bfnrt";
    if (kLetters.find(inner[at + 1]) == std::string_view::npos) return false;
  }
  return true;
}

bool JsonCursor::IsCompactScalar(Place place) const {
  const std::string_view token(text_ + place[0], place[1] - place[0]);
  switch (token.front()) {
    case '"': return IsCompactString(place);
    case 't': return token == "true";
    case 'f': return token == "false";
    case 'n': return token == "null";
    default: return JsonNumberLength(token) == token.size();
  }
}

bool JsonCursor::SkipCompact() {
  std::array<char, kMaxJsonDepth> closers;
  size_t depth = 0;
  Place place = at_;
  const auto is_mark = [&](char c) { return place < end_ && text_[*place] == c && place[1] == place[0] + 1; };
  while (true) {
    // A value, in an object with its key before it.
    if (depth > 0 && closers[depth - 1] == '}') {
      if (place >= end_ || text_[*place] != '"' || !IsCompactString(place++) || !is_mark(':')) return false;
      ++place;
    }
    if (place >= end_) return false;
    const char c = text_[*place];
    bool is_open = false;
    if (c == '{' || c == '[') {
      if (depth == closers.size() || !is_mark(c)) return false;
      closers[depth++] = c == '{' ? '}' : ']';
      ++place;
      is_open = place < end_ && text_[*place] != closers[depth - 1];
    } else if (!IsCompactScalar(place++)) {
      return false;
    }
    if (is_open) continue;
    // What it ends, up to a comma.
    while (place < end_ && text_[*place] == closers[depth - 1]) {
      if (--depth == 0) {
        at_ = place + 1;
        return true;
      }
      if (!is_mark(text_[*place])) return false;
      ++place;
    }
    if (!is_mark(',')) return false;
    ++place;
  }
}

}  // namespace casebook
