// WritingSession: the writing side of one data folder, its log held open and its tables opened for writing.
//
// What ingest, rebuild and the streaming intake share. Used inside ingest/ alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/ingest.h"
#include "ingest/loader.h"
#include "ingest/settings_file.h"
#include "landing/landing_log.h"
#include "tables/table_store.h"

namespace casebook {

struct WritingSession {
  DataSettings settings;
  LandingLog log;
  TableStore store;
};

// Takes the lock of the log and opens the tables; a damaged database is set aside, and `notes` says so.
Result<WritingSession> OpenWritingSession(const std::filesystem::path& data, std::vector<std::string>& notes,
                                          std::optional<uint64_t> memory_limit_mb = std::nullopt);

// Loads what the log holds beyond the tables' position.
Status CatchUp(const std::filesystem::path& data, TableStore& store, Loader& loader, const ProgressCallback& progress,
               IngestReport& report);
// Works out what is left to do and writes everything into the database's file. The log is held open and all of it loaded.
Status FinishTables(const std::filesystem::path& data, TableStore& store, Loader& loader,
                    const ProgressCallback& progress, IngestReport& report);

std::filesystem::path LogPath(const std::filesystem::path& data);
bool IsDataFolder(const std::filesystem::path& data);
Error NoDataFolder(const std::filesystem::path& data);
Status MakeDataFolder(const std::filesystem::path& data);
// The name and the size of the log's last segment. The log only grows, so where both are what they were, nothing came.
std::string LogEnd(const std::filesystem::path& data);

}  // namespace casebook
