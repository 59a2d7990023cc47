#include "sql/lexer.h"

#include <array>
#include <string>
#include <utility>

namespace casebook::sql {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsWordPart(char c) { return IsWordStart(c) || IsDigit(c); }
bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Bytes of the white space at the start of `text`, Unicode's included, or 0.
size_t SpaceLength(std::string_view text) {
  constexpr auto kWide = std::to_array<std::string_view>({
      "\xC2\xA0", "\xE1\x9A\x80", "\xE1\xA0\x8E", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83",
      "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A",
      "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80",
  });
  if (std::string_view(" \n\r\t\b\f\v").find(text[0]) != kNowhere) return 1;
  if (static_cast<unsigned char>(text[0]) < 0x80U) return 0;
  for (const auto space : kWide) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

// What stands in front of the quote of a string.
struct QuotePrefix {
  size_t length = 0;
  bool raw = false;
  bool bytes = false;
};

// The prefix of the string literal at the start of `text`, or nothing if there is none.
std::optional<QuotePrefix> StringPrefix(std::string_view text) {
  QuotePrefix prefix;
  for (; prefix.length < text.size() && prefix.length < 3; ++prefix.length) {
    const char c = text[prefix.length];
    if (c == '\'' || c == '"') return prefix;
    bool& flag = c == 'r' || c == 'R' ? prefix.raw : prefix.bytes;
    if (std::string_view("rRbB").find(c) == kNowhere || flag) return std::nullopt;
    flag = true;
  }
  return std::nullopt;
}

class Lexer {
 public:
  explicit Lexer(std::string_view sql) : sql_(sql) {}

  Tokens Run() && {
    while (!tokens_.error && SkipBlank()) {
      if (tokens_.list.size() >= kMaxTokens) {
        Fail({SqlErrorKind::kLimit, "query has more than " + std::to_string(kMaxTokens) + " tokens"}, at_);
      } else {
        Next();
      }
    }
    if (!tokens_.error) AddEnd();
    MatchParentheses();
    return std::move(tokens_);
  }

 private:
  char Peek(size_t ahead = 0) const { return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0'; }
  std::string_view Rest() const { return sql_.substr(at_); }

  void Add(TokenKind kind, size_t length, Terminal terminal = {}) {
    tokens_.list.push_back({.kind = kind,
                            .terminal = terminal,
                            .text = sql_.substr(at_, length),
                            .begin = static_cast<uint32_t>(at_),
                            .end = static_cast<uint32_t>(at_ + length)});
    at_ += length;
  }

  // Where the last token ends: what is missing is missed there, not after the blank lines that follow.
  void AddEnd() {
    at_ = tokens_.list.empty() ? 0 : tokens_.list.back().end;
    Add(TokenKind::kEnd, 0);
  }

  void Fail(SqlError error, size_t position) {
    error.position = static_cast<uint32_t>(position);
    tokens_.error = std::move(error);
    Add(TokenKind::kBad, 0);
  }
  void FailSyntax(std::string what, size_t position) {
    Fail(InvalidSql("Syntax error: " + std::move(what), 0), position);
  }

  // Skips white space and comments; false at the end of the text or after an error.
  bool SkipBlank() {
    while (at_ < sql_.size()) {
      if (const size_t space = SpaceLength(Rest())) {
        at_ += space;
      } else if (Peek() == '#' || Rest().starts_with("--")) {
        at_ = std::min(sql_.find_first_of("\r\n", at_), sql_.size());
      } else if (Rest().starts_with("/*")) {
        const size_t end = sql_.find("*/", at_ + 2);
        if (end == kNowhere) return FailSyntax("Unclosed comment", at_), false;
        at_ = end + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  void Next() {
    if (AfterDotOrAt() && IsWordPart(Peek())) return Add(TokenKind::kWord, WordLength());
    if (const auto prefix = StringPrefix(Rest())) return CutString(*prefix);
    if (Peek() == '`') return CutQuotedName();
    if (IsWordStart(Peek())) return CutWord();
    if (IsDigit(Peek()) || (Peek() == '.' && IsDigit(Peek(1)) && !DotBelongsToName())) return CutNumber();
    CutSymbol();
  }

  const Token* Last(size_t back = 0) const {
    return tokens_.list.size() > back ? &tokens_.list[tokens_.list.size() - 1 - back] : nullptr;
  }

  // Whether a word here is a name even if it is a keyword or starts with a digit: `t.from`, `d.2024`, `@end`.
  bool AfterDotOrAt() const {
    const Token* last = Last();
    if (last == nullptr) return false;
    return last->terminal == Terminal(".") || last->terminal == Terminal("@") || last->terminal == Terminal("@@");
  }

  // Whether a dot here continues a name or a value, so that no number starts with it.
  bool DotBelongsToName() const {
    const Token* last = Last();
    if (last == nullptr) return false;
    if (last->kind == TokenKind::kWord || last->kind == TokenKind::kDashed) return !last->terminal.IsReserved();
    return last->kind == TokenKind::kQuoted || last->terminal == Terminal(")") || last->terminal == Terminal("]");
  }

  // Whether what follows may be a part of a dashed name: `project-7529.dataset`.
  bool AfterDash() const {
    const Token* dash = Last();
    const Token* name = Last(1);
    return name != nullptr && dash->terminal == Terminal("-") && dash->end == at_ && name->end == dash->begin &&
           (name->kind == TokenKind::kWord || name->kind == TokenKind::kDashed ||
            name->kind == TokenKind::kInt || name->kind == TokenKind::kFloat);
  }

  size_t WordLength() const {
    size_t length = 0;
    while (IsWordPart(Peek(length))) ++length;
    return length;
  }

  void CutWord() {
    const size_t length = WordLength();
    Add(TokenKind::kWord, length, Terminal::OfWord(sql_.substr(at_, length)));
  }

  size_t Digits(size_t from) const {
    while (IsDigit(Peek(from))) ++from;
    return from;
  }

  // The end of an exponent that starts at `from`, or `from` if none does.
  size_t Exponent(size_t from) const {
    if (Peek(from) != 'e' && Peek(from) != 'E') return from;
    const size_t sign = Peek(from + 1) == '+' || Peek(from + 1) == '-' ? 1 : 0;
    const size_t digits = from + 1 + sign;
    return IsDigit(Peek(digits)) ? Digits(digits) : from;
  }

  void CutNumber() {
    if (Peek() == '0' && (Peek(1) == 'x' || Peek(1) == 'X') && IsHexDigit(Peek(2))) {
      size_t length = 2;
      while (IsHexDigit(Peek(length))) ++length;
      return FinishNumber(TokenKind::kInt, length);
    }
    const size_t whole = Digits(0);
    size_t length = whole;
    const bool name_follows = AfterDash() && Peek(whole) == '.' && IsWordStart(Peek(whole + 1));
    if (Peek(length) == '.' && !name_follows) length = Digits(length + 1);
    length = Exponent(length);
    FinishNumber(length == whole ? TokenKind::kInt : TokenKind::kFloat, length);
  }

  void FinishNumber(TokenKind kind, size_t length) {
    if (!IsWordPart(Peek(length))) return Add(kind, length);
    if (AfterDash()) return Add(TokenKind::kDashed, WordLength());
    FailSyntax("Missing whitespace between literal and alias", at_ + length);
  }

  // The index after the closing `quote`, searching from `from`, or kNowhere. A backslash keeps the next
  // character, in raw strings too.
  size_t ClosingQuote(std::string_view quote, size_t from) const {
    for (size_t i = from; i < sql_.size(); ++i) {
      if (sql_[i] == '\\') {
        ++i;
      } else if (sql_.compare(i, quote.size(), quote) == 0) {
        return i + quote.size();
      } else if (quote.size() == 1 && (sql_[i] == '\n' || sql_[i] == '\r')) {
        return kNowhere;
      }
    }
    return kNowhere;
  }

  void CutString(QuotePrefix prefix) {
    const size_t quote_at = at_ + prefix.length;
    const std::string triple(3, sql_[quote_at]);
    const bool is_triple = sql_.compare(quote_at, 3, triple) == 0;
    const std::string_view quote = sql_.substr(quote_at, is_triple ? 3 : 1);
    const size_t end = ClosingQuote(quote, quote_at + quote.size());
    if (end == kNowhere) {
      return FailSyntax(std::string("Unclosed ") + (is_triple ? "triple-quoted " : "") + (prefix.raw ? "raw " : "") +
                            (prefix.bytes ? "bytes literal" : "string literal"),
                        at_);
    }
    Add(prefix.bytes ? TokenKind::kBytes : TokenKind::kString, end - at_);
  }

  void CutQuotedName() {
    const size_t end = ClosingQuote("`", at_ + 1);
    if (end == kNowhere) return FailSyntax("Unclosed identifier literal", at_);
    if (end == at_ + 2) return FailSyntax("Invalid empty identifier", at_);
    Add(TokenKind::kQuoted, end - at_);
  }

  void CutSymbol() {
    const Terminal symbol = Terminal::OfSymbol(Rest());
    if (symbol) return Add(TokenKind::kSymbol, symbol.text().size(), symbol);
    size_t length = 1;
    while ((static_cast<unsigned char>(Peek(length)) & 0xC0U) == 0x80U) ++length;
    FailSyntax("Illegal input character \"" + std::string(sql_.substr(at_, length)) + "\"", at_);
  }

  void MatchParentheses() {
    std::vector<uint32_t> open;
    for (uint32_t i = 0; i < tokens_.list.size(); ++i) {
      if (tokens_.list[i].terminal == Terminal("(")) open.push_back(i);
      if (tokens_.list[i].terminal == Terminal(")") && !open.empty()) {
        tokens_.list[open.back()].match = i;
        open.pop_back();
      }
    }
  }

  std::string_view sql_;
  size_t at_ = 0;
  Tokens tokens_;
};

}  // namespace

Tokens Tokenize(std::string_view sql) { return Lexer(sql).Run(); }

}  // namespace casebook::sql
