#include "app/completion.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "schema/dataset.h"
#include "sql/terminal.h"

namespace casebook {
namespace {

bool IsWordPart(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

char Lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), Lower);
  return lowered;
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && EqualIgnoringCase(text.substr(0, start.size()), start);
}

std::set<std::string> WordsOf(std::string_view text) {
  std::set<std::string> words;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && IsWordPart(text[end])) ++end;
    if (end > begin) words.insert(Lowered(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return words;
}

// Keywords are written in the case in which the word was begun.
void AddKeywords(std::string_view word, std::set<std::string>& candidates) {
  const bool is_lower =
      std::none_of(word.begin(), word.end(), [](char c) { return std::isupper(static_cast<unsigned char>(c)); });
  const auto add = [&](std::string_view keyword) {
    if (StartsWithIgnoringCase(keyword, word)) candidates.insert(is_lower ? Lowered(keyword) : std::string(keyword));
  };
  for (const auto keyword : sql::kReservedWords) add(keyword);
  for (const auto keyword : sql::kUnreservedWords) add(keyword);
}

void AddNames(std::string_view word, const std::set<std::string>& mentioned, std::set<std::string>& candidates) {
  const auto is_mentioned = [&](const Table& table) { return mentioned.contains(table.name); };
  const bool any = std::any_of(DatasetTables().begin(), DatasetTables().end(), is_mentioned);
  if (StartsWithIgnoringCase(kDatasetName, word)) candidates.insert(std::string(kDatasetName));
  for (const Table& table : DatasetTables()) {
    if (StartsWithIgnoringCase(table.name, word)) candidates.insert(table.name);
    if (any && !is_mentioned(table)) continue;
    for (const Column& column : table.columns) {
      if (StartsWithIgnoringCase(column.name, word)) candidates.insert(column.name);
    }
  }
}

}  // namespace

Completion Complete(std::string_view before) {
  size_t begin = before.size();
  while (begin > 0 && IsWordPart(before[begin - 1])) --begin;
  const std::string_view word = before.substr(begin);
  if (word.empty() && (begin == 0 || before[begin - 1] != '.')) return {};
  std::set<std::string> candidates;
  if (begin == 0 || before[begin - 1] != '.') AddKeywords(word, candidates);
  AddNames(word, WordsOf(before.substr(0, begin)), candidates);
  return {word.size(), {candidates.begin(), candidates.end()}};
}

std::string CommonStart(const std::vector<std::string>& candidates) {
  if (candidates.empty()) return "";
  std::string start = candidates.front();
  for (const std::string& candidate : candidates) {
    size_t same = 0;
    while (same < start.size() && same < candidate.size() && Lower(start[same]) == Lower(candidate[same])) ++same;
    start.resize(same);
  }
  return start;
}

}  // namespace casebook
