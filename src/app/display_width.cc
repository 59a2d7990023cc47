#include "app/display_width.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>

namespace casebook {
namespace {

constexpr UChar32 kEmojiStyle = 0xFE0F;  // asks for the letter before it to be shown as an emoji

bool IsAscii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
}

// The letter at `at` of valid UTF-8, moving `at` behind it.
UChar32 NextLetter(std::string_view text, size_t& at) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const uint32_t first = byte(at++);
  if (first < 0x80U) return static_cast<UChar32>(first);
  const int more = first < 0xE0U ? 1 : first < 0xF0U ? 2 : 3;
  uint32_t letter = first & (0x3FU >> static_cast<unsigned>(more));
  for (int i = 0; i < more; ++i) letter = letter << 6U | (byte(at++) & 0x3FU);
  return static_cast<UChar32>(letter);
}

size_t LetterWidth(UChar32 letter) {
  const auto category = u_charType(letter);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) return 0;
  const auto width = u_getIntPropertyValue(letter, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

// Of one letter with its marks, or of an emoji joined from several: as wide as its widest part.
size_t ClusterWidth(std::string_view cluster) {
  size_t width = 0;
  size_t at = 0;
  while (at < cluster.size()) {
    const UChar32 letter = NextLetter(cluster, at);
    width = std::max(width, LetterWidth(letter));
    const bool is_flag = u_hasBinaryProperty(letter, UCHAR_REGIONAL_INDICATOR) != 0;
    if (letter == kEmojiStyle || is_flag) width = 2;
  }
  return width;
}

// Walks over `text` letter by letter, marks with their letters, until `visit` says false.
template <typename Visit>
void ForEachCluster(std::string_view text, const Visit& visit) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, decltype(&utext_close)> source(
      utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &status), utext_close);
  // Breaking up needs no language; one iterator a thread, for making one is slow.
  thread_local const std::unique_ptr<UBreakIterator, decltype(&ubrk_close)> breaks(
      ubrk_open(UBRK_CHARACTER, "", nullptr, 0, &status), ubrk_close);
  ubrk_setUText(breaks.get(), source.get(), &status);
  if (U_FAILURE(status)) {
    for (size_t i = 0; i < text.size(); ++i) {
      if (!visit(text.substr(i, 1))) return;
    }
    return;
  }
  int32_t begin = ubrk_first(breaks.get());
  for (int32_t end = ubrk_next(breaks.get()); end != UBRK_DONE; begin = end, end = ubrk_next(breaks.get())) {
    if (!visit(text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin)))) return;
  }
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  if (IsAscii(text)) return text.size();
  size_t width = 0;
  ForEachCluster(text, [&](std::string_view cluster) {
    width += ClusterWidth(cluster);
    return true;
  });
  return width;
}

std::string_view CutToWidth(std::string_view text, size_t width) {
  if (IsAscii(text)) return text.substr(0, width);
  size_t taken = 0;
  size_t bytes = 0;
  ForEachCluster(text, [&](std::string_view cluster) {
    taken += ClusterWidth(cluster);
    if (taken > width) return false;
    bytes += cluster.size();
    return true;
  });
  return text.substr(0, bytes);
}

std::string OneLineText(std::string_view text) {
  constexpr unsigned char kDelete = 0x7F;
  std::string line;
  line.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // U+0080 to U+009F, as UTF-8, steer terminals as well.
    const bool is_second_set = byte == 0xC2U && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0U;
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\n' || text[i] == '\r') {
      line += "↵";
    } else if (text[i] == '\t') {
      line += "  ";
    } else if (byte < 0x20U || byte == kDelete || is_second_set) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\x%02x",
                    static_cast<unsigned>(is_second_set ? text[++i] & 0xFF : byte));
      line += escape.data();
    } else {
      line.push_back(text[i]);
    }
  }
  return line;
}

}  // namespace casebook
