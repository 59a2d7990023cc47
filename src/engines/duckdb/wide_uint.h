// WideUint: an unsigned whole number of N words of 64 bits, for arithmetic that __int128 is too narrow for.
//
// Wraps like the built-in ones. A number with a sign is kept in two's complement: IsNegative, Negated, Magnitude,
// Extended. For runtime_*.cc; knows no SQL.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace casebook::engines {

template <size_t N>
struct WideUint {
  __extension__ using Word2 = unsigned __int128;
  std::array<uint64_t, N> words{};  // the lowest first

  constexpr WideUint() = default;
  constexpr WideUint(uint64_t value) { words[0] = value; }  // NOLINT: implicit like the built-in ones

  static constexpr WideUint FromWord2(Word2 value) {
    static_assert(N >= 2);
    WideUint result(static_cast<uint64_t>(value));
    result.words[1] = static_cast<uint64_t>(value >> 64U);
    return result;
  }

  // Cut off, or filled up with zeros.
  template <size_t M>
  constexpr WideUint<M> Resized() const {
    WideUint<M> result;
    for (size_t i = 0; i < (N < M ? N : M); ++i) result.words[i] = words[i];
    return result;
  }
  // Of a number in two's complement.
  template <size_t M>
  constexpr WideUint<M> Extended() const {
    WideUint<M> result = Resized<M>();
    if (IsNegative()) {
      for (size_t i = N; i < M; ++i) result.words[i] = ~uint64_t{0};
    }
    return result;
  }

  constexpr bool IsZero() const {
    for (const uint64_t word : words) {
      if (word != 0) return false;
    }
    return true;
  }
  constexpr bool IsNegative() const { return (words[N - 1] >> 63U) != 0; }
  constexpr WideUint Negated() const { return WideUint() - *this; }
  constexpr WideUint Magnitude() const { return IsNegative() ? Negated() : *this; }

  constexpr size_t BitLength() const {
    for (size_t i = N; i-- > 0;) {
      if (words[i] != 0) return i * 64 + 64 - static_cast<size_t>(std::countl_zero(words[i]));
    }
    return 0;
  }
  constexpr bool Bit(size_t i) const { return ((words[i / 64] >> (i % 64)) & 1U) != 0; }

  constexpr WideUint& operator+=(const WideUint& other) {
    Word2 carry = 0;
    for (size_t i = 0; i < N; ++i) {
      carry += static_cast<Word2>(words[i]) + other.words[i];
      words[i] = static_cast<uint64_t>(carry);
      carry >>= 64U;
    }
    return *this;
  }
  constexpr WideUint& operator-=(const WideUint& other) {
    uint64_t borrow = 0;
    for (size_t i = 0; i < N; ++i) {
      const Word2 difference = static_cast<Word2>(words[i]) - other.words[i] - borrow;
      words[i] = static_cast<uint64_t>(difference);
      borrow = static_cast<uint64_t>(difference >> 64U) & 1U;
    }
    return *this;
  }
  constexpr WideUint& operator*=(uint64_t factor) {
    Word2 carry = 0;
    for (uint64_t& word : words) {
      carry += static_cast<Word2>(word) * factor;
      word = static_cast<uint64_t>(carry);
      carry >>= 64U;
    }
    return *this;
  }
  constexpr WideUint& operator<<=(size_t bits) {
    const size_t whole = bits / 64;
    const size_t part = bits % 64;
    for (size_t i = N; i-- > 0;) {
      const uint64_t high = i >= whole ? words[i - whole] : 0;
      const uint64_t low = i >= whole + 1 ? words[i - whole - 1] : 0;
      words[i] = part == 0 ? high : (high << part) | (low >> (64 - part));
    }
    return *this;
  }
  constexpr WideUint& operator>>=(size_t bits) {
    const size_t whole = bits / 64;
    const size_t part = bits % 64;
    for (size_t i = 0; i < N; ++i) {
      const uint64_t low = i + whole < N ? words[i + whole] : 0;
      const uint64_t high = i + whole + 1 < N ? words[i + whole + 1] : 0;
      words[i] = part == 0 ? low : (low >> part) | (high << (64 - part));
    }
    return *this;
  }
  // Divides and gives the remainder.
  constexpr uint64_t DivideBy(uint64_t divisor) {
    uint64_t rest = 0;
    for (size_t i = N; i-- > 0;) {
      const Word2 dividend = (static_cast<Word2>(rest) << 64U) | words[i];
      words[i] = static_cast<uint64_t>(dividend / divisor);
      rest = static_cast<uint64_t>(dividend % divisor);
    }
    return rest;
  }

  friend constexpr WideUint operator+(WideUint a, const WideUint& b) { return a += b; }
  friend constexpr WideUint operator-(WideUint a, const WideUint& b) { return a -= b; }
  friend constexpr WideUint operator<<(WideUint a, size_t bits) { return a <<= bits; }
  friend constexpr WideUint operator>>(WideUint a, size_t bits) { return a >>= bits; }
  constexpr bool operator==(const WideUint&) const = default;
  constexpr std::strong_ordering operator<=>(const WideUint& other) const {
    for (size_t i = N; i-- > 0;) {
      if (words[i] != other.words[i]) return words[i] <=> other.words[i];
    }
    return std::strong_ordering::equal;
  }
};

// The whole product, which N + M words always hold.
template <size_t N, size_t M>
constexpr WideUint<N + M> Product(const WideUint<N>& a, const WideUint<M>& b) {
  using Word2 = typename WideUint<N>::Word2;
  WideUint<N + M> result;
  for (size_t i = 0; i < N; ++i) {
    if (a.words[i] == 0) continue;
    Word2 carry = 0;
    for (size_t j = 0; j < M; ++j) {
      carry += static_cast<Word2>(a.words[i]) * b.words[j] + result.words[i + j];
      result.words[i + j] = static_cast<uint64_t>(carry);
      carry >>= 64U;
    }
    result.words[i + M] = static_cast<uint64_t>(carry);
  }
  return result;
}

template <size_t N>
struct WideQuotient {
  WideUint<N> quotient;
  WideUint<N> remainder;
};

// Long division in words (Knuth, volume 2, algorithm D). `divisor` is not 0.
template <size_t N>
constexpr WideQuotient<N> DivideWide(const WideUint<N>& dividend, const WideUint<N>& divisor) {
  using Word2 = typename WideUint<N>::Word2;
  WideQuotient<N> result;
  const size_t size = (divisor.BitLength() + 63) / 64;
  if (size == 1) {
    result.quotient = dividend;
    result.remainder = WideUint<N>(result.quotient.DivideBy(divisor.words[0]));
    return result;
  }
  if (dividend < divisor) {
    result.remainder = dividend;
    return result;
  }
  // Both are shifted, so that the divisor's highest bit is set and a guess of a digit is 2 too high at the most.
  const size_t shift = size * 64 - divisor.BitLength();
  const WideUint<N> low = divisor << shift;
  WideUint<N + 1> rest = dividend.template Resized<N + 1>() << shift;
  const Word2 top = low.words[size - 1];
  for (size_t place = N + 1 - size; place-- > 0;) {
    const Word2 leading = (static_cast<Word2>(rest.words[place + size]) << 64U) | rest.words[place + size - 1];
    Word2 digit = leading / top;
    Word2 left = leading % top;
    while ((digit >> 64U) != 0 ||
           digit * low.words[size - 2] > ((left << 64U) | rest.words[place + size - 2])) {
      --digit;
      left += top;
      if ((left >> 64U) != 0) break;
    }
    uint64_t borrow = 0;
    Word2 carry = 0;
    for (size_t i = 0; i <= size; ++i) {
      if (i < size) carry += digit * low.words[i];
      const Word2 difference = static_cast<Word2>(rest.words[place + i]) - static_cast<uint64_t>(carry) - borrow;
      rest.words[place + i] = static_cast<uint64_t>(difference);
      borrow = static_cast<uint64_t>(difference >> 64U) & 1U;
      carry >>= 64U;
    }
    if (borrow != 0) {
      --digit;
      Word2 sum = 0;
      for (size_t i = 0; i <= size; ++i) {
        sum += static_cast<Word2>(rest.words[place + i]) + (i < size ? low.words[i] : 0);
        rest.words[place + i] = static_cast<uint64_t>(sum);
        sum >>= 64U;
      }
    }
    if (place < N) result.quotient.words[place] = static_cast<uint64_t>(digit);
  }
  result.remainder = (rest >> shift).template Resized<N>();
  return result;
}

// The quotient, halves rounded up. `divisor` is not 0 and its double does not wrap.
template <size_t N>
constexpr WideUint<N> RoundedQuotient(const WideUint<N>& dividend, const WideUint<N>& divisor) {
  WideQuotient<N> result = DivideWide(dividend, divisor);
  if (result.remainder >= divisor - result.remainder) result.quotient += 1;
  return result.quotient;
}

template <size_t N>
constexpr WideUint<N> PowerOfTen(size_t exponent) {
  WideUint<N> result(1);
  for (size_t i = 0; i < exponent; ++i) result *= 10;
  return result;
}

}  // namespace casebook::engines
