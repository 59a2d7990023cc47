#include "rows/account_number.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "rows/value_reader.h"

namespace casebook {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The code point at the start of `text`, valid UTF-8, and how many bytes it takes.
struct CodePoint {
  uint32_t value;
  size_t length;
};

CodePoint FirstCodePoint(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  uint32_t value = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length && i < text.size(); ++i) {
    value = value << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return {value, length};
}

// Outside ASCII everything is a letter but the blocks of punctuation, signs and symbols.
bool IsLetter(uint32_t code_point) {
  if (code_point < 0x80) return (code_point | 0x20U) >= 'a' && (code_point | 0x20U) <= 'z';
  if (code_point < 0xC0) return code_point == 0xAA || code_point == 0xB5 || code_point == 0xBA;
  if (code_point == 0xD7 || code_point == 0xF7) return false;
  if (code_point >= 0x2000 && code_point < 0x2C00) return false;
  if (code_point >= 0x3000 && code_point < 0x3040) return false;
  return code_point < 0xFE00 || (code_point > 0xFE6F && code_point < 0x1F000);
}

bool HasLetter(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = FirstCodePoint(text);
    if (IsLetter(next.value)) return true;
    text.remove_prefix(std::min(next.length, text.size()));
  }
  return false;
}

struct Groups {
  std::string digits;  // of all groups
  size_t count = 0;
  size_t longest = 0;
};

Groups DigitGroups(std::string_view text) {
  Groups groups;
  size_t length = 0;
  for (const char c : text) {
    if (!IsDigit(c)) {
      length = 0;
      continue;
    }
    if (length++ == 0) ++groups.count;
    groups.longest = std::max(groups.longest, length);
    groups.digits.push_back(c);
  }
  return groups;
}

}  // namespace

AccountReading AccountFromText(std::string_view text, int width) {
  if (HasLetter(text)) return {{}, rule::kNotAnAccount};
  const Groups groups = DigitGroups(text);
  if (groups.count == 0) return {{}, rule::kNotAnAccount};
  const auto digits_of_one = static_cast<size_t>(width);
  if (groups.count > 1 && (groups.longest >= digits_of_one || groups.digits.size() != digits_of_one)) {
    return {{}, rule::kSeveralAccounts};
  }
  int64_t number = 0;
  const char* const end = groups.digits.data() + groups.digits.size();
  if (std::from_chars(groups.digits.data(), end, number).ec != std::errc()) return {{}, rule::kNotAnAccount};
  return {number, {}};
}

}  // namespace casebook
