// AskAll: what GoogleSQL's own reference evaluator answers.
//
// The evaluator is a program of its own, which reads and writes files in the notation of conformance_notation.h.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "bench/conformance_case.h"

namespace casebook::differential {

// Sets `expected` of each case. `program` is run as `program -f QUESTIONS --out ANSWERS`.
Status AskAll(const std::filesystem::path& program, conformance::CaseSet& set);

}  // namespace casebook::differential
