// Statements beside queries, and the refusal of those that this program does not do.
#include <array>

#include "sql/parser_internal.h"

namespace casebook::sql {

SqlResult<Script> Parser::ParseScript() {
  Script script;
  while (true) {
    while (Accept(";")) {
    }
    if (AtEnd()) break;
    if (script.statements.size() >= kMaxListItems) return TooManyItems();
    ASSIGN_OR_RETURN(script.statements.emplace_back(), ParseStatement());
    if (AtEnd()) break;
    if (!At(";")) return ExpectedBut("end of input");
  }
  if (script.statements.empty()) return Unexpected();
  return script;
}

SqlResult<StatementPtr> Parser::ParseStatement() {
  const Nest nest(*this);
  if (nest.TooDeep()) return TooDeep();
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(StatementPtr statement, ParseOneStatement());
  return Done(std::move(statement), begin);
}

SqlResult<StatementPtr> Parser::ParseOneStatement() {
  if (At("SELECT") || At("WITH") || At("FROM") || At("(")) {
    auto node = std::make_unique<QueryStatement>();
    ASSIGN_OR_RETURN(node->query, ParseQuery());
    return node;
  }
  if (At("CREATE")) return ParseCreate();
  if (At("DROP")) return ParseDrop();
  if (At("DECLARE")) return ParseDeclare();
  if (At("SET")) return ParseSet();
  if (At("EXPLAIN")) return ParseExplain();
  return RefuseStatement();
}

// At a word that starts no statement which this program does.
SqlError Parser::RefuseStatement() const {
  constexpr auto kKnown = std::to_array<Terminal>({
      "INSERT",  "UPDATE", "DELETE",   "MERGE",  "TRUNCATE", "ALTER",    "GRANT",    "REVOKE", "EXPORT",
      "LOAD",    "CALL",   "BEGIN",    "COMMIT", "ROLLBACK", "IF",       "LOOP",     "WHILE",  "REPEAT",
      "FOR",     "RAISE",  "ASSERT",   "DEFINE", "DESCRIBE", "SHOW",     "ANALYZE",  "IMPORT", "MODULE",
      "RETURN",  "BREAK",  "CONTINUE", "LEAVE",  "ITERATE",  "UNDROP",   "EXECUTE",  "CLONE",  "START",
      "ABORT",   "BATCH",  "CASE",     "COPY",   "RENAME",
  });
  for (const Terminal known : kKnown) {
    if (!At(known)) continue;
    const std::string two = At("EXECUTE") && At("IMMEDIATE", 1) ? " IMMEDIATE" : "";
    return Refuse(std::string(known.text()) + two);
  }
  return Unexpected();
}

SqlResult<StatementPtr> Parser::ParseExplain() {
  Skip();
  auto node = std::make_unique<ExplainStatement>();
  ASSIGN_OR_RETURN(node->statement, ParseStatement());
  return node;
}

// --- CREATE ----------------------------------------------------------------------------------------

SqlResult<StatementPtr> Parser::ParseCreate() {
  const uint32_t begin = Here();
  Skip();
  const CreateMode mode = AcceptBoth("OR", "REPLACE") ? CreateMode::kOrReplace : CreateMode::kPlain;
  const bool temporary = Accept("TEMP") || Accept("TEMPORARY");
  const bool aggregate = At("AGGREGATE") && At("FUNCTION", 1);
  if (aggregate) Skip();
  if (Accept("VIEW")) return ParseCreateView(mode, temporary, begin);
  if (Accept("FUNCTION")) return ParseCreateFunction(mode, temporary, aggregate, begin);
  if (AcceptBoth("TABLE", "FUNCTION")) return ParseCreateTableFunction(mode, temporary, begin);
  if (!AtKind(TokenKind::kWord)) return Unexpected();
  std::string object(Peek().terminal ? Peek().terminal.text() : Peek().text);
  if (At("VIEW", 1)) object += " VIEW";
  return UnsupportedSql("CREATE " + object + " is not supported", begin);
}

SqlResult<CreateMode> Parser::ParseIfNotExists(CreateMode mode) {
  if (!At("IF") || !At("NOT", 1)) return mode;
  if (mode == CreateMode::kOrReplace) {
    return InvalidSql("Syntax error: CREATE OR REPLACE and IF NOT EXISTS cannot stand together", Here());
  }
  at_ += 2;
  RETURN_IF_ERROR(Expect("EXISTS"));
  return CreateMode::kIfNotExists;
}

// `[OPTIONS (a = 1, b = 'x')]`.
SqlStatus Parser::ParseOptions(std::vector<Option>& options) {
  if (!AcceptBoth("OPTIONS", "(")) return Nothing();
  if (Accept(")")) return Nothing();
  const auto one = [&]() -> SqlStatus {
    Option option;
    ASSIGN_OR_RETURN(option.name, ParseName());
    RETURN_IF_ERROR(Expect("="));
    ASSIGN_OR_RETURN(option.value, ParseExpr());
    options.push_back(std::move(option));
    return Nothing();
  };
  RETURN_IF_ERROR(CommaList(one));
  return Expect(")");
}

SqlResult<StatementPtr> Parser::ParseCreateView(CreateMode mode, bool temporary, uint32_t begin) {
  auto node = std::make_unique<CreateView>();
  node->temporary = temporary;
  ASSIGN_OR_RETURN(node->mode, ParseIfNotExists(mode));
  ASSIGN_OR_RETURN(node->name, ParseObjectPath());
  if (At("(")) {
    ASSIGN_OR_RETURN(node->columns, ParseNameList());
  }
  if (AcceptBoth("SQL", "SECURITY")) {
    if (!At("INVOKER") && !At("DEFINER")) return Unexpected();
    ASSIGN_OR_RETURN(node->security, ParseName());
  }
  RETURN_IF_ERROR(ParseOptions(node->options));
  RETURN_IF_ERROR(Expect("AS"));
  ASSIGN_OR_RETURN(node->query, ParseQuery());
  return Done(std::move(node), begin);
}

SqlResult<StatementPtr> Parser::ParseCreateFunction(CreateMode mode, bool temporary, bool aggregate, uint32_t begin) {
  auto node = std::make_unique<CreateFunction>();
  node->temporary = temporary;
  node->aggregate = aggregate;
  ASSIGN_OR_RETURN(node->mode, ParseIfNotExists(mode));
  ASSIGN_OR_RETURN(node->name, ParseObjectPath());
  RETURN_IF_ERROR(ParseFunctionParameters(node->parameters));
  if (Accept("RETURNS")) {
    ASSIGN_OR_RETURN(node->returns, ParseType());
  }
  if (At("LANGUAGE")) return Refuse("a function in another language");
  RETURN_IF_ERROR(ParseOptions(node->options));
  RETURN_IF_ERROR(Expect("AS"));
  if (At("(") && (At("SELECT", 1) || At("FROM", 1) || (At("WITH", 1) && !At("(", 2)))) {
    return InvalidSql(
        "Syntax error: The body of each CREATE FUNCTION statement is an expression, not a query; to use a query as "
        "an expression, the query must be wrapped with additional parentheses to make it a scalar subquery expression",
        Peek(1).begin);
  }
  RETURN_IF_ERROR(Expect("("));
  ASSIGN_OR_RETURN(node->body, ParseExpr());
  RETURN_IF_ERROR(Expect(")"));
  RETURN_IF_ERROR(ParseOptions(node->options));
  return Done(std::move(node), begin);
}

SqlResult<StatementPtr> Parser::ParseCreateTableFunction(CreateMode mode, bool temporary, uint32_t begin) {
  auto node = std::make_unique<CreateTableFunction>();
  node->temporary = temporary;
  ASSIGN_OR_RETURN(node->mode, ParseIfNotExists(mode));
  ASSIGN_OR_RETURN(node->name, ParseObjectPath());
  RETURN_IF_ERROR(ParseFunctionParameters(node->parameters));
  if (Accept("RETURNS")) {
    ASSIGN_OR_RETURN(node->returns, ParseTableType());
  }
  RETURN_IF_ERROR(ParseOptions(node->options));
  RETURN_IF_ERROR(Expect("AS"));
  ASSIGN_OR_RETURN(node->query, ParseQuery());
  return Done(std::move(node), begin);
}

SqlStatus Parser::ParseFunctionParameters(std::vector<FunctionParameter>& parameters) {
  RETURN_IF_ERROR(Expect("("));
  if (Accept(")")) return Nothing();
  RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
    ASSIGN_OR_RETURN(FunctionParameter parameter, ParseFunctionParameter());
    parameters.push_back(std::move(parameter));
    return Nothing();
  }));
  return Expect(")");
}

// `x INT64`, `x ANY TYPE`, `t TABLE<a INT64>`, `t ANY TABLE`; the name may be absent.
SqlResult<FunctionParameter> Parser::ParseFunctionParameter() {
  const uint32_t begin = Here();
  FunctionParameter parameter;
  const bool unnamed = Peek(1).terminal == Terminal(",") || At(")", 1) || At("<", 1) || At("(", 1) || At(".", 1);
  if (AtName() && !unnamed) {
    ASSIGN_OR_RETURN(parameter.name, ParseName());
  }
  if (At("TABLE") && At("<", 1)) {
    parameter.is_table = true;
    ASSIGN_OR_RETURN(parameter.type, ParseTableType());
  } else if (At("ANY") && At("TABLE", 1)) {
    parameter.is_table = true;
    parameter.type.kind = TypeNameKind::kAnyType;
    at_ += 2;
    parameter.type.range = Since(begin);
  } else {
    ASSIGN_OR_RETURN(parameter.type, ParseType());
  }
  parameter.not_aggregate = AcceptBoth("NOT", "AGGREGATE");
  if (At("DEFAULT")) return Refuse("a default value of a parameter");
  parameter.range = Since(begin);
  return parameter;
}

// `TABLE<a INT64, b STRING>` as a STRUCT.
SqlResult<TypeName> Parser::ParseTableType() {
  if (!At("TABLE") || !At("<", 1)) return ExpectedBut("keyword TABLE");
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(TypeName type, ParseStructType());
  type.range = Since(begin);
  return type;
}

// --- DROP, DECLARE, SET ----------------------------------------------------------------------------

SqlResult<StatementPtr> Parser::ParseDrop() {
  auto node = std::make_unique<DropStatement>();
  if (At("VIEW", 1)) {
    node->object = DropObject::kView;
    at_ += 2;
  } else if (At("FUNCTION", 1)) {
    node->object = DropObject::kFunction;
    at_ += 2;
  } else if (At("TABLE", 1) && At("FUNCTION", 2)) {
    node->object = DropObject::kTableFunction;
    at_ += 3;
  } else {
    const Token& object = Peek(1);
    if (object.kind != TokenKind::kWord) return Skip(), Unexpected();
    return Refuse("DROP " + std::string(object.terminal ? object.terminal.text() : object.text));
  }
  if (AcceptBoth("IF", "EXISTS")) node->if_exists = true;
  ASSIGN_OR_RETURN(node->name, ParseObjectPath());
  return node;
}

SqlResult<StatementPtr> Parser::ParseDeclare() {
  Skip();
  auto node = std::make_unique<DeclareStatement>();
  RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
    ASSIGN_OR_RETURN(node->names.emplace_back(), ParseName());
    return Nothing();
  }));
  if (!At("DEFAULT")) {
    ASSIGN_OR_RETURN(node->type, ParseType());
  }
  if (Accept("DEFAULT")) {
    ASSIGN_OR_RETURN(node->initial, ParseExpr());
  }
  return node;
}

SqlResult<StatementPtr> Parser::ParseSet() {
  Skip();
  auto node = std::make_unique<SetStatement>();
  if (Accept("@@")) {
    ASSIGN_OR_RETURN(node->system_variable, ParsePath());
  } else if (At("(")) {
    node->list = true;
    ASSIGN_OR_RETURN(node->names, ParseNameList());
  } else {
    ASSIGN_OR_RETURN(node->names.emplace_back(), ParseName());
  }
  RETURN_IF_ERROR(Expect("="));
  ASSIGN_OR_RETURN(node->value, ParseExpr());
  return node;
}

}  // namespace casebook::sql
