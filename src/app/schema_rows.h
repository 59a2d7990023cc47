// The schema as rows: what `tables` and `describe` print, here and in the shell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "queries/answer_value.h"
#include "schema/table.h"

namespace casebook {

struct SchemaRows {
  std::vector<AnswerColumn> columns;
  std::vector<std::vector<AnswerValue>> rows;
};

// One row a table of the dataset.
SchemaRows TableRows();
// One row a column of `table`.
SchemaRows ColumnRows(const Table& table);

// The table that a person means by `name`, with or without dataset and project in front; nullptr where there is none.
const Table* FindTableByName(std::string_view name);
// `table "case" not found; did you mean "cases"?`
std::string NoSuchTable(std::string_view name);
// The word of `words` nearest to `word`; empty where none is near.
std::string_view Nearest(std::string_view word, const std::vector<std::string>& words);

}  // namespace casebook
