// StreamingIntake: records that come a few at a time, into a database that is read meanwhile.
//
//   Append() → the landing log, durable → rounds of a second or so → rows, and what depends on them, in one transaction
//
// Readers are in the same process (QueryEngine::OpenShared(intake->database(), …)) and see whole rounds. The tables
// come out as ingest.h makes them of the same records. Append(), Flush() and status() may be called by any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "duckdb/connection.h"
#include "ingest/loader.h"
#include "ingest/writing_session.h"
#include "landing/landed_record.h"

namespace casebook {

struct StreamingOptions {
  std::filesystem::path data = {};
  // A round begins when its first record has waited so long (and four times as long as the last round took), or so many
  // records wait.
  std::chrono::milliseconds round_wait{1000};
  size_t round_records = 20'000;
  // Agents and queues, and the names they lend to cases, are worked out after so many rounds that spoke of them.
  int dimension_rounds = 30;
  uint64_t memory_limit_mb = 0;  // of the engine, readers included; 0: its own default
  const Clock* clock = nullptr;  // of the time at which a record came; nullptr: the system's
};

class StreamingIntake {
 public:
  // Appenders wait while so many bytes are durable and not yet loaded.
  static constexpr size_t kMaxWaitingBytes = size_t{64} << 20U;

  // Makes the data folder if need be, and completes what a killed run left. kInvalid while another process writes to it.
  static Result<std::unique_ptr<StreamingIntake>> Open(const StreamingOptions& options);
  // Loads what was appended, as Close() does.
  ~StreamingIntake();
  StreamingIntake(const StreamingIntake&) = delete;
  StreamingIntake& operator=(const StreamingIntake&) = delete;

  // Appends texts, each one record or several, from `source`. Durable on return: the last sequence. Those who append
  // at the same time share one sync.
  Result<uint64_t> Append(std::span<const std::string_view> texts, std::string_view source);
  // Waits until the tables hold everything that was appended before, agents and queues included.
  Status Flush();
  // Flush(), and the database's file is complete. Nothing can be appended afterwards.
  Status Close();

  const std::shared_ptr<Database>& database() const { return session_.store.database(); }

  struct Counts {
    uint64_t appended = 0;  // records
    uint64_t loaded = 0;
    uint64_t rounds = 0;
    double seconds = 0;     // in all rounds
    double longest = 0;     // of one round
  };
  Counts counts() const;

 private:
  StreamingIntake(const StreamingOptions& options, WritingSession session);
  Status Start();
  void Run();
  Status Round(std::vector<LandedBatch> batches, bool with_dimensions);
  Status Land(const NewRecord& record);
  Status Sync(uint64_t up_to);

  StreamingOptions options_;
  SystemClock system_clock_;
  WritingSession session_;
  std::optional<Loader> loader_;

  std::mutex log_mutex_;  // of the log and what was appended to it and is not yet durable
  std::vector<LandedBatch> appended_;

  mutable std::mutex mutex_;  // of all below; may be taken while holding log_mutex_
  std::condition_variable changed_;
  std::vector<LandedBatch> durable_;
  size_t durable_bytes_ = 0;
  std::chrono::steady_clock::time_point first_waiting_;
  uint64_t synced_ = 0;  // sequences
  bool is_syncing_ = false;
  uint64_t loaded_ = 0;
  uint64_t flushed_ = 0;    // how far everything was worked out
  uint64_t flush_to_ = 0;   // how far somebody wants it
  bool is_closing_ = false;
  Status result_;           // of the rounds; after an error nothing is loaded any more
  Counts counts_;

  std::thread thread_;
};

}  // namespace casebook
