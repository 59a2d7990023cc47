// Slab: things with a number of their own that come and go; a freed place is used again under a new stamp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace casebook {

// T has a default constructor and members `uint32_t stamp` and `bool in_use`.
template <typename T>
class Slab {
 public:
  uint32_t Add() {
    if (free_.empty()) {
      things_.emplace_back();
      free_.push_back(static_cast<uint32_t>(things_.size() - 1));
    }
    const uint32_t place = free_.back();
    free_.pop_back();
    const uint32_t stamp = things_[place].stamp + 1;
    things_[place] = T{};
    things_[place].stamp = stamp;
    things_[place].in_use = true;
    return place;
  }
  void Free(uint32_t place) {
    things_[place].in_use = false;
    ++things_[place].stamp;
    free_.push_back(place);
  }
  // Valid until the next Add().
  T& operator[](uint32_t place) { return things_[place]; }
  const T& operator[](uint32_t place) const { return things_[place]; }
  bool IsCurrent(uint32_t place, uint32_t stamp) const {
    return things_[place].in_use && things_[place].stamp == stamp;
  }
  // Places in use or free.
  uint32_t size() const { return static_cast<uint32_t>(things_.size()); }
  size_t used() const { return things_.size() - free_.size(); }

 private:
  std::vector<T> things_;
  std::vector<uint32_t> free_;
};

}  // namespace casebook
