// LandedRecord: what the landing log holds, as the writer gives it and the readers get it.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"

namespace casebook {

enum class LandedKind : uint8_t {
  kRecord = 1,     // one JSON value
  kSetAside = 2,   // bytes between records that are no JSON value
  kStruckOut = 3,  // a record whose bytes were erased; only its sequence is left
};

struct NewRecord {
  std::string_view source;      // a file's path, "-" for stdin, a receiver's name
  uint64_t source_offset = 0;   // of the first byte in the plain bytes of the source
  Timestamp received_at;
  std::string_view bytes;
  LandedKind kind = LandedKind::kRecord;
  std::string_view reason;      // why it was set aside
};

// Views into the memory of whoever gave it.
struct LandedRecord {
  uint64_t sequence = 0;
  Timestamp received_at;
  std::string_view source;
  uint64_t source_offset = 0;
  std::string_view bytes;
  LandedKind kind = LandedKind::kRecord;
  std::string_view reason;
};

struct OwnedRecord {
  uint64_t sequence = 0;
  Timestamp received_at;
  std::string source;
  uint64_t source_offset = 0;
  std::string bytes;
  LandedKind kind = LandedKind::kRecord;
  std::string reason;
};

// Records together with the memory that their views look into. May be moved to another thread; may outlive
// the reader that filled it.
struct LandedBatch {
  std::vector<LandedRecord> records;  // in the order of their sequence
  std::deque<std::string> buffers;

  LandedBatch() = default;
  LandedBatch(LandedBatch&&) = default;
  LandedBatch& operator=(LandedBatch&&) = default;
  LandedBatch(const LandedBatch&) = delete;
  LandedBatch& operator=(const LandedBatch&) = delete;
};

// A place where the log does not hold what was written.
struct LandingProblem {
  std::filesystem::path segment;
  uint64_t offset = 0;  // of the first bad byte in the segment's file
  std::string what;     // what is wrong and what was passed over
};

// `segment` at `offset`: `what`.
std::string Describe(const LandingProblem& problem);

}  // namespace casebook
