#include <cinttypes>
#include <cstdio>

#include "analysis/civil.h"
#include "analysis/functions.h"
#include "analysis/resolved.h"
#include "base/result.h"
#include "base/timestamp.h"

namespace casebook::analysis {
namespace {

std::string ValueText(const Value& value) {
  if (value.is_null()) return "NULL";
  switch (value.type.kind()) {
    case TypeKind::kBool: return std::get<bool>(value.data) ? "TRUE" : "FALSE";
    case TypeKind::kInt64: return std::to_string(value.integer());
    case TypeKind::kFloat64: {
      char buffer[40];
      std::snprintf(buffer, sizeof buffer, "%.17g", std::get<double>(value.data));
      return buffer;
    }
    case TypeKind::kString:
    case TypeKind::kBytes:
    case TypeKind::kNumeric:
    case TypeKind::kBigNumeric:
    case TypeKind::kJson: {
      std::string text = "'";
      for (const char c : value.text()) {
        if (c == '\n') text += "\\n";
        else text += c;
      }
      return text + "'";
    }
    case TypeKind::kDate: return FormatDate(Date{static_cast<int32_t>(value.integer())});
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp: return FormatTimestamp(Timestamp{value.integer()});
    case TypeKind::kTime: return FormatTimestamp(Timestamp{value.integer()}).substr(11);
    case TypeKind::kInterval:
    case TypeKind::kArray:
    case TypeKind::kStruct:
    case TypeKind::kRange: return "?";
  }
  Unreachable();
}

class Printer {
 public:
  explicit Printer(const ResolvedQuery& query) : query_(query) {}

  std::string Print() {
    text_ = query_.is_value_table ? "Query AS VALUE" : "Query";
    for (const OutputColumn& output : query_.output) {
      text_ += " " + output.name + "=" + Column(output.column) + ":" + query_.TypeOf(output.column).ToString();
    }
    text_ += "\n";
    Print(*query_.scan, 1);
    return std::move(text_);
  }

 private:
  std::string Column(ColumnId column) const {
    const std::string& name = query_.columns[static_cast<size_t>(column)].name;
    return name + "#" + std::to_string(column);
  }

  std::string Columns(const std::vector<ColumnId>& columns) const {
    std::string text;
    for (const ColumnId column : columns) text += " " + Column(column);
    return text;
  }

  void Line(int depth, const std::string& text) {
    text_ += std::string(static_cast<size_t>(depth) * 2, ' ') + text + "\n";
  }

  std::string List(const std::vector<ExprPtr>& exprs, int depth) {
    std::string text;
    for (const ExprPtr& expr : exprs) text += (text.empty() ? "" : ", ") + Text(*expr, depth);
    return text;
  }

  std::string Keys(const std::vector<SortKey>& keys, int depth) {
    std::string text;
    for (const SortKey& key : keys) {
      text += (text.empty() ? "" : ", ") + Text(*key.expr, depth) + (key.descending ? " DESC" : " ASC") +
              (key.nulls_first ? " NULLS FIRST" : " NULLS LAST");
    }
    return text;
  }

  // Subqueries go on lines of their own, below the line that this text becomes a part of.
  std::string Text(const Expr& expr, int depth) {
    switch (expr.kind) {
      case ExprKind::kLiteral: return ValueText(As<Literal>(expr).value) + ":" + expr.type.ToString();
      case ExprKind::kColumn: return Column(As<ColumnRef>(expr).column);
      case ExprKind::kCall: {
        const auto& call = As<Call>(expr);
        return (call.safe ? "SAFE." : "") + std::string(GetFunction(call.function).name) + "(" +
               List(call.arguments, depth) + (call.part ? "; " + std::string(DatePartName(*call.part)) : "") + "):" +
               expr.type.ToString();
      }
      case ExprKind::kAggregate: {
        const auto& call = As<Aggregate>(expr);
        return std::string(GetFunction(call.function).name) + "(" + (call.distinct ? "DISTINCT " : "") +
               List(call.arguments, depth) + (call.order_by.empty() ? "" : " ORDER BY " + Keys(call.order_by, depth)) +
               (call.limit == nullptr ? "" : " LIMIT " + Text(*call.limit, depth)) +
               (call.having == nullptr ? "" : (call.having_max ? " HAVING MAX " : " HAVING MIN ") + Text(*call.having, depth)) +
               (call.filter == nullptr ? "" : (call.arguments.empty() ? "WHERE " : " WHERE ") + Text(*call.filter, depth)) + "):" + expr.type.ToString();
      }
      case ExprKind::kWindow: {
        const auto& call = As<Window>(expr);
        return std::string(GetFunction(call.function).name) + "(" + (call.distinct ? "DISTINCT " : "") +
               List(call.arguments, depth) + ") OVER (" +
               (call.partition_by.empty() ? "" : "PARTITION BY " + List(call.partition_by, depth) + " ") +
               (call.order_by.empty() ? "" : "ORDER BY " + Keys(call.order_by, depth)) + "):" + expr.type.ToString();
      }
      case ExprKind::kCast: {
        const auto& cast = As<Cast>(expr);
        return std::string(cast.safe ? "SAFE_CAST(" : cast.implicit ? "COERCE(" : "CAST(") +
               Text(*cast.operand, depth) + " AS " + expr.type.ToString() + ")";
      }
      case ExprKind::kField: return Text(*As<Field>(expr).base, depth) + "." + std::to_string(As<Field>(expr).index);
      case ExprKind::kArray: return "[" + List(As<ArrayConstructor>(expr).elements, depth) + "]:" + expr.type.ToString();
      case ExprKind::kStruct:
        return "STRUCT(" + List(As<StructConstructor>(expr).fields, depth) + "):" + expr.type.ToString();
      case ExprKind::kSubquery: return SubqueryText(As<Subquery>(expr), depth);
      case ExprKind::kLambda: {
        const auto& lambda = As<Lambda>(expr);
        std::string text = "(";
        for (const ColumnId parameter : lambda.parameters) text += (text.size() > 1 ? ", " : "") + Column(parameter);
        return text + ") -> " + Text(*lambda.body, depth);
      }
    }
    Unreachable();
  }

  std::string SubqueryText(const Subquery& subquery, int depth) {
    const std::string mark = "$" + std::to_string(++subqueries_);
    later_.emplace_back(mark, &subquery, depth + 1);
    switch (subquery.subquery) {
      case SubqueryKind::kScalar: return mark + ":" + subquery.type.ToString();
      case SubqueryKind::kArray: return "ARRAY " + mark + ":" + subquery.type.ToString();
      case SubqueryKind::kExists: return "EXISTS " + mark;
      case SubqueryKind::kIn: return Text(*subquery.operand, depth) + " IN " + mark;
    }
    Unreachable();
  }

  struct Later {
    Later(std::string m, const Subquery* s, int d) : mark(std::move(m)), subquery(s), depth(d) {}
    std::string mark;
    const Subquery* subquery;
    int depth;
  };

  void Flush() {
    std::vector<Later> now = std::move(later_);
    later_.clear();
    for (const Later& later : now) {
      Line(later.depth, later.mark + " =" + (later.subquery->column == kNoColumn ? "" : " " + Column(later.subquery->column)));
      Print(*later.subquery->query, later.depth + 1);
    }
  }

  void LineOf(int depth, const std::string& text) {
    Line(depth, text);
    Flush();
  }

  void PrintComputed(const std::vector<Computed>& computed, const std::string& word, int depth) {
    for (const Computed& one : computed) LineOf(depth, word + Column(one.column) + " := " + Text(*one.expr, depth));
  }

  void Print(const Scan& scan, int depth) {
    switch (scan.kind) {
      case ScanKind::kSingleRow: return Line(depth, "SingleRow");
      case ScanKind::kTable: {
        const auto& table = As<TableScan>(scan);
        std::string text = "Table " + table.entry.engine_name;
        for (size_t i = 0; i < table.entry.table->columns.size(); ++i) {
          const ColumnId column = table.first_column + static_cast<ColumnId>(i);
          if (query_.columns[static_cast<size_t>(column)].used) text += " " + Column(column);
        }
        return Line(depth, text);
      }
      case ScanKind::kJoin: {
        const auto& join = As<JoinScan>(scan);
        constexpr const char* kNames[] = {"CROSS", "INNER", "LEFT", "RIGHT", "FULL"};
        LineOf(depth, std::string("Join ") + kNames[static_cast<size_t>(join.join)] +
                          (join.condition == nullptr ? "" : " ON " + Text(*join.condition, depth)));
        Print(*join.left, depth + 1);
        return Print(*join.right, depth + 1);
      }
      case ScanKind::kUnnest: {
        const auto& unnest = As<UnnestScan>(scan);
        LineOf(depth, std::string(unnest.outer ? "Unnest LEFT" : "Unnest") +
                          (unnest.condition == nullptr ? "" : " ON " + Text(*unnest.condition, depth)) +
                          (unnest.offset == kNoColumn ? "" : " OFFSET " + Column(unnest.offset)));
        PrintComputed(unnest.arrays, "element ", depth + 1);
        if (unnest.input != nullptr) Print(*unnest.input, depth + 1);
        return;
      }
      case ScanKind::kFilter:
        LineOf(depth, "Filter " + Text(*As<FilterScan>(scan).condition, depth));
        return Print(*As<FilterScan>(scan).input, depth + 1);
      case ScanKind::kProject:
        Line(depth, "Project");
        PrintComputed(As<ProjectScan>(scan).computed, "", depth + 1);
        return Print(*As<ProjectScan>(scan).input, depth + 1);
      case ScanKind::kAggregate: {
        const auto& aggregate = As<AggregateScan>(scan);
        std::string sets;
        for (const auto& set : aggregate.grouping_sets) {
          sets += " (";
          for (size_t i = 0; i < set.size(); ++i) sets += (i > 0 ? " " : "") + std::to_string(set[i]);
          sets += ")";
        }
        Line(depth, "Aggregate" + sets);
        PrintComputed(aggregate.group_by, "group ", depth + 1);
        PrintComputed(aggregate.aggregates, "", depth + 1);
        return Print(*aggregate.input, depth + 1);
      }
      case ScanKind::kWindow:
        Line(depth, "Window");
        PrintComputed(As<WindowScan>(scan).computed, "", depth + 1);
        return Print(*As<WindowScan>(scan).input, depth + 1);
      case ScanKind::kDistinct:
        Line(depth, "Distinct" + Columns(As<DistinctScan>(scan).columns));
        return Print(*As<DistinctScan>(scan).input, depth + 1);
      case ScanKind::kSort:
        LineOf(depth, "Sort " + Keys(As<SortScan>(scan).keys, depth));
        return Print(*As<SortScan>(scan).input, depth + 1);
      case ScanKind::kLimit: {
        const Bounds& bounds = As<LimitScan>(scan).bounds;
        LineOf(depth, "Limit" + (bounds.count == nullptr ? "" : " " + Text(*bounds.count, depth)) +
                          (bounds.offset == nullptr ? "" : " OFFSET " + Text(*bounds.offset, depth)));
        return Print(*As<LimitScan>(scan).input, depth + 1);
      }
      case ScanKind::kSetOperation: {
        const auto& set = As<SetOperationScan>(scan);
        constexpr const char* kNames[] = {"UNION ALL",          "UNION DISTINCT", "INTERSECT ALL",
                                          "INTERSECT DISTINCT", "EXCEPT ALL",     "EXCEPT DISTINCT"};
        Line(depth, kNames[static_cast<size_t>(set.op)] + std::string(" =>") + Columns(set.columns));
        for (const auto& input : set.inputs) {
          Line(depth + 1, "Input" + Columns(input.columns));
          Print(*input.scan, depth + 2);
        }
        return;
      }
      case ScanKind::kWith: {
        const auto& with = As<WithScan>(scan);
        Line(depth, with.recursive ? "With recursive" : "With");
        for (const WithEntry& entry : with.entries) {
          Line(depth + 1, "Entry " + std::to_string(entry.number) + " " + entry.name + Columns(entry.columns));
          Print(*entry.query, depth + 2);
          if (entry.recursive == nullptr) continue;
          Line(depth + 1, "Recursive" + Columns(entry.recursive_columns));
          Print(*entry.recursive, depth + 2);
        }
        return Print(*with.body, depth + 1);
      }
      case ScanKind::kWithReference: {
        const auto& reference = As<WithReferenceScan>(scan);
        return Line(depth, "WithReference " + std::to_string(reference.number) + Columns(reference.columns));
      }
    }
    Unreachable();
  }

  const ResolvedQuery& query_;
  std::string text_;
  std::vector<Later> later_;
  int subqueries_ = 0;
};

}  // namespace

std::string PrintResolved(const ResolvedQuery& query) { return Printer(query).Print(); }

}  // namespace casebook::analysis
