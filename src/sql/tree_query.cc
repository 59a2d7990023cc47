#include "base/result.h"
#include "sql/printer.h"
#include "sql/tree_string.h"
#include "sql/tree_writer.h"

namespace casebook::sql {
namespace {

std::string SetText(const SetOperationSpec& spec) {
  std::string text;
  switch (spec.op) {
    case SetOperator::kUnion: text = "Union"; break;
    case SetOperator::kIntersect: text = "Intersect"; break;
    case SetOperator::kExcept: text = "Except"; break;
  }
  text += spec.distinct ? " distinct" : " all";
  switch (spec.mode) {
    case SetMode::kDefault: break;
    case SetMode::kInner: text += " inner"; break;
    case SetMode::kLeft: text += " left"; break;
    case SetMode::kFull: text += " full"; break;
  }
  if (spec.strict) text += " strict";
  switch (spec.columns) {
    case SetColumns::kByPosition: break;
    case SetColumns::kByName: text += " by name"; break;
    case SetColumns::kCorresponding: text += " corresponding"; break;
  }
  return text + (spec.by.empty() ? "" : " " + NamesText(spec.by));
}

std::string_view JoinText(JoinKind kind) {
  switch (kind) {
    case JoinKind::kComma: return "CommaJoin";
    case JoinKind::kCross: return "CrossJoin";
    case JoinKind::kInner: return "InnerJoin";
    case JoinKind::kLeft: return "LeftJoin";
    case JoinKind::kRight: return "RightJoin";
    case JoinKind::kFull: return "FullJoin";
  }
  Unreachable();
}

std::string_view AsText(SelectAs as) {
  switch (as) {
    case SelectAs::kRow: return "";
    case SelectAs::kStruct: return " as struct";
    case SelectAs::kValue: return " as value";
    case SelectAs::kTypeName: return " as ";
  }
  Unreachable();
}

std::string_view PipeText(PipeKind kind) {
  switch (kind) {
    case PipeKind::kSelect: return "PipeSelect";
    case PipeKind::kSet: return "PipeSet";
    case PipeKind::kDrop: return "PipeDrop";
    case PipeKind::kRename: return "PipeRename";
    case PipeKind::kAs: return "PipeAs";
    case PipeKind::kWhere: return "PipeWhere";
    case PipeKind::kLimit: return "PipeLimit";
    case PipeKind::kOrderBy: return "PipeOrderBy";
    case PipeKind::kAggregate: return "PipeAggregate";
    case PipeKind::kDistinct: return "PipeDistinct";
    case PipeKind::kDescribe: return "PipeDescribe";
    case PipeKind::kJoin: return "PipeJoin";
    case PipeKind::kCall: return "PipeCall";
    case PipeKind::kSetOperation: return "PipeSetOperation";
    case PipeKind::kSample: return "PipeSample";
    case PipeKind::kPivot: return "PipePivot";
    case PipeKind::kUnpivot: return "PipeUnpivot";
    case PipeKind::kWith: return "PipeWith";
    case PipeKind::kAssert: return "PipeAssert";
  }
  Unreachable();
}

}  // namespace

void TreeWriter::Write(const Query& query) {
  const bool only_body = !query.with && query.order_by.empty() && !query.limit && query.pipes.empty();
  if (only_body) return WriteBody(*query.body);
  Line("Query", query.range);
  const Indent indent(*this);
  WriteClauses(query);
}

void TreeWriter::WriteClauses(const Query& query) {
  if (query.with) WriteWith(*query.with);
  WriteBody(*query.body);
  WriteOrder(query.order_by);
  WriteLimit(query.limit);
  for (const PipeOperatorPtr& pipe : query.pipes) WritePipe(*pipe);
}

void TreeWriter::WriteWith(const WithClause& with) {
  for (const WithTable& table : with.tables) {
    Line((with.recursive ? "WithRecursive " : "With ") + table.name.text, table.range);
    const Indent indent(*this);
    Write(*table.query);
    if (!table.depth) continue;
    Line("Depth" + AliasText(table.depth->alias));
    const Indent deeper(*this);
    Child("From", table.depth->lower);
    Child("To", table.depth->upper);
  }
}

void TreeWriter::WriteBody(const QueryBody& body) {
  switch (body.kind) {
    case QueryBodyKind::kSelect: return WriteSelect(As<SelectBody>(body));
    case QueryBodyKind::kFrom: {
      Line("FromQuery", body.range);
      const Indent indent(*this);
      return WriteTable(*As<FromBody>(body).from);
    }
    case QueryBodyKind::kNestedQuery: {
      Line("Nested" + AliasText(As<NestedQueryBody>(body).alias), body.range);
      const Indent indent(*this);
      return Write(*As<NestedQueryBody>(body).query);
    }
    case QueryBodyKind::kSetOperation: {
      Line(SetText(As<SetOperationBody>(body).spec), body.range);
      const Indent indent(*this);
      for (const QueryBodyPtr& input : As<SetOperationBody>(body).inputs) WriteBody(*input);
      return;
    }
  }
  Unreachable();
}

void TreeWriter::WriteSelect(const SelectBody& select) {
  Line(std::string(select.distinct ? "Select distinct" : "Select") + std::string(AsText(select.as)) +
       PathText(select.as_type));
  const Indent indent(*this);
  WriteItems(select.items);
  if (select.from != nullptr) WriteTable(*select.from);
  Child("Where", select.where);
  WriteGroupBy(select.group_by);
  if (select.threshold) {
    Child("Threshold", select.threshold->threshold);
    Child("PrivacyUnit", select.threshold->unit);
  }
  Child("Having", select.having);
  Child("Qualify", select.qualify);
  WriteWindows(select.windows);
}

void TreeWriter::WriteItems(const std::vector<SelectItem>& items) {
  for (const SelectItem& item : items) {
    const bool star = item.kind != SelectItemKind::kExpr;
    std::string label = star ? "Star" : "Column" + AliasText(item.alias) + OrderText(item.order);
    if (!item.star.except.empty()) label += " except " + NamesText(item.star.except);
    Line(label, item.range);
    const Indent indent(*this);
    if (item.expr != nullptr) Write(*item.expr);
    WriteAllNamed("Replace", item.star.replace);
  }
}

void TreeWriter::WriteWindows(const std::vector<NamedWindow>& windows) {
  for (const NamedWindow& window : windows) {
    Line("Window " + window.name.text);
    const Indent indent(*this);
    WriteWindow("Spec", window.spec);
  }
}

void TreeWriter::WriteGroupBy(const std::optional<GroupBy>& group_by) {
  if (!group_by) return;
  std::string label = group_by->and_order ? "GroupAndOrderBy" : "GroupBy";
  if (group_by->all) label += " all";
  Line(label);
  const Indent indent(*this);
  for (const GroupingItem& item : group_by->items) WriteGrouping(item);
}

void TreeWriter::WriteGrouping(const GroupingItem& item) {
  switch (item.kind) {
    case GroupingKind::kExpr:
      if (!item.alias && item.order.direction == SortDirection::kUnspecified) return Write(*item.expr);
      return Child("Key" + AliasText(item.alias) + OrderText(item.order), item.expr);
    case GroupingKind::kList: return WriteColumns(item.columns.front());
    case GroupingKind::kRollup:
    case GroupingKind::kCube: {
      Line(item.kind == GroupingKind::kRollup ? "Rollup" : "Cube", item.range);
      const Indent indent(*this);
      for (const GroupingColumns& columns : item.columns) WriteColumns(columns);
      return;
    }
    case GroupingKind::kGroupingSets: {
      Line("GroupingSets", item.range);
      const Indent indent(*this);
      for (const GroupingItem& set : item.sets) WriteGrouping(set);
      return;
    }
  }
  Unreachable();
}

void TreeWriter::WriteColumns(const GroupingColumns& columns) {
  if (columns.exprs.size() == 1) return Write(*columns.exprs.front());
  Line("Columns", columns.range);
  const Indent indent(*this);
  for (const ExprPtr& expr : columns.exprs) Write(*expr);
}

// --- FROM ------------------------------------------------------------------------------------------

void TreeWriter::WriteTable(const TableExpr& table) {
  switch (table.kind) {
    case TableExprKind::kTablePath: return WriteTablePath(As<TablePath>(table));
    case TableExprKind::kUnnest: return WriteUnnest(As<UnnestTable>(table));
    case TableExprKind::kTableSubquery: {
      Line("FromSubquery" + AliasText(As<TableSubquery>(table).alias), table.range);
      const Indent indent(*this);
      return Write(*As<TableSubquery>(table).query);
    }
    case TableExprKind::kTableCall: return WriteTableCall(As<TableCall>(table));
    case TableExprKind::kJoin: {
      const auto& join = As<JoinTable>(table);
      Line(JoinText(join.join), table.range);
      const Indent indent(*this);
      WriteTable(*join.left);
      WriteTable(*join.right);
      return WriteJoinCondition(join.on, join.using_columns);
    }
    case TableExprKind::kPivot: {
      Line("Pivot" + AliasText(As<PivotTable>(table).spec.alias), table.range);
      const Indent indent(*this);
      WriteTable(*As<PivotTable>(table).input);
      return WritePivot(As<PivotTable>(table).spec);
    }
    case TableExprKind::kUnpivot: {
      Line("Unpivot" + AliasText(As<UnpivotTable>(table).spec.alias), table.range);
      const Indent indent(*this);
      WriteTable(*As<UnpivotTable>(table).input);
      return WriteUnpivot(As<UnpivotTable>(table).spec);
    }
    case TableExprKind::kSample: {
      Line("Sample", table.range);
      const Indent indent(*this);
      WriteTable(*As<SampleTable>(table).input);
      return WriteSample(As<SampleTable>(table).spec);
    }
  }
  Unreachable();
}

void TreeWriter::WriteTablePath(const TablePath& table) {
  const std::string alias = table.alias ? " as " + table.alias->text : "";
  Line("From " + PathText(table.path) + alias, table.range);
  const Indent indent(*this);
  if (table.with_offset) Line("WithOffset" + AliasText(table.with_offset->alias), table.with_offset->range);
  Child("SystemTime", table.system_time);
}

void TreeWriter::WriteUnnest(const UnnestTable& unnest) {
  Line("Unnest" + AliasText(unnest.alias), unnest.range);
  const Indent indent(*this);
  WriteAllNamed("Array", unnest.arrays);
  Child("Mode", unnest.mode);
  if (unnest.with_offset) Line("WithOffset" + AliasText(unnest.with_offset->alias), unnest.with_offset->range);
}

void TreeWriter::WriteTableCall(const TableCall& call) {
  const std::string alias = call.alias ? " as " + call.alias->text : "";
  Line("TableCall " + PathText(call.function) + alias, call.range);
  const Indent indent(*this);
  for (const Argument& argument : call.arguments) WriteArgument(argument);
}

void TreeWriter::WriteJoinCondition(const ExprPtr& on, const std::vector<Identifier>& using_columns) {
  Child("On", on);
  if (!using_columns.empty()) Line("Using " + NamesText(using_columns));
}

void TreeWriter::WritePivot(const PivotSpec& spec) {
  WriteAllNamed("Aggregate", spec.aggregates);
  Child("For", spec.input);
  WriteAllNamed("Value", spec.values);
}

void TreeWriter::WriteUnpivot(const UnpivotSpec& spec) {
  Line((spec.include_nulls ? "Values with nulls " : "Values ") + NamesText(spec.values));
  Line("Name " + spec.name.text);
  for (const UnpivotItem& item : spec.items) {
    std::string columns;
    for (const Path& column : item.columns) columns += " " + PathText(column);
    Line("In" + columns, item.range);
    const Indent indent(*this);
    Child("Label", item.label);
  }
}

void TreeWriter::WriteSample(const SampleSpec& spec) {
  Child(spec.method.text + (spec.unit == SampleUnit::kPercent ? " percent" : " rows"), spec.size);
  Child("Seed", spec.seed);
}

// --- Pipe operators --------------------------------------------------------------------------------

void TreeWriter::WritePipe(const PipeOperator& pipe) {
  Line(PipeText(pipe.kind), pipe.range);
  const Indent indent(*this);
  WritePipeParts(pipe);
}

void TreeWriter::WritePipeParts(const PipeOperator& pipe) {
  switch (pipe.kind) {
    case PipeKind::kSelect: {
      const auto& select = As<PipeSelect>(pipe);
      if (select.select == PipeSelectKind::kExtend) Line("Extend");
      if (select.select == PipeSelectKind::kWindow) Line("Window");
      if (select.distinct) Line("Distinct");
      if (select.as != SelectAs::kRow) Line("As" + std::string(AsText(select.as)) + PathText(select.as_type));
      WriteItems(select.items);
      return WriteWindows(select.windows);
    }
    case PipeKind::kSet:
      for (const PipeSet::Item& item : As<PipeSet>(pipe).items) Child("Set " + item.column.text, item.value);
      return;
    case PipeKind::kDrop: return Line("Columns " + NamesText(As<PipeDrop>(pipe).columns));
    case PipeKind::kRename:
      for (const PipeRename::Item& item : As<PipeRename>(pipe).items) Line(item.from.text + " to " + item.to.text);
      return;
    case PipeKind::kAs: return Line("Alias " + As<PipeAs>(pipe).alias.text);
    case PipeKind::kWhere: return Write(*As<PipeWhere>(pipe).condition);
    case PipeKind::kLimit: {
      const Limit& limit = As<PipeLimit>(pipe).limit;
      Child("Count", limit.count);
      return Child("Offset", limit.offset);
    }
    case PipeKind::kOrderBy: return WriteOrder(As<PipeOrderBy>(pipe).items);
    case PipeKind::kAggregate:
      WriteItems(As<PipeAggregate>(pipe).items);
      return WriteGroupBy(As<PipeAggregate>(pipe).group_by);
    case PipeKind::kDistinct:
    case PipeKind::kDescribe: return;
    case PipeKind::kJoin: {
      const auto& join = As<PipeJoin>(pipe);
      Line(JoinText(join.join));
      WriteTable(*join.right);
      return WriteJoinCondition(join.on, join.using_columns);
    }
    case PipeKind::kCall: return WriteTableCall(*As<PipeCall>(pipe).call);
    case PipeKind::kSetOperation:
      Line(SetText(As<PipeSetOperation>(pipe).spec));
      for (const QueryPtr& input : As<PipeSetOperation>(pipe).inputs) Write(*input);
      return;
    case PipeKind::kSample: return WriteSample(As<PipeSample>(pipe).spec);
    case PipeKind::kPivot: return WritePivot(As<PipePivot>(pipe).spec);
    case PipeKind::kUnpivot: return WriteUnpivot(As<PipeUnpivot>(pipe).spec);
    case PipeKind::kWith: return WriteWith(As<PipeWith>(pipe).with);
    case PipeKind::kAssert:
      Write(*As<PipeAssert>(pipe).condition);
      return Children("Message", As<PipeAssert>(pipe).message);
  }
  Unreachable();
}

// --- Statements ------------------------------------------------------------------------------------

namespace {

std::string StatementText(const Statement& statement) {
  switch (statement.kind) {
    case StatementKind::kQuery: return "Query";
    case StatementKind::kCreateView: return "CreateView " + PathText(As<CreateView>(statement).name);
    case StatementKind::kCreateFunction: return "CreateFunction " + PathText(As<CreateFunction>(statement).name);
    case StatementKind::kCreateTableFunction:
      return "CreateTableFunction " + PathText(As<CreateTableFunction>(statement).name);
    case StatementKind::kDrop: return Print(statement);
    case StatementKind::kDeclare: {
      const auto& declare = As<DeclareStatement>(statement);
      return "Declare " + NamesText(declare.names) + (declare.type ? " " + Print(*declare.type) : "");
    }
    case StatementKind::kSet: {
      const auto& set = As<SetStatement>(statement);
      return "Set " + (set.system_variable ? "@@" + PathText(*set.system_variable) : NamesText(set.names));
    }
    case StatementKind::kExplain: return "Explain";
  }
  Unreachable();
}

std::string ParameterText(const FunctionParameter& parameter) {
  return "Parameter" + AliasText(parameter.name) + (parameter.is_table ? " TABLE " : " ") + Print(parameter.type);
}

}  // namespace

void TreeWriter::Write(const Statement& statement) {
  if (statement.kind == StatementKind::kQuery) return Write(*As<QueryStatement>(statement).query);
  Line(StatementText(statement), statement.range);
  const Indent indent(*this);
  WriteStatementParts(statement);
}

void TreeWriter::WriteStatementParts(const Statement& statement) {
  switch (statement.kind) {
    case StatementKind::kQuery: return Write(*As<QueryStatement>(statement).query);
    case StatementKind::kCreateView: return Write(*As<CreateView>(statement).query);
    case StatementKind::kCreateFunction: {
      const auto& create = As<CreateFunction>(statement);
      for (const FunctionParameter& parameter : create.parameters) Line(ParameterText(parameter), parameter.range);
      if (create.returns) Line("Returns " + Print(*create.returns), create.returns->range);
      return Write(*create.body);
    }
    case StatementKind::kCreateTableFunction: {
      const auto& create = As<CreateTableFunction>(statement);
      for (const FunctionParameter& parameter : create.parameters) Line(ParameterText(parameter), parameter.range);
      if (create.returns) Line("Returns " + Print(*create.returns), create.returns->range);
      return Write(*create.query);
    }
    case StatementKind::kDrop: return;
    case StatementKind::kDeclare: return Child("Default", As<DeclareStatement>(statement).initial);
    case StatementKind::kSet: return Write(*As<SetStatement>(statement).value);
    case StatementKind::kExplain: return Write(*As<ExplainStatement>(statement).statement);
  }
  Unreachable();
}

std::string TreeToString(const Query& query) {
  TreeWriter writer;
  writer.Write(query);
  return std::move(writer).Take();
}

std::string TreeToString(const Statement& statement) {
  TreeWriter writer;
  writer.Write(statement);
  return std::move(writer).Take();
}

std::string TreeToString(const Script& script) {
  TreeWriter writer;
  for (const StatementPtr& statement : script.statements) writer.Write(*statement);
  return std::move(writer).Take();
}

}  // namespace casebook::sql
