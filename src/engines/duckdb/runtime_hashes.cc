// FARM_FINGERPRINT: FarmHash's Fingerprint64, which never changes, as a signed number.
#include <bit>
#include <cstring>
#include <utility>

#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {
namespace {

constexpr uint64_t kPrime0 = 0xc3a5c85c97cb3127ULL;
constexpr uint64_t kPrime1 = 0xb492b66fbe98f273ULL;
constexpr uint64_t kPrime2 = 0x9ae16a3b2f90404fULL;

using Pair = std::pair<uint64_t, uint64_t>;

// Numbers stand in little-endian order, as on every machine this runs on.
static_assert(std::endian::native == std::endian::little);

template <typename T>
T Load(const char* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}
uint64_t Load64(const char* at) { return Load<uint64_t>(at); }

uint64_t Fold(uint64_t value) { return value ^ (value >> 47U); }

uint64_t Mix(uint64_t a, uint64_t b, uint64_t factor) {
  const uint64_t first = Fold((a ^ b) * factor);
  return Fold((b ^ first) * factor) * factor;
}

uint64_t UpTo16(const char* text, size_t size) {
  const uint64_t factor = kPrime2 + size * 2;
  if (size >= 8) {
    const uint64_t head = Load64(text) + kPrime2;
    const uint64_t tail = Load64(text + size - 8);
    return Mix(std::rotr(tail, 37) * factor + head, (std::rotr(head, 25) + tail) * factor, factor);
  }
  if (size >= 4) return Mix(size + (uint64_t{Load<uint32_t>(text)} << 3U), Load<uint32_t>(text + size - 4), factor);
  if (size == 0) return kPrime2;
  const uint32_t first = static_cast<unsigned char>(text[0]);
  const uint32_t middle = static_cast<unsigned char>(text[size >> 1U]);
  const uint32_t last = static_cast<unsigned char>(text[size - 1]);
  const uint32_t low = first + (middle << 8U);
  const uint32_t high = static_cast<uint32_t>(size) + (last << 2U);
  return Fold(low * kPrime2 ^ high * kPrime0) * kPrime2;
}

uint64_t UpTo32(const char* text, size_t size) {
  const uint64_t factor = kPrime2 + size * 2;
  const uint64_t a = Load64(text) * kPrime1;
  const uint64_t b = Load64(text + 8);
  const uint64_t c = Load64(text + size - 8) * factor;
  const uint64_t d = Load64(text + size - 16) * kPrime2;
  return Mix(std::rotr(a + b, 43) + std::rotr(c, 30) + d, a + std::rotr(b + kPrime2, 18) + c, factor);
}

uint64_t UpTo64(const char* text, size_t size) {
  const uint64_t factor = kPrime2 + size * 2;
  const uint64_t a = Load64(text) * kPrime2;
  const uint64_t b = Load64(text + 8);
  const uint64_t c = Load64(text + size - 8) * factor;
  const uint64_t d = Load64(text + size - 16) * kPrime2;
  const uint64_t y = std::rotr(a + b, 43) + std::rotr(c, 30) + d;
  const uint64_t z = Mix(y, a + std::rotr(b + kPrime2, 18) + c, factor);
  const uint64_t e = Load64(text + 16) * factor;
  const uint64_t f = Load64(text + 24);
  const uint64_t g = (y + Load64(text + size - 32)) * factor;
  const uint64_t h = (z + Load64(text + size - 24)) * factor;
  return Mix(std::rotr(e + f, 43) + std::rotr(g, 30) + h, e + std::rotr(f + a, 18) + g, factor);
}

// 32 bytes into two seeds.
Pair Absorb(const char* text, uint64_t a, uint64_t b) {
  a += Load64(text);
  b = std::rotr(b + a + Load64(text + 24), 21);
  const uint64_t before = a;
  a += Load64(text + 8) + Load64(text + 16);
  b += std::rotr(a, 44);
  return {a + Load64(text + 24), b + before};
}

uint64_t Long(const char* text, size_t size) {
  constexpr uint64_t kSeed = 81;
  uint64_t x = kSeed * kPrime2 + Load64(text);
  uint64_t y = kSeed * kPrime1 + 113;
  uint64_t z = Fold(y * kPrime2 + 113) * kPrime2;
  Pair v{0, 0};
  Pair w{0, 0};
  const size_t left = (size - 1) & 63U;
  const char* const end = text + (size - 1 - left);
  const char* const last = text + size - 64;
  for (; text != end; text += 64) {
    x = std::rotr(x + y + v.first + Load64(text + 8), 37) * kPrime1;
    y = std::rotr(y + v.second + Load64(text + 48), 42) * kPrime1;
    x ^= w.second;
    y += v.first + Load64(text + 40);
    z = std::rotr(z + w.first, 33) * kPrime1;
    v = Absorb(text, v.second * kPrime1, x + w.first);
    w = Absorb(text + 32, z + w.second, y + Load64(text + 16));
    std::swap(z, x);
  }
  const uint64_t factor = kPrime1 + ((z & 0xFFU) << 1U);
  w.first += left;
  v.first += w.first;
  w.first += v.first;
  x = std::rotr(x + y + v.first + Load64(last + 8), 37) * factor;
  y = std::rotr(y + v.second + Load64(last + 48), 42) * factor;
  x ^= w.second * 9;
  y += v.first * 9 + Load64(last + 40);
  z = std::rotr(z + w.first, 33) * factor;
  v = Absorb(last, v.second * factor, x + w.first);
  w = Absorb(last + 32, z + w.second, y + Load64(last + 16));
  std::swap(z, x);
  return Mix(Mix(v.first, w.first, factor) + Fold(y) * kPrime0 + z, Mix(v.second, w.second, factor) + x, factor);
}

int64_t Fingerprint(std::string_view bytes) {
  const char* const text = bytes.data();
  const size_t size = bytes.size();
  const uint64_t hash = size <= 16   ? UpTo16(text, size)
                        : size <= 32 ? UpTo32(text, size)
                        : size <= 64 ? UpTo64(text, size)
                                     : Long(text, size);
  return static_cast<int64_t>(hash);
}

Answer<int64_t> FingerprintOfText(std::string_view text) { return Fingerprint(text); }
Answer<int64_t> FingerprintOfBytes(BytesView bytes) { return Fingerprint(bytes.bytes); }

}  // namespace

void AddHashes(Registrar& registrar) {
  registrar.Add("gs_farm_fingerprint", FingerprintOfText);
  registrar.Add("gs_farm_fingerprint_bytes", FingerprintOfBytes);
}

}  // namespace casebook::engines
