// RecordReader: files and standard input → records, cut apart, with the memory that they stand in.
//
// Records are cut where they were read to, so that nothing is copied but the start of one that a buffer's end cuts.
// Lands nothing. Used by one thread, but for Recycle().
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "landing/decompress.h"
#include "landing/landed_record.h"
#include "landing/record_splitter.h"

namespace casebook {

// A file to be read, or standard input ("-").
struct IntakeFile {
  std::string name;
  uint64_t bytes = 0;  // as it lies on the disk; 0: unknown
};

// All files named by `inputs`, those of folders with their whole tree. Folders of small files first, and small files
// first: a field catalogue or a list of agents is then known before the events that need it, which saves enriching
// them twice. The others by name, which mostly is by feed and day, so that rows of one time lie together.
// kIo for the first that cannot be read.
Result<std::vector<IntakeFile>> ListInputs(const std::vector<std::string>& inputs);

// Records as they came, with the memory that their bytes stand in: the first buffer of `batch`, which has no records yet.
struct CutRecords {
  std::vector<NewRecord> records;
  LandedBatch batch;
};

class RecordReader {
 public:
  // Batches that came back and are kept for their memory.
  static constexpr size_t kMaxSpare = 128;

  // `clock` outlives the reader.
  RecordReader(std::vector<IntakeFile> files, const Clock& clock) : files_(std::move(files)), clock_(clock) {}

  // The next records, in order; nullopt at the end. The names of their sources live as long as the reader.
  std::optional<CutRecords> Next();
  // Takes back the memory of a batch that is done with. Called by any thread.
  void Recycle(LandedBatch batch);

  // May be asked by any thread.
  uint64_t bytes_read() const { return bytes_read_; }
  // Inputs that could not be read to their end, a sentence each.
  const std::vector<std::string>& damage() const { return damage_; }

 private:
  struct OpenFile {
    const std::string* name;
    std::unique_ptr<ByteSource> bytes;
    RecordSplitter splitter;
  };

  bool OpenNext();
  void ReadOn();
  void AddRecords(const std::vector<SplitRecord>& records);
  void BeginBatch(std::string_view rest);
  size_t room() const;

  const std::vector<IntakeFile> files_;
  const Clock& clock_;
  std::atomic<uint64_t> bytes_read_ = 0;
  std::vector<std::string> damage_;

  size_t next_file_ = 0;
  std::optional<OpenFile> file_;
  std::vector<SplitRecord> split_;

  CutRecords filling_;
  size_t begin_ = 0;  // in the buffer, of what is read and not yet cut
  size_t end_ = 0;

  std::mutex mutex_;
  std::vector<LandedBatch> spare_;  // empty
};

}  // namespace casebook
