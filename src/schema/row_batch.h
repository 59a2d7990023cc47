// RowBatch: rows of one table as columns, on their way from enrichment to the engine.
//
// No row objects: a writer appends one value to each column, in any order of columns, then ends the row.
#pragma once

#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "schema/growing_array.h"
#include "schema/type.h"

namespace casebook {

// What a stored column may hold.
enum class ColumnKind {
  kInt64,
  kFloat64,
  kBool,
  kString,
  kJson,       // text of one JSON value
  kBytes,
  kTimestamp,  // UTC microseconds
  kDate,
  kNumeric,    // in billionths
  kStringArray,
};

Type TypeOf(ColumnKind kind);

struct StoredColumn {
  std::string_view name;
  ColumnKind kind;
};

// The values of one column. Each row gets exactly one Append… or AppendNull.
class ColumnVector {
 public:
  explicit ColumnVector(ColumnKind kind) : kind_(kind) {}

  ColumnKind kind() const { return kind_; }
  size_t size() const { return size_; }

  void AppendNull() { AppendRow(0, end_); }
  void AppendInt64(int64_t value) { AppendRow(1, value); }  // kInt64
  void AppendFloat64(double value) { AppendInt64(std::bit_cast<int64_t>(value)); }  // kFloat64
  void AppendBool(bool value) { AppendInt64(value ? 1 : 0); }                       // kBool
  void AppendText(std::string_view value) {  // kString, kJson, kBytes; copied
    assert(IsText());
    const auto begin = static_cast<size_t>(end_);
    heap_.Reserve(begin + value.size());
    if (!value.empty()) std::memcpy(heap_.data() + begin, value.data(), value.size());
    end_ += static_cast<int64_t>(value.size());
    AppendRow(1, end_);
  }
  void AppendTimestamp(Timestamp value) { AppendInt64(value.micros); }
  void AppendDate(Date value) { AppendInt64(value.days); }
  void AppendNumeric(int64_t billionths) { AppendInt64(billionths); }
  void AppendTexts(std::span<const std::string_view> values);  // kStringArray; copied

  bool IsNull(size_t row) const { return valid_[row] == 0; }
  int64_t Int64(size_t row) const { return values_[row]; }  // also BOOL, TIMESTAMP, DATE, NUMERIC
  double Float64(size_t row) const { return std::bit_cast<double>(values_[row]); }
  std::string_view Text(size_t row) const {  // lives until the next append
    const size_t begin = Begin(row);
    return {heap_.data() + begin, static_cast<size_t>(values_[row]) - begin};
  }
  size_t ListSize(size_t row) const { return static_cast<size_t>(values_[row]) - Begin(row); }
  std::string_view ListText(size_t row, size_t item) const;

  size_t ByteSize() const;
  void Clear();  // keeps the memory
  // Appends row `row` of `other`, a column of the same kind.
  void AppendFrom(const ColumnVector& other, size_t row);

 private:
  bool IsText() const {
    return kind_ == ColumnKind::kString || kind_ == ColumnKind::kJson || kind_ == ColumnKind::kBytes;
  }
  size_t Begin(size_t row) const { return row == 0 ? 0 : static_cast<size_t>(values_[row - 1]); }
  void AppendRow(uint8_t valid, int64_t value) {
    if (size_ == values_.capacity()) ReserveRow();
    valid_[size_] = valid;
    values_[size_] = value;
    ++size_;
  }
  void ReserveRow();

  ColumnKind kind_;
  size_t size_ = 0;
  int64_t end_ = 0;                 // of texts the bytes in heap_, of lists their items; of numbers 0
  GrowingArray<uint8_t> valid_;
  GrowingArray<int64_t> values_;    // numbers, the bits of a FLOAT64, or `end_` after the row
  GrowingArray<int64_t> item_ends_;  // of lists: the end of each item in heap_
  GrowingArray<char> heap_;
};

class RowBatch {
 public:
  explicit RowBatch(std::span<const StoredColumn> columns);

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::span<const StoredColumn> layout() const { return layout_; }
  size_t column_count() const { return columns_.size(); }

  // `column` is an enumerator of the table's column list (case_columns.h and its neighbours).
  template <typename ColumnEnum>
  ColumnVector& operator[](ColumnEnum column) {
    return columns_[static_cast<size_t>(column)];
  }
  template <typename ColumnEnum>
  const ColumnVector& operator[](ColumnEnum column) const {
    return columns_[static_cast<size_t>(column)];
  }

  // Ends a row: columns that got no value since the last row get NULL.
  void EndRow() {
    ++size_;
    for (ColumnVector& column : columns_) {
      if (column.size() < size_) column.AppendNull();
      assert(column.size() == size_);
    }
  }

  void AppendRowFrom(const RowBatch& other, size_t row);
  size_t ByteSize() const;
  void Clear();  // keeps the memory

 private:
  std::span<const StoredColumn> layout_;  // static storage
  std::vector<ColumnVector> columns_;
  size_t size_ = 0;
};

}  // namespace casebook
