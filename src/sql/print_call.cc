#include "base/result.h"
#include "sql/printer_internal.h"

namespace casebook::sql {
namespace {

std::string_view ArgumentWord(ArgumentKind kind) {
  switch (kind) {
    case ArgumentKind::kExpr: return "";
    case ArgumentKind::kTable: return "TABLE ";
    case ArgumentKind::kModel: return "MODEL ";
    case ArgumentKind::kConnection: return "CONNECTION ";
    case ArgumentKind::kDescriptor: return "DESCRIPTOR";
  }
  Unreachable();
}

}  // namespace

void Printer::Put(const Argument& argument) {
  if (argument.name) {
    Put(*argument.name);
    Text(" => ");
  }
  Text(ArgumentWord(argument.kind));
  switch (argument.kind) {
    case ArgumentKind::kExpr:
      Put(*argument.value);
      if (argument.alias) {
        Text(" AS ");
        Put(*argument.alias);
      }
      return;
    case ArgumentKind::kTable:
    case ArgumentKind::kModel:
    case ArgumentKind::kConnection: return Put(argument.path);
    case ArgumentKind::kDescriptor: return Names(argument.columns);
  }
  Unreachable();
}

// What stands before the arguments; for a chained call its first argument, too.
void Printer::CallName(const CallExpr& call) {
  const bool parentheses = call.chained && (call.safe || call.function.names.size() > 1);
  if (call.chained) {
    DotBase(*call.arguments.front().value);
    Text(".");
  }
  if (parentheses) Text("(");
  if (call.safe) Text("SAFE.");
  Put(call.function);
  if (parentheses) Text(")");
}

void Printer::PutCall(const CallExpr& call) {
  CallName(call);
  if (!call.parentheses) return;
  Text("(");
  if (call.distinct) Text("DISTINCT ");
  bool first = true;
  for (size_t i = call.chained ? 1 : 0; i < call.arguments.size(); ++i) {
    if (!first) Text(", ");
    first = false;
    Put(call.arguments[i]);
  }
  if (call.nulls == NullHandling::kIgnore) Text(" IGNORE NULLS");
  if (call.nulls == NullHandling::kRespect) Text(" RESPECT NULLS");
  Clause(" WHERE ", call.where);
  if (call.having) Clause(call.having->bound == HavingBound::kMax ? " HAVING MAX " : " HAVING MIN ", call.having->expr);
  if (!call.order_by.empty()) {
    Text(" ORDER BY ");
    List(call.order_by);
  }
  if (call.limit) Put(*call.limit);
  Text(")");
  if (!call.over) return;
  Text(" OVER ");
  Put(*call.over);
}

void Printer::Put(const WindowSpec& spec) {
  if (spec.bare) return Put(*spec.base);
  Text("(");
  if (spec.base) Put(*spec.base);
  if (!spec.partition_by.empty()) {
    Text(" PARTITION BY ");
    List(spec.partition_by);
  }
  if (!spec.order_by.empty()) {
    Text(" ORDER BY ");
    List(spec.order_by);
  }
  if (spec.frame) Put(*spec.frame);
  Text(")");
}

void Printer::Put(const WindowFrame& frame) {
  Text(frame.unit == FrameUnit::kRows ? " ROWS " : " RANGE ");
  if (!frame.end) return Put(frame.start);
  Text("BETWEEN ");
  Put(frame.start);
  Text(" AND ");
  Put(*frame.end);
}

void Printer::Put(const FrameBound& bound) {
  switch (bound.kind) {
    case FrameBoundKind::kUnboundedPreceding: return Text("UNBOUNDED PRECEDING");
    case FrameBoundKind::kUnboundedFollowing: return Text("UNBOUNDED FOLLOWING");
    case FrameBoundKind::kCurrentRow: return Text("CURRENT ROW");
    case FrameBoundKind::kPreceding: return Put(*bound.offset), Text(" PRECEDING");
    case FrameBoundKind::kFollowing: return Put(*bound.offset), Text(" FOLLOWING");
  }
  Unreachable();
}

void Printer::Put(const NamedWindow& window) {
  Put(window.name);
  Text(" AS ");
  Put(window.spec);
}

}  // namespace casebook::sql
