// SegmentWriter: adds records to one segment of the landing log and seals it with an index.
//
// Records gather in memory until they fill a block, which is written compressed; what is left at Sync() is
// written as it is. An error leaves the file torn: the writer is of no use after it. Used inside landing/ alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "landing/landing_format.h"
#include "landing/landing_log.h"

namespace casebook {

// The file of a segment. One thread appends; another may wait meanwhile for what was appended to reach the disk.
class SegmentFile {
 public:
  explicit SegmentFile(std::unique_ptr<AppendFile> file) : file_(std::move(file)) {}

  // Of the thread that appends.
  Status Append(std::string_view bytes) { return file_->Append(bytes); }
  // Returns when the first `size` bytes, which are written, are on the disk. After a failure it always fails.
  Status Sync(uint64_t size);
  // Lets no later Sync() succeed; returns how many bytes are durable.
  uint64_t Abandon();

 private:
  std::unique_ptr<AppendFile> file_;
  std::mutex mutex_;  // held while the disk is waited for
  uint64_t synced_size_ = 0;
  std::optional<Error> failure_;
};

class SegmentWriter {
 public:
  // Where a segment that was begun before goes on.
  struct Resumed {
    uint64_t size = 0;  // of the file
    uint64_t plain_bytes = 0;
    SegmentIndex index;
  };

  // Begins the segment `path`, which is not there yet, and makes its name durable.
  static Result<SegmentWriter> Create(FileSystem& files, const std::filesystem::path& path, uint64_t first_sequence,
                                      const LandingLogOptions& options);
  // Goes on in the segment `path`.
  static Result<SegmentWriter> Resume(FileSystem& files, const std::filesystem::path& path, Resumed resumed,
                                      const LandingLogOptions& options);

  // Sequences ascend. The record keeps to the limits of landing_log.h.
  Status Add(uint64_t sequence, const NewRecord& record);
  // Everything added is on the disk when this returns.
  Status Sync();
  // The first part of Sync(): everything added is written; file()->Sync(size()) is the second part.
  Status WriteOut();
  // Writes the rest and the index, and syncs. Nothing may be added after it.
  Status Seal();

  // Of all frames, before compression.
  uint64_t plain_bytes() const { return plain_bytes_; }
  uint64_t records() const { return index_.records; }
  const std::filesystem::path& path() const { return path_; }
  uint64_t size() const { return size_; }
  const std::shared_ptr<SegmentFile>& file() const { return file_; }

 private:
  SegmentWriter(std::unique_ptr<AppendFile> file, std::filesystem::path path, const LandingLogOptions& options)
      : file_(std::make_shared<SegmentFile>(std::move(file))), path_(std::move(path)), options_(options) {}

  Result<uint32_t> SourceId(std::string_view name);
  Status WriteBlock();
  Status WriteCompressed(std::string_view block);
  Status WritePlain();
  Status Write(std::string_view bytes);

  std::shared_ptr<SegmentFile> file_;
  std::filesystem::path path_;
  LandingLogOptions options_;
  uint64_t size_ = 0;
  uint64_t plain_bytes_ = 0;
  SegmentIndex index_;
  std::map<std::string, uint32_t, std::less<>> source_ids_;
  std::string last_source_;  // most records come from the source of the one before
  uint32_t last_source_id_ = 0;

  std::string block_;  // frames that are not written yet
  uint64_t block_first_sequence_ = 0;
  uint32_t block_records_ = 0;
};

}  // namespace casebook
