#include "analysis/interval.h"

#include <cctype>
#include <cstdlib>

namespace casebook::analysis {
namespace {

constexpr int64_t kSecondMicros = 1'000'000;
constexpr int64_t kMonthsPerYear = 12;
constexpr int kMicroDigits = 6;
constexpr int kMaxFractionDigits = 9;

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// The parts of a literal from the widest to the narrowest; -1 for others.
int RankOf(DatePart part) {
  switch (part) {
    case DatePart::kYear: return 0;
    case DatePart::kMonth: return 1;
    case DatePart::kDay: return 2;
    case DatePart::kHour: return 3;
    case DatePart::kMinute: return 4;
    case DatePart::kSecond: return 5;
    default: return -1;
  }
}

constexpr int kYear = 0;
constexpr int kMonth = 1;
constexpr int kDay = 2;
constexpr int kHour = 3;
constexpr int kMinute = 4;
constexpr int kSecond = 5;

// Takes numbers and signs from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }
  char front() const { return text_.empty() ? '\0' : text_.front(); }
  bool Take(char c) {
    if (front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  int64_t Sign() {
    if (Take('-')) return -1;
    Take('+');
    return 1;
  }
  bool Number(int64_t& value) {
    constexpr int64_t kLargest = 1'000'000'000'000'000'000;
    value = 0;
    size_t n = 0;
    for (; n < text_.size() && IsDigit(text_[n]); ++n) {
      if (value >= kLargest / 10) return false;
      value = value * 10 + (text_[n] - '0');
    }
    text_.remove_prefix(n);
    return n > 0;
  }
  // The digits behind a point, in micros. Finer ones have no place in a value.
  bool Fraction(int64_t& micros) {
    micros = 0;
    int n = 0;
    int64_t unit = kSecondMicros / 10;
    for (; front() != '\0' && IsDigit(front()); ++n, unit /= 10) {
      if (n >= kMicroDigits && front() != '0') return false;
      micros += (front() - '0') * unit;
      text_.remove_prefix(1);
    }
    return n > 0 && n <= kMaxFractionDigits;
  }

 private:
  std::string_view text_;
};

// `4:5:6.7`, `4:5`, `6.7`: the parts of a day from `from` to `to`.
bool ReadTime(Reader& reader, int from, int to, WideInt& micros) {
  constexpr int64_t kUnits[] = {3600 * kSecondMicros, 60 * kSecondMicros, kSecondMicros};
  const int64_t sign = reader.Sign();
  micros = 0;
  for (int part = from; part <= to; ++part) {
    if (part > from && !reader.Take(':')) return false;
    int64_t number = 0;
    const bool may_lack_number = part == kSecond && from == to && reader.front() == '.';
    if (!may_lack_number && !reader.Number(number)) return false;
    micros += static_cast<WideInt>(number) * kUnits[part - kHour];
  }
  int64_t fraction = 0;
  if (to == kSecond && reader.Take('.') && !reader.Fraction(fraction)) return false;
  micros = (micros + fraction) * sign;
  return true;
}

std::optional<IntervalValue> ReadSpan(std::string_view text, int from, int to) {
  Reader reader(text);
  WideInt months = 0;
  WideInt days = 0;
  WideInt micros = 0;
  int64_t number = 0;
  int part = from;
  if (part <= kMonth) {
    const int64_t sign = reader.Sign();
    if (!reader.Number(number)) return std::nullopt;
    months = number;
    if (part == kYear) {
      months *= kMonthsPerYear;
      if (to >= kMonth) {
        if (!reader.Take('-') || !reader.Number(number)) return std::nullopt;
        months += number;
      }
    }
    months *= sign;
    part = kDay;
    if (to >= part && !reader.Take(' ')) return std::nullopt;
  }
  if (part == kDay && to >= kDay) {
    const int64_t sign = reader.Sign();
    if (!reader.Number(number)) return std::nullopt;
    days = static_cast<WideInt>(number) * sign;
    part = kHour;
    if (to >= part && !reader.Take(' ')) return std::nullopt;
  }
  if (to >= kHour && !ReadTime(reader, part, to, micros)) return std::nullopt;
  if (!reader.done()) return std::nullopt;
  return BoundedInterval(months, days, micros);
}

// `P1Y2M3W4DT5H6M7.8S`: parts in any order and as often as one likes.
std::optional<IntervalValue> ReadIso(std::string_view text) {
  Reader reader(text);
  reader.Take('P');
  if (reader.done()) return std::nullopt;
  WideInt months = 0;
  WideInt days = 0;
  WideInt micros = 0;
  bool in_time = false;
  while (!reader.done()) {
    if (!in_time && reader.Take('T')) {
      in_time = true;
      continue;
    }
    const int64_t sign = reader.Take('-') ? -1 : 1;
    int64_t number = 0;
    int64_t fraction = 0;
    if (!reader.Number(number)) return std::nullopt;
    const bool has_fraction = reader.Take('.') || reader.Take(',');
    if (has_fraction && !reader.Fraction(fraction)) return std::nullopt;
    const WideInt signed_number = static_cast<WideInt>(number) * sign;
    if (in_time && reader.Take('S')) {
      micros += signed_number * kSecondMicros + fraction * sign;
      continue;
    }
    if (has_fraction) return std::nullopt;
    if (in_time && reader.Take('H')) {
      micros += signed_number * 3600 * kSecondMicros;
    } else if (in_time && reader.Take('M')) {
      micros += signed_number * 60 * kSecondMicros;
    } else if (!in_time && reader.Take('Y')) {
      months += signed_number * kMonthsPerYear;
    } else if (!in_time && reader.Take('M')) {
      months += signed_number;
    } else if (!in_time && reader.Take('W')) {
      days += signed_number * 7;
    } else if (!in_time && reader.Take('D')) {
      days += signed_number;
    } else {
      return std::nullopt;
    }
  }
  return BoundedInterval(months, days, micros);
}

// What stands in a text of a CAST, told by its separators.
struct Shape {
  int spaces = 0;
  int colons = 0;
  int dashes = 0;  // behind a digit: no signs
};

Shape ShapeOf(std::string_view text) {
  Shape shape;
  for (size_t i = 0; i < text.size(); ++i) {
    shape.spaces += text[i] == ' ' ? 1 : 0;
    shape.colons += text[i] == ':' ? 1 : 0;
    shape.dashes += text[i] == '-' && i > 0 && IsDigit(text[i - 1]) ? 1 : 0;
  }
  return shape;
}

}  // namespace

std::optional<IntervalValue> BoundedInterval(WideInt months, WideInt days, WideInt micros) {
  const auto within = [](WideInt value, int64_t limit) { return value >= -limit && value <= limit; };
  if (!within(months, kMaxIntervalMonths) || !within(days, kMaxIntervalDays) || !within(micros, kMaxIntervalMicros)) {
    return std::nullopt;
  }
  return IntervalValue{static_cast<int64_t>(months), static_cast<int64_t>(days), static_cast<int64_t>(micros)};
}

bool IsIntervalPart(DatePart part) {
  return RankOf(part) >= 0 || part == DatePart::kQuarter || part == DatePart::kWeekSunday ||
         part == DatePart::kMillisecond || part == DatePart::kMicrosecond;
}

std::optional<IntervalValue> IntervalOf(int64_t n, DatePart part) {
  const WideInt wide = n;
  switch (part) {
    case DatePart::kYear: return BoundedInterval(wide * kMonthsPerYear, 0, 0);
    case DatePart::kQuarter: return BoundedInterval(wide * 3, 0, 0);
    case DatePart::kMonth: return BoundedInterval(wide, 0, 0);
    case DatePart::kWeekSunday: return BoundedInterval(0, wide * 7, 0);
    case DatePart::kDay: return BoundedInterval(0, wide, 0);
    case DatePart::kHour: return BoundedInterval(0, 0, wide * 3600 * kSecondMicros);
    case DatePart::kMinute: return BoundedInterval(0, 0, wide * 60 * kSecondMicros);
    case DatePart::kSecond: return BoundedInterval(0, 0, wide * kSecondMicros);
    case DatePart::kMillisecond: return BoundedInterval(0, 0, wide * 1000);
    case DatePart::kMicrosecond: return BoundedInterval(0, 0, wide);
    default: return std::nullopt;
  }
}

bool IsIntervalSpan(DatePart from, DatePart to) { return RankOf(from) >= 0 && RankOf(from) < RankOf(to); }

std::optional<IntervalValue> ParseIntervalLiteral(std::string_view text, DatePart from, std::optional<DatePart> to) {
  if (to) return IsIntervalSpan(from, *to) ? ReadSpan(text, RankOf(from), RankOf(*to)) : std::nullopt;
  if (from == DatePart::kSecond) return ReadSpan(text, kSecond, kSecond);
  Reader reader(text);
  const int64_t sign = reader.Sign();
  int64_t number = 0;
  if (!reader.Number(number) || !reader.done()) return std::nullopt;
  return IntervalOf(number * sign, from);
}

std::optional<IntervalValue> ParseIntervalText(std::string_view text) {
  if (text.starts_with("P")) return ReadIso(text);
  const Shape shape = ShapeOf(text);
  const int last = shape.colons + kHour;  // where there is a time at all
  if (shape.dashes > 1 || shape.colons > 2) return std::nullopt;
  if (shape.dashes == 1) {
    if (shape.spaces == 2) return ReadSpan(text, kYear, last);
    if (shape.colons > 0) return std::nullopt;
    if (shape.spaces == 1) return ReadSpan(text, kYear, kDay);
    return shape.spaces == 0 ? ReadSpan(text, kYear, kMonth) : std::nullopt;
  }
  if (shape.spaces == 2) return ReadSpan(text, kMonth, last);
  if (shape.spaces == 1) return shape.colons > 0 ? ReadSpan(text, kDay, last) : std::nullopt;
  return shape.spaces == 0 && shape.colons == 2 ? ReadSpan(text, kHour, kSecond) : std::nullopt;
}

std::string IntervalText(const IntervalValue& value) {
  std::string text = value.months < 0 ? "-" : "";
  text += std::to_string(std::abs(value.months) / kMonthsPerYear) + "-" +
          std::to_string(std::abs(value.months) % kMonthsPerYear) + " " + std::to_string(value.days) + " ";
  if (value.micros < 0) text += "-";
  const int64_t seconds = std::abs(value.micros) / kSecondMicros;
  text += std::to_string(seconds / 3600) + ":" + std::to_string(seconds / 60 % 60) + ":" + std::to_string(seconds % 60);
  const int64_t fraction = std::abs(value.micros) % kSecondMicros;
  if (fraction == 0) return text;
  const bool millis = fraction % 1000 == 0;
  const std::string digits = std::to_string(millis ? fraction / 1000 : fraction);
  return text + "." + std::string((millis ? 3 : 6) - digits.size(), '0') + digits;
}

}  // namespace casebook::analysis
