// Dates and times as GoogleSQL writes them; fractions in 0, 3 or 6 digits.
#pragma once

#include <cstdint>
#include <string>

namespace casebook::engines {

std::string DateText(int64_t days);
std::string TimeText(int64_t micros);
std::string DatetimeText(int64_t micros, char between);
// What is shown of a zone's offset: whole minutes, although clocks before time zones had seconds too.
inline int64_t ShownOffset(int64_t seconds) { return seconds / 60 * 60; }
// `+00`, `+05:30`; with `full` `+00:00`.
std::string OffsetText(int64_t seconds, bool full);

}  // namespace casebook::engines
