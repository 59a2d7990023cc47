// STRING as a sequence of characters: positions count code points.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace casebook::engines {

inline bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

inline int64_t CountCharacters(std::string_view text) {
  int64_t count = 0;
  for (const char c : text) count += IsContinuation(c) ? 0 : 1;
  return count;
}

inline void AppendCodePoint(std::string& text, uint32_t c) {
  const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0U | (c >> 6U));
    tail(0);
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0U | (c >> 12U));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (c >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

// The byte at which character number `index` (from 0) begins; the end where there are fewer.
inline size_t ByteOfCharacter(std::string_view text, int64_t index) {
  size_t at = 0;
  while (at < text.size() && index > 0) {
    ++at;
    while (at < text.size() && IsContinuation(text[at])) ++at;
    --index;
  }
  return at;
}

// SUBSTR's view of (position, length) on something with `count` places: [begin, end). `length` is not negative.
struct Places {
  int64_t begin = 0;
  int64_t end = 0;
};
inline Places SubstrPlaces(int64_t count, int64_t position, int64_t length) {
  int64_t begin = 0;
  if (position > 0) {
    begin = position - 1;
  } else if (position < 0) {
    begin = position < -count ? 0 : count + position;
  }
  if (begin > count) begin = count;
  const int64_t end = length > count - begin ? count : begin + length;
  return {begin, end};
}

}  // namespace casebook::engines
