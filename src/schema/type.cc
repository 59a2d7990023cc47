#include "schema/type.h"

#include <algorithm>
#include <cassert>


#include "base/result.h"
#include "schema/table.h"

namespace casebook {

const char* TypeKindName(TypeKind kind) {
  switch (kind) {
    case TypeKind::kInt64: return "INT64";
    case TypeKind::kFloat64: return "FLOAT64";
    case TypeKind::kNumeric: return "NUMERIC";
    case TypeKind::kBigNumeric: return "BIGNUMERIC";
    case TypeKind::kBool: return "BOOL";
    case TypeKind::kString: return "STRING";
    case TypeKind::kBytes: return "BYTES";
    case TypeKind::kDate: return "DATE";
    case TypeKind::kDatetime: return "DATETIME";
    case TypeKind::kTime: return "TIME";
    case TypeKind::kTimestamp: return "TIMESTAMP";
    case TypeKind::kInterval: return "INTERVAL";
    case TypeKind::kJson: return "JSON";
    case TypeKind::kArray: return "ARRAY";
    case TypeKind::kStruct: return "STRUCT";
    case TypeKind::kRange: return "RANGE";
  }
  Unreachable();
}

Type::Type(TypeKind kind) : kind_(kind) {
  assert(kind != TypeKind::kArray && kind != TypeKind::kStruct && kind != TypeKind::kRange);
}

Type Type::Array(Type element) {
  Type type;
  type.kind_ = TypeKind::kArray;
  type.parts_ = std::make_shared<const std::vector<Field>>(std::vector<Field>{{"", std::move(element)}});
  return type;
}

Type Type::Range(Type element) {
  Type type = Array(std::move(element));
  type.kind_ = TypeKind::kRange;
  return type;
}

Type Type::Struct(std::vector<Field> fields) {
  Type type;
  type.kind_ = TypeKind::kStruct;
  type.parts_ = std::make_shared<const std::vector<Field>>(std::move(fields));
  return type;
}

const Type& Type::element() const {
  assert(kind_ == TypeKind::kArray || kind_ == TypeKind::kRange);
  return parts_->front().type;
}

const std::vector<Type::Field>& Type::fields() const {
  assert(kind_ == TypeKind::kStruct);
  return *parts_;
}

std::string Type::ToString() const {
  std::string text = TypeKindName(kind_);
  if (parts_ == nullptr) return text;
  text += "<";
  bool first = true;
  for (const Field& part : *parts_) {
    if (!first) text += ", ";
    first = false;
    if (!part.name.empty()) text += part.name + " ";
    text += part.type.ToString();
  }
  return text + ">";
}

bool Type::operator==(const Type& other) const {
  if (kind_ != other.kind_) return false;
  if (parts_ == other.parts_) return true;
  if (parts_ == nullptr || other.parts_ == nullptr) return false;
  return std::equal(parts_->begin(), parts_->end(), other.parts_->begin(), other.parts_->end(),
                    [](const Field& a, const Field& b) {
                      return EqualIgnoringCase(a.name, b.name) && a.type == b.type;
                    });
}

}  // namespace casebook
