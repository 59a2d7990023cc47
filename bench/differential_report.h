// What both sides answered, side by side: agreements, refusals of either, and differences.
#pragma once

#include <iosfwd>
#include <vector>

#include "bench/conformance_report.h"

namespace casebook::differential {

using conformance::Case;
using conformance::Json;
using conformance::Verdict;

enum class Comparison {
  kAgree,
  kBothFail,
  kWeRefuse,          // not supported, and said so
  kEvaluatorCannot,   // what it does not implement or finish
  kEvaluatorRefuses,  // does not analyse there: newer than its language, or more than the language has
  kDiffer
};

const char* ComparisonName(Comparison comparison);

// `item.expected` is the evaluator's answer, `got` ours.
Comparison Compare(const Case& item, const Json& got);

// Counts by family and in all.
void PrintComparisons(const std::vector<Verdict>& verdicts, std::ostream& out);
// Each difference with both answers, by cause; then why the evaluator refused what is answered here.
void PrintDifferences(const std::vector<Verdict>& verdicts, std::ostream& out);

}  // namespace casebook::differential
