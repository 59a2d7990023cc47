// ByteSource: the plain bytes of a file, of stdin or of a body, whether it is gzip, zstd or neither.
//
// Compression is told by the first bytes, never by the name. Several gzip members or zstd frames in a row
// are one stream. Memory stays the same however long the stream is. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace casebook {

// A stream may expand to this many bytes whatever its size, and beyond that by this ratio.
inline constexpr uint64_t kFreeExpansionBytes = uint64_t{256} << 20U;
inline constexpr uint64_t kMaxExpansionRatio = 1000;
// And never to more than this.
inline constexpr uint64_t kMaxPlainBytes = uint64_t{1} << 40U;

struct ExpansionLimits {
  uint64_t free_bytes = kFreeExpansionBytes;
  uint64_t ratio_max = kMaxExpansionRatio;
  uint64_t plain_bytes_max = kMaxPlainBytes;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Puts the next plain bytes into `into`, which has room for `capacity` (at least kMinRead), and returns how many; 0 at the
  // end of the stream. Where the stream is cut off or corrupt, all bytes before the fault come first; then kCorrupt,
  // with the name and the offset in the compressed stream. kLimit where it expands too far, kIo where it cannot be
  // read. An error stays.
  virtual Result<size_t> Read(char* into, size_t capacity) = 0;
  static constexpr size_t kMinRead = 4;

  // The next plain bytes, valid until the next call; empty at the end.
  Result<std::string_view> Next();

 private:
  std::string buffer_;  // of Next()
};

// Opens the file `path`; "-" is stdin.
Result<std::unique_ptr<ByteSource>> OpenByteSource(const std::filesystem::path& path, ExpansionLimits limits = {});

// Reads `bytes`, which outlive the source; `name` stands in its errors.
std::unique_ptr<ByteSource> MemoryByteSource(std::string name, std::string_view bytes, ExpansionLimits limits = {});

}  // namespace casebook
