#include "queries/vector_reader.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/timestamp.h"
#include "engines/duckdb/bignumeric.h"
#include "queries/value_text.h"

namespace casebook {
namespace {

__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

struct LogicalType {
  explicit LogicalType(duckdb_logical_type type) : value(type) {}
  ~LogicalType() { duckdb_destroy_logical_type(&value); }
  LogicalType(const LogicalType&) = delete;
  LogicalType& operator=(const LogicalType&) = delete;
  duckdb_logical_type value;
};

template <typename T>
T At(duckdb_vector vector, size_t row) {
  return static_cast<const T*>(duckdb_vector_get_data(vector))[row];
}

duckdb_hugeint ToHugeint(int64_t value) { return {static_cast<uint64_t>(value), value < 0 ? -1 : 0}; }

// The integer in `row`, of any of the engine's widths; nullopt where the vector holds something else.
std::optional<duckdb_hugeint> IntegerAt(duckdb_type stored, duckdb_vector vector, size_t row) {
  switch (stored) {
    case DUCKDB_TYPE_BOOLEAN: return ToHugeint(At<bool>(vector, row) ? 1 : 0);
    case DUCKDB_TYPE_TINYINT: return ToHugeint(At<int8_t>(vector, row));
    case DUCKDB_TYPE_SMALLINT: return ToHugeint(At<int16_t>(vector, row));
    case DUCKDB_TYPE_INTEGER: return ToHugeint(At<int32_t>(vector, row));
    case DUCKDB_TYPE_BIGINT: return ToHugeint(At<int64_t>(vector, row));
    case DUCKDB_TYPE_UTINYINT: return ToHugeint(At<uint8_t>(vector, row));
    case DUCKDB_TYPE_USMALLINT: return ToHugeint(At<uint16_t>(vector, row));
    case DUCKDB_TYPE_UINTEGER: return ToHugeint(At<uint32_t>(vector, row));
    case DUCKDB_TYPE_UBIGINT: return duckdb_hugeint{At<uint64_t>(vector, row), 0};
    case DUCKDB_TYPE_HUGEINT: return At<duckdb_hugeint>(vector, row);
    default: return std::nullopt;
  }
}

bool IsInteger(duckdb_type engine) {
  switch (engine) {
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_HUGEINT: return true;
    default: return false;
  }
}

bool IsTimestamp(duckdb_type engine) {
  switch (engine) {
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS: return true;
    default: return false;
  }
}

bool IsList(duckdb_type engine) { return engine == DUCKDB_TYPE_LIST || engine == DUCKDB_TYPE_ARRAY; }

// Whether a column of the engine's type can hold values of `kind`.
bool Holds(duckdb_type engine, TypeKind kind) {
  if (engine == DUCKDB_TYPE_SQLNULL) return true;
  switch (kind) {
    case TypeKind::kInt64:  // wider ones might not fit: the emitter has to cast them
      return IsInteger(engine) && engine != DUCKDB_TYPE_HUGEINT && engine != DUCKDB_TYPE_UBIGINT;
    case TypeKind::kFloat64: return engine == DUCKDB_TYPE_DOUBLE || engine == DUCKDB_TYPE_FLOAT;
    case TypeKind::kBigNumeric: return engine == DUCKDB_TYPE_BLOB;
    case TypeKind::kNumeric:
      return engine == DUCKDB_TYPE_DECIMAL || engine == DUCKDB_TYPE_VARCHAR || IsInteger(engine);
    case TypeKind::kBool: return engine == DUCKDB_TYPE_BOOLEAN;
    case TypeKind::kString:
    case TypeKind::kJson: return engine == DUCKDB_TYPE_VARCHAR;
    case TypeKind::kBytes: return engine == DUCKDB_TYPE_BLOB || engine == DUCKDB_TYPE_VARCHAR;
    case TypeKind::kDate: return engine == DUCKDB_TYPE_DATE || engine == DUCKDB_TYPE_TIMESTAMP;
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp: return IsTimestamp(engine) || IsInteger(engine);
    case TypeKind::kTime: return engine == DUCKDB_TYPE_TIME;
    case TypeKind::kInterval: return engine == DUCKDB_TYPE_INTERVAL || engine == DUCKDB_TYPE_STRUCT;
    case TypeKind::kArray: return IsList(engine);
    case TypeKind::kStruct:
    case TypeKind::kRange: return engine == DUCKDB_TYPE_STRUCT;
  }
  Unreachable();
}

// What the children of a value of `type` are, in the order of the engine's struct.
std::vector<Type> ChildTypes(const Type& type) {
  switch (type.kind()) {
    case TypeKind::kArray: return {type.element()};
    case TypeKind::kRange: return {type.element(), type.element()};
    case TypeKind::kInterval: return {TypeKind::kInt64, TypeKind::kInt64, TypeKind::kInt64};
    case TypeKind::kStruct: {
      std::vector<Type> types;
      for (const Type::Field& field : type.fields()) types.push_back(field.type);
      return types;
    }
    default: return {};
  }
}

int64_t FloorDivide(int64_t value, int64_t divisor) {
  const int64_t quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

}  // namespace

std::string DecimalText(duckdb_hugeint unscaled, int scale) {
  const Int128 value = (static_cast<Int128>(unscaled.upper) << 64) | static_cast<Int128>(unscaled.lower);
  const bool negative = value < 0;
  UInt128 rest = negative ? -static_cast<UInt128>(value) : static_cast<UInt128>(value);
  std::string digits;  // the last first
  int place = 0;
  for (; rest > 0 || place <= scale; ++place, rest /= 10) {
    const char digit = static_cast<char>('0' + static_cast<int>(rest % 10));
    if (place == scale && !digits.empty()) digits.push_back('.');
    if (place >= scale || digit != '0' || !digits.empty()) digits.push_back(digit);
  }
  if (negative) digits.push_back('-');
  std::reverse(digits.begin(), digits.end());
  return digits;
}

Result<VectorReader> VectorReader::Make(const Type& type, duckdb_logical_type engine_type) {
  VectorReader reader;
  reader.type_ = type;
  reader.engine_ = reader.stored_ = duckdb_get_type_id(engine_type);
  if (!Holds(reader.engine_, type.kind())) {
    return Unsupported("the engine answered with its type " + std::to_string(reader.engine_) + " where " +
                       type.ToString() + " was expected");
  }
  if (reader.engine_ == DUCKDB_TYPE_DECIMAL) {
    reader.scale_ = duckdb_decimal_scale(engine_type);
    reader.stored_ = duckdb_decimal_internal_type(engine_type);
  }
  RETURN_IF_ERROR(reader.AddChildren(engine_type));
  return reader;
}

Status VectorReader::AddChildren(duckdb_logical_type engine_type) {
  if (!IsList(engine_) && engine_ != DUCKDB_TYPE_STRUCT) return {};
  const std::vector<Type> types = ChildTypes(type_);
  if (engine_ == DUCKDB_TYPE_ARRAY) array_size_ = duckdb_array_type_array_size(engine_type);
  if (engine_ == DUCKDB_TYPE_STRUCT && duckdb_struct_type_child_count(engine_type) < types.size()) {
    return Unsupported("the engine answered with too few fields for " + type_.ToString());
  }
  for (size_t i = 0; i < types.size(); ++i) {
    const LogicalType child(engine_ == DUCKDB_TYPE_LIST    ? duckdb_list_type_child_type(engine_type)
                            : engine_ == DUCKDB_TYPE_ARRAY ? duckdb_array_type_child_type(engine_type)
                                                           : duckdb_struct_type_child_type(engine_type, i));
    ASSIGN_OR_RETURN(VectorReader reader, Make(types[i], child.value));
    children_.push_back(std::move(reader));
  }
  return {};
}

AnswerValue VectorReader::Read(duckdb_vector vector, size_t row) const {
  if (engine_ == DUCKDB_TYPE_SQLNULL || VectorIsNull(vector, row)) {
    // An answer does not tell a NULL array from an empty one, as in BigQuery.
    return type_.IsArray() ? AnswerValue(AnswerValue::List()) : AnswerValue();
  }
  switch (type_.kind()) {
    case TypeKind::kInt64:
    case TypeKind::kNumeric: return ReadNumber(vector, row);
    case TypeKind::kBigNumeric: return engines::BigNumericText(engines::DecodeBigNumeric(VectorText(vector, row)));
    case TypeKind::kFloat64:
      return engine_ == DUCKDB_TYPE_FLOAT ? static_cast<double>(At<float>(vector, row)) : At<double>(vector, row);
    case TypeKind::kBool: return At<bool>(vector, row);
    case TypeKind::kString:
    case TypeKind::kJson:
    case TypeKind::kBytes: return std::string(VectorText(vector, row));
    case TypeKind::kDate:
      if (engine_ == DUCKDB_TYPE_DATE) return static_cast<int64_t>(At<int32_t>(vector, row));
      return FloorDivide(At<int64_t>(vector, row), kMicrosPerDay);
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp:
    case TypeKind::kTime: return ReadInstant(vector, row);
    case TypeKind::kInterval:
      if (engine_ == DUCKDB_TYPE_INTERVAL) {
        const auto parts = At<duckdb_interval>(vector, row);
        return IntervalParts{parts.months, parts.days, parts.micros};
      } else {
        const auto parts = ReadFields(vector, row).list();
        return IntervalParts{parts[0].integer(), parts[1].integer(), parts[2].integer()};
      }
    case TypeKind::kArray: return ReadList(vector, row);
    case TypeKind::kStruct:
    case TypeKind::kRange: return ReadFields(vector, row);
  }
  Unreachable();
}

AnswerValue VectorReader::ReadNumber(duckdb_vector vector, size_t row) const {
  if (engine_ == DUCKDB_TYPE_VARCHAR) return std::string(VectorText(vector, row));
  const duckdb_hugeint number = IntegerAt(stored_, vector, row).value();
  if (type_.kind() != TypeKind::kInt64) return DecimalText(number, scale_);
  return static_cast<int64_t>(number.lower);
}

AnswerValue VectorReader::ReadInstant(duckdb_vector vector, size_t row) const {
  constexpr int64_t kMicrosPerMilli = 1000;
  constexpr int64_t kNanosPerMicro = 1000;
  const auto value = At<int64_t>(vector, row);
  if (engine_ == DUCKDB_TYPE_TIMESTAMP_S) return value * kMicrosPerSecond;
  if (engine_ == DUCKDB_TYPE_TIMESTAMP_MS) return value * kMicrosPerMilli;
  if (engine_ == DUCKDB_TYPE_TIMESTAMP_NS) return FloorDivide(value, kNanosPerMicro);
  return value;
}

AnswerValue VectorReader::ReadList(duckdb_vector vector, size_t row) const {
  duckdb_list_entry entry{row * array_size_, array_size_};
  if (engine_ == DUCKDB_TYPE_LIST) entry = At<duckdb_list_entry>(vector, row);
  const duckdb_vector elements =
      engine_ == DUCKDB_TYPE_LIST ? duckdb_list_vector_get_child(vector) : duckdb_array_vector_get_child(vector);
  AnswerValue::List list;
  list.reserve(entry.length);
  for (uint64_t i = 0; i < entry.length; ++i) list.push_back(children_[0].Read(elements, entry.offset + i));
  return list;
}

bool VectorReader::IsInfinite(duckdb_vector vector, size_t row) const {
  if (VectorIsNull(vector, row)) return false;
  if (engine_ == DUCKDB_TYPE_DATE) return !duckdb_is_finite_date(At<duckdb_date>(vector, row));
  return engine_ == DUCKDB_TYPE_TIMESTAMP && !duckdb_is_finite_timestamp(At<duckdb_timestamp>(vector, row));
}

AnswerValue VectorReader::ReadFields(duckdb_vector vector, size_t row) const {
  AnswerValue::List fields;
  fields.reserve(children_.size());
  for (size_t i = 0; i < children_.size(); ++i) {
    duckdb_vector child = duckdb_struct_vector_get_child(vector, i);
    const bool unbounded = type_.kind() == TypeKind::kRange && children_[i].IsInfinite(child, row);
    fields.push_back(unbounded ? AnswerValue() : children_[i].Read(child, row));
  }
  return fields;
}

}  // namespace casebook
