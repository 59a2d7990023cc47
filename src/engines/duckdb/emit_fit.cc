#include "engines/duckdb/emit_fit.h"

#include <algorithm>

#include "engines/duckdb/types.h"

namespace casebook::engines {
namespace {

const char* FitFunction(TypeKind kind) {
  switch (kind) {
    case TypeKind::kNumeric: return "gs_numeric_fit(";
    case TypeKind::kBigNumeric: return "gs_bignumeric_fit(";
    case TypeKind::kBytes: return "gs_bytes_fit(";
    default: return "gs_text_fit(";
  }
}

// Takes its part off `code`. What has no parameters comes back as it was.
std::string Take(const std::string& operand, const Type& type, std::string_view& code, int depth) {
  const char first = code.front();
  code.remove_prefix(1);
  if (first == '(') {
    const size_t end = std::min(code.find(')'), code.size());
    const std::string parameters(code.substr(0, end));
    code.remove_prefix(std::min(end + 1, code.size()));
    return FitFunction(type.kind()) + operand + ", " + parameters + ")";
  }
  if (first == '[') {
    const std::string element = "e" + std::to_string(depth);
    const std::string fitted = Take(element, type.element(), code, depth + 1);
    return fitted == element ? operand : "list_transform(" + operand + ", lambda " + element + ": " + fitted + ")";
  }
  if (first != '{') return operand;
  const auto names = DuckDbFieldNames(type);
  std::string fields;
  bool any = false;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string field = "struct_extract(" + operand + ", " + DuckDbText(names[i]) + ")";
    const std::string fitted = Take(field, type.fields()[i].type, code, depth + 1);
    any = any || fitted != field;
    fields += (i > 0 ? ", " : "") + DuckDbText(names[i]) + ": " + fitted;
  }
  code.remove_prefix(1);
  return any ? "CASE WHEN " + operand + " IS NULL THEN NULL ELSE {" + fields + "} END" : operand;
}

}  // namespace

std::string FitNested(const std::string& operand, const Type& type, std::string_view code) {
  return Take(operand, type, code, 0);
}

}  // namespace casebook::engines
