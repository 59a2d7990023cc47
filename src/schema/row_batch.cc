#include "schema/row_batch.h"

#include <vector>

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

void ColumnVector::ReserveRow() {
  values_.Reserve(size_ + 1);
  valid_.Reserve(values_.capacity());
}

void ColumnVector::AppendTexts(std::span<const std::string_view> values) {
  assert(kind_ == ColumnKind::kStringArray);
  const auto items = static_cast<size_t>(end_);
  item_ends_.Reserve(items + values.size());
  size_t heap_end = items == 0 ? 0 : static_cast<size_t>(item_ends_[items - 1]);
  for (const std::string_view value : values) {
    heap_.Reserve(heap_end + value.size());
    if (!value.empty()) std::memcpy(heap_.data() + heap_end, value.data(), value.size());
    heap_end += value.size();
    item_ends_[static_cast<size_t>(end_++)] = static_cast<int64_t>(heap_end);
  }
  AppendRow(1, end_);
}

std::string_view ColumnVector::ListText(size_t row, size_t item) const {
  const size_t at = Begin(row) + item;
  const size_t begin = at == 0 ? 0 : static_cast<size_t>(item_ends_[at - 1]);
  return {heap_.data() + begin, static_cast<size_t>(item_ends_[at]) - begin};
}

size_t ColumnVector::ByteSize() const {
  const size_t rows = size_ * (sizeof(uint8_t) + sizeof(int64_t));
  if (kind_ != ColumnKind::kStringArray) return rows + static_cast<size_t>(end_);
  const auto items = static_cast<size_t>(end_);
  return rows + items * sizeof(int64_t) + (items == 0 ? 0 : static_cast<size_t>(item_ends_[items - 1]));
}

void ColumnVector::Clear() {
  size_ = 0;
  end_ = 0;
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
