// Intake: files and standard input → records in the landing log, and at once on to whoever loads them.
//
// Lands in a thread of its own, and waits for the disk in another. Records are handed on as soon as they are in the log;
// whoever commits what became of them asks first that they be durable.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "ingest/loader.h"
#include "landing/landed_record.h"
#include "landing/landing_log.h"
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

class Intake final : public RecordStream {
 public:
  // Bytes that may be landed but not yet taken.
  static constexpr size_t kMaxWaitingBytes = size_t{64} << 20U;
  // Bytes after which what was landed is sent to the disk.
  static constexpr size_t kSyncBytes = size_t{16} << 20U;

  // `log` and `clock` outlive the intake. Starts at once.
  Intake(LandingLog& log, std::vector<IntakeFile> files, const Clock& clock);
  ~Intake() override;
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;

  // An error of the log ends it.
  Result<LandedBatch> Next() override;
  void Recycle(LandedBatch batch) override;
  Status AwaitDurable(uint64_t sequence) override;

  uint64_t bytes_read() const { return bytes_read_; }
  // Inputs that could not be read to their end, a sentence each. After the end.
  const std::vector<std::string>& damage() const { return damage_; }

 private:
  // A batch whose first buffer is read into; its records are views of that buffer wherever they stand in it as they came.
  struct Filling {
    LandedBatch batch;
    size_t begin = 0;  // of what is read and not yet cut into records
    size_t end = 0;
    size_t record_bytes = 0;

    std::string& buffer() { return batch.buffers.front(); }
    size_t capacity() const;
    std::string_view Keep(std::string_view bytes);
    void Add(const NewRecord& record, uint64_t sequence);
  };

  void Run();
  Status LandFile(const IntakeFile& file);
  Status LandRecords(const std::string& source, const std::vector<SplitRecord>& records);
  Status Land(const NewRecord& record);
  Status MakeRoom();
  Filling EmptyFilling(size_t bytes);
  Status HandOn(Filling filled);
  Status BeginSync();
  void RunSyncs();
  void End(const Status& result);

  LandingLog& log_;
  std::vector<IntakeFile> files_;
  const Clock& clock_;
  std::atomic<uint64_t> bytes_read_ = 0;

  // Of the intake's thread.
  Filling filling_;
  size_t unsynced_bytes_ = 0;
  std::vector<std::string> damage_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<LandedBatch> landed_;
  size_t landed_bytes_ = 0;
  std::vector<LandedBatch> spare_;          // empty; memory of batches that came back
  std::optional<PendingSync> wanted_sync_;  // the newest; it covers those before it
  uint64_t durable_ = 0;                    // every record below this is durable
  bool ended_ = false;
  bool cancelled_ = false;
  Status result_;

  std::thread sync_thread_;
  std::thread thread_;
};

}  // namespace casebook
