// Functions on RANGE and casts of it. What a range is in the engine stands in runtime_ranges.cc.
#include "base/result.h"
#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {
namespace {

std::string StartOf(const std::string& range) { return "struct_extract(" + range + ", 'range_start')"; }
std::string EndOf(const std::string& range) { return "struct_extract(" + range + ", 'range_end')"; }
std::string BoundsOf(const std::string& range) { return StartOf(range) + ", " + EndOf(range); }

// The engine's name of a bound: DATETIME and TIMESTAMP are one to it.
const char* BoundName(const Type& element) { return element.kind() == TypeKind::kDate ? "date" : "datetime"; }
const char* BoundType(const Type& element) { return element.kind() == TypeKind::kDate ? "DATE" : "TIMESTAMP"; }

std::string Infinity(const char* sign, const Type& element) {
  return "'" + std::string(sign) + "infinity'::" + BoundType(element);
}

const char* ElementName(const Type& element) {
  switch (element.kind()) {
    case TypeKind::kDate: return "date";
    case TypeKind::kTimestamp: return "timestamp";
    default: return "datetime";
  }
}

}  // namespace

bool Emitter::IsRangeFunction(FunctionId function) {
  switch (function) {
    case FunctionId::kRange:
    case FunctionId::kRangeStart:
    case FunctionId::kRangeEnd:
    case FunctionId::kRangeIsStartUnbounded:
    case FunctionId::kRangeIsEndUnbounded:
    case FunctionId::kRangeContains:
    case FunctionId::kRangeOverlaps:
    case FunctionId::kRangeIntersect:
    case FunctionId::kGenerateRangeArray: return true;
    default: return false;
  }
}

SqlResult<std::string> Emitter::EmitRange(const analysis::Call& call) {
  ASSIGN_OR_RETURN(const auto texts, EmitAll(call.arguments));
  const std::string safe = call.safe ? "_safe(" : "(";
  const Type& first = call.arguments.front()->type;
  switch (call.function) {
    case FunctionId::kRange:
      return std::string("gs_") + BoundName(first) + "_range" + safe + "coalesce(" + texts[0] + ", " +
             Infinity("-", first) + "), coalesce(" + texts[1] + ", " + Infinity("", first) + "))";
    case FunctionId::kRangeStart:
      return "nullif(" + StartOf(texts[0]) + ", " + Infinity("-", first.element()) + ")";
    case FunctionId::kRangeEnd: return "nullif(" + EndOf(texts[0]) + ", " + Infinity("", first.element()) + ")";
    case FunctionId::kRangeIsStartUnbounded:
      return "(" + StartOf(texts[0]) + " = " + Infinity("-", first.element()) + ")";
    case FunctionId::kRangeIsEndUnbounded:
      return "(" + EndOf(texts[0]) + " = " + Infinity("", first.element()) + ")";
    case FunctionId::kRangeContains:
      if (call.arguments[1]->type.kind() == TypeKind::kRange) {
        return "(" + StartOf(texts[0]) + " <= " + StartOf(texts[1]) + " AND " + EndOf(texts[0]) + " >= " +
               EndOf(texts[1]) + ")";
      }
      return "(" + StartOf(texts[0]) + " <= " + texts[1] + " AND " + EndOf(texts[0]) + " > " + texts[1] + ")";
    case FunctionId::kRangeOverlaps:
      return "(" + StartOf(texts[0]) + " < " + EndOf(texts[1]) + " AND " + StartOf(texts[1]) + " < " + EndOf(texts[0]) +
             ")";
    case FunctionId::kRangeIntersect:
      return std::string("gs_") + BoundName(first.element()) + "_range_intersect" + safe + BoundsOf(texts[0]) + ", " +
             BoundsOf(texts[1]) + ")";
    default: break;
  }
  return std::string("gs_generate_") + ElementName(first.element()) + "_ranges" + safe + BoundsOf(texts[0]) + ", " +
         texts[1] + ", " + (texts.size() > 2 ? texts[2] : "true") + ")";
}

// `zone`: of timestamps.
std::string Emitter::RangeCast(const std::string& operand, const Type& from, const Type& to, bool safe,
                               const std::string& zone) {
  const Type& element = from.kind() == TypeKind::kRange ? from.element() : to.element();
  const std::string name = ElementName(element);
  const std::string end = element.kind() == TypeKind::kTimestamp ? ", " + zone + ")" : ")";
  if (from.kind() == TypeKind::kRange) return "gs_" + name + "_range_to_text(" + BoundsOf(operand) + end;
  return "gs_text_to_" + name + "_range" + (safe ? "_safe(" : "(") + operand + end;
}

}  // namespace casebook::engines
