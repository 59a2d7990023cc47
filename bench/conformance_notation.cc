#include "bench/conformance_notation.h"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "queries/parameter.h"
#include "queries/value_text.h"

namespace casebook::conformance {
namespace {

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

Json FloatToJson(double value) {
  if (std::isfinite(value)) return value;
  return FloatText(value);
}

Json ListToJson(const Type& type, const AnswerValue::List& values) {
  Json list = Json::array();
  for (size_t i = 0; i < values.size(); ++i) {
    list.push_back(ValueToJson(type.IsStruct() ? type.fields()[i].type : type.element(), values[i]));
  }
  return list;
}

Result<AnswerValue> ListFromJson(const Type& type, const Json& json) {
  if (!json.is_array()) return Invalid("not a list: " + ToLine(json));
  if (type.IsStruct() && json.size() != type.fields().size()) return Invalid("wrong number of fields: " + ToLine(json));
  AnswerValue::List values;
  for (const Json& item : json) {
    const Type& part = type.IsStruct() ? type.fields()[values.size()].type : type.element();
    ASSIGN_OR_RETURN(AnswerValue value, ValueFromJson(part, item));
    values.push_back(std::move(value));
  }
  return AnswerValue(std::move(values));
}

}  // namespace

Json TypeToJson(const Type& type) {
  if (type.IsArray()) return {{"array", TypeToJson(type.element())}};
  if (type.kind() == TypeKind::kRange) return {{"range", TypeToJson(type.element())}};
  if (!type.IsStruct()) return type.ToString();
  Json fields = Json::array();
  for (const Type::Field& field : type.fields()) fields.push_back(Json::array({field.name, TypeToJson(field.type)}));
  return {{"struct", std::move(fields)}};
}

Result<Type> TypeFromJson(const Json& json) {
  if (json.is_string()) return ParseTypeText(json.get<std::string>());
  if (json.contains("array")) {
    ASSIGN_OR_RETURN(Type element, TypeFromJson(json["array"]));
    return Type::Array(std::move(element));
  }
  if (json.contains("range")) {
    ASSIGN_OR_RETURN(Type element, TypeFromJson(json["range"]));
    return Type::Range(std::move(element));
  }
  if (!json.contains("struct")) return Invalid("unknown type " + ToLine(json));
  std::vector<Type::Field> fields;
  for (const Json& field : json["struct"]) {
    ASSIGN_OR_RETURN(Type type, TypeFromJson(field.at(1)));
    fields.push_back({field.at(0).get<std::string>(), std::move(type)});
  }
  return Type::Struct(std::move(fields));
}

Json ValueToJson(const Type& type, const AnswerValue& value) {
  if (value.is_null()) return nullptr;
  switch (type.kind()) {
    case TypeKind::kInt64: return value.integer();
    case TypeKind::kFloat64: return FloatToJson(value.real());
    case TypeKind::kBool: return value.boolean();
    case TypeKind::kBytes: return {{"b64", ValueText(type, value)}};
    case TypeKind::kTimestamp: return Replaced(ValueText(type, value), " UTC", "+00");
    case TypeKind::kDatetime: return Replaced(ValueText(type, value), "T", " ");
    case TypeKind::kArray: return {{"a", ListToJson(type, value.list())}};
    case TypeKind::kRange: return {{"range", ListToJson(type, value.list())}};
    case TypeKind::kStruct: return ListToJson(type, value.list());
    case TypeKind::kNumeric:
    case TypeKind::kBigNumeric:
    case TypeKind::kString:
    case TypeKind::kJson:
    case TypeKind::kDate:
    case TypeKind::kTime:
    case TypeKind::kInterval: return ValueText(type, value);
  }
  Unreachable();
}

Result<AnswerValue> ValueFromJson(const Type& type, const Json& json) {
  if (json.is_null()) return AnswerValue();
  if (type.IsStruct()) return ListFromJson(type, json);
  if (type.IsArray()) return ListFromJson(type, json.contains("a") ? json["a"] : json.value("u", Json()));
  if (type.kind() == TypeKind::kRange) return ListFromJson(type, json.value("range", Json()));
  if (type.kind() == TypeKind::kBytes) return ParseScalar(type, json.value("b64", ""));
  if (type.kind() == TypeKind::kFloat64 && json.is_number()) return AnswerValue(json.get<double>());
  if (json.is_string()) return ParseScalar(type, json.get<std::string>());
  return ParseScalar(type, json.dump());
}

std::string ToLine(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace casebook::conformance
