// PERCENTILE_CONT and PERCENTILE_DISC: of a list of numbers the value at a share of FLOAT64, found without sorting all
// of it; and the exact places of a share of NUMERIC or BIGNUMERIC.
#include <algorithm>
#include <cmath>
#include <vector>

#include "engines/duckdb/bignumeric.h"
#include "engines/duckdb/numeric.h"

namespace casebook::engines {
namespace {

// A share as units in a width that holds its products with a count.
struct Share {
  WideUint<5> units;
  WideUint<5> one;
};

Share ShareOf(Numeric share) {
  return {WideUint<2>::FromWord2(static_cast<UInt128>(share.billionths)).Resized<5>(), PowerOfTen<5>(9)};
}
Share ShareOf(const BigNumeric& share) { return {share.units.Resized<5>(), kBigOne.Resized<5>()}; }
bool IsShare(Numeric share) { return share.billionths >= 0 && share.billionths <= kNumericOne; }
bool IsShare(const BigNumeric& share) { return !share.units.IsNegative() && share.units <= kBigOne; }

Answer<int64_t> NoShare() { return Answer<int64_t>::Fail("Percentile argument must be in [0, 1]"); }

uint64_t CountOf(int64_t count) { return count < 1 ? 1 : static_cast<uint64_t>(count); }

// The place, from 0, of the value below or above the share of `count` values; 0 for none.
template <typename T>
WideQuotient<5> PlaceOf(T share, int64_t count) {
  Share scaled = ShareOf(share);
  scaled.units *= CountOf(count) - 1;
  return DivideWide(scaled.units, scaled.one);
}
template <typename T>
Answer<int64_t> Low(T share, int64_t count) {
  if (!IsShare(share)) return NoShare();
  return static_cast<int64_t>(PlaceOf(share, count).quotient.words[0]);
}
template <typename T>
Answer<int64_t> High(T share, int64_t count) {
  if (!IsShare(share)) return NoShare();
  const auto place = PlaceOf(share, count);
  return static_cast<int64_t>(place.quotient.words[0]) + (place.remainder.IsZero() ? 0 : 1);
}
// The first place at which that share of the values is reached.
template <typename T>
Answer<int64_t> Discrete(T share, int64_t count) {
  if (!IsShare(share)) return NoShare();
  Share scaled = ShareOf(share);
  scaled.units *= CountOf(count);
  const auto place = DivideWide(scaled.units, scaled.one);
  const auto whole = static_cast<int64_t>(place.quotient.words[0]) + (place.remainder.IsZero() ? 0 : 1);
  return whole > 0 ? whole - 1 : 0;
}

// low * (1 - part) + high * part, rounded once.
WideUint<10> Between(const WideUint<4>& low, const WideUint<4>& high, const WideUint<5>& part, const WideUint<5>& one,
                     bool& negative) {
  const auto weighed = [](const WideUint<4>& value, const WideUint<5>& weight) {
    const auto product = Product(value.Magnitude().Resized<5>(), weight);
    return value.IsNegative() ? product.Negated() : product;
  };
  const auto sum = weighed(low, one - part) + weighed(high, part);
  negative = sum.IsNegative();
  return RoundedQuotient(sum.Magnitude(), one.Resized<10>());
}
Answer<Numeric> NumericBetween(Numeric low, Numeric high, Numeric share, int64_t count) {
  const auto units = [](Numeric value) { return WideUint<2>::FromWord2(static_cast<UInt128>(value.billionths)).Extended<4>(); };
  bool negative = false;
  const auto result = Between(units(low), units(high), PlaceOf(share, count).remainder, ShareOf(share).one, negative);
  const auto magnitude = static_cast<Int128>((static_cast<UInt128>(result.words[1]) << 64U) | result.words[0]);
  return Numeric{negative ? -magnitude : magnitude};
}
Answer<BigNumeric> BigNumericBetween(BigNumeric low, BigNumeric high, BigNumeric share, int64_t count) {
  bool negative = false;
  const auto result = Between(low.units, high.units, PlaceOf(share, count).remainder, ShareOf(share).one, negative);
  return *WithSign(result, negative);  // between two values of the type
}

// --- Lists and shares of FLOAT64 ---------------------------------------------------------------------

// NaN is the smallest number.
bool IsBefore(int64_t a, int64_t b) { return a < b; }
bool IsBefore(double a, double b) { return std::isnan(a) ? !std::isnan(b) : a < b; }

// The elements of a list, none of which is NULL.
template <typename T>
std::vector<T> ElementsOf(const Cell& list) {
  const auto entry = list.Plain<duckdb_list_entry>();
  const T* elements = static_cast<const T*>(duckdb_vector_get_data(duckdb_list_vector_get_child(list.vector)));
  return {elements + entry.offset, elements + entry.offset + entry.length};
}

// The value at `place` of the order; those behind it come no earlier in the order.
template <typename T>
T ValueAt(std::vector<T>& values, double place) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), at, values.end(), [](T a, T b) { return IsBefore(a, b); });
  return *at;
}

// [list, share]: the first value at which that share of the values is reached.
template <typename T>
Answer<T> DiscreteOf(const Cells& cells) {
  if (cells[0].IsNull()) return nullptr;
  auto values = ElementsOf<T>(cells[0]);
  if (values.empty()) return nullptr;
  const double reached = std::ceil(cells[1].Plain<double>() * static_cast<double>(values.size()));
  return ValueAt(values, std::max(reached - 1, 0.0));
}

// [list, share]: what lies between the two values nearest to that share of the way.
Answer<double> ContinuousOf(const Cells& cells) {
  if (cells[0].IsNull()) return nullptr;
  auto values = ElementsOf<double>(cells[0]);
  if (values.empty()) return nullptr;
  const double place = cells[1].Plain<double>() * static_cast<double>(values.size() - 1);
  const double low_place = std::floor(place);
  const double part = place - low_place;
  const double low = ValueAt(values, low_place);
  if (part == 0) return low;
  const auto behind = values.begin() + static_cast<std::ptrdiff_t>(low_place) + 1;
  const double high = *std::min_element(behind, values.end(), [](double a, double b) { return IsBefore(a, b); });
  return low * (1 - part) + high * part;
}

}  // namespace

void AddPercentiles(Registrar& registrar) {
  registrar.AddOverCells("gs_percentile_disc", DiscreteOf<int64_t>);
  registrar.AddOverCells("gs_float_percentile_disc", DiscreteOf<double>);
  registrar.AddOverCells("gs_float_percentile_cont", ContinuousOf);
  registrar.Add("gs_numeric_place_low", Low<Numeric>);
  registrar.Add("gs_numeric_place_high", High<Numeric>);
  registrar.Add("gs_numeric_place", Discrete<Numeric>);
  registrar.Add("gs_numeric_between", NumericBetween);
  registrar.Add("gs_bignumeric_place_low", Low<BigNumeric>);
  registrar.Add("gs_bignumeric_place_high", High<BigNumeric>);
  registrar.Add("gs_bignumeric_place", Discrete<BigNumeric>);
  registrar.Add("gs_bignumeric_between", BigNumericBetween);
}

}  // namespace casebook::engines
