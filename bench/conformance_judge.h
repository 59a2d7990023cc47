// Judge: whether what came of a case is what was to come.
//
// Knows no engine: both are JSON in the notation of conformance_notation.h, {"columns", "rows"} or
// {"error", "kind"}.
#pragma once

#include <string>

#include "bench/conformance_case.h"

namespace casebook::conformance {

enum class Outcome {
  kPassed,
  kWrong,
  kRefused,
  kCrashed
};

const char* OutcomeName(Outcome outcome);

// `got` may say "crashed": true (it took the program down or hung), and "fault": true (our own SQL was not accepted
// by the engine, which no expected error excuses).
Outcome Judge(const Case& item, const Json& got);

// A query whose rows are bare structs has a column for each field, unless the case wants the structs.
Json Spread(const Case& item, const Json& got);

// Values of one type; both in the notation. A NULL array may come as an empty one: a result of BigQuery has no other.
bool EqualValues(const Json& type, const Json& expected, const Json& got, int ulp_bits);

// `text` is what a page shows for the value `got` of `type`, whose times may be in `time_zone`.
bool MeansTheSame(const Json& type, const std::string& text, const Json& got, const std::string& time_zone);

// Without the zeros at the end of a fraction: `1.50` and `1.5`, `01:02:03.500` and `01:02:03.5`.
std::string WithoutFractionZeros(const std::string& text);

}  // namespace casebook::conformance
