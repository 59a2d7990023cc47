// Window frames: which bounds may stand together, and what their offsets may be.
#include "analysis/resolver_internal.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

const char* BoundName(FrameBoundKind kind) {
  switch (kind) {
    case FrameBoundKind::kUnboundedPreceding: return "UNBOUNDED PRECEDING";
    case FrameBoundKind::kPreceding: return "OFFSET PRECEDING";
    case FrameBoundKind::kCurrentRow: return "CURRENT ROW";
    case FrameBoundKind::kFollowing: return "OFFSET FOLLOWING";
    case FrameBoundKind::kUnboundedFollowing: return "UNBOUNDED FOLLOWING";
  }
  Unreachable();
}

FrameBoundKind KindOf(sql::FrameBoundKind kind) {
  switch (kind) {
    case sql::FrameBoundKind::kUnboundedPreceding: return FrameBoundKind::kUnboundedPreceding;
    case sql::FrameBoundKind::kPreceding: return FrameBoundKind::kPreceding;
    case sql::FrameBoundKind::kCurrentRow: return FrameBoundKind::kCurrentRow;
    case sql::FrameBoundKind::kFollowing: return FrameBoundKind::kFollowing;
    case sql::FrameBoundKind::kUnboundedFollowing: return FrameBoundKind::kUnboundedFollowing;
  }
  Unreachable();
}

// A frame may not end in an earlier kind of place than it starts.
SqlStatus CheckBounds(const sql::WindowFrame& written, const Frame& frame) {
  const uint32_t start = written.start.range.begin;
  const uint32_t end = written.end ? written.end->range.begin : start;
  if (frame.start.kind == FrameBoundKind::kUnboundedFollowing) {
    return InvalidSql("Starting window framing expression cannot be UNBOUNDED FOLLOWING", start);
  }
  if (frame.end.kind == FrameBoundKind::kUnboundedPreceding) {
    return InvalidSql("Ending window framing expression cannot be UNBOUNDED PRECEDING", end);
  }
  if (frame.end.kind >= frame.start.kind) return Nothing{};
  return InvalidSql(std::string("Ending window framing expression cannot be ") + BoundName(frame.end.kind) +
                        " when the starting window framing expression is " + BoundName(frame.start.kind), end);
}

bool IsNumber(const Type& type) {
  return type.kind() == TypeKind::kInt64 || type.kind() == TypeKind::kFloat64 || type.kind() == TypeKind::kNumeric ||
         type.kind() == TypeKind::kBigNumeric;
}

// RANGE wants one key that can be added to; without any key all rows are peers.
SqlStatus CheckRangeFrame(const sql::WindowFrame& written, const Frame& frame, const Window& window) {
  const uint32_t position = written.range.begin;
  const bool offsets = frame.start.offset != nullptr || frame.end.offset != nullptr;
  const bool current = frame.start.kind == FrameBoundKind::kCurrentRow || frame.end.kind == FrameBoundKind::kCurrentRow;
  if (window.order_by.empty() && (offsets || current)) {
    return InvalidSql(std::string("A RANGE-based window without ORDER BY cannot include a ") +
                          (offsets ? "boundary with an offset" : "CURRENT ROW boundary"), position);
  }
  if (!offsets) return Nothing{};
  if (window.order_by.size() != 1) {
    return InvalidSql("A RANGE-based window with OFFSET PRECEDING or OFFSET FOLLOWING boundaries must have exactly one "
                      "ORDER BY key", position);
  }
  const Expr& key = *window.order_by.front().expr;
  if (IsNumber(key.type)) return Nothing{};
  return InvalidSql("ORDER BY key must be numeric in a RANGE-based window with OFFSET PRECEDING or OFFSET FOLLOWING "
                    "boundaries, but has type " + key.type.ToString(), key.position);
}

// Negative offsets that are known now; others are found when the query runs.
bool IsNegative(const Expr& offset) {
  const auto* literal = TryAs<Literal>(offset);
  if (literal == nullptr) return false;
  if (const auto* whole = std::get_if<int64_t>(&literal->value.data)) return *whole < 0;
  if (const auto* number = std::get_if<double>(&literal->value.data)) return !(*number >= 0);
  if (const auto* text = std::get_if<std::string>(&literal->value.data)) return text->starts_with("-");
  return false;
}

// A literal, a parameter, or a cast of one.
bool IsConstant(const Expr& expr) {
  const auto* cast = TryAs<Cast>(expr);
  if (cast == nullptr) return expr.kind == ExprKind::kLiteral;
  return cast->format == nullptr && cast->time_zone == nullptr && IsConstant(*cast->operand);
}

}  // namespace

SqlStatus Resolver::ResolveFrame(const sql::WindowFrame& written, const ExprContext& context, Window& window) {
  Frame frame;
  frame.unit = written.unit == sql::FrameUnit::kRows ? FrameUnit::kRows : FrameUnit::kRange;
  ASSIGN_OR_RETURN(frame.start, ResolveFrameBound(written.start, context));
  frame.end.kind = FrameBoundKind::kCurrentRow;
  if (written.end) {
    ASSIGN_OR_RETURN(frame.end, ResolveFrameBound(*written.end, context));
  }
  RETURN_IF_ERROR(CheckBounds(written, frame));
  Type type = TypeKind::kInt64;
  if (frame.unit == FrameUnit::kRange) {
    RETURN_IF_ERROR(CheckRangeFrame(written, frame, window));
    if (!window.order_by.empty()) type = window.order_by.front().expr->type;
  }
  for (ExprPtr* offset : {&frame.start.offset, &frame.end.offset}) {
    if (*offset == nullptr) continue;
    RETURN_IF_ERROR(CoerceTo(*offset, type, "Window framing expression"));
    if (IsNegative(**offset)) {
      return InvalidSql("Window framing expression cannot evaluate to a negative value", (*offset)->position);
    }
  }
  window.frame = std::move(frame);
  return Nothing{};
}

SqlResult<FrameBound> Resolver::ResolveFrameBound(const sql::FrameBound& bound, const ExprContext& context) {
  FrameBound result;
  result.kind = KindOf(bound.kind);
  if (bound.offset == nullptr) return result;
  ASSIGN_OR_RETURN(result.offset, ResolveExpr(*bound.offset, context));
  if (const auto* literal = TryAs<Literal>(*result.offset); literal != nullptr && literal->value.is_null()) {
    return InvalidSql("Window framing expression cannot be NULL", bound.range.begin);
  }
  if (!IsConstant(*result.offset)) {
    return InvalidSql("Window framing expression must be a literal or parameter", bound.range.begin);
  }
  return result;
}

}  // namespace casebook::analysis
