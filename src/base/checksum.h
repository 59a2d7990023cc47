// Checksums: CRC32C for bytes on disk, SHA-256 for the identity of content.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace casebook {

// CRC32C (Castagnoli) of `bytes`, continuing from `crc`.
uint32_t Crc32c(std::string_view bytes, uint32_t crc = 0);

using Sha256Digest = std::array<uint8_t, 32>;

Sha256Digest Sha256(std::string_view bytes);
// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);
std::string ToHex(const Sha256Digest& digest);

}  // namespace casebook
