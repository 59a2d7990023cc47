// ValueScanner: where one JSON object or array ends, by brackets, strings and the order of tokens.
//
// Reads 64 bytes at a time as bit masks. It looks at no field and no number; it only notices, as early as it
// can, that what follows cannot be one value. Used by RecordSplitter alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace casebook {

inline constexpr size_t kMaxRecordBytes = size_t{16} << 20U;
inline constexpr size_t kMaxDepth = 128;

enum class ScanResult : uint8_t {
  kNeedsMore,    // no end yet
  kWhole,        // the value ends before position()
  kTornString,   // a newline inside a string, at position()
  kMisplaced,    // the token at position() cannot stand there
  kTooDeep,      // the bracket at position() opens one level too many
};

class ValueScanner {
 public:
  // Prepares for a value that begins with `{` or `[`.
  void Start(char first, size_t depth_max);

  // Goes on in `value`, which begins at the value's first byte and holds at least what was given before.
  // The answer depends on the bytes alone, not on how often this was called.
  ScanResult Continue(std::string_view value);

  // From the start of the value.
  size_t position() const { return position_; }

 private:
  // The masks of one block of 64 bytes, and what they carry over from the block before.
  struct Carry {
    uint64_t escaped = 0;     // 1 if the first byte is escaped
    uint64_t in_string = 0;   // all ones if the first byte is inside a string
    uint64_t in_scalar = 0;   // 1 if the byte before belongs to a number or literal
  };
  struct Masks {
    uint64_t tokens = 0;         // the first byte of each token outside strings
    uint64_t torn_newlines = 0;  // newlines inside strings
  };
  static Masks ReadBlock(const char* block, Carry& carry);

  ScanResult Walk(const char* block, Masks masks, size_t block_at);

  size_t position_ = 0;
  size_t done_ = 0;  // bytes whose blocks are finished
  Carry carry_;
  size_t depth_ = 0;
  size_t depth_max_ = kMaxDepth;
  uint8_t expect_ = 0;
  std::array<uint8_t, kMaxDepth + 1> outer_{};  // what is expected after each open bracket's value
};

}  // namespace casebook
