#include "bench/conformance_tables.h"

#include <type_traits>
#include <utility>
#include <variant>

#include "analysis/value.h"
#include "engines/duckdb/types.h"

namespace casebook::conformance {
namespace {

Result<std::string> ToResult(sql::SqlResult<std::string> result) {
  if (result.ok()) return std::move(result).value();
  return Unsupported(result.error().message);
}

Result<std::string> EngineType(const Type& type) { return ToResult(engines::DuckDbType(type, 0)); }

analysis::Value ToScalar(const Type& type, const AnswerValue& value) {
  analysis::Value scalar{type, {}};
  std::visit(
      [&](const auto& data) {
        using Data = std::decay_t<decltype(data)>;
        if constexpr (std::is_same_v<Data, IntervalParts>) {
          scalar.data = analysis::IntervalValue{data.months, data.days, data.micros};
        } else if constexpr (!std::is_same_v<Data, AnswerValue::List>) {
          scalar.data = data;
        }
      },
      value.data);
  return scalar;
}

Result<std::string> EngineLiteral(const Type& type, const AnswerValue& value);

Result<std::string> EngineList(const Type& type, const AnswerValue::List& values) {
  std::string items;
  for (size_t i = 0; i < values.size(); ++i) {
    const Type& part = type.IsStruct() ? type.fields()[i].type : type.element();
    ASSIGN_OR_RETURN(std::string item, EngineLiteral(part, values[i]));
    if (type.kind() == TypeKind::kRange && values[i].is_null()) item = i == 0 ? "'-infinity'" : "'infinity'";
    items += (i == 0 ? "" : ", ") + item;
  }
  return type.IsArray() ? "[" + items + "]" : "row(" + items + ")";
}

Result<std::string> EngineLiteral(const Type& type, const AnswerValue& value) {
  if (value.is_null()) return std::string("NULL");
  if (std::holds_alternative<AnswerValue::List>(value.data)) {
    ASSIGN_OR_RETURN(const std::string list, EngineList(type, value.list()));
    ASSIGN_OR_RETURN(const std::string engine_type, EngineType(type));
    return "CAST(" + list + " AS " + engine_type + ")";
  }
  return ToResult(engines::DuckDbLiteral(ToScalar(type, value), 0));
}

Result<std::string> RowText(const Table& table, const Json& row) {
  std::string text;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const Type& type = table.columns[i].type;
    ASSIGN_OR_RETURN(const AnswerValue value, ValueFromJson(type, row.at(i)));
    ASSIGN_OR_RETURN(const std::string literal, EngineLiteral(type, value));
    text += (i == 0 ? "" : ", ") + literal;
  }
  return "(" + text + ")";
}

Result<Table> ToTable(const Prepare& prepare) {
  if (!prepare.columns.is_array()) return Unsupported("Value tables are not supported");
  Table table;
  table.name = prepare.name;
  for (const Json& column : prepare.columns) {
    ASSIGN_OR_RETURN(Type type, TypeFromJson(column.at("type")));
    table.columns.push_back({.name = column.at("name"), .type = std::move(type), .description = ""});
  }
  return table;
}

Status CreateTable(const StoredTable& stored, Connection& connection) {
  std::string columns;
  for (const Column& column : stored.table.columns) {
    ASSIGN_OR_RETURN(const std::string type, EngineType(column.type));
    columns += (columns.empty() ? "" : ", ") + QuoteIdentifier(column.name) + " " + type;
  }
  return connection.Execute("CREATE TABLE " + QuoteIdentifier(stored.engine_name) + " (" + columns + ")");
}

Status InsertRows(const StoredTable& stored, const Json& rows, Connection& connection) {
  std::string values;
  for (const Json& row : rows) {
    ASSIGN_OR_RETURN(const std::string text, RowText(stored.table, row));
    values += (values.empty() ? "" : ", ") + text;
  }
  if (values.empty()) return {};
  return connection.Execute("INSERT INTO " + QuoteIdentifier(stored.engine_name) + " VALUES " + values);
}

}  // namespace

Result<const StoredTable*> Tables::FindOrStore(const Prepare& prepare, Connection& connection) {
  const auto found = stored_.find(prepare.id);
  if (found != stored_.end()) return &found->second;
  ASSIGN_OR_RETURN(Table table, ToTable(prepare));
  StoredTable stored{std::move(table), "table_" + std::to_string(++made_)};
  RETURN_IF_ERROR(CreateTable(stored, connection));
  RETURN_IF_ERROR(InsertRows(stored, prepare.rows, connection));
  return &stored_.emplace(prepare.id, std::move(stored)).first->second;
}

std::optional<CatalogEntry> CaseCatalog::FindTable(const std::vector<std::string>& path) const {
  for (const StoredTable* stored : tables_) {
    if (path.size() == 1 && EqualIgnoringCase(path[0], stored->table.name)) {
      return CatalogEntry{&stored->table, stored->engine_name};
    }
  }
  return std::nullopt;
}

std::vector<std::string> CaseCatalog::TableNames() const {
  std::vector<std::string> names;
  for (const StoredTable* stored : tables_) names.push_back(stored->table.name);
  return names;
}

}  // namespace casebook::conformance
