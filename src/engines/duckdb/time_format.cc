#include "engines/duckdb/time_format.h"

#include <algorithm>
#include <array>
#include <string>

#include "engines/duckdb/calendar.h"
#include "engines/duckdb/time_text.h"

namespace casebook::engines {
namespace {

using analysis::kDayMicros;

constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                      "July",    "August",   "September", "October", "November", "December"};

std::string Number(int64_t value, int width, char pad) {
  std::string text = std::to_string(value);
  if (text.size() < static_cast<size_t>(width)) text.insert(0, static_cast<size_t>(width) - text.size(), pad);
  return text;
}

struct Parts {
  int64_t days;
  analysis::Civil civil;
  int64_t micros;  // of the day
  int64_t hour() const { return micros / 3'600'000'000; }
  int64_t minute() const { return micros / 60'000'000 % 60; }
  int64_t second() const { return micros / 1'000'000 % 60; }
  int64_t hour12() const { return (hour() + 11) % 12 + 1; }
};

bool IsDateElement(char c) { return std::string_view("AaBbhCcDdeFGgjmQUuVWwxYyEJ").find(c) != std::string_view::npos; }
bool IsTimeElement(char c) { return std::string_view("cHIklMPpRrSTXs").find(c) != std::string_view::npos; }
bool IsZoneElement(char c) { return c == 'Z' || c == 'z'; }

class Formatter {
 public:
  Formatter(const ZonedTime& time, TimeKind kind) : time_(time), kind_(kind) {
    parts_.days = FloorDiv(time.local_micros, kDayMicros);
    parts_.civil = analysis::CivilFromDays(parts_.days);
    parts_.micros = time.local_micros - parts_.days * kDayMicros;
  }

  // What is no element, or none of the kind, stands for itself. False where it is C's alone: flags and widths.
  bool Run(std::string_view format, std::string& bad) {
    for (size_t i = 0; i < format.size(); ++i) {
      if (format[i] != '%' || i + 1 == format.size()) {
        out_ += format[i];
        continue;
      }
      const size_t start = i;
      const char c = format[++i];
      const bool known = c == 'E' ? Extended(format, i) : c == 'O' ? Alternative(format, i) : Element(c);
      if (known) continue;
      if (std::string_view("-_^#0123456789").find(c) != std::string_view::npos) {
        bad = std::string(format.substr(start, 2));
        return false;
      }
      i = start;
      out_ += '%';
    }
    return true;
  }

  std::string out_;

 private:
  bool Fits(char c) const {
    if (kind_ == TimeKind::kTimestamp) return true;
    if (IsZoneElement(c)) return false;
    if (kind_ == TimeKind::kDatetime) return true;
    if (kind_ == TimeKind::kDate) return c != 'c' && !IsTimeElement(c);
    return c != 's' && !IsDateElement(c);
  }

  // `%OH` is `%H`.
  bool Alternative(std::string_view format, size_t& i) {
    if (i + 1 == format.size() || std::string_view("BbCdeGgHhIjklMmnPpRrSsTtUuVWwyZz%").find(format[i + 1]) == std::string_view::npos) return false;
    if (!Element(format[i + 1])) return false;
    ++i;
    return true;
  }

  // `%E4Y`, `%Ez`, `%E*S`, `%E3S`; `%EY` is `%Y`.
  bool Extended(std::string_view format, size_t& i) {
    const std::string_view rest = format.substr(i + 1);
    if (rest.starts_with("4Y")) {
      if (kind_ == TimeKind::kTime) return false;
      i += 2;
      out_ += Number(parts_.civil.year, 4, '0');
      return true;
    }
    if (rest.starts_with("z")) {
      if (kind_ != TimeKind::kTimestamp) return false;
      i += 1;
      out_ += OffsetText(time_.offset_seconds, true);
      return true;
    }
    if (!rest.empty() && std::string_view("cCxXyYnPpRrstuZ%").find(rest.front()) != std::string_view::npos) {
      if (!Element(rest.front())) return false;
      i += 1;
      return true;
    }
    const size_t digits = rest.starts_with("*") ? 1 : std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (digits == 0 || digits > 2 || digits >= rest.size() || rest[digits] != 'S' || kind_ == TimeKind::kDate) return false;
    i += digits + 1;
    Seconds(rest.substr(0, digits));
    return true;
  }

  // Seconds with as many digits of their fraction as `digits` says, `*`: as there are.
  void Seconds(std::string_view digits) {
    out_ += Number(parts_.second(), 2, '0');
    std::string text = Number(parts_.micros % 1'000'000, 6, '0');
    if (digits == "*") {
      text.erase(text.find_last_not_of('0') + 1);
    } else {
      text.resize(static_cast<size_t>(std::stoi(std::string(digits))), '0');
    }
    if (!text.empty()) out_ += "." + text;
  }

  void All(std::string_view elements) {
    for (size_t i = 0; i < elements.size(); ++i) {
      if (elements[i] == '%') {
        Element(elements[++i]);
      } else {
        out_ += elements[i];
      }
    }
  }

  bool Element(char c) {
    if (!Fits(c)) return false;
    const analysis::Civil& civil = parts_.civil;
    const int64_t weekday = Weekday(parts_.days);
    switch (c) {
      case 'A': out_ += kDays[static_cast<size_t>(weekday)]; return true;
      case 'a': out_ += kDays[static_cast<size_t>(weekday)].substr(0, 3); return true;
      case 'B': out_ += kMonths[static_cast<size_t>(civil.month - 1)]; return true;
      case 'b':
      case 'h': out_ += kMonths[static_cast<size_t>(civil.month - 1)].substr(0, 3); return true;
      case 'C': out_ += std::to_string(civil.year / 100); return true;
      case 'c': All("%a %b %e %H:%M:%S %Y"); return true;
      case 'D':
      case 'x': All("%m/%d/%y"); return true;
      case 'd': out_ += Number(civil.day, 2, '0'); return true;
      case 'e': out_ += Number(civil.day, 2, ' '); return true;
      case 'F': All("%Y-%m-%d"); return true;
      case 'G': out_ += std::to_string(IsoYear(parts_.days)); return true;
      case 'g': out_ += Number(IsoYear(parts_.days) % 100, 2, '0'); return true;
      case 'H': out_ += Number(parts_.hour(), 2, '0'); return true;
      case 'I': out_ += Number(parts_.hour12(), 2, '0'); return true;
      case 'J': out_ += Number(parts_.days - IsoYearStart(IsoYear(parts_.days)) + 1, 3, '0'); return true;
      case 'j': out_ += Number(parts_.days - YearStart(civil.year) + 1, 3, '0'); return true;
      case 'k': out_ += Number(parts_.hour(), 2, ' '); return true;
      case 'l': out_ += Number(parts_.hour12(), 2, ' '); return true;
      case 'M': out_ += Number(parts_.minute(), 2, '0'); return true;
      case 'm': out_ += Number(civil.month, 2, '0'); return true;
      case 'n': out_ += '\n'; return true;
      case 'P': out_ += parts_.hour() < 12 ? "am" : "pm"; return true;
      case 'p': out_ += parts_.hour() < 12 ? "AM" : "PM"; return true;
      case 'Q': out_ += std::to_string((civil.month - 1) / 3 + 1); return true;
      case 'R': All("%H:%M"); return true;
      case 'r': All("%I:%M:%S %p"); return true;
      case 'S': out_ += Number(parts_.second(), 2, '0'); return true;
      case 's': out_ += std::to_string(FloorDiv(time_.local_micros, 1'000'000) - time_.offset_seconds); return true;
      case 'T':
      case 'X': All("%H:%M:%S"); return true;
      case 't': out_ += '\t'; return true;
      case 'U': out_ += Number(WeekOfYear(parts_.days, 0), 2, '0'); return true;
      case 'u': out_ += std::to_string(weekday == 0 ? 7 : weekday); return true;
      case 'V': out_ += Number(IsoWeek(parts_.days), 2, '0'); return true;
      case 'W': out_ += Number(WeekOfYear(parts_.days, 1), 2, '0'); return true;
      case 'w': out_ += std::to_string(weekday); return true;
      case 'Y': out_ += std::to_string(civil.year); return true;
      case 'y': out_ += Number(civil.year % 100, 2, '0'); return true;
      case 'Z':
        // Zones have no names but UTC and their offsets.
        out_ += time_.offset_seconds == 0 && (time_.zone == "UTC" || time_.zone.empty())
                    ? "UTC" : "UTC" + ShortOffset();
        return true;
      case 'z': {
        std::string offset = OffsetText(time_.offset_seconds, true);
        offset.erase(3, 1);
        out_ += offset;
        return true;
      }
      case '%': out_ += '%'; return true;
      default: return false;
    }
  }

  // `-7`, `+0530`.
  std::string ShortOffset() const {
    if (time_.offset_seconds == 0) return "";
    const int64_t minutes = (time_.offset_seconds < 0 ? -time_.offset_seconds : time_.offset_seconds) / 60;
    const std::string sign = time_.offset_seconds < 0 ? "-" : "+";
    if (minutes % 60 == 0) return sign + std::to_string(minutes / 60);
    return sign + Number(minutes / 60, 2, '0') + Number(minutes % 60, 2, '0');
  }

  const ZonedTime& time_;
  TimeKind kind_;
  Parts parts_{};
};

}  // namespace

std::optional<std::string> FormatElements(std::string_view format, const ZonedTime& time, TimeKind kind, std::string& bad) {
  Formatter formatter(time, kind);
  if (!formatter.Run(format, bad)) return std::nullopt;
  return std::move(formatter.out_);
}

}  // namespace casebook::engines
