#include "ingest/known_keys.h"

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

}  // namespace casebook
