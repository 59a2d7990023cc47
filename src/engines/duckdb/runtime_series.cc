// GENERATE_ARRAY and its kin, and what arrays need beside the engine's own functions.
#include <algorithm>
#include <cmath>

#include "analysis/date_part.h"
#include "engines/duckdb/bignumeric.h"
#include "engines/duckdb/calendar.h"
#include "engines/duckdb/list_slots.h"
#include "engines/duckdb/numeric.h"

namespace casebook::engines {
namespace {

using analysis::Civil;
using analysis::DatePart;

constexpr size_t kMaxSeries = 1'048'576;  // elements of one generated array

template <typename T>
Answer<List<T>> TooMany() {
  return Answer<List<T>>::Fail("Cannot generate arrays with more than " + std::to_string(kMaxSeries) + " elements.");
}
template <typename T>
Answer<List<T>> ZeroStep() {
  return Answer<List<T>>::Fail("Sequence step cannot be 0.");
}

// From `start` by `step` as far as `end`; `make` makes an element of a number.
template <typename T, typename Make>
Answer<List<T>> WholeSeries(Int128 start, Int128 end, Int128 step, const Make& make) {
  if (step == 0) return ZeroStep<T>();
  if (step > 0 ? start > end : start < end) return List<T>();
  const Int128 count = (end - start) / step + 1;
  if (count > static_cast<Int128>(kMaxSeries)) return TooMany<T>();
  List<T> all;
  all.reserve(static_cast<size_t>(count));
  for (Int128 i = 0; i < count; ++i) all.emplace_back(make(start + i * step));
  return all;
}

Answer<List<int64_t>> SeriesOfInt(int64_t start, int64_t end, int64_t step) {
  return WholeSeries<int64_t>(start, end, step, [](Int128 value) { return static_cast<int64_t>(value); });
}
Answer<List<Numeric>> SeriesOfNumeric(Numeric start, Numeric end, Numeric step) {
  return WholeSeries<Numeric>(start.billionths, end.billionths, step.billionths, [](Int128 value) { return Numeric{value}; });
}
Answer<List<BigNumeric>> SeriesOfBigNumeric(BigNumeric start, BigNumeric end, BigNumeric step) {
  if (step.units.IsZero()) return ZeroStep<BigNumeric>();
  const bool down = step.units.IsNegative();
  const auto distance = down ? start.units.Extended<5>() - end.units.Extended<5>()
                             : end.units.Extended<5>() - start.units.Extended<5>();
  List<BigNumeric> all;
  if (distance.IsNegative()) return all;
  const auto count = DivideWide(distance, step.units.Magnitude().Resized<5>()).quotient;
  if (count >= WideUint<5>(kMaxSeries)) return TooMany<BigNumeric>();
  all.reserve(static_cast<size_t>(count.words[0]) + 1);
  Units at = start.units;
  for (uint64_t i = 0; i <= count.words[0]; ++i, at += step.units) all.emplace_back(BigNumeric{at});
  return all;
}
Answer<List<double>> SeriesOfFloat(double start, double end, double step) {
  if (std::isnan(start) || std::isnan(end) || std::isnan(step)) {
    return Answer<List<double>>::Fail("Sequence start, end, and step cannot be NaN.");
  }
  if (step == 0) return ZeroStep<double>();
  List<double> all;
  for (size_t i = 0;; ++i) {
    const double value = start + static_cast<double>(i) * step;
    if (step > 0 ? value > end : value < end) return all;
    if (i >= kMaxSeries) return TooMany<double>();
    all.emplace_back(value);
  }
}

Answer<List<DatetimeValue>> SeriesOfTimestamp(DatetimeValue start, DatetimeValue end, int64_t step, int64_t part) {
  const Int128 micros = static_cast<Int128>(step) * PartMicros(static_cast<DatePart>(part));
  return WholeSeries<DatetimeValue>(start.micros, end.micros, micros,
                                    [](Int128 value) { return DatetimeValue{static_cast<int64_t>(value)}; });
}

// Months of a part that is made of months; 0 for days and weeks.
int64_t MonthsOf(DatePart part) {
  switch (part) {
    case DatePart::kMonth: return 1;
    case DatePart::kQuarter: return 3;
    case DatePart::kYear: return 12;
    default: return 0;
  }
}

// Each date is a step from the one before it, so that a short month shortens those behind it too.
Answer<List<DateValue>> SeriesOfDate(DateValue start, DateValue end, int64_t step, int64_t code) {
  const auto part = static_cast<DatePart>(code);
  const auto to_date = [](Int128 days) { return DateValue{static_cast<int32_t>(days)}; };
  const int64_t months = MonthsOf(part);
  if (months == 0) {
    const Int128 days = static_cast<Int128>(step) * (part == DatePart::kDay ? 1 : 7);
    return WholeSeries<DateValue>(start.days, end.days, days, to_date);
  }
  if (step == 0) return ZeroStep<DateValue>();
  List<DateValue> all;
  int64_t days = start.days;
  while (step > 0 ? days <= end.days : days >= end.days) {
    if (all.size() >= kMaxSeries) return TooMany<DateValue>();
    all.emplace_back(to_date(days));
    Civil civil = analysis::CivilFromDays(days);
    const Int128 month = static_cast<Int128>(civil.year) * 12 + civil.month - 1 + static_cast<Int128>(step) * months;
    if (month < 12 || month >= 120'000) return all;
    civil.year = static_cast<int64_t>(month / 12);
    civil.month = static_cast<int>(month % 12) + 1;
    civil.day = std::min(civil.day, analysis::DaysInMonth(civil.year, civil.month));
    days = analysis::DaysFromCivil(civil);
  }
  return all;
}

Answer<List<DateValue>> SeriesOfDays(DateValue start, DateValue end) {
  return SeriesOfDate(start, end, 1, static_cast<int64_t>(DatePart::kDay));
}

// (array, separator[, what stands for NULL])
std::optional<std::string> Joined(const Cells& cells) {
  if (std::any_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.IsNull(); })) return std::nullopt;
  const auto entry = cells[0].Plain<duckdb_list_entry>();
  duckdb_vector child = duckdb_list_vector_get_child(cells[0].vector);
  std::string all;
  bool any = false;
  for (uint64_t i = 0; i < entry.length; ++i) {
    const Cell element{child, entry.offset + i};
    if (element.IsNull() && cells.size() < 3) continue;
    if (any) all += cells[1].Text();
    all += element.IsNull() ? cells[2].Text() : element.Text();
    any = true;
  }
  return all;
}
Answer<std::string> JoinTexts(const Cells& cells) {
  auto joined = Joined(cells);
  if (!joined) return nullptr;
  return std::move(*joined);
}
Answer<Bytes> JoinBytes(const Cells& cells) {
  auto joined = Joined(cells);
  if (!joined) return nullptr;
  return Bytes{std::move(*joined)};
}

// ARRAY_SLICE's places as those of list_slice: from 1, both inside; an empty slice ends before it begins.
int64_t Clamped(int64_t offset, int64_t length) {
  if (offset >= length) return length;
  return offset < 0 ? (offset < -length ? -1 : offset + length) : offset;
}
Answer<int64_t> SliceBegin(int64_t start, int64_t length) { return std::max<int64_t>(Clamped(start, length), 0) + 1; }
Answer<int64_t> SliceEnd(int64_t end, int64_t length) { return std::min(Clamped(end, length) + 1, length); }

// `length` of an array that is to have a first or last element.
Answer<int64_t> NotEmpty(int64_t length, std::string_view function) {
  if (length > 0) return length;
  return Answer<int64_t>::Fail(std::string(function) + " cannot get an element of an empty array");
}

// How long all arrays are; `lengths` are in a list.
Answer<int64_t> CommonLength(const Cells& cells) {
  if (cells[0].IsNull()) return nullptr;
  const auto entry = cells[0].Plain<duckdb_list_entry>();
  duckdb_vector child = duckdb_list_vector_get_child(cells[0].vector);
  for (uint64_t i = 1; i < entry.length; ++i) {
    if (Cell{child, entry.offset + i}.Plain<int64_t>() == Cell{child, entry.offset}.Plain<int64_t>()) continue;
    return Answer<int64_t>::Fail("Elementwise aggregation of arrays requires all arrays to have the same length");
  }
  if (entry.length == 0) return nullptr;
  return Cell{child, entry.offset}.Plain<int64_t>();
}

// The place of the element of what a scalar subquery gives.
Answer<int64_t> AtMostOne(int64_t length) {
  if (length <= 1) return int64_t{1};
  return Answer<int64_t>::Fail("Scalar subquery produced more than one element");
}

Answer<bool> EqualLengths(const Cells& lengths) {
  for (const Cell& length : lengths) {
    if (length.IsNull()) return nullptr;
  }
  for (const Cell& length : lengths) {
    if (length.Plain<int64_t>() == lengths.front().Plain<int64_t>()) continue;
    return Answer<bool>::Fail("Unnested arrays under STRICT mode must have equal lengths");
  }
  return true;
}

}  // namespace

void AddSeries(Registrar& registrar) {
  registrar.Add("gs_series_int", SeriesOfInt);
  registrar.Add("gs_series_numeric", SeriesOfNumeric);
  registrar.Add("gs_series_bignumeric", SeriesOfBigNumeric);
  registrar.Add("gs_series_float", SeriesOfFloat);
  registrar.Add("gs_series_timestamp", SeriesOfTimestamp);
  registrar.Add("gs_series_date", SeriesOfDate);
  registrar.Add("gs_series_days", SeriesOfDays);
  registrar.AddOverCells("gs_join_texts", JoinTexts);
  registrar.AddOverCells("gs_join_bytes", JoinBytes);
  registrar.Add("gs_slice_begin", SliceBegin);
  registrar.Add("gs_slice_end", SliceEnd);
  registrar.Add("gs_not_empty", NotEmpty);
  registrar.Add("gs_at_most_one", AtMostOne);
  registrar.AddOverCells("gs_common_length", CommonLength);
  registrar.AddOverCells("gs_equal_lengths", EqualLengths);
}

}  // namespace casebook::engines
