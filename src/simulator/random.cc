#include "simulator/random.h"

#include <bit>
#include <cmath>

namespace casebook {
namespace {

constexpr double kLn2 = 0.69314718055994530942;
constexpr double kPoissonByNormalFrom = 60;

}  // namespace

double NaturalLogarithm(double x) {
  const auto bits = std::bit_cast<uint64_t>(x);
  auto exponent = static_cast<int64_t>(bits >> 52U & 0x7ffU) - 1023;
  double mantissa = std::bit_cast<double>((bits & 0xfffffffffffffU) | 0x3ff0000000000000U);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    ++exponent;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), whose argument is below 0.172.
  const double s = (mantissa - 1) / (mantissa + 1);
  const double square = s * s;
  double sum = 0;
  for (int k = 21; k >= 1; k -= 2) sum = sum * square + 1.0 / k;
  return 2 * s * sum + static_cast<double>(exponent) * kLn2;
}

double Exponential(double x) {
  const double scaled = x / kLn2;
  const auto power = static_cast<int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
  const double rest = x - static_cast<double>(power) * kLn2;
  double sum = 1;
  for (int k = 14; k >= 1; --k) sum = 1 + sum * rest / k;
  return sum * std::bit_cast<double>(static_cast<uint64_t>(power + 1023) << 52U);
}

int64_t Random::Between(int64_t low, int64_t high) {
  if (high <= low) return low;
  return low + static_cast<int64_t>(Unit() * static_cast<double>(high - low + 1));
}

double Random::ExponentialWithMean(double mean) { return -mean * NaturalLogarithm(1.0 - Unit()); }

double Random::Normal() {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += Unit();
  return sum;
}

double Random::LogNormal(double median, double sigma) { return median * Exponential(sigma * Normal()); }

uint32_t Random::Poisson(double mean) {
  if (mean <= 0) return 0;
  if (mean > kPoissonByNormalFrom) {
    const double drawn = mean + std::sqrt(mean) * Normal() + 0.5;
    return drawn < 0 ? 0 : static_cast<uint32_t>(drawn);
  }
  const double limit = Exponential(-mean);
  uint32_t count = 0;
  for (double product = Unit(); product > limit; product *= Unit()) ++count;
  return count;
}

size_t Random::Pick(std::span<const double> weights) {
  double sum = 0;
  for (const double weight : weights) sum += weight;
  double at = Unit() * sum;
  for (size_t i = 0; i + 1 < weights.size(); ++i) {
    at -= weights[i];
    if (at < 0) return i;
  }
  return weights.size() - 1;
}

}  // namespace casebook
