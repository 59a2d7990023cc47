// Terminal: the keywords and symbols of GoogleSQL, each a number that is known when the parser is compiled.
//
// `Terminal("FROM")` with a word that is no keyword does not compile. Used by the lexer and the parser only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace casebook::sql {

inline constexpr auto kSymbols = std::to_array<std::string_view>({
    "(", ")", "[", "]", "{", "}", ",", ";", ".",  "+",  "-",  "*",  "/",  "~",  "&",  "|",  "^",
    "<", ">", "=", "?", "@", ":", "$", "@@", "||", "<<", "<=", ">=", "<>", "!=", "=>", "->", "|>",
});

// Sorted; as the reference lists them.
inline constexpr auto kReservedWords = std::to_array<std::string_view>({
    "ALL", "AND", "ANY", "ARRAY", "AS", "ASC", "ASSERT_ROWS_MODIFIED", "AT", "BETWEEN", "BY", "CASE",
    "CAST", "COLLATE", "CONTAINS", "CREATE", "CROSS", "CUBE", "CURRENT", "DEFAULT", "DEFINE", "DESC",
    "DISTINCT", "ELSE", "END", "ENUM", "ESCAPE", "EXCEPT", "EXCLUDE", "EXISTS", "EXTRACT", "FALSE",
    "FETCH", "FOLLOWING", "FOR", "FROM", "FULL", "GROUP", "GROUPING", "GROUPS", "HASH", "HAVING", "IF",
    "IGNORE", "IN", "INNER", "INTERSECT", "INTERVAL", "INTO", "IS", "JOIN", "LATERAL", "LEFT", "LIKE",
    "LIMIT", "LOOKUP", "MERGE", "NATURAL", "NEW", "NO", "NOT", "NULL", "NULLS", "OF", "ON", "OR", "ORDER",
    "OUTER", "OVER", "PARTITION", "PRECEDING", "PROTO", "QUALIFY", "RANGE", "RECURSIVE", "RESPECT",
    "RIGHT", "ROLLUP", "ROWS", "SELECT", "SET", "SOME", "STRUCT", "TABLESAMPLE", "THEN", "TO", "TREAT",
    "TRUE", "UNBOUNDED", "UNION", "UNNEST", "USING", "WHEN", "WHERE", "WINDOW", "WITH", "WITHIN",
});

// Sorted. They are names wherever the grammar does not ask for the word.
inline constexpr auto kUnreservedWords = std::to_array<std::string_view>({
    "ABORT", "ADD", "AFTER", "AGGREGATE", "ALTER", "ANALYZE", "ASSERT", "BATCH", "BEGIN", "BIGDECIMAL",
    "BIGNUMERIC", "BREAK", "CALL", "CLONE", "COLUMN", "COMMIT", "CONNECTION", "CONSTANT", "CONTINUE",
    "COPY", "CORRESPONDING", "DATE", "DATETIME", "DECIMAL", "DECLARE", "DEFINER", "DELETE", "DEPTH",
    "DESCRIBE", "DESCRIPTOR", "DIFFERENTIAL_PRIVACY", "DROP", "EXECUTE", "EXPLAIN", "EXPORT", "EXTEND",
    "EXTERNAL", "FILTER", "FIRST", "FORK", "FORMAT", "FUNCTION", "GRANT", "IMMEDIATE", "IMPORT", "INCLUDE",
    "INDEX", "INSERT", "INVOKER", "ITERATE", "JSON", "KEY", "LANGUAGE", "LAST", "LEAVE", "LOAD", "LOG",
    "LOOP", "MATCH_RECOGNIZE", "MATERIALIZED", "MAX", "MIN", "MODEL", "MODULE", "NAME", "NUMERIC",
    "OFFSET", "OPTIONS", "PERCENT", "PIVOT", "PROCEDURE", "RAISE", "RENAME", "REPEAT", "REPEATABLE",
    "REPLACE", "REPLACE_FIELDS", "RETURN", "RETURNS", "REVOKE", "ROLLBACK", "ROW", "SAFE_CAST", "SCHEMA",
    "SECURITY", "SETS", "SHOW", "SNAPSHOT", "SQL", "START", "STATIC_DESCRIBE", "STRICT", "SYSTEM",
    "SYSTEM_TIME", "TABLE", "TEE", "TEMP", "TEMPORARY", "TIME", "TIMESTAMP", "TRANSACTION", "TRUNCATE",
    "TYPE", "UNDROP", "UNKNOWN", "UNPIVOT", "UPDATE", "VALUE", "VALUES", "VIEW", "WEIGHT", "WHILE", "ZONE",
});

class Terminal {
 public:
  constexpr Terminal() = default;  // neither keyword nor symbol
  // The terminal spelt `text`, in capitals.
  consteval Terminal(const char* text) : code_(Find(text)) {}  // NOLINT: implicit, so that At("FROM") reads well

  // Of a word in any case, or none.
  static Terminal OfWord(std::string_view word);
  // The longest symbol at the start of `text`, or none.
  static Terminal OfSymbol(std::string_view text);

  std::string_view text() const;
  bool IsReserved() const { return code_ > kSymbols.size() && code_ <= kSymbols.size() + kReservedWords.size(); }
  bool IsSymbol() const { return code_ != 0 && code_ <= kSymbols.size(); }
  constexpr explicit operator bool() const { return code_ != 0; }
  constexpr bool operator==(const Terminal&) const = default;

 private:
  constexpr explicit Terminal(size_t code) : code_(static_cast<uint16_t>(code)) {}

  static consteval uint16_t Find(std::string_view text) {
    size_t code = 0;
    for (const auto symbol : kSymbols) {
      if (++code; symbol == text) return static_cast<uint16_t>(code);
    }
    for (const auto word : kReservedWords) {
      if (++code; word == text) return static_cast<uint16_t>(code);
    }
    for (const auto word : kUnreservedWords) {
      if (++code; word == text) return static_cast<uint16_t>(code);
    }
    throw "neither a keyword nor a symbol";
  }

  uint16_t code_ = 0;  // from 1: symbols, reserved words, unreserved words
};

// Names and keywords compare without the case of ASCII letters.
bool EqualsIgnoringCase(std::string_view a, std::string_view b);

// Whether `word` must be back-quoted to be a name.
bool IsReservedWord(std::string_view word);

}  // namespace casebook::sql
