#include "landing/value_scanner.h"

#if defined(__AVX2__) && defined(__PCLMUL__)
#include <immintrin.h>
#endif

#include <bit>
#include <cassert>
#include <cstring>

namespace casebook {
namespace {

// One bit a byte of a block, for each class of bytes that matters.
struct ByteClasses {
  uint64_t quotes = 0;
  uint64_t backslashes = 0;
  uint64_t newlines = 0;
  uint64_t operators = 0;  // { } [ ] : ,
  uint64_t blanks = 0;     // space, tab, CR, LF
};

#if defined(__AVX2__) && defined(__PCLMUL__)

// A byte belongs to a class if the entries of its low and its high half share the class's bit:
// 1 comma, 2 colon, 4 brackets and braces, 8 tab, LF, CR, 16 space.
__m256i ClassBits(__m256i bytes) {
  const __m256i low_halves = _mm256_setr_epi8(16, 0, 0, 0, 0, 0, 0, 0, 0, 8, 10, 4, 1, 12, 0, 0,  //
                                              16, 0, 0, 0, 0, 0, 0, 0, 0, 8, 10, 4, 1, 12, 0, 0);
  const __m256i high_halves = _mm256_setr_epi8(8, 0, 17, 2, 0, 4, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0,  //
                                               8, 0, 17, 2, 0, 4, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0);
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
  return _mm256_and_si256(_mm256_shuffle_epi8(low_halves, bytes), _mm256_shuffle_epi8(high_halves, high));
}

uint32_t MaskOfEqual(__m256i bytes, char wanted) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(wanted))));
}

uint32_t MaskOfAny(__m256i class_bits, char wanted) {
  return ~MaskOfEqual(_mm256_and_si256(class_bits, _mm256_set1_epi8(wanted)), 0);
}

uint64_t Join(uint32_t low, uint32_t high) { return low | (uint64_t{high} << 32U); }

ByteClasses Classify(const char* block) {
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block));
  const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block + 32));
  const __m256i low_bits = ClassBits(low);
  const __m256i high_bits = ClassBits(high);
  return {.quotes = Join(MaskOfEqual(low, '"'), MaskOfEqual(high, '"')),
          .backslashes = Join(MaskOfEqual(low, '\\'), MaskOfEqual(high, '\\')),
          .newlines = Join(MaskOfEqual(low, '\n'), MaskOfEqual(high, '\n')),
          .operators = Join(MaskOfAny(low_bits, 7), MaskOfAny(high_bits, 7)),
          .blanks = Join(MaskOfAny(low_bits, 24), MaskOfAny(high_bits, 24))};
}

// Each bit becomes the parity of itself and all lower ones: between two quotes, all ones.
uint64_t RunningParity(uint64_t bits) {
  const __m128i product =
      _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<long long>(bits)), _mm_set1_epi8(-1), 0);
  return static_cast<uint64_t>(_mm_cvtsi128_si64(product));
}

#else

ByteClasses Classify(const char* block) {
  ByteClasses classes;
  for (size_t i = 0; i < 64; ++i) {
    const uint64_t bit = uint64_t{1} << i;
    switch (block[i]) {
      case '"': classes.quotes |= bit; break;
      case '\\': classes.backslashes |= bit; break;
      case '\n': classes.newlines |= bit; [[fallthrough]];
      case ' ': case '\t': case '\r': classes.blanks |= bit; break;
      case '{': case '}': case '[': case ']': case ':': case ',': classes.operators |= bit; break;
      default: break;  // part of a string, number or literal
    }
  }
  return classes;
}

uint64_t RunningParity(uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

#endif

// The bytes that a backslash before them escapes. `carry` is 1 if that holds for the first, and becomes so
// for the first of the next block.
uint64_t EscapedBytes(uint64_t backslashes, uint64_t& carry) {
  uint64_t escaped = carry;
  carry = 0;
  uint64_t open = backslashes & ~escaped;
  while (open != 0) {
    const uint64_t first = open & (~open + 1);
    escaped |= first << 1U;
    carry = first >> 63U;
    open &= ~(first | (first << 1U));
  }
  return escaped;
}

enum Token : uint8_t { kScalar, kString, kOpenObject, kCloseObject, kOpenArray, kCloseArray, kColon, kComma, kBad };

constexpr std::array<uint8_t, 256> kTokenOfByte = [] {
  std::array<uint8_t, 256> tokens{};
  tokens['"'] = kString;
  tokens['{'] = kOpenObject;
  tokens['}'] = kCloseObject;
  tokens['['] = kOpenArray;
  tokens[']'] = kCloseArray;
  tokens[':'] = kColon;
  tokens[','] = kComma;
  tokens['\\'] = kBad;  // outside a string
  return tokens;
}();

// What may come next inside an object or an array. The last five are no expectations but what to do.
enum Expected : uint8_t {
  kFirstKey,    // a key or }
  kKey,         // a key
  kKeyColon,    // :
  kFieldValue,  // a value
  kFieldEnd,    // , or }
  kFirstElement,
  kElement,
  kElementEnd,
  kEnterObject,
  kEnterArray,
  kLeave,
  kNever,
};

constexpr size_t kExpectations = kEnterObject;
constexpr size_t kTokensPadded = 16;

constexpr std::array<uint8_t, kExpectations * kTokensPadded> kNext = [] {
  std::array<uint8_t, kExpectations * kTokensPadded> next{};
  for (uint8_t& entry : next) entry = kNever;
  const auto set = [&next](Expected expected, Token token, Expected then) {
    next[size_t{expected} * kTokensPadded + token] = then;
  };
  const auto set_value = [&set](Expected expected, Expected then) {
    set(expected, kScalar, then);
    set(expected, kString, then);
    set(expected, kOpenObject, kEnterObject);
    set(expected, kOpenArray, kEnterArray);
  };
  set(kFirstKey, kString, kKeyColon);
  set(kFirstKey, kCloseObject, kLeave);
  set(kKey, kString, kKeyColon);
  set(kKeyColon, kColon, kFieldValue);
  set_value(kFieldValue, kFieldEnd);
  set(kFieldEnd, kComma, kKey);
  set(kFieldEnd, kCloseObject, kLeave);
  set_value(kFirstElement, kElementEnd);
  set(kFirstElement, kCloseArray, kLeave);
  set_value(kElement, kElementEnd);
  set(kElementEnd, kComma, kElement);
  set(kElementEnd, kCloseArray, kLeave);
  return next;
}();

}  // namespace

void ValueScanner::Start(size_t depth_max) {
  assert(depth_max <= kMaxDepth);
  position_ = 0;
  done_ = 0;
  depth_max_ = depth_max;
  carry_ = {};
  nesting_.expected = kElement;
  nesting_.depth = 0;
}

ScanResult ValueScanner::Continue(std::string_view value) {
  while (value.size() - done_ >= kBlock) {
    const char* block = value.data() + done_;
    const ScanResult result = Walk(block, ReadBlock(block, carry_), done_);
    if (result != ScanResult::kNeedsMore) return result;
    done_ += kBlock;
  }
  if (value.size() == done_) return ScanResult::kNeedsMore;
  return ContinueInTail(value.substr(done_));
}

// Reads less than a block, and forgets it again if the value does not end in it: the rest of the block is
// still to come.
ScanResult ValueScanner::ContinueInTail(std::string_view tail) {
  char block[kBlock];
  std::memset(block, ' ', sizeof block);
  std::memcpy(block, tail.data(), tail.size());
  Carry carry = carry_;
  const Nesting before = nesting_;
  const ScanResult result = Walk(block, ReadBlock(block, carry), done_);
  if (result == ScanResult::kNeedsMore) nesting_ = before;
  return result;
}

ValueScanner::Masks ValueScanner::ReadBlock(const char* block, Carry& carry) {
  const ByteClasses classes = Classify(block);
  const uint64_t escaped = EscapedBytes(classes.backslashes, carry.escaped);
  const uint64_t quotes = classes.quotes & ~escaped;
  // From each opening quote to the byte before the closing one.
  const uint64_t in_string = RunningParity(quotes) ^ carry.in_string;
  carry.in_string = uint64_t{0} - (in_string >> 63U);

  const uint64_t scalars = ~(in_string | quotes | classes.operators | classes.blanks);
  const uint64_t scalar_starts = scalars & ~((scalars << 1U) | carry.in_scalar);
  carry.in_scalar = scalars >> 63U;

  const uint64_t outside = (classes.operators | classes.backslashes) & ~in_string;
  return {.tokens = outside | (quotes & in_string) | scalar_starts, .torn_newlines = classes.newlines & in_string};
}

// Goes through the tokens of one block in order, up to the first newline inside a string.
ScanResult ValueScanner::Walk(const char* block, Masks masks, size_t block_at) {
  uint64_t tokens = masks.tokens;
  if (masks.torn_newlines != 0) tokens &= (masks.torn_newlines & (~masks.torn_newlines + 1)) - 1;

  uint8_t expected = nesting_.expected;
  size_t depth = nesting_.depth;
  for (; tokens != 0; tokens &= tokens - 1) {
    const auto at = static_cast<size_t>(std::countr_zero(tokens));
    const uint8_t next = kNext[size_t{expected} * kTokensPadded + kTokenOfByte[static_cast<uint8_t>(block[at])]];
    if (next < kExpectations) {
      expected = next;
      continue;
    }
    position_ = block_at + at;
    if (next == kNever) return ScanResult::kMisplaced;
    if (next == kLeave) {
      if (--depth == 0) {
        ++position_;
        return ScanResult::kWhole;
      }
      expected = nesting_.outer[depth];
      continue;
    }
    if (depth == depth_max_) return ScanResult::kTooDeep;
    nesting_.outer[depth++] = expected == kFieldValue ? kFieldEnd : kElementEnd;
    expected = next == kEnterObject ? kFirstKey : kFirstElement;
  }
  nesting_.expected = expected;
  nesting_.depth = depth;
  if (masks.torn_newlines == 0) return ScanResult::kNeedsMore;
  position_ = block_at + static_cast<size_t>(std::countr_zero(masks.torn_newlines));
  return ScanResult::kTornString;
}

}  // namespace casebook
