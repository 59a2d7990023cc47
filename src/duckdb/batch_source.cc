#include "duckdb/batch_source.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstring>
#include <memory>

namespace casebook {

// The engine is given its address as a number and hands it back to Bind().
struct BatchTable::Source {
  std::span<const BatchRows> parts;
  std::span<const StoredColumn> layout;
  uint64_t total = 0;
};

namespace {

constexpr char kFunctionName[] = "casebook_row_batches";

using Source = BatchTable::Source;

// Hands out slices of a source to the engine's threads.
struct Scan {
  explicit Scan(const Source& rows) : source(&rows) {}
  const Source* source;
  std::vector<size_t> columns;  // that the query needs, in the order of the output
  std::atomic<uint64_t> next = 0;
};

duckdb_type StoredType(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kInt64: return DUCKDB_TYPE_BIGINT;
    case ColumnKind::kFloat64: return DUCKDB_TYPE_DOUBLE;
    case ColumnKind::kBool: return DUCKDB_TYPE_BOOLEAN;
    case ColumnKind::kString:
    case ColumnKind::kJson: return DUCKDB_TYPE_VARCHAR;
    case ColumnKind::kBytes: return DUCKDB_TYPE_BLOB;
    case ColumnKind::kTimestamp: return DUCKDB_TYPE_TIMESTAMP;
    case ColumnKind::kDate: return DUCKDB_TYPE_DATE;
    case ColumnKind::kNumeric: return DUCKDB_TYPE_DECIMAL;
    case ColumnKind::kStringArray: return DUCKDB_TYPE_LIST;
  }
  Unreachable();
}

duckdb_logical_type MakeStoredType(ColumnKind kind) {
  if (kind == ColumnKind::kNumeric) return duckdb_create_decimal_type(38, 9);
  if (kind != ColumnKind::kStringArray) return duckdb_create_logical_type(StoredType(kind));
  duckdb_logical_type text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
  duckdb_logical_type list = duckdb_create_list_type(text);
  duckdb_destroy_logical_type(&text);
  return list;
}

void Bind(duckdb_bind_info info) {
  duckdb_value parameter = duckdb_bind_get_parameter(info, 0);
  const auto* source = reinterpret_cast<const Source*>(duckdb_get_uint64(parameter));
  duckdb_destroy_value(&parameter);
  for (const StoredColumn& column : source->layout) {
    duckdb_logical_type type = MakeStoredType(column.kind);
    duckdb_bind_add_result_column(info, std::string(column.name).c_str(), type);
    duckdb_destroy_logical_type(&type);
  }
  duckdb_bind_set_cardinality(info, source->total, true);
  duckdb_bind_set_bind_data(info, const_cast<Source*>(source), nullptr);
}

void Init(duckdb_init_info info) {
  const auto* source = static_cast<const Source*>(duckdb_init_get_bind_data(info));
  duckdb_init_set_max_threads(info, source->total / duckdb_vector_size() + 1);
  auto scan = std::make_unique<Scan>(*source);
  for (idx_t i = 0; i < duckdb_init_get_column_count(info); ++i) {
    scan->columns.push_back(duckdb_init_get_column_index(info, i));
  }
  duckdb_init_set_init_data(info, scan.release(), [](void* data) { delete static_cast<Scan*>(data); });
}

// The engine's form of a text, which stays where it is: the parts outlive the statement, and what the engine keeps
// it copies.
duckdb_string_t Refer(std::string_view text) {
  constexpr size_t kMaxInlined = sizeof(duckdb_string_t::value.inlined.inlined);
  duckdb_string_t value{};  // the engine compares the bytes behind a short text too, so they are zero
  value.value.inlined.length = static_cast<uint32_t>(text.size());
  if (text.size() <= kMaxInlined) {
    if (!text.empty()) std::memcpy(value.value.inlined.inlined, text.data(), text.size());
  } else {
    std::memcpy(value.value.pointer.prefix, text.data(), sizeof(value.value.pointer.prefix));
    value.value.pointer.ptr = const_cast<char*>(text.data());
  }
  return value;
}

// The engine's vector of one column, filled from its first row.
class VectorWriter {
 public:
  explicit VectorWriter(duckdb_vector vector) : vector_(vector), data_(duckdb_vector_get_data(vector)) {}

  void Write(const ColumnVector& column, std::span<const uint32_t> rows, size_t at) {
    switch (column.kind()) {
      case ColumnKind::kInt64:
      case ColumnKind::kTimestamp:
        return WriteEach<int64_t>(column, rows, at, [&](size_t row) { return column.Int64(row); });
      case ColumnKind::kFloat64:
        return WriteEach<double>(column, rows, at, [&](size_t row) { return column.Float64(row); });
      case ColumnKind::kBool:
        return WriteEach<bool>(column, rows, at, [&](size_t row) { return column.Int64(row) != 0; });
      case ColumnKind::kDate:
        return WriteEach<int32_t>(column, rows, at, [&](size_t row) { return static_cast<int32_t>(column.Int64(row)); });
      case ColumnKind::kNumeric:
        return WriteEach<duckdb_hugeint>(column, rows, at, [&](size_t row) {
          const int64_t value = column.Int64(row);
          return duckdb_hugeint{static_cast<uint64_t>(value), value < 0 ? int64_t{-1} : int64_t{0}};
        });
      case ColumnKind::kString:
      case ColumnKind::kJson:
      case ColumnKind::kBytes:
        return WriteEach<duckdb_string_t>(column, rows, at, [&](size_t row) { return Refer(column.Text(row)); });
      case ColumnKind::kStringArray:
        return WriteLists(column, rows, at);
    }
    Unreachable();
  }

 private:
  template <typename T, typename Read>
  void WriteEach(const ColumnVector& column, std::span<const uint32_t> rows, size_t at, Read read) {
    T* data = static_cast<T*>(data_);
    for (const uint32_t row : rows) {
      if (column.IsNull(row)) {
        SetNull(at);
      } else {
        data[at] = read(row);
      }
      ++at;
    }
  }

  void SetNull(size_t at) {
    constexpr size_t kBitsAnEntry = 64;
    if (validity_ == nullptr) {
      duckdb_vector_ensure_validity_writable(vector_);
      validity_ = duckdb_vector_get_validity(vector_);
    }
    validity_[at / kBitsAnEntry] &= ~(uint64_t{1} << (at % kBitsAnEntry));
  }

  void WriteLists(const ColumnVector& column, std::span<const uint32_t> rows, size_t at) {
    const uint64_t before = list_size_;
    for (const uint32_t row : rows) list_size_ += column.IsNull(row) ? 0 : column.ListSize(row);
    duckdb_list_vector_reserve(vector_, list_size_);
    duckdb_list_vector_set_size(vector_, list_size_);
    auto* lists = static_cast<duckdb_list_entry*>(duckdb_vector_get_data(vector_));
    auto* items = static_cast<duckdb_string_t*>(duckdb_vector_get_data(duckdb_list_vector_get_child(vector_)));
    uint64_t next = before;
    for (const uint32_t row : rows) {
      if (column.IsNull(row)) SetNull(at);
      const uint64_t count = column.IsNull(row) ? 0 : column.ListSize(row);
      lists[at++] = {next, count};
      for (uint64_t i = 0; i < count; ++i) items[next++] = Refer(column.ListText(row, i));
    }
  }

  duckdb_vector vector_;
  void* data_;
  uint64_t* validity_ = nullptr;
  uint64_t list_size_ = 0;
};

// The part that holds the source's row `position`, and the row's place in it.
struct Place {
  const BatchRows* part;
  size_t offset;
};

Place Locate(const Source& source, uint64_t position) {
  for (const BatchRows& part : source.parts) {
    if (position < part.rows.size()) return {&part, position};
    position -= part.rows.size();
  }
  Unreachable();
}

void Function(duckdb_function_info info, duckdb_data_chunk output) {
  auto* scan = static_cast<Scan*>(duckdb_function_get_init_data(info));
  const Source& source = *scan->source;
  const uint64_t step = duckdb_vector_size();
  const uint64_t begin = scan->next.fetch_add(step);
  const uint64_t end = std::min(source.total, begin + step);
  if (begin >= end) return duckdb_data_chunk_set_size(output, 0);

  for (size_t c = 0; c < scan->columns.size(); ++c) {
    // Where the query needs no column at all, the engine asks for its row id, which no batch has.
    if (scan->columns[c] >= source.layout.size()) continue;
    VectorWriter writer(duckdb_data_chunk_get_vector(output, c));
    for (uint64_t at = begin; at < end;) {
      const Place place = Locate(source, at);
      const size_t count = std::min<size_t>(end - at, place.part->rows.size() - place.offset);
      const auto rows = std::span(place.part->rows).subspan(place.offset, count);
      writer.Write((*place.part->batch)[scan->columns[c]], rows, at - begin);
      at += count;
    }
  }
  duckdb_data_chunk_set_size(output, end - begin);
}

}  // namespace

std::string_view StoredTypeName(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kInt64: return "BIGINT";
    case ColumnKind::kFloat64: return "DOUBLE";
    case ColumnKind::kBool: return "BOOLEAN";
    case ColumnKind::kString:
    case ColumnKind::kJson: return "VARCHAR";
    case ColumnKind::kBytes: return "BLOB";
    case ColumnKind::kTimestamp: return "TIMESTAMP";
    case ColumnKind::kDate: return "DATE";
    case ColumnKind::kNumeric: return "DECIMAL(38,9)";
    case ColumnKind::kStringArray: return "VARCHAR[]";
  }
  Unreachable();
}

Status RegisterBatchSource(Connection& connection) {
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, kFunctionName);
  duckdb_logical_type address = duckdb_create_logical_type(DUCKDB_TYPE_UBIGINT);
  duckdb_table_function_add_parameter(function, address);
  duckdb_destroy_logical_type(&address);
  duckdb_table_function_set_bind(function, Bind);
  duckdb_table_function_set_init(function, Init);
  duckdb_table_function_set_function(function, Function);
  duckdb_table_function_supports_projection_pushdown(function, true);
  const duckdb_state state = duckdb_register_table_function(connection.handle(), function);
  duckdb_destroy_table_function(&function);
  if (state != DuckDBSuccess) return RuntimeError("could not register the source of row batches");
  return {};
}

BatchTable::BatchTable(std::span<const BatchRows> parts) : source_(std::make_unique<Source>()) {
  source_->parts = parts;
  for (const BatchRows& part : parts) {
    assert(source_->layout.empty() || source_->layout.data() == part.batch->layout().data());
    source_->layout = part.batch->layout();
    source_->total += part.rows.size();
  }
}

BatchTable::~BatchTable() = default;

bool BatchTable::empty() const { return source_->total == 0; }

std::string BatchTable::Sql() const {
  const auto address = std::to_string(reinterpret_cast<uintptr_t>(source_.get()));
  return std::string(kFunctionName) + "(" + address + "::UBIGINT)";
}

std::string BatchTable::ColumnNames() const {
  std::string names;
  for (const StoredColumn& column : source_->layout) {
    if (!names.empty()) names += ", ";
    names += QuoteIdentifier(column.name);
  }
  return names;
}

Status InsertRows(Connection& connection, const std::string& table, std::span<const BatchRows> parts) {
  const BatchTable rows(parts);
  if (rows.empty()) return {};
  const std::string columns = rows.ColumnNames();
  return connection.Execute("INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM " + rows.Sql());
}

}  // namespace casebook
