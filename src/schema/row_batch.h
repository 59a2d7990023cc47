// RowBatch: rows of one table as columns, on their way from enrichment to the engine.
//
// No row objects: a writer appends one value to each column, in any order of columns, then ends the row.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
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
  size_t size() const { return valid_.size(); }

  void AppendNull();
  void AppendInt64(int64_t value);       // kInt64
  void AppendFloat64(double value);      // kFloat64
  void AppendBool(bool value);           // kBool
  void AppendText(std::string_view value);  // kString, kJson, kBytes; copied
  void AppendTimestamp(Timestamp value);
  void AppendDate(Date value);
  void AppendNumeric(int64_t billionths);
  void AppendTexts(std::span<const std::string_view> values);  // kStringArray; copied

  bool IsNull(size_t row) const { return valid_[row] == 0; }
  int64_t Int64(size_t row) const { return numbers_[row]; }  // also BOOL, TIMESTAMP, DATE, NUMERIC
  double Float64(size_t row) const;
  std::string_view Text(size_t row) const;  // lives until the next append
  size_t ListSize(size_t row) const;
  std::string_view ListText(size_t row, size_t item) const;

  size_t ByteSize() const;
  void Clear();
  // Appends row `row` of `other`, a column of the same kind.
  void AppendFrom(const ColumnVector& other, size_t row);

 private:
  bool IsText() const;

  ColumnKind kind_;
  std::vector<uint8_t> valid_;
  std::vector<int64_t> numbers_;    // numbers, or the bits of a FLOAT64; for lists: items before the row's end
  std::vector<uint64_t> text_ends_;  // ends of texts in heap_: a row's, or an item's
  std::string heap_;
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
  void EndRow();

  void AppendRowFrom(const RowBatch& other, size_t row);
  size_t ByteSize() const;
  void Clear();

 private:
  std::span<const StoredColumn> layout_;  // static storage
  std::vector<ColumnVector> columns_;
  size_t size_ = 0;
};

}  // namespace casebook
