// VectorReader: the engine's column vectors as answer values.
//
// The one place that knows how each GoogleSQL type may come out of the engine: a NUMERIC as DECIMAL, integer or
// text, a JSON as text, a RANGE as a struct of two. For answer.cc only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "duckdb/connection.h"
#include "queries/answer_value.h"
#include "schema/type.h"

namespace casebook {

class VectorReader {
 public:
  // Reads vectors of the engine's `engine_type` as `type`. kUnsupported where the one cannot hold the other.
  static Result<VectorReader> Make(const Type& type, duckdb_logical_type engine_type);

  AnswerValue Read(duckdb_vector vector, size_t row) const;

 private:
  VectorReader() = default;

  Status AddChildren(duckdb_logical_type engine_type);
  AnswerValue ReadNumber(duckdb_vector vector, size_t row) const;
  AnswerValue ReadInstant(duckdb_vector vector, size_t row) const;
  AnswerValue ReadList(duckdb_vector vector, size_t row) const;
  AnswerValue ReadFields(duckdb_vector vector, size_t row) const;
  // An unbounded end of a RANGE.
  bool IsInfinite(duckdb_vector vector, size_t row) const;

  Type type_;
  duckdb_type engine_ = DUCKDB_TYPE_INVALID;
  duckdb_type stored_ = DUCKDB_TYPE_INVALID;  // of a DECIMAL: the integer that holds it
  uint8_t scale_ = 0;
  uint64_t array_size_ = 0;
  std::vector<VectorReader> children_;  // of a list its elements, of a struct its fields
};

// `unscaled` / 10^scale without trailing zeros.
std::string DecimalText(duckdb_hugeint unscaled, int scale);

}  // namespace casebook
