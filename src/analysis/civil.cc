#include "analysis/civil.h"

#include <date/tz.h>

#include <cctype>
#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "base/timestamp.h"

namespace casebook::analysis {
namespace {

constexpr int64_t kSecondMicros = 1'000'000;

// Takes the parts of a date or time from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }
  std::string_view rest() const { return text_; }
  bool Take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool Number(size_t min_digits, size_t max_digits, int64_t& value) {
    size_t n = 0;
    value = 0;
    while (n < max_digits && n < text_.size() && std::isdigit(static_cast<unsigned char>(text_[n])) != 0) {
      value = value * 10 + (text_[n++] - '0');
    }
    text_.remove_prefix(n);
    return n >= min_digits;
  }

  // A year has four digits, and with `longer` perhaps five, of which the first is then 0.
  bool Date(int64_t& days, bool longer = false) {
    int64_t year = 0;
    int64_t month = 0;
    int64_t day = 0;
    if (!Number(4, longer ? 5 : 4, year) || !Take('-') || !Number(1, 2, month) || !Take('-') || !Number(1, 2, day)) return false;
    const Civil civil{year, static_cast<int>(month), static_cast<int>(day)};
    if (!IsValidCivil(civil)) return false;
    days = DaysFromCivil(civil);
    return true;
  }

  bool Time(int64_t& micros) {
    int64_t hour = 0;
    int64_t minute = 0;
    int64_t second = 0;
    if (!Number(1, 2, hour) || !Take(':') || !Number(1, 2, minute) || !Take(':') || !Number(1, 2, second)) return false;
    // A leap second is the first of the next minute.
    if (hour > 23 || minute > 59 || second > 60) return false;
    micros = ((hour * 60 + minute) * 60 + second) * kSecondMicros;
    return Fraction(micros);
  }

  bool Separator() { return Take(' ') || Take('T') || Take('t'); }

 private:
  bool Fraction(int64_t& micros) {
    if (!Take('.')) return true;
    if (done() || std::isdigit(static_cast<unsigned char>(text_.front())) == 0) return false;
    int64_t unit = kSecondMicros / 10;
    while (!text_.empty() && std::isdigit(static_cast<unsigned char>(text_.front())) != 0) {
      if (unit == 0) return false;
      micros += (text_.front() - '0') * unit;
      unit /= 10;
      text_.remove_prefix(1);
    }
    return true;
  }

  std::string_view text_;
};

class FixedZone final : public Zone {
 public:
  explicit FixedZone(int64_t seconds) : seconds_(seconds) {}
  int64_t OffsetAt(int64_t) const override { return seconds_; }
  int64_t ToUtc(int64_t local_micros) const override { return local_micros - seconds_ * kSecondMicros; }

 private:
  int64_t seconds_;
};

using LocalMicros = date::local_time<std::chrono::microseconds>;
using SysMicros = date::sys_time<std::chrono::microseconds>;

class NamedZone final : public Zone {
 public:
  explicit NamedZone(const date::time_zone& zone) : zone_(zone) {}
  int64_t OffsetAt(int64_t utc_micros) const override {
    thread_local struct {
      const NamedZone* zone = nullptr;
      int64_t begin = 0;
      int64_t end = 0;
      int64_t offset = 0;
    } last;
    if (last.zone == this && utc_micros >= last.begin && utc_micros < last.end) return last.offset;
    const auto info = zone_.get_info(SysMicros(std::chrono::microseconds(utc_micros)));
    last = {this, ClampedMicros(info.begin), ClampedMicros(info.end), info.offset.count()};
    return last.offset;
  }
  int64_t ToUtc(int64_t local_micros) const override {
    const auto info = zone_.get_info(LocalMicros(std::chrono::microseconds(local_micros)));
    return local_micros - info.first.offset.count() * kSecondMicros;
  }

 private:
  static int64_t ClampedMicros(date::sys_seconds at) {
    const int64_t seconds = at.time_since_epoch().count();
    constexpr int64_t kFar = 1'000'000'000'000;  // beyond year 9999
    return (seconds > kFar ? kFar : seconds < -kFar ? -kFar : seconds) * kSecondMicros;
  }

  const date::time_zone& zone_;
};

// `+5`, `-08`, `+05:30`, `+530`, `+0530`.
std::optional<int64_t> ParseOffset(std::string_view text) {
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  Reader reader(text.substr(1));
  int64_t hours = 0;
  int64_t minutes = 0;
  if (!reader.Number(1, 2, hours)) return std::nullopt;
  const bool has_minutes = reader.Take(':') || !reader.done();
  if (has_minutes && !reader.Number(1, 2, minutes)) return std::nullopt;
  if (!reader.done() || hours > 14 || minutes > 59 || (hours == 14 && minutes > 0)) return std::nullopt;
  const int64_t seconds = (hours * 60 + minutes) * 60;
  return text.front() == '-' ? -seconds : seconds;
}

std::unique_ptr<Zone> MakeZone(const std::string& name) {
  if (name == "UTC" || name == "Etc/UTC") return std::make_unique<FixedZone>(0);
  if (const auto offset = ParseOffset(name)) return std::make_unique<FixedZone>(*offset);
  if (name.starts_with("UTC")) {
    if (const auto offset = ParseOffset(std::string_view(name).substr(3))) return std::make_unique<FixedZone>(*offset);
  }
  try {
    return std::make_unique<NamedZone>(*date::locate_zone(name));
  } catch (const std::exception&) {
    return nullptr;
  }
}

bool IsSign(char c) { return c == '+' || c == '-'; }

// The zone at the end of a timestamp. Behind a time an offset or Z follows at once and a name after a space;
// behind a date there may only be an offset, after a space.
const Zone* ZoneBehind(std::string_view text, bool has_time) {
  if (has_time && (text == "Z" || text == "z")) return Zone::Find("UTC");
  if (has_time && IsSign(text.front())) return Zone::Find(text);
  if (text.size() < 2 || text.front() != ' ' || IsSign(text[1]) == has_time) return nullptr;
  return Zone::Find(text.substr(1));
}

}  // namespace

int DaysInMonth(int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool IsValidCivil(Civil civil) {
  return civil.year >= 1 && civil.year <= 9999 && civil.month >= 1 && civil.month <= 12 && civil.day >= 1 &&
         civil.day <= DaysInMonth(civil.year, civil.month);
}

int64_t DaysFromCivil(Civil civil) {
  return DateFromCivil({static_cast<int>(civil.year), civil.month, civil.day}).days;
}

Civil CivilFromDays(int64_t days) {
  const CivilDay civil = CivilFromDate(Date{static_cast<int32_t>(days)});
  return {civil.year, civil.month, civil.day};
}

std::optional<int64_t> ParseDateText(std::string_view text) {
  Reader reader(text);
  int64_t days = 0;
  if (!reader.Date(days)) return std::nullopt;
  if (!reader.done()) return std::nullopt;
  return days;
}

std::optional<int64_t> ParseTimeText(std::string_view text) {
  Reader reader(text);
  int64_t micros = 0;
  if (!reader.Time(micros) || !reader.done()) return std::nullopt;
  return micros % kDayMicros;
}

std::optional<int64_t> ParseDatetimeText(std::string_view text) {
  Reader reader(text);
  int64_t days = 0;
  int64_t micros = 0;
  if (!reader.Date(days)) return std::nullopt;
  if (!reader.done() && !(reader.Separator() && reader.Time(micros))) return std::nullopt;
  if (!reader.done()) return std::nullopt;
  const int64_t all = days * kDayMicros + micros;
  if (all > kMaxDatetime) return std::nullopt;
  return all;
}

std::optional<int64_t> ParseTimestampText(std::string_view text, const Zone& default_zone) {
  Reader reader(text);
  int64_t days = 0;
  int64_t micros = 0;
  if (!reader.Date(days, true)) return std::nullopt;
  const std::string_view after_date = reader.rest();
  const bool has_time = after_date.size() > 1 && std::isdigit(static_cast<unsigned char>(after_date[1])) != 0;
  if (has_time && !(reader.Separator() && reader.Time(micros))) return std::nullopt;
  const Zone* zone = reader.done() ? &default_zone : ZoneBehind(reader.rest(), has_time);
  if (zone == nullptr) return std::nullopt;
  const int64_t utc = zone->ToUtc(days * kDayMicros + micros);
  if (utc < kMinDatetime || utc > kMaxDatetime) return std::nullopt;
  return utc;
}

const Zone* Zone::Find(std::string_view name) {
  thread_local std::string last_name = "UTC";
  thread_local const Zone* last_zone = nullptr;
  if (last_zone != nullptr && name == last_name) return last_zone;

  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<Zone>, std::less<>> zones;
  const std::lock_guard lock(mutex);
  auto found = zones.find(name);
  if (found == zones.end()) {
    auto zone = MakeZone(std::string(name));
    if (zone == nullptr) return nullptr;
    found = zones.emplace(std::string(name), std::move(zone)).first;
  }
  last_name = name;
  last_zone = found->second.get();
  return last_zone;
}

}  // namespace casebook::analysis
