#include "queries/information_schema.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/dataset.h"
#include "sql/parser.h"
#include "sql/printer.h"

namespace casebook {
namespace {

// Text in quotes of GoogleSQL; empty optional text as NULL is written by the caller.
std::string Quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\r') {
      quoted += "\\r";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

struct ShownColumn {
  std::string name;
  std::string type;
  std::string description;
};

struct ShownTable {
  std::string name;
  bool is_view = false;
  std::string definition;  // of a view
  std::string ddl;         // of a view
  std::vector<ShownColumn> columns;
};

std::vector<ShownTable> TablesOf(const Catalog& catalog) {
  std::vector<ShownTable> tables;
  std::vector<const Table*> seen;
  for (const std::string& name : catalog.TableNames()) {
    if (name.find('.') != std::string::npos) continue;
    const auto entry = catalog.FindTable({name});
    if (!entry || std::find(seen.begin(), seen.end(), entry->table) != seen.end()) continue;
    seen.push_back(entry->table);
    ShownTable table;
    table.name = entry->table->name;
    for (const Column& column : entry->table->columns) {
      table.columns.push_back({column.name, column.type.ToString(), column.description});
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

// A view that no longer makes sense has no columns to show.
ShownTable ViewOf(const sql::CreateView& view, const Catalog& catalog, const analysis::ResolveOptions& options) {
  ShownTable table;
  table.name = view.name.names.back().text;
  table.is_view = true;
  table.definition = sql::Print(*view.query);
  table.ddl = sql::Print(view);
  const auto resolved = analysis::Resolve(*view.query, catalog, options);
  if (!resolved.ok()) return table;
  for (size_t i = 0; i < resolved->output.size(); ++i) {
    const std::string& name = i < view.columns.size() ? view.columns[i].text : resolved->output[i].name;
    table.columns.push_back({name, resolved->TypeOf(resolved->output[i].column).ToString(), ""});
  }
  return table;
}

// A view of `rows`, each the values of STRUCT<`fields`>, with `columns` selected from them as `r`.
void AddView(const std::string& name, const std::string& fields, const std::string& columns,
             const std::vector<std::string>& rows, analysis::Definitions& definitions) {
  std::string text = "CREATE VIEW " + std::string(kDatasetName) + ".INFORMATION_SCHEMA." + name + " AS SELECT 'casebook' "
                     "AS table_catalog, '" + std::string(kDatasetName) + "' AS table_schema, " + columns +
                     " FROM UNNEST(ARRAY<STRUCT<" + fields + ">>[";
  for (size_t i = 0; i < rows.size(); ++i) text += (i > 0 ? ", (" : "(") + rows[i] + ")";
  auto statement = sql::ParseStatement(text + "]) AS r");
  // Only a dataset with more columns than a list may have items cannot be described.
  if (statement.ok()) definitions.Put(std::move(statement).value());
}

}  // namespace

void AddInformationSchema(const Catalog& catalog, const analysis::Definitions& views,
                          const analysis::ResolveOptions& options, analysis::Definitions& definitions) {
  std::vector<ShownTable> tables = TablesOf(catalog);
  for (const sql::StatementPtr& statement : views.statements()) {
    const auto* view = sql::TryAs<sql::CreateView>(*statement);
    if (view != nullptr) tables.push_back(ViewOf(*view, catalog, options));
  }
  std::vector<std::string> table_rows;
  std::vector<std::string> column_rows;
  std::vector<std::string> view_rows;
  for (const ShownTable& table : tables) {
    table_rows.push_back(Quoted(table.name) + ", " + (table.is_view ? "'VIEW', " + Quoted(table.ddl) : "'BASE TABLE', NULL"));
    if (table.is_view) view_rows.push_back(Quoted(table.name) + ", " + Quoted(table.definition));
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const ShownColumn& column = table.columns[i];
      column_rows.push_back(Quoted(table.name) + ", " + Quoted(column.name) + ", " + std::to_string(i + 1) + ", " +
                            Quoted(column.type) + ", " +
                            (column.description.empty() ? "NULL" : Quoted(column.description)));
    }
  }
  const std::string column_fields =
      "table_name STRING, column_name STRING, ordinal_position INT64, data_type STRING, description STRING";
  AddView("TABLES", "table_name STRING, table_type STRING, ddl STRING",
          "r.table_name, r.table_type, 'NO' AS is_insertable_into, 'NO' AS is_typed, CAST(NULL AS TIMESTAMP) AS "
          "creation_time, r.ddl",
          table_rows, definitions);
  AddView("COLUMNS", column_fields,
          "r.table_name, r.column_name, r.ordinal_position, 'YES' AS is_nullable, r.data_type, 'NEVER' AS is_generated, "
          "CAST(NULL AS STRING) AS generation_expression, CAST(NULL AS STRING) AS is_stored, 'NO' AS is_hidden, "
          "CAST(NULL AS STRING) AS is_updatable, 'NO' AS is_system_defined, 'NO' AS is_partitioning_column, "
          "CAST(NULL AS INT64) AS clustering_ordinal_position",
          column_rows, definitions);
  AddView("COLUMN_FIELD_PATHS", column_fields,
          "r.table_name, r.column_name, r.column_name AS field_path, r.data_type, r.description", column_rows,
          definitions);
  AddView("VIEWS", "table_name STRING, view_definition STRING",
          "r.table_name, r.view_definition, CAST(NULL AS STRING) AS check_option, 'YES' AS use_standard_sql", view_rows,
          definitions);
}

}  // namespace casebook
