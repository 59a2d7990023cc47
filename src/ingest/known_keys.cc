#include "ingest/known_keys.h"

#include <algorithm>
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

void RecentContents::Add(uint64_t key, int64_t content) {
  if (sets_.empty()) sets_.resize(kSets);
  Set& set = sets_[key & (kSets - 1)];
  // The place of the key's older content, or of the oldest key, goes to the front.
  const auto is_key = [key](const Row& row) { return row.key == key; };
  const auto place = std::find_if(set.begin(), set.end() - 1, is_key);
  std::rotate(set.begin(), place, place + 1);
  set.front() = {key, content};
}

bool RecentContents::IsStored(uint64_t key, int64_t content) const {
  if (sets_.empty()) return false;
  const Set& set = sets_[key & (kSets - 1)];
  // A place that was never filled looks like the key 0 with the content 0, about which nothing is said.
  return (key != 0 || content != 0) && std::any_of(set.begin(), set.end(), [&](const Row& row) {
    return row.key == key && row.content == content;
  });
}

}  // namespace casebook
