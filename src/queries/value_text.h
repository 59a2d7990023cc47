// How values are spelt, for people and for programs. The same in every format: docs/output.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "queries/answer_value.h"
#include "schema/type.h"

namespace casebook {

// Appends `value` as tables, CSV and TSV show it, before any quoting: `2025-03-28 16:42:10.318 UTC`, `3720.0`,
// BYTES in base64, ARRAY and STRUCT as JSON. NULL appends nothing.
void AppendText(const Type& type, const AnswerValue& value, std::string& out);
std::string ValueText(const Type& type, const AnswerValue& value);

// Appends `value` as JSON. INT64 beyond 2^53 and NUMERIC that a double cannot hold are strings, as are NaN and the
// infinities; all that JSON has no type for is a string in the spelling of AppendText().
void AppendJson(const Type& type, const AnswerValue& value, std::string& out);

// Appends `text` as a JSON string, in quotes.
void AppendJsonQuoted(std::string_view text, std::string& out);

// Shortest text that reads back as the same number, with a point or an exponent: `3720.0`, `1.0E20`.
std::string FloatText(double value);
// `2025-03-28 16:42:10.318 UTC`, the fraction in 0, 3 or 6 digits.
std::string TimestampText(int64_t micros);

}  // namespace casebook
