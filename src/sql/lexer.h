// Lexer: GoogleSQL text to tokens.
//
// Cuts only: strings are decoded by sql/literal.h, and what a word means is the parser's affair.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sql/sql_error.h"
#include "sql/terminal.h"

namespace casebook::sql {

enum class TokenKind {
  kEnd,     // right after the last; empty
  kBad,     // here the text is no GoogleSQL; the last token
  kWord,    // a keyword or an unquoted name
  kQuoted,  // a name in back quotes
  kDashed,  // digits and letters after a dash, as in `project-2b`; a name only together with what is before it
  kInt,
  kFloat,
  kString,
  kBytes,
  kSymbol,
};

// A slice of the query text. Tokens never outlive the query they were cut from.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  Terminal terminal;  // of keywords and symbols; none for a word after a dot or an @
  std::string_view text;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t match = 0;  // of `(`: the index of its `)`, or 0
};

struct Tokens {
  std::vector<Token> list;        // never empty: ends with kEnd or kBad
  std::optional<SqlError> error;  // why there is a kBad
};

inline constexpr size_t kMaxTokens = 400'000;

// Cuts `sql`, at most 4 GB of valid UTF-8.
Tokens Tokenize(std::string_view sql);

}  // namespace casebook::sql
