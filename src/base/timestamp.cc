#include "base/timestamp.h"

#include <array>
#include <bit>
#include <charconv>
#include <chrono>
#include <cstdio>

#include <date/date.h>
#include <date/tz.h>

#include "base/text_words.h"

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

static_assert(std::endian::native == std::endian::little);  // for the bytes of a Form

// Eight bytes of a time, or fewer: digits where `text` has zeros, elsewhere what it has.
class Form {
 public:
  constexpr explicit Form(std::string_view text) {
    for (size_t i = text.size(); i > 0; --i) {
      const char c = text[i - 1];
      word_ = word_ << 8U | static_cast<unsigned char>(c);
      lifts_ = lifts_ << 8U | (c == '0' ? 0x80U - 10 : 0x7FU);
    }
  }

  // The digits of `word` as numbers, each with the digit behind it as a number of two. Clears `sound` where `word`
  // does not have the form.
  uint64_t TwoDigits(uint64_t word, bool& sound) const {
    constexpr uint64_t kHighBits = 0x8080808080808080U;
    const uint64_t digits = word ^ word_;
    sound &= ((digits | (digits + lifts_)) & kHighBits) == 0;
    return digits * 10 + (digits >> 8U);
  }

 private:
  uint64_t word_ = 0;
  uint64_t lifts_ = 0;  // what sets the high bit of a digit above 9, and of any other byte that is not as it should
};

int ByteOf(uint64_t word, unsigned at) { return static_cast<int>(word >> (at * 8) & 0xFFU); }

// Reads `2025-03-28T16:42:10Z`, also with `.318` before the Z: the forms that nearly all times have.
int64_t ParseUsual(std::string_view text) {
  constexpr size_t kWithSeconds = 20;
  constexpr size_t kWithMillis = 24;
  static constexpr Form kMonth("0000-00-");
  static constexpr Form kMinute("00T00:00");
  static constexpr Form kMilli(":00.000Z");
  static constexpr Form kSecond(":00Z");
  if (text.size() != kWithSeconds && text.size() != kWithMillis) return kNoMicros;
  const bool has_millis = text.size() == kWithMillis;
  const char* const at = text.data();
  bool sound = true;
  const uint64_t first = kMonth.TwoDigits(WordAt<uint64_t>(at), sound);
  const uint64_t second = kMinute.TwoDigits(WordAt<uint64_t>(at + 8), sound);
  const uint64_t third = has_millis ? kMilli.TwoDigits(WordAt<uint64_t>(at + 16), sound)
                                    : kSecond.TwoDigits(WordAt<uint32_t>(at + 16), sound);
  const int year = ByteOf(first, 0) * 100 + ByteOf(first, 2);
  const int month = ByteOf(first, 5);
  const int day = ByteOf(second, 0);
  const int hour = ByteOf(second, 3);
  const int minute = ByteOf(second, 6);
  const int seconds = ByteOf(third, 1);
  // The last of the three digits stands before `Z`, which is zero here.
  const int millis = has_millis ? ByteOf(third, 4) * 10 + ByteOf(third, 6) / 10 : 0;
  // A day that some months or years lack is for those who look closer.
  if (!sound || year < 1 || month < 1 || month > 12 || day < 1 || day > (month == 2 ? 28 : 30)) return kNoMicros;
  if (hour > 23 || minute > 59 || seconds > 59) return kNoMicros;
  // The year begins in March, so that the day that is not always there is its last.
  const int shifted_year = month > 2 ? year : year - 1;
  const int shifted_month = month > 2 ? month - 3 : month + 9;
  constexpr int kDaysBefore1970 = 719'469;  // from the first of March of the year 0
  const int days = shifted_year * 365 + shifted_year / 4 - shifted_year / 100 + shifted_year / 400 +
                   (shifted_month * 153 + 2) / 5 + day - kDaysBefore1970;
  return days * kMicrosPerDay + ((hour * 60 + minute) * 60 + seconds) * kMicrosPerSecond + millis * int64_t{1000};
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

int64_t ParseMicros(std::string_view text) {
  if (const int64_t usual = ParseUsual(text); usual != kNoMicros) return usual;
  int64_t local = 0;
  int64_t offset = 0;
  if (!TakeLocal(text, local) || !TakeZone(text, offset) || !text.empty()) return kNoMicros;
  return local - offset;
}

std::optional<Timestamp> ParseTimestamp(std::string_view text) {
  const int64_t micros = ParseMicros(text);
  if (micros == kNoMicros) return std::nullopt;
  return Timestamp{micros};
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
