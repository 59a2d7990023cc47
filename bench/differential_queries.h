// Questions: random expressions and small queries, the same for the same seed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bench/conformance_case.h"

namespace casebook::differential {

// Families of expressions, then `aggregates`, `windows`, `joins`, `sets`, `subqueries`, `sorts`, `rows`, and those of
// differential_parts.h.
std::vector<std::string_view> QuestionFamilies();

struct QuestionOptions {
  uint64_t seed = 1;
  size_t count = 1000;
  std::string family;  // all of them in turn where empty
};

// Cases without an expected answer. The n-th is the same for the same seed and family, however many are asked.
Result<conformance::CaseSet> MakeQuestions(const QuestionOptions& options);

}  // namespace casebook::differential
