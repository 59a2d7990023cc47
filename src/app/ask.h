// Asking a query or a script and printing its answers, for `query` and `shell`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/console.h"
#include "base/timestamp.h"
#include "queries/object_store.h"
#include "queries/query_engine.h"
#include "queries/session.h"

namespace casebook {

struct AskOptions {
  std::optional<Timestamp> now;  // none: the clock's at each query
  OutputFormat format = OutputFormat::kTable;
  std::vector<QueryParameter> parameters;
  double timeout_seconds = 0;  // 0: none
  uint64_t max_rows = 0;       // 0: none
};

// The stored views and functions of a data folder; what cannot be read is told on the console.
Result<ObjectStore> OpenObjects(const std::filesystem::path& data, Console& console);

// Runs the statements of `sql` in `session` and prints the answer of the last query. Ctrl-C ends the query with a
// sentence and kInterrupted.
ExitCode Ask(QueryEngine& engine, Session& session, std::string_view sql, const AskOptions& options, Console& console);

// Reads `--now`: a timestamp, or a date for its midnight; UTC where no zone is given.
Result<Timestamp> ParseNow(std::string_view text);

}  // namespace casebook
