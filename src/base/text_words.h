// Short texts, eight bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace casebook {

template <typename Word>
Word WordAt(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof(word));
  return word;
}

// The first and the last bytes of a text, up to eight each; they overlap in a short one.
struct TextEnds {
  uint64_t head = 0;
  uint64_t tail = 0;
};

inline TextEnds EndsOf(std::string_view text) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  if (text.size() >= 8) return {WordAt<uint64_t>(begin), WordAt<uint64_t>(end - 8)};
  if (text.size() >= 4) return {WordAt<uint32_t>(begin), WordAt<uint32_t>(end - 4)};
  if (text.empty()) return {};
  return {WordAt<uint8_t>(begin), WordAt<uint8_t>(end - 1)};
}

// Whether two texts are equal; without a call, which costs more than comparing a short one.
inline bool SameText(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const TextEnds ends = EndsOf(a);
  const TextEnds others = EndsOf(b);
  if (ends.head != others.head || ends.tail != others.tail) return false;
  for (size_t at = 8; at + 8 < a.size(); at += 8) {
    if (WordAt<uint64_t>(a.data() + at) != WordAt<uint64_t>(b.data() + at)) return false;
  }
  return a.size() != 3 || a[1] == b[1];
}

// A hash of the size and the ends of a text: good enough to part the few names of a small table, and cheap.
inline uint32_t HashOfEnds(TextEnds ends, size_t size) {
  const uint64_t hash = ends.head * 0x9E3779B97F4A7C15U ^ (ends.tail + size) * 0xC2B2AE3D27D4EB4FU;
  return static_cast<uint32_t>(hash >> 32U);
}

// Whether `text` holds a letter from A to Z.
inline bool HasUpperCase(std::string_view text) {
  constexpr uint64_t kEach = 0x0101010101010101U;
  constexpr uint64_t kHigh = 0x80 * kEach;
  // The high bit of each byte that is from A to Z: of those below 0x80, at least 'A' and not above 'Z'.
  const auto upper = [](uint64_t word) {
    const uint64_t low = word & ~kHigh;
    return (low + (0x80 - 'A') * kEach) & ~(low + (0x7F - 'Z') * kEach) & ~word & kHigh;
  };
  uint64_t found = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (; end - at >= 8; at += 8) found |= upper(WordAt<uint64_t>(at));
  for (; at != end; ++at) found |= upper(WordAt<uint8_t>(at));
  return found != 0;
}

}  // namespace casebook
