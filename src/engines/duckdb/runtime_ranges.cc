// RANGE: a struct of two bounds, where an unbounded start is `-infinity` and an unbounded end `infinity`, so
// that the engine compares, sorts and groups ranges as GoogleSQL does.
#include <algorithm>
#include <limits>
#include <optional>

#include "analysis/civil.h"
#include "engines/duckdb/calendar.h"
#include "engines/duckdb/scalar_function.h"
#include "engines/duckdb/time_text.h"
#include "schema/table.h"

namespace casebook::engines {

// How the engine writes its infinities, by the type of a bound.
template <typename Bound>
struct BoundTraits;
template <>
struct BoundTraits<DateValue> {
  static constexpr duckdb_type kType = DUCKDB_TYPE_DATE;
  static constexpr DateValue kFirst{-std::numeric_limits<int32_t>::max()};
  static constexpr DateValue kLast{std::numeric_limits<int32_t>::max()};
  static int64_t Number(DateValue bound) { return bound.days; }
};
template <>
struct BoundTraits<DatetimeValue> {
  static constexpr duckdb_type kType = DUCKDB_TYPE_TIMESTAMP;
  static constexpr DatetimeValue kFirst{-std::numeric_limits<int64_t>::max()};
  static constexpr DatetimeValue kLast{std::numeric_limits<int64_t>::max()};
  static int64_t Number(DatetimeValue bound) { return bound.micros; }
};

template <typename Bound>
struct RangeValue {
  Bound start{};
  Bound end{};
};

template <typename Bound>
struct Slot<RangeValue<Bound>> {
  static duckdb_logical_type Type() {
    duckdb_logical_type bound = duckdb_create_logical_type(BoundTraits<Bound>::kType);
    duckdb_logical_type types[] = {bound, bound};
    const char* names[] = {"range_start", "range_end"};
    duckdb_logical_type type = duckdb_create_struct_type(types, names, 2);
    duckdb_destroy_logical_type(&bound);
    return type;
  }
  static void Write(duckdb_vector vector, idx_t row, const RangeValue<Bound>& value) {
    Slot<Bound>::Write(duckdb_struct_vector_get_child(vector, 0), row, value.start);
    Slot<Bound>::Write(duckdb_struct_vector_get_child(vector, 1), row, value.end);
  }
  // The engine looks at the fields of a NULL.
  static void WriteNull(duckdb_vector vector, idx_t row) {
    for (idx_t i = 0; i < 2; ++i) {
      duckdb_vector child = duckdb_struct_vector_get_child(vector, i);
      duckdb_vector_ensure_validity_writable(child);
      duckdb_validity_set_row_invalid(duckdb_vector_get_validity(child), row);
    }
  }
};

template <typename Bound>
struct Slot<std::vector<RangeValue<Bound>>> {
  static duckdb_logical_type Type() {
    duckdb_logical_type element = Slot<RangeValue<Bound>>::Type();
    duckdb_logical_type list = duckdb_create_list_type(element);
    duckdb_destroy_logical_type(&element);
    return list;
  }
  static void Write(duckdb_vector vector, idx_t row, const std::vector<RangeValue<Bound>>& ranges) {
    const idx_t begin = duckdb_list_vector_get_size(vector);
    duckdb_list_vector_reserve(vector, begin + ranges.size());
    duckdb_list_vector_set_size(vector, begin + ranges.size());
    duckdb_vector child = duckdb_list_vector_get_child(vector);
    for (size_t i = 0; i < ranges.size(); ++i) Slot<RangeValue<Bound>>::Write(child, begin + i, ranges[i]);
    static_cast<duckdb_list_entry*>(duckdb_vector_get_data(vector))[row] = {begin, ranges.size()};
  }
};

namespace {

using analysis::IntervalValue;
using analysis::kDayMicros;
using DateRange = RangeValue<DateValue>;
using DatetimeRange = RangeValue<DatetimeValue>;

constexpr size_t kMaxRanges = 16'000'000;  // of one GENERATE_RANGE_ARRAY

template <typename Bound>
bool IsUnbounded(Bound bound) {
  const int64_t number = BoundTraits<Bound>::Number(bound);
  return number == BoundTraits<Bound>::Number(BoundTraits<Bound>::kFirst) ||
         number == BoundTraits<Bound>::Number(BoundTraits<Bound>::kLast);
}

template <typename Bound>
Answer<RangeValue<Bound>> MakeRange(Bound start, Bound end) {
  if (BoundTraits<Bound>::Number(start) >= BoundTraits<Bound>::Number(end)) {
    return Answer<RangeValue<Bound>>::Fail("Range start element must be smaller than range end element");
  }
  return RangeValue<Bound>{start, end};
}

template <typename Bound>
Answer<RangeValue<Bound>> Intersect(Bound start, Bound end, Bound other_start, Bound other_end) {
  using Traits = BoundTraits<Bound>;
  const RangeValue<Bound> common{Traits::Number(start) > Traits::Number(other_start) ? start : other_start,
                                 Traits::Number(end) < Traits::Number(other_end) ? end : other_end};
  if (Traits::Number(common.start) >= Traits::Number(common.end)) {
    return Answer<RangeValue<Bound>>::Fail("Provided RANGE inputs do not overlap");
  }
  return common;
}

// --- Texts -----------------------------------------------------------------------------------------

template <typename Bound, typename Write>
std::string RangeText(Bound start, Bound end, Write write) {
  return "[" + (IsUnbounded(start) ? "UNBOUNDED" : write(start)) + ", " + (IsUnbounded(end) ? "UNBOUNDED" : write(end)) + ")";
}
Answer<std::string> DateRangeToText(DateValue start, DateValue end) {
  return RangeText(start, end, [](DateValue bound) { return DateText(bound.days); });
}
Answer<std::string> DatetimeRangeToText(DatetimeValue start, DatetimeValue end) {
  return RangeText(start, end, [](DatetimeValue bound) { return DatetimeText(bound.micros, ' '); });
}
Answer<std::string> TimestampRangeToText(DatetimeValue start, DatetimeValue end, std::string_view zone_name) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return Answer<std::string>::Fail("Invalid time zone: " + std::string(zone_name));
  return RangeText(start, end, [&](DatetimeValue bound) {
    const int64_t offset = ShownOffset(zone->OffsetAt(bound.micros));
    return DatetimeText(bound.micros + offset * 1'000'000, ' ') + OffsetText(offset, false);
  });
}

template <typename Bound, typename Read>
Answer<RangeValue<Bound>> ReadRange(std::string_view text, Read read) {
  const auto fail = [&] { return Answer<RangeValue<Bound>>::Fail("Failed to parse range: " + std::string(text)); };
  if (!text.starts_with('[') || !text.ends_with(')')) return fail();
  const std::string_view inside = text.substr(1, text.size() - 2);
  const size_t comma = inside.find(", ");
  if (comma == std::string_view::npos) return fail();
  RangeValue<Bound> range{BoundTraits<Bound>::kFirst, BoundTraits<Bound>::kLast};
  Bound* bounds[] = {&range.start, &range.end};
  const std::string_view parts[] = {inside.substr(0, comma), inside.substr(comma + 2)};
  for (size_t i = 0; i < 2; ++i) {
    if (EqualIgnoringCase(parts[i], "UNBOUNDED") || EqualIgnoringCase(parts[i], "NULL")) continue;
    const std::optional<Bound> bound = read(parts[i]);
    if (!bound) return fail();
    *bounds[i] = *bound;
  }
  return MakeRange(range.start, range.end);
}
std::optional<DatetimeValue> ToDatetime(std::optional<int64_t> micros) {
  return micros ? std::optional(DatetimeValue{*micros}) : std::nullopt;
}
Answer<DateRange> TextToDateRange(std::string_view text) {
  return ReadRange<DateValue>(text, [](std::string_view bound) -> std::optional<DateValue> {
    const auto days = analysis::ParseDateText(bound);
    return days ? std::optional(DateValue{static_cast<int32_t>(*days)}) : std::nullopt;
  });
}
Answer<DatetimeRange> TextToDatetimeRange(std::string_view text) {
  return ReadRange<DatetimeValue>(text, [](std::string_view bound) { return ToDatetime(analysis::ParseDatetimeText(bound)); });
}
Answer<DatetimeRange> TextToTimestampRange(std::string_view text, std::string_view zone_name) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  if (zone == nullptr) return Answer<DatetimeRange>::Fail("Invalid time zone: " + std::string(zone_name));
  return ReadRange<DatetimeValue>(text, [&](std::string_view bound) {
    return ToDatetime(analysis::ParseTimestampText(bound, *zone));
  });
}

// --- GENERATE_RANGE_ARRAY --------------------------------------------------------------------------

// The bound `n` steps behind `start`; the last of all where it is behind every date.
int64_t StepsBehind(int64_t start, const IntervalValue& step, int64_t n) {
  constexpr int64_t kBehindAll = std::numeric_limits<int64_t>::max();
  if (step.months == 0) {
    const Int128 micros = start + (static_cast<Int128>(step.days) * kDayMicros + step.micros) * n;
    return micros > analysis::kMaxDatetime ? kBehindAll : static_cast<int64_t>(micros);
  }
  const int64_t day = FloorDiv(start, kDayMicros);
  const analysis::Civil civil = analysis::CivilFromDays(day);
  const Int128 month = static_cast<Int128>(civil.year) * 12 + civil.month - 1 + static_cast<Int128>(step.months) * n;
  if (month >= 120'000) return kBehindAll;
  analysis::Civil later{static_cast<int64_t>(month / 12), static_cast<int>(month % 12) + 1, civil.day};
  later.day = std::min(later.day, analysis::DaysInMonth(later.year, later.month));
  return analysis::DaysFromCivil(later) * kDayMicros + (start - day * kDayMicros);
}

Answer<std::vector<DatetimeRange>> Generate(DatetimeValue start, DatetimeValue end, IntervalValue step, bool partial) {
  using Out = Answer<std::vector<DatetimeRange>>;
  if (IsUnbounded(start) || IsUnbounded(end)) return Out::Fail("input RANGE cannot have UNBOUNDED endpoints");
  if (step == IntervalValue{}) return Out::Fail("step cannot be 0");
  if (step.months < 0 || step.days < 0 || step.micros < 0) return Out::Fail("step cannot be negative");
  if (step.months != 0 && (step.days != 0 || step.micros != 0)) {
    return Out::Fail("step should either have the Y-M part or the DAY and (H:M:S[.F]) parts");
  }
  std::vector<DatetimeRange> ranges;
  int64_t at = start.micros;
  for (int64_t n = 1; at < end.micros; ++n) {
    const int64_t next = StepsBehind(start.micros, step, n);
    if (next > end.micros && !partial) break;
    if (ranges.size() == kMaxRanges) return Out::Fail("GENERATE_RANGE_ARRAY produced too many elements");
    ranges.push_back({{at}, {std::min(next, end.micros)}});
    at = next;
  }
  return ranges;
}
Answer<std::vector<DatetimeRange>> GenerateTimestamps(DatetimeValue start, DatetimeValue end, IntervalValue step,
                                                      bool partial) {
  if (step.months != 0) {
    return Answer<std::vector<DatetimeRange>>::Fail("step with non-zero MONTH or YEAR part is not supported");
  }
  return Generate(start, end, step, partial);
}
Answer<std::vector<DateRange>> GenerateDates(DateValue start, DateValue end, IntervalValue step, bool partial) {
  using Out = Answer<std::vector<DateRange>>;
  if (step.micros != 0) return Out::Fail("step with non-zero (H:M:S[.F]) part is not supported");
  if (IsUnbounded(start) || IsUnbounded(end)) return Out::Fail("input RANGE cannot have UNBOUNDED endpoints");
  const auto found = Generate({start.days * kDayMicros}, {end.days * kDayMicros}, step, partial);
  if (found.error != nullptr) return Out::Fail(*found.error);
  std::vector<DateRange> ranges;
  ranges.reserve(found.value.size());
  const auto day = [](DatetimeValue bound) { return DateValue{static_cast<int32_t>(FloorDiv(bound.micros, kDayMicros))}; };
  for (const DatetimeRange& range : found.value) ranges.push_back({day(range.start), day(range.end)});
  return ranges;
}

}  // namespace

void AddRanges(Registrar& registrar) {
  registrar.Add("gs_date_range", MakeRange<DateValue>);
  registrar.Add("gs_datetime_range", MakeRange<DatetimeValue>);
  registrar.Add("gs_date_range_intersect", Intersect<DateValue>);
  registrar.Add("gs_datetime_range_intersect", Intersect<DatetimeValue>);
  registrar.Add("gs_date_range_to_text", DateRangeToText);
  registrar.Add("gs_datetime_range_to_text", DatetimeRangeToText);
  registrar.Add("gs_timestamp_range_to_text", TimestampRangeToText);
  registrar.Add("gs_text_to_date_range", TextToDateRange);
  registrar.Add("gs_text_to_datetime_range", TextToDatetimeRange);
  registrar.Add("gs_text_to_timestamp_range", TextToTimestampRange);
  registrar.Add("gs_generate_date_ranges", GenerateDates);
  registrar.Add("gs_generate_datetime_ranges", Generate);
  registrar.Add("gs_generate_timestamp_ranges", GenerateTimestamps);
}

}  // namespace casebook::engines
