#include "engines/duckdb/type_code.h"

#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace casebook::engines {
namespace {

constexpr std::array kScalars = {
    std::pair{'i', TypeKind::kInt64}, std::pair{'f', TypeKind::kFloat64},   std::pair{'n', TypeKind::kNumeric},
    std::pair{'N', TypeKind::kBigNumeric},
    std::pair{'b', TypeKind::kBool},  std::pair{'s', TypeKind::kString},    std::pair{'y', TypeKind::kBytes},
    std::pair{'d', TypeKind::kDate},  std::pair{'t', TypeKind::kDatetime},  std::pair{'h', TypeKind::kTime},
    std::pair{'z', TypeKind::kTimestamp}, std::pair{'v', TypeKind::kInterval}, std::pair{'j', TypeKind::kJson},
};

bool Append(const Type& type, std::string& code) {
  if (type.IsArray()) {
    code += '[';
    return Append(type.element(), code);
  }
  if (type.IsStruct()) {
    code += '{' + std::to_string(type.fields().size()) + ':';
    for (const Type::Field& field : type.fields()) {
      code += std::to_string(field.name.size()) + ':' + field.name;
      if (!Append(field.type, code)) return false;
    }
    return true;
  }
  for (const auto& [letter, kind] : kScalars) {
    if (kind != type.kind()) continue;
    code += letter;
    return true;
  }
  return false;
}

size_t TakeNumber(std::string_view& code) {
  size_t number = 0;
  const char* end = std::from_chars(code.data(), code.data() + code.size(), number).ptr;
  code.remove_prefix(static_cast<size_t>(end - code.data()) + 1);
  return number;
}

Type Take(std::string_view& code) {
  const char letter = code.front();
  code.remove_prefix(1);
  if (letter == '[') return Type::Array(Take(code));
  if (letter == '{') {
    std::vector<Type::Field> fields(TakeNumber(code));
    for (Type::Field& field : fields) {
      const size_t size = TakeNumber(code);
      field.name = code.substr(0, size);
      code.remove_prefix(size);
      field.type = Take(code);
    }
    return Type::Struct(std::move(fields));
  }
  for (const auto& [known, kind] : kScalars) {
    if (known == letter) return kind;
  }
  return TypeKind::kInt64;
}

}  // namespace

std::optional<std::string> TypeCode(const Type& type) {
  std::string code;
  if (!Append(type, code)) return std::nullopt;
  return code;
}

Type TypeOfCode(std::string_view code) { return Take(code); }

}  // namespace casebook::engines
