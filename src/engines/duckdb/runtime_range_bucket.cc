// RANGE_BUCKET: how many elements of an array in ascending order are not above a point.
#include <cmath>
#include <string>
#include <string_view>
#include <type_traits>

#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {
namespace {

Answer<int64_t> Unordered(idx_t second) {
  return Answer<int64_t>::Fail("Elements in input array to RANGE_BUCKET must be in ascending order; those at positions " +
                               std::to_string(second) + " and " + std::to_string(second + 1) + " are not");
}

template <typename T>
T ReadAs(const Cell& cell) {
  if constexpr (std::is_same_v<T, std::string_view>) {
    return cell.Text();
  } else {
    return cell.Plain<T>();
  }
}
Int128 ReadNumeric(const Cell& cell) { return Slot<Numeric>::Read(duckdb_vector_get_data(cell.vector), cell.row).billionths; }

template <typename T>
bool IsNan(const T& value) {
  if constexpr (std::is_same_v<T, double>) return std::isnan(value);
  return false;
}

// `read` gives the value in a cell that is not NULL.
template <typename Read>
Answer<int64_t> Bucket(const Cell& point, const Cell& array, Read read) {
  const auto wanted = read(point);
  if (IsNan(wanted)) return nullptr;
  const auto entry = array.Plain<duckdb_list_entry>();
  Cell element{duckdb_list_vector_get_child(array.vector), entry.offset};
  auto before = wanted;
  int64_t bucket = 0;
  for (idx_t i = 0; i < entry.length; ++i, ++element.row) {
    if (i == 0 && element.IsNull()) return Answer<int64_t>::Fail("Elements in input array to RANGE_BUCKET cannot be null");
    if (element.IsNull()) return Unordered(i);
    const auto value = read(element);
    if (i == 0 && IsNan(value)) return Answer<int64_t>::Fail("Elements in input array to RANGE_BUCKET cannot be NaN");
    if (IsNan(value) || (i > 0 && value < before)) return Unordered(i);
    if (value <= wanted) ++bucket;
    before = value;
  }
  return bucket;
}

duckdb_type TypeOf(duckdb_vector vector) {
  duckdb_logical_type logical = duckdb_vector_get_column_type(vector);
  const duckdb_type type = duckdb_get_type_id(logical);
  duckdb_destroy_logical_type(&logical);
  return type;
}

Answer<int64_t> RangeBucket(const Cells& cells) {
  const Cell& point = cells[0];
  const Cell& array = cells[1];
  if (point.IsNull() || array.IsNull()) return nullptr;
  switch (TypeOf(point.vector)) {
    case DUCKDB_TYPE_BOOLEAN: return Bucket(point, array, ReadAs<bool>);
    case DUCKDB_TYPE_DOUBLE: return Bucket(point, array, ReadAs<double>);
    case DUCKDB_TYPE_DECIMAL: return Bucket(point, array, ReadNumeric);
    case DUCKDB_TYPE_DATE: return Bucket(point, array, ReadAs<int32_t>);
    case DUCKDB_TYPE_VARCHAR:
    case DUCKDB_TYPE_BLOB: return Bucket(point, array, ReadAs<std::string_view>);
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_TIME:
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ: return Bucket(point, array, ReadAs<int64_t>);
    default: return Answer<int64_t>::Fail("RANGE_BUCKET of this type is not supported");
  }
}

}  // namespace

void AddRangeBucket(Registrar& registrar) { registrar.AddOverCells("gs_range_bucket", RangeBucket); }

}  // namespace casebook::engines
