// `|> DESCRIBE`: what a query has come to, in words, a row for each line.
#include <algorithm>
#include <array>

#include "analysis/resolver_internal.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

using Cells = std::vector<std::string>;

// Columns of text under their names; spaces at the ends of lines are left out.
void AddTable(const std::vector<Cells>& rows, std::vector<std::string>& lines) {
  std::vector<size_t> widths(rows.front().size());
  for (const Cells& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  const auto add = [&](const Cells& row) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) line += row[i] + std::string(widths[i] - row[i].size() + 2, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(std::move(line));
  };
  add(rows.front());
  Cells rule;
  for (const size_t width : widths) rule.emplace_back(width, '-');
  add(rule);
  for (size_t i = 1; i < rows.size(); ++i) add(rows[i]);
}

std::string ShownName(std::string_view name, bool is_value) {
  if (is_value) return "<value>";
  return name.empty() ? "<unnamed>" : std::string(name);
}

template <typename Columns, typename NameOf>
std::string NamesOf(const Columns& columns, NameOf name_of) {
  std::string names;
  for (const auto& column : columns) names += (names.empty() ? "" : ", ") + name_of(column);
  return names;
}

}  // namespace

std::vector<std::string> Resolver::Describe(const PipeState& state) const {
  std::vector<std::string> lines;
  const auto begin = [&](const char* title) {
    if (!lines.empty()) lines.emplace_back();
    lines.emplace_back(title);
  };
  const NameList& names = state.names;
  const auto table_of = [&](const NamedColumn& column) -> std::string {
    for (const RangeVariable& range : names.ranges) {
      const bool holds = std::any_of(range.columns.begin(), range.columns.end(),
                                     [&](const NamedColumn& other) { return other.column == column.column; });
      if (holds) return std::string(range.name);
    }
    return "";
  };
  const bool has_tables = !names.ranges.empty();
  begin("**Columns**:");
  std::vector<Cells> columns = {has_tables ? Cells{"Table Alias", "Column Name", "Type"} : Cells{"Column Name", "Type"}};
  for (const NamedColumn& column : names.columns) {
    Cells cells = {ShownName(column.name, column.is_value), TypeOf(column.column).ToString()};
    if (has_tables) cells.insert(cells.begin(), table_of(column));
    columns.push_back(std::move(cells));
  }
  AddTable(columns, lines);
  if (has_tables) {
    begin("**Table Aliases**:");
    std::vector<Cells> tables = {{"Table Alias", "Columns"}};
    for (const RangeVariable& range : names.ranges) {
      const bool is_value = range.is_value;
      tables.push_back({std::string(range.name), NamesOf(range.columns, [is_value](const NamedColumn& column) {
                          return ShownName(column.name, is_value);
                        })});
    }
    AddTable(tables, lines);
  }
  if (!with_tables_.empty()) {
    begin("**Common table expressions**:");
    std::vector<Cells> tables = {{"Name", "Columns"}};
    for (const WithTableInfo& table : with_tables_) {
      const bool is_value = table.is_value_table;
      tables.push_back({std::string(table.name), NamesOf(table.columns, [is_value](const QueryColumn& column) {
                          return ShownName(column.name, is_value);
                        })});
    }
    AddTable(tables, lines);
  }
  if (state.scan->kind == ScanKind::kSort) begin("Result is ordered.");
  if (names.columns.size() == 1 && names.columns.front().is_value) begin("Result is a value table.");
  return lines;
}

SqlStatus Resolver::ResolvePipeDescribe(PipeState& state, uint32_t position) {
  auto array = std::make_unique<ArrayConstructor>();
  array->type = Type::Array(TypeKind::kString);
  array->position = position;
  for (std::string& line : Describe(state)) array->elements.push_back(Text(std::move(line), position));
  auto unnest = std::make_unique<UnnestScan>();
  const ColumnId line = NewColumn("Describe", TypeKind::kString);
  unnest->arrays.push_back({line, std::move(array)});
  unnest->offset = NewColumn("", TypeKind::kInt64);
  auto sort = std::make_unique<SortScan>();
  SortKey key;
  key.expr = Ref(unnest->offset, position);
  sort->keys.push_back(std::move(key));
  sort->input = std::move(unnest);
  state.scan = std::move(sort);
  state.names = {};
  state.names.columns.push_back({"Describe", line, false});
  state.is_value_table = false;
  return Nothing{};
}

}  // namespace casebook::analysis
