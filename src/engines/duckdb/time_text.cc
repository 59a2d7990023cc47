#include "engines/duckdb/time_text.h"

#include <cstdio>
#include <cstdlib>

#include "analysis/civil.h"

namespace casebook::engines {

std::string DateText(int64_t days) {
  const analysis::Civil civil = analysis::CivilFromDays(days);
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", static_cast<int>(civil.year), civil.month, civil.day);
  return buffer;
}

std::string TimeText(int64_t micros) {
  char buffer[48];
  const int64_t seconds = micros / 1'000'000;
  std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  std::string text = buffer;
  const int fraction = static_cast<int>(micros % 1'000'000);
  if (fraction == 0) return text;
  std::snprintf(buffer, sizeof buffer, fraction % 1000 == 0 ? ".%03d" : ".%06d",
                fraction % 1000 == 0 ? fraction / 1000 : fraction);
  return text + buffer;
}

std::string DatetimeText(int64_t micros, char between) {
  int64_t days = micros / analysis::kDayMicros;
  if (micros % analysis::kDayMicros < 0) --days;
  return DateText(days) + between + TimeText(micros - days * analysis::kDayMicros);
}

std::string OffsetText(int64_t seconds, bool full) {
  const char sign = seconds < 0 ? '-' : '+';
  const int64_t minutes = std::abs(seconds) / 60;
  char buffer[32];
  if (full || minutes % 60 != 0) {
    std::snprintf(buffer, sizeof buffer, "%c%02d:%02d", sign, static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
  } else {
    std::snprintf(buffer, sizeof buffer, "%c%02d", sign, static_cast<int>(minutes / 60));
  }
  return buffer;
}

}  // namespace casebook::engines
