// The capturing groups of a regular expression, read from its text. Knows no engine of expressions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casebook::analysis {

struct RegexpGroup {
  size_t begin = 0;        // of its parenthesis
  std::string_view name;   // of `(?P<name>…)` and `(?<name>…)`; empty: has none
};

// From left to right.
std::vector<RegexpGroup> RegexpGroups(std::string_view pattern);

}  // namespace casebook::analysis
