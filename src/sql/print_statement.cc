#include "base/result.h"
#include "sql/printer.h"
#include "sql/printer_internal.h"

namespace casebook::sql {

void Printer::Put(const Script& script) {
  bool first = true;
  for (const StatementPtr& statement : script.statements) {
    if (!first) Text(";\n");
    first = false;
    Put(*statement);
  }
}

void Printer::Put(const Statement& statement) {
  switch (statement.kind) {
    case StatementKind::kQuery: return Put(*As<QueryStatement>(statement).query);
    case StatementKind::kCreateView: return PutCreateView(As<CreateView>(statement));
    case StatementKind::kCreateFunction: return PutCreateFunction(As<CreateFunction>(statement));
    case StatementKind::kCreateTableFunction: return PutCreateTableFunction(As<CreateTableFunction>(statement));
    case StatementKind::kDrop: return PutDrop(As<DropStatement>(statement));
    case StatementKind::kDeclare: return PutDeclare(As<DeclareStatement>(statement));
    case StatementKind::kSet: return PutSet(As<SetStatement>(statement));
    case StatementKind::kExplain: return Text("EXPLAIN "), Put(*As<ExplainStatement>(statement).statement);
  }
  Unreachable();
}

void Printer::CreateWords(CreateMode mode, bool temporary, std::string_view object) {
  Text(mode == CreateMode::kOrReplace ? "CREATE OR REPLACE " : "CREATE ");
  if (temporary) Text("TEMP ");
  Text(object);
  Text(mode == CreateMode::kIfNotExists ? " IF NOT EXISTS " : " ");
}

void Printer::Options(const std::vector<Option>& options) {
  if (options.empty()) return;
  Text(" OPTIONS (");
  List(options, [this](const Option& option) {
    Put(option.name);
    Clause(" = ", option.value);
  });
  Text(")");
}

void Printer::PutCreateView(const CreateView& create) {
  CreateWords(create.mode, create.temporary, "VIEW");
  Put(create.name);
  if (!create.columns.empty()) {
    Text(" ");
    Names(create.columns);
  }
  if (create.security) {
    Text(" SQL SECURITY ");
    Put(*create.security);
  }
  Options(create.options);
  Text(" AS ");
  Put(*create.query);
}

void Printer::Put(const FunctionParameter& parameter) {
  if (parameter.name) {
    Put(*parameter.name);
    Text(" ");
  }
  if (!parameter.is_table) {
    Put(parameter.type);
  } else if (parameter.type.kind == TypeNameKind::kAnyType) {
    Text("ANY TABLE");
  } else {
    TypeFields("TABLE", parameter.type);
  }
  if (parameter.not_aggregate) Text(" NOT AGGREGATE");
}

void Printer::PutCreateFunction(const CreateFunction& create) {
  CreateWords(create.mode, create.temporary, create.aggregate ? "AGGREGATE FUNCTION" : "FUNCTION");
  Put(create.name);
  Text("(");
  List(create.parameters);
  Text(")");
  if (create.returns) {
    Text(" RETURNS ");
    Put(*create.returns);
  }
  Clause(" AS (", create.body);
  Text(")");
  Options(create.options);
}

void Printer::PutCreateTableFunction(const CreateTableFunction& create) {
  CreateWords(create.mode, create.temporary, "TABLE FUNCTION");
  Put(create.name);
  Text("(");
  List(create.parameters);
  Text(")");
  if (create.returns) TypeFields(" RETURNS TABLE", *create.returns);
  Options(create.options);
  Text(" AS ");
  Put(*create.query);
}

void Printer::PutDrop(const DropStatement& drop) {
  switch (drop.object) {
    case DropObject::kView: Text("DROP VIEW "); break;
    case DropObject::kFunction: Text("DROP FUNCTION "); break;
    case DropObject::kTableFunction: Text("DROP TABLE FUNCTION "); break;
  }
  if (drop.if_exists) Text("IF EXISTS ");
  Put(drop.name);
}

void Printer::PutDeclare(const DeclareStatement& declare) {
  Text("DECLARE ");
  List(declare.names);
  if (declare.type) {
    Text(" ");
    Put(*declare.type);
  }
  Clause(" DEFAULT ", declare.initial);
}

void Printer::PutSet(const SetStatement& set) {
  Text("SET ");
  if (set.system_variable) {
    Text("@@");
    Put(*set.system_variable);
  } else if (set.list) {
    Names(set.names);
  } else {
    Put(set.names.front());
  }
  Clause(" = ", set.value);
}

std::string Print(const Statement& statement) {
  Printer printer;
  printer.Put(statement);
  return std::move(printer).Take();
}

std::string Print(const Script& script) {
  Printer printer;
  printer.Put(script);
  return std::move(printer).Take();
}

}  // namespace casebook::sql
