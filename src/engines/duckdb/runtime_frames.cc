// RANGE frames over FLOAT64 and NUMERIC: a key as a whole number that sorts as GoogleSQL sorts floats, and where a frame ends.
//
// The engine adds an offset to the key, which for floats would round and overflow. Between whole numbers the distance
// to the end of the frame is exact, so the engine gets that as its offset.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "engines/duckdb/bignumeric.h"
#include "engines/duckdb/numeric.h"

namespace casebook::engines {
namespace {

// NaN before all others, -0 and 0 the same.
int64_t OrderOf(double value) {
  constexpr int64_t kLowest = std::numeric_limits<int64_t>::min();
  if (std::isnan(value)) return kLowest;
  const auto bits = std::bit_cast<int64_t>(value);
  return bits < 0 ? kLowest - bits : bits;
}

Answer<int64_t> FloatOrder(double value) { return OrderOf(value); }

// The order of `key` plus or minus `offset`. What is finite stays so; NaN and infinities stay where they are.
Answer<int64_t> FrameEnd(double key, double offset, double sign) {
  if (std::isnan(offset) || offset < 0) {
    return Answer<int64_t>::Fail("Window framing expression must be a number that is not negative");
  }
  if (std::isnan(key)) return OrderOf(key);
  if (std::isinf(key)) {
    const bool away = std::isinf(offset) && key * sign < 0;
    if (away) return Answer<int64_t>::Fail("Offset value cannot be positive infinity when an order key is infinite");
    return OrderOf(key);
  }
  const double end = key + sign * offset;
  if (std::isinf(end) && !std::isinf(offset)) return OrderOf(std::copysign(std::numeric_limits<double>::max(), end));
  return OrderOf(end);
}

// An offset that the engine takes as it is.
Answer<int64_t> FrameOffset(int64_t offset) {
  if (offset < 0) return Answer<int64_t>::Fail("Window framing expression cannot evaluate to a negative value");
  return offset;
}

// A NUMERIC key is its number of billionths. The offset is cut where it leads to one beyond the type's last value: 10^38
// fits the engine's whole numbers, but twice as much does not.
Answer<Huge> NumericOrder(Numeric value) { return Huge{value.billionths}; }
Answer<Huge> NumericStep(Numeric key, Numeric offset, int64_t sign) {
  if (offset.billionths < 0) {
    return Answer<Huge>::Fail("Window framing expression must be a number that is not negative");
  }
  const Int128 ahead = sign < 0 ? key.billionths : -key.billionths;  // how far the key still is from 0, or behind it
  if (ahead >= 0) return Huge{offset.billionths};
  return Huge{std::min(offset.billionths, kMaxNumeric + 1 + ahead)};
}

// --- BIGNUMERIC, by the keys of the partition in ascending order (resolve_frame_places.cc) ----------

using WideKey = WideUint<5>;  // a key with an offset added or subtracted

struct SortedKeys {
  duckdb_vector child = nullptr;
  duckdb_list_entry entry{};

  WideKey At(uint64_t i) const { return DecodeBigNumeric(Cell{child, entry.offset + i}.Text()).units.Extended<5>(); }
  // How many are below `limit`, or not above it.
  uint64_t Count(const WideKey& limit, bool with_equal) const {
    uint64_t low = 0;
    uint64_t high = entry.length;
    while (low < high) {
      const uint64_t middle = low + (high - low) / 2;
      const WideKey difference = At(middle) - limit;
      const bool counts = difference.IsNegative() || (with_equal && difference.IsZero());
      (counts ? low : high) = counts ? middle + 1 : middle;
    }
    return low;
  }
  // How many stand before `limit` in the order of the rows, or not behind it.
  uint64_t CountBefore(const WideKey& limit, bool with_equal, bool descending) const {
    return descending ? entry.length - Count(limit, !with_equal) : Count(limit, with_equal);
  }
};

// (keys, key, rank of the row, offset, what bound it is)
Answer<int64_t> BigNumericStep(const Cells& cells) {
  constexpr int64_t kEnds = 1;
  constexpr int64_t kFollows = 2;
  constexpr int64_t kDescending = 4;
  const auto told = cells[4].Plain<int64_t>();
  const auto rank = cells[2].Plain<int64_t>();
  if (cells[3].IsNull()) return Answer<int64_t>::Fail("Window framing expression cannot be NULL");
  const BigNumeric offset = DecodeBigNumeric(cells[3].Text());
  if (offset.units.IsNegative()) {
    return Answer<int64_t>::Fail("Window framing expression must be a number that is not negative");
  }
  if (cells[1].IsNull() || cells[0].IsNull()) return int64_t{0};  // NULLs have only one another
  const SortedKeys keys{duckdb_list_vector_get_child(cells[0].vector), cells[0].Plain<duckdb_list_entry>()};
  const bool descending = (told & kDescending) != 0;
  const bool follows = (told & kFollows) != 0;
  const WideKey key = DecodeBigNumeric(cells[1].Text()).units.Extended<5>();
  const WideKey distance = offset.units.Extended<5>();
  const WideKey limit = follows != descending ? key + distance : key - distance;
  // Rows in front of the first key: NULLs, if they come first.
  const int64_t nulls = rank - 1 - static_cast<int64_t>(keys.CountBefore(key, false, descending));
  const bool ends = (told & kEnds) != 0;
  const int64_t place = nulls + static_cast<int64_t>(keys.CountBefore(limit, ends, descending)) + (ends ? 0 : 1);
  return std::max<int64_t>(follows ? place - rank : rank - place, 0);
}

}  // namespace

void AddFrames(Registrar& registrar) {
  registrar.Add("gs_float_order", FloatOrder);
  registrar.Add("gs_float_frame_end", FrameEnd);
  registrar.Add("gs_frame_offset", FrameOffset);
  registrar.Add("gs_numeric_order", NumericOrder);
  registrar.AddOverCells("gs_bignumeric_frame_step", BigNumericStep);
  registrar.Add("gs_numeric_frame_step", NumericStep);
}

}  // namespace casebook::engines
