// Values that are written out and their types: literals, parameters, arrays, structs and casts.
#include <limits>

#include "analysis/numeric_text.h"
#include "analysis/resolver_internal.h"
#include "base/result.h"

namespace casebook::analysis {

std::unique_ptr<Literal> NewLiteral(const Type& type, Value::Data data, uint32_t position, bool coerces) {
  auto literal = std::make_unique<Literal>();
  literal->type = type;
  literal->value = {type, std::move(data)};
  literal->position = position;
  literal->coerces = coerces;
  return literal;
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
    case sql::LiteralKind::kNull: return UntypedNull(position);
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

namespace {

void DropParameters(sql::TypeName& name) {
  name.parameters.clear();
  for (auto& field : name.fields) DropParameters(field.type);
}

}  // namespace

SqlResult<ExprPtr> Resolver::ResolveCast(const sql::CastExpr& cast, const ExprContext& context) {
  ASSIGN_OR_RETURN(ExprPtr value, ResolveBareCast(cast, context));
  return FitToParameters(std::move(value), cast.type, cast.safe);
}

// To the type without its parameters.
SqlResult<ExprPtr> Resolver::ResolveBareCast(const sql::CastExpr& cast, const ExprContext& context) {
  const uint32_t position = cast.range.begin;
  sql::TypeName bare = cast.type;
  DropParameters(bare);
  ASSIGN_OR_RETURN(const Type type, ResolveType(bare));
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
    if (type.kind() == TypeKind::kJson && cast.format == nullptr) return CastToJson(std::move(operand), cast.safe, position);
    return InvalidSql("Invalid cast from " + operand->type.ToString() + " to " + type.ToString(), operand->position);
  }
  // A literal that coerces is read from its digits: CAST(1.1 AS NUMERIC) is 1.1.
  if (const auto* literal = TryAs<Literal>(*operand);
      literal != nullptr && literal->coerces && literal->type.kind() == TypeKind::kFloat64 &&
      (type.kind() == TypeKind::kNumeric || type.kind() == TypeKind::kBigNumeric) &&
      (type.kind() == TypeKind::kNumeric ? CanonicalNumeric(literal->written) : CanonicalBigNumeric(literal->written))) {
    RETURN_IF_ERROR(CoerceTo(operand, type, "CAST"));
    As<Literal>(*operand).coerces = false;
    return operand;
  }
  ExprPtr result = MakeCast(std::move(operand), type, cast.safe, false);
  result->position = position;
  RETURN_IF_ERROR(ResolveCastFormat(cast, As<Cast>(*result), context));
  return result;
}

// As TO_JSON, but that NULL stays NULL.
SqlResult<ExprPtr> Resolver::CastToJson(ExprPtr operand, bool safe, uint32_t position) {
  auto row = std::make_unique<Lambda>();
  row->type = TypeKind::kJson;
  row->position = position;
  row->parameters = {NewColumn("", operand->type)};
  std::vector<ExprPtr> arguments;
  arguments.push_back(Ref(row->parameters.front(), position));
  ASSIGN_OR_RETURN(ExprPtr json, MakeCall(FunctionId::kToJson, std::move(arguments), position));
  As<Call>(*json).safe = safe;
  arguments.clear();
  arguments.push_back(Ref(row->parameters.front(), position));
  ASSIGN_OR_RETURN(ExprPtr is_null, MakeCall(FunctionId::kIsNull, std::move(arguments), position));
  arguments.clear();
  arguments.push_back(std::move(is_null));
  arguments.push_back(UntypedNull(position));
  arguments.push_back(std::move(json));
  ASSIGN_OR_RETURN(row->body, MakeCall(FunctionId::kIf, std::move(arguments), position));
  auto let = std::make_unique<Call>();
  let->function = FunctionId::kLet;
  let->type = TypeKind::kJson;
  let->position = position;
  let->arguments.push_back(std::move(operand));
  let->arguments.push_back(std::move(row));
  return ExprPtr(std::move(let));
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
