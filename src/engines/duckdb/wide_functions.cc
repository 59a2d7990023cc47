#include "engines/duckdb/wide_functions.h"

namespace casebook::engines {
namespace {

constexpr size_t kFraction = 512;       // bits behind the point
using Magnitude = WideUint<12>;         // 256 bits before it
constexpr size_t kTieBits = 200;
constexpr size_t kExpReduction = 16;    // the argument of the series is below 2^-16
constexpr uint64_t kMaxExponent = 128;  // e to this is far beyond 256 bits, to its negative far below a unit

struct Fixed {
  bool negative = false;
  Magnitude magnitude;
};

Magnitude One() { return Magnitude(1) << kFraction; }

Magnitude Times(const Magnitude& a, const Magnitude& b) { return (Product(a, b) >> kFraction).Resized<12>(); }

Fixed Sum(const Fixed& a, const Fixed& b) {
  if (a.negative == b.negative) return {a.negative, a.magnitude + b.magnitude};
  if (a.magnitude >= b.magnitude) return {a.negative, a.magnitude - b.magnitude};
  return {b.negative, b.magnitude - a.magnitude};
}

// a / b where the quotient is below 2^256.
Magnitude Quotient(const Magnitude& a, const Magnitude& b) {
  const auto dividend = a.Resized<20>() << kFraction;
  return DivideWide(dividend, b.Resized<20>()).quotient.Resized<12>();
}

// 2 artanh(z) = ln((1 + z) / (1 - z)), for small z.
Magnitude TwiceArtanh(const Magnitude& z) {
  const Magnitude square = Times(z, z);
  Magnitude power = z;
  Magnitude sum;
  for (uint64_t k = 1; !power.IsZero(); k += 2) {
    Magnitude term = power;
    term.DivideBy(k);
    sum += term;
    power = Times(power, square);
  }
  return sum << 1;
}

const Magnitude& LnTwo() {
  static const Magnitude value = [] {
    Magnitude third = One();
    third.DivideBy(3);
    return TwiceArtanh(third);
  }();
  return value;
}

// x / 10^scale.
Magnitude FixedOf(const WideUint<4>& units, size_t scale) {
  const auto scaled = units.Resized<12>() << kFraction;
  return DivideWide(scaled, PowerOfTen<12>(scale)).quotient;
}

// ln(units / 10^scale), units > 0. The number is taken apart into 2^power * m with m from 2/3 to 4/3.
Fixed LnFixed(const WideUint<4>& units, size_t scale) {
  const WideUint<4> one = PowerOfTen<4>(scale);
  auto power = static_cast<int64_t>(units.BitLength()) - static_cast<int64_t>(one.BitLength());
  // m = a / b; both are below 2^512.
  WideUint<12> a = units.Resized<12>();
  WideUint<12> b = one.Resized<12>();
  if (power > 0) b <<= static_cast<size_t>(power);
  if (power < 0) a <<= static_cast<size_t>(-power);
  // Now m is between 1/2 and 2.
  WideUint<12> triple_a = a;
  triple_a *= 3;
  if (triple_a > b << 2) {
    b <<= 1;
    ++power;
  } else if (triple_a < b << 1) {
    a <<= 1;
    --power;
  }
  const bool below_one = a < b;
  const Magnitude z = Quotient(below_one ? b - a : a - b, a + b);
  Magnitude whole = LnTwo();
  whole *= static_cast<uint64_t>(power < 0 ? -power : power);
  return Sum({power < 0, whole}, {below_one, TwiceArtanh(z)});
}

// e^x in fixed point, for |x| up to kMaxExponent.
Magnitude ExpFixed(const Fixed& x) {
  // x = k ln 2 + rest, 0 <= rest < ln 2.
  const auto parts = DivideWide(x.magnitude, LnTwo());
  auto k = static_cast<int64_t>(parts.quotient.words[0]);
  Magnitude rest = parts.remainder;
  if (x.negative) {
    k = -k;
    if (!rest.IsZero()) {
      --k;
      rest = LnTwo() - rest;
    }
  }
  rest >>= kExpReduction;
  Magnitude sum = One();
  Magnitude term = One();
  for (uint64_t i = 1; !term.IsZero(); ++i) {
    term = Times(term, rest);
    term.DivideBy(i);
    sum += term;
  }
  for (size_t i = 0; i < kExpReduction; ++i) sum = Times(sum, sum);
  return k >= 0 ? sum << static_cast<size_t>(k) : sum >> static_cast<size_t>(-k);
}

std::optional<Decimal256> Rounded(const Fixed& x, size_t scale) {
  auto scaled = Product(x.magnitude, PowerOfTen<2>(scale));
  scaled += WideUint<14>(1) << (kFraction - 1);
  scaled += WideUint<14>(1) << (kFraction - kTieBits);
  scaled >>= kFraction;
  if (scaled.BitLength() > 256) return std::nullopt;
  return Decimal256{x.negative, scaled.Resized<4>()};
}

std::optional<Decimal256> ExpRounded(const Fixed& x, size_t scale) {
  if (x.magnitude > Magnitude(kMaxExponent) << kFraction) {
    if (!x.negative) return std::nullopt;
    return Decimal256{};
  }
  return Rounded({false, ExpFixed(x)}, scale);
}

}  // namespace

std::optional<Decimal256> ExpOf(const Decimal256& x, size_t scale) {
  return ExpRounded({x.negative, FixedOf(x.magnitude, scale)}, scale);
}

std::optional<Decimal256> LnOf(const Decimal256& x, size_t scale) { return Rounded(LnFixed(x.magnitude, scale), scale); }

std::optional<Decimal256> LogOf(const Decimal256& x, const Decimal256& base, size_t scale) {
  const Fixed a = LnFixed(x.magnitude, scale);
  const Fixed b = LnFixed(base.magnitude, scale);
  return Rounded({a.negative != b.negative, Quotient(a.magnitude, b.magnitude)}, scale);
}

std::optional<Decimal256> Log10Of(const Decimal256& x, size_t scale) {
  Decimal256 ten{false, PowerOfTen<4>(scale)};
  ten.magnitude *= 10;
  return LogOf(x, ten, scale);
}

std::optional<Decimal256> PowOf(const Decimal256& x, const Decimal256& power, size_t scale) {
  const Fixed ln = LnFixed(x.magnitude, scale);
  const auto scaled = Product(ln.magnitude, power.magnitude);
  const auto exponent = DivideWide(scaled, PowerOfTen<16>(scale)).quotient;
  const bool negative = ln.negative != power.negative;
  if (exponent.BitLength() > kFraction + 8) {
    if (!negative) return std::nullopt;
    return Decimal256{};
  }
  auto result = ExpRounded({negative, exponent.Resized<12>()}, scale);
  if (result && x.negative) {
    // The last bit of the whole power says whether the sign stays.
    result->negative = DivideWide(power.magnitude, PowerOfTen<4>(scale)).quotient.Bit(0);
  }
  return result;
}

}  // namespace casebook::engines
