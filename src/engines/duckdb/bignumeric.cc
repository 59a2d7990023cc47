#include "engines/duckdb/bignumeric.h"

#include <algorithm>
#include <cstring>

#include "analysis/numeric_text.h"

namespace casebook::engines {
namespace {

constexpr uint64_t kSignBit = uint64_t{1} << 63U;
constexpr uint64_t kTen19 = 10'000'000'000'000'000'000U;  // the digits that one division takes off
constexpr size_t kDigitsAtOnce = 19;

}  // namespace

std::array<char, kBigBytes> EncodeBigNumeric(const BigNumeric& value) {
  std::array<char, kBigBytes> bytes;
  for (size_t i = 0; i < 4; ++i) {
    const uint64_t word = __builtin_bswap64(i == 0 ? value.units.words[3] ^ kSignBit : value.units.words[3 - i]);
    std::memcpy(bytes.data() + i * 8, &word, sizeof word);
  }
  return bytes;
}

BigNumeric DecodeBigNumeric(std::string_view bytes) {
  BigNumeric value;
  if (bytes.size() != kBigBytes) return value;
  for (size_t i = 0; i < 4; ++i) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i * 8, sizeof word);
    value.units.words[3 - i] = __builtin_bswap64(word) ^ (i == 0 ? kSignBit : 0);
  }
  return value;
}

std::string BigNumericText(const BigNumeric& value) {
  Units rest = value.units.Magnitude();
  std::string digits;  // the last first
  while (!rest.IsZero() || digits.size() <= kBigScale) {
    uint64_t part = rest.DivideBy(kTen19);
    for (size_t i = 0; i < kDigitsAtOnce; ++i, part /= 10) digits += static_cast<char>('0' + static_cast<int>(part % 10));
  }
  while (digits.size() > kBigScale + 1 && digits.back() == '0') digits.pop_back();
  std::reverse(digits.begin(), digits.end());
  std::string fraction = digits.substr(digits.size() - kBigScale);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  digits.resize(digits.size() - kBigScale);
  return (value.units.IsNegative() ? "-" : "") + digits + (fraction.empty() ? "" : "." + fraction);
}

std::optional<BigNumeric> ReadBigNumeric(std::string_view text) {
  const auto canonical = analysis::CanonicalBigNumeric(text);
  if (!canonical) return std::nullopt;
  std::string_view rest = *canonical;
  const bool negative = rest.starts_with("-");
  if (negative) rest.remove_prefix(1);
  WideUint<5> magnitude;
  size_t after_point = 0;
  bool behind = false;
  for (const char c : rest) {
    if (c == '.') {
      behind = true;
      continue;
    }
    magnitude *= 10;
    magnitude += static_cast<uint64_t>(c - '0');
    if (behind) ++after_point;
  }
  for (; after_point < kBigScale; ++after_point) magnitude *= 10;
  return WithSign(magnitude, negative);
}

}  // namespace casebook::engines
