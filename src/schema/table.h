// Table and Column: what the writing side and the reading side both mean by a table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/type.h"

namespace casebook {

enum class Sensitivity {
  kNone,
  kPersonal,  // names, numbers, addresses, free text: personal data
};

struct Column {
  std::string name;  // as declared and shown; compared ignoring case
  Type type;
  std::string description;
  Sensitivity sensitivity = Sensitivity::kNone;
  // True where the value is the same on all rows of one `id` (a case's present values), so that a plan
  // may read it from `cases`.
  bool depends_on_id = false;
  // True where the value is the same on all rows of the table, and never NULL.
  bool is_same_on_all_rows = false;
};

struct Table {
  std::string name;
  std::string description;
  std::vector<Column> columns;

  // Index of the column of that name, ignoring case; -1 where there is none.
  int FindColumn(std::string_view column) const;
};

bool EqualIgnoringCase(std::string_view a, std::string_view b);

}  // namespace casebook
