// duckdb_sql: runs a file of SQL in the DuckDB that Casebook is linked with, and prints the answers.
//
// A statement ends with a semicolon at the end of a line. NAME=VALUE arguments are variables of DuckDB,
// getvariable('NAME') in the SQL. Answers whose columns are all text are printed, with tabs between the columns.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "base/file.h"
#include "duckdb/connection.h"

namespace casebook {
namespace {

Status SetVariables(Connection& connection, int argc, char** argv) {
  for (int i = 3; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const size_t equals = argument.find('=');
    if (equals == std::string_view::npos) return Invalid("no `=` in argument `" + std::string(argument) + "`");
    RETURN_IF_ERROR(connection.Execute("SET VARIABLE " + QuoteIdentifier(argument.substr(0, equals)) + " = " +
                                       QuoteText(argument.substr(equals + 1))));
  }
  return {};
}

void PrintRow(const ResultChunk& chunk, size_t columns, size_t row) {
  for (size_t column = 0; column < columns; ++column) {
    const duckdb_vector vector = chunk.vector(column);
    const std::string_view text = VectorIsNull(vector, row) ? "NULL" : VectorText(vector, row);
    std::printf("%s%.*s", column == 0 ? "" : "\t", static_cast<int>(text.size()), text.data());
  }
  std::printf("\n");
}

Status PrintAnswer(QueryResult& answer) {
  for (size_t column = 0; column < answer.column_count(); ++column) {
    duckdb_logical_type type = answer.column_type(column);
    const bool is_text = duckdb_get_type_id(type) == DUCKDB_TYPE_VARCHAR;
    duckdb_destroy_logical_type(&type);
    if (!is_text) return {};  // the count of an INSERT and the like
  }
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<ResultChunk> chunk, answer.Next());
    if (!chunk) return {};
    for (size_t row = 0; row < chunk->size(); ++row) PrintRow(*chunk, answer.column_count(), row);
  }
}

Status Run(int argc, char** argv) {
  ASSIGN_OR_RETURN(const std::string sql, ReadFile(argv[2]));
  ASSIGN_OR_RETURN(Database database, Database::Open(argv[1], {}));
  ASSIGN_OR_RETURN(Connection connection, database.Connect());
  RETURN_IF_ERROR(SetVariables(connection, argc, argv));
  for (size_t start = 0, end = 0; start < sql.size(); start = end) {
    end = std::min(sql.find(";\n", start), sql.size() - 2) + 2;
    ASSIGN_OR_RETURN(QueryResult answer, connection.Query(sql.substr(start, end - start)));
    RETURN_IF_ERROR(PrintAnswer(answer));
  }
  return {};
}

}  // namespace
}  // namespace casebook

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: duckdb_sql DATABASE FILE.sql [NAME=VALUE...]\n");
    return 2;
  }
  const casebook::Status status = casebook::Run(argc, argv);
  if (!status.ok()) std::fprintf(stderr, "duckdb_sql: %s\n", status.error().message.c_str());
  return status.ok() ? 0 : 1;
}
