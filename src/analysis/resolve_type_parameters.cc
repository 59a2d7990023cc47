// NUMERIC(P, S), BIGNUMERIC(P, S), STRING(L) and BYTES(L) as the type of a CAST: the value is cast, then made to fit.
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

}  // namespace

SqlResult<ExprPtr> Resolver::FitToParameters(ExprPtr value, const sql::TypeName& name, bool safe) {
  if (name.parameters.empty()) return value;
  const Type type = value->type;
  const uint32_t position = name.range.begin;
  const bool is_decimal = type.kind() == TypeKind::kNumeric || type.kind() == TypeKind::kBigNumeric;
  const bool is_text = type.kind() == TypeKind::kString || type.kind() == TypeKind::kBytes;
  if (!is_decimal && !is_text) return InvalidSql(type.ToString() + " does not support type parameters", position);
  ASSIGN_OR_RETURN(const std::vector<int64_t> numbers, Numbers(name, type));
  const size_t most = is_decimal ? 2 : 1;
  if (numbers.size() > most) return TooMany(type, most, position);
  const int64_t scale = numbers.size() > 1 ? numbers[1] : 0;
  if (is_decimal) RETURN_IF_ERROR(CheckDecimal(type, numbers[0], scale, position));
  if (is_text && (numbers[0] < 1 || numbers[0] > kMaxLength)) {
    return InvalidSql(type.ToString() + " length must be greater than 0", position);
  }
  const uint32_t at = value->position;
  std::vector<ExprPtr> arguments;
  arguments.push_back(std::move(value));
  arguments.push_back(Int64(numbers[0], at));
  if (is_decimal) arguments.push_back(Int64(scale, at));
  ASSIGN_OR_RETURN(ExprPtr call, MakeCall(is_decimal ? FunctionId::kFitDecimal : FunctionId::kFitText, std::move(arguments), at));
  As<Call>(*call).safe = safe;
  return call;
}

}  // namespace casebook::analysis
