// Intake: files and standard input → records in the landing log, and at once on to whoever loads them.
//
// Reads and lands in a thread of its own, beside one that waits for the disk. Records are handed on as soon as they are in
// the log; whoever commits what became of them asks first that they be durable.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "ingest/loader.h"
#include "ingest/record_reader.h"
#include "landing/landed_record.h"
#include "landing/landing_log.h"

namespace casebook {

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
  void Recycle(LandedBatch batch) override { reader_.Recycle(std::move(batch)); }
  Status AwaitDurable(uint64_t sequence) override;

  uint64_t bytes_read() const { return reader_.bytes_read(); }
  // Inputs that could not be read to their end, a sentence each. After the end.
  const std::vector<std::string>& damage() const { return reader_.damage(); }

 private:
  // A batch in the making. Records stay where they were read; what stands elsewhere is copied beside them.
  struct Filling {
    LandedBatch batch;
    size_t record_bytes = 0;

    std::string_view Keep(std::string_view bytes);
    void Add(const NewRecord& record, uint64_t sequence);
  };

  void Run();
  Status LandAll(CutRecords cut);
  Status Land(const NewRecord& record);
  Status HandOn();
  Status BeginSync();
  void RunSyncs();
  void End(const Status& result);

  LandingLog& log_;
  RecordReader reader_;

  // Of the intake's thread.
  Filling filling_;
  size_t unsynced_bytes_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<LandedBatch> landed_;
  size_t landed_bytes_ = 0;
  std::optional<PendingSync> wanted_sync_;  // the newest; it covers those before it
  uint64_t durable_ = 0;                    // every record below this is durable
  bool ended_ = false;
  bool cancelled_ = false;
  Status result_;

  std::thread sync_thread_;
  std::thread thread_;
};

}  // namespace casebook
