#include "schema/row_batch.h"

#include <bit>
#include <cassert>

#include "base/result.h"

namespace casebook {

Type TypeOf(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kInt64: return TypeKind::kInt64;
    case ColumnKind::kFloat64: return TypeKind::kFloat64;
    case ColumnKind::kBool: return TypeKind::kBool;
    case ColumnKind::kString: return TypeKind::kString;
    case ColumnKind::kJson: return TypeKind::kJson;
    case ColumnKind::kBytes: return TypeKind::kBytes;
    case ColumnKind::kTimestamp: return TypeKind::kTimestamp;
    case ColumnKind::kDate: return TypeKind::kDate;
    case ColumnKind::kNumeric: return TypeKind::kNumeric;
    case ColumnKind::kStringArray: return Type::Array(TypeKind::kString);
  }
  Unreachable();
}

bool ColumnVector::IsText() const {
  return kind_ == ColumnKind::kString || kind_ == ColumnKind::kJson || kind_ == ColumnKind::kBytes;
}

void ColumnVector::AppendNull() {
  valid_.push_back(0);
  if (IsText()) {
    text_ends_.push_back(heap_.size());
  } else if (kind_ == ColumnKind::kStringArray) {
    numbers_.push_back(static_cast<int64_t>(text_ends_.size()));
  } else {
    numbers_.push_back(0);
  }
}

void ColumnVector::AppendInt64(int64_t value) {
  valid_.push_back(1);
  numbers_.push_back(value);
}

void ColumnVector::AppendFloat64(double value) { AppendInt64(std::bit_cast<int64_t>(value)); }
void ColumnVector::AppendBool(bool value) { AppendInt64(value ? 1 : 0); }
void ColumnVector::AppendTimestamp(Timestamp value) { AppendInt64(value.micros); }
void ColumnVector::AppendDate(Date value) { AppendInt64(value.days); }
void ColumnVector::AppendNumeric(int64_t billionths) { AppendInt64(billionths); }

void ColumnVector::AppendText(std::string_view value) {
  assert(IsText());
  valid_.push_back(1);
  heap_.append(value);
  text_ends_.push_back(heap_.size());
}

void ColumnVector::AppendTexts(std::span<const std::string_view> values) {
  assert(kind_ == ColumnKind::kStringArray);
  for (const std::string_view value : values) {
    heap_.append(value);
    text_ends_.push_back(heap_.size());
  }
  valid_.push_back(1);
  numbers_.push_back(static_cast<int64_t>(text_ends_.size()));
}

double ColumnVector::Float64(size_t row) const { return std::bit_cast<double>(numbers_[row]); }

std::string_view ColumnVector::Text(size_t row) const {
  const uint64_t begin = row == 0 ? 0 : text_ends_[row - 1];
  return std::string_view(heap_).substr(begin, text_ends_[row] - begin);
}

size_t ColumnVector::ListSize(size_t row) const {
  const int64_t begin = row == 0 ? 0 : numbers_[row - 1];
  return static_cast<size_t>(numbers_[row] - begin);
}

std::string_view ColumnVector::ListText(size_t row, size_t item) const {
  const size_t begin = row == 0 ? 0 : static_cast<size_t>(numbers_[row - 1]);
  return Text(begin + item);
}

size_t ColumnVector::ByteSize() const {
  return valid_.size() + numbers_.size() * sizeof(int64_t) + text_ends_.size() * sizeof(uint64_t) + heap_.size();
}

void ColumnVector::Clear() {
  valid_.clear();
  numbers_.clear();
  text_ends_.clear();
  heap_.clear();
}

void ColumnVector::AppendFrom(const ColumnVector& other, size_t row) {
  assert(kind_ == other.kind_);
  if (other.IsNull(row)) return AppendNull();
  if (IsText()) return AppendText(other.Text(row));
  if (kind_ != ColumnKind::kStringArray) return AppendInt64(other.Int64(row));
  std::vector<std::string_view> items(other.ListSize(row));
  for (size_t i = 0; i < items.size(); ++i) items[i] = other.ListText(row, i);
  AppendTexts(items);
}

RowBatch::RowBatch(std::span<const StoredColumn> columns) : layout_(columns) {
  columns_.reserve(columns.size());
  for (const StoredColumn& column : columns) columns_.emplace_back(column.kind);
}

void RowBatch::EndRow() {
  ++size_;
  for (ColumnVector& column : columns_) {
    if (column.size() < size_) column.AppendNull();
    assert(column.size() == size_);
  }
}

void RowBatch::AppendRowFrom(const RowBatch& other, size_t row) {
  for (size_t i = 0; i < columns_.size(); ++i) columns_[i].AppendFrom(other.columns_[i], row);
  ++size_;
}

size_t RowBatch::ByteSize() const {
  size_t bytes = 0;
  for (const ColumnVector& column : columns_) bytes += column.ByteSize();
  return bytes;
}

void RowBatch::Clear() {
  for (ColumnVector& column : columns_) column.Clear();
  size_ = 0;
}

}  // namespace casebook
