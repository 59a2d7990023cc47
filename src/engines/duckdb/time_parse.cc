// PARSE_DATE and its kin. Elements may say the same thing twice: the last one counts.
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "engines/duckdb/calendar.h"
#include "engines/duckdb/time_format.h"
#include "schema/table.h"

namespace casebook::engines {
namespace {

using analysis::kDayMicros;

constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                      "July",    "August",   "September", "October", "November", "December"};

constexpr int64_t kNone = -1;
constexpr int64_t kMaxReadYear = 10'000;  // read, and then refused as out of range
constexpr int64_t kPivotYear = 69;        // two digits from here on are of the 20th century

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool IsSpace(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

class ElementParser {
 public:
  ElementParser(std::string_view text, TimeKind kind) : text_(text), kind_(kind) {}

  bool Run(std::string_view format, std::string& why) {
    if (!All(format)) {
      why = why_.empty() ? "Failed to parse input string" : why_;
      return false;
    }
    SkipSpace();
    if (!text_.empty()) why = "Illegal non-space trailing data in input string";
    return text_.empty();
  }

  // The wall clock or, of a kTimestamp, the instant.
  std::optional<int64_t> Value(const analysis::Zone& zone, std::string& why) {
    if (has_epoch_) return InRange(static_cast<Int128>(epoch_) * 1'000'000, why);
    const int64_t hour = twelve_ ? hour_ % 12 + (afternoon_ ? 12 : 0) : hour_;
    const int64_t micros = ((hour * 60 + minute_) * 60 + second_) * 1'000'000 + fraction_;
    if (kind_ == TimeKind::kTime) return micros % kDayMicros;
    const auto day = Day(why);
    if (!day) return std::nullopt;
    if (kind_ == TimeKind::kDate) return *day * kDayMicros;
    const int64_t local = *day * kDayMicros + micros;
    if (kind_ == TimeKind::kDatetime) return InRange(local, why);
    if (has_offset_) return InRange(local - offset_ * 1'000'000, why);
    return InRange((zone_ != nullptr ? *zone_ : zone).ToUtc(local), why);
  }

 private:
  __extension__ using Int128 = __int128;

  // --- What was read ---

  static std::optional<int64_t> Refuse(std::string& why, const char* reason = "Invalid result from parsing function") {
    why = reason;
    return std::nullopt;
  }
  static std::optional<int64_t> InRange(Int128 micros, std::string& why) {
    if (micros < analysis::kMinDatetime || micros > analysis::kMaxDatetime) return Refuse(why);
    return static_cast<int64_t>(micros);
  }

  int64_t Year() const {
    if (has_year_) return year_;
    if (century_ != kNone) return century_ * 100 + std::max<int64_t>(short_year_, 0);
    if (short_year_ != kNone) return short_year_ + (short_year_ < kPivotYear ? 2000 : 1900);
    return year_;
  }

  std::optional<int64_t> Day(std::string& why) {
    if (has_iso_ && !has_common_) return IsoDay(why);
    const int64_t year = Year();
    if (year < 1 || year > 9999) return Refuse(why);
    if (day_of_year_ != kNone) {
      const int64_t day = YearStart(year) + day_of_year_ - 1;
      if (analysis::CivilFromDays(day).year != year) return Refuse(why, "The year has fewer days than the day of year");
      return day;
    }
    if (week_ != kNone && has_weekday_) return Refuse(why, "Weekday elements beside a week of the year are not supported");
    if (week_ != kNone && !(month_behind_week_ && day_behind_week_)) {
      if (month_behind_week_ || day_behind_week_) return Refuse(why, "Month or day alone behind a week is not supported");
      return WeekDay(year, why);
    }
    const analysis::Civil civil{year, static_cast<int>(month_), static_cast<int>(day_)};
    if (!analysis::IsValidCivil(civil)) return Refuse(why);
    return analysis::DaysFromCivil(civil);
  }

  // The first day of week number `week_`; week 0 is what comes before the first whole week.
  std::optional<int64_t> WeekDay(int64_t year, std::string& why) const {
    const int64_t start = YearStart(year);
    const int64_t first = start + (week_start_ - Weekday(start) + 7) % 7;
    const int64_t day = first + (week_ - 1) * 7;
    const bool exists = day + 6 >= start && analysis::CivilFromDays(day).year <= year;
    if (!exists || day < analysis::kMinDate) return Refuse(why, "Week number is invalid for the year");
    return day;
  }

  std::optional<int64_t> IsoDay(std::string& why) const {
    if (iso_week_) return Refuse(why, "ISO year and ISO week together are not supported");
    if (iso_year_ < 1 || iso_year_ > 9999) return Refuse(why);
    const int64_t start = IsoYearStart(iso_year_);
    const int64_t day = start + (iso_day_ == kNone ? 0 : iso_day_ - 1);
    if (day >= IsoYearStart(iso_year_ + 1)) return Refuse(why, "The ISO year has fewer days than the day of year");
    if (day < analysis::kMinDate || day > analysis::kMaxDate) return Refuse(why);
    return day;
  }

  // --- Reading ---

  void SkipSpace() {
    while (!text_.empty() && IsSpace(text_.front())) text_.remove_prefix(1);
  }
  bool Literal(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool Digits(size_t most, int64_t low, int64_t high, int64_t& value) {
    size_t n = 0;
    int64_t read = 0;
    while (n < most && n < text_.size() && IsDigit(text_[n])) read = read * 10 + (text_[n++] - '0');
    if (n == 0 || read < low || read > high) return false;
    value = read;
    text_.remove_prefix(n);
    return true;
  }
  // Exactly two digits.
  bool Pair(int64_t high, int64_t& value) {
    return text_.size() >= 2 && IsDigit(text_[0]) && IsDigit(text_[1]) && Digits(2, 0, high, value);
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
    for (size_t i = 0; i < format.size(); ++i) {
      if (IsSpace(format[i])) {
        SkipSpace();
      } else if (format[i] != '%') {
        if (!Literal(format[i])) return false;
      } else if (!One(format, i)) {
        return false;
      }
    }
    return true;
  }

  // The element at `i`, which moves to its last character.
  bool One(std::string_view format, size_t& i) {
    if (++i == format.size()) {
      why_ = "Format string cannot end with a single '%'";
      return false;
    }
    if (format[i] == 'E') return Extended(format.substr(i + 1), i);
    if (format[i] == 'O') {
      if (++i == format.size() || std::string_view("deHImMSUuVWwy").find(format[i]) == std::string_view::npos) return false;
    }
    const std::string_view rest = format.substr(i + 1);
    before_element_ = rest.starts_with('%');
    return Element(format[i]);
  }

  // What stands behind `%E`.
  bool Extended(std::string_view rest, size_t& i) {
    if (rest.empty()) return false;
    SkipSpace();
    if (rest.starts_with("4Y")) {
      i += 2;
      const bool four = text_.size() >= 4 && std::all_of(text_.begin(), text_.begin() + 4, IsDigit);
      return Of(Group::kDate) && four && TakeYear(4);
    }
    if (rest.front() == 'z') {
      i += 1;
      return Of(Group::kZone) && (Literal('Z') ? SetOffset(0) : Offset(true));
    }
    if (std::string_view("cCxXyY").find(rest.front()) != std::string_view::npos) {
      i += 1;
      before_element_ = rest.size() > 1 && rest[1] == '%';
      return Element(rest.front());
    }
    const bool seconds = rest.size() >= 2 && rest[1] == 'S' && (rest[0] == '*' || (rest[0] >= '0' && rest[0] <= '6'));
    if (!seconds) return false;
    i += 2;
    const size_t most = rest[0] == '*' ? std::string_view::npos : static_cast<size_t>(rest[0] - '0');
    if (!Of(Group::kTime) || !Digits(2, 0, 60, second_)) return false;
    fraction_ = 0;
    if (most == 0 || text_.empty() || text_.front() != '.') return true;
    text_.remove_prefix(1);
    return Fraction(most);
  }

  // At least one digit; those beyond micros count for nothing.
  bool Fraction(size_t most) {
    int64_t unit = 100'000;
    size_t n = 0;
    for (; n < most && n < text_.size() && IsDigit(text_[n]); ++n, unit /= 10) fraction_ += (text_[n] - '0') * unit;
    text_.remove_prefix(n);
    return n > 0;
  }

  enum class Group { kDate, kTime, kBoth, kZone, kEpoch };

  // Whether elements of a group may stand for the type.
  bool Of(Group group) {
    const bool timestamp = kind_ == TimeKind::kTimestamp;
    const bool whole = timestamp || kind_ == TimeKind::kDatetime;
    const bool fits = group == Group::kZone    ? timestamp
                      : group == Group::kDate  ? kind_ != TimeKind::kTime
                      : group == Group::kTime  ? kind_ != TimeKind::kDate
                                               : whole;
    if (!fits) why_ = "Invalid format: an element is not allowed for the type";
    return fits;
  }

  bool SetOffset(int64_t seconds) {
    has_offset_ = true;
    offset_ = seconds;
    return true;
  }
  // `+05`, `+0530`, and with `colon` also `+05:30`.
  bool Offset(bool colon) {
    if (text_.empty() || (text_.front() != '+' && text_.front() != '-')) return false;
    const bool negative = text_.front() == '-';
    text_.remove_prefix(1);
    int64_t hours = 0;
    int64_t minutes = 0;
    if (!Pair(14, hours)) return false;
    const bool has_colon = colon && Literal(':');
    const bool has_minutes = has_colon || (!text_.empty() && IsDigit(text_.front()));
    if (has_minutes && !Pair(59, minutes)) return false;
    if (hours == 14 && minutes > 0) return false;
    return SetOffset((hours * 60 + minutes) * (negative ? -60 : 60));
  }
  bool ZoneName() {
    const auto end = std::find_if(text_.begin(), text_.end(), IsSpace);
    const auto n = static_cast<size_t>(end - text_.begin());
    zone_ = analysis::Zone::Find(text_.substr(0, n));
    has_offset_ = false;
    text_.remove_prefix(n);
    return zone_ != nullptr;
  }
  bool Epoch() {
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), epoch_);
    if (error != std::errc()) return false;
    has_epoch_ = true;
    text_.remove_prefix(static_cast<size_t>(end - text_.data()));
    return true;
  }

  bool TakeYear(size_t most) {
    has_year_ = has_common_ = true;
    century_ = short_year_ = kNone;
    return Digits(most, 0, kMaxReadYear, year_);
  }
  bool Century() {
    has_year_ = false;
    has_common_ = true;
    // Before other characters than those of an element 100 centuries may be read, and are out of range then.
    return Digits(before_element_ ? 2 : 3, 0, 100, century_);
  }
  bool ShortYear() {
    has_year_ = false;
    has_common_ = true;
    return Digits(2, 0, 99, short_year_);
  }
  void SetMonth(int64_t month) {
    month_ = month;
    month_behind_week_ = has_common_ = true;
  }
  bool MonthName() {
    int64_t index = 0;
    if (!Name(kMonths, index)) return false;
    SetMonth(index + 1);
    return true;
  }
  bool MonthNumber() {
    int64_t month = 0;
    if (!Digits(2, 1, 12, month)) return false;
    SetMonth(month);
    return true;
  }
  bool Quarter() {
    int64_t quarter = 0;
    if (!Digits(1, 1, 4, quarter)) return false;
    SetMonth(quarter * 3 - 2);
    day_ = 1;
    return true;
  }
  bool DayNumber() {
    day_behind_week_ = has_common_ = true;
    return Digits(2, 1, 31, day_);
  }
  bool DayOfYear() {
    has_common_ = true;
    return Digits(3, 1, 366, day_of_year_);
  }
  bool Week(int64_t start) {
    week_start_ = start;
    has_common_ = true;
    month_behind_week_ = day_behind_week_ = false;
    return Digits(2, 0, 53, week_);
  }
  bool WeekdayName() {
    int64_t ignored = 0;
    has_weekday_ = true;
    return Name(kDays, ignored);
  }
  bool WeekdayNumber(int64_t low, int64_t high) {
    int64_t ignored = 0;
    has_weekday_ = true;
    return Digits(1, low, high, ignored);
  }
  bool IsoYearNumber() {
    has_iso_ = true;
    return Digits(before_element_ ? 4 : 5, 0, kMaxReadYear, iso_year_);
  }
  bool ShortIsoYear() {
    has_iso_ = true;
    if (!Digits(2, 0, 99, iso_year_)) return false;
    iso_year_ += iso_year_ < kPivotYear ? 2000 : 1900;
    return true;
  }
  bool IsoWeekNumber() {
    int64_t ignored = 0;
    iso_week_ = true;
    return Digits(2, 1, 53, ignored);
  }
  bool Hour(bool twelve) {
    twelve_ = twelve;
    return twelve ? Digits(2, 1, 12, hour_) : Digits(2, 0, 23, hour_);
  }
  bool Meridian() {
    afternoon_ = EqualIgnoringCase(text_.substr(0, 2), "PM");
    if (!afternoon_ && !EqualIgnoringCase(text_.substr(0, 2), "AM")) return false;
    text_.remove_prefix(2);
    return true;
  }

  bool Element(char c) {
    if (c == '%') return Literal('%');
    SkipSpace();
    switch (c) {
      case 'n':
      case 't': return true;
      case 'A':
      case 'a': return Of(Group::kDate) && WeekdayName();
      case 'B':
      case 'b':
      case 'h': return Of(Group::kDate) && MonthName();
      case 'C': return Of(Group::kDate) && Century();
      case 'c': return Of(Group::kBoth) && All("%a %b %e %H:%M:%S %Y");
      case 'D':
      case 'x': return Of(Group::kDate) && All("%m/%d/%y");
      case 'd':
      case 'e': return Of(Group::kDate) && DayNumber();
      case 'F': return Of(Group::kDate) && All("%Y-%m-%d");
      case 'G': return Of(Group::kDate) && IsoYearNumber();
      case 'g': return Of(Group::kDate) && ShortIsoYear();
      case 'H':
      case 'k': return Of(Group::kTime) && Hour(false);
      case 'I':
      case 'l': return Of(Group::kTime) && Hour(true);
      case 'J': return Of(Group::kDate) && Digits(3, 1, 371, iso_day_);
      case 'j': return Of(Group::kDate) && DayOfYear();
      case 'M': return Of(Group::kTime) && Digits(2, 0, 59, minute_);
      case 'm': return Of(Group::kDate) && MonthNumber();
      case 'P':
      case 'p': return Of(Group::kTime) && Meridian();
      case 'Q': return Of(Group::kDate) && Quarter();
      case 'R': return Of(Group::kTime) && All("%H:%M");
      case 'r': return Of(Group::kTime) && All("%I:%M:%S %p");
      case 'S': return Of(Group::kTime) && Digits(2, 0, 60, second_);
      case 's': return Of(Group::kEpoch) && Epoch();
      case 'T':
      case 'X': return Of(Group::kTime) && All("%H:%M:%S");
      case 'U': return Of(Group::kDate) && Week(0);
      case 'u': return Of(Group::kDate) && WeekdayNumber(1, 7);
      case 'V': return Of(Group::kDate) && IsoWeekNumber();
      case 'W': return Of(Group::kDate) && Week(1);
      case 'w': return Of(Group::kDate) && WeekdayNumber(0, 6);
      case 'Y': return Of(Group::kDate) && TakeYear(before_element_ ? 4 : 5);
      case 'y': return Of(Group::kDate) && ShortYear();
      case 'Z': return Of(Group::kZone) && ZoneName();
      case 'z': return Of(Group::kZone) && Offset(false);
      default: return false;
    }
  }

  std::string_view text_;
  TimeKind kind_;
  std::string why_;
  bool before_element_ = false;  // another element follows at once: a year has four digits then

  int64_t year_ = 1970;
  int64_t century_ = kNone;
  int64_t short_year_ = kNone;
  int64_t month_ = 1;
  int64_t day_ = 1;
  int64_t day_of_year_ = kNone;
  int64_t week_ = kNone;
  int64_t week_start_ = 0;
  int64_t iso_year_ = 1970;
  int64_t iso_day_ = kNone;
  bool has_year_ = false;
  bool has_common_ = false;  // a year, month, week or day that is not ISO's
  bool has_iso_ = false;
  bool iso_week_ = false;
  bool has_weekday_ = false;
  bool month_behind_week_ = false;
  bool day_behind_week_ = false;

  int64_t hour_ = 0;
  int64_t minute_ = 0;
  int64_t second_ = 0;
  int64_t fraction_ = 0;
  bool twelve_ = false;
  bool afternoon_ = false;

  int64_t epoch_ = 0;
  bool has_epoch_ = false;
  int64_t offset_ = 0;
  bool has_offset_ = false;
  const analysis::Zone* zone_ = nullptr;
};

}  // namespace

std::optional<int64_t> ParseElements(std::string_view format, std::string_view text, TimeKind kind,
                                     const analysis::Zone& zone, std::string& why) {
  ElementParser parser(text, kind);
  if (!parser.Run(format, why)) return std::nullopt;
  return parser.Value(zone, why);
}

}  // namespace casebook::engines
