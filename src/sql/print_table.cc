#include "base/result.h"
#include "sql/printer.h"
#include "sql/printer_internal.h"

namespace casebook::sql {

void Printer::Put(const TableExpr& table) {
  switch (table.kind) {
    case TableExprKind::kTablePath: return PutTablePath(As<TablePath>(table));
    case TableExprKind::kUnnest: return PutUnnest(As<UnnestTable>(table));
    case TableExprKind::kTableSubquery:
      Put(As<TableSubquery>(table).query);
      return Alias(As<TableSubquery>(table).alias);
    case TableExprKind::kTableCall: return PutTableCall(As<TableCall>(table));
    case TableExprKind::kJoin: return PutJoin(As<JoinTable>(table));
    case TableExprKind::kPivot:
      TableOperand(*As<PivotTable>(table).input);
      Text(" ");
      return Put(As<PivotTable>(table).spec);
    case TableExprKind::kUnpivot:
      TableOperand(*As<UnpivotTable>(table).input);
      Text(" ");
      return Put(As<UnpivotTable>(table).spec);
    case TableExprKind::kSample:
      TableOperand(*As<SampleTable>(table).input);
      Text(" ");
      return Put(As<SampleTable>(table).spec);
  }
  Unreachable();
}

// `table` where only one table may stand.
void Printer::TableOperand(const TableExpr& table) {
  const bool parentheses = table.kind == TableExprKind::kJoin;
  if (parentheses) Text("(");
  Put(table);
  if (parentheses) Text(")");
}

void Printer::Put(const std::optional<WithOffset>& offset) {
  if (!offset) return;
  Text(" WITH OFFSET");
  Alias(offset->alias);
}

void Printer::PutTablePath(const TablePath& table) {
  Put(table.path);
  Alias(table.alias);
  Put(table.with_offset);
  Clause(" FOR SYSTEM_TIME AS OF ", table.system_time);
}

void Printer::PutUnnest(const UnnestTable& unnest) {
  Text("UNNEST(");
  List(unnest.arrays);
  Clause(", mode => ", unnest.mode);
  Text(")");
  Alias(unnest.alias);
  Put(unnest.with_offset);
}

void Printer::PutTableCall(const TableCall& call) {
  Put(call.function);
  Text("(");
  List(call.arguments);
  Text(")");
  Alias(call.alias);
}

void Printer::JoinWords(JoinKind kind) {
  switch (kind) {
    case JoinKind::kComma: return Text(", ");
    case JoinKind::kCross: return Text(" CROSS JOIN ");
    case JoinKind::kInner: return Text(" JOIN ");
    case JoinKind::kLeft: return Text(" LEFT JOIN ");
    case JoinKind::kRight: return Text(" RIGHT JOIN ");
    case JoinKind::kFull: return Text(" FULL JOIN ");
  }
  Unreachable();
}

void Printer::JoinCondition(const ExprPtr& on, const std::vector<Identifier>& using_columns) {
  Clause(" ON ", on);
  if (using_columns.empty()) return;
  Text(" USING ");
  Names(using_columns);
}

void Printer::PutJoin(const JoinTable& join) {
  Put(*join.left);
  JoinWords(join.join);
  TableOperand(*join.right);
  JoinCondition(join.on, join.using_columns);
}

void Printer::Put(const PivotSpec& spec) {
  Text("PIVOT(");
  List(spec.aggregates);
  Clause(" FOR (", spec.input);
  Text(") IN (");
  List(spec.values);
  Text("))");
  Alias(spec.alias);
}

void Printer::Put(const UnpivotItem& item) {
  const bool list = item.columns.size() > 1;
  if (list) Text("(");
  List(item.columns);
  if (list) Text(")");
  Clause(" AS ", item.label);
}

void Printer::Put(const UnpivotSpec& spec) {
  Text(spec.include_nulls ? "UNPIVOT INCLUDE NULLS (" : "UNPIVOT (");
  if (spec.values.size() == 1) {
    Put(spec.values.front());
  } else {
    Names(spec.values);
  }
  Text(" FOR ");
  Put(spec.name);
  Text(" IN (");
  List(spec.items);
  Text("))");
  Alias(spec.alias);
}

void Printer::Put(const SampleSpec& spec) {
  Text("TABLESAMPLE ");
  Put(spec.method);
  Clause(" (", spec.size);
  Text(spec.unit == SampleUnit::kPercent ? " PERCENT)" : " ROWS)");
  if (spec.seed == nullptr) return;
  Clause(" REPEATABLE (", spec.seed);
  Text(")");
}

// --- Pipe operators --------------------------------------------------------------------------------

void Printer::Put(const PipeOperator& pipe) {
  switch (pipe.kind) {
    case PipeKind::kSelect: return PutPipeSelect(As<PipeSelect>(pipe));
    case PipeKind::kSet:
      Text("SET ");
      return List(As<PipeSet>(pipe).items, [this](const PipeSet::Item& item) {
        Put(item.column);
        Clause(" = ", item.value);
      });
    case PipeKind::kDrop: return Text("DROP "), List(As<PipeDrop>(pipe).columns);
    case PipeKind::kRename:
      Text("RENAME ");
      return List(As<PipeRename>(pipe).items, [this](const PipeRename::Item& item) {
        Put(item.from);
        Alias(item.to);
      });
    case PipeKind::kAs: return Text("AS "), Put(As<PipeAs>(pipe).alias);
    case PipeKind::kWhere: return Clause("WHERE ", As<PipeWhere>(pipe).condition);
    case PipeKind::kLimit: return Put(As<PipeLimit>(pipe).limit);
    case PipeKind::kOrderBy: return Text("ORDER BY "), List(As<PipeOrderBy>(pipe).items);
    case PipeKind::kAggregate: return PutPipeAggregate(As<PipeAggregate>(pipe));
    case PipeKind::kDistinct: return Text("DISTINCT");
    case PipeKind::kDescribe: return Text("DESCRIBE");
    case PipeKind::kJoin: {
      const auto& join = As<PipeJoin>(pipe);
      JoinWords(join.join);
      TableOperand(*join.right);
      return JoinCondition(join.on, join.using_columns);
    }
    case PipeKind::kCall: return Text("CALL "), PutTableCall(*As<PipeCall>(pipe).call);
    case PipeKind::kSetOperation:
      Put(As<PipeSetOperation>(pipe).spec);
      Text(" ");
      return List(As<PipeSetOperation>(pipe).inputs);
    case PipeKind::kSample: return Put(As<PipeSample>(pipe).spec);
    case PipeKind::kPivot: return Put(As<PipePivot>(pipe).spec);
    case PipeKind::kUnpivot: return Put(As<PipeUnpivot>(pipe).spec);
    case PipeKind::kWith: return Put(As<PipeWith>(pipe).with);
    case PipeKind::kAssert: {
      const auto& assertion = As<PipeAssert>(pipe);
      Clause("ASSERT ", assertion.condition);
      for (const ExprPtr& part : assertion.message) Clause(", ", part);
      return;
    }
  }
  Unreachable();
}

void Printer::PutPipeSelect(const PipeSelect& pipe) {
  switch (pipe.select) {
    case PipeSelectKind::kSelect: Text(pipe.distinct ? "SELECT DISTINCT " : "SELECT "); break;
    case PipeSelectKind::kExtend: Text("EXTEND "); break;
    case PipeSelectKind::kWindow: Text("WINDOW "); break;
  }
  SelectAsWords(pipe.as, pipe.as_type);
  List(pipe.items);
  if (pipe.windows.empty()) return;
  Text(" WINDOW ");
  List(pipe.windows);
}

void Printer::PutPipeAggregate(const PipeAggregate& pipe) {
  Text("AGGREGATE ");
  List(pipe.items);
  if (!pipe.group_by) return;
  Text(pipe.group_by->and_order ? " GROUP AND ORDER BY " : " GROUP BY ");
  Put(*pipe.group_by);
}

std::string Print(const TableExpr& table) {
  Printer printer;
  printer.Put(table);
  return std::move(printer).Take();
}

}  // namespace casebook::sql
