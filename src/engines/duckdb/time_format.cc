#include "engines/duckdb/time_format.h"

#include <array>
#include <cctype>
#include <cstdio>
#include <limits>

#include "engines/duckdb/calendar.h"
#include "engines/duckdb/time_text.h"
#include "schema/table.h"

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
bool IsZoneElement(char c) { return c == 'Z' || c == 'z' || c == 's'; }

class Formatter {
 public:
  Formatter(const ZonedTime& time, TimeKind kind) : time_(time), kind_(kind) {
    parts_.days = FloorDiv(time.local_micros, kDayMicros);
    parts_.civil = analysis::CivilFromDays(parts_.days);
    parts_.micros = time.local_micros - parts_.days * kDayMicros;
  }

  bool Run(std::string_view format, std::string& bad) {
    for (size_t i = 0; i < format.size(); ++i) {
      if (format[i] != '%' || i + 1 == format.size()) {
        out_ += format[i];
        continue;
      }
      const size_t start = i;
      char c = format[++i];
      bool known = true;
      if (c == 'E') {
        known = Extended(format, i);
      } else if (c == 'O' && i + 1 < format.size()) {
        known = Element(format[++i]);
      } else {
        known = Element(c);
      }
      if (!known) {
        bad = std::string(format.substr(start, i - start + 1));
        return false;
      }
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
    return !IsDateElement(c);
  }

  void Fraction(int digits) {
    std::string text = Number(parts_.micros % 1'000'000, 6, '0');
    text.resize(static_cast<size_t>(digits), '0');
    out_ += text;
  }

  // `%E4Y`, `%Ez`, `%E*S`, `%E3S`.
  bool Extended(std::string_view format, size_t& i) {
    const std::string_view rest = format.substr(i + 1);
    if (rest.starts_with("4Y")) {
      i += 2;
      if (kind_ == TimeKind::kTime) return false;
      out_ += Number(parts_.civil.year, 4, '0');
      return true;
    }
    if (rest.starts_with("z")) {
      i += 1;
      if (kind_ != TimeKind::kTimestamp) return false;
      out_ += OffsetText(time_.offset_seconds, true);
      return true;
    }
    if (rest.size() >= 2 && rest[1] == 'S' && (rest[0] == '*' || std::isdigit(static_cast<unsigned char>(rest[0])) != 0)) {
      i += 2;
      if (kind_ == TimeKind::kDate) return false;
      out_ += Number(parts_.second(), 2, '0');
      if (rest[0] != '*') {
        const int digits = rest[0] - '0';
        if (digits == 0) return true;
        out_ += '.';
        Fraction(digits);
        return true;
      }
      std::string text = Number(parts_.micros % 1'000'000, 6, '0');
      text.erase(text.find_last_not_of('0') + 1);
      if (!text.empty()) out_ += "." + text;
      return true;
    }
    return false;
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
      case 'C': out_ += Number(civil.year / 100, 2, '0'); return true;
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

  std::string ShortOffset() const {
    if (time_.offset_seconds == 0) return "";
    const int64_t minutes = (time_.offset_seconds < 0 ? -time_.offset_seconds : time_.offset_seconds) / 60;
    std::string text = (time_.offset_seconds < 0 ? "-" : "+") + std::to_string(minutes / 60);
    if (minutes % 60 != 0) text += ":" + Number(minutes % 60, 2, '0');
    return text;
  }

  const ZonedTime& time_;
  TimeKind kind_;
  Parts parts_{};
};

// --- Parsing ---------------------------------------------------------------------------------------

class ElementParser {
 public:
  ElementParser(std::string_view text, TimeKind kind) : text_(text), kind_(kind) {}

  bool Run(std::string_view format, std::string& why) {
    for (size_t i = 0; i < format.size(); ++i) {
      const char c = format[i];
      if (std::isspace(static_cast<unsigned char>(c)) != 0) {
        SkipSpace();
        continue;
      }
      if (c != '%') {
        if (!Literal(c)) return Fail(why, "Failed to parse input string");
        continue;
      }
      if (i + 1 == format.size()) return Fail(why, "Format string cannot end with a single '%'");
      bool fits = true;
      if (format[i + 1] == 'E') {
        fits = Extended(format, i);
      } else {
        if (format[i + 1] == 'O') ++i;
        if (i + 1 == format.size()) return Fail(why, "Format string cannot end with '%O'");
        fits = Element(format[++i]);
      }
      if (!unsupported_.empty()) return Fail(why, "Format element " + unsupported_ + " is not supported in PARSE functions");
      if (!fits) return Fail(why, "Failed to parse input string");
    }
    SkipSpace();
    if (!text_.empty()) return Fail(why, "Illegal non-space trailing data in input string");
    return true;
  }

  // The wall clock or, with a zone in the text, the instant.
  std::optional<int64_t> Value(const analysis::Zone& zone, std::string& why) {
    if (epoch_) return *epoch_ * 1'000'000;
    int64_t hour = hour_;
    if (twelve_) {
      hour = hour_ % 12 + (afternoon_ ? 12 : 0);
    }
    if (century_ && !year_set_) year_ = *century_ * 100 + (short_year_ ? *short_year_ : 0);
    else if (short_year_ && !year_set_) year_ = *short_year_ + (*short_year_ < 69 ? 2000 : 1900);
    if (day_of_year_) {
      const int64_t days = YearStart(year_) + *day_of_year_ - 1;
      const analysis::Civil civil = analysis::CivilFromDays(days);
      if (civil.year != year_) return Refuse(why);
      month_ = civil.month;
      day_ = civil.day;
    }
    const analysis::Civil civil{year_, static_cast<int>(month_), static_cast<int>(day_)};
    if (!analysis::IsValidCivil(civil)) return Refuse(why);
    const int64_t second = second_;
    const int64_t micros = ((hour * 60 + minute_) * 60 + second) * 1'000'000 + fraction_;
    const int64_t local = (kind_ == TimeKind::kTime ? 0 : analysis::DaysFromCivil(civil) * kDayMicros) + micros;
    if (kind_ == TimeKind::kTime) return local % kDayMicros;
    int64_t value = local;
    if (kind_ == TimeKind::kTimestamp) value = offset_ ? local - *offset_ * 1'000'000 : (zone_ != nullptr ? zone_ : &zone)->ToUtc(local);
    if (kind_ == TimeKind::kDate) value = local - micros;
    if (value < analysis::kMinDatetime || value > analysis::kMaxDatetime) return Refuse(why);
    return value;
  }

 private:
  static bool Fail(std::string& why, std::string reason) {
    why = std::move(reason);
    return false;
  }
  static std::optional<int64_t> Refuse(std::string& why) {
    why = "Invalid result from parsing function";
    return std::nullopt;
  }
  void SkipSpace() {
    while (!text_.empty() && std::isspace(static_cast<unsigned char>(text_.front())) != 0) text_.remove_prefix(1);
  }
  bool Literal(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool Digits(size_t most, int64_t low, int64_t high, int64_t& value) {
    size_t n = 0;
    int64_t read = 0;
    while (n < most && n < text_.size() && std::isdigit(static_cast<unsigned char>(text_[n])) != 0) {
      read = read * 10 + (text_[n++] - '0');
    }
    if (n == 0 || read < low || read > high) return false;
    value = read;
    text_.remove_prefix(n);
    return true;
  }
  template <size_t N>
  bool Name(const std::array<std::string_view, N>& names, int64_t& index) {
    for (const bool full : {true, false}) {
      for (size_t i = 0; i < N; ++i) {
        const std::string_view name = full ? names[i] : names[i].substr(0, 3);
        if (text_.size() < name.size() || !EqualIgnoringCase(text_.substr(0, name.size()), name)) continue;
        text_.remove_prefix(name.size());
        index = static_cast<int64_t>(i);
        return true;
      }
    }
    return false;
  }
  bool All(std::string_view format) {
    std::string why;
    for (size_t i = 0; i < format.size(); ++i) {
      if (format[i] == '%') {
        if (!Element(format[++i])) return false;
      } else if (format[i] == ' ') {
        SkipSpace();
      } else if (!Literal(format[i])) {
        return false;
      }
    }
    return true;
  }
  bool Fraction(size_t most) {
    int64_t unit = 100'000;
    fraction_ = 0;
    size_t n = 0;
    while (n < most && !text_.empty() && std::isdigit(static_cast<unsigned char>(text_.front())) != 0) {
      fraction_ += (text_.front() - '0') * unit;
      unit /= 10;
      text_.remove_prefix(1);
      ++n;
    }
    return true;
  }
  bool Offset(bool colon) {
    if (text_.starts_with("Z") || text_.starts_with("z")) {
      text_.remove_prefix(1);
      offset_ = 0;
      return true;
    }
    if (text_.empty() || (text_.front() != '+' && text_.front() != '-')) return false;
    const bool negative = text_.front() == '-';
    text_.remove_prefix(1);
    int64_t hours = 0;
    int64_t minutes = 0;
    if (!Digits(2, 0, 14, hours)) return false;
    if (colon && text_.starts_with(":")) text_.remove_prefix(1);
    if (!text_.empty() && std::isdigit(static_cast<unsigned char>(text_.front())) != 0 && !Digits(2, 0, 59, minutes)) return false;
    offset_ = (hours * 60 + minutes) * (negative ? -60 : 60);
    return true;
  }

  bool Extended(std::string_view format, size_t& i) {
    const std::string_view rest = format.substr(i + 2);
    SkipSpaceBeforeNumber();
    if (rest.starts_with("4Y")) {
      i += 3;
      year_set_ = true;
      return kind_ != TimeKind::kTime && text_.size() >= 4 && Digits(4, 1, 9999, year_);
    }
    if (rest.starts_with("z")) {
      i += 2;
      return kind_ == TimeKind::kTimestamp && Offset(true);
    }
    if (rest.size() >= 2 && rest[1] == 'S' && (rest[0] == '*' || std::isdigit(static_cast<unsigned char>(rest[0])) != 0)) {
      i += 3;
      if (kind_ == TimeKind::kDate || !Digits(2, 0, 60, second_)) return false;
      if (!text_.starts_with(".")) return true;
      const size_t most = rest[0] == '*' ? std::numeric_limits<size_t>::max() : static_cast<size_t>(rest[0] - '0');
      if (most == 0) return true;
      text_.remove_prefix(1);
      return Fraction(most);
    }
    unsupported_ = "%E";
    return false;
  }
  void SkipSpaceBeforeNumber() { SkipSpace(); }

  bool Element(char c) {
    const bool has_date = kind_ != TimeKind::kTime;
    const bool has_time = kind_ != TimeKind::kDate;
    int64_t ignored = 0;
    if (c != '%' && c != 'n' && c != 't') SkipSpace();
    switch (c) {
      case 'A':
      case 'a': return has_date && Name(kDays, ignored);
      case 'B':
      case 'b':
      case 'h':
        if (!has_date || !Name(kMonths, month_)) return false;
        ++month_;
        return true;
      case 'C': century_ = 0; return has_date && Digits(2, 0, 99, *century_);
      case 'c': return has_date && has_time && All("%a %b %e %H:%M:%S %Y");
      case 'D':
      case 'x': return has_date && All("%m/%d/%y");
      case 'd':
      case 'e': return has_date && Digits(2, 1, 31, day_);
      case 'F': return has_date && All("%Y-%m-%d");
      case 'H':
      case 'k': twelve_ = false; return has_time && Digits(2, 0, 23, hour_);
      case 'I':
      case 'l': twelve_ = true; return has_time && Digits(2, 1, 12, hour_);
      case 'j': day_of_year_ = 0; return has_date && Digits(3, 1, 366, *day_of_year_);
      case 'M': return has_time && Digits(2, 0, 59, minute_);
      case 'm': return has_date && Digits(2, 1, 12, month_);
      case 'n':
      case 't': SkipSpace(); return true;
      case 'P':
      case 'p':
        if (!has_time || text_.size() < 2) return false;
        if (EqualIgnoringCase(text_.substr(0, 2), "pm")) afternoon_ = true;
        else if (EqualIgnoringCase(text_.substr(0, 2), "am")) afternoon_ = false;
        else return false;
        text_.remove_prefix(2);
        return true;
      case 'R': return has_time && All("%H:%M");
      case 'r': return has_time && All("%I:%M:%S %p");
      case 'S': return has_time && Digits(2, 0, 60, second_);
      case 's': epoch_ = 0; return kind_ == TimeKind::kTimestamp && Digits(12, 0, 253'402'300'799, *epoch_);
      case 'T':
      case 'X': return has_time && All("%H:%M:%S");
      case 'Y': year_set_ = true; return has_date && Digits(4, 1, 9999, year_);
      case 'y': short_year_ = 0; return has_date && Digits(2, 0, 99, *short_year_);
      case 'Z': return kind_ == TimeKind::kTimestamp && ZoneName();
      case 'z': return kind_ == TimeKind::kTimestamp && Offset(false);
      case '%': return Literal('%');
      default: unsupported_ = std::string("%") + c; return false;
    }
  }
  bool ZoneName() {
    size_t n = 0;
    while (n < text_.size() && std::isspace(static_cast<unsigned char>(text_[n])) == 0) ++n;
    zone_ = analysis::Zone::Find(text_.substr(0, n));
    text_.remove_prefix(n);
    return zone_ != nullptr;
  }

  std::string_view text_;
  TimeKind kind_;
  std::string unsupported_;
  int64_t year_ = 1970;
  int64_t month_ = 1;
  int64_t day_ = 1;
  int64_t hour_ = 0;
  int64_t minute_ = 0;
  int64_t second_ = 0;
  int64_t fraction_ = 0;
  bool year_set_ = false;
  bool twelve_ = false;
  bool afternoon_ = false;
  std::optional<int64_t> century_;
  std::optional<int64_t> short_year_;
  std::optional<int64_t> day_of_year_;
  std::optional<int64_t> offset_;
  std::optional<int64_t> epoch_;
  const analysis::Zone* zone_ = nullptr;
};

}  // namespace

std::optional<std::string> FormatElements(std::string_view format, const ZonedTime& time, TimeKind kind, std::string& bad) {
  Formatter formatter(time, kind);
  if (!formatter.Run(format, bad)) return std::nullopt;
  return std::move(formatter.out_);
}

std::optional<int64_t> ParseElements(std::string_view format, std::string_view text, TimeKind kind,
                                     const analysis::Zone& zone, std::string& why) {
  ElementParser parser(text, kind);
  if (!parser.Run(format, why)) return std::nullopt;
  return parser.Value(zone, why);
}

}  // namespace casebook::engines
