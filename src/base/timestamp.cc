#include "base/timestamp.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

#include <date/date.h>
#include <date/tz.h>

namespace casebook {
namespace {

constexpr int kMaxFractionDigits = 9;

// Takes exactly `count` digits from the front of `text`.
bool TakeDigits(std::string_view& text, size_t count, int& value) {
  if (text.size() < count) return false;
  value = 0;
  for (size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return true;
}

bool TakeChar(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

bool TakeDate(std::string_view& text, CivilDay& civil) {
  if (!TakeDigits(text, 4, civil.year) || !TakeChar(text, '-') || !TakeDigits(text, 2, civil.month) ||
      !TakeChar(text, '-') || !TakeDigits(text, 2, civil.day)) {
    return false;
  }
  using date::day, date::month, date::year, date::year_month_day;
  return year_month_day(year(civil.year), month(static_cast<unsigned>(civil.month)),
                        day(static_cast<unsigned>(civil.day)))
      .ok();
}

// Takes `.digits`, if there, as microseconds.
bool TakeFraction(std::string_view& text, int64_t& micros) {
  micros = 0;
  if (!TakeChar(text, '.')) return true;
  int digits = 0;
  for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++digits) {
    if (digits < 6) micros = micros * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  for (int i = digits; i < 6; ++i) micros *= 10;
  return digits <= kMaxFractionDigits;
}

bool TakeTime(std::string_view& text, int64_t& micros) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int64_t fraction = 0;
  if (!TakeDigits(text, 2, hour) || !TakeChar(text, ':') || !TakeDigits(text, 2, minute)) return false;
  if (TakeChar(text, ':') && (!TakeDigits(text, 2, second) || !TakeFraction(text, fraction))) return false;
  if (hour > 23 || minute > 59 || second > 59) return false;
  micros = ((hour * 60 + minute) * 60 + second) * kMicrosPerSecond + fraction;
  return true;
}

bool TakeLocal(std::string_view& text, int64_t& micros) {
  CivilDay civil;
  if (!TakeDate(text, civil)) return false;
  if (!TakeChar(text, 'T') && !TakeChar(text, ' ') && !TakeChar(text, 't')) return false;
  int64_t time = 0;
  if (!TakeTime(text, time)) return false;
  micros = DateFromCivil(civil).days * kMicrosPerDay + time;
  return true;
}

// Takes `Z` or `±HH[:]MM` or `±HH`, as the microseconds that local time is ahead of UTC.
bool TakeZone(std::string_view& text, int64_t& offset) {
  offset = 0;
  if (TakeChar(text, 'Z') || TakeChar(text, 'z')) return true;
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return false;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  int hours = 0;
  int minutes = 0;
  if (!TakeDigits(text, 2, hours)) return false;
  if (!text.empty()) {
    TakeChar(text, ':');
    if (!TakeDigits(text, 2, minutes)) return false;
  }
  if (hours > 23 || minutes > 59) return false;
  offset = sign * (hours * 60 + minutes) * 60 * kMicrosPerSecond;
  return true;
}

// Reads `2025-03-28T16:42:10Z`, also with `.318` before the Z: the forms that nearly all times have.
std::optional<Timestamp> ParseUsual(std::string_view text) {
  constexpr size_t kWithSeconds = 20;
  constexpr size_t kWithMillis = 24;
  if ((text.size() != kWithSeconds && text.size() != kWithMillis) || text.back() != 'Z') return std::nullopt;
  bool sound = text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':';
  const auto digit = [&](size_t at) {
    const auto value = static_cast<unsigned>(static_cast<unsigned char>(text[at])) - '0';
    sound &= value <= 9;
    return static_cast<int>(value);
  };
  const auto two_digits = [&](size_t at) { return digit(at) * 10 + digit(at + 1); };
  const int year = two_digits(0) * 100 + two_digits(2);
  const int month = two_digits(5);
  const int day = two_digits(8);
  const int hour = two_digits(11);
  const int minute = two_digits(14);
  const int second = two_digits(17);
  int millis = 0;
  if (text.size() == kWithMillis) {
    sound &= text[19] == '.';
    millis = digit(20) * 100 + two_digits(21);
  }
  // A day that some months or years lack is for those who look closer.
  if (!sound || month < 1 || month > 12 || day < 1 || day > (month == 2 ? 28 : 30)) return std::nullopt;
  if (year < 1 || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  // The year begins in March, so that the day that is not always there is its last.
  const int shifted_year = month > 2 ? year : year - 1;
  const int shifted_month = month > 2 ? month - 3 : month + 9;
  constexpr int kDaysBefore1970 = 719'469;  // from the first of March of the year 0
  const int days = shifted_year * 365 + shifted_year / 4 - shifted_year / 100 + shifted_year / 400 +
                   (shifted_month * 153 + 2) / 5 + day - kDaysBefore1970;
  const int64_t seconds = (hour * 60 + minute) * 60 + second;
  return Timestamp{days * kMicrosPerDay + seconds * kMicrosPerSecond + millis * int64_t{1000}};
}

const date::time_zone* London() {
  static const date::time_zone* const zone = date::locate_zone("Europe/London");
  return zone;
}

}  // namespace

Date DateFromCivil(CivilDay civil) {
  const date::year_month_day ymd(date::year(civil.year), date::month(static_cast<unsigned>(civil.month)),
                                 date::day(static_cast<unsigned>(civil.day)));
  return {static_cast<int32_t>(date::sys_days(ymd).time_since_epoch().count())};
}

CivilDay CivilFromDate(Date date) {
  const date::year_month_day ymd{date::sys_days(date::days(date.days))};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

std::optional<Timestamp> ParseTimestamp(std::string_view text) {
  if (const std::optional<Timestamp> usual = ParseUsual(text)) return usual;
  int64_t local = 0;
  int64_t offset = 0;
  if (!TakeLocal(text, local) || !TakeZone(text, offset) || !text.empty()) return std::nullopt;
  return Timestamp{local - offset};
}

std::optional<Date> ParseDate(std::string_view text) {
  CivilDay civil;
  if (!TakeDate(text, civil) || !text.empty()) return std::nullopt;
  return DateFromCivil(civil);
}

std::optional<Timestamp> ParseLocal(std::string_view text) {
  int64_t local = 0;
  if (!TakeLocal(text, local) || !text.empty()) return std::nullopt;
  return Timestamp{local};
}

std::string FormatTimestamp(Timestamp instant) {
  const Date day = UtcDate(instant);
  const CivilDay civil = CivilFromDate(day);
  const int64_t micros = instant.micros - day.days * kMicrosPerDay;
  const auto seconds = static_cast<int>(micros / kMicrosPerSecond);
  const auto fraction = static_cast<int>(micros % kMicrosPerSecond);
  std::array<char, 48> buffer{};
  int length = std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02dT%02d:%02d:%02d", civil.year,
                             civil.month, civil.day, seconds / 3600, seconds / 60 % 60, seconds % 60);
  const auto at = static_cast<size_t>(length);
  if (fraction % 1000 != 0) {
    length += std::snprintf(buffer.data() + at, buffer.size() - at, ".%06d", fraction);
  } else if (fraction != 0) {
    length += std::snprintf(buffer.data() + at, buffer.size() - at, ".%03d", fraction / 1000);
  }
  return std::string(buffer.data(), static_cast<size_t>(length)) + "Z";
}

std::string FormatDate(Date date) {
  const CivilDay civil = CivilFromDate(date);
  std::array<char, 32> buffer{};
  const int length =
      std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", civil.year, civil.month, civil.day);
  return std::string(buffer.data(), static_cast<size_t>(length));
}

Date UtcDate(Timestamp instant) {
  int64_t days = instant.micros / kMicrosPerDay;
  if (instant.micros % kMicrosPerDay < 0) --days;
  return {static_cast<int32_t>(days)};
}

Date LondonDate(Timestamp instant) {
  using std::chrono::microseconds;
  const date::sys_time<microseconds> when{microseconds(instant.micros)};
  const auto offset = London()->get_info(when).offset;
  return UtcDate({instant.micros + std::chrono::duration_cast<microseconds>(offset).count()});
}

Timestamp FromLondon(Timestamp local) {
  using std::chrono::microseconds;
  const date::local_time<microseconds> wall{microseconds(local.micros)};
  const date::local_info info = London()->get_info(wall);
  // In a gap `first` is the offset before it, which moves the time forward over the gap.
  return {local.micros - std::chrono::duration_cast<microseconds>(info.first.offset).count()};
}

}  // namespace casebook
