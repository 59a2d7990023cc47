#include "simulator/identity.h"

#include <array>

#include "simulator/random.h"

namespace casebook {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

constexpr std::array<char, 512> MakeHexPairs() {
  std::array<char, 512> pairs{};
  for (size_t i = 0; i < 256; ++i) {
    pairs[2 * i] = kHexDigits[i >> 4U];
    pairs[2 * i + 1] = kHexDigits[i & 15U];
  }
  return pairs;
}
constexpr std::array<char, 512> kHexPairs = MakeHexPairs();

char* WriteByte(char* at, uint64_t byte) {
  at[0] = kHexPairs[2 * (byte & 255U)];
  at[1] = kHexPairs[2 * (byte & 255U) + 1];
  return at + 2;
}

}  // namespace

Uuid MakeUuid(uint64_t seed, IdKind kind, uint64_t number) {
  const uint64_t family = Key(seed, static_cast<uint64_t>(kind));
  const uint64_t high = MixBits(family + number * 0x9e3779b97f4a7c15U);
  const uint64_t low = MixBits(high ^ (family + number));
  return {(high & ~uint64_t{0xf000}) | 0x4000U, (low & ~(uint64_t{3} << 62U)) | (uint64_t{1} << 63U)};
}

void AppendUuid(TextBuffer& out, const Uuid& uuid) {
  char* at = out.Extend(36);
  for (unsigned shift = 64; shift > 0; shift -= 8) {
    at = WriteByte(at, uuid.high >> (shift - 8));
    if (shift == 40 || shift == 24 || shift == 8) *at++ = '-';
  }
  for (unsigned shift = 64; shift > 0; shift -= 8) {
    at = WriteByte(at, uuid.low >> (shift - 8));
    if (shift == 56) *at++ = '-';
  }
}

}  // namespace casebook
