// Coercion: how an expression becomes one of another type.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "analysis/interval.h"
#include "analysis/numeric_text.h"
#include "analysis/resolver_internal.h"
#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

CoercibleType Bare(const Type& type) {
  CoercibleType result;
  result.type = type;
  return result;
}

SqlError CannotRead(std::string_view text, const Type& type, uint32_t position) {
  return InvalidSql("Could not cast literal \"" + std::string(text) + "\" to type " + type.ToString(), position);
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\r\f\v";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::optional<double> ReadDouble(std::string_view text) {
  if (text.starts_with("+")) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<int64_t> ReadInt64(std::string_view text) {
  if (text.starts_with("+")) text.remove_prefix(1);
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

namespace {

// ERROR is of any type that is wanted, and so is IFERROR of nothing else.
bool IsUntypedCall(const Expr& expr) {
  const auto* call = TryAs<Call>(expr);
  if (call == nullptr) return false;
  if (call->function == FunctionId::kError) return true;
  return call->function == FunctionId::kIfError &&
         std::all_of(call->arguments.begin(), call->arguments.end(), [](const ExprPtr& argument) { return IsUntypedCall(*argument); });
}

void GiveType(Expr& expr, const Type& type) {
  auto& call = As<Call>(expr);
  call.type = type;
  if (call.function == FunctionId::kError) return;
  for (ExprPtr& argument : call.arguments) GiveType(*argument, type);
}

}  // namespace

CoercibleType CoercibleOf(const Expr& expr) {
  CoercibleType result = Bare(expr.type);
  if (const auto* literal = TryAs<Literal>(expr)) {
    result.literal = literal->coerces;
    result.untyped_null = literal->untyped;
  } else if (IsUntypedCall(expr)) {
    result.untyped_null = true;
  } else if (const auto* array = TryAs<ArrayConstructor>(expr); array != nullptr && array->coerces) {
    result.untyped_empty_array = array->elements.empty();
    for (const ExprPtr& element : array->elements) result.parts.push_back(CoercibleOf(*element));
  } else if (const auto* tuple = TryAs<StructConstructor>(expr); tuple != nullptr && tuple->coerces) {
    for (const ExprPtr& field : tuple->fields) result.parts.push_back(CoercibleOf(*field));
  }
  return result;
}

ExprPtr Resolver::MakeCast(ExprPtr operand, const Type& type, bool safe, bool implicit) {
  auto cast = std::make_unique<Cast>();
  cast->type = type;
  cast->position = operand->position;
  const auto is_zoned = [](const Type& t) {
    return t.kind() == TypeKind::kTimestamp || (t.kind() == TypeKind::kRange && t.element().kind() == TypeKind::kTimestamp);
  };
  const bool zoned = is_zoned(operand->type) != is_zoned(type);
  if (zoned && !UtcByDefault()) cast->time_zone = Text(options_.default_time_zone, operand->position);
  cast->operand = std::move(operand);
  cast->safe = safe;
  cast->implicit = implicit;
  return cast;
}

// `where` says whose coercion failed, as in `LIMIT expects an integer`.
SqlStatus Resolver::CoerceTo(ExprPtr& expr, const Type& type, const char* where) {
  if (auto* literal = TryAs<Literal>(*expr); literal != nullptr && (literal->untyped || literal->coerces)) {
    if (literal->untyped || literal->value.is_null()) {
      literal->type = type;
      literal->value = {type, {}};
      literal->untyped = false;
      return Nothing{};
    }
    if (literal->type == type) return Nothing{};
    if (Coerces(CoercibleOf(*expr), type)) return CoerceLiteral(*literal, type);
  }
  if (expr->type == type) return Nothing{};
  if (IsUntypedCall(*expr)) {
    GiveType(*expr, type);
    return Nothing{};
  }
  if (auto* array = TryAs<ArrayConstructor>(*expr); array != nullptr && array->coerces && type.IsArray()) {
    for (ExprPtr& element : array->elements) RETURN_IF_ERROR(CoerceTo(element, type.element(), where));
    array->type = type;
    return Nothing{};
  }
  if (auto* tuple = TryAs<StructConstructor>(*expr); tuple != nullptr && tuple->coerces && type.IsStruct() &&
      tuple->fields.size() == type.fields().size()) {
    for (size_t i = 0; i < tuple->fields.size(); ++i) {
      RETURN_IF_ERROR(CoerceTo(tuple->fields[i], type.fields()[i].type, where));
    }
    tuple->type = type;
    return Nothing{};
  }
  if (!Coerces(CoercibleOf(*expr), type)) {
    return InvalidSql(std::string(where) + " should return type " + type.ToString() + ", but returns " +
                          expr->type.ToString(), expr->position);
  }
  expr = MakeCast(std::move(expr), type, false, true);
  return Nothing{};
}

SqlStatus Resolver::CoerceLiteral(Literal& literal, const Type& type) {
  const TypeKind to = type.kind();
  if (literal.type.kind() == TypeKind::kString) {
    ASSIGN_OR_RETURN(Value value, ReadConstant(literal.value.text(), type, literal.position));
    literal.value = std::move(value);
  } else if (literal.type.kind() == TypeKind::kInt64 && to == TypeKind::kFloat64) {
    literal.value = {type, static_cast<double>(literal.value.integer())};
  } else if (literal.type.kind() == TypeKind::kInt64) {
    literal.value = {type, std::to_string(literal.value.integer())};
  } else if (literal.type.kind() == TypeKind::kFloat64) {
    ASSIGN_OR_RETURN(Value value, ReadConstant(literal.written, type, literal.position));
    literal.value = std::move(value);
  } else if (literal.type.kind() == TypeKind::kNumeric && to == TypeKind::kFloat64) {
    literal.value = {type, ReadDouble(literal.value.text()).value_or(0)};
  } else if (literal.type.kind() == TypeKind::kBigNumeric && to == TypeKind::kFloat64) {
    literal.value = {type, ReadDouble(literal.value.text()).value_or(0)};
  } else if (literal.type.kind() == TypeKind::kDate && to == TypeKind::kDatetime) {
    literal.value = {type, literal.value.integer() * kDayMicros};
  } else {
    literal.value.type = type;  // NUMERIC to BIGNUMERIC
  }
  literal.type = type;
  return Nothing{};
}

SqlResult<Value> Resolver::ReadConstant(std::string_view text, const Type& type, uint32_t position) {
  const std::string_view bare = Trimmed(text);
  std::optional<int64_t> number;
  switch (type.kind()) {
    case TypeKind::kString:
    case TypeKind::kBytes:
    case TypeKind::kJson: return Value{type, std::string(text)};
    case TypeKind::kBool:
      if (EqualIgnoringCase(bare, "true")) return Value{type, true};
      if (EqualIgnoringCase(bare, "false")) return Value{type, false};
      return CannotRead(text, type, position);
    case TypeKind::kInt64: number = ReadInt64(bare); break;
    case TypeKind::kFloat64: {
      const auto value = ReadDouble(bare);
      if (!value) return CannotRead(text, type, position);
      return Value{type, *value};
    }
    case TypeKind::kNumeric:
    case TypeKind::kBigNumeric: {
      const auto value = type.kind() == TypeKind::kNumeric ? CanonicalNumeric(bare) : CanonicalBigNumeric(bare);
      if (!value) return InvalidSql("Invalid " + type.ToString() + " value: " + std::string(text), position);
      return Value{type, *value};
    }
    case TypeKind::kDate: number = ParseDateText(text); break;
    case TypeKind::kTime: number = ParseTimeText(text); break;
    case TypeKind::kDatetime: number = ParseDatetimeText(text); break;
    case TypeKind::kTimestamp: number = ParseTimestampText(text, DefaultZone()); break;
    case TypeKind::kInterval: {
      const auto value = ParseIntervalText(text);
      if (!value) return InvalidSql("Invalid INTERVAL value '" + std::string(text) + "'", position);
      return Value{type, *value};
    }
    case TypeKind::kArray:
    case TypeKind::kStruct:
    case TypeKind::kRange: return UnsupportedSql("Literal of type " + type.ToString() + " is not supported", position);
  }
  if (!number) return CannotRead(text, type, position);
  return Value{type, *number};
}

}  // namespace casebook::analysis
