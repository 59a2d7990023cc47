// KnownKeys: which keys of a table may be stored already, so that the engine is asked about few of them.
//
// It holds hashes, so a key may seem to be stored that is not; the engine knows. Bounded: with too many keys it
// knows nothing, and the engine is asked about all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
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
  // Fetches from memory what Add() and MayHold() of `hash` will read soon.
  void Prefetch(uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }

 private:
  size_t Find(uint64_t hash) const;
  void Grow();

  bool is_complete_ = false;
  size_t size_ = 0;
  size_t asked_ = 0;
  std::vector<uint64_t> slots_;  // open addressing, a power of two; 0: free
};

// RecentContents: with what content the keys of the last rounds were stored, so that the engine is not asked at all about
// a record that comes again soon, as most do that come again. Says "stored so" or nothing.
class RecentContents {
 public:
  static constexpr size_t kMaxRounds = 64;
  static constexpr size_t kMaxRows = 500'000;  // beside the newest round's; in 16 MB

  // `key` and `content` are hashes of 64 bits.
  struct Row {
    uint64_t key = 0;
    int64_t content = 0;
  };

  // A round's rows, one a key, and the hash table that the round had of them: open addressing from the key's low bits, a
  // power of two of places, each the number of a row counted from 1, or 0.
  void AddRound(std::vector<uint32_t> places, std::vector<Row> rows);
  // Whether `key` is stored with `content`. Two equal pairs are taken to be one record.
  bool IsStored(uint64_t key, int64_t content) const;
  // To be called when what was added may not have been stored.
  void Forget();

 private:
  struct Round {
    std::vector<uint32_t> places;
    std::vector<Row> rows;
  };

  std::deque<Round> rounds_;  // the newest first
  size_t rows_ = 0;
};

}  // namespace casebook
