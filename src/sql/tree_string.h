// TreeToString: a tree as indented lines, for golden tests and for debugging.
//
// A line names a node, what tells it from its like, and its source range: `Call SUM [7-13]`.
#pragma once

#include <string>

#include "sql/ast.h"

namespace casebook::sql {

std::string TreeToString(const Script& script);
std::string TreeToString(const Statement& statement);
std::string TreeToString(const Query& query);
std::string TreeToString(const Expr& expr);

}  // namespace casebook::sql
