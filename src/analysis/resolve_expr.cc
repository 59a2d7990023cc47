// Expressions: names, operators, subqueries and what else the grammar writes in its own way.
#include "analysis/resolver_internal.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

// All names in `names` that `name` may mean, with their columns' ranges, for hints.
void CollectNames(const Scope* scope, std::vector<std::string_view>& found) {
  for (; scope != nullptr; scope = scope->parent) {
    if (scope->aliases != nullptr) {
      for (const SelectOutput& output : scope->aliases->outputs) {
        if (output.aliased) found.push_back(output.name);
      }
    }
    if (scope->names == nullptr) continue;
    for (const NamedColumn& column : scope->names->columns) {
      if (!column.name.empty()) found.push_back(column.name);
    }
    for (const RangeVariable& range : scope->names->ranges) found.push_back(range.name);
  }
}

SqlError Unrecognized(const sql::Path& path, const Scope* scope) {
  std::vector<std::string_view> candidates;
  CollectNames(scope, candidates);
  std::string text;
  for (const auto& name : path.names) text += (text.empty() ? "" : ".") + name.text;
  std::string message = "Unrecognized name: " + text;
  const std::string_view nearest = NearestName(path.names.front().text, candidates);
  if (!nearest.empty()) message += "; Did you mean " + std::string(nearest) + "?";
  return InvalidSql(message, path.range.begin);
}

FunctionId BinaryFunction(sql::BinaryOp op) {
  switch (op) {
    case sql::BinaryOp::kMultiply: return FunctionId::kMultiply;
    case sql::BinaryOp::kDivide: return FunctionId::kDivide;
    case sql::BinaryOp::kConcat: return FunctionId::kConcatOperator;
    case sql::BinaryOp::kAdd: return FunctionId::kAdd;
    case sql::BinaryOp::kSubtract: return FunctionId::kSubtract;
    case sql::BinaryOp::kShiftLeft: return FunctionId::kShiftLeft;
    case sql::BinaryOp::kShiftRight: return FunctionId::kShiftRight;
    case sql::BinaryOp::kBitAnd: return FunctionId::kBitAnd;
    case sql::BinaryOp::kBitXor: return FunctionId::kBitXor;
    case sql::BinaryOp::kBitOr: return FunctionId::kBitOr;
    case sql::BinaryOp::kEqual: return FunctionId::kEqual;
    case sql::BinaryOp::kNotEqual: return FunctionId::kNotEqual;
    case sql::BinaryOp::kLess: return FunctionId::kLess;
    case sql::BinaryOp::kLessOrEqual: return FunctionId::kLessOrEqual;
    case sql::BinaryOp::kGreater: return FunctionId::kGreater;
    case sql::BinaryOp::kGreaterOrEqual: return FunctionId::kGreaterOrEqual;
    case sql::BinaryOp::kLike:
    case sql::BinaryOp::kNotLike: return FunctionId::kLike;
    case sql::BinaryOp::kIsDistinctFrom: return FunctionId::kIsDistinctFrom;
    case sql::BinaryOp::kIsNotDistinctFrom: return FunctionId::kIsNotDistinctFrom;
  }
  Unreachable();
}

FunctionId UnaryFunction(sql::UnaryOp op) {
  switch (op) {
    case sql::UnaryOp::kPlus: return FunctionId::kPlus;
    case sql::UnaryOp::kMinus: return FunctionId::kNegate;
    case sql::UnaryOp::kBitNot: return FunctionId::kBitNot;
    case sql::UnaryOp::kNot: return FunctionId::kNot;
  }
  Unreachable();
}

// NULL as it is written has no place beside these operators: nothing is equal to it. BigQuery's rule, shifts and
// IS DISTINCT FROM apart.
SqlStatus CheckNoNull(FunctionId function, const std::vector<ExprPtr>& operands) {
  switch (function) {
    case FunctionId::kIsDistinctFrom:
    case FunctionId::kIsNotDistinctFrom:
    case FunctionId::kShiftLeft:
    case FunctionId::kShiftRight: return Nothing{};
    default: break;
  }
  for (const ExprPtr& operand : operands) {
    const auto* literal = TryAs<Literal>(*operand);
    if (literal == nullptr || !literal->untyped) continue;
    std::string_view name = GetFunction(function).name;
    if (name.starts_with("unary ")) name.remove_prefix(6);
    return InvalidSql("Operands of " + std::string(name) + " cannot be literal NULL", operand->position);
  }
  return Nothing{};
}

}  // namespace

SqlResult<ExprPtr> Resolver::ResolveExpr(const sql::Expr& expr, const ExprContext& context) {
  using sql::As;
  const uint32_t position = expr.range.begin;
  const Deeper deeper(expression_depth_);
  RETURN_IF_ERROR(CountExpression(position));
  switch (expr.kind) {
    case sql::ExprKind::kLiteral: return ResolveLiteral(As<sql::LiteralExpr>(expr));
    case sql::ExprKind::kPath: return ResolvePath(As<sql::PathExpr>(expr), context);
    case sql::ExprKind::kParameter: return ResolveParameter(As<sql::ParameterExpr>(expr));
    case sql::ExprKind::kSystemVariable: return UnsupportedSql("System variables are not supported", position);
    case sql::ExprKind::kUnary: return ResolveUnary(As<sql::UnaryExpr>(expr), context);
    case sql::ExprKind::kBinary: return ResolveBinary(As<sql::BinaryExpr>(expr), context);
    case sql::ExprKind::kLogical: {
      const auto& logical = As<sql::LogicalExpr>(expr);
      std::vector<ExprPtr> operands;
      for (const auto& operand : logical.operands) {
        ASSIGN_OR_RETURN(ExprPtr resolved, ResolveExpr(*operand, context));
        operands.push_back(std::move(resolved));
      }
      return MakeCall(logical.op == sql::LogicalOp::kAnd ? FunctionId::kAnd : FunctionId::kOr, std::move(operands),
                      position);
    }
    case sql::ExprKind::kBetween: {
      const auto& between = As<sql::BetweenExpr>(expr);
      std::vector<ExprPtr> operands;
      for (const auto* operand : {&between.value, &between.low, &between.high}) {
        ASSIGN_OR_RETURN(ExprPtr resolved, ResolveExpr(**operand, context));
        operands.push_back(std::move(resolved));
      }
      ASSIGN_OR_RETURN(ExprPtr result, MakeCall(FunctionId::kBetween, std::move(operands), position));
      if (!between.negated) return result;
      std::vector<ExprPtr> inner;
      inner.push_back(std::move(result));
      return MakeCall(FunctionId::kNot, std::move(inner), position);
    }
    case sql::ExprKind::kIn: return ResolveIn(As<sql::InExpr>(expr), context);
    case sql::ExprKind::kLikeAny: return ResolveLikeAny(As<sql::LikeAnyExpr>(expr), context);
    case sql::ExprKind::kIs: return ResolveIs(As<sql::IsExpr>(expr), context);
    case sql::ExprKind::kFieldAccess: {
      ASSIGN_OR_RETURN(ExprPtr base, ResolveExpr(*As<sql::FieldAccessExpr>(expr).base, context));
      return AccessField(std::move(base), As<sql::FieldAccessExpr>(expr).field);
    }
    case sql::ExprKind::kSubscript: return ResolveSubscript(As<sql::SubscriptExpr>(expr), context);
    case sql::ExprKind::kCase: return ResolveCase(As<sql::CaseExpr>(expr), context);
    case sql::ExprKind::kCast: return ResolveCast(As<sql::CastExpr>(expr), context);
    case sql::ExprKind::kExtract: return ResolveExtract(As<sql::ExtractExpr>(expr), context);
    case sql::ExprKind::kInterval: return ResolveInterval(As<sql::IntervalExpr>(expr), context);
    case sql::ExprKind::kArray: return ResolveArray(As<sql::ArrayExpr>(expr), context);
    case sql::ExprKind::kStruct: return ResolveStruct(As<sql::StructExpr>(expr), context);
    case sql::ExprKind::kSubquery: return ResolveSubquery(As<sql::SubqueryExpr>(expr), context);
    case sql::ExprKind::kCall: return ResolveCall(As<sql::CallExpr>(expr), context);
    case sql::ExprKind::kStar: return InvalidSql("Argument * can only be used in COUNT(*)", position);
    case sql::ExprKind::kLambda: return UnsupportedSql("Lambda is not supported", position);
    case sql::ExprKind::kWith: return ResolveWithExpr(As<sql::WithExpr>(expr), context);
  }
  Unreachable();
}

SqlResult<ExprPtr> Resolver::ResolveBool(const sql::Expr& expr, const ExprContext& context) {
  ASSIGN_OR_RETURN(ExprPtr condition, ResolveExpr(expr, context));
  RETURN_IF_ERROR(CoerceTo(condition, TypeKind::kBool, context.clause));
  return condition;
}

// --- Names -----------------------------------------------------------------------------------------

SqlResult<ExprPtr> Resolver::ResolvePath(const sql::PathExpr& path, const ExprContext& context) {
  size_t used = 0;
  ASSIGN_OR_RETURN(ExprPtr expr, ResolveFirstName(path.path, context.scope, used));
  for (; used < path.path.names.size(); ++used) {
    ASSIGN_OR_RETURN(expr, AccessField(std::move(expr), path.path.names[used]));
  }
  expr->position = path.range.begin;
  return expr;
}

// The column that the first `used` names of `path` mean.
SqlResult<ExprPtr> Resolver::ResolveFirstName(const sql::Path& path, const Scope* scope, size_t& used) {
  for (const Scope* s = scope; s != nullptr; s = s->parent) {
    if (s->aliases != nullptr) {
      SqlStatus status = Nothing{};
      const int alias = FindAlias(*s->aliases, path.names.front().text, path.range.begin, status);
      RETURN_IF_ERROR(std::move(status));
      if (alias >= 0) {
        SelectOutput& output = s->aliases->outputs[static_cast<size_t>(alias)];
        output.referenced = output.referenced || s->aliases->early_aliases;
        used = 1;
        return Ref(output.column, path.range.begin);
      }
    }
    if (s->names != nullptr) {
      ASSIGN_OR_RETURN(ExprPtr found, FindInNames(*s->names, path, used));
      if (found != nullptr) return found;
    }
    if (s->arguments == nullptr) continue;
    for (const NamedArgument& argument : s->arguments->arguments) {
      if (!EqualIgnoringCase(argument.name, path.names.front().text)) continue;
      used = 1;
      return ResolveArgument(argument, path.range.begin);
    }
  }
  if (sees_variables_) {
    for (const NamedParameter& variable : options_.variables) {
      if (!EqualIgnoringCase(variable.name, path.names.front().text)) continue;
      used = 1;
      ASSIGN_OR_RETURN(ExprPtr value, MakeParameter(variable.value, path.range.begin));
      if (auto* literal = TryAs<Literal>(*value)) literal->coerces = false;
      return value;
    }
  }
  return Unrecognized(path, scope);
}

// nullptr where `names` has no such name.
SqlResult<ExprPtr> Resolver::FindInNames(const NameList& names, const sql::Path& path, size_t& used) {
  const std::string& first = path.names.front().text;
  const uint32_t position = path.range.begin;
  for (const RangeVariable& range : names.ranges) {
    if (!EqualIgnoringCase(range.name, first)) continue;
    used = 1;
    if (range.is_value) return Ref(range.columns.front().column, position);
    if (path.names.size() == 1) {
      auto row = std::make_unique<StructConstructor>();
      row->position = position;
      std::vector<Type::Field> fields;
      for (const NamedColumn& column : range.columns) {
        fields.push_back({std::string(column.name), TypeOf(column.column)});
        row->fields.push_back(Ref(column.column, position));
      }
      row->type = Type::Struct(std::move(fields));
      return ExprPtr(std::move(row));
    }
    used = 2;
    const sql::Identifier& second = path.names[1];
    const NamedColumn* found = nullptr;
    for (const NamedColumn& column : range.columns) {
      if (!EqualIgnoringCase(column.name, second.text)) continue;
      if (found != nullptr) {
        return InvalidSql("Column name " + second.text + " is ambiguous", second.range.begin);
      }
      found = &column;
    }
    if (found == nullptr) {
      std::vector<std::string_view> candidates;
      for (const NamedColumn& column : range.columns) candidates.push_back(column.name);
      std::string message = "Name " + second.text + " not found inside " + first;
      const std::string_view nearest = NearestName(second.text, candidates);
      if (!nearest.empty()) message += "; Did you mean " + std::string(nearest) + "?";
      return InvalidSql(message, second.range.begin);
    }
    return Ref(found->column, position);
  }

  ExprPtr found;
  for (const NamedColumn& column : names.columns) {
    ExprPtr candidate;
    if (EqualIgnoringCase(column.name, first)) {
      candidate = Ref(column.column, position);
    } else if (column.is_value && TypeOf(column.column).IsStruct()) {
      const Type type = TypeOf(column.column);
      for (size_t i = 0; i < type.fields().size(); ++i) {
        if (!EqualIgnoringCase(type.fields()[i].name, first)) continue;
        auto field = std::make_unique<Field>();
        field->type = type.fields()[i].type;
        field->index = i;
        field->position = position;
        field->base = Ref(column.column, position);
        candidate = std::move(field);
        break;
      }
    }
    if (candidate == nullptr) continue;
    if (found != nullptr) return InvalidSql("Column name " + first + " is ambiguous", position);
    found = std::move(candidate);
  }
  used = 1;
  return found;
}

SqlResult<ExprPtr> Resolver::AccessField(ExprPtr base, const sql::Identifier& field) {
  const uint32_t position = field.range.begin;
  if (base->type.kind() == TypeKind::kJson) {
    std::vector<ExprPtr> arguments;
    arguments.push_back(std::move(base));
    arguments.push_back(Text(field.text, position));
    return MakeCall(FunctionId::kJsonField, std::move(arguments), position);
  }
  if (!base->type.IsStruct()) {
    return InvalidSql("Cannot access field " + field.text + " on a value with type " + base->type.ToString(), position);
  }
  const auto& fields = base->type.fields();
  size_t index = fields.size();
  for (size_t i = 0; i < fields.size(); ++i) {
    if (!EqualIgnoringCase(fields[i].name, field.text)) continue;
    if (index != fields.size()) return InvalidSql("Struct field name " + field.text + " is ambiguous", position);
    index = i;
  }
  if (index == fields.size()) {
    return InvalidSql("Field name " + field.text + " does not exist in " + base->type.ToString(), position);
  }
  auto access = std::make_unique<Field>();
  access->type = fields[index].type;
  access->index = index;
  access->position = position;
  access->base = std::move(base);
  return ExprPtr(std::move(access));
}

// --- Operators -------------------------------------------------------------------------------------

SqlResult<ExprPtr> Resolver::ResolveUnary(const sql::UnaryExpr& unary, const ExprContext& context) {
  const uint32_t position = unary.range.begin;
  const auto* number = sql::TryAs<sql::LiteralExpr>(*unary.operand);
  if (unary.op == sql::UnaryOp::kMinus && number != nullptr && number->literal == sql::LiteralKind::kInt &&
      number->int_value <= uint64_t{1} << 63U) {
    return ExprPtr(NewLiteral(TypeKind::kInt64, static_cast<int64_t>(0 - number->int_value), position, true));
  }
  if (unary.op == sql::UnaryOp::kMinus && number != nullptr && number->literal == sql::LiteralKind::kFloat) {
    auto literal = NewLiteral(TypeKind::kFloat64, -number->float_value, position, true);
    literal->written = "-" + number->text;
    return ExprPtr(std::move(literal));
  }
  ASSIGN_OR_RETURN(ExprPtr operand, ResolveExpr(*unary.operand, context));
  std::vector<ExprPtr> arguments;
  arguments.push_back(std::move(operand));
  const FunctionId function = UnaryFunction(unary.op);
  RETURN_IF_ERROR(CheckNoNull(function, arguments));
  return MakeCall(function, std::move(arguments), position);
}

SqlResult<ExprPtr> Resolver::ResolveBinary(const sql::BinaryExpr& binary, const ExprContext& context) {
  const uint32_t position = binary.range.begin;
  std::vector<ExprPtr> arguments;
  for (const auto* side : {&binary.left, &binary.right}) {
    ASSIGN_OR_RETURN(ExprPtr operand, ResolveExpr(**side, context));
    arguments.push_back(std::move(operand));
  }
  RETURN_IF_ERROR(CheckNoNull(BinaryFunction(binary.op), arguments));
  ASSIGN_OR_RETURN(ExprPtr result, MakeCall(BinaryFunction(binary.op), std::move(arguments), position));
  if (binary.op != sql::BinaryOp::kNotLike) return result;
  std::vector<ExprPtr> inner;
  inner.push_back(std::move(result));
  return MakeCall(FunctionId::kNot, std::move(inner), position);
}

SqlResult<ExprPtr> Resolver::ResolveIn(const sql::InExpr& in, const ExprContext& context) {
  const uint32_t position = in.range.begin;
  ASSIGN_OR_RETURN(ExprPtr value, ResolveExpr(*in.value, context));
  if (in.candidates.query != nullptr) {
    return ResolveInQuery(std::move(value), *in.candidates.query, in.negated, position, context);
  }
  std::vector<ExprPtr> arguments;
  arguments.push_back(std::move(value));
  FunctionId function = FunctionId::kIn;
  if (in.candidates.unnest != nullptr) {
    function = FunctionId::kInArray;
    ASSIGN_OR_RETURN(ExprPtr array, ResolveUnnested(*in.candidates.unnest, context));
    arguments.push_back(std::move(array));
  }
  for (const auto& candidate : in.candidates.list) {
    ASSIGN_OR_RETURN(ExprPtr expr, ResolveExpr(*candidate, context));
    arguments.push_back(std::move(expr));
  }
  ASSIGN_OR_RETURN(ExprPtr result, MakeCall(function, std::move(arguments), position));
  if (!in.negated) return result;
  std::vector<ExprPtr> inner;
  inner.push_back(std::move(result));
  return MakeCall(FunctionId::kNot, std::move(inner), position);
}

SqlResult<ExprPtr> Resolver::ResolveInQuery(ExprPtr operand, const sql::Query& query, bool negated, uint32_t position,
                                            const ExprContext& context) {
  ASSIGN_OR_RETURN(QueryResult result, ResolveQuery(query, context.scope));
  if (result.columns.size() != 1) {
    return InvalidSql("Subquery of type IN must have only one output column", query.range.begin);
  }
  const CoercibleType sides[] = {CoercibleOf(*operand), result.columns.front().type};
  const auto super = CommonSupertype(sides);
  if (!super || !SupportsEquality(*super)) {
    return InvalidSql("Cannot execute IN subquery with uncomparable types " + operand->type.ToString() + " and " +
                          result.columns.front().type.type.ToString(), position);
  }
  RETURN_IF_ERROR(CoerceTo(operand, *super, "IN"));
  RETURN_IF_ERROR(CastColumns(result, std::span(&*super, 1), position));
  auto subquery = std::make_unique<Subquery>();
  subquery->subquery = SubqueryKind::kIn;
  subquery->type = TypeKind::kBool;
  subquery->position = position;
  subquery->operand = std::move(operand);
  subquery->column = result.columns.front().column;
  subquery->query = std::move(result.scan);
  if (!negated) return ExprPtr(std::move(subquery));
  std::vector<ExprPtr> inner;
  inner.push_back(std::move(subquery));
  return MakeCall(FunctionId::kNot, std::move(inner), position);
}

SqlResult<ExprPtr> Resolver::ResolveIs(const sql::IsExpr& is, const ExprContext& context) {
  const uint32_t position = is.range.begin;
  ASSIGN_OR_RETURN(ExprPtr value, ResolveExpr(*is.value, context));
  FunctionId function = FunctionId::kIsNull;
  switch (is.test) {
    case sql::IsTest::kNull: break;
    case sql::IsTest::kTrue: function = FunctionId::kIsTrue; break;
    case sql::IsTest::kFalse: function = FunctionId::kIsFalse; break;
    case sql::IsTest::kUnknown: RETURN_IF_ERROR(CoerceTo(value, TypeKind::kBool, "IS UNKNOWN")); break;
  }
  std::vector<ExprPtr> arguments;
  arguments.push_back(std::move(value));
  ASSIGN_OR_RETURN(ExprPtr result, MakeCall(function, std::move(arguments), position));
  if (!is.negated) return result;
  std::vector<ExprPtr> inner;
  inner.push_back(std::move(result));
  return MakeCall(FunctionId::kNot, std::move(inner), position);
}

SqlResult<ExprPtr> Resolver::ResolveSubscript(const sql::SubscriptExpr& subscript, const ExprContext& context) {
  ASSIGN_OR_RETURN(ExprPtr base, ResolveExpr(*subscript.base, context));
  return MakeSubscript(subscript, std::move(base), context);
}

// The field of a struct at a constant place.
SqlResult<ExprPtr> Resolver::FieldAt(ExprPtr base, const Expr& index, bool ordinal, uint32_t position) {
  const auto* literal = TryAs<Literal>(index);
  const int64_t* number = literal == nullptr ? nullptr : std::get_if<int64_t>(&literal->value.data);
  if (number == nullptr) return InvalidSql("Field element access is only supported for literal integer positions", position);
  const auto& fields = base->type.fields();
  const int64_t at = ordinal ? *number - 1 : *number;
  if (at < 0 || at >= static_cast<int64_t>(fields.size())) {
    return InvalidSql("Field " + std::string(ordinal ? "ordinal " : "offset ") + std::to_string(*number) +
                          " is out of bounds in " + base->type.ToString(), position);
  }
  auto field = std::make_unique<Field>();
  field->index = static_cast<size_t>(at);
  field->type = fields[field->index].type;
  field->position = position;
  field->base = std::move(base);
  return ExprPtr(std::move(field));
}

SqlResult<ExprPtr> Resolver::MakeSubscript(const sql::SubscriptExpr& subscript, ExprPtr base,
                                           const ExprContext& context) {
  const uint32_t position = subscript.range.begin;
  ASSIGN_OR_RETURN(ExprPtr index, ResolveExpr(*subscript.index, context));
  if (const auto* literal = TryAs<Literal>(*base); literal != nullptr && literal->untyped) {
    return InvalidSql("Subscript access is not supported on values of type NULL", position);
  }
  if (base->type.IsStruct() && subscript.subscript != sql::SubscriptKind::kKey &&
      subscript.subscript != sql::SubscriptKind::kSafeKey) {
    const bool ordinal = subscript.subscript == sql::SubscriptKind::kOrdinal ||
                         subscript.subscript == sql::SubscriptKind::kSafeOrdinal;
    return FieldAt(std::move(base), *index, ordinal, position);
  }
  FunctionId function = FunctionId::kArrayOffset;
  switch (subscript.subscript) {
    case sql::SubscriptKind::kPlain:
      if (base->type.kind() == TypeKind::kJson) function = FunctionId::kJsonField;
      break;
    case sql::SubscriptKind::kOffset: break;
    case sql::SubscriptKind::kOrdinal: function = FunctionId::kArrayOrdinal; break;
    case sql::SubscriptKind::kSafeOffset: function = FunctionId::kArraySafeOffset; break;
    case sql::SubscriptKind::kSafeOrdinal: function = FunctionId::kArraySafeOrdinal; break;
    case sql::SubscriptKind::kKey:
    case sql::SubscriptKind::kSafeKey: return UnsupportedSql("Subscript KEY is not supported", position);
  }
  std::vector<ExprPtr> arguments;
  arguments.push_back(std::move(base));
  arguments.push_back(std::move(index));
  return MakeCall(function, std::move(arguments), position);
}

// --- CASE, EXTRACT and subqueries -----------------------------------------------------------------------

SqlResult<ExprPtr> Resolver::ResolveCase(const sql::CaseExpr& expr, const ExprContext& context) {
  const uint32_t position = expr.range.begin;
  std::vector<ExprPtr> operands;  // the operand and what it is compared with; or the conditions
  std::vector<ExprPtr> results;
  if (expr.operand != nullptr) {
    ASSIGN_OR_RETURN(ExprPtr operand, ResolveExpr(*expr.operand, context));
    operands.push_back(std::move(operand));
  }
  for (const auto& when : expr.whens) {
    ASSIGN_OR_RETURN(ExprPtr condition, ResolveExpr(*when.condition, context));
    if (expr.operand == nullptr) RETURN_IF_ERROR(CoerceTo(condition, TypeKind::kBool, "CASE condition"));
    operands.push_back(std::move(condition));
    ASSIGN_OR_RETURN(ExprPtr result, ResolveExpr(*when.result, context));
    results.push_back(std::move(result));
  }
  if (expr.otherwise != nullptr) {
    ASSIGN_OR_RETURN(ExprPtr result, ResolveExpr(*expr.otherwise, context));
    results.push_back(std::move(result));
  } else {
    results.push_back(UntypedNull(position));
  }
  const auto unify = [&](std::vector<ExprPtr>& exprs, const char* what) -> SqlResult<Type> {
    std::vector<CoercibleType> types;
    for (const ExprPtr& one : exprs) types.push_back(CoercibleOf(*one));
    const auto super = CommonSupertype(types);
    if (!super) return InvalidSql(std::string("No common type for ") + what + " of CASE", position);
    for (ExprPtr& one : exprs) RETURN_IF_ERROR(CoerceTo(one, *super, "CASE"));
    return *super;
  };
  auto call = std::make_unique<Call>();
  call->position = position;
  call->function = expr.operand != nullptr ? FunctionId::kCaseValue : FunctionId::kCaseWhen;
  if (expr.operand != nullptr) {
    ASSIGN_OR_RETURN(const Type compared, unify(operands, "the values"));
    if (!SupportsEquality(compared)) {
      return InvalidSql("CASE operand of type " + compared.ToString() + " cannot be compared", position);
    }
  }
  ASSIGN_OR_RETURN(call->type, unify(results, "the results"));
  size_t next = 0;
  if (expr.operand != nullptr) call->arguments.push_back(std::move(operands[next++]));
  for (size_t i = 0; i < expr.whens.size(); ++i) {
    call->arguments.push_back(std::move(operands[next++]));
    call->arguments.push_back(std::move(results[i]));
  }
  call->arguments.push_back(std::move(results.back()));
  return ExprPtr(std::move(call));
}

SqlResult<ExprPtr> Resolver::ResolveExtract(const sql::ExtractExpr& extract, const ExprContext& context) {
  const uint32_t position = extract.range.begin;
  const auto part = FindDatePart(extract.part.name.text, extract.part.weekday ? extract.part.weekday->text : "");
  if (!part) return InvalidSql("A valid date part name is required but found " + extract.part.name.text,
                               extract.part.range.begin);
  std::vector<ExprPtr> arguments;
  ASSIGN_OR_RETURN(ExprPtr operand, ResolveExpr(*extract.operand, context));
  arguments.push_back(std::move(operand));
  if (extract.time_zone != nullptr) {
    ASSIGN_OR_RETURN(ExprPtr zone, ResolveExpr(*extract.time_zone, context));
    arguments.push_back(std::move(zone));
  }
  std::vector<ArgumentType> types;
  for (const ExprPtr& argument : arguments) types.push_back({ArgumentType::Kind::kExpr, CoercibleOf(*argument)});
  const Function& function = GetFunction(FunctionId::kExtract);
  if (arguments.front()->type.kind() == TypeKind::kString) {
    return InvalidSql(NoSignatureMessage(function, types), position);
  }
  RETURN_IF_ERROR(CheckPart(function, arguments, *part, extract.part.range.begin));
  ASSIGN_OR_RETURN(ExprPtr result, FinishCall(function, std::move(arguments), std::move(types), part, false, position));
  if (*part == DatePart::kDate) result->type = TypeKind::kDate;
  if (*part == DatePart::kTime) result->type = TypeKind::kTime;
  if (*part == DatePart::kDatetime) result->type = TypeKind::kDatetime;
  return result;
}

SqlResult<ExprPtr> Resolver::ResolveSubquery(const sql::SubqueryExpr& subquery, const ExprContext& context) {
  const uint32_t position = subquery.range.begin;
  ASSIGN_OR_RETURN(QueryResult result, ResolveQuery(*subquery.query, context.scope));
  auto expr = std::make_unique<Subquery>();
  expr->position = position;
  switch (subquery.subquery) {
    case sql::SubqueryKind::kExists:
      expr->subquery = SubqueryKind::kExists;
      expr->type = TypeKind::kBool;
      break;
    case sql::SubqueryKind::kScalar:
      if (result.columns.size() != 1) {
        return InvalidSql("Scalar subquery cannot have more than one column unless using SELECT AS STRUCT to build "
                          "STRUCT values", position);
      }
      expr->subquery = SubqueryKind::kScalar;
      expr->type = result.columns.front().type.type;
      break;
    case sql::SubqueryKind::kArray:
      if (result.columns.size() != 1) {
        return InvalidSql("ARRAY subquery cannot have more than one column unless using SELECT AS STRUCT to build "
                          "STRUCT values", position);
      }
      if (result.columns.front().type.type.IsArray()) {
        return InvalidSql("Cannot use array subquery with column of type " +
                              result.columns.front().type.type.ToString() + " because nested arrays are not supported",
                          position);
      }
      expr->subquery = SubqueryKind::kArray;
      expr->type = Type::Array(result.columns.front().type.type);
      break;
  }
  if (expr->subquery != SubqueryKind::kExists) {
    expr->column = result.columns.front().column;
    columns_[static_cast<size_t>(expr->column)].used = true;
  }
  expr->query = std::move(result.scan);
  return ExprPtr(std::move(expr));
}

}  // namespace casebook::analysis
