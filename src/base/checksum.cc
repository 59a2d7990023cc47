#include "base/checksum.h"

#include <isa-l/crc.h>
#include <openssl/sha.h>

namespace casebook {

uint32_t Crc32c(std::string_view bytes, uint32_t crc) {
  // isa-l's function lacks the customary inversion before and after.
  constexpr size_t kMaxStep = 1U << 30;
  crc = ~crc;
  while (!bytes.empty()) {
    const std::string_view step = bytes.substr(0, kMaxStep);
    // The library takes the buffer as non-const but only reads it.
    auto* data = reinterpret_cast<unsigned char*>(const_cast<char*>(step.data()));
    crc = crc32_iscsi(data, static_cast<int>(step.size()), crc);
    bytes.remove_prefix(step.size());
  }
  return ~crc;
}

Sha256Digest Sha256(std::string_view bytes) {
  Sha256Digest digest;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  return digest;
}

std::string ToHex(const Sha256Digest& digest) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(digest.size() * 2);
  for (const uint8_t byte : digest) {
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

std::string Sha256Hex(std::string_view bytes) { return ToHex(Sha256(bytes)); }

}  // namespace casebook
