// Statements, and scripts of them. Include sql/ast.h.
#pragma once

#include <optional>
#include <tuple>
#include <vector>

#include "sql/ast_node.h"
#include "sql/ast_query.h"

namespace casebook::sql {

struct QueryStatement final : NodeOf<Statement, StatementKind::kQuery> {
  QueryPtr query;

  auto Fields() const { return std::tie(query); }
};

enum class CreateMode { kPlain, kOrReplace, kIfNotExists };

// One `name = value` of OPTIONS (…).
struct Option {
  Identifier name;
  ExprPtr value;

  auto Fields() const { return std::tie(name, value); }
};

struct CreateView final : NodeOf<Statement, StatementKind::kCreateView> {
  CreateMode mode = CreateMode::kPlain;
  bool temporary = false;
  Path name;
  std::vector<Identifier> columns;  // empty: those of the query
  std::optional<Identifier> security;  // SQL SECURITY INVOKER or DEFINER
  std::vector<Option> options;
  QueryPtr query;

  auto Fields() const { return std::tie(mode, temporary, name, columns, security, options, query); }
};

struct FunctionParameter {
  std::optional<Identifier> name;
  bool is_table = false;          // `TABLE<a INT64>`: type is a kStruct, or kAnyType for ANY TABLE
  TypeName type;
  bool not_aggregate = false;
  SourceRange range;

  auto Fields() const { return std::tie(name, is_table, type, not_aggregate); }
};

struct CreateFunction final : NodeOf<Statement, StatementKind::kCreateFunction> {
  CreateMode mode = CreateMode::kPlain;
  bool temporary = false;
  bool aggregate = false;
  Path name;
  std::vector<FunctionParameter> parameters;
  std::optional<TypeName> returns;
  ExprPtr body;
  std::vector<Option> options;

  auto Fields() const { return std::tie(mode, temporary, aggregate, name, parameters, returns, body, options); }
};

struct CreateTableFunction final : NodeOf<Statement, StatementKind::kCreateTableFunction> {
  CreateMode mode = CreateMode::kPlain;
  bool temporary = false;
  Path name;
  std::vector<FunctionParameter> parameters;
  std::optional<TypeName> returns;  // a kStruct with the columns of TABLE<…>
  std::vector<Option> options;
  QueryPtr query;

  auto Fields() const { return std::tie(mode, temporary, name, parameters, returns, options, query); }
};

enum class DropObject { kView, kFunction, kTableFunction };

struct DropStatement final : NodeOf<Statement, StatementKind::kDrop> {
  DropObject object = DropObject::kView;
  bool if_exists = false;
  Path name;

  auto Fields() const { return std::tie(object, if_exists, name); }
};

struct DeclareStatement final : NodeOf<Statement, StatementKind::kDeclare> {
  std::vector<Identifier> names;
  std::optional<TypeName> type;
  ExprPtr initial;  // may be null

  auto Fields() const { return std::tie(names, type, initial); }
};

// SET a = e, SET (a, b) = e, SET @@x = e.
struct SetStatement final : NodeOf<Statement, StatementKind::kSet> {
  std::vector<Identifier> names;      // empty for a system variable
  std::optional<Path> system_variable;
  bool list = false;  // with parentheses
  ExprPtr value;

  auto Fields() const { return std::tie(names, system_variable, list, value); }
};

struct ExplainStatement final : NodeOf<Statement, StatementKind::kExplain> {
  StatementPtr statement;

  auto Fields() const { return std::tie(statement); }
};

// Statements separated by semicolons.
struct Script {
  std::vector<StatementPtr> statements;

  auto Fields() const { return std::tie(statements); }
};

}  // namespace casebook::sql
