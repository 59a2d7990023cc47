#include "sql/terminal.h"

#include <algorithm>
#include <span>

namespace casebook::sql {
namespace {

constexpr size_t kLongestWord = 24;

static_assert(std::ranges::is_sorted(kReservedWords));
static_assert(std::ranges::is_sorted(kUnreservedWords));

// The place of `word` in sorted `words`, from 1, or 0.
size_t Place(std::span<const std::string_view> words, std::string_view word) {
  const auto found = std::ranges::lower_bound(words, word);
  if (found == words.end() || *found != word) return 0;
  return static_cast<size_t>(found - words.begin()) + 1;
}

char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

Terminal Terminal::OfWord(std::string_view word) {
  if (word.size() > kLongestWord) return {};
  std::array<char, kLongestWord> buffer{};
  std::ranges::transform(word, buffer.begin(), Upper);
  const std::string_view upper(buffer.data(), word.size());
  if (const size_t place = Place(kReservedWords, upper)) return Terminal(kSymbols.size() + place);
  if (const size_t place = Place(kUnreservedWords, upper)) {
    return Terminal(kSymbols.size() + kReservedWords.size() + place);
  }
  return {};
}

Terminal Terminal::OfSymbol(std::string_view text) {
  for (const size_t length : {size_t{2}, size_t{1}}) {
    const auto found = std::ranges::find(kSymbols, text.substr(0, length));
    if (text.size() >= length && found != kSymbols.end()) {
      return Terminal(static_cast<size_t>(found - kSymbols.begin()) + 1);
    }
  }
  return {};
}

std::string_view Terminal::text() const {
  if (code_ == 0) return {};
  size_t place = code_ - 1U;
  if (place < kSymbols.size()) return kSymbols[place];
  place -= kSymbols.size();
  if (place < kReservedWords.size()) return kReservedWords[place];
  return kUnreservedWords[place - kReservedWords.size()];
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool IsReservedWord(std::string_view word) { return Terminal::OfWord(word).IsReserved(); }

}  // namespace casebook::sql
