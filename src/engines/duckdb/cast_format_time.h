// CAST(… FORMAT '…') between texts and dates and times: `YYYY-MM-DD"T"HH24:MI:SS.FF3TZH:TZM`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/civil.h"
#include "engines/duckdb/time_format.h"

namespace casebook::engines {

// nullopt where the format is none of `kind`, with the reason in `why`.
std::optional<std::string> FormatTimeCast(std::string_view format, const ZonedTime& time, TimeKind kind,
                                          std::string& why);

// The wall clock, or for kTimestamp the instant. A year and a month that the text does not name are those of
// `today`, digits of a year that it does not name too. nullopt where the text does not fit.
std::optional<int64_t> ParseTimeCast(std::string_view format, std::string_view text, TimeKind kind,
                                     const analysis::Zone& zone, int64_t today, std::string& why);

}  // namespace casebook::engines
