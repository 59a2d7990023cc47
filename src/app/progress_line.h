// ProgressLine: one line on the terminal that says how far a long job is: stage, share, rate, time left.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "ingest/ingest.h"

namespace casebook {

class ProgressLine {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Writes to `out`, which is borrowed, only if it is a terminal.
  ProgressLine(std::ostream& out, bool is_terminal) : out_(out), is_terminal_(is_terminal) {}
  ~ProgressLine() { Clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // To be given to a job; empty where there is no terminal.
  ProgressCallback Callback();
  void Update(const IngestProgress& progress, Time now);
  // Takes the line away.
  void Clear();

 private:
  std::ostream& out_;
  const bool is_terminal_;
  std::string stage_;
  Time stage_start_;
  uint64_t stage_done_ = 0;  // when the stage began
  std::optional<Time> last_;
  bool is_shown_ = false;
};

// `loading   45%  312.4 MB/s  0:12 left`.
std::string ProgressText(const IngestProgress& progress, uint64_t bytes_since_start, double seconds);

// `12.3 MB`, `980 kB`, `17 bytes`: powers of ten.
std::string ByteText(uint64_t bytes);

}  // namespace casebook
