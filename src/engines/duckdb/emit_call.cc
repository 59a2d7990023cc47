// Calls: most by a rule, the rest by hand.
#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>

#include "analysis/civil.h"
#include "analysis/functions.h"
#include "analysis/tree_walk.h"
#include "base/result.h"
#include "duckdb/connection.h"
#include "engines/duckdb/calendar.h"
#include "engines/duckdb/emit_fit.h"
#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {

using analysis::As;
using analysis::DatePart;
using analysis::ExprKind;

namespace {

std::string Join(const std::vector<std::string>& texts, const char* between) {
  std::string all;
  for (size_t i = 0; i < texts.size(); ++i) all += (i > 0 ? between : "") + texts[i];
  return all;
}

// `pattern` with its marks replaced.
std::string Fill(std::string_view pattern, const std::vector<std::string>& arguments,
                 const std::optional<DatePart>& part) {
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '$' || i + 1 == pattern.size()) {
      text += pattern[i];
      continue;
    }
    const char mark = pattern[++i];
    if (mark == '*') {
      text += Join(arguments, ", ");
    } else if (mark == 'p') {
      text += std::to_string(static_cast<int>(part.value()));
    } else if (mark >= '1' && mark <= '9') {
      text += arguments[static_cast<size_t>(mark - '1')];
    } else {
      text += {'$', mark};
    }
  }
  return text;
}

// `pattern` with the twins of our functions that answer NULL instead of failing.
std::string SafePattern(std::string_view pattern) {
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool begins = pattern.substr(i).starts_with("gs_") && (i == 0 || pattern[i - 1] == '(' || pattern[i - 1] == ' ');
    if (!begins) {
      text += pattern[i];
      continue;
    }
    const size_t end = pattern.find('(', i);
    const std::string_view name = pattern.substr(i, end - i);
    text.append(name).append(name.ends_with("_safe") ? "" : "_safe");
    i = end - 1;
  }
  return text;
}

// Is `text` `gs_name(…)` and nothing beside it?
bool IsOneCallOfOurs(std::string_view text) {
  if (!text.starts_with("gs_") || !text.ends_with(")")) return false;
  int depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i + 1 == text.size();
  }
  return false;
}

bool IsSafeSubscript(FunctionId function) {
  return function == FunctionId::kArraySafeOffset || function == FunctionId::kArraySafeOrdinal;
}
bool IsFirstOrLast(FunctionId function) {
  return function == FunctionId::kArrayFirst || function == FunctionId::kArrayLast;
}

bool MentionsColumns(const Expr& expr) {
  if (expr.kind == analysis::ExprKind::kColumn || expr.kind == analysis::ExprKind::kSubquery) return true;
  bool found = false;
  // The walk hands out places that may be changed; this one only looks.
  analysis::ForEachChild(const_cast<Expr&>(expr), [&](ExprPtr& child) { found = found || MentionsColumns(*child); });
  return found;
}

const FunctionRule* FindRule(const analysis::Call& call) {
  for (const FunctionRule& rule : RulesOf(call.function)) {
    if (rule.arguments >= 0 && static_cast<size_t>(rule.arguments) != call.arguments.size()) continue;
    if (rule.first >= 0 && (call.arguments.empty() ||
                            call.arguments.front()->type.kind() != static_cast<TypeKind>(rule.first))) {
      continue;
    }
    return &rule;
  }
  return nullptr;
}

sql::SqlError NotSupported(const analysis::Call& call) {
  const analysis::Function& function = analysis::GetFunction(call.function);
  const bool is_operator = function.function_class == analysis::FunctionClass::kOperator;
  std::string types;
  for (const ExprPtr& argument : call.arguments) types += (types.empty() ? "" : ", ") + argument->type.ToString();
  return UnsupportedSql((is_operator ? "Operator " : "Function ") + std::string(function.name) +
                            (RulesOf(call.function).empty() ? "" : " for argument types " + types) +
                            " is not supported", call.position);
}


bool IsNanLiteral(const Expr& expr) {
  const auto* literal = analysis::TryAs<analysis::Literal>(expr);
  return literal == nullptr || literal->value.is_null() || expr.type.kind() != TypeKind::kFloat64 ||
         std::get<double>(literal->value.data) != std::get<double>(literal->value.data);
}

const char* ComparisonSign(FunctionId function) {
  switch (function) {
    case FunctionId::kEqual: return " = ";
    case FunctionId::kNotEqual: return " <> ";
    case FunctionId::kLess: return " < ";
    case FunctionId::kLessOrEqual: return " <= ";
    case FunctionId::kGreater: return " > ";
    default: return " >= ";
  }
}

const char* FloatComparison(FunctionId function) {
  switch (function) {
    case FunctionId::kEqual: return "gs_float_eq";
    case FunctionId::kNotEqual: return "gs_float_ne";
    case FunctionId::kLess: return "gs_float_lt";
    case FunctionId::kLessOrEqual: return "gs_float_le";
    case FunctionId::kGreater: return "gs_float_gt";
    default: return "gs_float_ge";
  }
}

// The function that adds or subtracts dates, times and intervals; nullptr for numbers.
const char* TemporalArithmetic(const analysis::Call& call) {
  TypeKind a = call.arguments[0]->type.kind();
  TypeKind b = call.arguments[1]->type.kind();
  const bool plus = call.function == FunctionId::kAdd;
  if (plus && (a == TypeKind::kInt64 || (a == TypeKind::kInterval && b != TypeKind::kInterval))) std::swap(a, b);
  switch (a) {
    case TypeKind::kDate:
      if (b == TypeKind::kInt64) return plus ? "gs_date_plus" : "gs_date_minus";
      if (b == TypeKind::kInterval) return plus ? "gs_date_plus_interval" : "gs_date_minus_interval";
      return "gs_date_minus_date";
    case TypeKind::kDatetime:
      if (b == TypeKind::kInterval) return plus ? "gs_datetime_plus" : "gs_datetime_minus";
      return "gs_datetime_minus_datetime";
    case TypeKind::kTimestamp:
      if (b == TypeKind::kInterval) return plus ? "gs_timestamp_plus" : "gs_timestamp_minus";
      return "gs_timestamp_minus_timestamp";
    case TypeKind::kTime: return "gs_time_minus_time";
    case TypeKind::kInterval: return plus ? "gs_interval_plus" : "gs_interval_minus";
    default: return nullptr;
  }
}

bool Holds(const Type& type, TypeKind kind) {
  if (type.kind() == kind) return true;
  if (type.IsArray()) return Holds(type.element(), kind);
  if (!type.IsStruct()) return false;
  return std::any_of(type.fields().begin(), type.fields().end(),
                     [&](const Type::Field& field) { return Holds(field.type, kind); });
}

}  // namespace

// `constant_side`: one side is a literal that is no NaN.
SqlResult<std::string> Emitter::EmitComparison(FunctionId function, const std::string& a, const std::string& b,
                                               const Type& type, bool constant_side, uint32_t position) {
  if (type.kind() == TypeKind::kFloat64) {
    // DuckDB takes NaN for equal to itself and for greater than every number.
    if (!constant_side) return std::string(FloatComparison(function)) + "(" + a + ", " + b + ")";
    const std::string plain = "(" + a + ComparisonSign(function) + b + ")";
    if (function == FunctionId::kEqual || function == FunctionId::kNotEqual) return plain;
    return "(" + plain + " AND NOT isnan(" + a + ") AND NOT isnan(" + b + "))";
  }
  if (type.IsStruct()) {
    if (function != FunctionId::kEqual && function != FunctionId::kNotEqual) {
      return UnsupportedSql("Comparison of STRUCT is not supported", position);
    }
    const auto names = DuckDbFieldNames(type);
    std::string all;
    for (size_t i = 0; i < names.size(); ++i) {
      const std::string field = DuckDbText(names[i]);
      ASSIGN_OR_RETURN(const std::string one,
                       EmitComparison(FunctionId::kEqual, "struct_extract(" + a + ", " + field + ")",
                                      "struct_extract(" + b + ", " + field + ")", type.fields()[i].type, false, position));
      all += (i > 0 ? " AND " : "") + one;
    }
    return function == FunctionId::kEqual ? "(" + all + ")" : "(NOT (" + all + "))";
  }
  if (type.IsArray() || type.kind() == TypeKind::kJson) {
    return UnsupportedSql("Comparison of " + type.ToString() + " is not supported", position);
  }
  return "(" + a + ComparisonSign(function) + b + ")";
}

SqlResult<std::string> Emitter::EmitCase(const analysis::Call& call) {
  ASSIGN_OR_RETURN(const std::vector<std::string> texts, EmitAll(call.arguments));
  std::string text = "CASE";
  size_t i = 0;
  std::string operand;
  const bool simple = call.function == FunctionId::kCaseValue;
  if (simple) operand = texts[i++];
  for (; i + 1 < texts.size(); i += 2) {
    std::string condition = texts[i];
    if (simple) {
      ASSIGN_OR_RETURN(condition, EmitComparison(FunctionId::kEqual, operand, texts[i], call.arguments.front()->type,
                                                 false, call.position));
    }
    text += " WHEN " + condition + " THEN " + texts[i + 1];
  }
  ASSIGN_OR_RETURN(const std::string type, DuckDbType(call.type, call.position));
  return "CAST(" + text + " ELSE " + texts.back() + " END AS " + type + ")";
}

// What no rule can say. `done` is false where the rules are to be asked.
SqlResult<std::string> Emitter::EmitSpecial(const analysis::Call& call, bool& done) {
  done = true;
  switch (call.function) {
    case FunctionId::kCaseWhen:
    case FunctionId::kCaseValue: return EmitCase(call);
    case FunctionId::kEqual:
    case FunctionId::kNotEqual:
    case FunctionId::kLess:
    case FunctionId::kLessOrEqual:
    case FunctionId::kGreater:
    case FunctionId::kGreaterOrEqual: {
      ASSIGN_OR_RETURN(const auto sides, EmitAll(call.arguments));
      const Type& type = call.arguments.front()->type;
      const bool constant = !IsNanLiteral(*call.arguments[0]) || !IsNanLiteral(*call.arguments[1]);
      return EmitComparison(call.function, sides[0], sides[1], type, constant, call.position);
    }
    case FunctionId::kBetween: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      const Type& type = call.arguments.front()->type;
      if (type.kind() != TypeKind::kFloat64 && !type.IsStruct() && !type.IsArray()) {
        return "(" + texts[0] + " BETWEEN " + texts[1] + " AND " + texts[2] + ")";
      }
      ASSIGN_OR_RETURN(const std::string low, EmitComparison(FunctionId::kGreaterOrEqual, texts[0], texts[1], type,
                                                             false, call.position));
      ASSIGN_OR_RETURN(const std::string high, EmitComparison(FunctionId::kLessOrEqual, texts[0], texts[2], type, false,
                                                              call.position));
      return "(" + low + " AND " + high + ")";
    }
    case FunctionId::kIn: {
      ASSIGN_OR_RETURN(auto texts, EmitAll(call.arguments));
      const Type& type = call.arguments.front()->type;
      const std::string value = texts.front();
      texts.erase(texts.begin());
      if (type.kind() != TypeKind::kFloat64 && !type.IsStruct()) return "(" + value + " IN (" + Join(texts, ", ") + "))";
      std::string any;
      for (const std::string& text : texts) {
        ASSIGN_OR_RETURN(const std::string one,
                         EmitComparison(FunctionId::kEqual, value, text, type, false, call.position));
        any += (any.empty() ? "" : " OR ") + one;
      }
      return "(" + any + ")";
    }
    case FunctionId::kInArray: {
      const Type& type = call.arguments.front()->type;
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      if (type.kind() == TypeKind::kFloat64 || type.IsStruct()) {
        return EmitIsAmong(texts[0], "SELECT unnest(" + texts[1] + ") AS c", "c", type, call.position);
      }
      // A NULL array is an empty one: FALSE, also for NULL.
      return "coalesce(" + texts[0] + " IN (SELECT unnest(" + texts[1] + ")), CASE WHEN len(" + texts[1] +
             ") > 0 THEN NULL ELSE false END)";
    }
    case FunctionId::kAnd:
    case FunctionId::kOr: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      return "(" + Join(texts, call.function == FunctionId::kAnd ? " AND " : " OR ") + ")";
    }
    case FunctionId::kLikeAny:
    case FunctionId::kLikeAll: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      const bool bytes = call.arguments.front()->type.kind() == TypeKind::kBytes;
      std::string all;
      for (size_t i = 1; i < texts.size(); ++i) {
        if (i > 1) all += call.function == FunctionId::kLikeAny ? " OR " : " AND ";
        all += (bytes ? "gs_like_bytes(" : "gs_like(") + texts[0] + ", " + texts[i] + ")";
      }
      return "(" + all + ")";
    }
    case FunctionId::kLike: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      const auto* pattern = analysis::TryAs<analysis::Literal>(*call.arguments[1]);
      // DuckDB's own LIKE is the same but for backslashes, and knows how to look into statistics.
      if (call.arguments.front()->type.kind() == TypeKind::kString && pattern != nullptr && !pattern->value.is_null() &&
          pattern->value.text().find('\\') == std::string::npos) {
        return "(" + texts[0] + " LIKE " + texts[1] + ")";
      }
      done = false;
      return std::string();
    }
    case FunctionId::kConcat: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      if (texts.size() == 1) return texts.front();
      // Where a part is NULL the engine forgets the type.
      ASSIGN_OR_RETURN(const std::string type, DuckDbType(call.type, call.position));
      return "CAST(" + Join(texts, " || ") + " AS " + type + ")";
    }
    case FunctionId::kIf: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      ASSIGN_OR_RETURN(const std::string type, DuckDbType(call.type, call.position));
      return "CAST(CASE WHEN " + texts[0] + " THEN " + texts[1] + " ELSE " + texts[2] + " END AS " + type + ")";
    }
    case FunctionId::kNullIf: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      ASSIGN_OR_RETURN(const std::string equal, EmitComparison(FunctionId::kEqual, texts[0], texts[1],
                                                               call.arguments.front()->type, false, call.position));
      return "CASE WHEN " + equal + " THEN NULL ELSE " + texts[0] + " END";
    }
    case FunctionId::kGreatest:
    case FunctionId::kLeast: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      std::string any_null;
      std::string any_nan;
      for (const std::string& text : texts) {
        any_null += (any_null.empty() ? "" : " OR ") + text + " IS NULL";
        any_nan += (any_nan.empty() ? "" : " OR ") + ("isnan(" + text + ")");
      }
      // The engine's own compares the parts of intervals one by one.
      if (call.type.kind() == TypeKind::kInterval) {
        std::string best = texts.front();
        for (size_t i = 1; i < texts.size(); ++i) {
          best = (call.function == FunctionId::kGreatest ? "gs_interval_greater(" : "gs_interval_lesser(") + best + ", " +
                 texts[i] + ")";
        }
        return best;
      }
      const bool is_float = call.type.kind() == TypeKind::kFloat64;
      return "CASE WHEN " + any_null + " THEN NULL" + (is_float ? " WHEN " + any_nan + " THEN 'nan'::DOUBLE" : "") +
             " ELSE " + (call.function == FunctionId::kGreatest ? "greatest(" : "least(") + Join(texts, ", ") + ") END";
    }
    case FunctionId::kError: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      const std::string error = "gs_error(coalesce(" + texts[0] + ", 'ERROR function called with NULL value'))";
      if (call.type.kind() == TypeKind::kInt64) return error;
      ASSIGN_OR_RETURN(const std::string type, DuckDbType(call.type, call.position));
      return "CASE WHEN " + error + " IS NULL THEN CAST(NULL AS " + type + ") END";
    }
    case FunctionId::kIsDistinctFrom:
    case FunctionId::kIsNotDistinctFrom: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      return "(" + texts[0] + (call.function == FunctionId::kIsDistinctFrom ? " IS DISTINCT FROM " : " IS NOT DISTINCT FROM ") +
             texts[1] + ")";
    }
    case FunctionId::kArrayConcat:
    case FunctionId::kConcatOperator: {
      if (!call.type.IsArray()) {
        done = false;
        return std::string();
      }
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      std::string any_null;
      std::string all;
      for (const std::string& text : texts) {
        any_null += (any_null.empty() ? "" : " OR ") + text + " IS NULL";
        all = all.empty() ? text : "list_concat(" + all + ", " + text + ")";
      }
      return "CASE WHEN " + any_null + " THEN NULL ELSE " + all + " END";
    }
    case FunctionId::kFormatDate:
    case FunctionId::kFormatDatetime:
    case FunctionId::kFormatTimestamp: {
      ASSIGN_OR_RETURN(auto texts, EmitAll(call.arguments));
      const TypeKind kind = call.arguments[1]->type.kind();
      if (kind == TypeKind::kTimestamp && texts.size() == 2) texts.push_back("'UTC'");
      return std::string(kind == TypeKind::kDate       ? "gs_format_date("
                         : kind == TypeKind::kDatetime ? "gs_format_datetime("
                                                       : "gs_format_timestamp(") + Join(texts, ", ") + ")";
    }
    case FunctionId::kCosineDistance:
    case FunctionId::kEuclideanDistance: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      const Type& element = call.arguments.front()->type.element();
      const char* by = !element.IsStruct() ? "("
                       : element.fields()[0].type.kind() == TypeKind::kInt64 ? "_by_number(" : "_by_name(";
      return (call.function == FunctionId::kCosineDistance ? "gs_cosine_distance" : "gs_euclidean_distance") +
             std::string(by) + Join(texts, ", ") + ")";
    }
    case FunctionId::kToJsonString:
    case FunctionId::kToJson: return EmitToJson(call);
    case FunctionId::kJsonArray:
    case FunctionId::kJsonObject: return EmitJsonMaker(call);
    case FunctionId::kJsonSet:
    case FunctionId::kJsonArrayAppend:
    case FunctionId::kJsonArrayInsert: return EmitJsonChange(call);
    case FunctionId::kFormat: return EmitFormat(call);
    case FunctionId::kFitText: {
      // Of an array or struct with what its parts are to fit.
      done = call.arguments[1]->type.kind() == TypeKind::kString;
      if (!done) return std::string();
      ASSIGN_OR_RETURN(const std::string value, Emit(*call.arguments[0]));
      return FitNested(value, call.type, As<analysis::Literal>(*call.arguments[1]).value.text());
    }
    case FunctionId::kContainsSubstr: return EmitContainsSubstr(call);
    case FunctionId::kRegexpExtractGroups: return EmitRegexpGroups(call);
    case FunctionId::kJsonField: {
      if (call.arguments[1]->type.kind() == TypeKind::kString) {
        done = false;
        return std::string();
      }
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      return "gs_json_element(" + texts[0] + ", " + texts[1] + ")";
    }
    case FunctionId::kArrayFilter:
    case FunctionId::kArrayTransform:
    case FunctionId::kFlatten:
    case FunctionId::kArrayZip:
    case FunctionId::kArrayIncludes:
    case FunctionId::kArrayIncludesAny:
    case FunctionId::kArrayIncludesAll:
    case FunctionId::kArrayMin:
    case FunctionId::kArrayMax:
    case FunctionId::kArraySum:
    case FunctionId::kArrayAvg: return EmitArrayFunction(call);
    case FunctionId::kLet: return EmitLet(call);
    case FunctionId::kIsError:
    case FunctionId::kIfError:
    case FunctionId::kNullIfError: return EmitCatch(call);
    case FunctionId::kArrayToString: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      const bool bytes = call.arguments.front()->type.element().kind() == TypeKind::kBytes;
      return (bytes ? "gs_join_bytes(" : "gs_join_texts(") + Join(texts, ", ") + ")";
    }
    case FunctionId::kArrayIsDistinct: {
      ASSIGN_OR_RETURN(const std::string array, Emit(*call.arguments.front()));
      const Type& element = call.arguments.front()->type.element();
      const std::string one_null = "len(" + array + ") - list_count(" + array + ") <= 1";
      if (element.kind() != TypeKind::kFloat64) {
        if (Holds(element, TypeKind::kFloat64)) return NotSupported(call);
        return "(list_unique(" + array + ") = list_count(" + array + ") AND " + one_null + ")";
      }
      // All NaNs are one.
      const std::string numbers = "list_filter(" + array + ", lambda e: NOT isnan(e))";
      return "(list_unique(" + numbers + ") = len(" + numbers + ") AND len(list_filter(" + array +
             ", lambda e: isnan(e))) <= 1 AND " + one_null + ")";
    }
    case FunctionId::kAdd:
    case FunctionId::kSubtract: {
      const char* name = TemporalArithmetic(call);
      if (name == nullptr) {
        done = false;
        return std::string();
      }
      ASSIGN_OR_RETURN(auto texts, EmitAll(call.arguments));
      // Addition takes either order; the functions want the date or time first.
      const TypeKind left = call.arguments[0]->type.kind();
      const TypeKind right = call.arguments[1]->type.kind();
      const bool turned = left == TypeKind::kInt64 || (left == TypeKind::kInterval && right != TypeKind::kInterval);
      if (turned) std::swap(texts[0], texts[1]);
      return std::string(name) + "(" + texts[0] + ", " + texts[1] + ")";
    }
    case FunctionId::kMultiply: {
      if (call.type.kind() != TypeKind::kInterval || call.arguments[0]->type.kind() == TypeKind::kInterval) {
        done = false;
        return std::string();
      }
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      return "gs_interval_multiply(" + texts[1] + ", " + texts[0] + ")";
    }
    case FunctionId::kExtract: {
      ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
      const std::string operand = texts.size() > 1 ? "gs_utc_to_local(" + texts[0] + ", " + texts[1] + ")" : texts[0];
      switch (call.part.value()) {
        case DatePart::kDate: return "CAST(" + operand + " AS DATE)";
        case DatePart::kTime: return "CAST(" + operand + " AS TIME)";
        case DatePart::kDatetime: return operand;
        default: break;
      }
      const std::string part = std::to_string(static_cast<int>(*call.part));
      switch (call.arguments.front()->type.kind()) {
        case TypeKind::kDate: return "gs_extract_date(" + operand + ", " + part + ")";
        case TypeKind::kTime: return "gs_extract_time(" + operand + ", " + part + ")";
        case TypeKind::kInterval: return "gs_extract_interval(" + operand + ", " + part + ")";
        default: return "gs_extract_datetime(" + operand + ", " + part + ")";
      }
    }
    default: done = false; return std::string();
  }
}

namespace {

// A constant instant that is moved by a constant time is a constant, which the engine need not bind a function for.
// nullptr for all else, also where the engine has an error to tell.
std::unique_ptr<analysis::Literal> MovedInstant(const analysis::Call& call) {
  const bool is_later = call.function == FunctionId::kTimestampAdd;
  if ((!is_later && call.function != FunctionId::kTimestampSub) || !call.part || call.arguments.size() != 2) return nullptr;
  const auto* from = analysis::TryAs<analysis::Literal>(*call.arguments[0]);
  const auto* by = analysis::TryAs<analysis::Literal>(*call.arguments[1]);
  const int64_t unit = PartMicros(*call.part);
  if (unit == 0 || from == nullptr || by == nullptr || from->value.is_null() || by->value.is_null()) return nullptr;
  if (from->type.kind() != TypeKind::kTimestamp || by->type.kind() != TypeKind::kInt64) return nullptr;
  int64_t distance = 0;
  int64_t micros = 0;
  if (__builtin_mul_overflow(by->value.integer(), unit, &distance)) return nullptr;
  const int64_t start = from->value.integer();
  if (is_later ? __builtin_add_overflow(start, distance, &micros) : __builtin_sub_overflow(start, distance, &micros)) {
    return nullptr;
  }
  if (micros < analysis::kMinDatetime || micros > analysis::kMaxDatetime) return nullptr;
  auto moved = std::make_unique<analysis::Literal>();
  moved->type = from->type;
  moved->value = {from->type, micros};
  return moved;
}

// What `NOT (x IS NULL)` asks about, which the engine skips rows by in its other form; nullptr for all else.
const Expr* AskedForPresence(const analysis::Call& call) {
  if (call.function != FunctionId::kNot || call.arguments.size() != 1) return nullptr;
  const auto* is_null = analysis::TryAs<analysis::Call>(*call.arguments.front());
  if (is_null == nullptr || is_null->function != FunctionId::kIsNull || is_null->safe) return nullptr;
  return is_null->arguments.front().get();
}

}  // namespace

SqlResult<std::string> Emitter::EmitCall(const analysis::Call& call) {
  if (IsRangeFunction(call.function)) return EmitRange(call);
  if (const auto moved = MovedInstant(call)) return Emit(*moved);
  if (const Expr* present = AskedForPresence(call)) {
    ASSIGN_OR_RETURN(const std::string value, Emit(*present));
    return "(" + value + " IS NOT NULL)";
  }
  bool done = false;
  ASSIGN_OR_RETURN(std::string special, EmitSpecial(call, done));
  if (done) {
    if (call.safe) {
      const bool cannot_fail = call.function == FunctionId::kIf || call.function == FunctionId::kNullIf ||
                               call.function == FunctionId::kConcat || call.function == FunctionId::kRegexpExtractGroups;
      if (!cannot_fail) {
        // One call of ours: its twin answers NULL instead of failing.
        if (IsOneCallOfOurs(special)) {
          const size_t name_end = special.find('(');
          return special.substr(0, name_end).ends_with("_safe") ? special : special.insert(name_end, "_safe");
        }
        return EmitSafely(call);
      }
    }
    return special;
  }
  const FunctionRule* rule = FindRule(call);
  if (rule == nullptr) return NotSupported(call);
  ASSIGN_OR_RETURN(const std::vector<std::string> arguments, EmitAll(call.arguments));
  if (call.safe && rule->can_fail) return EmitSafely(call);
  std::string text = Fill(call.safe ? SafePattern(rule->pattern) : rule->pattern, arguments, call.part);
  const bool is_subscript = IsSafeSubscript(call.function);
  if (!is_subscript && !IsFirstOrLast(call.function)) return text;
  if (MentionsColumns(*call.arguments.front())) return text;
  // Of a constant array the engine would give a NULL another type.
  ASSIGN_OR_RETURN(const std::string type, DuckDbType(call.type, call.position));
  if (is_subscript) return "coalesce(" + text + ", NULL::" + type + ")";
  // Only a NULL array: an empty one is an error, which must not get lost in a choice.
  return "CASE WHEN " + arguments.front() + " IS NULL THEN NULL::" + type + " ELSE " + text + " END";
}

}  // namespace casebook::engines
