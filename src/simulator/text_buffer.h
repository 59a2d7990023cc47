// TextBuffer: bytes that grow at their end, and the spellings of JSON and of Amazon Connect's times.
//
// Made for speed: the wire formats are written piece by piece straight into it. Used within this folder.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace casebook {

class TextBuffer {
 public:
  std::string_view view() const { return {bytes_.data(), size_}; }
  size_t size() const { return size_; }
  void Clear() { size_ = 0; }
  // Gives memory back that a day of storms took.
  void ShrinkTo(size_t capacity);

  void TakeBack(size_t count) { size_ -= count; }

  // Room for `count` bytes, which the caller fills.
  char* Extend(size_t count) {
    if (bytes_.size() - size_ < count) Grow(count);
    char* const at = bytes_.data() + size_;
    size_ += count;
    return at;
  }

  TextBuffer& operator<<(std::string_view text) {
    std::memcpy(Extend(text.size()), text.data(), text.size());
    return *this;
  }
  TextBuffer& operator<<(char c) {
    *Extend(1) = c;
    return *this;
  }

  TextBuffer& Integer(int64_t value);
  // As Java prints a double that is whole: `812345.0`, `1.0023456E7`.
  TextBuffer& WholeDouble(int64_t value);
  // Hundredths without needless zeros, one digit at least: 2550 is `25.5`, 2500 is `25.0`.
  TextBuffer& Hundredths(int64_t value);
  // `text` as the inside of a JSON string.
  TextBuffer& Escaped(std::string_view text);

  // `millis` since 1970 as `2025-03-28T16:42:10.318Z`; cut to seconds as `2025-03-28T16:42:10Z`.
  TextBuffer& Millis(int64_t millis);
  TextBuffer& Seconds(int64_t millis);
  // `20250328T16:42`, as recordings are named.
  TextBuffer& CompactMinute(int64_t millis);
  // `2025-03-28`, with `separator` for the dash.
  TextBuffer& Day(int64_t millis, char separator);

 private:
  void Grow(size_t count);
  void DayAndTime(int64_t millis);

  std::vector<char> bytes_;
  size_t size_ = 0;
  int64_t cached_day_ = INT64_MIN;
  char cached_text_[10] = {};
};

}  // namespace casebook
