#include "simulator/text_buffer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/timestamp.h"

namespace casebook {
namespace {

constexpr int64_t kMillisPerDay = 86'400'000;
constexpr size_t kFirstCapacity = size_t{64} << 10U;

void WriteTwo(char* at, int64_t value) {
  at[0] = static_cast<char>('0' + value / 10);
  at[1] = static_cast<char>('0' + value % 10);
}

}  // namespace

void TextBuffer::Grow(size_t count) { bytes_.resize(std::max({kFirstCapacity, bytes_.size() * 2, size_ + count})); }

void TextBuffer::ShrinkTo(size_t capacity) {
  if (bytes_.size() <= capacity || size_ > capacity) return;
  bytes_.resize(capacity);
  bytes_.shrink_to_fit();
}

TextBuffer& TextBuffer::Integer(int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return *this << std::string_view(digits.data(), static_cast<size_t>(end - digits.data()));
}

TextBuffer& TextBuffer::WholeDouble(int64_t value) {
  if (value < 10'000'000) return Integer(value) << ".0";
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const auto length = static_cast<size_t>(end - digits.data());
  std::string_view rest(digits.data() + 1, length - 1);
  while (rest.size() > 1 && rest.back() == '0') rest.remove_suffix(1);
  *this << digits[0] << '.' << rest << 'E';
  return Integer(static_cast<int64_t>(length) - 1);
}

TextBuffer& TextBuffer::Hundredths(int64_t value) {
  Integer(value / 100) << '.';
  const int64_t rest = value % 100;
  *this << static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) *this << static_cast<char>('0' + rest % 10);
  return *this;
}

TextBuffer& TextBuffer::Escaped(std::string_view text) {
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find_first_of("\"\\\n", begin), text.size());
    *this << text.substr(begin, end - begin);
    if (end == text.size()) break;
    *this << '\\' << (text[end] == '\n' ? 'n' : text[end]);
    begin = end + 1;
  }
  return *this;
}

TextBuffer& TextBuffer::Day(int64_t millis, char separator) {
  const int64_t day = millis / kMillisPerDay;
  if (day != cached_day_) {
    const CivilDay civil = CivilFromDate({static_cast<int32_t>(day)});
    WriteTwo(cached_text_, civil.year / 100);
    WriteTwo(cached_text_ + 2, civil.year % 100);
    WriteTwo(cached_text_ + 5, civil.month);
    WriteTwo(cached_text_ + 8, civil.day);
    cached_day_ = day;
  }
  cached_text_[4] = separator;
  cached_text_[7] = separator;
  return *this << std::string_view(cached_text_, sizeof(cached_text_));
}

void TextBuffer::DayAndTime(int64_t millis) {
  Day(millis, '-');
  const int64_t second = millis % kMillisPerDay / 1000;
  char* const at = Extend(9);
  std::memcpy(at, "T00:00:00", 9);
  WriteTwo(at + 1, second / 3600);
  WriteTwo(at + 4, second / 60 % 60);
  WriteTwo(at + 7, second % 60);
}

TextBuffer& TextBuffer::Millis(int64_t millis) {
  DayAndTime(millis);
  char* const at = Extend(5);
  at[0] = '.';
  at[1] = static_cast<char>('0' + millis / 100 % 10);
  WriteTwo(at + 2, millis % 100);
  at[4] = 'Z';
  return *this;
}

TextBuffer& TextBuffer::CompactMinute(int64_t millis) {
  const size_t begin = size_;
  DayAndTime(millis);
  char* const at = bytes_.data() + begin;  // `2025-03-28T16:42:10`
  std::memmove(at + 4, at + 5, 2);
  std::memmove(at + 6, at + 8, 8);
  size_ = begin + 14;
  return *this;
}

TextBuffer& TextBuffer::Seconds(int64_t millis) {
  DayAndTime(millis);
  return *this << 'Z';
}

}  // namespace casebook
