// Simulate: a contact centre that does not exist, and everything it would send, in the true wire formats.
//
// The same options give the same bytes on every machine. Formats and model: docs/simulator.md. Used by the app, tests
// and benchmarks; it knows nothing of what is made of its feeds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"

namespace casebook {

struct SimulationProgress {
  int days_done = 0;
  int days = 0;
  uint64_t bytes = 0;  // written, before compression
};

struct SimulationOptions {
  uint64_t cases = 10'000;
  int days = 60;
  // The full size of the dataset's description (1), or a part of it; takes the place of `cases` and `days`.
  std::optional<double> scale;
  std::optional<Timestamp> until;  // end of the period; 2026-06-30T00:00:00Z if not given
  uint64_t seed = 1;
  std::filesystem::path out;  // a new or empty folder; "-": standard output
  bool gzip = false;
  std::optional<std::filesystem::path> config;              // TOML
  std::function<void(const SimulationProgress&)> progress;  // after each day; may be empty
};

struct FeedSummary {
  std::string name;
  uint64_t records = 0;     // distinct
  uint64_t duplicates = 0;  // delivered besides
  uint64_t bytes = 0;       // before compression
};

struct SimulationSummary {
  std::vector<FeedSummary> feeds;
  uint64_t cases = 0;
  uint64_t contacts = 0;
  uint64_t agents = 0;
  // Of calls, callbacks aside.
  uint64_t calls_queued = 0, calls_answered = 0, calls_abandoned = 0, calls_answered_in_time = 0;
  double occupancy = 0;  // of agents' time at work
  uint64_t bytes = 0;
  // What had to be remembered from one slice to the next at most: contacts and cases, and bytes not yet delivered.
  uint64_t pending_max = 0;
  uint64_t waiting_bytes_max = 0;
};

inline constexpr uint64_t kMaxSimulatedCases = 20'000'000;
inline constexpr int kMaxSimulatedDays = 3'660;

// kInvalid for options or a configuration that make no sense, and for a target that is not empty.
Result<SimulationSummary> Simulate(const SimulationOptions& options);

}  // namespace casebook
