#include "queries/query_parameters.h"

#include <utility>

#include "queries/value_text.h"

namespace casebook {
namespace {

analysis::ParameterValue ToParameterValue(const Type& type, const AnswerValue& value) {
  analysis::ParameterValue parameter;
  parameter.type = type;
  parameter.is_null = value.is_null();
  if (value.is_null()) return parameter;
  if (type.IsArray()) {
    for (const AnswerValue& element : value.list())
      parameter.parts.push_back(ToParameterValue(type.element(), element));
  } else if (type.IsStruct()) {
    for (size_t i = 0; i < value.list().size(); ++i) {
      parameter.parts.push_back(ToParameterValue(type.fields()[i].type, value.list()[i]));
    }
  } else {
    parameter.text = type.kind() == TypeKind::kBytes ? value.text() : ValueText(type, value);
  }
  return parameter;
}

}  // namespace

std::vector<analysis::NamedParameter> ToNamedParameters(const std::vector<QueryParameter>& parameters) {
  std::vector<analysis::NamedParameter> named;
  for (const QueryParameter& parameter : parameters) {
    named.push_back({parameter.name, ToParameterValue(parameter.type, parameter.value)});
  }
  return named;
}

analysis::ResolveOptions ToResolveOptions(const std::vector<QueryParameter>& parameters, Timestamp now) {
  analysis::ResolveOptions options;
  options.now = now;
  for (const QueryParameter& parameter : parameters) {
    analysis::ParameterValue value = ToParameterValue(parameter.type, parameter.value);
    if (parameter.name.empty()) {
      options.positional_parameters.push_back(std::move(value));
    } else {
      options.named_parameters.push_back({parameter.name, std::move(value)});
    }
  }
  return options;
}

}  // namespace casebook
