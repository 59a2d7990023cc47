// Calls that take values of every type: JSON's makers and changers, and FORMAT.
#include <algorithm>

#include "analysis/functions.h"
#include "base/result.h"
#include "engines/duckdb/emitter_internal.h"
#include "engines/duckdb/type_code.h"

namespace casebook::engines {
namespace {

SqlResult<std::string> CodeOf(const Type& type, FunctionId function, uint32_t position) {
  const auto code = TypeCode(type);
  if (!code) {
    return UnsupportedSql(std::string(analysis::GetFunction(function).name) + " for type " + type.ToString() +
                              " is not supported", position);
  }
  return DuckDbText(*code);
}

bool HoldsBytes(const Type& type) {
  if (type.IsArray()) return HoldsBytes(type.element());
  if (!type.IsStruct()) return type.kind() == TypeKind::kBytes;
  return std::any_of(type.fields().begin(), type.fields().end(), [](const auto& field) { return HoldsBytes(field.type); });
}

const char* ChangeName(FunctionId function) {
  switch (function) {
    case FunctionId::kJsonArrayAppend: return "gs_json_array_append(";
    case FunctionId::kJsonArrayInsert: return "gs_json_array_insert(";
    default: return "gs_json_set(";
  }
}

}  // namespace

// `value` as text of JSON, which is never NULL.
SqlResult<std::string> Emitter::EmitAsJson(const Expr& value, FunctionId function) {
  ASSIGN_OR_RETURN(const std::string code, CodeOf(value.type, function, value.position));
  ASSIGN_OR_RETURN(const std::string text, Emit(value));
  return "gs_to_json(" + code + ", " + text + ", false)";
}

SqlResult<std::string> Emitter::EmitJsonMaker(const analysis::Call& call) {
  std::string text = call.function == FunctionId::kJsonArray ? "gs_json_array(" : "gs_json_object(";
  const bool arrays = call.function == FunctionId::kJsonObject && !call.arguments.empty() &&
                      call.arguments.front()->type.IsArray();
  if (arrays) text = "gs_json_object_of_arrays(";
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    const bool is_key = call.function == FunctionId::kJsonObject && i % 2 == 0 && !arrays;
    ASSIGN_OR_RETURN(const std::string one, is_key ? Emit(*call.arguments[i]) : EmitAsJson(*call.arguments[i], call.function));
    text += (i > 0 ? ", " : "") + one;
  }
  return text + ")";
}

// JSON, paths and values in turn, and last the argument with a name.
SqlResult<std::string> Emitter::EmitJsonChange(const analysis::Call& call) {
  ASSIGN_OR_RETURN(const std::string json, Emit(*call.arguments.front()));
  ASSIGN_OR_RETURN(const std::string flag, Emit(*call.arguments.back()));
  std::string text = ChangeName(call.function) + json + ", " + flag;
  for (size_t i = 1; i + 2 < call.arguments.size(); i += 2) {
    const Expr& value = *call.arguments[i + 1];
    ASSIGN_OR_RETURN(const std::string path, Emit(*call.arguments[i]));
    ASSIGN_OR_RETURN(const std::string as_json, EmitAsJson(value, call.function));
    text += ", " + path + (value.type.IsArray() ? ", '[', " : ", '.', ") + as_json;
  }
  return text + ")";
}

SqlResult<std::string> Emitter::EmitToJson(const analysis::Call& call) {
  ASSIGN_OR_RETURN(const std::string code, CodeOf(call.arguments[0]->type, call.function, call.position));
  ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
  const char* name = call.function == FunctionId::kToJson ? "gs_to_json(" : "gs_to_json_string(";
  return name + code + ", " + texts[0] + ", " + (texts.size() > 1 ? texts[1] : "false") + ")";
}

SqlResult<std::string> Emitter::EmitContainsSubstr(const analysis::Call& call) {
  // What BYTES are searched as is not written down.
  if (HoldsBytes(call.arguments[0]->type)) {
    return UnsupportedSql("CONTAINS_SUBSTR for type " + call.arguments[0]->type.ToString() + " is not supported", call.position);
  }
  ASSIGN_OR_RETURN(const std::string code, CodeOf(call.arguments[0]->type, call.function, call.position));
  ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
  return "gs_contains_substr(" + code + ", " + texts[0] + ", " + texts[1] + ", " + texts[2] + ")";
}

// A struct of the groups, each cast to the type of its field.
SqlResult<std::string> Emitter::EmitRegexpGroups(const analysis::Call& call) {
  ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
  const std::string groups = std::string(call.safe ? "gs_regexp_groups_safe(" : "gs_regexp_groups(") + texts[0] + ", " + texts[1] + ")";
  const auto names = DuckDbFieldNames(call.type);
  std::string fields;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string group = "list_extract(groups, " + std::to_string(i + 1) + ")";
    ASSIGN_OR_RETURN(const std::string field, CastText(group, TypeKind::kString, call.type.fields()[i].type, call.safe, "",
                                                       call.position, 0));
    fields += (i > 0 ? ", " : "") + DuckDbText(names[i]) + ": " + field;
  }
  ASSIGN_OR_RETURN(const std::string type, DuckDbType(call.type, call.position));
  // The groups stand in the text once, however many there are.
  return "CAST(list_transform([" + groups + "], lambda groups: CASE WHEN groups IS NULL THEN NULL ELSE {" + fields +
         "} END)[1] AS " + type + ")";
}

// Each argument behind the format travels as the letter of its kind and its text (runtime_format.cc).
SqlResult<std::string> Emitter::EmitFormat(const analysis::Call& call) {
  std::string text = "gs_format(";
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    const Type& type = call.arguments[i]->type;
    ASSIGN_OR_RETURN(const std::string argument, Emit(*call.arguments[i]));
    if (i == 0) {
      text += argument;
      continue;
    }
    text += ", ";
    switch (type.kind()) {
      case TypeKind::kInt64: text += "'i' || coalesce('+' || CAST(" + argument + " AS VARCHAR), '-')"; break;
      case TypeKind::kFloat64: text += "'f' || coalesce('+' || gs_float_for_format(" + argument + "), '-')"; break;
      case TypeKind::kNumeric: text += "'n' || coalesce('+' || gs_numeric_to_text(" + argument + "), '-')"; break;
      case TypeKind::kBigNumeric: {
        ASSIGN_OR_RETURN(const std::string number, CastText(argument, type, TypeKind::kString, false, "", call.position, 0));
        text += "'N' || coalesce('+' || " + number + ", '-')";
        break;
      }
      case TypeKind::kString: text += "'s' || coalesce('+' || " + argument + ", '-')"; break;
      case TypeKind::kJson: text += "'j' || coalesce('+' || CAST(" + argument + " AS VARCHAR), '-')"; break;
      default: {
        ASSIGN_OR_RETURN(const std::string code, CodeOf(type, call.function, call.position));
        text += "'v+' || gs_print(" + code + ", " + argument + ")";
      }
    }
  }
  return text + ")";
}

}  // namespace casebook::engines
