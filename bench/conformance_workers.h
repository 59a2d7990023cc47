// RunAll: the cases in processes of their own, so that one that dies or hangs takes nothing with it.
#pragma once

#include <chrono>
#include <functional>
#include <vector>

#include "base/result.h"
#include "bench/conformance_case.h"

namespace casebook::conformance {

struct WorkerOptions {
  int jobs = 1;
  std::chrono::seconds time_limit{10};  // for each case
};

// Runs set.cases[i] for each i of `chosen` and calls `done` with i and what it came to, in the order in which they
// end. A case that dies or hangs comes to {"error", "kind": "runtime", "crashed": true}. Call it before any thread
// is started.
Status RunAll(const CaseSet& set, const std::vector<size_t>& chosen, const WorkerOptions& options,
              const std::function<void(size_t, Json)>& done);

}  // namespace casebook::conformance
