#include "ingest/known_keys.h"

#include <bit>
#include <cassert>
#include <utility>

namespace casebook {
namespace {

constexpr size_t kSlotsMin = 1024;

// 0 stands for a free slot.
uint64_t Stored(uint64_t hash) { return hash == 0 ? 1 : hash; }

}  // namespace

void KnownKeys::Add(uint64_t hash) {
  if (!is_complete_) return;
  if (size_ == kMaxKeys) {
    *this = KnownKeys();
    return;
  }
  // At most two thirds are taken.
  if (3 * (size_ + 1) > 2 * slots_.size()) Grow();
  uint64_t& slot = slots_[Find(Stored(hash))];
  size_ += slot == 0 ? 1 : 0;
  slot = Stored(hash);
}

bool KnownKeys::MayHold(uint64_t hash) const {
  return !is_complete_ || (size_ > 0 && slots_[Find(Stored(hash))] != 0);
}

// The slot that holds `hash`, or the free one where it belongs.
size_t KnownKeys::Find(uint64_t hash) const {
  size_t at = hash & (slots_.size() - 1);
  while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & (slots_.size() - 1);
  return at;
}

void KnownKeys::Grow() {
  const std::vector<uint64_t> old = std::exchange(slots_, {});
  slots_.resize(old.empty() ? kSlotsMin : 2 * old.size());
  for (const uint64_t hash : old) {
    if (hash != 0) slots_[Find(hash)] = hash;
  }
}

void RecentContents::AddRound(std::vector<uint32_t> places, std::vector<Row> rows) {
  if (rows.empty()) return;
  assert(std::has_single_bit(places.size()) && places.size() > rows.size());
  rows_ += rows.size();
  rounds_.push_front({std::move(places), std::move(rows)});
  while (rounds_.size() > kMaxRounds || rows_ - rounds_.front().rows.size() > kMaxRows) {
    rows_ -= rounds_.back().rows.size();
    rounds_.pop_back();
  }
}

bool RecentContents::IsStored(uint64_t key, int64_t content) const {
  for (const Round& round : rounds_) {
    bool is_known = false;
    const size_t mask = round.places.size() - 1;
    for (size_t at = key & mask; round.places[at] != 0; at = (at + 1) & mask) {
      const Row& row = round.rows[round.places[at] - 1];
      if (row.key != key) continue;
      if (row.content == content) return true;
      is_known = true;
    }
    // What an older round says of the key holds no more.
    if (is_known) return false;
  }
  return false;
}

void RecentContents::Forget() {
  rounds_.clear();
  rows_ = 0;
}

}  // namespace casebook
