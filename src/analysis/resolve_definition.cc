// What is written in GoogleSQL itself: views, functions, table functions and WITH (…) expressions.
//
// A function is resolved at each call: its body stands where the call stood, and each mention of a parameter is the
// argument, resolved anew where the call stands.
#include <algorithm>

#include "analysis/definitions.h"
#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

constexpr int kMaxDefinitionDepth = 50;      // definitions in one another
constexpr int kMaxArgumentMentions = 50'000;  // of all calls of a query

std::string PathText(const sql::Path& path) {
  std::string text;
  for (const auto& name : path.names) text += (text.empty() ? "" : ".") + name.text;
  return text;
}

bool IsVolatile(Expr& expr) {
  if (const auto* call = TryAs<Call>(expr)) {
    if (call->function == FunctionId::kRand || call->function == FunctionId::kGenerateUuid) return true;
  }
  bool found = false;
  ForEachChild(expr, [&](ExprPtr& child) { found = found || IsVolatile(*child); });
  return found;
}

// A value of a declared type is no literal any more.
void MakeFirm(Expr& expr) {
  if (auto* literal = TryAs<Literal>(expr)) {
    literal->coerces = false;
    literal->untyped = false;
  }
  if (auto* array = TryAs<ArrayConstructor>(expr)) array->coerces = false;
  if (auto* row = TryAs<StructConstructor>(expr)) row->coerces = false;
}

bool IsAnyType(const sql::TypeName& type) { return type.kind == sql::TypeNameKind::kAnyType; }

// An error inside of a definition is told where the definition is used.
template <typename T>
SqlResult<T> At(SqlResult<T> result, const std::string& what, uint32_t position) {
  if (result.ok()) return result;
  sql::SqlError error = result.error();
  const bool is_told = error.message.starts_with("Invalid view ") || error.message.starts_with("Invalid function ") ||
                       error.message.starts_with("Invalid table function ");
  if (is_told) {
    error.position = position;
    return error;
  }
  error.message = "Invalid " + what + ": " + error.message;
  if (error.kind != sql::SqlErrorKind::kInvalid) error.message = "In " + what + ": " + result.error().message;
  error.position = position;
  return error;
}

}  // namespace

// A definition knows nothing of the query around it.
class Resolver::Isolation {
 public:
  explicit Isolation(Resolver& resolver) : resolver_(resolver) {
    std::swap(outside_, resolver_.with_tables_);
    std::swap(sees_variables_, resolver_.sees_variables_);
    ++resolver_.definition_depth_;
  }
  ~Isolation() {
    std::swap(outside_, resolver_.with_tables_);
    std::swap(sees_variables_, resolver_.sees_variables_);
    --resolver_.definition_depth_;
  }
  Isolation(const Isolation&) = delete;
  Isolation& operator=(const Isolation&) = delete;

  const std::vector<WithTableInfo>& outside() const { return outside_; }
  bool outside_sees_variables() const { return sees_variables_; }
  SqlStatus Check(const std::string& what, uint32_t position) const {
    if (resolver_.definition_depth_ <= kMaxDefinitionDepth) return Nothing{};
    return InvalidSql(what + " is defined by itself, or definitions go too deep", position);
  }

 private:
  Resolver& resolver_;
  std::vector<WithTableInfo> outside_;
  bool sees_variables_ = false;
};

// --- Views -----------------------------------------------------------------------------------------

SqlResult<QueryResult> Resolver::ResolveView(const sql::CreateView& view, uint32_t position) {
  const std::string what = "view " + PathText(view.name);
  const Isolation isolation(*this);
  RETURN_IF_ERROR(isolation.Check(what, position));
  ASSIGN_OR_RETURN(QueryResult result, At(ResolveQuery(*view.query, nullptr), what, position));
  if (view.columns.empty()) return result;
  if (view.columns.size() != result.columns.size()) {
    return InvalidSql(what + " names " + std::to_string(view.columns.size()) + " columns, but its query has " +
                          std::to_string(result.columns.size()), position);
  }
  for (size_t i = 0; i < view.columns.size(); ++i) result.columns[i].name = view.columns[i].text;
  return result;
}

// --- Functions -------------------------------------------------------------------------------------

const sql::CreateFunction* Resolver::FindDefinedFunction(const sql::Path& name) const {
  return options_.definitions == nullptr ? nullptr : options_.definitions->FindFunction(name);
}

SqlResult<ExprPtr> Resolver::ResolveArgument(const NamedArgument& argument, uint32_t position) {
  if (++argument_mentions_ > kMaxArgumentMentions) {
    return sql::SqlError{sql::SqlErrorKind::kLimit, "functions call one another too often", position};
  }
  std::vector<WithTableInfo> inside = std::exchange(with_tables_, *argument.with_tables);
  const bool saw_variables = std::exchange(sees_variables_, argument.sees_variables);
  const int depth = std::exchange(query_depth_, argument.query_depth);
  auto resolved = ResolveExpr(*argument.expr, argument.context);
  with_tables_ = std::move(inside);
  sees_variables_ = saw_variables;
  query_depth_ = depth;
  ASSIGN_OR_RETURN(ExprPtr expr, std::move(resolved));
  if (argument.type) {
    RETURN_IF_ERROR(CoerceTo(expr, *argument.type, "Function argument"));
    MakeFirm(*expr);
  }
  // What aggregates is computed where the call stands, also for a subquery in the body.
  if (query_depth_ > argument.query_depth) RETURN_IF_ERROR(HoistAggregates(argument.context.select, expr));
  const bool again = argument.mentions++ > 0;
  if (again && IsVolatile(*expr)) {
    return UnsupportedSql("Argument " + std::string(argument.name) + " that is another value at each mention is not "
                          "supported", position);
  }
  return expr;
}

SqlStatus Resolver::HoistAggregates(SelectState* select, ExprPtr& expr) {
  if (expr->kind == ExprKind::kSubquery) return Nothing{};
  if (expr->kind == ExprKind::kWindow || (expr->kind == ExprKind::kAggregate && select == nullptr)) {
    return UnsupportedSql("A window as an argument that a subquery uses is not supported", expr->position);
  }
  if (expr->kind == ExprKind::kAggregate) {
    const uint32_t position = expr->position;
    for (const Computed& before : select->aggregates) {
      if (!SameExpr(*before.expr, *expr)) continue;
      expr = Ref(before.column, position);
      return Nothing{};
    }
    const ColumnId column = NewColumn("", expr->type);
    select->aggregates.push_back({column, std::move(expr)});
    expr = Ref(column, position);
    return Nothing{};
  }
  SqlStatus status = Nothing{};
  ForEachChild(*expr, [&](ExprPtr& child) {
    if (status.ok()) status = HoistAggregates(select, child);
  });
  return status;
}

// The arguments of a call by the parameters of its function; `context` is the caller's.
SqlStatus Resolver::BindArguments(const std::string& name, const std::vector<sql::FunctionParameter>& parameters,
                                  const std::vector<sql::Argument>& given, const ExprContext& context,
                                  const Isolation& outside, uint32_t position, ArgumentList& list) {
  if (given.size() != parameters.size()) {
    return InvalidSql("Number of arguments does not match for function " + name + ": " +
                          std::to_string(parameters.size()) + " expected, " + std::to_string(given.size()) + " given",
                      position);
  }
  for (size_t p = 0; p < parameters.size(); ++p) {
    const sql::FunctionParameter& parameter = parameters[p];
    const sql::Argument* argument = &given[p];
    if (argument->name) {
      const auto found = std::find_if(given.begin(), given.end(), [&](const sql::Argument& one) {
        return one.name && parameter.name && EqualIgnoringCase(one.name->text, parameter.name->text);
      });
      if (found == given.end()) return InvalidSql("Argument of function " + name + " not found by name", position);
      argument = &*found;
    }
    if (parameter.is_table) continue;
    if (argument->kind != sql::ArgumentKind::kExpr) {
      return InvalidSql("Function " + name + " does not take a table argument", argument->range.begin);
    }
    NamedArgument bound;
    bound.name = parameter.name ? std::string_view(parameter.name->text) : "";
    bound.expr = argument->value.get();
    bound.context = context;
    bound.with_tables = &outside.outside();
    bound.sees_variables = outside.outside_sees_variables();
    bound.query_depth = query_depth_;
    if (!IsAnyType(parameter.type)) {
      ASSIGN_OR_RETURN(bound.type, ResolveType(parameter.type));
    }
    // An argument must make sense even where the body does not mention it.
    ASSIGN_OR_RETURN(const ExprPtr once, ResolveArgument(bound, position));
    if (!bound.type) bound.type = once->type;
    bound.mentions = 0;
    list.arguments.push_back(std::move(bound));
  }
  return Nothing{};
}

SqlResult<ExprPtr> Resolver::ResolveDefinedCall(const sql::CallExpr& call, const sql::CreateFunction& function,
                                                const ExprContext& context) {
  const uint32_t position = call.range.begin;
  const std::string name = PathText(function.name);
  const bool is_plain = !call.distinct && call.nulls == sql::NullHandling::kUnspecified && !call.having &&
                        call.order_by.empty() && !call.limit && !call.over && !call.safe;
  if (!is_plain) return UnsupportedSql("Modifiers of function " + name + " are not supported", position);
  ExprContext caller = context;
  Scope from_scope;
  if (function.aggregate) {
    if (context.in_aggregate) return InvalidSql("Aggregations of aggregations are not allowed", position);
    if (!context.aggregates || context.select == nullptr) {
      return InvalidSql("Aggregate function " + name + " not allowed in " + context.clause, position);
    }
    context.select->has_aggregate = true;
    if (context.scope != nullptr) {
      from_scope = *context.scope;
      from_scope.aliases = nullptr;
      caller.scope = &from_scope;
    }
    caller.aggregates = false;
    caller.windows = false;
    caller.in_aggregate = true;
  }
  const Isolation isolation(*this);
  const std::string what = "function " + name;
  RETURN_IF_ERROR(isolation.Check(what, position));
  ArgumentList list;
  RETURN_IF_ERROR(BindArguments(name, function.parameters, call.arguments, caller, isolation, position, list));
  Scope scope;
  scope.arguments = &list;
  ExprContext inner;
  inner.scope = &scope;
  inner.clause = "function body";
  if (function.aggregate) {
    inner.select = context.select;
    inner.aggregates = true;
  }
  ASSIGN_OR_RETURN(ExprPtr body, At(ResolveExpr(*function.body, inner), what, position));
  if (function.returns && !IsAnyType(*function.returns)) {
    ASSIGN_OR_RETURN(const Type type, ResolveType(*function.returns));
    RETURN_IF_ERROR(At(CoerceTo(body, type, "Function body"), what, position));
  }
  MakeFirm(*body);
  body->position = position;
  return body;
}

// --- Table functions -------------------------------------------------------------------------------

SqlResult<QueryResult> Resolver::ResolveTableCall(const sql::TableCall& call, QueryResult* piped,
                                                  const NameList* left_names, const Scope* outer) {
  (void)left_names;  // arguments do not see the tables on the left
  const uint32_t position = call.range.begin;
  const std::string name = PathText(call.function);
  const sql::CreateTableFunction* function =
      options_.definitions == nullptr ? nullptr : options_.definitions->FindTableFunction(call.function);
  if (function == nullptr && EqualIgnoringCase(name, "RANGE_SESSIONIZE")) return ResolveSessionize(call, piped, outer);
  if (function == nullptr) return UnsupportedSql("Table function " + name + " is not supported", position);
  const size_t given = call.arguments.size() + (piped != nullptr ? 1 : 0);
  if (given != function->parameters.size()) {
    return InvalidSql("Number of arguments does not match for table function " + name + ": " +
                          std::to_string(function->parameters.size()) + " expected, " + std::to_string(given) + " given",
                      position);
  }
  auto with = std::make_unique<WithScan>();
  std::vector<WithTableInfo> tables;
  std::vector<sql::FunctionParameter> scalars;
  std::vector<const sql::Argument*> values;
  size_t next = 0;
  for (const sql::FunctionParameter& parameter : function->parameters) {
    if (!parameter.is_table) {
      if (next == call.arguments.size()) return InvalidSql("Table function " + name + " takes no table", position);
      values.push_back(&call.arguments[next++]);
      if (values.back()->name) {
        return UnsupportedSql("Named arguments of table functions are not supported", position);
      }
      continue;
    }
    QueryResult table;
    if (piped != nullptr) {
      table = std::move(*piped);
      piped = nullptr;
    } else {
      ASSIGN_OR_RETURN(table, ResolveTableArgument(call.arguments[next++], outer));
    }
    RETURN_IF_ERROR(FitTable(parameter, table, position));
    const std::string_view table_name = parameter.name ? std::string_view(parameter.name->text) : "";
    with->entries.push_back(AddWithEntry(table_name, std::move(table)));
    tables.push_back(std::move(with_tables_.back()));
    with_tables_.pop_back();
  }
  if (piped != nullptr) return InvalidSql("Table function " + name + " takes no table", position);

  const Isolation isolation(*this);
  const std::string what = "table function " + name;
  RETURN_IF_ERROR(isolation.Check(what, position));
  with_tables_ = std::move(tables);
  ArgumentList list;
  ExprContext caller;
  caller.scope = outer;
  caller.clause = "table function";
  size_t value = 0;
  for (const sql::FunctionParameter& parameter : function->parameters) {
    if (parameter.is_table) continue;
    const sql::Argument& argument = *values[value++];
    if (argument.kind != sql::ArgumentKind::kExpr) {
      return InvalidSql("Table function " + name + " does not take a table here", argument.range.begin);
    }
    NamedArgument bound;
    bound.name = parameter.name ? std::string_view(parameter.name->text) : "";
    bound.expr = argument.value.get();
    bound.context = caller;
    bound.with_tables = &isolation.outside();
    bound.sees_variables = isolation.outside_sees_variables();
    bound.query_depth = query_depth_;
    if (!IsAnyType(parameter.type)) {
      ASSIGN_OR_RETURN(bound.type, ResolveType(parameter.type));
    }
    ASSIGN_OR_RETURN(const ExprPtr once, ResolveArgument(bound, position));
    if (!bound.type) bound.type = once->type;
    bound.mentions = 0;
    list.arguments.push_back(std::move(bound));
  }
  Scope scope;
  scope.arguments = &list;
  ASSIGN_OR_RETURN(QueryResult result, At(ResolveQuery(*function->query, &scope), what, position));
  if (function->returns) RETURN_IF_ERROR(FitColumns(*function->returns, result, position));
  if (with->entries.empty()) return result;
  with->body = std::move(result.scan);
  result.scan = std::move(with);
  return result;
}

// `TABLE t` or a query in parentheses.
SqlResult<QueryResult> Resolver::ResolveTableArgument(const sql::Argument& argument, const Scope* outer) {
  const uint32_t position = argument.range.begin;
  if (argument.kind == sql::ArgumentKind::kTable) {
    sql::TablePath table;
    table.path = argument.path;
    table.range = argument.range;
    PipeState state;
    ASSIGN_OR_RETURN(state.scan, ResolveTablePath(table, outer, nullptr, nullptr, state.names));
    QueryResult result = ToQuery(state, position);
    // The names are those of a tree that ends here.
    for (QueryColumn& column : result.columns) column.name = Keep(std::string(column.name));
    return result;
  }
  const auto* subquery = argument.value == nullptr ? nullptr : sql::TryAs<sql::SubqueryExpr>(*argument.value);
  if (argument.kind != sql::ArgumentKind::kExpr || subquery == nullptr) {
    return InvalidSql("Table function expects a table here", position);
  }
  return ResolveQuery(*subquery->query, outer);
}

SqlStatus Resolver::FitTable(const sql::FunctionParameter& parameter, QueryResult& table, uint32_t position) {
  if (IsAnyType(parameter.type)) return Nothing{};
  return FitColumns(parameter.type, table, position);
}

// Gives `table` the columns of TABLE<…>, which are found by name.
SqlStatus Resolver::FitColumns(const sql::TypeName& type, QueryResult& table, uint32_t position) {
  ASSIGN_OR_RETURN(const Type row, ResolveType(type));
  std::vector<std::string_view> names;
  std::vector<Type> types;
  for (const Type::Field& field : row.fields()) {
    const auto found = std::find_if(table.columns.begin(), table.columns.end(), [&](const QueryColumn& column) {
      return EqualIgnoringCase(column.name, field.name);
    });
    if (found == table.columns.end()) {
      return InvalidSql("Column " + field.name + " not found in the table given to a table function", position);
    }
    if (!Coerces(found->type, field.type)) {
      return InvalidSql("Column " + field.name + " of type " + found->type.type.ToString() + " cannot become " +
                            field.type.ToString(), position);
    }
    names.push_back(Keep(field.name));
    types.push_back(field.type);
  }
  SelectByName(table, names, position);
  for (size_t i = 0; i < names.size(); ++i) table.columns[i].name = names[i];
  return CastColumns(table, types, position);
}

// --- WITH (a AS 1, a + 1) --------------------------------------------------------------------------

SqlResult<ExprPtr> Resolver::ResolveWithExpr(const sql::WithExpr& with, const ExprContext& context) {
  std::vector<ArgumentList> lists(with.variables.size());
  std::vector<Scope> scopes(with.variables.size());
  const std::vector<WithTableInfo> tables = with_tables_;
  ExprContext inner = context;
  for (size_t i = 0; i < with.variables.size(); ++i) {
    NamedArgument variable;
    variable.name = with.variables[i].alias->text;
    variable.expr = with.variables[i].expr.get();
    variable.context = inner;
    variable.with_tables = &tables;
    variable.sees_variables = sees_variables_;
    variable.query_depth = query_depth_;
    ASSIGN_OR_RETURN(const ExprPtr once, ResolveArgument(variable, with.range.begin));
    variable.type = once->type;
    variable.mentions = 0;
    lists[i].arguments.push_back(std::move(variable));
    scopes[i].arguments = &lists[i];
    scopes[i].parent = inner.scope;
    inner.scope = &scopes[i];
  }
  return ResolveExpr(*with.body, inner);
}

}  // namespace casebook::analysis
