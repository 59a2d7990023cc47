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
  kNeedsMore,   // no end yet
  kWhole,       // the value ends before position()
  kTornString,  // a newline inside a string, at position()
  kMisplaced,   // the token at position() cannot stand there
  kTooDeep,     // the bracket at position() opens one level too many
};

class ValueScanner {
 public:
  // Prepares for a value that begins with `{` or `[`; `depth_max` is at most kMaxDepth.
  void Start(size_t depth_max);

  // Goes on in `value`, which begins at the value's first byte and holds at least what was given before.
  // The answer depends on the bytes alone, not on how often this was called.
  ScanResult Continue(std::string_view value);

  // From the start of the value.
  size_t position() const { return position_; }

 private:
  static constexpr size_t kBlock = 64;

  // What one block passes on to the next.
  struct Carry {
    uint64_t escaped = 0;    // 1: the first byte is escaped
    uint64_t in_string = 0;  // all ones: the first byte is inside a string
    uint64_t in_scalar = 0;  // 1: the byte before belongs to a number or literal
  };
  // A bit a byte.
  struct Masks {
    uint64_t tokens = 0;         // first bytes of tokens, outside strings
    uint64_t torn_newlines = 0;  // newlines inside strings
  };
  struct Nesting {
    uint8_t expected = 0;
    size_t depth = 0;
    std::array<uint8_t, kMaxDepth + 1> outer{};  // what is expected after the value of each open bracket
  };

  static Masks ReadBlock(const char* block, Carry& carry);
  ScanResult Walk(const char* block, Masks masks, size_t block_at);
  ScanResult ContinueInTail(std::string_view tail);

  size_t position_ = 0;
  size_t done_ = 0;  // bytes whose blocks are finished
  size_t depth_max_ = kMaxDepth;
  Carry carry_;
  Nesting nesting_;
};

}  // namespace casebook
