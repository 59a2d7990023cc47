// NUMERIC(P, S), BIGNUMERIC(P, S), STRING(L) and BYTES(L) as the type of a CAST or inside it: the value is cast, then made
// to fit.
#include <algorithm>
#include <charconv>

#include "analysis/resolver_internal.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

constexpr int64_t kMaxLength = INT32_MAX;

SqlResult<std::vector<int64_t>> Numbers(const sql::TypeName& name, const Type& type) {
  std::vector<int64_t> numbers;
  for (const std::string& text : name.parameters) {
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
      return UnsupportedSql("Type parameter " + text + " of " + type.ToString() + " is not supported", name.range.begin);
    }
    numbers.push_back(number);
  }
  return numbers;
}

SqlError TooMany(const Type& type, size_t most, uint32_t position) {
  return InvalidSql(type.ToString() + " type can only have " + std::to_string(most) + " parameter" + (most > 1 ? "s" : ""), position);
}

SqlStatus CheckDecimal(const Type& type, int64_t precision, int64_t scale, uint32_t position) {
  const bool is_big = type.kind() == TypeKind::kBigNumeric;
  const int64_t most_whole = is_big ? 38 : 29;
  const int64_t most_scale = is_big ? 38 : 9;
  const auto between = [&](const std::string& what, int64_t least, int64_t most) {
    return InvalidSql("In " + type.ToString() + "(P, S), " + what + " must be between " + std::to_string(least) + " and " +
                          std::to_string(most), position);
  };
  if (scale < 0 || scale > most_scale) return between("S", 0, most_scale);
  const int64_t least = std::max<int64_t>(1, scale);
  const int64_t most = most_whole + scale;
  if (precision < least || precision > most) return between("P", least, most);
  return Nothing{};
}

// P and S, or L; of `type`, which `name` has written.
SqlResult<std::vector<int64_t>> CheckedParameters(const sql::TypeName& name, const Type& type) {
  const uint32_t position = name.range.begin;
  const bool is_decimal = type.kind() == TypeKind::kNumeric || type.kind() == TypeKind::kBigNumeric;
  const bool is_text = type.kind() == TypeKind::kString || type.kind() == TypeKind::kBytes;
  if (!is_decimal && !is_text) return InvalidSql(type.ToString() + " does not support type parameters", position);
  ASSIGN_OR_RETURN(std::vector<int64_t> numbers, Numbers(name, type));
  const size_t most = is_decimal ? 2 : 1;
  if (numbers.size() > most) return TooMany(type, most, position);
  if (is_decimal && numbers.size() < 2) numbers.push_back(0);
  if (is_decimal) RETURN_IF_ERROR(CheckDecimal(type, numbers[0], numbers[1], position));
  if (is_text && (numbers[0] < 1 || numbers[0] > kMaxLength)) {
    return InvalidSql(type.ToString() + " length must be greater than 0", position);
  }
  return numbers;
}

// All parameters inside a type: `.` for none, `(5,2)`, `[` before those of an array's elements, those of a struct's
// fields in `{}`.
SqlResult<std::string> ParameterCode(const sql::TypeName& name, const Type& type) {
  if (!name.parameters.empty()) {
    ASSIGN_OR_RETURN(const std::vector<int64_t> numbers, CheckedParameters(name, type));
    return "(" + std::to_string(numbers[0]) + (numbers.size() > 1 ? "," + std::to_string(numbers[1]) : "") + ")";
  }
  if (type.IsArray()) {
    ASSIGN_OR_RETURN(const std::string element, ParameterCode(name.fields.front().type, type.element()));
    return "[" + element;
  }
  if (!type.IsStruct()) return std::string(".");
  std::string code = "{";
  for (size_t i = 0; i < name.fields.size(); ++i) {
    ASSIGN_OR_RETURN(const std::string field, ParameterCode(name.fields[i].type, type.fields()[i].type));
    code += field;
  }
  return code + "}";
}

}  // namespace

SqlResult<ExprPtr> Resolver::FitToParameters(ExprPtr value, const sql::TypeName& name, bool safe) {
  const Type type = value->type;
  const uint32_t at = value->position;
  if (name.parameters.empty()) {
    ASSIGN_OR_RETURN(const std::string code, ParameterCode(name, type));
    if (code.find('(') == std::string::npos) return value;
    if (safe) return UnsupportedSql("SAFE_CAST to " + type.ToString() + " with type parameters is not supported", name.range.begin);
    auto call = std::make_unique<Call>();
    call->function = FunctionId::kFitText;
    call->type = type;
    call->position = at;
    call->arguments.push_back(std::move(value));
    call->arguments.push_back(Text(code, at));
    return ExprPtr(std::move(call));
  }
  ASSIGN_OR_RETURN(const std::vector<int64_t> numbers, CheckedParameters(name, type));
  std::vector<ExprPtr> arguments;
  arguments.push_back(std::move(value));
  for (const int64_t number : numbers) arguments.push_back(Int64(number, at));
  const FunctionId function = numbers.size() > 1 ? FunctionId::kFitDecimal : FunctionId::kFitText;
  ASSIGN_OR_RETURN(ExprPtr call, MakeCall(function, std::move(arguments), at));
  As<Call>(*call).safe = safe;
  return call;
}

}  // namespace casebook::analysis
