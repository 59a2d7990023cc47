// The notation in which types and values of the queries with known results are written as JSON.
//
// A type is a name, {"array": T}, {"struct": [[name, T], …]} or {"range": T}. Values: NULL null; BOOL, integers and
// FLOAT64 as JSON ("NaN", "Infinity", "-Infinity"); BYTES {"b64": text}; STRUCT a list; ARRAY {"a": […]} in fixed
// order, {"u": […]} in any; RANGE {"range": [start, end]}; all else printed text, a TIMESTAMP in UTC.
#pragma once

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "queries/answer_value.h"
#include "schema/type.h"

namespace casebook::conformance {

using Json = nlohmann::json;

Json TypeToJson(const Type& type);
Result<Type> TypeFromJson(const Json& json);

Json ValueToJson(const Type& type, const AnswerValue& value);
Result<AnswerValue> ValueFromJson(const Type& type, const Json& json);

// One line; bytes that are no UTF-8 are replaced.
std::string ToLine(const Json& json);

}  // namespace casebook::conformance
