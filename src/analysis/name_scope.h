// Which names an expression may mention: columns and tables of FROM, aliases of SELECT, and those around.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/resolved.h"

namespace casebook::analysis {

// One column that `*` shows and that a name may find.
struct NamedColumn {
  std::string_view name;  // empty: has none
  ColumnId column = kNoColumn;
  bool is_value = false;  // the row itself of a value table; `*` shows its fields
};

// What stands before the dot in `t.column`.
struct RangeVariable {
  std::string_view name;
  std::vector<NamedColumn> columns;
  bool is_value = false;  // the one column is the row itself
};

struct NameList {
  std::vector<NamedColumn> columns;  // in the order of `*`
  std::vector<RangeVariable> ranges;
};

struct SelectState;
struct ArgumentList;

// A chain from the innermost names to those of the queries around.
struct Scope {
  const NameList* names = nullptr;
  SelectState* aliases = nullptr;  // those of SELECT come before `names`; null: not visible
  const Scope* parent = nullptr;
  const ArgumentList* arguments = nullptr;  // of a function; after `names`
};

}  // namespace casebook::analysis
