#include "engines/duckdb/cast_format_time.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <utility>
#include <vector>

#include "engines/duckdb/calendar.h"
#include "schema/table.h"

namespace casebook::engines {
namespace {

using analysis::kDayMicros;

enum class Element {
  kLiteral,
  kSpace,
  kYear4,  // YYYY and RRRR
  kYear3,
  kYear2,
  kYear1,
  kYearRounded,  // RR: of the century that is nearest
  kYearComma,    // Y,YYY
  kMonth,
  kMonthName,
  kMonthShortName,
  kDay,
  kDayOfYear,
  kDayName,
  kDayShortName,
  kDayOfWeek,
  kHour12,
  kHour24,
  kMinute,
  kSecond,
  kSecondOfDay,
  kFraction,
  kMeridian,
  kMeridianDots,
  kZoneHour,
  kZoneMinute,
  kUnsupported,
};

// What an element says: a text may say each thing once.
enum class Category { kNone, kYear, kMonth, kDay, kHour, kMinute, kSecond, kFraction, kMeridian, kZone };

struct NamedElement {
  std::string_view name;
  Element element;
  Category category;
};

// Longer names before those with which they begin.
constexpr std::array kElements = {
    NamedElement{"Y,YYY", Element::kYearComma, Category::kYear},
    NamedElement{"YYYY", Element::kYear4, Category::kYear},
    NamedElement{"YYY", Element::kYear3, Category::kYear},
    NamedElement{"YY", Element::kYear2, Category::kYear},
    NamedElement{"Y", Element::kYear1, Category::kYear},
    NamedElement{"RRRR", Element::kYear4, Category::kYear},
    NamedElement{"RR", Element::kYearRounded, Category::kYear},
    NamedElement{"MONTH", Element::kMonthName, Category::kMonth},
    NamedElement{"MON", Element::kMonthShortName, Category::kMonth},
    NamedElement{"MM", Element::kMonth, Category::kMonth},
    NamedElement{"MI", Element::kMinute, Category::kMinute},
    NamedElement{"DDD", Element::kDayOfYear, Category::kDay},
    NamedElement{"DD", Element::kDay, Category::kDay},
    NamedElement{"DAY", Element::kDayName, Category::kNone},
    NamedElement{"DY", Element::kDayShortName, Category::kNone},
    NamedElement{"DS", Element::kUnsupported, Category::kNone},
    NamedElement{"DL", Element::kUnsupported, Category::kNone},
    NamedElement{"D", Element::kDayOfWeek, Category::kNone},
    NamedElement{"HH24", Element::kHour24, Category::kHour},
    NamedElement{"HH12", Element::kHour12, Category::kHour},
    NamedElement{"HH", Element::kHour12, Category::kHour},
    NamedElement{"SSSSS", Element::kSecondOfDay, Category::kSecond},
    NamedElement{"SS", Element::kSecond, Category::kSecond},
    NamedElement{"A.M.", Element::kMeridianDots, Category::kMeridian},
    NamedElement{"P.M.", Element::kMeridianDots, Category::kMeridian},
    NamedElement{"AM", Element::kMeridian, Category::kMeridian},
    NamedElement{"PM", Element::kMeridian, Category::kMeridian},
    NamedElement{"TZH", Element::kZoneHour, Category::kZone},
    NamedElement{"TZM", Element::kZoneMinute, Category::kZone},
};

struct Piece {
  Element element = Element::kLiteral;
  Category category = Category::kNone;
  std::string text;  // as written; of kLiteral and kSpace what stands for it
  size_t digits = 0;  // of kFraction
};

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool IsSpace(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

// Reads `"text"` from the front of `rest`.
bool TakeQuoted(std::string_view& rest, Piece& piece, std::string& why) {
  size_t i = 1;
  for (; i < rest.size() && rest[i] != '"'; ++i) {
    if (rest[i] == '\\') {
      ++i;
      if (i == rest.size() || (rest[i] != '"' && rest[i] != '\\')) {
        why = "Unsupported escape sequence in quoted literal of the format";
        return false;
      }
    }
    piece.text += rest[i];
  }
  if (i >= rest.size()) {
    why = "Cannot find matching \" for quoted literal of the format";
    return false;
  }
  rest.remove_prefix(i + 1);
  return true;
}

bool TakeElement(std::string_view& rest, Piece& piece) {
  constexpr std::string_view kSimple = "-./,';:";
  if (rest.front() == ' ') {
    piece.element = Element::kSpace;
    const size_t n = std::min(rest.find_first_not_of(' '), rest.size());
    piece.text = std::string(n, ' ');
    rest.remove_prefix(n);
    return true;
  }
  if (kSimple.find(rest.front()) != std::string_view::npos) {
    piece.text = rest.front();
    rest.remove_prefix(1);
    return true;
  }
  if (rest.size() >= 3 && EqualIgnoringCase(rest.substr(0, 2), "FF") && rest[2] >= '1' && rest[2] <= '9') {
    piece = {Element::kFraction, Category::kFraction, std::string(rest.substr(0, 3)), static_cast<size_t>(rest[2] - '0')};
    rest.remove_prefix(3);
    return true;
  }
  for (const NamedElement& named : kElements) {
    if (!EqualIgnoringCase(rest.substr(0, named.name.size()), named.name)) continue;
    piece = {named.element, named.category, std::string(rest.substr(0, named.name.size())), 0};
    rest.remove_prefix(named.name.size());
    return true;
  }
  return false;
}

bool ReadFormat(std::string_view format, std::vector<Piece>& pieces, std::string& why) {
  std::string_view rest = format;
  while (!rest.empty()) {
    Piece piece;
    if (rest.front() == '"') {
      if (!TakeQuoted(rest, piece, why)) return false;
    } else if (!TakeElement(rest, piece)) {
      why = "Cannot find matched format element at " + std::to_string(format.size() - rest.size());
      return false;
    } else if (piece.element == Element::kUnsupported) {
      why = "Unsupported format element '" + piece.text + "'";
      return false;
    }
    pieces.push_back(std::move(piece));
  }
  return true;
}

// A format as it was last read: one query asks for the same again and again.
struct ReadPieces {
  std::string format;
  std::vector<Piece> pieces;
  std::string why;
  bool is_sound = false;
  bool is_read = false;
};

const ReadPieces& PiecesOf(std::string_view format) {
  thread_local ReadPieces last;
  if (last.is_read && last.format == format) return last;
  last = {};
  last.format = format;
  last.is_sound = ReadFormat(format, last.pieces, last.why);
  last.is_read = true;
  return last;
}

bool IsOfDate(const Piece& piece) {
  switch (piece.element) {
    case Element::kDayName:
    case Element::kDayShortName:
    case Element::kDayOfWeek: return true;
    default:
      return piece.category == Category::kYear || piece.category == Category::kMonth || piece.category == Category::kDay;
  }
}

bool Fits(const Piece& piece, TimeKind kind) {
  if (piece.element == Element::kLiteral || piece.element == Element::kSpace) return true;
  if (kind == TimeKind::kTimestamp) return true;
  if (piece.category == Category::kZone) return false;
  if (kind == TimeKind::kDatetime) return true;
  return IsOfDate(piece) == (kind == TimeKind::kDate);
}

const char* KindName(TimeKind kind) {
  switch (kind) {
    case TimeKind::kDate: return "DATE";
    case TimeKind::kTime: return "TIME";
    case TimeKind::kDatetime: return "DATETIME";
    case TimeKind::kTimestamp: return "TIMESTAMP";
  }
  return "";
}

constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                      "July",    "August",   "September", "October", "November", "December"};

// --- Writing ---------------------------------------------------------------------------------------

// `name` in the case of the element: `mon`, `Mon`, `MON`.
std::string InCaseOf(const std::string& element, std::string_view name) {
  const auto is_lower = [](char c) { return std::islower(static_cast<unsigned char>(c)) != 0; };
  std::string text(name);
  for (size_t i = 0; i < text.size(); ++i) {
    const bool lower = is_lower(element[0]) || (i > 0 && is_lower(element[1]));
    const auto c = static_cast<unsigned char>(text[i]);
    text[i] = static_cast<char>(lower ? std::tolower(c) : std::toupper(c));
  }
  return text;
}

std::string Padded(int64_t value, int width) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%0*lld", width, static_cast<long long>(value));
  return buffer.data();
}

std::string FractionText(int64_t micros, size_t digits) {
  std::string text = Padded(micros % 1'000'000, 6);
  text.resize(digits, '0');
  return text;
}

std::string MeridianText(const Piece& piece, bool morning) {
  const bool dots = piece.element == Element::kMeridianDots;
  std::string text = dots ? (morning ? "A.M." : "P.M.") : (morning ? "AM" : "PM");
  if (std::islower(static_cast<unsigned char>(piece.text[0])) != 0) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

std::string PieceText(const Piece& piece, const ZonedTime& time) {
  const int64_t days = FloorDiv(time.local_micros, kDayMicros);
  const int64_t micros = time.local_micros - days * kDayMicros;
  const analysis::Civil civil = analysis::CivilFromDays(days);
  const int64_t hour = micros / 3'600'000'000;
  const int64_t offset_minutes = (time.offset_seconds < 0 ? -time.offset_seconds : time.offset_seconds) / 60;
  switch (piece.element) {
    case Element::kLiteral:
    case Element::kSpace: return piece.text;
    case Element::kYear4: return Padded(civil.year, 4);
    case Element::kYear3: return Padded(civil.year % 1000, 3);
    case Element::kYear2:
    case Element::kYearRounded: return Padded(civil.year % 100, 2);
    case Element::kYear1: return Padded(civil.year % 10, 1);
    case Element::kMonth: return Padded(civil.month, 2);
    case Element::kMonthName: return InCaseOf(piece.text, kMonths[static_cast<size_t>(civil.month - 1)]);
    case Element::kMonthShortName: return InCaseOf(piece.text, kMonths[static_cast<size_t>(civil.month - 1)].substr(0, 3));
    case Element::kDay: return Padded(civil.day, 2);
    case Element::kDayOfYear: return Padded(days - YearStart(civil.year) + 1, 3);
    case Element::kDayName: return InCaseOf(piece.text, kDays[static_cast<size_t>(Weekday(days))]);
    case Element::kDayShortName: return InCaseOf(piece.text, kDays[static_cast<size_t>(Weekday(days))].substr(0, 3));
    case Element::kDayOfWeek: return Padded(Weekday(days) + 1, 1);
    case Element::kHour12: return Padded((hour + 11) % 12 + 1, 2);
    case Element::kHour24: return Padded(hour, 2);
    case Element::kMinute: return Padded(micros / 60'000'000 % 60, 2);
    case Element::kSecond: return Padded(micros / 1'000'000 % 60, 2);
    case Element::kSecondOfDay: return Padded(micros / 1'000'000, 5);
    case Element::kFraction: return FractionText(micros, piece.digits);
    case Element::kMeridian:
    case Element::kMeridianDots: return MeridianText(piece, hour < 12);
    case Element::kZoneHour: return (time.offset_seconds < 0 ? "-" : "+") + Padded(offset_minutes / 60, 2);
    case Element::kZoneMinute: return Padded(offset_minutes % 60, 2);
    case Element::kYearComma:
    case Element::kUnsupported: break;
  }
  return {};
}

// --- Reading ---------------------------------------------------------------------------------------

// Whether the pieces can say one time together.
bool CheckReadable(const std::vector<Piece>& pieces, TimeKind kind, std::string& why) {
  std::array<const Piece*, 10> seen{};
  bool zone_hour = false;
  bool zone_minute = false;
  for (const Piece& piece : pieces) {
    if (piece.element == Element::kLiteral || piece.element == Element::kSpace) continue;
    if (piece.category == Category::kNone) {
      why = "Format element '" + piece.text + "' is not supported for parsing";
      return false;
    }
    if (!Fits(piece, kind)) {
      why = "Format element '" + piece.text + "' is not allowed for output type " + KindName(kind);
      return false;
    }
    if (piece.category == Category::kZone) {
      bool& was_there = piece.element == Element::kZoneHour ? zone_hour : zone_minute;
      if (std::exchange(was_there, true)) why = "Format element '" + piece.text + "' appears more than once";
    } else {
      const Piece*& was_there = seen[static_cast<size_t>(piece.category)];
      if (was_there != nullptr) why = "Format elements '" + was_there->text + "' and '" + piece.text + "' say the same";
      was_there = &piece;
    }
    if (!why.empty()) return false;
  }
  const auto of = [&](Category category) { return seen[static_cast<size_t>(category)]; };
  const Piece* hour = of(Category::kHour);
  const Piece* second = of(Category::kSecond);
  const bool twelve = hour != nullptr && hour->element == Element::kHour12;
  if (twelve != (of(Category::kMeridian) != nullptr)) {
    why = "HH and HH12 and a meridian indicator are required together";
  } else if (second != nullptr && second->element == Element::kSecondOfDay && (hour != nullptr || of(Category::kMinute) != nullptr)) {
    why = "SSSSS cannot stand beside elements for hours and minutes";
  } else if (of(Category::kDay) != nullptr && of(Category::kDay)->element == Element::kDayOfYear && of(Category::kMonth) != nullptr) {
    why = "DDD cannot stand beside an element for months";
  }
  return why.empty();
}

class Parser {
 public:
  Parser(std::string_view text, int64_t today) : text_(text), today_(analysis::CivilFromDays(today)) {
    SkipSpace();
    year_ = today_.year;
    month_ = today_.month;
  }

  bool Run(const std::vector<Piece>& pieces, std::string& why) {
    for (size_t i = 0; i < pieces.size(); ++i) {
      const bool before_digit = i + 1 < pieces.size() && StartsWithDigit(pieces[i + 1]);
      if (!Take(pieces[i], before_digit)) {
        why = "Failed to parse input string with format element '" + pieces[i].text + "'";
        return false;
      }
    }
    SkipSpace();
    if (!text_.empty()) why = "Illegal non-space trailing data in input string";
    return text_.empty();
  }

  std::optional<int64_t> Value(TimeKind kind, const analysis::Zone& zone) const {
    const int64_t hour = twelve_ ? hour_ % 12 + (afternoon_ ? 12 : 0) : hour_;
    const int64_t seconds = second_of_day_ != kNone ? second_of_day_ : (hour * 60 + minute_) * 60 + second_;
    const int64_t micros = seconds * 1'000'000 + fraction_;
    if (kind == TimeKind::kTime) return micros;
    int64_t day = 0;
    if (day_of_year_ != kNone) {
      if (year_ < 1 || year_ > 9999) return std::nullopt;
      day = YearStart(year_) + day_of_year_ - 1;
      if (analysis::CivilFromDays(day).year != year_) return std::nullopt;
    } else {
      const analysis::Civil civil{year_, static_cast<int>(month_), static_cast<int>(day_)};
      if (!analysis::IsValidCivil(civil)) return std::nullopt;
      day = analysis::DaysFromCivil(civil);
    }
    const int64_t local = day * kDayMicros + micros;
    if (kind != TimeKind::kTimestamp) return local;
    const bool has_offset = zone_hours_ != kNone || zone_minutes_ != kNone;
    const int64_t offset = (std::max<int64_t>(zone_hours_, 0) * 60 + std::max<int64_t>(zone_minutes_, 0)) *
                           (zone_negative_ ? -60 : 60);
    constexpr int64_t kMaxOffset = 14 * 3600;
    if (offset < -kMaxOffset || offset > kMaxOffset) return std::nullopt;
    const int64_t utc = has_offset ? local - offset * 1'000'000 : zone.ToUtc(local);
    if (utc < analysis::kMinDatetime || utc > analysis::kMaxDatetime) return std::nullopt;
    return utc;
  }

 private:
  static constexpr int64_t kNone = -1;

  static bool StartsWithDigit(const Piece& piece) {
    switch (piece.element) {
      case Element::kLiteral: return !piece.text.empty() && IsDigit(piece.text.front());
      case Element::kSpace:
      case Element::kMonthName:
      case Element::kMonthShortName:
      case Element::kMeridian:
      case Element::kMeridianDots:
      case Element::kZoneHour: return false;
      default: return true;
    }
  }

  void SkipSpace() {
    while (!text_.empty() && IsSpace(text_.front())) text_.remove_prefix(1);
  }
  bool Number(size_t most, int64_t low, int64_t high, int64_t& value) {
    int64_t read = 0;
    size_t n = 0;
    while (n < most && n < text_.size() && IsDigit(text_[n])) read = read * 10 + (text_[n++] - '0');
    if (n == 0 || read < low || read > high) return false;
    text_.remove_prefix(n);
    value = read;
    return true;
  }
  bool Word(std::string_view word) {
    if (!EqualIgnoringCase(text_.substr(0, word.size()), word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  bool MonthWord(bool full) {
    for (size_t i = 0; i < kMonths.size(); ++i) {
      if (!Word(full ? kMonths[i] : kMonths[i].substr(0, 3))) continue;
      month_ = static_cast<int64_t>(i) + 1;
      return true;
    }
    return false;
  }
  // The last digits of a year, whose first ones are today's.
  bool YearEnd(size_t digits, int64_t unit) {
    int64_t end = 0;
    if (!Number(digits, 0, unit - 1, end)) return false;
    year_ = today_.year / unit * unit + end;
    return true;
  }
  bool RoundedYear() {
    if (!YearEnd(2, 100)) return false;
    const bool now_late = today_.year % 100 >= 50;
    const bool late = year_ % 100 >= 50;
    if (late && !now_late) year_ -= 100;
    if (!late && now_late) year_ += 100;
    return true;
  }
  bool YearWithComma() {
    if (text_.size() < 5 || text_[1] != ',' || !IsDigit(text_[0])) return false;
    for (const size_t i : {2, 3, 4}) {
      if (!IsDigit(text_[i])) return false;
    }
    year_ = (text_[0] - '0') * 1000 + (text_[2] - '0') * 100 + (text_[3] - '0') * 10 + (text_[4] - '0');
    text_.remove_prefix(5);
    return true;
  }
  bool Fraction(size_t most) {
    int64_t unit = 100'000;
    size_t n = 0;
    for (; n < most && n < text_.size() && IsDigit(text_[n]); ++n, unit /= 10) fraction_ += (text_[n] - '0') * unit;
    text_.remove_prefix(n);
    return n > 0;
  }
  bool ZoneHour() {
    if (text_.empty() || (text_.front() != '+' && text_.front() != '-')) return false;
    zone_negative_ = text_.front() == '-';
    text_.remove_prefix(1);
    return Number(2, 0, 14, zone_hours_);
  }

  bool Take(const Piece& piece, bool before_digit) {
    constexpr int64_t kMaxYear = 10'000;  // read, and then refused as out of range
    switch (piece.element) {
      case Element::kLiteral:
        if (!text_.starts_with(piece.text)) return false;
        text_.remove_prefix(piece.text.size());
        return true;
      case Element::kSpace:
        if (text_.empty() || !IsSpace(text_.front())) return false;
        SkipSpace();
        return true;
      case Element::kYear4: return Number(before_digit ? 4 : 5, 0, kMaxYear, year_);
      case Element::kYear3: return YearEnd(3, 1000);
      case Element::kYear2: return YearEnd(2, 100);
      case Element::kYear1: return YearEnd(1, 10);
      case Element::kYearRounded: return RoundedYear();
      case Element::kYearComma: return YearWithComma();
      case Element::kMonth: return Number(2, 1, 12, month_);
      case Element::kMonthName: return MonthWord(true);
      case Element::kMonthShortName: return MonthWord(false);
      case Element::kDay: return Number(2, 1, 31, day_);
      case Element::kDayOfYear: return Number(3, 1, 366, day_of_year_);
      case Element::kHour12:
        twelve_ = true;
        return Number(2, 1, 12, hour_);
      case Element::kHour24: return Number(2, 0, 23, hour_);
      case Element::kMinute: return Number(2, 0, 59, minute_);
      case Element::kSecond: return Number(2, 0, 59, second_);
      case Element::kSecondOfDay: return Number(5, 0, 86'399, second_of_day_);
      case Element::kFraction: return Fraction(piece.digits);
      case Element::kMeridian:
        afternoon_ = Word("PM");
        return afternoon_ || Word("AM");
      case Element::kMeridianDots:
        afternoon_ = Word("P.M.");
        return afternoon_ || Word("A.M.");
      case Element::kZoneHour: return ZoneHour();
      case Element::kZoneMinute: return Number(2, 0, 59, zone_minutes_);
      case Element::kDayName:
      case Element::kDayShortName:
      case Element::kDayOfWeek:
      case Element::kUnsupported: return false;
    }
    return false;
  }

  std::string_view text_;
  analysis::Civil today_;
  int64_t year_ = 1970;
  int64_t month_ = 1;
  int64_t day_ = 1;
  int64_t hour_ = 0;
  int64_t minute_ = 0;
  int64_t second_ = 0;
  int64_t fraction_ = 0;
  bool twelve_ = false;
  bool afternoon_ = false;
  bool zone_negative_ = false;
  int64_t day_of_year_ = kNone;
  int64_t second_of_day_ = kNone;
  int64_t zone_hours_ = kNone;
  int64_t zone_minutes_ = kNone;
};

}  // namespace

std::optional<std::string> FormatTimeCast(std::string_view format, const ZonedTime& time, TimeKind kind,
                                          std::string& why) {
  const ReadPieces& read = PiecesOf(format);
  if (!read.is_sound) {
    why = read.why;
    return std::nullopt;
  }
  std::string text;
  for (const Piece& piece : read.pieces) {
    if (!Fits(piece, kind) || piece.element == Element::kYearComma) {
      why = std::string(KindName(kind)) + " does not support '" + piece.text + "'";
      return std::nullopt;
    }
    text += PieceText(piece, time);
  }
  return text;
}

std::optional<int64_t> ParseTimeCast(std::string_view format, std::string_view text, TimeKind kind,
                                     const analysis::Zone& zone, int64_t today, std::string& why) {
  const ReadPieces& read = PiecesOf(format);
  if (!read.is_sound) {
    why = read.why;
    return std::nullopt;
  }
  if (!CheckReadable(read.pieces, kind, why)) return std::nullopt;
  Parser parser(text, today);
  if (!parser.Run(read.pieces, why)) return std::nullopt;
  const auto value = parser.Value(kind, zone);
  if (!value) why = "Invalid result from year, month, day values after parsing";
  return value;
}

}  // namespace casebook::engines
