#include "sql/parser.h"

#include "base/utf8.h"
#include "sql/literal.h"
#include "sql/parser_internal.h"

namespace casebook::sql {
namespace {

// A token as messages name it: `keyword FROM`, `identifier "x"`, `")"`.
std::string Describe(const Token& token) {
  constexpr size_t kShown = 60;
  std::string text;
  for (const char c : token.text.substr(0, kShown)) text += c == '\n' ? "\\n" : c == '\r' ? "\\r" : std::string(1, c);
  if (token.text.size() > kShown) text = ReplaceInvalidUtf8(text) + "...";
  switch (token.kind) {
    case TokenKind::kEnd:
    case TokenKind::kBad: return "end of script";
    case TokenKind::kWord:
      return token.terminal ? "keyword " + std::string(token.terminal.text()) : "identifier \"" + text + "\"";
    case TokenKind::kQuoted: return "identifier " + text;
    case TokenKind::kDashed: return "identifier \"" + text + "\"";
    case TokenKind::kInt: return "integer literal \"" + text + "\"";
    case TokenKind::kFloat: return "floating point literal \"" + text + "\"";
    case TokenKind::kString: return "string literal " + text;
    case TokenKind::kBytes: return "bytes literal " + text;
    case TokenKind::kSymbol: return "\"" + text + "\"";
  }
  Unreachable();
}

// What must hold of a text before it is cut into tokens.
SqlStatus CheckText(std::string_view sql) {
  if (sql.size() > kMaxQueryBytes) {
    return SqlError{SqlErrorKind::kLimit,
                    "query is longer than " + std::to_string(kMaxQueryBytes) + " bytes", 0, false};
  }
  if (!IsValidUtf8(sql)) return SqlError{SqlErrorKind::kInvalid, "query is not valid UTF-8", 0, false};
  return Nothing();
}

}  // namespace

bool Parser::AtName(size_t ahead) const {
  const Token& token = Peek(ahead);
  return token.kind == TokenKind::kQuoted || (token.kind == TokenKind::kWord && !token.terminal.IsReserved());
}

bool Parser::Accept(Terminal terminal) {
  if (!At(terminal)) return false;
  Skip();
  return true;
}

bool Parser::AcceptBoth(Terminal first, Terminal second) {
  if (!At(first) || !At(second, 1)) return false;
  at_ += 2;
  return true;
}

SqlStatus Parser::Expect(Terminal terminal) {
  if (Accept(terminal)) return Nothing();
  const std::string text(terminal.text());
  return ExpectedBut(terminal.IsSymbol() ? "\"" + text + "\"" : "keyword " + text);
}

SqlStatus Parser::ExpectEnd() const {
  if (AtEnd()) return Nothing();
  return ExpectedBut("end of input");
}

size_t Parser::AfterParentheses(size_t open) const {
  const size_t close = tokens_.list[open].match;
  return close == 0 ? tokens_.list.size() - 1 : close + 1;
}

SqlError Parser::Unexpected() const {
  if (AtKind(TokenKind::kBad)) return *tokens_.error;
  return InvalidSql("Syntax error: Unexpected " + Describe(Peek()), Here());
}

SqlError Parser::ExpectedBut(std::string_view what) const {
  if (AtKind(TokenKind::kBad)) return *tokens_.error;
  return InvalidSql("Syntax error: Expected " + std::string(what) + " but got " + Describe(Peek()), Here());
}

SqlError Parser::Refuse(std::string_view what) const {
  return UnsupportedSql(std::string(what) + " is not supported", Here());
}

SqlError Parser::TooDeep() const {
  return {SqlErrorKind::kLimit, "query is nested more than " + std::to_string(kMaxNesting) + " levels deep", Here()};
}

SqlStatus Parser::Grow() {
  if (++height_ <= kMaxTreeHeight) return Nothing();
  return SqlError{SqlErrorKind::kLimit,
                  "chain of more than " + std::to_string(kMaxTreeHeight) + " operators", Here()};
}

SqlError Parser::TooManyItems() const {
  return {SqlErrorKind::kLimit, "list of more than " + std::to_string(kMaxListItems) + " items", Here()};
}

// --- Names -----------------------------------------------------------------------------------------

SqlResult<std::string> Parser::Decode(const Token& token) const {
  auto value = DecodeLiteral(token.text);
  if (value.ok()) return value;
  SqlError error = value.error();
  error.position += token.begin;
  return error;
}

SqlResult<Identifier> Parser::ParseName() {
  if (!AtName()) return Unexpected();
  const Token& token = Peek();
  Identifier name{.text = std::string(token.text), .range = {token.begin, token.end}};
  if (token.kind == TokenKind::kQuoted) {
    ASSIGN_OR_RETURN(name.text, Decode(token));
    name.quoted = true;
  }
  Skip();
  return name;
}

SqlResult<std::optional<Identifier>> Parser::ParseOptionalAlias() {
  if (!Accept("AS") && !AtName()) return std::optional<Identifier>();
  ASSIGN_OR_RETURN(Identifier name, ParseName());
  return std::optional<Identifier>(std::move(name));
}

SqlResult<std::vector<Identifier>> Parser::ParseNameList() {
  std::vector<Identifier> names;
  RETURN_IF_ERROR(Expect("("));
  RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
    ASSIGN_OR_RETURN(names.emplace_back(), ParseName());
    return Nothing();
  }));
  RETURN_IF_ERROR(Expect(")"));
  return names;
}

SqlResult<Path> Parser::ParsePath() {
  Path path;
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(path.names.emplace_back(), ParseName());
  while (At(".") && AtName(1)) {
    Skip();
    ASSIGN_OR_RETURN(path.names.emplace_back(), ParseName());
  }
  path.range = Since(begin);
  return path;
}

// Appends the names of a back-quoted token: `a.b.c` is three, `example.com:p.d.t` has the project `example.com:p`.
SqlStatus Parser::AppendSplit(const Token& token, std::vector<Identifier>& names) const {
  ASSIGN_OR_RETURN(const std::string text, Decode(token));
  const bool as_written = text.size() + 2 == token.text.size();
  size_t begin = 0;
  size_t search = text.find(':');
  if (search == std::string::npos) search = 0;
  while (true) {
    const size_t end = std::min(text.find('.', search), text.size());
    if (begin == end) return InvalidSql("Syntax error: Invalid empty identifier", token.begin);
    Identifier name{.text = text.substr(begin, end - begin), .quoted = true, .range = {token.begin, token.end}};
    const auto offset = token.begin + 1;
    if (as_written && end - begin < text.size()) {
      name.range = {offset + static_cast<uint32_t>(begin), offset + static_cast<uint32_t>(end)};
    }
    names.push_back(std::move(name));
    if (end == text.size()) return Nothing();
    begin = search = end + 1;
  }
}

// Appends `soe-prod-7529`: words and numbers with dashes and no space between them.
SqlStatus Parser::AppendDashed(std::vector<Identifier>& names) {
  const uint32_t begin = Here();
  Skip();
  const auto touches = [&](size_t ahead) { return Peek(ahead).begin == Peek(ahead - 1).end; };
  while (At("-") && Here() == PreviousEnd() && touches(1) &&
         (AtKind(TokenKind::kWord, 1) || AtKind(TokenKind::kDashed, 1) || AtKind(TokenKind::kInt, 1) ||
          AtKind(TokenKind::kFloat, 1))) {
    at_ += 2;
  }
  const SourceRange range = Since(begin);
  names.push_back({std::string(sql_.substr(begin, range.end - begin)), false, range});
  return Nothing();
}

SqlResult<Path> Parser::ParseObjectPath() {
  Path path;
  const uint32_t begin = Here();
  do {
    if (!AtName()) return Unexpected();
    if (AtKind(TokenKind::kQuoted)) {
      RETURN_IF_ERROR(AppendSplit(Peek(), path.names));
      Skip();
    } else {
      RETURN_IF_ERROR(AppendDashed(path.names));
    }
  } while (Accept("."));
  path.range = Since(begin);
  return path;
}

// `path` with each back-quoted name split at its dots.
SqlResult<Path> Parser::SplitQuoted(Path path) const {
  std::vector<Identifier> names;
  for (Identifier& name : path.names) {
    if (!name.quoted || name.text.find('.') == std::string::npos) {
      names.push_back(std::move(name));
      continue;
    }
    const Token token{.kind = TokenKind::kQuoted,
                      .terminal = {},
                      .text = sql_.substr(name.range.begin, name.range.end - name.range.begin),
                      .begin = name.range.begin,
                      .end = name.range.end};
    RETURN_IF_ERROR(AppendSplit(token, names));
  }
  path.names = std::move(names);
  return path;
}

// --- Entry points ----------------------------------------------------------------------------------

SqlResult<StatementPtr> ParseStatement(std::string_view sql) {
  RETURN_IF_ERROR(CheckText(sql));
  Parser parser(sql);
  ASSIGN_OR_RETURN(StatementPtr statement, parser.ParseStatement());
  parser.Accept(";");
  RETURN_IF_ERROR(parser.ExpectEnd());
  return statement;
}

SqlResult<Script> ParseScript(std::string_view sql) {
  RETURN_IF_ERROR(CheckText(sql));
  return Parser(sql).ParseScript();
}

SqlResult<QueryPtr> ParseQuery(std::string_view sql) {
  RETURN_IF_ERROR(CheckText(sql));
  Parser parser(sql);
  ASSIGN_OR_RETURN(QueryPtr query, parser.ParseQuery());
  parser.Accept(";");
  RETURN_IF_ERROR(parser.ExpectEnd());
  return query;
}

SqlResult<ExprPtr> ParseExpression(std::string_view sql) {
  RETURN_IF_ERROR(CheckText(sql));
  Parser parser(sql);
  ASSIGN_OR_RETURN(ExprPtr expr, parser.ParseExpr());
  RETURN_IF_ERROR(parser.ExpectEnd());
  return expr;
}

SqlResult<TypeName> ParseType(std::string_view sql) {
  RETURN_IF_ERROR(CheckText(sql));
  Parser parser(sql);
  ASSIGN_OR_RETURN(TypeName type, parser.ParseType());
  RETURN_IF_ERROR(parser.ExpectEnd());
  return type;
}

}  // namespace casebook::sql
