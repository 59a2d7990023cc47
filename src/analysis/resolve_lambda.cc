// Calls whose arguments are read otherwise than as expressions: those with lambdas, and FLATTEN, in whose argument
// a field of an array is one of each element.
#include <algorithm>
#include <array>

#include "analysis/resolver_internal.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

constexpr size_t kMaxZipped = 4;

const sql::LambdaExpr* LambdaOf(const sql::Argument& argument) {
  return sql::TryAs<sql::LambdaExpr>(*argument.value);
}

sql::SqlError NoSignature(const sql::CallExpr& call, const Function& function) {
  return InvalidSql("No matching signature for function " + std::string(function.name), call.range.begin);
}

std::unique_ptr<Call> NewCall(FunctionId function, const Type& type, uint32_t position) {
  auto call = std::make_unique<Call>();
  call->function = function;
  call->type = type;
  call->position = position;
  return call;
}

// What names a column where nothing else does: the last name of a path.
std::string NameOf(const sql::Argument& argument) {
  if (argument.alias) return argument.alias->text;
  if (const auto* path = sql::TryAs<sql::PathExpr>(*argument.value)) return path->path.names.back().text;
  if (const auto* field = sql::TryAs<sql::FieldAccessExpr>(*argument.value)) return field->field.text;
  return "";
}

}  // namespace

bool Resolver::ReadsItsArguments(FunctionId function) {
  switch (function) {
    case FunctionId::kArrayFilter:
    case FunctionId::kArrayTransform:
    case FunctionId::kArrayIncludes:
    case FunctionId::kArrayZip:
    case FunctionId::kFlatten: return true;
    default: return false;
  }
}

SqlResult<ExprPtr> Resolver::ResolveArrayArgument(const sql::Expr& expr, const ExprContext& context) {
  ASSIGN_OR_RETURN(ExprPtr array, ResolveExpr(expr, context));
  const CoercibleType type = CoercibleOf(*array);
  if (type.untyped_null || type.untyped_empty_array) {
    RETURN_IF_ERROR(CoerceTo(array, Type::Array(TypeKind::kInt64), "Argument"));
  }
  if (array->type.IsArray()) return array;
  return InvalidSql("An ARRAY is required but found " + array->type.ToString(), expr.range.begin);
}

SqlResult<ExprPtr> Resolver::ResolveLambda(const sql::LambdaExpr& lambda, std::span<const Type> types, bool all_needed,
                                           const ExprContext& context) {
  const uint32_t position = lambda.range.begin;
  const size_t count = lambda.parameters.size();
  if (count == 0 || count > types.size() || (all_needed && count != types.size())) {
    return InvalidSql("Lambda has " + std::to_string(count) + " arguments where " + std::to_string(types.size()) +
                          " are expected", position);
  }
  auto result = std::make_unique<Lambda>();
  result->position = position;
  NameList names;
  for (size_t i = 0; i < count; ++i) {
    const std::string_view name = lambda.parameters[i].text;
    for (const NamedColumn& other : names.columns) {
      if (!EqualIgnoringCase(other.name, name)) continue;
      return InvalidSql("Lambda argument name " + std::string(name) + " is already defined",
                        lambda.parameters[i].range.begin);
    }
    result->parameters.push_back(NewColumn(name, types[i]));
    names.columns.push_back({name, result->parameters.back()});
  }
  Scope scope;
  scope.names = &names;
  scope.parent = context.scope;
  ExprContext inner = context;
  inner.scope = &scope;
  inner.clause = "lambda";
  inner.aggregates = false;
  inner.windows = false;
  ASSIGN_OR_RETURN(result->body, ResolveExpr(*lambda.body, inner));
  result->type = result->body->type;
  return ExprPtr(std::move(result));
}

SqlResult<ExprPtr> Resolver::ResolveArrayCall(const sql::CallExpr& call, const Function& function,
                                              const ExprContext& context) {
  if (function.id == FunctionId::kArrayZip) return ResolveZip(call, context);
  for (const sql::Argument& argument : call.arguments) {
    if (argument.name) return NoSignature(call, function);
  }
  if (function.id == FunctionId::kFlatten) {
    if (call.arguments.size() != 1) return NoSignature(call, function);
    ASSIGN_OR_RETURN(FlattenPath path, ResolveFlattenPath(*call.arguments.front().value, context));
    ExprPtr array = EndFlatten(std::move(path));
    if (!array->type.IsArray()) {
      return InvalidSql("Argument to FLATTEN must be an array or a path through arrays", call.range.begin);
    }
    return array;
  }
  if (call.arguments.size() != 2) return NoSignature(call, function);
  const sql::LambdaExpr* written = LambdaOf(call.arguments[1]);
  if (written == nullptr) {
    if (function.id != FunctionId::kArrayIncludes) return NoSignature(call, function);
    std::vector<ExprPtr> arguments;
    std::optional<DatePart> part;
    std::vector<ArgumentType> types;
    RETURN_IF_ERROR(ResolveArguments(call, function, context, arguments, part, types));
    return FinishCall(function, std::move(arguments), std::move(types), part, call.safe, call.range.begin);
  }
  ASSIGN_OR_RETURN(ExprPtr array, ResolveArrayArgument(*call.arguments.front().value, context));
  const std::array<Type, 2> types = {array->type.element(), Type(TypeKind::kInt64)};
  const bool takes_offset = function.id != FunctionId::kArrayIncludes;
  ASSIGN_OR_RETURN(ExprPtr lambda, ResolveLambda(*written, std::span(types.data(), takes_offset ? 2 : 1), false, context));
  auto result = NewCall(function.id, array->type, call.range.begin);
  if (function.id == FunctionId::kArrayTransform) {
    if (lambda->type.IsArray()) {
      return InvalidSql("Cannot construct array with element type " + lambda->type.ToString() +
                            " because nested arrays are not supported", call.range.begin);
    }
    result->type = Type::Array(lambda->type);
  } else {
    RETURN_IF_ERROR(CoerceTo(As<Lambda>(*lambda).body, TypeKind::kBool, "Lambda"));
    lambda->type = TypeKind::kBool;
    if (function.id == FunctionId::kArrayIncludes) result->type = TypeKind::kBool;
  }
  result->safe = call.safe;
  result->arguments.push_back(std::move(array));
  result->arguments.push_back(std::move(lambda));
  return ExprPtr(std::move(result));
}

// --- ARRAY_ZIP -------------------------------------------------------------------------------------

// The arrays, a lambda where there is one, and the mode.
SqlResult<ExprPtr> Resolver::ResolveZip(const sql::CallExpr& call, const ExprContext& context) {
  const uint32_t position = call.range.begin;
  auto result = NewCall(FunctionId::kArrayZip, Type(), position);
  result->safe = call.safe;
  std::vector<Type::Field> fields;
  std::vector<Type> elements;
  const sql::LambdaExpr* written = nullptr;
  std::string mode = "STRICT";
  for (const sql::Argument& argument : call.arguments) {
    const bool is_mode = argument.name && EqualIgnoringCase(argument.name->text, "mode");
    if (argument.name && !is_mode && !EqualIgnoringCase(argument.name->text, "transformation")) {
      return InvalidSql("Named argument " + argument.name->text + " not found in signature for call to function ARRAY_ZIP",
                        argument.range.begin);
    }
    if (is_mode) {
      ASSIGN_OR_RETURN(const ExprPtr given, ResolveExpr(*argument.value, context));
      const auto* literal = TryAs<Literal>(*given);
      if (literal == nullptr) return UnsupportedSql("ARRAY_ZIP with a mode that is no literal is not supported", position);
      const std::string* text = std::get_if<std::string>(&literal->value.data);
      const bool known = text != nullptr && (EqualIgnoringCase(*text, "STRICT") || EqualIgnoringCase(*text, "TRUNCATE") ||
                                             EqualIgnoringCase(*text, "PAD"));
      if (!known) return InvalidSql("Invalid value of enum type ARRAY_ZIP_MODE", argument.range.begin);
      mode = *text;
    } else if (const sql::LambdaExpr* lambda = LambdaOf(argument)) {
      if (written != nullptr) return InvalidSql("ARRAY_ZIP takes one lambda", argument.range.begin);
      written = lambda;
    } else if (argument.name || written != nullptr) {
      return InvalidSql("No matching signature for function ARRAY_ZIP", position);
    } else {
      ASSIGN_OR_RETURN(ExprPtr array, ResolveArrayArgument(*argument.value, context));
      elements.push_back(array->type.element());
      fields.push_back({NameOf(argument), elements.back()});
      result->arguments.push_back(std::move(array));
    }
  }
  if (elements.size() < 2 || elements.size() > kMaxZipped) {
    return InvalidSql("No matching signature for function ARRAY_ZIP: two to four arrays are expected", position);
  }
  if (written == nullptr) {
    result->type = Type::Array(Type::Struct(std::move(fields)));
  } else {
    ASSIGN_OR_RETURN(ExprPtr lambda, ResolveLambda(*written, elements, true, context));
    if (lambda->type.IsArray()) {
      return InvalidSql("Cannot construct array with element type " + lambda->type.ToString() +
                            " because nested arrays are not supported", position);
    }
    result->type = Type::Array(lambda->type);
    result->arguments.push_back(std::move(lambda));
  }
  std::transform(mode.begin(), mode.end(), mode.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  result->arguments.push_back(Text(std::move(mode), position));
  return ExprPtr(std::move(result));
}

// --- FLATTEN ---------------------------------------------------------------------------------------

SqlStatus Resolver::FlattenField(FlattenPath& path, const sql::Identifier& field) {
  if (path.value->type.IsArray()) {
    const uint32_t position = path.value->position;
    path.array = EndFlatten(std::move(path));
    path.element = NewColumn("", path.array->type.element());
    path.value = Ref(path.element, position);
  }
  ASSIGN_OR_RETURN(path.value, AccessField(std::move(path.value), field));
  return Nothing{};
}

ExprPtr Resolver::EndFlatten(FlattenPath path) {
  if (path.array == nullptr) return std::move(path.value);
  const bool flat = !path.value->type.IsArray();
  const Type type = flat ? Type::Array(path.value->type) : path.value->type;
  auto call = NewCall(flat ? FunctionId::kArrayTransform : FunctionId::kFlatten, type, path.value->position);
  auto lambda = std::make_unique<Lambda>();
  lambda->position = path.value->position;
  lambda->type = path.value->type;
  lambda->parameters = {path.element};
  lambda->body = std::move(path.value);
  call->arguments.push_back(std::move(path.array));
  call->arguments.push_back(std::move(lambda));
  return call;
}

SqlResult<ExprPtr> Resolver::ResolveUnnested(const sql::Expr& expr, const ExprContext& context) {
  ASSIGN_OR_RETURN(FlattenPath path, ResolveFlattenPath(expr, context));
  ExprPtr array = EndFlatten(std::move(path));
  array->position = expr.range.begin;
  return array;
}

SqlResult<Resolver::FlattenPath> Resolver::ResolveFlattenPath(const sql::Expr& expr, const ExprContext& context) {
  FlattenPath path;
  if (const auto* names = sql::TryAs<sql::PathExpr>(expr)) {
    size_t used = 0;
    ASSIGN_OR_RETURN(path.value, ResolveFirstName(names->path, context.scope, used));
    for (; used < names->path.names.size(); ++used) RETURN_IF_ERROR(FlattenField(path, names->path.names[used]));
    return path;
  }
  if (const auto* access = sql::TryAs<sql::FieldAccessExpr>(expr)) {
    ASSIGN_OR_RETURN(path, ResolveFlattenPath(*access->base, context));
    RETURN_IF_ERROR(FlattenField(path, access->field));
    return path;
  }
  if (const auto* subscript = sql::TryAs<sql::SubscriptExpr>(expr)) {
    ASSIGN_OR_RETURN(path, ResolveFlattenPath(*subscript->base, context));
    ASSIGN_OR_RETURN(path.value, MakeSubscript(*subscript, std::move(path.value), context));
    return path;
  }
  ASSIGN_OR_RETURN(path.value, ResolveExpr(expr, context));
  return path;
}

}  // namespace casebook::analysis
