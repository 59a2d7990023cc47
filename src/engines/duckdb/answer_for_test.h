// An answer of the engine as text, by the types of the resolved query. For tests only.
//
// NULL → null; numbers, booleans as in JSON; texts in quotes; arrays in [], structs in (), everything else as
// GoogleSQL prints it.
#pragma once

#include <duckdb.h>

#include <string>

#include "analysis/resolved.h"
#include "base/result.h"
#include "duckdb/connection.h"
#include "engines/duckdb/bignumeric.h"
#include "engines/duckdb/json_text.h"
#include "engines/duckdb/numeric.h"
#include "engines/duckdb/time_text.h"

namespace casebook::engines {

inline std::string HexForTest(std::string_view bytes) {
  std::string out;
  constexpr char kDigits[] = "0123456789abcdef";
  for (const char c : bytes) {
    out += kDigits[static_cast<unsigned char>(c) >> 4U];
    out += kDigits[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

inline std::string ValueForTest(duckdb_vector vector, size_t row, const Type& type) {
  if (VectorIsNull(vector, row)) return "null";
  const void* data = duckdb_vector_get_data(vector);
  switch (type.kind()) {
    case TypeKind::kBool: return static_cast<const bool*>(data)[row] ? "true" : "false";
    case TypeKind::kInt64: return std::to_string(static_cast<const int64_t*>(data)[row]);
    case TypeKind::kFloat64: return FloatText(static_cast<const double*>(data)[row]);
    case TypeKind::kNumeric: return NumericText(Slot<Numeric>::Read(data, row));
    case TypeKind::kString:
    case TypeKind::kJson: return QuoteJson(VectorText(vector, row));
    case TypeKind::kBytes: return "x'" + HexForTest(VectorText(vector, row)) + "'";
    case TypeKind::kDate: return DateText(static_cast<const int32_t*>(data)[row]);
    case TypeKind::kDatetime: return DatetimeText(static_cast<const int64_t*>(data)[row], ' ');
    case TypeKind::kTimestamp: return DatetimeText(static_cast<const int64_t*>(data)[row], ' ') + "+00";
    case TypeKind::kTime: return TimeText(static_cast<const int64_t*>(data)[row]);
    case TypeKind::kInterval: {
      const auto interval = Slot<analysis::IntervalValue>::Read(data, row);
      return std::to_string(interval.months) + "m " + std::to_string(interval.days) + "d " +
             std::to_string(interval.micros) + "us";
    }
    case TypeKind::kArray: {
      const auto entry = static_cast<const duckdb_list_entry*>(data)[row];
      std::string text = "[";
      for (uint64_t i = 0; i < entry.length; ++i) {
        text += (i > 0 ? ", " : "") +
                ValueForTest(duckdb_list_vector_get_child(vector), entry.offset + i, type.element());
      }
      return text + "]";
    }
    case TypeKind::kStruct: {
      std::string text = "(";
      for (size_t i = 0; i < type.fields().size(); ++i) {
        text += (i > 0 ? ", " : "") +
                ValueForTest(duckdb_struct_vector_get_child(vector, i), row, type.fields()[i].type);
      }
      return text + ")";
    }
    case TypeKind::kBigNumeric: return BigNumericText(DecodeBigNumeric(VectorText(vector, row)));
    case TypeKind::kRange: return "?";
  }
  Unreachable();
}

// The rows, a line each, columns by ` | `; or `error: …`.
inline std::string AnswerForTest(Connection& connection, const analysis::ResolvedQuery& query, const std::string& sql) {
  auto result = connection.Query(sql);
  if (!result.ok()) return "error: " + result.error().message;
  std::string text;
  while (true) {
    auto chunk = result.value().Next();
    if (!chunk.ok()) return "error: " + chunk.error().message;
    if (!chunk.value().has_value()) return text;
    for (size_t row = 0; row < chunk.value()->size(); ++row) {
      for (size_t i = 0; i < query.output.size(); ++i) {
        text += (i > 0 ? " | " : "") + ValueForTest(chunk.value()->vector(i), row, query.TypeOf(query.output[i].column));
      }
      text += "\n";
    }
  }
}

}  // namespace casebook::engines
