#include "queries/engine_message.h"

#include <array>
#include <cctype>
#include <optional>
#include <string>

namespace casebook {
namespace {

// A pattern with at most two gaps `%` and what to say with their texts as $1 and $2.
struct Translation {
  std::string_view pattern;
  std::string_view words;
};

constexpr auto kTranslations = std::to_array<Translation>({
    {"Could not convert string '%' to INT%", "bad INT64 value: $1"},
    {"Could not convert string '%' to DOUBLE%", "bad FLOAT64 value: $1"},
    {"Could not convert string '%' to BOOL%", "bad BOOL value: $1"},
    {"Could not convert string \"%\" to DECIMAL%", "invalid NUMERIC value: $1"},
    {"Could not convert string '%' to DECIMAL%", "invalid NUMERIC value: $1"},
    {"invalid date field format: \"%\"%", "invalid date: '$1'"},
    {"date field value out of range: \"%\"%", "invalid date: '$1'"},
    {"invalid timestamp field format: \"%\"%", "invalid timestamp: '$1'"},
    {"timestamp field value out of range: \"%\"%", "invalid timestamp: '$1'"},
    {"time field value out of range: \"%\"%", "invalid time string: \"$1\""},
    {"Overflow in addition of INT64 (%)%", "int64 overflow: $1"},
    {"Overflow in subtraction of INT64 (%)%", "int64 overflow: $1"},
    {"Overflow in multiplication of INT64 (%)%", "int64 overflow: $1"},
    {"Overflow in addition of DECIMAL%(%)%", "numeric overflow: $2"},
    {"Overflow in subtraction of DECIMAL%(%)%", "numeric overflow: $2"},
    {"Overflow in multiplication of DECIMAL%(%)%", "numeric overflow: $2"},
    {"Overflow in negation of integer%", "int64 overflow: -(-9223372036854775808)"},
    {"Casting value \"%\" to type DECIMAL%", "numeric overflow: $1"},
    {"Type DOUBLE with value % can't be cast%", "the FLOAT64 value $1 is out of range of INT64"},
    {"Type HUGEINT with value % can't be cast%", "int64 overflow: $1"},
    {"Type INT128 with value % can't be cast%", "int64 overflow: $1"},
    {"SUM is out of range%", "int64 overflow in SUM"},
    {"More than one row returned by a subquery%", "scalar subquery produced more than one element"},
    {"Cannot compile regex '%'%", "cannot parse regular expression: $1"},
    {"invalid UTF-8%", "the text is not valid UTF-8"},
});

constexpr std::array<std::string_view, 4> kAdvice = {" when casting from", ". Consider", "\nLINE ", " (try to "};

// Fills the gaps of `pattern` from `text`; the last gap takes all that is left where the pattern ends with it.
std::optional<std::array<std::string, 2>> Match(std::string_view pattern, std::string_view text) {
  std::array<std::string, 2> gaps;
  size_t next_gap = 0;
  size_t at = 0;
  while (!pattern.empty()) {
    const size_t gap = std::min(pattern.find('%'), pattern.size());
    const std::string_view fixed = pattern.substr(0, gap);
    const size_t found = text.find(fixed, at);
    if (found == std::string_view::npos || (next_gap == 0 && found != 0)) return std::nullopt;
    if (next_gap > 0 && next_gap <= gaps.size()) gaps[next_gap - 1] = text.substr(at, found - at);
    at = found + fixed.size();
    if (gap == pattern.size()) break;
    ++next_gap;
    pattern.remove_prefix(gap + 1);
  }
  return gaps;
}

std::string Fill(std::string_view words, const std::array<std::string, 2>& gaps) {
  std::string filled;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == '$') {
      filled += gaps[static_cast<size_t>(words[++i] - '1')];
    } else {
      filled.push_back(words[i]);
    }
  }
  return filled;
}

// `Out of Range Error: text` → `text`, however often it is wrapped.
std::string_view WithoutPrefix(std::string_view message) {
  constexpr std::string_view kPrefix = " Error: ";
  constexpr size_t kMaxPrefix = 40;
  while (true) {
    const size_t end = message.find(kPrefix);
    if (end > kMaxPrefix) return message;
    for (const char c : message.substr(0, end)) {
      if (std::isalpha(static_cast<unsigned char>(c)) == 0 && c != ' ' && c != '-') return message;
    }
    message.remove_prefix(end + kPrefix.size());
  }
}

std::string OneLine(std::string_view text) {
  for (const std::string_view advice : kAdvice) text = text.substr(0, text.find(advice));
  text = text.substr(0, text.find_first_of("\r\n"));
  while (!text.empty() && (text.back() == '.' || text.back() == '!' || text.back() == ' ')) text.remove_suffix(1);
  std::string line(text);
  // Not where the first word is a name in capitals.
  const bool is_sentence = line.size() > 1 && std::islower(static_cast<unsigned char>(line[1])) != 0;
  if (is_sentence) line[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(line[0])));
  return line;
}

}  // namespace

Error TranslateEngineError(std::string_view message) {
  if (message.find("Out of Memory Error") != std::string_view::npos) {
    return LimitPassed("the query needs more memory than it may use");
  }
  const std::string_view text = WithoutPrefix(message);
  if (text.starts_with("Max expression depth limit of")) {
    return LimitPassed("the query is nested more deeply than the engine can read");
  }
  for (const Translation& known : kTranslations) {
    if (const auto gaps = Match(known.pattern, text)) return RuntimeError(OneLine(Fill(known.words, *gaps)));
  }
  return RuntimeError(OneLine(text));
}

}  // namespace casebook
