// Asking one query and printing its answer, for `query` and `shell`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/console.h"
#include "base/timestamp.h"
#include "queries/query_engine.h"

namespace casebook {

struct AskOptions {
  std::optional<Timestamp> now;  // none: the clock's at each query
  OutputFormat format = OutputFormat::kTable;
  std::vector<QueryParameter> parameters;
  double timeout_seconds = 0;  // 0: none
  uint64_t max_rows = 0;       // 0: none
};

// Ctrl-C ends the query with a sentence and kInterrupted.
ExitCode Ask(QueryEngine& engine, std::string_view sql, const AskOptions& options, Console& console);

// Reads `--now`: a timestamp, or a date for its midnight; UTC where no zone is given.
Result<Timestamp> ParseNow(std::string_view text);

}  // namespace casebook
