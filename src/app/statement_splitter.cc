#include "app/statement_splitter.h"

#include <utility>

#include "base/utf8.h"
#include "sql/lexer.h"

namespace casebook {
namespace {

// Whether what cannot be cut at the start of `text` may be complete with further lines.
bool MayGoOn(std::string_view text) {
  if (text.starts_with("/*")) return true;
  while (!text.empty() && std::string_view("rRbB").find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  return text.starts_with("\"\"\"") || text.starts_with("'''");
}

bool EndsWithSemicolon(std::string_view text) {
  const size_t last = text.find_last_not_of(" \t\r\n");
  return last != std::string_view::npos && text[last] == ';';
}

}  // namespace

void StatementSplitter::AddLine(std::string_view line) {
  text_ += line;
  if (text_.empty() || text_.back() != '\n') text_ += '\n';
}

std::optional<std::string> StatementSplitter::Next() {
  // The lexer wants valid UTF-8; what is not is for the parser to refuse.
  const sql::Tokens tokens = sql::Tokenize(IsValidUtf8(text_) ? text_ : ReplaceInvalidUtf8(text_));
  for (const sql::Token& token : tokens.list) {
    if (token.terminal == sql::Terminal(";")) {
      std::string statement = text_.substr(0, token.begin);
      text_.erase(0, token.end);
      return statement;
    }
    const bool is_hopeless = token.kind == sql::TokenKind::kBad && EndsWithSemicolon(text_) &&
                             !MayGoOn(std::string_view(text_).substr(token.begin));
    if (is_hopeless) return TakeRest();
  }
  return std::nullopt;
}

std::string StatementSplitter::TakeRest() { return std::exchange(text_, {}); }

bool StatementSplitter::IsEmpty() const {
  const sql::Tokens tokens = sql::Tokenize(IsValidUtf8(text_) ? text_ : "x");
  return tokens.list.front().kind == sql::TokenKind::kEnd;
}

}  // namespace casebook
