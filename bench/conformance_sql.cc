#include "bench/conformance_sql.h"

#include <string_view>

#include "schema/table.h"
#include "sql/lexer.h"

namespace casebook::conformance {
namespace {

using sql::Token;
using sql::TokenKind;

// Whether list[i] stands where a type does: after AS, `<` or the name of a field or argument, before `)`, `>` or `,`.
bool IsTypePlace(const std::vector<Token>& list, size_t i) {
  const std::string_view before = list[i - 1].text;
  const std::string_view after = list[i + 1].text;
  const bool ends = after == ")" || after == ">" || after == ">>" || after == ",";
  const bool starts = before == "<" || list[i - 1].kind == TokenKind::kWord || list[i - 1].kind == TokenKind::kQuoted;
  return starts && ends && !EqualIgnoringCase(before, "select") && !EqualIgnoringCase(before, "by");
}

}  // namespace

std::string WithFloat64(const std::string& sql) {
  const sql::Tokens tokens = sql::Tokenize(sql);
  std::string result = sql;
  for (size_t i = tokens.list.size() - 1; i-- > 1;) {
    const Token& token = tokens.list[i];
    if (token.kind != TokenKind::kWord || !EqualIgnoringCase(token.text, "double")) continue;
    if (IsTypePlace(tokens.list, i)) result.replace(token.begin, token.end - token.begin, "FLOAT64");
  }
  return result;
}

std::string WithInlined(const std::string& sql, const std::string& name, const std::string& expression) {
  const sql::Tokens tokens = sql::Tokenize(sql);
  std::string result = sql;
  for (size_t i = tokens.list.size(); i-- > 1;) {
    const Token& at = tokens.list[i - 1];
    const Token& token = tokens.list[i];
    if (at.text != "@" || at.end != token.begin || !EqualIgnoringCase(token.text, name)) continue;
    result.replace(at.begin, token.end - at.begin, "(" + expression + ")");
  }
  return result;
}

}  // namespace casebook::conformance
