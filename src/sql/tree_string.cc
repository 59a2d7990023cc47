#include "sql/tree_string.h"

#include "base/result.h"
#include "sql/printer.h"
#include "sql/tree_writer.h"

namespace casebook::sql {
namespace {

std::string_view Negated(bool negated) { return negated ? "Not" : ""; }

std::string_view UnaryText(UnaryOp op) {
  switch (op) {
    case UnaryOp::kPlus: return "+";
    case UnaryOp::kMinus: return "-";
    case UnaryOp::kBitNot: return "~";
    case UnaryOp::kNot: return "NOT";
  }
  Unreachable();
}

std::string_view IsText(IsTest test) {
  switch (test) {
    case IsTest::kNull: return "Null";
    case IsTest::kTrue: return "True";
    case IsTest::kFalse: return "False";
    case IsTest::kUnknown: return "Unknown";
  }
  Unreachable();
}

std::string_view SubscriptText(SubscriptKind kind) {
  switch (kind) {
    case SubscriptKind::kPlain: return "";
    case SubscriptKind::kOffset: return " OFFSET";
    case SubscriptKind::kOrdinal: return " ORDINAL";
    case SubscriptKind::kSafeOffset: return " SAFE_OFFSET";
    case SubscriptKind::kSafeOrdinal: return " SAFE_ORDINAL";
    case SubscriptKind::kKey: return " KEY";
    case SubscriptKind::kSafeKey: return " SAFE_KEY";
  }
  Unreachable();
}

std::string_view SubqueryText(SubqueryKind kind) {
  switch (kind) {
    case SubqueryKind::kScalar: return "Subquery";
    case SubqueryKind::kArray: return "ArraySubquery";
    case SubqueryKind::kExists: return "Exists";
  }
  Unreachable();
}

std::string_view QuantifierText(Quantifier quantifier) {
  switch (quantifier) {
    case Quantifier::kAny: return "LikeAny";
    case Quantifier::kSome: return "LikeSome";
    case Quantifier::kAll: return "LikeAll";
  }
  Unreachable();
}

std::string_view BoundText(FrameBoundKind kind) {
  switch (kind) {
    case FrameBoundKind::kUnboundedPreceding: return "UnboundedPreceding";
    case FrameBoundKind::kPreceding: return "Preceding";
    case FrameBoundKind::kCurrentRow: return "CurrentRow";
    case FrameBoundKind::kFollowing: return "Following";
    case FrameBoundKind::kUnboundedFollowing: return "UnboundedFollowing";
  }
  Unreachable();
}

std::string PartText(const Identifier& part, const std::optional<Identifier>& more, std::string_view between) {
  return part.text + (more ? std::string(between) + more->text : "");
}

// What a node is called and what tells it from its like.
std::string Label(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kLiteral: return "Literal " + Print(expr);
    case ExprKind::kPath: return "Path " + Print(expr);
    case ExprKind::kParameter: {
      const auto& parameter = As<ParameterExpr>(expr);
      return "Parameter " + (parameter.name ? parameter.name->text : std::to_string(parameter.position));
    }
    case ExprKind::kSystemVariable: return "SystemVariable " + Print(expr);
    case ExprKind::kUnary: return "Unary " + std::string(UnaryText(As<UnaryExpr>(expr).op));
    case ExprKind::kBinary: return "Binary " + std::string(OperatorText(As<BinaryExpr>(expr).op));
    case ExprKind::kLogical: return As<LogicalExpr>(expr).op == LogicalOp::kAnd ? "And" : "Or";
    case ExprKind::kBetween: return std::string(Negated(As<BetweenExpr>(expr).negated)) + "Between";
    case ExprKind::kIn: return std::string(Negated(As<InExpr>(expr).negated)) + "In";
    case ExprKind::kLikeAny: {
      const auto& like = As<LikeAnyExpr>(expr);
      return std::string(Negated(like.negated)) + std::string(QuantifierText(like.quantifier));
    }
    case ExprKind::kIs: {
      const auto& is = As<IsExpr>(expr);
      return "Is" + std::string(Negated(is.negated)) + std::string(IsText(is.test));
    }
    case ExprKind::kFieldAccess: return "Field " + As<FieldAccessExpr>(expr).field.text;
    case ExprKind::kSubscript: return "Subscript" + std::string(SubscriptText(As<SubscriptExpr>(expr).subscript));
    case ExprKind::kCase: return "Case";
    case ExprKind::kCast: {
      const auto& cast = As<CastExpr>(expr);
      return (cast.safe ? "SafeCast " : "Cast ") + Print(cast.type);
    }
    case ExprKind::kExtract: {
      const auto& part = As<ExtractExpr>(expr).part;
      return "Extract " + PartText(part.name, part.weekday, " ");
    }
    case ExprKind::kInterval: {
      const auto& interval = As<IntervalExpr>(expr);
      return "Interval " + PartText(interval.part, interval.to_part, " TO ");
    }
    case ExprKind::kArray: {
      const auto& type = As<ArrayExpr>(expr).type;
      return "Array" + (type ? " " + Print(*type) : "");
    }
    case ExprKind::kStruct: {
      const auto& node = As<StructExpr>(expr);
      return (node.tuple ? "Tuple" : "Struct") + (node.type ? " " + Print(*node.type) : "");
    }
    case ExprKind::kSubquery: return std::string(SubqueryText(As<SubqueryExpr>(expr).subquery));
    case ExprKind::kCall: {
      const auto& call = As<CallExpr>(expr);
      std::string label = (call.safe ? "Call SAFE." : "Call ") + PathText(call.function);
      if (!call.parentheses) label += " bare";
      if (call.chained) label += " chained";
      if (call.distinct) label += " distinct";
      if (call.nulls == NullHandling::kIgnore) label += " ignore nulls";
      if (call.nulls == NullHandling::kRespect) label += " respect nulls";
      return label;
    }
    case ExprKind::kStar: return "Star";
    case ExprKind::kLambda: return "Lambda " + NamesText(As<LambdaExpr>(expr).parameters);
    case ExprKind::kWith: return "WithExpr";
  }
  Unreachable();
}

}  // namespace

std::string NamesText(const std::vector<Identifier>& names) {
  std::string text;
  for (const Identifier& name : names) text += (text.empty() ? "" : ", ") + name.text;
  return text;
}

std::string AliasText(const std::optional<Identifier>& alias) { return alias ? " " + alias->text : ""; }

std::string PathText(const Path& path) {
  std::string text;
  for (const Identifier& name : path.names) text += (text.empty() ? "" : ".") + name.text;
  return text;
}

std::string OrderText(const SortOrder& order) {
  std::string text;
  if (order.direction == SortDirection::kAscending) text += " asc";
  if (order.direction == SortDirection::kDescending) text += " desc";
  if (order.nulls == NullsPosition::kFirst) text += " nulls first";
  if (order.nulls == NullsPosition::kLast) text += " nulls last";
  return text;
}

void TreeWriter::Line(std::string_view text) {
  out_.append(static_cast<size_t>(depth_) * 2, ' ');
  out_ += text;
  out_ += '\n';
}

void TreeWriter::Line(std::string_view text, SourceRange range) {
  Line(std::string(text) + " [" + std::to_string(range.begin) + "-" + std::to_string(range.end) + "]");
}

void TreeWriter::Child(std::string_view label, const ExprPtr& expr) {
  if (expr == nullptr) return;
  Line(label);
  const Indent indent(*this);
  Write(*expr);
}

void TreeWriter::Children(std::string_view label, const std::vector<ExprPtr>& exprs) {
  if (exprs.empty()) return;
  Line(label);
  const Indent indent(*this);
  for (const ExprPtr& expr : exprs) Write(*expr);
}

void TreeWriter::Write(const Expr& expr) {
  Line(Label(expr), expr.range);
  const Indent indent(*this);
  WriteParts(expr);
}

void TreeWriter::WriteParts(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kLiteral:
    case ExprKind::kPath:
    case ExprKind::kParameter:
    case ExprKind::kSystemVariable:
    case ExprKind::kStar: return;
    case ExprKind::kUnary: return Write(*As<UnaryExpr>(expr).operand);
    case ExprKind::kBinary: return Write(*As<BinaryExpr>(expr).left), Write(*As<BinaryExpr>(expr).right);
    case ExprKind::kLogical:
      for (const ExprPtr& operand : As<LogicalExpr>(expr).operands) Write(*operand);
      return;
    case ExprKind::kBetween: {
      const auto& between = As<BetweenExpr>(expr);
      return Write(*between.value), Write(*between.low), Write(*between.high);
    }
    case ExprKind::kIn: return Write(*As<InExpr>(expr).value), WriteCandidates(As<InExpr>(expr).candidates);
    case ExprKind::kLikeAny:
      return Write(*As<LikeAnyExpr>(expr).value), WriteCandidates(As<LikeAnyExpr>(expr).candidates);
    case ExprKind::kIs: return Write(*As<IsExpr>(expr).value);
    case ExprKind::kFieldAccess: return Write(*As<FieldAccessExpr>(expr).base);
    case ExprKind::kSubscript: return Write(*As<SubscriptExpr>(expr).base), Write(*As<SubscriptExpr>(expr).index);
    case ExprKind::kCase: return WriteCase(As<CaseExpr>(expr));
    case ExprKind::kCast:
      Write(*As<CastExpr>(expr).operand);
      Child("Format", As<CastExpr>(expr).format);
      return Child("TimeZone", As<CastExpr>(expr).time_zone);
    case ExprKind::kExtract:
      Write(*As<ExtractExpr>(expr).operand);
      return Child("TimeZone", As<ExtractExpr>(expr).time_zone);
    case ExprKind::kInterval: return Write(*As<IntervalExpr>(expr).value);
    case ExprKind::kArray:
      for (const ExprPtr& element : As<ArrayExpr>(expr).elements) Write(*element);
      return;
    case ExprKind::kStruct: return WriteAllNamed("Field", As<StructExpr>(expr).fields);
    case ExprKind::kSubquery: return Write(*As<SubqueryExpr>(expr).query);
    case ExprKind::kCall: return WriteCall(As<CallExpr>(expr));
    case ExprKind::kLambda: return Write(*As<LambdaExpr>(expr).body);
    case ExprKind::kWith:
      WriteAllNamed("Variable", As<WithExpr>(expr).variables);
      return Write(*As<WithExpr>(expr).body);
  }
  Unreachable();
}

void TreeWriter::WriteCall(const CallExpr& call) {
  for (const Argument& argument : call.arguments) WriteArgument(argument);
  Child("Where", call.where);
  if (call.having) Child(call.having->bound == HavingBound::kMax ? "HavingMax" : "HavingMin", call.having->expr);
  WriteOrder(call.order_by);
  WriteLimit(call.limit);
  if (call.over) WriteWindow("Over", *call.over);
}

void TreeWriter::WriteArgument(const Argument& argument) {
  const std::string name = argument.name ? " " + argument.name->text : "";
  switch (argument.kind) {
    case ArgumentKind::kExpr:
      if (argument.name) return Child("Named" + name, argument.value);
      if (argument.alias) return Child("As " + argument.alias->text, argument.value);
      return Write(*argument.value);
    case ArgumentKind::kTable: return Line("Table" + name + " " + PathText(argument.path), argument.range);
    case ArgumentKind::kModel: return Line("Model" + name + " " + PathText(argument.path), argument.range);
    case ArgumentKind::kConnection: return Line("Connection" + name + " " + PathText(argument.path), argument.range);
    case ArgumentKind::kDescriptor: return Line("Descriptor" + name + " " + NamesText(argument.columns), argument.range);
  }
  Unreachable();
}

void TreeWriter::WriteCandidates(const Candidates& candidates) {
  Children("List", candidates.list);
  Child("Unnest", candidates.unnest);
  if (candidates.query != nullptr) Write(*candidates.query);
}

void TreeWriter::WriteCase(const CaseExpr& expr) {
  Child("Operand", expr.operand);
  for (const CaseExpr::When& when : expr.whens) {
    Line("When");
    const Indent indent(*this);
    Write(*when.condition);
    Write(*when.result);
  }
  Child("Else", expr.otherwise);
}

void TreeWriter::WriteNamed(std::string_view label, const NamedExpr& named) {
  Line(std::string(label) + AliasText(named.alias), named.range);
  const Indent indent(*this);
  Write(*named.expr);
}

void TreeWriter::WriteAllNamed(std::string_view label, const std::vector<NamedExpr>& all) {
  for (const NamedExpr& named : all) WriteNamed(label, named);
}

void TreeWriter::WriteWindow(std::string_view label, const WindowSpec& spec) {
  Line(std::string(label) + AliasText(spec.base), spec.range);
  const Indent indent(*this);
  Children("PartitionBy", spec.partition_by);
  WriteOrder(spec.order_by);
  if (spec.frame) WriteFrame(*spec.frame);
}

void TreeWriter::WriteFrame(const WindowFrame& frame) {
  Line(frame.unit == FrameUnit::kRows ? "Rows" : "Range", frame.range);
  const Indent indent(*this);
  const auto bound = [this](const FrameBound& one) {
    if (one.offset != nullptr) return Child(BoundText(one.kind), one.offset);
    Line(BoundText(one.kind));
  };
  bound(frame.start);
  if (frame.end) bound(*frame.end);
}

void TreeWriter::WriteOrder(const std::vector<OrderItem>& items) {
  if (items.empty()) return;
  Line("OrderBy");
  const Indent indent(*this);
  for (const OrderItem& item : items) {
    Line("Key" + OrderText(item.order), item.range);
    const Indent deeper(*this);
    Write(*item.expr);
    Child("Collate", item.collation);
  }
}

void TreeWriter::WriteLimit(const std::optional<Limit>& limit) {
  if (!limit) return;
  Line("Limit", limit->range);
  const Indent indent(*this);
  if (limit->count != nullptr) Write(*limit->count);
  Child("Offset", limit->offset);
}

std::string TreeToString(const Expr& expr) {
  TreeWriter writer;
  writer.Write(expr);
  return std::move(writer).Take();
}

}  // namespace casebook::sql
