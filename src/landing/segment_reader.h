// SegmentReader: the records of one segment of the landing log, from bytes that may be damaged anywhere.
//
// Where a frame is unsound, reading goes on at the next sound one. The file may grow while it is read. Used
// inside landing/ alone.
#pragma once

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "landing/landed_record.h"
#include "landing/landing_format.h"

namespace casebook {

class SegmentReader {
 public:
  // Opens `segment`. Records below `from_sequence` are passed over, blocks of them without being unpacked.
  static Result<SegmentReader> Open(const SegmentName& segment, uint64_t from_sequence);

  // Says that `batch` is new and knows none of the sources' names.
  void BeginBatch() { batch_sources_.clear(); }
  // Adds the records of the next block, or of the next plain frames, to `batch`; perhaps none. False where the
  // sound frames end, for now: the file may grow.
  Result<bool> Next(LandedBatch& batch);

  // Goes to the last place known to the index from which `sequence` is still ahead; stays where it is if the
  // segment has no sound index.
  Status Seek(uint64_t sequence);
  // The index, if the segment is sealed and its index sound.
  Result<std::optional<SegmentIndex>> ReadIndex();

  // After Next() said false: names what stands after the last sound frame, if anything does.
  Status EndHere();

  const std::filesystem::path& path() const { return path_; }
  // The end of the last sound frame.
  uint64_t offset() const { return offset_; }
  uint64_t file_size() const;
  bool is_sealed() const { return sealed_; }
  // Of the index frame, if it is sealed.
  uint64_t index_offset() const { return index_offset_; }
  // Nothing was read, and the header is not sound.
  bool is_headless() const { return headless_; }
  // The sequence that the next record should have.
  uint64_t expected_sequence() const { return expected_sequence_; }
  // What a writer needs to go on behind offset(); complete only if nothing was sought.
  const SegmentIndex& seen() const { return seen_; }
  uint64_t seen_plain_bytes() const { return seen_plain_bytes_; }
  const std::vector<LandingProblem>& problems() const { return problems_; }

 private:
  class Descriptor {
   public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
      std::swap(number_, other.number_);
      return *this;
    }
    ~Descriptor() {
      if (number_ >= 0) ::close(number_);
    }
    int get() const { return number_; }

   private:
    int number_;
  };

  SegmentReader(int descriptor, const SegmentName& segment, uint64_t from_sequence)
      : descriptor_(descriptor),
        path_(segment.path),
        first_sequence_(segment.first_sequence),
        from_sequence_(from_sequence),
        expected_sequence_(segment.first_sequence) {}

  Status ReadHeader();
  Result<std::string_view> Peek(uint64_t offset, size_t size);
  Result<std::optional<Frame>> FrameAt(uint64_t offset);
  Result<std::optional<uint64_t>> FindFrame(uint64_t from);
  Result<bool> SkipDamage();
  Result<bool> IsSoundNow();
  Status Take(const Frame& frame, LandedBatch& batch);
  void TakeSource(const Frame& frame);
  Status TakeBlock(const Frame& block, LandedBatch& batch);
  void TakePlain(const Frame& frame, LandedBatch& batch);
  bool NoteSequence(uint64_t first, uint64_t count);
  void ReportDamage(uint64_t next_sequence);
  void AddRecord(const Frame& frame, LandedBatch& batch);
  std::string_view SourceName(uint32_t id, LandedBatch& batch);
  void Report(uint64_t offset, std::string what);

  Descriptor descriptor_;
  std::filesystem::path path_;
  uint64_t first_sequence_;
  uint64_t from_sequence_;
  uint64_t expected_sequence_;

  uint64_t offset_ = 0;
  std::string window_;  // file bytes at window_offset_
  uint64_t window_offset_ = 0;
  bool sealed_ = false;
  uint64_t index_offset_ = 0;
  bool headless_ = false;  // the header is damaged
  std::optional<uint64_t> damage_offset_;  // passed over, its missing records not yet known

  SegmentIndex seen_;
  uint64_t seen_plain_bytes_ = 0;
  std::unordered_map<uint32_t, std::string_view> batch_sources_;
  std::vector<LandingProblem> problems_;
};

}  // namespace casebook
