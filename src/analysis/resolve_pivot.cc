// PIVOT, UNPIVOT and TABLESAMPLE, written with the scans that other clauses have.
#include <algorithm>
#include <functional>

#include "analysis/civil.h"
#include "analysis/resolver_internal.h"
#include "analysis/tree_walk.h"
#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

// Makes the rows of value tables into columns, so that each may be left out or grouped by.
NameList PlainNames(const NameList& names, const std::function<std::vector<NamedColumn>(const NamedColumn&)>& expand) {
  NameList plain;
  std::vector<std::pair<ColumnId, std::vector<NamedColumn>>> expanded;
  for (const NamedColumn& column : names.columns) {
    std::vector<NamedColumn> parts = expand(column);
    plain.columns.insert(plain.columns.end(), parts.begin(), parts.end());
    expanded.emplace_back(column.column, std::move(parts));
  }
  for (const RangeVariable& range : names.ranges) {
    RangeVariable copy = range;
    if (range.is_value) {
      for (const auto& [column, parts] : expanded) {
        if (column != range.columns.front().column || parts.size() == 1) continue;
        copy.columns = parts;
        copy.is_value = false;
      }
    }
    plain.ranges.push_back(std::move(copy));
  }
  return plain;
}

// `1.5` → `1_point_5`, `-1` → `minus_1`.
std::string NumberName(std::string text) {
  std::string name;
  if (text.starts_with("-")) {
    name += "minus_";
    text.erase(0, 1);
  }
  for (const char c : text) name += c == '.' ? "_point_" : std::string(1, c);
  return name;
}

std::string TwoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// The name that a value of PIVOT … IN gives its columns; empty where BigQuery asks for an alias.
std::string ValueName(const Expr& expr) {
  if (const auto* row = TryAs<StructConstructor>(expr)) {
    std::string name;
    for (size_t i = 0; i < row->fields.size(); ++i) {
      const std::string part = ValueName(*row->fields[i]);
      if (part.empty()) return {};
      const std::string& field = row->type.fields()[i].name;
      name += (i > 0 ? "_" : "") + (field.empty() ? part : field + "_" + part);
    }
    return name;
  }
  const auto* literal = TryAs<Literal>(expr);
  if (literal == nullptr) return {};
  if (literal->value.is_null()) return "NULL";
  switch (literal->type.kind()) {
    case TypeKind::kBool: return std::get<bool>(literal->value.data) ? "TRUE" : "FALSE";
    case TypeKind::kInt64: return NumberName(std::to_string(literal->value.integer()));
    case TypeKind::kNumeric:
    case TypeKind::kBigNumeric: return NumberName(literal->value.text());
    case TypeKind::kString: return literal->value.text();
    case TypeKind::kDate: {
      const Civil day = CivilFromDays(literal->value.integer());
      return std::to_string(day.year) + "_" + TwoDigits(day.month) + "_" + TwoDigits(day.day);
    }
    default: return {};
  }
}

bool IsEmptyText(const Expr& value) {
  const auto* literal = TryAs<Literal>(value);
  return literal != nullptr && literal->value == Value{TypeKind::kString, std::string()};
}

// The name of a column of PIVOT: `prefix` is the alias of the aggregate, or empty. A number begins no name that is implied.
std::string PivotName(const Expr& value, bool has_alias, const std::string& prefix, const std::string& value_name) {
  if (!has_alias && IsEmptyText(value)) return prefix.empty() ? "empty_string_value" : prefix + "__empty_string_value";
  if (!prefix.empty()) return prefix + "_" + value_name;
  const bool is_digit = !has_alias && value_name[0] >= '0' && value_name[0] <= '9';
  return is_digit && value.type.kind() != TypeKind::kString ? "_" + value_name : value_name;
}

bool Mentions(Expr& expr, ColumnId column) {
  if (const auto* ref = TryAs<ColumnRef>(expr)) return ref->column == column;
  bool found = false;
  ForEachChild(expr, [&](ExprPtr& child) { found = found || Mentions(*child, column); });
  return found;
}

}  // namespace

// The columns that `*` shows; rows of value tables as their fields, for which `scan` gets a projection.
std::vector<NamedColumn> Resolver::ExpandColumns(const NameList& names, ScanPtr& scan, uint32_t position) {
  return ExpandNames(names, scan, position).columns;
}

NameList Resolver::ExpandNames(const NameList& names, ScanPtr& scan, uint32_t position) {
  auto project = std::make_unique<ProjectScan>();
  NameList plain = PlainNames(names, [&](const NamedColumn& column) {
    const Type type = TypeOf(column.column);
    std::vector<NamedColumn> parts;
    if (!column.is_value || !type.IsStruct()) {
      parts.push_back({column.name, column.column, false});
      return parts;
    }
    for (size_t i = 0; i < type.fields().size(); ++i) {
      auto field = std::make_unique<Field>();
      field->type = type.fields()[i].type;
      field->index = i;
      field->position = position;
      field->base = Ref(column.column, position);
      const std::string_view name = Keep(type.fields()[i].name);
      const ColumnId id = NewColumn(name, field->type);
      project->computed.push_back({id, std::move(field)});
      parts.push_back({name, id, false});
    }
    return parts;
  });
  if (!project->computed.empty()) {
    project->input = std::move(scan);
    scan = std::move(project);
  }
  return plain;
}

// --- PIVOT -----------------------------------------------------------------------------------------

SqlResult<ScanPtr> Resolver::ResolvePivot(const sql::PivotSpec& spec, ScanPtr input, NameList& names,
                                          const Scope* outer) {
  const uint32_t position = spec.range.begin;
  const NameList plain = ExpandNames(names, input, position);
  const Scope scope{&plain, nullptr, outer};
  ExprContext context;
  context.scope = &scope;
  context.clause = "PIVOT clause";
  ASSIGN_OR_RETURN(ExprPtr pivot, ResolveExpr(*spec.input, context));
  if (spec.values.size() * spec.aggregates.size() > kMaxPivotColumns) {
    return SqlError{sql::SqlErrorKind::kLimit,
                    "PIVOT to more than " + std::to_string(kMaxPivotColumns) + " columns", spec.range.begin};
  }
  ASSIGN_OR_RETURN(std::vector<ExprPtr> values, ResolvePivotValues(spec, pivot, outer));

  auto aggregate = std::make_unique<AggregateScan>();
  SelectClauses clauses;
  clauses.has_from = true;
  SelectState select;
  select.clauses = &clauses;
  ExprContext inner = context;
  inner.select = &select;
  inner.aggregates = true;
  auto project = std::make_unique<ProjectScan>();
  const ColumnId pivot_column = NewColumn("", pivot->type);
  NameList result;
  std::vector<NamedColumn> computed;
  for (size_t v = 0; v < values.size(); ++v) {
    const std::string value_name = spec.values[v].alias ? spec.values[v].alias->text : ValueName(*values[v]);
    const bool has_alias = spec.values[v].alias.has_value();
    if (value_name.empty() && (has_alias || !IsEmptyText(*values[v]))) {
      return InvalidSql("PIVOT value of type " + values[v]->type.ToString() + " must have an alias",
                        spec.values[v].range.begin);
    }
    for (const sql::NamedExpr& named : spec.aggregates) {
      if (!named.alias && spec.aggregates.size() > 1) {
        return InvalidSql("PIVOT expression must specify an alias, because there are several", named.range.begin);
      }
      ASSIGN_OR_RETURN(ExprPtr expr, ResolveExpr(*named.expr, inner));
      auto* one = TryAs<Aggregate>(*expr);
      if (one == nullptr) return InvalidSql("PIVOT expression must be an aggregate function call", named.range.begin);
      std::vector<ExprPtr> sides;
      sides.push_back(Ref(pivot_column, position));
      // Each call has the constant for itself.
      ASSIGN_OR_RETURN(std::vector<ExprPtr> again, ResolvePivotValues(spec, pivot, outer));
      sides.push_back(std::move(again[v]));
      ASSIGN_OR_RETURN(one->filter, MakeCall(FunctionId::kIsNotDistinctFrom, std::move(sides), position));
      const std::string_view name =
          Keep(PivotName(*values[v], has_alias, named.alias ? named.alias->text : "", value_name));
      const ColumnId column = NewColumn(name, expr->type);
      computed.push_back({name, column, false});
      aggregate->aggregates.push_back({column, std::move(expr)});
    }
  }
  // What neither the aggregates nor FOR mentions is grouped by.
  for (const NamedColumn& column : plain.columns) {
    bool mentioned = Mentions(*pivot, column.column);
    for (Computed& one : aggregate->aggregates) mentioned = mentioned || Mentions(*one.expr, column.column);
    if (mentioned) continue;
    const Type type = TypeOf(column.column);
    if (!SupportsGrouping(type)) {
      return InvalidSql("PIVOT cannot group by column " + std::string(column.name) + " of type " + type.ToString(),
                        position);
    }
    const ColumnId key = NewColumn(column.name, type);
    aggregate->group_by.push_back({key, Ref(column.column, position)});
    result.columns.push_back({column.name, key, false});
  }
  result.columns.insert(result.columns.end(), computed.begin(), computed.end());
  if (spec.alias) result.ranges.push_back({spec.alias->text, result.columns, false});
  project->computed.push_back({pivot_column, std::move(pivot)});
  project->input = std::move(input);
  aggregate->input = std::move(project);
  names = std::move(result);
  return ScanPtr(std::move(aggregate));
}

// The constants of IN, of one type with `pivot`.
SqlResult<std::vector<ExprPtr>> Resolver::ResolvePivotValues(const sql::PivotSpec& spec, ExprPtr& pivot,
                                                             const Scope* outer) {
  ExprContext context;
  context.scope = outer;
  context.clause = "PIVOT IN list";
  std::vector<ExprPtr> values;
  for (const sql::NamedExpr& named : spec.values) {
    ASSIGN_OR_RETURN(ExprPtr value, ResolveExpr(*named.expr, context));
    RETURN_IF_ERROR(CoerceTo(value, pivot->type, "PIVOT value"));
    values.push_back(std::move(value));
  }
  return values;
}

// --- UNPIVOT ---------------------------------------------------------------------------------------

// Each row becomes as many as there are items: it is joined with an array of them.
SqlResult<ScanPtr> Resolver::ResolveUnpivot(const sql::UnpivotSpec& spec, ScanPtr input, NameList& names) {
  const uint32_t position = spec.range.begin;
  const NameList plain = ExpandNames(names, input, position);
  auto items = std::make_unique<ArrayConstructor>();
  items->position = position;
  std::vector<ColumnId> taken;
  std::vector<Type::Field> fields;
  for (const sql::UnpivotItem& item : spec.items) {
    auto row = std::make_unique<StructConstructor>();
    row->position = position;
    std::string label;
    if (item.columns.size() != spec.values.size()) {
      return InvalidSql("UNPIVOT needs as many columns in each item as there are value columns", item.range.begin);
    }
    std::vector<Type::Field> types;
    for (size_t i = 0; i < item.columns.size(); ++i) {
      size_t used = 0;
      ASSIGN_OR_RETURN(ExprPtr column, FindInNames(plain, item.columns[i], used));
      const auto* ref = column == nullptr ? nullptr : TryAs<ColumnRef>(*column);
      if (ref == nullptr || used != item.columns[i].names.size()) {
        return InvalidSql("Column " + item.columns[i].names.back().text + " of UNPIVOT not found", item.range.begin);
      }
      taken.push_back(ref->column);
      types.push_back({spec.values[i].text, column->type});
      label += (label.empty() ? "" : "_") + item.columns[i].names.back().text;
      row->fields.push_back(std::move(column));
    }
    ExprPtr name = Text(label, position);
    if (item.label != nullptr) {
      ASSIGN_OR_RETURN(name, ResolveExpr(*item.label, ExprContext{}));
    }
    types.push_back({spec.name.text, name->type});
    row->fields.push_back(std::move(name));
    if (fields.empty()) fields = types;
    for (size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].type == types[i].type) continue;
      return InvalidSql("UNPIVOT needs columns of one type, but has " + fields[i].type.ToString() + " and " +
                            types[i].type.ToString(), item.range.begin);
    }
    row->type = Type::Struct(fields);
    items->elements.push_back(std::move(row));
  }
  const Type row_type = Type::Struct(fields);
  items->type = Type::Array(row_type);
  auto unnest = std::make_unique<UnnestScan>();
  unnest->input = std::move(input);
  const ColumnId element = NewColumn("", row_type);
  unnest->arrays.push_back({element, std::move(items)});

  auto project = std::make_unique<ProjectScan>();
  project->input = std::move(unnest);
  NameList result;
  for (const NamedColumn& column : plain.columns) {
    if (std::find(taken.begin(), taken.end(), column.column) == taken.end()) result.columns.push_back(column);
  }
  std::vector<ExprPtr> any_value;
  for (size_t i = 0; i < fields.size(); ++i) {
    auto field = std::make_unique<Field>();
    field->type = fields[i].type;
    field->index = i;
    field->position = position;
    field->base = Ref(element, position);
    const std::string_view name = i < spec.values.size() ? spec.values[i].text : spec.name.text;
    const ColumnId column = NewColumn(name, field->type);
    result.columns.push_back({name, column, false});
    project->computed.push_back({column, std::move(field)});
    if (i == spec.values.size()) continue;
    std::vector<ExprPtr> value;
    value.push_back(Ref(column, position));
    ASSIGN_OR_RETURN(ExprPtr is_null, MakeCall(FunctionId::kIsNull, std::move(value), position));
    std::vector<ExprPtr> negated;
    negated.push_back(std::move(is_null));
    ASSIGN_OR_RETURN(ExprPtr is_there, MakeCall(FunctionId::kNot, std::move(negated), position));
    any_value.push_back(std::move(is_there));
  }
  if (spec.alias) result.ranges.push_back({spec.alias->text, result.columns, false});
  names = std::move(result);
  if (spec.include_nulls) return ScanPtr(std::move(project));
  auto filter = std::make_unique<FilterScan>();
  filter->input = std::move(project);
  if (any_value.size() == 1) {
    filter->condition = std::move(any_value.front());
  } else {
    ASSIGN_OR_RETURN(filter->condition, MakeCall(FunctionId::kOr, std::move(any_value), position));
  }
  return ScanPtr(std::move(filter));
}

// --- TABLESAMPLE -----------------------------------------------------------------------------------

// A share of the rows is chosen row by row; BigQuery chooses whole blocks, of which we have none.
SqlResult<ScanPtr> Resolver::ResolveSample(const sql::SampleSpec& spec, ScanPtr input) {
  const uint32_t position = spec.range.begin;
  if (spec.seed != nullptr) return UnsupportedSql("TABLESAMPLE with REPEATABLE is not supported", position);
  ASSIGN_OR_RETURN(ExprPtr size, ResolveExpr(*spec.size, ExprContext{}));
  ASSIGN_OR_RETURN(ExprPtr random, MakeCall(FunctionId::kRand, {}, position));
  const bool by_rows = spec.unit == sql::SampleUnit::kRows;
  if (by_rows != EqualIgnoringCase(spec.method.text, "RESERVOIR")) {
    return UnsupportedSql("TABLESAMPLE " + spec.method.text + (by_rows ? " with ROWS" : " with PERCENT") +
                              " is not supported", position);
  }
  if (by_rows) {
    RETURN_IF_ERROR(CoerceTo(size, TypeKind::kInt64, "TABLESAMPLE size"));
    const auto* rows = TryAs<Literal>(*size);
    if (rows == nullptr || rows->value.is_null() || rows->value.integer() < 0) {
      return InvalidSql("TABLESAMPLE expects a number of rows that is not negative", position);
    }
    auto sort = std::make_unique<SortScan>();
    sort->input = std::move(input);
    sort->keys.push_back({std::move(random)});
    auto limit = std::make_unique<LimitScan>();
    limit->bounds.count = std::move(size);
    limit->input = std::move(sort);
    return ScanPtr(std::move(limit));
  }
  RETURN_IF_ERROR(CoerceTo(size, TypeKind::kFloat64, "TABLESAMPLE size"));
  const auto* percent = TryAs<Literal>(*size);
  constexpr double kWhole = 100;
  const double number = percent == nullptr || percent->value.is_null() ? -1 : std::get<double>(percent->value.data);
  if (!(number >= 0 && number <= kWhole)) {
    return InvalidSql("TABLESAMPLE expects a percentage between 0 and 100", position);
  }
  if (number >= kWhole) return input;
  auto share = std::make_unique<Literal>();
  share->type = TypeKind::kFloat64;
  share->value = {TypeKind::kFloat64, number / kWhole};
  share->position = position;
  // A column of its own: an engine may move a condition without columns to where it is asked once for many rows.
  auto project = std::make_unique<ProjectScan>();
  const ColumnId dice = NewColumn("", random->type);
  project->computed.push_back({dice, std::move(random)});
  project->input = std::move(input);
  std::vector<ExprPtr> sides;
  sides.push_back(Ref(dice, position));
  sides.push_back(std::move(share));
  auto filter = std::make_unique<FilterScan>();
  ASSIGN_OR_RETURN(filter->condition, MakeCall(FunctionId::kLess, std::move(sides), position));
  filter->input = std::move(project);
  return ScanPtr(std::move(filter));
}

}  // namespace casebook::analysis
