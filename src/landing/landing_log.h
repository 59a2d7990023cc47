// LandingLog: the durable, append-only home of every record as it arrived.
//
// Nothing is parsed here. A record is bytes with a length and a checksum, so what cannot be decoded today can
// be decoded tomorrow. Format: docs/landing-log.md.
//
// One writer per directory, held by a lock. Readers (landing_reader.h) may run beside it. Append() and Sync()
// belong to one thread at a time; CompressSealed() may run in one other beside them.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "landing/landed_record.h"

namespace casebook {

inline constexpr size_t kMaxLandedBytes = size_t{64} << 20U;       // of one record
inline constexpr size_t kMaxSourceNameBytes = size_t{4} << 10U;
inline constexpr size_t kMaxReasonBytes = size_t{1} << 10U;
inline constexpr uint64_t kSegmentBytes = uint64_t{256} << 20U;    // plain bytes at which a segment is sealed
inline constexpr size_t kBlockBytes = size_t{1} << 20U;            // plain bytes that are compressed together
inline constexpr int kCompressionLevel = -3;

struct LandingLogOptions {
  uint64_t segment_bytes = kSegmentBytes;
  size_t block_bytes = kBlockBytes;
  int compression_level = kCompressionLevel;
  // The next sequence is at least this: a reader's committed position plus one, so that a sequence that was
  // once read is never given to another record, even if the log's tail was lost.
  uint64_t next_sequence_min = 1;
};

class SegmentFile;

// What the log has written and the disk has not yet acknowledged. May be waited for in another thread than the one that
// appends, and outlive the log.
class PendingSync {
 public:
  // Returns when every record below sequence() is durable; the log's synced_sequence() then says so.
  Status Wait() const;
  uint64_t sequence() const { return sequence_; }

 private:
  friend class LandingLog;
  std::shared_ptr<SegmentFile> file_;  // null where nothing is to be waited for
  uint64_t size_ = 0;
  uint64_t sequence_ = 0;
  std::shared_ptr<std::atomic<uint64_t>> synced_sequence_;
};

class LandingLog {
 public:
  // Opens or creates the log in `directory`. A torn record at the tail, left by a crash, is cut off; damage
  // before the tail stays, is named by problems(), and does not stop the intake. kInvalid if another writer
  // holds the directory.
  static Result<LandingLog> Open(const std::filesystem::path& directory, FileSystem& files = RealFileSystem(),
                                 LandingLogOptions options = {});
  // Without Sync(): what was not synced may be lost.
  ~LandingLog();
  LandingLog(LandingLog&& other) noexcept;
  LandingLog& operator=(LandingLog&& other) noexcept;

  // Appends `record` and returns its sequence. Durable, and so accepted, after Sync(). kInvalid or kLimit for a
  // record that breaks a limit above; it takes no sequence, and the log goes on. After any other error nothing
  // since the last Sync() is accepted, and every later call fails until the log is opened anew.
  Result<uint64_t> Append(const NewRecord& record);
  Status Sync();
  // Sync() without its slow part, which is PendingSync::Wait().
  Result<PendingSync> BeginSync();

  uint64_t next_sequence() const;
  // Every record below this is durable.
  uint64_t synced_sequence() const;

  // The record `sequence`; kNotFound if there is none, kCorrupt if it lies in a damaged place. Sees what was
  // written to the files, so Sync() first.
  Result<OwnedRecord> Find(uint64_t sequence) const;

  // Compresses what the sealed segments still hold plain (records that were synced a few at a time). At every
  // moment the log is whole and readable. Returns how many segments were rewritten.
  Result<uint64_t> CompressSealed();

  // What Open() found and cut or passed over in the last segment.
  const std::vector<LandingProblem>& problems() const;

 private:
  struct State;
  explicit LandingLog(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace casebook
