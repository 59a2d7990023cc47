// OVER: window clauses, and the window functions that are no aggregates.
#include "analysis/functions.h"
#include "base/result.h"
#include "duckdb/connection.h"
#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {

using analysis::As;
using analysis::NullTreatment;

namespace {

sql::SqlError NotSupported(FunctionId function, const char* what, uint32_t position) {
  return UnsupportedSql("Function " + std::string(analysis::GetFunction(function).name) + " " + what +
                            " is not supported", position);
}

const char* BoundText(analysis::FrameBoundKind kind) {
  switch (kind) {
    case analysis::FrameBoundKind::kUnboundedPreceding: return "UNBOUNDED PRECEDING";
    case analysis::FrameBoundKind::kPreceding: return " PRECEDING";
    case analysis::FrameBoundKind::kCurrentRow: return "CURRENT ROW";
    case analysis::FrameBoundKind::kFollowing: return " FOLLOWING";
    case analysis::FrameBoundKind::kUnboundedFollowing: return "UNBOUNDED FOLLOWING";
  }
  Unreachable();
}

}  // namespace

SqlResult<std::string> Emitter::WindowClause(const analysis::Window& window) {
  std::string text;
  ASSIGN_OR_RETURN(const auto partitions, EmitAll(window.partition_by));
  for (size_t i = 0; i < partitions.size(); ++i) text += (i > 0 ? ", " : "PARTITION BY ") + partitions[i];
  ASSIGN_OR_RETURN(auto keys, EmitKeys(window.order_by));
  const bool range_offset = window.frame && window.frame->unit == analysis::FrameUnit::kRange &&
                            (window.frame->start.offset != nullptr || window.frame->end.offset != nullptr);
  // The engine wants one key for such a frame, and one whose ends it can compute: whole numbers in a wider type, which
  // cannot overflow, and for floats whole numbers that sort like them.
  const bool widens = range_offset && window.order_by.front().expr->type.kind() == TypeKind::kInt64;
  const bool is_float = range_offset && keys.front().is_float;
  const std::string key = range_offset ? keys.front().text : "";
  const std::string place = "gs_float_order(" + key + ")::HUGEINT";
  if (widens) keys.front().text = "(" + key + ")::HUGEINT";
  if (is_float) {
    keys.front().text = place;
    keys.front().is_float = false;
  }
  const TypeKind key_kind = range_offset ? window.order_by.front().expr->type.kind() : TypeKind::kInt64;
  if (key_kind == TypeKind::kNumeric) keys.front().text = "gs_numeric_order(" + key + ")";
  const std::string order = KeysText(keys);
  text += text.empty() && !order.empty() ? order.substr(1) : order;
  if (!window.frame) return "(" + text + ")";
  const bool descending = !window.order_by.empty() && window.order_by.front().descending;
  const auto bound = [&](const analysis::FrameBound& one) -> SqlResult<std::string> {
    if (one.offset == nullptr) return std::string(BoundText(one.kind));
    ASSIGN_OR_RETURN(const std::string offset, Emit(*one.offset));
    const bool down = (one.kind == analysis::FrameBoundKind::kPreceding) != descending;
    if (key_kind == TypeKind::kNumeric) {
      return "gs_numeric_frame_step(" + key + ", " + offset + (down ? ", -1)" : ", 1)") + BoundText(one.kind);
    }
    if (!is_float) {
      const bool known = one.offset->kind == analysis::ExprKind::kLiteral || one.offset->type.kind() != TypeKind::kInt64;
      const std::string checked = known ? offset : "gs_frame_offset(" + offset + ")";
      return checked + (widens ? "::HUGEINT" : "") + BoundText(one.kind);
    }
    const std::string end = "gs_float_frame_end(" + key + ", " + offset + (down ? ", -1)" : ", 1)") + "::HUGEINT";
    return "(" + (down ? place + " - " + end : end + " - " + place) + ")" + BoundText(one.kind);
  };
  ASSIGN_OR_RETURN(const std::string start, bound(window.frame->start));
  ASSIGN_OR_RETURN(const std::string end, bound(window.frame->end));
  text += std::string(text.empty() ? "" : " ") + (window.frame->unit == analysis::FrameUnit::kRows ? "ROWS" : "RANGE") +
          " BETWEEN " + start + " AND " + end;
  return "(" + text + ")";
}

SqlResult<std::string> Emitter::EmitWindow(const analysis::Window& window) {
  const uint32_t position = window.position;
  const bool is_aggregate = analysis::GetFunction(window.function).function_class == analysis::FunctionClass::kAggregate;
  if (window.safe && !is_aggregate) return NotSupported(window.function, "with SAFE.", position);
  ASSIGN_OR_RETURN(const auto args, EmitAll(window.arguments));
  ASSIGN_OR_RETURN(const std::string over_text, WindowClause(window));
  const std::string over = " OVER " + over_text;
  const std::string x = args.empty() ? "" : args.front();
  const std::string nulls = window.nulls == NullTreatment::kIgnore ? " IGNORE NULLS" : "";
  switch (window.function) {
    case FunctionId::kRowNumber: return "row_number()" + over;
    case FunctionId::kRank: return "rank()" + over;
    case FunctionId::kDenseRank: return "dense_rank()" + over;
    case FunctionId::kPercentRank: return "percent_rank()" + over;
    case FunctionId::kCumeDist: return "cume_dist()" + over;
    case FunctionId::kNtile: return "ntile(gs_positive(" + x + ", 'NTILE'))" + over;
    case FunctionId::kIsFirst: return "(row_number()" + over + " <= gs_not_negative(" + x + ", 'IS_FIRST'))";
    case FunctionId::kIsLast: {
      ASSIGN_OR_RETURN(const auto partitions, EmitAll(window.partition_by));
      std::string keys;
      for (const std::string& key : partitions) keys += (keys.empty() ? "PARTITION BY " : ", ") + key;
      return "(count(*) OVER (" + keys + ") - row_number()" + over + " < gs_not_negative(" + x + ", 'IS_LAST'))";
    }
    case FunctionId::kLag:
    case FunctionId::kLead: {
      const std::string name = window.function == FunctionId::kLag ? "lag(" : "lead(";
      std::string text = name + x;
      if (args.size() > 1) text += ", gs_not_negative(" + args[1] + ", 'LAG or LEAD')";
      if (args.size() > 2) text += ", " + args[2];
      return text + nulls + ")" + over;
    }
    case FunctionId::kFirstValue: return "first_value(" + x + nulls + ")" + over;
    case FunctionId::kLastValue: return "last_value(" + x + nulls + ")" + over;
    case FunctionId::kNthValue: return "nth_value(" + x + ", gs_positive(" + args[1] + ", 'NTH_VALUE')" + nulls + ")" + over;
    // With a share that is a constant they have become other windows.
    case FunctionId::kPercentileCont:
    case FunctionId::kPercentileDisc: return NotSupported(window.function, "in this form", position);
    default: return EmitWindowAggregate(window, over);
  }
}

}  // namespace casebook::engines
