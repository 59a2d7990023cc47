// Dates, times and zones as GoogleSQL reads them from text: for literals, casts and functions alike.
//
// Dates are days since 1970-01-01, times microseconds since midnight, datetimes and timestamps
// microseconds since 1970-01-01 00:00:00; years 1 to 9999.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace casebook::analysis {

inline constexpr int64_t kMinDate = -719'162;   // 0001-01-01
inline constexpr int64_t kMaxDate = 2'932'896;  // 9999-12-31
inline constexpr int64_t kDayMicros = 86'400'000'000;
inline constexpr int64_t kMinDatetime = kMinDate * kDayMicros;
inline constexpr int64_t kMaxDatetime = (kMaxDate + 1) * kDayMicros - 1;

struct Civil {
  int64_t year = 1970;
  int month = 1;
  int day = 1;
};

int64_t DaysFromCivil(Civil civil);
Civil CivilFromDays(int64_t days);
int DaysInMonth(int64_t year, int month);
bool IsValidCivil(Civil civil);  // also the year

std::optional<int64_t> ParseDateText(std::string_view text);
std::optional<int64_t> ParseTimeText(std::string_view text);
std::optional<int64_t> ParseDatetimeText(std::string_view text);

// A time zone: `UTC`, `+05:30`, `Europe/London`.
class Zone {
 public:
  // nullptr where there is no such zone. Zones live as long as the program.
  static const Zone* Find(std::string_view name);
  virtual ~Zone() = default;
  // The offset from UTC at an instant, in seconds.
  virtual int64_t OffsetAt(int64_t utc_micros) const = 0;
  // The instant of a wall-clock time. Of one that occurs twice the first; one that the clocks skip as if
  // they had not yet been changed.
  virtual int64_t ToUtc(int64_t local_micros) const = 0;
  int64_t ToLocal(int64_t utc_micros) const { return utc_micros + OffsetAt(utc_micros) * 1'000'000; }
};

// A text without a zone is in `default_zone`.
std::optional<int64_t> ParseTimestampText(std::string_view text, const Zone& default_zone);

}  // namespace casebook::analysis
