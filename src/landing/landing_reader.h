// LandingReader: the records of a landing log in order, as they were written.
//
// Takes no lock and changes nothing, so any number may run beside the writer. It may see records that were
// written but are not yet durable; who commits what he read must read no further than the writer's
// synced_sequence().
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "landing/landed_record.h"

namespace casebook {

inline constexpr size_t kReadBatchBytes = size_t{1} << 20U;

class LandingReader {
 public:
  // Reads from the first record whose sequence is not below `from_sequence`. A directory that is not there or
  // is empty holds no records.
  static Result<LandingReader> Open(const std::filesystem::path& directory, uint64_t from_sequence = 1);
  ~LandingReader();
  LandingReader(LandingReader&& other) noexcept;
  LandingReader& operator=(LandingReader&& other) noexcept;

  // The next record, its views valid until the next call; nullopt at the end. Calling again after the end
  // finds what was written since. Damage is passed over and named by problems(); errors are kIo only.
  Result<std::optional<LandedRecord>> Next();

  // Fills `batch`, whose old content goes, with the next records until they hold `bytes_min` bytes or the log
  // ends; empty at the end.
  Status NextBatch(LandedBatch& batch, size_t bytes_min = kReadBatchBytes);

  // The damage found so far.
  const std::vector<LandingProblem>& problems() const;

 private:
  struct State;
  explicit LandingReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The record `sequence` of the log in `directory`; kNotFound if there is none, kCorrupt if it lies in a
// damaged place.
Result<OwnedRecord> FindRecord(const std::filesystem::path& directory, uint64_t sequence);

struct VerifyReport {
  uint64_t segments = 0;
  uint64_t records = 0;  // of all kinds
  uint64_t set_aside = 0;
  uint64_t struck_out = 0;
  uint64_t record_bytes = 0;  // plain bytes of the records
  uint64_t stored_bytes = 0;  // of the segments' files
  uint64_t first_sequence = 0;  // 0 if there are no records
  uint64_t last_sequence = 0;
  std::vector<LandingProblem> problems;
};

// Reads every record and checks every checksum.
Result<VerifyReport> VerifyLog(const std::filesystem::path& directory);

}  // namespace casebook
