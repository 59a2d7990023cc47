// Random: the simulator's only source of chance. The same seed gives the same draws on every machine.
//
// Neither std::*_distribution nor libm takes part, since their results differ between libraries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace casebook {

// A bijection of 64-bit numbers that leaves no pattern.
inline uint64_t MixBits(uint64_t x) {
  x ^= x >> 30U;
  x *= 0xbf58476d1ce4e5b9U;
  x ^= x >> 27U;
  x *= 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

// One number out of several, for draws that belong to a thing and not to the moment.
inline uint64_t Key(uint64_t a, uint64_t b, uint64_t c = 0) {
  constexpr uint64_t kOdd = 0x9e3779b97f4a7c15U;
  return MixBits(a + kOdd * MixBits(b + kOdd * MixBits(c + kOdd)));
}

// Logarithm and exponential from the four operations alone.
double NaturalLogarithm(double x);  // x > 0
double Exponential(double x);       // |x| < 700

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() { return MixBits(state_ += 0x9e3779b97f4a7c15U); }
  // In [0, 1).
  double Unit() { return static_cast<double>(Next() >> 11U) * 0x1.0p-53; }
  bool Chance(double probability) { return Unit() < probability; }
  // Both ends included; `low` where `high` is smaller.
  int64_t Between(int64_t low, int64_t high);
  // In [0, size); size > 0.
  size_t Index(size_t size) { return static_cast<size_t>(Unit() * static_cast<double>(size)); }
  double ExponentialWithMean(double mean);
  double LogNormal(double median, double sigma);
  double Normal();
  uint32_t Poisson(double mean);
  // An index with probability in proportion to its weight; the weights' sum is positive.
  size_t Pick(std::span<const double> weights);

 private:
  uint64_t state_;
};

}  // namespace casebook
