// Regular expressions, by RE2 as in GoogleSQL.
#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <string>

#include "analysis/regexp_groups.h"
#include "engines/duckdb/list_slots.h"
#include "engines/duckdb/text_ops.h"

namespace casebook::engines {
namespace {

// RE2 wants `(?P<name>…)` where GoogleSQL also takes `(?<name>…)`.
std::string WithNamesForRe2(std::string_view pattern) {
  std::string out;
  size_t done = 0;
  for (const analysis::RegexpGroup& group : analysis::RegexpGroups(pattern)) {
    if (group.name.empty() || pattern.substr(group.begin + 2, 1) != "<") continue;
    out.append(pattern.substr(done, group.begin + 2 - done)).append("P");
    done = group.begin + 2;
  }
  return out.append(pattern.substr(done));
}

// The compiled pattern; a query uses few, so the last one of a thread is kept.
const RE2& Compiled(std::string_view pattern, bool bytes) {
  thread_local std::string last;
  thread_local bool last_bytes = false;
  thread_local std::unique_ptr<RE2> compiled;
  if (compiled == nullptr || last != pattern || last_bytes != bytes) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_encoding(bytes ? RE2::Options::EncodingLatin1 : RE2::Options::EncodingUTF8);
    compiled = std::make_unique<RE2>(WithNamesForRe2(pattern), options);
    last = pattern;
    last_bytes = bytes;
  }
  return *compiled;
}

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

template <typename T>
Answer<T> Invalid(const RE2& re) {
  return Answer<T>::Fail("Cannot parse regular expression: " + re.error());
}

Answer<bool> Contains(std::string_view text, std::string_view pattern, bool bytes) {
  const RE2& re = Compiled(pattern, bytes);
  if (!re.ok()) return Invalid<bool>(re);
  return RE2::PartialMatch(Piece(text), re);
}
Answer<bool> ContainsText(std::string_view text, std::string_view pattern) { return Contains(text, pattern, false); }
Answer<bool> ContainsBytes(BytesView text, BytesView pattern) { return Contains(text.bytes, pattern.bytes, true); }

// Where the next search begins after an empty match.
size_t After(std::string_view text, size_t at, bool bytes) {
  ++at;
  while (!bytes && at < text.size() && IsContinuation(text[at])) ++at;
  return at;
}

struct Found {
  bool found = false;
  bool participates = true;
  std::string_view whole;
  std::string_view wanted;  // the one group, or the whole
};

// The `occurrence`th match from byte `at`.
Found Find(const RE2& re, std::string_view text, size_t at, int64_t occurrence, bool bytes) {
  Found result;
  re2::StringPiece groups[2];
  const int count = re.NumberOfCapturingGroups() + 1;
  for (int64_t i = 0; i < occurrence; ++i) {
    // Behind the text nothing is found any more, but in an empty one.
    if ((at >= text.size() && at > 0) || !re.Match(Piece(text), at, text.size(), RE2::UNANCHORED, groups, count)) return {};
    const auto begin = static_cast<size_t>(groups[0].data() - text.data());
    result.whole = text.substr(begin, groups[0].size());
    at = groups[0].empty() ? After(text, begin, bytes) : begin + groups[0].size();
  }
  result.found = true;
  result.wanted = result.whole;
  if (count == 2) {
    result.participates = groups[1].data() != nullptr;
    result.wanted = {groups[1].data() == nullptr ? "" : groups[1].data(), groups[1].size()};
  }
  return result;
}

Answer<std::string> Extract(std::string_view text, std::string_view pattern, int64_t position, int64_t occurrence,
                            bool bytes) {
  using Text = Answer<std::string>;
  const RE2& re = Compiled(pattern, bytes);
  if (!re.ok()) return Invalid<std::string>(re);
  if (re.NumberOfCapturingGroups() > 1) {
    return Text::Fail("Regular expressions passed into extraction functions must not have more than 1 capturing group");
  }
  if (position < 1) return Text::Fail("Position must be positive");
  if (occurrence < 1) return Text::Fail("Occurrence must be positive");
  const int64_t count = bytes ? static_cast<int64_t>(text.size()) : CountCharacters(text);
  if (position > count + 1) return nullptr;
  const size_t at = bytes ? static_cast<size_t>(position - 1) : ByteOfCharacter(text, position - 1);
  const Found found = Find(re, text, at, occurrence, bytes);
  if (!found.found || !found.participates) return nullptr;
  return std::string(found.wanted);
}
Answer<std::string> ExtractText(std::string_view text, std::string_view pattern, int64_t position, int64_t occurrence) {
  return Extract(text, pattern, position, occurrence, false);
}
Answer<Bytes> ExtractBytes(BytesView text, BytesView pattern, int64_t position, int64_t occurrence) {
  auto answer = Extract(text.bytes, pattern.bytes, position, occurrence, true);
  if (answer.error != nullptr) return Answer<Bytes>::Fail(*answer.error);
  if (answer.is_null) return nullptr;
  return Bytes{std::move(answer.value)};
}

Answer<TextList> ExtractAll(std::string_view text, std::string_view pattern, bool bytes) {
  const RE2& re = Compiled(pattern, bytes);
  if (!re.ok()) return Invalid<TextList>(re);
  if (re.NumberOfCapturingGroups() > 1) {
    return Answer<TextList>::Fail("Regular expressions passed into extraction functions must not have more than 1 capturing group");
  }
  TextList all;
  size_t at = 0;
  while (true) {
    // Behind the text nothing is found any more, but in an empty one.
    if (at >= text.size() && at > 0) return all;
    const Found found = Find(re, text, at, 1, bytes);
    if (!found.found) return all;
    all.emplace_back(found.wanted);
    const auto begin = static_cast<size_t>(found.whole.data() - text.data());
    at = found.whole.empty() ? After(text, begin, bytes) : begin + found.whole.size();
  }
}
Answer<TextList> ExtractAllText(std::string_view text, std::string_view pattern) { return ExtractAll(text, pattern, false); }
Answer<List<Bytes>> ExtractAllBytes(BytesView text, BytesView pattern) {
  auto answer = ExtractAll(text.bytes, pattern.bytes, true);
  if (answer.error != nullptr) return Answer<List<Bytes>>::Fail(*answer.error);
  List<Bytes> all;
  for (std::string& one : answer.value) all.emplace_back(Bytes{std::move(one)});
  return all;
}

Answer<int64_t> Instr(std::string_view text, std::string_view pattern, int64_t position, int64_t occurrence,
                      int64_t return_end, bool bytes) {
  using Place = Answer<int64_t>;
  const auto count = [&](std::string_view part) { return bytes ? static_cast<int64_t>(part.size()) : CountCharacters(part); };
  const RE2& re = Compiled(pattern, bytes);
  if (!re.ok()) return Invalid<int64_t>(re);
  if (re.NumberOfCapturingGroups() > 1) {
    return Place::Fail("Regular expressions passed into extraction functions must not have more than 1 capturing group");
  }
  if (position < 1) return Place::Fail("Position must be positive");
  if (occurrence < 1) return Place::Fail("Occurrence must be positive");
  if (return_end != 0 && return_end != 1) return Place::Fail("Return position must be 0 or 1");
  if (position > count(text) || pattern.empty()) return int64_t{0};
  const size_t at = bytes ? static_cast<size_t>(position - 1) : ByteOfCharacter(text, position - 1);
  const Found found = Find(re, text, at, occurrence, bytes);
  if (!found.found || !found.participates) return int64_t{0};
  const auto begin = static_cast<size_t>(found.wanted.data() - text.data());
  return count(text.substr(0, begin + (return_end == 1 ? found.wanted.size() : 0))) + 1;
}
Answer<int64_t> InstrText(std::string_view text, std::string_view pattern, int64_t position, int64_t occurrence,
                          int64_t return_end) {
  return Instr(text, pattern, position, occurrence, return_end, false);
}
Answer<int64_t> InstrBytes(BytesView text, BytesView pattern, int64_t position, int64_t occurrence, int64_t return_end) {
  return Instr(text.bytes, pattern.bytes, position, occurrence, return_end, true);
}

// All groups of the first match; those that take no part in it are NULL.
Answer<List<std::string>> Groups(std::string_view text, std::string_view pattern) {
  const RE2& re = Compiled(pattern, false);
  if (!re.ok()) return Invalid<List<std::string>>(re);
  std::vector<re2::StringPiece> groups(static_cast<size_t>(re.NumberOfCapturingGroups()) + 1);
  if (!re.Match(Piece(text), 0, text.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) return nullptr;
  List<std::string> all;
  for (size_t i = 1; i < groups.size(); ++i) {
    if (groups[i].data() == nullptr) all.emplace_back(std::nullopt);
    else all.emplace_back(std::string(groups[i].data(), groups[i].size()));
  }
  return all;
}

constexpr size_t kMaxReplacedBytes = 64U << 20U;

// As many bytes as there can be at most when each match has given way to `rewrite`. Matches are counted only where
// there could be too many.
size_t ReplacedBytes(const RE2& re, std::string_view text, std::string_view rewrite) {
  const auto groups = static_cast<size_t>(std::count(rewrite.begin(), rewrite.end(), '\\'));
  if ((text.size() + 1) * (rewrite.size() + groups) <= kMaxReplacedBytes) return 0;
  std::string rest(text);
  const auto matches = static_cast<size_t>(RE2::GlobalReplace(&rest, re, ""));
  return text.size() + matches * rewrite.size() + groups * (text.size() - rest.size());
}

Answer<std::string> Replace(std::string_view text, std::string_view pattern, std::string_view rewrite, bool bytes) {
  const RE2& re = Compiled(pattern, bytes);
  if (!re.ok()) return Invalid<std::string>(re);
  std::string error;
  if (!re.CheckRewriteString(Piece(rewrite), &error)) {
    return Answer<std::string>::Fail("Invalid REGEXP_REPLACE pattern: " + error);
  }
  if (ReplacedBytes(re, text, rewrite) > kMaxReplacedBytes) {
    return Answer<std::string>::Fail("REGEXP_REPLACE makes a value that is too long");
  }
  std::string out(text);
  RE2::GlobalReplace(&out, re, Piece(rewrite));
  return out;
}
Answer<std::string> ReplaceText(std::string_view text, std::string_view pattern, std::string_view rewrite) {
  return Replace(text, pattern, rewrite, false);
}
Answer<Bytes> ReplaceBytes(BytesView text, BytesView pattern, BytesView rewrite) {
  auto answer = Replace(text.bytes, pattern.bytes, rewrite.bytes, true);
  if (answer.error != nullptr) return Answer<Bytes>::Fail(*answer.error);
  return Bytes{std::move(answer.value)};
}

}  // namespace

void AddRegexps(Registrar& registrar) {
  registrar.Add("gs_regexp_contains", ContainsText);
  registrar.Add("gs_regexp_contains_bytes", ContainsBytes);
  registrar.Add("gs_regexp_extract", ExtractText);
  registrar.Add("gs_regexp_extract_bytes", ExtractBytes);
  registrar.Add("gs_regexp_extract_all", ExtractAllText);
  registrar.Add("gs_regexp_extract_all_bytes", ExtractAllBytes);
  registrar.Add("gs_regexp_groups", Groups);
  registrar.Add("gs_regexp_instr", InstrText);
  registrar.Add("gs_regexp_instr_bytes", InstrBytes);
  registrar.Add("gs_regexp_replace", ReplaceText);
  registrar.Add("gs_regexp_replace_bytes", ReplaceBytes);
}

}  // namespace casebook::engines
