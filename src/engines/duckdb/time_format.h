// The elements of FORMAT_DATE and its kin, and of PARSE_DATE and its kin: `%Y-%m-%d`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/civil.h"

namespace casebook::engines {

// Which elements make sense.
enum class TimeKind { kDate, kTime, kDatetime, kTimestamp };

struct ZonedTime {
  int64_t local_micros = 0;     // wall clock, since 1970-01-01 00:00:00
  int64_t offset_seconds = 0;   // kTimestamp
  std::string_view zone;        // kTimestamp
};

// nullopt where an element is not done; `bad` then names it. Elements that make no sense for the kind are
// written as they are.
std::optional<std::string> FormatElements(std::string_view format, const ZonedTime& time, TimeKind kind, std::string& bad);

// The wall clock, or for kTimestamp the instant; nullopt where the text does not fit, with the reason in `why`.
std::optional<int64_t> ParseElements(std::string_view format, std::string_view text, TimeKind kind,
                                     const analysis::Zone& zone, std::string& why);

}  // namespace casebook::engines
