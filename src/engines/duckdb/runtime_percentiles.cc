// PERCENTILE_CONT and PERCENTILE_DISC with a share of NUMERIC or BIGNUMERIC, which are exact.
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

}  // namespace

void AddPercentiles(Registrar& registrar) {
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
