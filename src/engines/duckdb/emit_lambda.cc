// Functions with lambdas, those that look through whole arrays, and those that catch errors.
#include <algorithm>
#include <cctype>

#include "analysis/functions.h"
#include "base/result.h"
#include "duckdb/connection.h"
#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {

using analysis::As;
using analysis::ExprKind;

namespace {

// The engine takes no subqueries in lambdas and where it catches errors.
bool HasSubquery(std::string_view text) {
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (!quoted && text.substr(i).starts_with("SELECT ")) return true;
  }
  return false;
}

// A column, or a constant that is a word: nothing to be computed once only.
bool IsSimple(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '"';
  });
}

// Does the engine compare as GoogleSQL does?
bool IsPlain(const Type& type) {
  switch (type.kind()) {
    case TypeKind::kInt64:
    case TypeKind::kNumeric:
    case TypeKind::kBigNumeric:
    case TypeKind::kBool:
    case TypeKind::kString:
    case TypeKind::kBytes:
    case TypeKind::kDate:
    case TypeKind::kDatetime:
    case TypeKind::kTime:
    case TypeKind::kTimestamp: return true;
    default: return false;
  }
}

sql::SqlError NotSupported(const analysis::Call& call) {
  std::string types;
  for (const ExprPtr& argument : call.arguments) types += (types.empty() ? "" : ", ") + argument->type.ToString();
  return UnsupportedSql("Function " + std::string(analysis::GetFunction(call.function).name) + " for argument types " +
                            types + " is not supported", call.position);
}

// The first element of `list`. Of a constant that is NULL the engine forgets the type.
std::string ElementAs(const std::string& list, const std::string& type) {
  return "CAST(list_extract(" + list + ", 1) AS " + type + ")";
}

// The sums of the parts of the intervals in `list`, with commas.
std::string IntervalSums(const std::string& list) {
  std::string sums;
  for (const char* part : {"months", "days", "micros"}) {
    sums += (sums.empty() ? "" : ", ") + ("CAST(list_sum(list_transform(" + list + ", lambda e: gs_interval_" +
                                          std::string(part) + "(e))) AS BIGINT)");
  }
  return sums;
}

}  // namespace

std::string SumOfList(const std::string& list, TypeKind kind, bool sum) {
  switch (kind) {
    case TypeKind::kInt64: return sum ? "CAST(list_sum(" + list + ") AS BIGINT)" : "list_avg(" + list + ")";
    case TypeKind::kFloat64:
      return sum ? "list_aggregate(" + list + ", 'gs_float_sum')" : "list_avg(" + list + ")";
    case TypeKind::kNumeric: return "list_aggregate(" + list + (sum ? ", 'gs_numeric_sum')" : ", 'gs_numeric_avg')");
    case TypeKind::kBigNumeric:
      return "list_aggregate(" + list + (sum ? ", 'gs_bignumeric_sum')" : ", 'gs_bignumeric_avg')");
    case TypeKind::kInterval:
      return sum ? "gs_interval_from(" + IntervalSums(list) + ")"
                 : "gs_interval_average(" + IntervalSums(list) + ", list_count(" + list + "))";
    default: return "";
  }
}

Emitter::Once Emitter::ComputeOnce(const std::vector<std::string>& values, bool even_simple) {
  Once once;
  if (!even_simple && std::all_of(values.begin(), values.end(), IsSimple)) {
    once.names = values;
    return once;
  }
  const std::string row = "r" + std::to_string(++aliases_);
  for (size_t i = 0; i < values.size(); ++i) {
    const std::string name = "v" + std::to_string(i + 1);
    once.head += (i > 0 ? ", '" : "'") + name + "': " + values[i];
    once.names.push_back(row + "." + name);
  }
  once.head = "list_extract(list_transform([{" + once.head + "}], lambda " + row + ": ";
  once.tail = "), 1)";
  return once;
}

SqlResult<std::string> Emitter::EmitLambda(const analysis::Lambda& lambda, const std::vector<std::string>& texts) {
  for (size_t i = 0; i < lambda.parameters.size(); ++i) TextOf(lambda.parameters[i]) = texts[i];
  ASSIGN_OR_RETURN(std::string body, Emit(*lambda.body));
  if (HasSubquery(body)) return UnsupportedSql("A subquery in a lambda is not supported", lambda.position);
  return body;
}

// `lambda e, i: body`; the engine counts from 1.
SqlResult<std::string> Emitter::EmitElementLambda(const analysis::Lambda& lambda) {
  const std::string element = "e" + std::to_string(lambda.parameters.front());
  std::string names = element;
  std::vector<std::string> texts = {element};
  if (lambda.parameters.size() > 1) {
    const std::string offset = "i" + std::to_string(lambda.parameters[1]);
    names += ", " + offset;
    texts.push_back("(" + offset + " - 1)");
  }
  ASSIGN_OR_RETURN(const std::string body, EmitLambda(lambda, texts));
  return "lambda " + names + ": " + body;
}

SqlResult<std::string> Emitter::EmitArrayFunction(const analysis::Call& call) {
  switch (call.function) {
    case FunctionId::kArrayFilter:
    case FunctionId::kArrayTransform:
    case FunctionId::kFlatten: {
      ASSIGN_OR_RETURN(const std::string array, Emit(*call.arguments[0]));
      ASSIGN_OR_RETURN(const std::string lambda, EmitElementLambda(As<analysis::Lambda>(*call.arguments[1])));
      if (call.function == FunctionId::kArrayFilter) return "list_filter(" + array + ", " + lambda + ")";
      ASSIGN_OR_RETURN(const std::string type, DuckDbType(call.type, call.position));
      const std::string all = "list_transform(" + array + ", " + lambda + ")";
      return "CAST(" + (call.function == FunctionId::kFlatten ? "flatten(" + all + ")" : all) + " AS " + type + ")";
    }
    case FunctionId::kArrayZip: return EmitZip(call);
    case FunctionId::kArrayIncludes:
    case FunctionId::kArrayIncludesAny:
    case FunctionId::kArrayIncludesAll: return EmitIncludes(call);
    default: return EmitOverArray(call);
  }
}

SqlResult<std::string> Emitter::EmitIncludes(const analysis::Call& call) {
  ASSIGN_OR_RETURN(const std::string array, Emit(*call.arguments[0]));
  const Type& element = call.arguments[0]->type.element();
  if (call.arguments[1]->kind == ExprKind::kLambda) {
    ASSIGN_OR_RETURN(const std::string lambda, EmitElementLambda(As<analysis::Lambda>(*call.arguments[1])));
    return "(len(list_filter(" + array + ", " + lambda + ")) > 0)";
  }
  ASSIGN_OR_RETURN(const std::string wanted, Emit(*call.arguments[1]));
  const bool all = call.function == FunctionId::kArrayIncludesAll;
  if (IsPlain(element) && !all) {
    return (call.function == FunctionId::kArrayIncludes ? "list_contains(" : "list_has_any(") + array + ", " + wanted + ")";
  }
  const Once once = ComputeOnce({array, wanted}, false);
  const std::string& a = once.names[0];
  const std::string& w = once.names[1];
  if (IsPlain(element)) {
    // A NULL that is wanted is nowhere.
    return once.head + "CASE WHEN " + a + " IS NOT NULL AND len(" + w + ") > list_count(" + w +
           ") THEN false ELSE list_has_all(" + a + ", " + w + ") END" + once.tail;
  }
  const std::string any_null = "CASE WHEN " + a + " IS NULL OR " + w + " IS NULL THEN NULL ELSE ";
  const bool one = call.function == FunctionId::kArrayIncludes;
  ASSIGN_OR_RETURN(const std::string equal, EmitComparison(FunctionId::kEqual, "x", one ? w : "y", element, false, call.position));
  std::string found;
  if (one) {
    found = "len(list_filter(" + a + ", lambda x: " + equal + ")) > 0";
  } else {
    const std::string places = "list_filter(" + w + ", lambda y: len(list_filter(" + a + ", lambda x: " + equal + ")) > 0)";
    found = "len(" + places + ")" + (all ? " = len(" + w + ")" : " > 0");
  }
  return once.head + any_null + found + " END" + once.tail;
}

// Smallest, greatest, sum and average.
SqlResult<std::string> Emitter::EmitOverArray(const analysis::Call& call) {
  ASSIGN_OR_RETURN(const std::string array, Emit(*call.arguments[0]));
  const TypeKind kind = call.arguments[0]->type.element().kind();
  const bool least = call.function == FunctionId::kArrayMin;
  if (least || call.function == FunctionId::kArrayMax) {
    const std::string plain = least ? "list_min(" : "list_max(";
    // NaN is the engine's greatest.
    if (kind != TypeKind::kInterval && (kind != TypeKind::kFloat64 || !least)) return plain + array + ")";
    const Once once = ComputeOnce({array}, false);
    const std::string& a = once.names.front();
    if (kind == TypeKind::kFloat64) {
      return once.head + "CASE WHEN len(list_filter(" + a + ", lambda e: isnan(e))) > 0 THEN 'nan'::DOUBLE ELSE list_min(" +
             a + ") END" + once.tail;
    }
    return once.head + "CASE WHEN list_count(" + a + ") > 0 THEN list_reduce(list_filter(" + a +
           ", lambda e: e IS NOT NULL), lambda x, y: " + (least ? "gs_interval_lesser" : "gs_interval_greater") +
           "(x, y)) END" + once.tail;
  }
  const Once once = ComputeOnce({array}, false);
  const std::string text = SumOfList(once.names.front(), kind, call.function == FunctionId::kArraySum);
  if (text.empty()) return NotSupported(call);
  return once.head + text + once.tail;
}

SqlResult<std::string> Emitter::EmitZip(const analysis::Call& call) {
  const std::string& mode = As<analysis::Literal>(*call.arguments.back()).value.text();
  const auto* lambda = analysis::TryAs<analysis::Lambda>(*call.arguments[call.arguments.size() - 2]);
  const size_t count = call.arguments.size() - (lambda == nullptr ? 1 : 2);
  std::vector<std::string> arrays;
  for (size_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(std::string array, Emit(*call.arguments[i]));
    arrays.push_back(std::move(array));
  }
  const Once once = ComputeOnce(arrays, false);
  std::string all;
  std::string lengths;
  std::string whole;
  for (const std::string& name : once.names) {
    all += (all.empty() ? "" : ", ") + name;
    lengths += (lengths.empty() ? "len(" : ", len(") + name + ")";
    whole += (whole.empty() ? "" : " AND ") + name + " IS NOT NULL";
  }
  const std::string zipped = "list_zip(" + all + (mode == "TRUNCATE" ? ", true" : "") + ")";
  const std::string element = "z" + std::to_string(++aliases_);
  std::vector<std::string> parts;
  for (size_t i = 0; i < count; ++i) parts.push_back("struct_extract(" + element + ", " + std::to_string(i + 1) + ")");
  ASSIGN_OR_RETURN(const std::string type, DuckDbType(call.type, call.position));
  std::string body;
  if (lambda != nullptr) {
    ASSIGN_OR_RETURN(body, EmitLambda(*lambda, parts));
  } else {
    const auto names = DuckDbFieldNames(call.type.element());
    for (size_t i = 0; i < count; ++i) body += (i > 0 ? ", " : "{") + DuckDbText(names[i]) + ": " + parts[i];
    body += "}";
  }
  return once.head + "CASE WHEN " + (mode == "STRICT" ? "gs_equal_lengths(" + lengths + ")" : whole) +
         " THEN CAST(list_transform(" + zipped + ", lambda " + element + ": " + body + ") AS " + type + ") END" + once.tail;
}

// --- Errors that are caught -----------------------------------------------------------------------------

SqlResult<std::string> Emitter::EmitLet(const analysis::Call& let) {
  std::vector<std::string> values;
  for (size_t i = 0; i + 1 < let.arguments.size(); ++i) {
    ASSIGN_OR_RETURN(std::string value, Emit(*let.arguments[i]));
    values.push_back(std::move(value));
  }
  const Once once = ComputeOnce(values, false);
  ASSIGN_OR_RETURN(const std::string body, EmitLambda(As<analysis::Lambda>(*let.arguments.back()), once.names));
  return once.head + body + once.tail;
}

// A list with the value, or NULL where it fails.
SqlResult<std::string> Emitter::EmitTried(const Expr& tried) {
  ASSIGN_OR_RETURN(const std::string type, DuckDbType(tried.type, tried.position));
  const auto* let = analysis::TryAs<analysis::Call>(tried);
  // Values that are no subqueries are tried as well.
  const bool handed_in = let != nullptr && let->function == FunctionId::kLet &&
                         let->arguments.front()->kind == ExprKind::kSubquery;
  if (!handed_in) {
    ASSIGN_OR_RETURN(const std::string value, Emit(tried));
    if (HasSubquery(value)) return UnsupportedSql("A subquery where errors are caught is not supported", tried.position);
    return "TRY([" + value + "]::" + type + "[])";
  }
  std::vector<std::string> values;
  for (size_t i = 0; i + 1 < let->arguments.size(); ++i) {
    ASSIGN_OR_RETURN(std::string value, Emit(*let->arguments[i]));
    values.push_back(std::move(value));
  }
  const Once once = ComputeOnce(values, true);
  ASSIGN_OR_RETURN(const std::string body, EmitLambda(As<analysis::Lambda>(*let->arguments.back()), once.names));
  return once.head + "TRY([" + body + "]::" + type + "[])" + once.tail;
}

SqlResult<std::string> Emitter::EmitCatch(const analysis::Call& call) {
  ASSIGN_OR_RETURN(const std::string tried, EmitTried(*call.arguments.front()));
  if (call.function == FunctionId::kIsError) return "(" + tried + " IS NULL)";
  ASSIGN_OR_RETURN(const std::string type, DuckDbType(call.type, call.position));
  if (call.function == FunctionId::kNullIfError) return ElementAs(tried, type);
  ASSIGN_OR_RETURN(const std::string otherwise, Emit(*call.arguments[1]));
  return ElementAs("coalesce(" + tried + ", [" + otherwise + "]::" + type + "[])", type);
}

// SAFE. of a function that has no twin: an error of an argument is still one.
SqlResult<std::string> Emitter::EmitSafely(const analysis::Call& call) {
  analysis::Call inner;
  inner.function = call.function;
  inner.type = call.type;
  inner.position = call.position;
  inner.part = call.part;
  std::vector<std::string> values;
  std::vector<ColumnId> columns;
  for (const ExprPtr& argument : call.arguments) {
    if (argument->kind == ExprKind::kLambda) return NotSafe(call);
    if (const auto* literal = analysis::TryAs<analysis::Literal>(*argument)) {
      inner.arguments.push_back(std::make_unique<analysis::Literal>(*literal));
      continue;
    }
    ASSIGN_OR_RETURN(std::string value, Emit(*argument));
    values.push_back(std::move(value));
    columns.push_back(static_cast<ColumnId>(text_.size()));
    text_.emplace_back();
    auto column = std::make_unique<analysis::ColumnRef>();
    column->column = columns.back();
    column->type = argument->type;
    column->position = argument->position;
    inner.arguments.push_back(std::move(column));
  }
  Once once;
  if (!values.empty()) once = ComputeOnce(values, false);
  for (size_t i = 0; i < columns.size(); ++i) TextOf(columns[i]) = once.names[i];
  ASSIGN_OR_RETURN(const std::string body, Emit(inner));
  if (HasSubquery(body)) return NotSafe(call);
  ASSIGN_OR_RETURN(const std::string type, DuckDbType(call.type, call.position));
  return once.head + ElementAs("TRY([" + body + "]::" + type + "[])", type) + once.tail;
}

sql::SqlError Emitter::NotSafe(const analysis::Call& call) {
  return UnsupportedSql("SAFE." + std::string(analysis::GetFunction(call.function).name) + " is not supported",
                        call.position);
}

}  // namespace casebook::engines
