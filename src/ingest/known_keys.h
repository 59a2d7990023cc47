// KnownKeys: which keys of a table may be stored already, so that the engine is asked about few of them.
//
// It holds hashes, so a key may seem to be stored that is not; the engine knows. Bounded: with too many keys it
// knows nothing, and the engine is asked about all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace casebook {

class KnownKeys {
 public:
  static constexpr size_t kMaxKeys = size_t{64} << 20U;  // in 1 GiB; the description's contact events are a quarter

  // Knows nothing: every key may be stored.
  KnownKeys() = default;

  // From now on it holds what is added, and that is all there is.
  void BeginEmpty() { is_complete_ = true; }
  bool is_complete() const { return is_complete_; }

  // The sum of all it was called with: what asking the engine has cost so far.
  size_t CountAsked(size_t keys) { return asked_ += keys; }

  // Many rounds are to come, so reading all keys is worth its cost with the first.
  void ExpectManyRounds() { asked_ = kMaxKeys; }

  void Add(uint64_t hash);
  bool MayHold(uint64_t hash) const;

 private:
  size_t Find(uint64_t hash) const;
  void Grow();

  bool is_complete_ = false;
  size_t size_ = 0;
  size_t asked_ = 0;
  std::vector<uint64_t> slots_;  // open addressing, a power of two; 0: free
};

}  // namespace casebook
