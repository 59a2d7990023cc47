// Definitions: the views and functions that are written in GoogleSQL, by name.
//
// Holds trees of CREATE statements; knows neither files nor an engine. A resolver borrows one. Names compare without
// case; of two paths the shorter must be the end of the longer, so that `p.d.v` and `v` both find `d.v`. Names of
// INFORMATION_SCHEMA are never short.
#pragma once

#include <string>
#include <vector>

#include "sql/ast.h"

namespace casebook::analysis {

class Definitions {
 public:
  // `behind` is asked for what is not here; borrowed, may be null.
  explicit Definitions(const Definitions* behind = nullptr) : behind_(behind) {}

  // Keeps a CREATE statement of a view or a function; one of the same kind and name gives way to it.
  void Put(sql::StatementPtr statement);
  // True if there was one here.
  bool Remove(sql::DropObject object, const sql::Path& name);

  // nullptr where there is none.
  const sql::CreateView* FindView(const sql::Path& name) const;
  const sql::CreateFunction* FindFunction(const sql::Path& name) const;
  const sql::CreateTableFunction* FindTableFunction(const sql::Path& name) const;

  // Of all views, for hints.
  std::vector<std::string> ViewNames() const;
  // Those that are here, not behind.
  const std::vector<sql::StatementPtr>& statements() const { return statements_; }

 private:
  size_t Find(sql::StatementKind kind, const sql::Path& name) const;

  const Definitions* behind_;
  std::vector<sql::StatementPtr> statements_;
};

// The name that a CREATE statement gives; nullptr for other statements.
const sql::Path* DefinedName(const sql::Statement& statement);

}  // namespace casebook::analysis
