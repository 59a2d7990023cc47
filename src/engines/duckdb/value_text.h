// Any value of a vector of the engine as JSON, and as FORMAT's %t and %T print it.
#pragma once

#include <string>
#include <string_view>

#include "engines/duckdb/json_text.h"
#include "engines/duckdb/scalar_function.h"
#include "schema/type.h"

namespace casebook::engines {

// How numbers are written: for TO_JSON_STRING what FLOAT64 does not hold is a text; for TO_JSON it is a number, or a
// text if wide numbers are to be strings.
enum class JsonNumbers { kForString, kForJson, kForJsonWideAsText };

// Members keep the order of the fields.
Json JsonOfCell(const Cell& cell, const Type& type, JsonNumbers numbers);

enum class PrintForm { kPlain, kLiteral };  // %t, %T
std::string PrintCell(const Cell& cell, const Type& type, PrintForm form);

// As FORMAT takes it: a zero keeps its sign.
std::string FormatFloatText(double value);

// `"a\n"`, `b'a"'`: as a literal.
std::string TextLiteral(std::string_view text);
std::string BytesLiteral(std::string_view bytes);
std::string JsonLiteral(std::string_view json);

}  // namespace casebook::engines
