#include "analysis/regexp_groups.h"

#include <algorithm>

namespace casebook::analysis {
namespace {

// The place behind the class that begins at `at`, `[…]`.
size_t BehindClass(std::string_view pattern, size_t at) {
  ++at;
  if (at < pattern.size() && pattern[at] == '^') ++at;
  if (at < pattern.size() && pattern[at] == ']') ++at;  // stands for itself
  while (at < pattern.size() && pattern[at] != ']') {
    if (pattern[at] == '\\') {
      at += 2;
    } else if (pattern.substr(at).starts_with("[:")) {
      const size_t end = pattern.find(":]", at + 2);
      at = end == std::string_view::npos ? at + 1 : end + 2;
    } else {
      ++at;
    }
  }
  return std::min(at + 1, pattern.size());
}

// The name of the group that begins at `at`; false where what begins there is no capturing group.
bool ReadGroup(std::string_view pattern, size_t at, std::string_view& name) {
  std::string_view rest = pattern.substr(at + 1);
  if (!rest.starts_with("?")) return true;
  rest.remove_prefix(1);
  if (rest.starts_with("P")) rest.remove_prefix(1);
  if (!rest.starts_with("<") || rest.starts_with("<=") || rest.starts_with("<!")) return false;
  const size_t end = rest.find('>');
  if (end == std::string_view::npos) return false;
  name = rest.substr(1, end - 1);
  return true;
}

}  // namespace

std::vector<RegexpGroup> RegexpGroups(std::string_view pattern) {
  std::vector<RegexpGroup> groups;
  for (size_t at = 0; at < pattern.size();) {
    if (pattern.substr(at).starts_with("\\Q")) {
      const size_t end = pattern.find("\\E", at + 2);
      at = end == std::string_view::npos ? pattern.size() : end + 2;
    } else if (pattern[at] == '\\') {
      at += 2;
    } else if (pattern[at] == '[') {
      at = BehindClass(pattern, at);
    } else {
      RegexpGroup group{at, {}};
      if (pattern[at] == '(' && ReadGroup(pattern, at, group.name)) groups.push_back(group);
      ++at;
    }
  }
  return groups;
}

}  // namespace casebook::analysis
