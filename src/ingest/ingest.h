// The writing spine: files in Amazon Connect's wire formats → landing log → rows → tables.
//
// A data folder holds log/ (the truth, with the lock of its one writer), tables.duckdb (derived; may be lost),
// casebook.toml (settings, if any; docs/settings.md) and objects/ (what people defined; queries/ keeps it).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "duckdb/connection.h"
#include "events/feed.h"

namespace casebook {

struct FeedCounts {
  uint64_t read = 0;       // records met in the input
  uint64_t added = 0;      // that the tables did not know
  uint64_t duplicate = 0;  // known already, or an older version of what is known
  uint64_t set_aside = 0;  // not readable, now in `rejects`
};

struct IngestReport {
  std::array<FeedCounts, kFeedCount> feeds;
  std::map<std::string, uint64_t> value_issues;  // new ones, by rule
  std::vector<std::string> damage;               // what was unreadable: files cut short, broken log segments
  uint64_t bytes = 0;                            // of input, uncompressed
  double seconds = 0;
};

struct IngestProgress {
  std::string stage;     // "landing", "loading", "finishing"
  uint64_t done = 0;     // bytes
  uint64_t total = 0;    // bytes; 0: unknown
};
using ProgressCallback = std::function<void(const IngestProgress&)>;

struct IngestOptions {
  std::filesystem::path data;
  std::vector<std::string> inputs;  // files, folders (all files below), "-": standard input
  std::optional<std::filesystem::path> catalogue;
  ProgressCallback progress;        // may be empty
  const Clock* clock = nullptr;     // nullptr: the system's
};

// Lands and loads. An input that cannot be opened is an error before anything is landed. What is
// unreadable inside an input is set aside, and no error.
Result<IngestReport> Ingest(const IngestOptions& options);

// Throws the tables away and builds them from the log.
Result<IngestReport> Rebuild(const std::filesystem::path& data, const ProgressCallback& progress);

// Makes the tables ready to be read: completes what a killed run left, and sets aside and rebuilds a lost or
// damaged database. `notes` says what was done, a sentence each; empty where nothing was. kNotFound where `data` is no data folder.
Status Prepare(const std::filesystem::path& data, const ProgressCallback& progress, std::vector<std::string>& notes);

// Prepare(), and the tables opened for reading.
Result<Database> OpenPrepared(const std::filesystem::path& data, const DatabaseOptions& options,
                              const ProgressCallback& progress, std::vector<std::string>& notes);

struct DataCheck {
  uint64_t segments = 0;
  uint64_t log_records = 0;
  uint64_t log_bytes = 0;
  uint64_t log_position = 0;     // last sequence in the log
  uint64_t tables_position = 0;  // last sequence that the tables hold
  std::vector<std::pair<std::string, uint64_t>> table_rows;
  std::vector<std::string> problems;  // none: all is well
};
// Checks every checksum of the log, and that the tables hold what the log holds. Changes nothing.
Result<DataCheck> Verify(const std::filesystem::path& data);

// The bytes of one record as received. kNotFound for a sequence that is not in the log.
Result<std::string> ReadRecord(const std::filesystem::path& data, uint64_t sequence);

// Where the database of a data folder lies.
std::filesystem::path DatabasePath(const std::filesystem::path& data);

}  // namespace casebook
