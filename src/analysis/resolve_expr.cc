// Expressions: literals, names, operators and what the grammar writes in its own way.
#include <charconv>
#include <limits>

#include "analysis/numeric_text.h"
#include "analysis/resolver_internal.h"
#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

std::unique_ptr<Literal> NewLiteral(const Type& type, Value::Data data, uint32_t position, bool coerces) {
  auto literal = std::make_unique<Literal>();
  literal->type = type;
  literal->value = {type, std::move(data)};
  literal->position = position;
  literal->coerces = coerces;
  return literal;
}

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

}  // namespace

SqlResult<ExprPtr> Resolver::ResolveExpr(const sql::Expr& expr, const ExprContext& context) {
  using sql::As;
  const uint32_t position = expr.range.begin;
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

SqlResult<ExprPtr> Resolver::ResolveLiteral(const sql::LiteralExpr& literal) {
  const uint32_t position = literal.range.begin;
  const auto typed = [&](TypeKind kind) -> SqlResult<ExprPtr> {
    auto value = ReadConstant(literal.text, kind, position);
    if (!value.ok()) {
      if (value.error().kind != sql::SqlErrorKind::kInvalid) return value.error();
      return InvalidSql(std::string("Invalid ") + TypeKindName(kind) + " literal", position);
    }
    return ExprPtr(NewLiteral(kind, std::move(value.value().data), position, false));
  };
  switch (literal.literal) {
    case sql::LiteralKind::kNull: {
      auto null = NewLiteral(TypeKind::kInt64, {}, position, true);
      null->untyped = true;
      return ExprPtr(std::move(null));
    }
    case sql::LiteralKind::kBool: return ExprPtr(NewLiteral(TypeKind::kBool, literal.bool_value, position, true));
    case sql::LiteralKind::kInt:
      if (literal.int_value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
        return InvalidSql("Invalid integer literal: " + literal.text, position);
      }
      return ExprPtr(NewLiteral(TypeKind::kInt64, static_cast<int64_t>(literal.int_value), position, true));
    case sql::LiteralKind::kFloat: {
      auto number = NewLiteral(TypeKind::kFloat64, literal.float_value, position, true);
      number->written = literal.text;
      return ExprPtr(std::move(number));
    }
    case sql::LiteralKind::kString: return ExprPtr(NewLiteral(TypeKind::kString, literal.text, position, true));
    case sql::LiteralKind::kBytes: return ExprPtr(NewLiteral(TypeKind::kBytes, literal.text, position, true));
    case sql::LiteralKind::kDate: return typed(TypeKind::kDate);
    case sql::LiteralKind::kDatetime: return typed(TypeKind::kDatetime);
    case sql::LiteralKind::kTime: return typed(TypeKind::kTime);
    case sql::LiteralKind::kTimestamp: return typed(TypeKind::kTimestamp);
    case sql::LiteralKind::kNumeric: return typed(TypeKind::kNumeric);
    case sql::LiteralKind::kBigNumeric: return typed(TypeKind::kBigNumeric);
    case sql::LiteralKind::kJson: return typed(TypeKind::kJson);
    case sql::LiteralKind::kRange: {
      ASSIGN_OR_RETURN(const Type element, ResolveType(literal.range_type));
      if (!IsRangeElement(element)) {
        return InvalidSql("Unsupported type: RANGE<" + element.ToString() + "> is not supported", position);
      }
      return ReadRange(literal.text, Type::Range(element), position);
    }
  }
  Unreachable();
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

SqlResult<ExprPtr> Resolver::ResolveParameter(const sql::ParameterExpr& parameter) {
  const uint32_t position = parameter.range.begin;
  if (parameter.name) {
    for (const NamedParameter& named : options_.named_parameters) {
      if (EqualIgnoringCase(named.name, parameter.name->text)) return MakeParameter(named.value, position);
    }
    return InvalidSql("Query parameter '" + parameter.name->text + "' not found", position);
  }
  if (parameter.position == 0 || parameter.position > options_.positional_parameters.size()) {
    return InvalidSql("Query parameter number " + std::to_string(parameter.position) + " is not defined (" +
                          std::to_string(options_.positional_parameters.size()) + " positional parameters provided)",
                      position);
  }
  return MakeParameter(options_.positional_parameters[parameter.position - 1], position);
}

SqlResult<ExprPtr> Resolver::MakeParameter(const ParameterValue& value, uint32_t position) {
  if (value.is_null) return ExprPtr(NewLiteral(value.type, {}, position, true));
  if (value.type.IsArray()) {
    auto array = std::make_unique<ArrayConstructor>();
    for (const ParameterValue& part : value.parts) {
      ASSIGN_OR_RETURN(ExprPtr element, MakeParameter(part, position));
      array->elements.push_back(std::move(element));
    }
    array->type = value.type;
    array->position = position;
    return ExprPtr(std::move(array));
  }
  if (value.type.IsStruct()) {
    auto row = std::make_unique<StructConstructor>();
    for (const ParameterValue& part : value.parts) {
      ASSIGN_OR_RETURN(ExprPtr field, MakeParameter(part, position));
      row->fields.push_back(std::move(field));
    }
    row->type = value.type;
    row->position = position;
    return ExprPtr(std::move(row));
  }
  if (value.type.kind() == TypeKind::kRange) return ReadRange(value.text, value.type, position);
  ASSIGN_OR_RETURN(Value constant, ReadConstant(value.text, value.type, position));
  auto literal = NewLiteral(value.type, std::move(constant.data), position, true);
  literal->written = value.text;
  return ExprPtr(std::move(literal));
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
  switch (unary.op) {
    case sql::UnaryOp::kPlus: return MakeCall(FunctionId::kPlus, std::move(arguments), position);
    case sql::UnaryOp::kMinus: return MakeCall(FunctionId::kNegate, std::move(arguments), position);
    case sql::UnaryOp::kBitNot: return MakeCall(FunctionId::kBitNot, std::move(arguments), position);
    case sql::UnaryOp::kNot: return MakeCall(FunctionId::kNot, std::move(arguments), position);
  }
  Unreachable();
}

SqlResult<ExprPtr> Resolver::ResolveBinary(const sql::BinaryExpr& binary, const ExprContext& context) {
  const uint32_t position = binary.range.begin;
  std::vector<ExprPtr> arguments;
  for (const auto* side : {&binary.left, &binary.right}) {
    ASSIGN_OR_RETURN(ExprPtr operand, ResolveExpr(**side, context));
    arguments.push_back(std::move(operand));
  }
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
    ASSIGN_OR_RETURN(ExprPtr array, ResolveExpr(*in.candidates.unnest, context));
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
  const uint32_t position = subscript.range.begin;
  ASSIGN_OR_RETURN(ExprPtr base, ResolveExpr(*subscript.base, context));
  ASSIGN_OR_RETURN(ExprPtr index, ResolveExpr(*subscript.index, context));
  FunctionId function = FunctionId::kArrayOffset;
  switch (subscript.subscript) {
    case sql::SubscriptKind::kPlain:
      if (base->type.kind() == TypeKind::kJson) function = FunctionId::kJsonField;
      if (base->type.IsStruct()) return UnsupportedSql("Subscript of STRUCT is not supported", position);
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

// --- CASE, CAST and the like -----------------------------------------------------------------------

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
    auto null = NewLiteral(TypeKind::kInt64, {}, position, true);
    null->untyped = true;
    results.push_back(std::move(null));
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

SqlResult<ExprPtr> Resolver::ResolveCast(const sql::CastExpr& cast, const ExprContext& context) {
  const uint32_t position = cast.range.begin;
  if (!cast.type.parameters.empty()) {
    return UnsupportedSql("CAST to a type with parameters is not supported", cast.type.range.begin);
  }
  ASSIGN_OR_RETURN(const Type type, ResolveType(cast.type));
  ASSIGN_OR_RETURN(ExprPtr operand, ResolveExpr(*cast.operand, context));
  if (auto* literal = TryAs<Literal>(*operand); literal != nullptr && literal->untyped) {
    RETURN_IF_ERROR(CoerceTo(operand, type, "CAST"));
    As<Literal>(*operand).coerces = false;
    return operand;
  }
  if (auto* array = TryAs<ArrayConstructor>(*operand); array != nullptr && array->coerces && array->elements.empty()) {
    if (!type.IsArray()) return InvalidSql("Invalid cast from ARRAY<INT64> to " + type.ToString(), position);
    array->type = type;
    array->coerces = false;
    return operand;
  }
  if (!CanCast(operand->type, type)) {
    if (type.kind() == TypeKind::kJson) return UnsupportedSql("CAST to JSON is not supported", position);
    return InvalidSql("Invalid cast from " + operand->type.ToString() + " to " + type.ToString(), operand->position);
  }
  // A literal that coerces is read from its digits: CAST(1.1 AS NUMERIC) is 1.1.
  if (const auto* literal = TryAs<Literal>(*operand);
      literal != nullptr && literal->coerces && literal->type.kind() == TypeKind::kFloat64 &&
      (type.kind() == TypeKind::kNumeric || type.kind() == TypeKind::kBigNumeric) &&
      CanonicalDecimal(literal->written, 29, 9)) {
    RETURN_IF_ERROR(CoerceTo(operand, type, "CAST"));
    As<Literal>(*operand).coerces = false;
    return operand;
  }
  ExprPtr result = MakeCast(std::move(operand), type, cast.safe, false);
  result->position = position;
  RETURN_IF_ERROR(ResolveCastFormat(cast, As<Cast>(*result), context));
  return result;
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

SqlResult<ExprPtr> Resolver::ResolveArray(const sql::ArrayExpr& array, const ExprContext& context) {
  auto result = std::make_unique<ArrayConstructor>();
  result->position = array.range.begin;
  std::vector<CoercibleType> types;
  for (const auto& element : array.elements) {
    ASSIGN_OR_RETURN(ExprPtr expr, ResolveExpr(*element, context));
    types.push_back(CoercibleOf(*expr));
    result->elements.push_back(std::move(expr));
  }
  Type element;
  if (array.type) {
    ASSIGN_OR_RETURN(const Type type, ResolveType(*array.type));
    element = type.element();
  } else {
    const auto super = CommonSupertype(types);
    if (!super) {
      std::string listed;
      for (const CoercibleType& type : types) listed += (listed.empty() ? "" : ", ") + type.type.ToString();
      return InvalidSql("Array elements of types {" + listed + "} do not have a common supertype", array.range.begin);
    }
    element = *super;
    result->coerces = true;
  }
  if (element.IsArray()) {
    return InvalidSql("Cannot construct array with element type " + element.ToString() +
                          " because nested arrays are not supported", array.range.begin);
  }
  bool all_literal = true;
  for (ExprPtr& expr : result->elements) {
    if (result->coerces) all_literal = all_literal && (CoercibleOf(*expr).literal || !CoercibleOf(*expr).parts.empty());
    RETURN_IF_ERROR(CoerceTo(expr, element, "Array element"));
  }
  result->coerces = result->coerces && (all_literal || result->elements.empty());
  result->type = Type::Array(element);
  return ExprPtr(std::move(result));
}

SqlResult<ExprPtr> Resolver::ResolveStruct(const sql::StructExpr& expr, const ExprContext& context) {
  auto result = std::make_unique<StructConstructor>();
  result->position = expr.range.begin;
  std::vector<Type::Field> fields;
  for (const sql::NamedExpr& named : expr.fields) {
    ASSIGN_OR_RETURN(ExprPtr field, ResolveExpr(*named.expr, context));
    std::string name;
    if (named.alias) {
      name = named.alias->text;
    } else if (!expr.tuple && !expr.type) {
      if (const auto* path = sql::TryAs<sql::PathExpr>(*named.expr)) name = path->path.names.back().text;
      if (const auto* access = sql::TryAs<sql::FieldAccessExpr>(*named.expr)) name = access->field.text;
    }
    fields.push_back({std::move(name), field->type});
    result->fields.push_back(std::move(field));
  }
  if (!expr.type) {
    result->coerces = true;
    result->type = Type::Struct(std::move(fields));
    return ExprPtr(std::move(result));
  }
  ASSIGN_OR_RETURN(result->type, ResolveType(*expr.type));
  if (!result->type.IsStruct() || result->type.fields().size() != result->fields.size()) {
    return InvalidSql("STRUCT type has " + std::to_string(result->type.fields().size()) + " fields but constructor call "
                      "has " + std::to_string(result->fields.size()) + " fields", expr.range.begin);
  }
  for (size_t i = 0; i < result->fields.size(); ++i) {
    RETURN_IF_ERROR(CoerceTo(result->fields[i], Type(result->type).fields()[i].type, "Struct field"));
  }
  return ExprPtr(std::move(result));
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

SqlResult<Type> Resolver::ResolveType(const sql::TypeName& name) {
  const uint32_t position = name.range.begin;
  // Limits and collations that were left out of account would let through what BigQuery refuses.
  if (!name.parameters.empty()) return UnsupportedSql("A type with parameters is not supported", position);
  if (name.collation) return UnsupportedSql("A type with COLLATE is not supported", position);
  switch (name.kind) {
    case sql::TypeNameKind::kArray: {
      ASSIGN_OR_RETURN(Type element, ResolveType(name.fields.front().type));
      if (element.IsArray()) return InvalidSql("Arrays of arrays are not supported", position);
      return Type::Array(std::move(element));
    }
    case sql::TypeNameKind::kStruct: {
      std::vector<Type::Field> fields;
      for (const auto& field : name.fields) {
        ASSIGN_OR_RETURN(Type type, ResolveType(field.type));
        fields.push_back({field.name ? field.name->text : "", std::move(type)});
      }
      return Type::Struct(std::move(fields));
    }
    case sql::TypeNameKind::kRange: {
      ASSIGN_OR_RETURN(Type element, ResolveType(name.fields.front().type));
      if (!IsRangeElement(element)) {
        return InvalidSql("Unsupported type: RANGE<" + element.ToString() + "> is not supported", position);
      }
      return Type::Range(std::move(element));
    }
    case sql::TypeNameKind::kAnyType: return InvalidSql("ANY TYPE is not allowed here", position);
    case sql::TypeNameKind::kNamed: break;
  }
  struct Alias {
    std::string_view name;
    TypeKind kind;
  };
  constexpr Alias kAliases[] = {
      {"INT64", TypeKind::kInt64},       {"INT", TypeKind::kInt64},          {"SMALLINT", TypeKind::kInt64},
      {"INTEGER", TypeKind::kInt64},     {"BIGINT", TypeKind::kInt64},       {"TINYINT", TypeKind::kInt64},
      {"BYTEINT", TypeKind::kInt64},     {"FLOAT64", TypeKind::kFloat64},    {"NUMERIC", TypeKind::kNumeric},
      {"DECIMAL", TypeKind::kNumeric},   {"BIGNUMERIC", TypeKind::kBigNumeric}, {"BIGDECIMAL", TypeKind::kBigNumeric},
      {"BOOL", TypeKind::kBool},         {"BOOLEAN", TypeKind::kBool},       {"STRING", TypeKind::kString},
      {"BYTES", TypeKind::kBytes},       {"DATE", TypeKind::kDate},          {"DATETIME", TypeKind::kDatetime},
      {"TIME", TypeKind::kTime},         {"TIMESTAMP", TypeKind::kTimestamp}, {"INTERVAL", TypeKind::kInterval},
      {"JSON", TypeKind::kJson}};
  const std::string& text = name.name.names.back().text;
  for (const Alias& alias : kAliases) {
    if (name.name.names.size() == 1 && EqualIgnoringCase(alias.name, text)) return Type(alias.kind);
  }
  constexpr std::string_view kAbsent[] = {"INT32",  "UINT32",        "UINT64",    "FLOAT",
                                          "DOUBLE", "ROUNDING_MODE", "GEOGRAPHY", "UUID"};
  for (const std::string_view absent : kAbsent) {
    if (name.name.names.size() == 1 && EqualIgnoringCase(absent, text)) {
      return UnsupportedSql("Type " + std::string(absent) + " is not supported", position);
    }
  }
  return InvalidSql("Type not found: " + text, position);
}

}  // namespace casebook::analysis
