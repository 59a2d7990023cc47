// Literals: strings, bytes and quoted names from their text to their value, and back.
#pragma once

#include <string>
#include <string_view>

#include "sql/sql_error.h"

namespace casebook::sql {

// The value of `literal`: a string, bytes or a back-quoted name with prefix and quotes, as the lexer cut it.
// A wrong escape is an error at its backslash, counted from the start of `literal`.
SqlResult<std::string> DecodeLiteral(std::string_view literal);

// `value` as a literal that decodes to it: `"a\nb"`, `b"\xff"`, `` `a b` ``.
std::string QuoteString(std::string_view value);
std::string QuoteBytes(std::string_view value);
std::string QuoteName(std::string_view name);

}  // namespace casebook::sql
