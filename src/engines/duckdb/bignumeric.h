// BIGNUMERIC: a number of 256 bits with a sign that counts steps of 10^-38, how the engine holds it, and as text.
//
// The engine has no such type: a value is a BLOB of 32 bytes, the highest first and the sign bit turned, so that the
// engine's order, equality, hash, MIN and MAX of BLOBs are those of the numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engines/duckdb/scalar_function.h"
#include "engines/duckdb/wide_uint.h"

namespace casebook::engines {

using Units = WideUint<4>;  // in two's complement

struct BigNumeric {
  Units units;
};

inline constexpr size_t kBigScale = 38;
inline constexpr size_t kBigBytes = 32;
inline constexpr Units kBigOne = PowerOfTen<4>(kBigScale);

std::array<char, kBigBytes> EncodeBigNumeric(const BigNumeric& value);
// Of bytes that EncodeBigNumeric made.
BigNumeric DecodeBigNumeric(std::string_view bytes);

// `-12.5`.
std::string BigNumericText(const BigNumeric& value);
// nullopt where it is no number or out of range.
std::optional<BigNumeric> ReadBigNumeric(std::string_view text);

// `magnitude` with a sign; nullopt where it is out of range.
template <size_t N>
std::optional<BigNumeric> WithSign(const WideUint<N>& magnitude, bool negative) {
  const Units units = magnitude.template Resized<4>();
  if (magnitude.BitLength() > 256) return std::nullopt;
  if (units.IsNegative() && !(negative && units.Negated() == units)) return std::nullopt;
  return BigNumeric{negative ? units.Negated() : units};
}

template <>
struct Slot<BigNumeric> {
  static duckdb_logical_type Type() { return duckdb_create_logical_type(DUCKDB_TYPE_BLOB); }
  static BigNumeric Read(const void* data, idx_t row) { return DecodeBigNumeric(ReadText(data, row)); }
  static void Write(duckdb_vector vector, idx_t row, const BigNumeric& value) {
    const auto bytes = EncodeBigNumeric(value);
    duckdb_vector_assign_string_element_len(vector, row, bytes.data(), bytes.size());
  }
};

}  // namespace casebook::engines
