// GrowingArray: plain values in memory that grows as std::vector's does, but is not cleared first, and that large
// arrays need not be copied for: the system moves their pages. For RowBatch.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace casebook {

template <typename T>
class GrowingArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  size_t capacity() const { return capacity_; }
  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }
  T& operator[](size_t i) { return data_.get()[i]; }
  const T& operator[](size_t i) const { return data_.get()[i]; }

  // Room for `needed` values at least; what is there stays.
  void Reserve(size_t needed) {
    if (needed > capacity_) Grow(needed);
  }

 private:
  static constexpr size_t kMinBytes = 256;
  struct Free {
    void operator()(T* data) const { std::free(data); }
  };

  void Grow(size_t needed) {
    const size_t capacity = std::max({needed, capacity_ * 2, kMinBytes / sizeof(T)});
    void* const grown = std::realloc(data_.get(), capacity * sizeof(T));
    if (grown == nullptr) throw std::bad_alloc();
    (void)data_.release();
    data_.reset(static_cast<T*>(grown));
    capacity_ = capacity;
  }

  std::unique_ptr<T, Free> data_;
  size_t capacity_ = 0;
};

}  // namespace casebook
