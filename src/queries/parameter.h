// QueryParameter: a value given beside the query, spelt `name:TYPE:value` as the bq tool spells it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "queries/answer_value.h"
#include "queries/json_tree.h"
#include "schema/type.h"

namespace casebook {

struct QueryParameter {
  std::string name;  // empty: positional
  Type type;
  AnswerValue value;
};

// Reads `name:TYPE:value`. An empty TYPE is STRING, an empty name makes the parameter positional, the value `NULL`
// is NULL. ARRAY, STRUCT and RANGE take JSON, `[1, 2]` and `{"a": 1}`; RANGE `[start, end)`.
Result<QueryParameter> ParseParameter(std::string_view text);

// `INT64`, `ARRAY<STRUCT<a INT64>>`, also under the names of other dialects: INTEGER, FLOAT, BOOLEAN, ….
Result<Type> ParseTypeText(std::string_view text);

// A scalar from its text, as CAST reads it; BYTES from base64.
Result<AnswerValue> ParseScalar(const Type& type, std::string_view text);

// A value of any type from JSON: the declared type decides, so 1 and "1" are the same INT64.
Result<AnswerValue> ValueFromJson(const Type& type, const JsonTree& json);

}  // namespace casebook
