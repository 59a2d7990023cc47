// Questions about values with parts, intervals, ranges, JSON, arrays of structs, and about recursion and pivots.
//
// Writes GoogleSQL; runs nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/random.h"

namespace casebook::differential {

// `intervals`, `ranges`, `documents`, `structs`, `recursion`, `pivots`.
std::vector<std::string_view> PartFamilies();

// A query of its own of that family.
std::string PartQuestion(std::string_view family, Random& random);

}  // namespace casebook::differential
