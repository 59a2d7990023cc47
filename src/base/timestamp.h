// Timestamp and Date: instants in UTC microseconds and civil days, as the tables hold them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casebook {

// A civil day, as days since 1970-01-01.
struct Date {
  int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

struct CivilDay {
  int year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31
};

Date DateFromCivil(CivilDay civil);
CivilDay CivilFromDate(Date date);

// An instant, as microseconds since 1970-01-01T00:00:00Z.
struct Timestamp {
  int64_t micros = 0;
  auto operator<=>(const Timestamp&) const = default;
};

inline constexpr int64_t kMicrosPerSecond = 1'000'000;
inline constexpr int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

// Reads `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±HH[:]MM)`; 'T' may be a space or 't', the seconds may be
// left out, the fraction has 0 to 9 digits and is cut to microseconds. nullopt for anything else, for
// impossible dates, and for a text without zone.
std::optional<Timestamp> ParseTimestamp(std::string_view text);
// The same in microseconds, kNoMicros for nullopt: for those who read many, since an optional number that goes from
// function to function costs more than reading it does.
inline constexpr int64_t kNoMicros = INT64_MIN;
int64_t ParseMicros(std::string_view text);

// Reads `YYYY-MM-DD`.
std::optional<Date> ParseDate(std::string_view text);

// Reads a local date and time without zone, `YYYY-MM-DD[T ]HH:MM[:SS[.fraction]]`, as if it were UTC.
std::optional<Timestamp> ParseLocal(std::string_view text);

// `2025-03-28T16:42:10.318Z`: the fraction in 0, 3 or 6 digits, whichever holds it.
std::string FormatTimestamp(Timestamp instant);
// `2025-03-28`.
std::string FormatDate(Date date);

// The civil day of `instant` in UTC.
Date UtcDate(Timestamp instant);
// The civil day of `instant` in Europe/London.
Date LondonDate(Timestamp instant);
// The instant at which `local`, read as wall-clock time in Europe/London, occurs. A time that the
// clocks skip is moved forward over the gap; of one that occurs twice the first is taken.
Timestamp FromLondon(Timestamp local);

}  // namespace casebook
