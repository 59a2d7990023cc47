// INTERVAL values as GoogleSQL reads, writes and bounds them: for literals, casts and functions alike.
//
// The three parts have each their own sign and never convert into one another here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/date_part.h"
#include "analysis/value.h"

namespace casebook::analysis {

inline constexpr int64_t kMaxIntervalMonths = 120'000;                    // 10,000 years
inline constexpr int64_t kMaxIntervalDays = 3'660'000;                    // 10,000 years of 366 days
inline constexpr int64_t kMaxIntervalMicros = 316'224'000'000'000'000;    // the same

__extension__ using WideInt = __int128;

// nullopt where a part is out of range.
std::optional<IntervalValue> BoundedInterval(WideInt months, WideInt days, WideInt micros);

// `n` times a part that intervals have: YEAR to MICROSECOND. nullopt where out of range or no such part.
std::optional<IntervalValue> IntervalOf(int64_t n, DatePart part);
bool IsIntervalPart(DatePart part);

// The text of `INTERVAL '…' from [TO to]`.
std::optional<IntervalValue> ParseIntervalLiteral(std::string_view text, DatePart from, std::optional<DatePart> to);
// True where `from TO to` may stand in a literal.
bool IsIntervalSpan(DatePart from, DatePart to);

// The text of a CAST: `1-2 3 4:5:6.7`, as much of it as is told apart, or `P1Y2M3DT4H5M6.7S`.
std::optional<IntervalValue> ParseIntervalText(std::string_view text);

// `1-2 3 4:5:6.789`.
std::string IntervalText(const IntervalValue& value);

}  // namespace casebook::analysis
