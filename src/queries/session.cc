#include "queries/session.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "analysis/civil.h"
#include "queries/information_schema.h"
#include "queries/query_parameters.h"
#include "schema/dataset.h"
#include "sql/parser.h"

namespace casebook {
namespace {

using sql::SqlError;

StatementOutcome Done(std::string what) {
  StatementOutcome outcome;
  outcome.done = std::move(what);
  return outcome;
}
StatementOutcome Wrong(SqlError error) {
  StatementOutcome outcome;
  outcome.sql_error = std::move(error);
  return outcome;
}
StatementOutcome Failed(Error error) {
  StatementOutcome outcome;
  outcome.error = std::move(error);
  return outcome;
}

bool MentionsInformationSchema(std::string_view text) {
  constexpr std::string_view kName = "information_schema";
  return std::search(text.begin(), text.end(), kName.begin(), kName.end(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) == b;
         }) != text.end();
}

// `SELECT expr`.
sql::QueryPtr QueryOf(sql::ExprPtr expr) {
  auto query = std::make_unique<sql::Query>();
  auto body = std::make_unique<sql::SelectBody>();
  sql::SelectItem item;
  query->range = expr->range;
  body->range = expr->range;
  item.range = expr->range;
  item.expr = std::move(expr);
  body->items.push_back(std::move(item));
  query->body = std::move(body);
  return query;
}

sql::ExprPtr NullLiteral(sql::SourceRange range) {
  auto null = std::make_unique<sql::LiteralExpr>();
  null->range = range;
  return null;
}

sql::ExprPtr NullOf(const sql::TypeName& type, sql::SourceRange range) {
  auto cast = std::make_unique<sql::CastExpr>();
  cast->operand = NullLiteral(range);
  cast->type = type;
  cast->range = range;
  return cast;
}

void AddArgument(sql::CallExpr& call, sql::ExprPtr value) {
  sql::Argument argument;
  argument.range = call.range;
  argument.value = std::move(value);
  call.arguments.push_back(std::move(argument));
}

// `IF(TRUE, expr, CAST(NULL AS type))`: of the type, if the expression coerces to it.
sql::ExprPtr Coerced(sql::ExprPtr expr, const sql::TypeName& type) {
  const sql::SourceRange range = expr->range;
  sql::ExprPtr cast = NullOf(type, range);
  auto yes = std::make_unique<sql::LiteralExpr>();
  yes->literal = sql::LiteralKind::kBool;
  yes->bool_value = true;
  yes->range = range;
  auto call = std::make_unique<sql::CallExpr>();
  call->function.names.push_back({"IF", false, range});
  call->function.range = range;
  call->range = range;
  AddArgument(*call, std::move(yes));
  AddArgument(*call, std::move(expr));
  AddArgument(*call, std::move(cast));
  return call;
}

std::string ObjectWord(const sql::Statement& statement) {
  switch (statement.kind) {
    case sql::StatementKind::kCreateView: return "view";
    case sql::StatementKind::kCreateFunction: return "function";
    default: return "table function";
  }
}

std::string ObjectWord(sql::DropObject object) {
  switch (object) {
    case sql::DropObject::kView: return "view";
    case sql::DropObject::kFunction: return "function";
    case sql::DropObject::kTableFunction: return "table function";
  }
  Unreachable();
}

// Stored objects live in the dataset.
std::optional<SqlError> CheckPlace(const sql::Path& name) {
  if (name.names.size() == 1) return std::nullopt;
  const std::string& dataset = name.names[name.names.size() - 2].text;
  if (name.names.size() <= 3 && EqualIgnoringCase(dataset, kDatasetName)) return std::nullopt;
  return sql::InvalidSql("Dataset not found: " + dataset + "; views and functions are kept in " +
                             std::string(kDatasetName), name.range.begin);
}

std::vector<std::string> PathOf(const sql::Path& name) {
  std::vector<std::string> path;
  for (const sql::Identifier& part : name.names) path.push_back(part.text);
  return path;
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

// One statement on its way.
class Session::Step {
 public:
  Step(Session& session, QueryEngine& engine, std::string_view text, const std::vector<QueryParameter>& parameters,
       Timestamp now, const Limits& limits)
      : session_(session),
        engine_(engine),
        text_(text),
        limits_(limits),
        schema_(&session.temporary_),
        options_(ToResolveOptions(parameters, now)) {
    options_.default_time_zone = session.time_zone_;
    options_.definitions = &session.temporary_;
    options_.variables = ToNamedParameters(session.variables_);
    if (!MentionsInformationSchema(text)) return;
    static const analysis::Definitions none;
    const analysis::Definitions& views = session.objects_ == nullptr ? none : session.objects_->definitions();
    AddInformationSchema(*session.catalog_, views, options_, schema_);
    options_.definitions = &schema_;
  }

  StatementOutcome Run(sql::StatementPtr statement) {
    using sql::As;
    switch (statement->kind) {
      case sql::StatementKind::kQuery: return Prepare(*As<sql::QueryStatement>(*statement).query);
      case sql::StatementKind::kCreateView:
      case sql::StatementKind::kCreateFunction:
      case sql::StatementKind::kCreateTableFunction: return Create(std::move(statement));
      case sql::StatementKind::kDrop: return Drop(As<sql::DropStatement>(*statement));
      case sql::StatementKind::kDeclare: return Declare(static_cast<sql::DeclareStatement&>(*statement));
      case sql::StatementKind::kSet: return Set(static_cast<sql::SetStatement&>(*statement));
      case sql::StatementKind::kExplain: return Explain(*As<sql::ExplainStatement>(*statement).statement);
    }
    Unreachable();
  }

 private:
  StatementOutcome Prepare(const sql::Query& query) {
    auto prepared = engine_.Prepare(query, options_);
    if (!prepared.ok()) return Wrong(prepared.error());
    StatementOutcome outcome;
    outcome.query = std::move(prepared).value();
    return outcome;
  }

  // The lines of the resolved tree and of the engine's SQL, as an answer of one column.
  StatementOutcome Explain(const sql::Statement& statement) {
    const auto* query = sql::TryAs<sql::QueryStatement>(statement);
    if (query == nullptr) {
      return Wrong(sql::UnsupportedSql("EXPLAIN of anything but a query is not supported", statement.range.begin));
    }
    auto explained = engine_.Explain(*query->query, options_);
    if (!explained.ok()) return Wrong(explained.error());
    StatementOutcome outcome;
    outcome.query = PreparedQuery{{{"plan", TypeKind::kString}}, "", options_.now};
    std::string& engine_sql = outcome.query->engine_sql;
    for (const std::string& line : Lines(*explained)) engine_sql += (engine_sql.empty() ? "" : ", ") + QuoteText(line);
    engine_sql = "SELECT unnest([" + engine_sql + "]) AS plan";
    return outcome;
  }

  // --- Objects

  StatementOutcome Create(sql::StatementPtr statement) {
    const sql::Path& name = *analysis::DefinedName(*statement);
    const std::string shown = ObjectWord(*statement) + " " + name.names.back().text;
    sql::CreateMode mode = sql::CreateMode::kPlain;
    bool temporary = false;
    if (const auto* view = sql::TryAs<sql::CreateView>(*statement)) {
      mode = view->mode;
      temporary = view->temporary;
    } else if (const auto* function = sql::TryAs<sql::CreateFunction>(*statement)) {
      mode = function->mode;
      temporary = function->temporary;
    } else {
      mode = sql::As<sql::CreateTableFunction>(*statement).mode;
      temporary = sql::As<sql::CreateTableFunction>(*statement).temporary;
    }
    if (const auto wrong = CheckPlace(name)) return Wrong(*wrong);
    if (Exists(*statement, name, temporary)) {
      if (mode == sql::CreateMode::kIfNotExists) return Done(shown + " is there already");
      if (mode == sql::CreateMode::kPlain) {
        return Wrong(sql::InvalidSql("Already Exists: " + shown, name.range.begin));
      }
    }
    if (statement->kind == sql::StatementKind::kCreateView) {
      if (session_.catalog_->FindTable(PathOf(name))) {
        return Wrong(sql::InvalidSql("Already Exists: table " + name.names.back().text, name.range.begin));
      }
    }
    const sql::SourceRange range = statement->range;
    if (const auto wrong = Check(*statement, temporary)) return Wrong(*wrong);
    if (temporary) {
      session_.temporary_.Put(std::move(statement));
      return Done("created temporary " + shown);
    }
    if (session_.objects_ == nullptr) {
      return Wrong(sql::UnsupportedSql("There is no folder to keep " + shown + " in", name.range.begin));
    }
    const Status put = session_.objects_->Put(text_.substr(range.begin, range.end - range.begin));
    return put.ok() ? Done("created " + shown) : Failed(put.error());
  }

  // What is stored may not speak of what only this session has.
  std::optional<SqlError> Check(const sql::Statement& statement, bool temporary) {
    analysis::ResolveOptions plain;
    plain.now = options_.now;
    plain.default_time_zone = options_.default_time_zone;
    plain.definitions = options_.definitions;
    if (!temporary && session_.objects_ != nullptr) plain.definitions = &session_.objects_->definitions();
    if (const auto* view = sql::TryAs<sql::CreateView>(statement)) {
      const auto checked = engine_.Prepare(*view->query, plain);
      if (!checked.ok()) return checked.error();
      return std::nullopt;
    }
    const auto* function = sql::TryAs<sql::CreateFunction>(statement);
    if (function == nullptr) return std::nullopt;
    // A call of NULLs tells whether the body makes sense for the parameters' types.
    analysis::Definitions with_it(plain.definitions);
    auto again = sql::ParseStatement(text_.substr(statement.range.begin, statement.range.end - statement.range.begin));
    if (!again.ok()) return again.error();
    with_it.Put(std::move(again).value());
    plain.definitions = &with_it;
    auto call = std::make_unique<sql::CallExpr>();
    call->function = function->name;
    call->range = function->name.range;
    for (const sql::FunctionParameter& parameter : function->parameters) {
      if (parameter.type.kind == sql::TypeNameKind::kAnyType) return std::nullopt;
      AddArgument(*call, NullOf(parameter.type, parameter.range));
    }
    const auto checked = engine_.Prepare(*QueryOf(std::move(call)), plain);
    if (!checked.ok()) return checked.error();
    return std::nullopt;
  }

  bool Exists(const sql::Statement& statement, const sql::Path& name, bool temporary) const {
    const analysis::Definitions* where = &session_.temporary_;
    if (!temporary) {
      if (session_.objects_ == nullptr) return false;
      where = &session_.objects_->definitions();
    }
    switch (statement.kind) {
      case sql::StatementKind::kCreateView: return where->FindView(name) != nullptr;
      case sql::StatementKind::kCreateFunction: return where->FindFunction(name) != nullptr;
      default: return where->FindTableFunction(name) != nullptr;
    }
  }

  StatementOutcome Drop(const sql::DropStatement& drop) {
    const std::string shown = ObjectWord(drop.object) + " " + drop.name.names.back().text;
    if (const auto wrong = CheckPlace(drop.name)) return Wrong(*wrong);
    if (session_.temporary_.Remove(drop.object, drop.name)) return Done("dropped temporary " + shown);
    if (session_.objects_ != nullptr) {
      const Status removed = session_.objects_->Remove(drop.object, drop.name);
      if (removed.ok()) return Done("dropped " + shown);
      if (removed.error().code != ErrorCode::kNotFound) return Failed(removed.error());
    }
    if (drop.if_exists) return Done("there is no " + shown);
    return Wrong(sql::InvalidSql("Not found: " + shown, drop.name.range.begin));
  }

  // --- Variables

  QueryParameter* FindVariable(std::string_view name) {
    for (QueryParameter& variable : session_.variables_) {
      if (EqualIgnoringCase(variable.name, name)) return &variable;
    }
    return nullptr;
  }

  // The value of `query`, one row of one column.
  StatementOutcome Evaluate(const sql::Query& query, QueryParameter& value) {
    auto prepared = engine_.Prepare(query, options_);
    if (!prepared.ok()) return Wrong(prepared.error());
    value.type = prepared->columns.front().type;
    auto answer = engine_.Run(*prepared, limits_);
    if (!answer.ok()) return Failed(answer.error());
    auto rows = answer->Next();
    if (!rows.ok()) return Failed(rows.error());
    if (!*rows) return Failed({ErrorCode::kRuntime, "the expression gave no value"});
    value.value = (*rows)->front().front();
    return Done("");
  }

  StatementOutcome Declare(sql::DeclareStatement& declare) {
    for (const sql::Identifier& name : declare.names) {
      if (FindVariable(name.text) != nullptr) {
        return Wrong(sql::InvalidSql("Variable '" + name.text + "' redeclaration", name.range.begin));
      }
    }
    if (session_.variables_.size() + declare.names.size() > kMaxVariables) {
      return Failed({ErrorCode::kLimit, "more than " + std::to_string(kMaxVariables) + " variables"});
    }
    const uint32_t position = declare.range.begin;
    sql::ExprPtr initial = std::move(declare.initial);
    if (initial == nullptr) initial = NullLiteral(declare.range);
    std::optional<Type> type;
    if (declare.type) {
      QueryParameter typed;
      const StatementOutcome outcome = Evaluate(*QueryOf(Coerced(NullLiteral(declare.range), *declare.type)), typed);
      if (!outcome.done) return outcome;
      type = typed.type;
      initial = Coerced(std::move(initial), *declare.type);
    }
    QueryParameter value;
    const StatementOutcome outcome = Evaluate(*QueryOf(std::move(initial)), value);
    if (!outcome.done) return outcome;
    if (type && !(value.type == *type)) {
      return Wrong(sql::InvalidSql("Cannot coerce expression of type " + value.type.ToString() + " to type " +
                                       type->ToString(), position));
    }
    std::string shown;
    for (const sql::Identifier& name : declare.names) {
      value.name = name.text;
      session_.variables_.push_back(value);
      shown += (shown.empty() ? "declared " : ", ") + name.text;
    }
    return Done(shown);
  }

  StatementOutcome Set(sql::SetStatement& set) {
    const uint32_t position = set.range.begin;
    if (set.system_variable) return SetSystemVariable(set);
    std::vector<QueryParameter*> targets;
    for (const sql::Identifier& name : set.names) {
      QueryParameter* variable = FindVariable(name.text);
      if (variable == nullptr) return Wrong(sql::InvalidSql("Undeclared variable: " + name.text, name.range.begin));
      targets.push_back(variable);
    }
    if (!set.list) {
      auto type = sql::ParseType(targets.front()->type.ToString());
      if (!type.ok()) return Wrong(type.error());
      set.value = Coerced(std::move(set.value), *type);
    }
    QueryParameter value;
    const StatementOutcome outcome = Evaluate(*QueryOf(std::move(set.value)), value);
    if (!outcome.done) return outcome;
    if (!set.list) return Assign(*targets.front(), value.type, std::move(value.value), position);
    if (!value.type.IsStruct() || value.type.fields().size() != targets.size()) {
      return Wrong(sql::InvalidSql("SET of " + std::to_string(targets.size()) + " variables needs a STRUCT of as many "
                                   "fields, but the expression has type " + value.type.ToString(), position));
    }
    for (size_t i = 0; i < targets.size(); ++i) {
      AnswerValue field = value.value.is_null() ? AnswerValue() : value.value.list()[i];
      StatementOutcome assigned = Assign(*targets[i], value.type.fields()[i].type, std::move(field), position);
      if (!assigned.done) return assigned;
    }
    return Done("set " + std::to_string(targets.size()) + " variables");
  }

  static StatementOutcome Assign(QueryParameter& variable, const Type& type, AnswerValue value, uint32_t position) {
    if (!(variable.type == type) && !value.is_null()) {
      return Wrong(sql::InvalidSql("Cannot coerce expression of type " + type.ToString() + " to type " +
                                       variable.type.ToString() + " of variable " + variable.name, position));
    }
    variable.value = std::move(value);
    return Done("set " + variable.name);
  }

  StatementOutcome SetSystemVariable(sql::SetStatement& set) {
    const sql::Path& path = *set.system_variable;
    if (path.names.size() != 1 || !EqualIgnoringCase(path.names.front().text, "time_zone")) {
      return Wrong(sql::UnsupportedSql("SET @@" + path.names.back().text + " is not supported", path.range.begin));
    }
    const uint32_t position = set.value->range.begin;
    QueryParameter value;
    const StatementOutcome outcome = Evaluate(*QueryOf(std::move(set.value)), value);
    if (!outcome.done) return outcome;
    if (value.type.kind() != TypeKind::kString || value.value.is_null()) {
      return Wrong(sql::InvalidSql("@@time_zone needs a STRING", position));
    }
    if (analysis::Zone::Find(value.value.text()) == nullptr) {
      return Wrong(sql::InvalidSql("Invalid time zone: " + value.value.text(), position));
    }
    session_.time_zone_ = value.value.text();
    return Done("set @@time_zone");
  }

  Session& session_;
  QueryEngine& engine_;
  std::string_view text_;
  const Limits& limits_;
  analysis::Definitions schema_;  // INFORMATION_SCHEMA, before the session's own
  analysis::ResolveOptions options_;
};

sql::SqlResult<sql::Script> Session::Parse(std::string_view text) {
  auto script = sql::ParseScript(text);
  if (script.ok() || script.error().kind != sql::SqlErrorKind::kUnsupported) return script;
  SqlError error = script.error();
  for (const std::string_view write : {"INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "LOAD", "ALTER", "CREATE TABLE",
                                       "DROP TABLE", "CREATE MATERIALIZED", "CREATE SNAPSHOT"}) {
    if (!error.message.starts_with(write) || error.message.starts_with("CREATE TABLE FUNCTION")) continue;
    error.message += ": the tables are made of the records that came in, and queries only read them";
    break;
  }
  return error;
}

StatementOutcome Session::Execute(QueryEngine& engine, std::string_view text, sql::StatementPtr statement,
                                  const std::vector<QueryParameter>& parameters, Timestamp now, const Limits& limits) {
  return Step(*this, engine, text, parameters, now, limits).Run(std::move(statement));
}

}  // namespace casebook
