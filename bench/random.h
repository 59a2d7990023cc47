// Random: numbers that look random and are the same for the same seed, on every machine.
#pragma once

#include <cstdint>
#include <span>

namespace casebook {

// SplitMix64 (Steele, Lea and Flood, 2014).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15U;
    uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  // From 0 to `bound` - 1.
  uint64_t Below(uint64_t bound) { return (Next() >> 32U) * bound >> 32U; }
  bool Chance(double probability) { return static_cast<double>(Next() >> 11U) * 0x1p-53 < probability; }
  template <typename T, size_t kSize>
  const T& Pick(const T (&choices)[kSize]) {
    return choices[Below(kSize)];
  }

 private:
  uint64_t state_;
};

}  // namespace casebook
