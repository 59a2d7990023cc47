#include "rows/attribute_values.h"

#include <algorithm>
#include <cmath>

#include "rows/value_reader.h"

namespace casebook {
namespace {

// Above it a double no longer tells neighbouring whole numbers apart.
constexpr double kMaxWhole = 9'007'199'254'740'992.0;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Part of a word: letters, digits and everything beyond ASCII.
bool IsWord(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return letter || IsDigit(c) || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

AccountListFlaw AccountNumbersIn(std::string_view text, std::vector<std::string_view>& numbers) {
  AccountListFlaw flaw = AccountListFlaw::kNone;
  for (size_t begin = 0; begin < text.size();) {
    if (!IsWord(text[begin])) {
      ++begin;
      continue;
    }
    const auto end = std::find_if_not(text.begin() + static_cast<ptrdiff_t>(begin), text.end(), IsWord);
    const std::string_view word = text.substr(begin, static_cast<size_t>(end - text.begin()) - begin);
    begin += word.size();
    if (!std::all_of(word.begin(), word.end(), IsDigit)) {
      flaw = AccountListFlaw::kNotANumber;
    } else if (std::find(numbers.begin(), numbers.end(), word) == numbers.end()) {
      if (numbers.size() == kMaxAccountNumbers) return AccountListFlaw::kTooMany;
      numbers.push_back(word);
    }
  }
  return flaw;
}

Rating ReadRating(std::string_view text, std::string& buffer) {
  const std::optional<double> number = Float64FromText(text);
  if (!number || *number != std::floor(*number) || std::abs(*number) > kMaxWhole) return {text, number};
  buffer = std::to_string(static_cast<int64_t>(*number));
  return {buffer, number};
}

}  // namespace casebook
