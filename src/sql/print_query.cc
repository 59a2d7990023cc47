#include "base/result.h"
#include "sql/printer.h"
#include "sql/printer_internal.h"

namespace casebook::sql {

void Printer::Put(const QueryPtr& query) {
  Text("(");
  Put(*query);
  Text(")");
}

void Printer::Put(const Query& query) {
  if (query.with) {
    Put(*query.with);
    Text(" ");
  }
  Put(*query.body);
  if (!query.order_by.empty()) {
    Text(" ORDER BY ");
    List(query.order_by);
  }
  if (query.limit) Put(*query.limit);
  for (const PipeOperatorPtr& pipe : query.pipes) {
    Text(" |> ");
    Put(*pipe);
  }
}

void Printer::Put(const WithClause& with) {
  Text(with.recursive ? "WITH RECURSIVE " : "WITH ");
  List(with.tables);
}

void Printer::Put(const WithTable& table) {
  Put(table.name);
  Text(" AS ");
  Put(table.query);
  if (!table.depth) return;
  const RecursionDepth& depth = *table.depth;
  Text(" WITH DEPTH");
  Alias(depth.alias);
  if (depth.lower == nullptr && depth.upper == nullptr) return;
  const auto bound = [this](const ExprPtr& expr) {
    if (expr == nullptr) return Text("UNBOUNDED");
    Text("(");
    Put(*expr);
    Text(")");
  };
  Text(" BETWEEN ");
  bound(depth.lower);
  Text(" AND ");
  bound(depth.upper);
}

// --- Bodies ----------------------------------------------------------------------------------------

void Printer::Put(const QueryBody& body) {
  switch (body.kind) {
    case QueryBodyKind::kSelect: return PutSelect(As<SelectBody>(body));
    case QueryBodyKind::kFrom:
      Text("FROM ");
      return Put(*As<FromBody>(body).from);
    case QueryBodyKind::kNestedQuery:
      Put(As<NestedQueryBody>(body).query);
      return Alias(As<NestedQueryBody>(body).alias);
    case QueryBodyKind::kSetOperation: {
      const auto& node = As<SetOperationBody>(body);
      bool first = true;
      for (const QueryBodyPtr& input : node.inputs) {
        if (!first) {
          Text(" ");
          Put(node.spec);
          Text(" ");
        }
        first = false;
        Put(*input);
      }
      return;
    }
  }
  Unreachable();
}

void Printer::Put(const SetOperationSpec& spec) {
  switch (spec.mode) {
    case SetMode::kDefault: break;
    case SetMode::kInner: Text("INNER "); break;
    case SetMode::kLeft: Text("LEFT "); break;
    case SetMode::kFull: Text("FULL "); break;
  }
  switch (spec.op) {
    case SetOperator::kUnion: Text("UNION"); break;
    case SetOperator::kIntersect: Text("INTERSECT"); break;
    case SetOperator::kExcept: Text("EXCEPT"); break;
  }
  Text(spec.distinct ? " DISTINCT" : " ALL");
  if (spec.strict) Text(" STRICT");
  switch (spec.columns) {
    case SetColumns::kByPosition: return;
    case SetColumns::kByName: Text(spec.by.empty() ? " BY NAME" : " BY NAME ON "); break;
    case SetColumns::kCorresponding: Text(spec.by.empty() ? " CORRESPONDING" : " CORRESPONDING BY "); break;
  }
  if (!spec.by.empty()) Names(spec.by);
}

void Printer::SelectAsWords(SelectAs as, const Path& type) {
  switch (as) {
    case SelectAs::kRow: return;
    case SelectAs::kStruct: return Text("AS STRUCT ");
    case SelectAs::kValue: return Text("AS VALUE ");
    case SelectAs::kTypeName:
      Text("AS ");
      Put(type);
      return Text(" ");
  }
  Unreachable();
}

void Printer::PutSelect(const SelectBody& select) {
  Text("SELECT ");
  if (select.threshold) {
    Clause("WITH AGGREGATION_THRESHOLD OPTIONS (threshold = ", select.threshold->threshold);
    Clause(", privacy_unit_column = ", select.threshold->unit);
    Text(") ");
  }
  if (select.distinct) Text("DISTINCT ");
  SelectAsWords(select.as, select.as_type);
  List(select.items);
  if (select.from != nullptr) {
    Text(" FROM ");
    Put(*select.from);
  }
  Clause(" WHERE ", select.where);
  if (select.group_by) {
    Text(" GROUP BY ");
    Put(*select.group_by);
  }
  Clause(" HAVING ", select.having);
  Clause(" QUALIFY ", select.qualify);
  if (select.windows.empty()) return;
  Text(" WINDOW ");
  List(select.windows);
}

void Printer::Put(const SelectItem& item) {
  switch (item.kind) {
    case SelectItemKind::kExpr:
      Put(*item.expr);
      Alias(item.alias);
      return Put(item.order);
    case SelectItemKind::kStar:
      Text("*");
      return Put(item.star);
    case SelectItemKind::kExprStar:
      if (item.expr->kind == ExprKind::kPath) {
        Put(*item.expr);
      } else {
        DotBase(*item.expr);
      }
      Text(".*");
      return Put(item.star);
  }
  Unreachable();
}

void Printer::Put(const StarModifiers& star) {
  if (!star.except.empty()) {
    Text(" EXCEPT ");
    Names(star.except);
  }
  if (star.replace.empty()) return;
  Text(" REPLACE (");
  List(star.replace);
  Text(")");
}

// --- Clauses ---------------------------------------------------------------------------------------

void Printer::Put(const SortOrder& order) {
  switch (order.direction) {
    case SortDirection::kUnspecified: break;
    case SortDirection::kAscending: Text(" ASC"); break;
    case SortDirection::kDescending: Text(" DESC"); break;
  }
  switch (order.nulls) {
    case NullsPosition::kUnspecified: break;
    case NullsPosition::kFirst: Text(" NULLS FIRST"); break;
    case NullsPosition::kLast: Text(" NULLS LAST"); break;
  }
}

void Printer::Put(const OrderItem& item) {
  Put(*item.expr);
  Clause(" COLLATE ", item.collation);
  Put(item.order);
}

void Printer::Put(const Limit& limit) {
  Text(" LIMIT ");
  if (limit.count == nullptr) Text("ALL");
  Clause("", limit.count);
  Clause(" OFFSET ", limit.offset);
}

void Printer::Put(const GroupBy& group_by) {
  if (group_by.all) return Text("ALL");
  List(group_by.items);
}

void Printer::Put(const GroupingColumns& columns) {
  const bool list = columns.exprs.size() != 1;
  if (list) Text("(");
  List(columns.exprs);
  if (list) Text(")");
}

void Printer::Put(const GroupingItem& item) {
  switch (item.kind) {
    case GroupingKind::kExpr:
      Put(*item.expr);
      Alias(item.alias);
      return Put(item.order);
    case GroupingKind::kList: return Put(item.columns.front());
    case GroupingKind::kRollup:
    case GroupingKind::kCube:
      Text(item.kind == GroupingKind::kRollup ? "ROLLUP(" : "CUBE(");
      List(item.columns);
      return Text(")");
    case GroupingKind::kGroupingSets:
      Text("GROUPING SETS (");
      List(item.sets);
      return Text(")");
  }
  Unreachable();
}

std::string Print(const Query& query) {
  Printer printer;
  printer.Put(query);
  return std::move(printer).Take();
}

}  // namespace casebook::sql
