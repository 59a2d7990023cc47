// Loader: landed records → rows → tables, in rounds that each commit with their position in the log.
//
// The one path from the log to the tables: fresh input, catching up after a crash and rebuilding all go
// through it.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/deduplicate.h"
#include "ingest/ingest.h"
#include "landing/landed_record.h"
#include "rows/enricher.h"
#include "rows/field_catalogue.h"
#include "tables/table_store.h"

namespace casebook {

// Where landed records come from.
class RecordStream {
 public:
  virtual ~RecordStream() = default;
  // The next records in the order of the log; an empty batch at the end. Called by one thread at a time.
  virtual Result<LandedBatch> Next() = 0;
  // Takes back the memory of a batch that is done with. Called by any thread.
  virtual void Recycle(LandedBatch /*batch*/) {}
  // Returns when the record `sequence`, which Next() has given, and all before it are durable.
  virtual Status AwaitDurable(uint64_t /*sequence*/) { return {}; }
};

class Loader {
 public:
  // What is enriched before its rows are written: two of the engine's row groups, less what is dropped; or so
  // many bytes of records, whichever comes first. Rows that fill no row group would go through the engine's log
  // of changes and be written twice.
  static constexpr uint64_t kRoundRecords = 2 * kRowGroupRows;
  static constexpr uint64_t kRoundBytes = uint64_t{768} << 20U;

  // `store` outlives the loader. `log` is the folder of the landing log.
  static Result<Loader> Open(TableStore& store, std::filesystem::path log, const EnrichmentSettings& settings);

  // Loads all that `stream` gives. After an error what was committed stays, and Load() may be called with a
  // reader from the position on.
  // `tick` is called now and then with the bytes of records taken so far, by one thread at a time; may be empty.
  Status Load(RecordStream& stream, const std::function<void(uint64_t bytes)>& tick, IngestReport& report);

  // One small round for a process with readers: rows and what depends on them become visible at once. Without
  // `with_dimensions` agents and queues, and the names they lend to cases, may wait for Finish().
  Status LoadRound(std::vector<LandedBatch> batches, bool with_dimensions, IngestReport& report);

  // Enriches anew what an older field catalogue was applied to, and refreshes what depends on several rows.
  Status Finish();

 private:
  struct Round;

  Loader(TableStore& store, std::filesystem::path log, const EnrichmentSettings& settings)
      : store_(&store), log_(std::move(log)), settings_(settings) {}

  Status FillRound(RecordStream& stream, const std::function<void(uint64_t)>& tick, Round& round);
  void Work(RecordStream& stream, const std::function<void(uint64_t)>& tick, Round& round, size_t worker);
  enum class Commit { kRows, kRefreshed, kRefreshedWithDimensions };
  Status CommitRound(Round& round, Commit commit, IngestReport& report);
  Status WriteRound(Round& round, Commit commit, IngestReport& report);
  Status WriteRows(RoundChange& change, Round& round, IngestReport& report);
  Status MergeCatalogue(const Round& round);
  Status CountUnkeyed(Round& round, IngestReport& report);
  Status EnrichCasesAnew(int64_t up_to);
  FetchRecord Fetch() const;

  TableStore* store_;
  std::filesystem::path log_;
  EnrichmentSettings settings_;
  std::shared_ptr<const FieldCatalogue> catalogue_;
  std::vector<Enricher> enrichers_;  // one a thread
  std::shared_ptr<Round> small_round_;  // of LoadRound()
  KnownRecords known_;
  uint64_t bytes_pulled_ = 0;
};

}  // namespace casebook
