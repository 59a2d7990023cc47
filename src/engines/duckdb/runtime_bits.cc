// Bits of BYTES: all of one length, the first byte the most significant.
#include <bit>
#include <string>

#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {
namespace {

template <typename Operator>
Answer<Bytes> Combine(BytesView a, BytesView b, Operator combine) {
  if (a.bytes.size() != b.bytes.size()) {
    return Answer<Bytes>::Fail("Bitwise binary operator for BYTES requires equal length of the inputs; got " +
                               std::to_string(a.bytes.size()) + " and " + std::to_string(b.bytes.size()) + " bytes");
  }
  std::string out(a.bytes);
  for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(combine(out[i], b.bytes[i]));
  return Bytes{std::move(out)};
}
Answer<Bytes> And(BytesView a, BytesView b) { return Combine(a, b, [](int x, int y) { return x & y; }); }
Answer<Bytes> Or(BytesView a, BytesView b) { return Combine(a, b, [](int x, int y) { return x | y; }); }
Answer<Bytes> Xor(BytesView a, BytesView b) { return Combine(a, b, [](int x, int y) { return x ^ y; }); }
Answer<Bytes> Not(BytesView a) {
  std::string out(a.bytes);
  for (char& c : out) c = static_cast<char>(~c);
  return Bytes{std::move(out)};
}

// The byte whose first bit stands `bit` bits behind the first of `bytes`; zeros beyond both ends.
unsigned char ByteAt(std::string_view bytes, int64_t bit) {
  const int64_t index = bit >= 0 ? bit / 8 : -((7 - bit) / 8);
  const auto at = [&](int64_t i) -> unsigned {
    if (i < 0 || i >= static_cast<int64_t>(bytes.size())) return 0;
    return static_cast<unsigned char>(bytes[static_cast<size_t>(i)]);
  };
  const auto inside = static_cast<unsigned>(bit - index * 8);
  return static_cast<unsigned char>(((at(index) << 8U | at(index + 1)) << inside) >> 8U);
}

Answer<Bytes> Shift(BytesView a, int64_t by, bool left) {
  if (by < 0) return Answer<Bytes>::Fail("Bitwise shift by negative offset.");
  std::string out(a.bytes.size(), '\0');
  const auto bits = static_cast<int64_t>(out.size() * 8);
  if (by >= bits) return Bytes{std::move(out)};
  for (size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<char>(ByteAt(a.bytes, static_cast<int64_t>(i * 8) + (left ? by : -by)));
  }
  return Bytes{std::move(out)};
}
Answer<Bytes> ShiftLeft(BytesView a, int64_t by) { return Shift(a, by, true); }
Answer<Bytes> ShiftRight(BytesView a, int64_t by) { return Shift(a, by, false); }

Answer<int64_t> Count(BytesView a) {
  int64_t count = 0;
  for (const char c : a.bytes) count += std::popcount(static_cast<unsigned char>(c));
  return count;
}

}  // namespace

void AddBits(Registrar& registrar) {
  registrar.Add("gs_bytes_and", And);
  registrar.Add("gs_bytes_or", Or);
  registrar.Add("gs_bytes_xor", Xor);
  registrar.Add("gs_bytes_not", Not);
  registrar.Add("gs_bytes_shift_left", ShiftLeft);
  registrar.Add("gs_bytes_shift_right", ShiftRight);
  registrar.Add("gs_bytes_bit_count", Count);
}

}  // namespace casebook::engines
