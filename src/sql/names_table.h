// NamesTable: whether a query names a table of one word anywhere, also in its subqueries.
//
// A WITH inside that defines the name again hides it from there on. Whether a name in FROM is a table or a column
// of arrays only the resolver knows: a single name counts as a table. For the order and the recursion of WITH.
#pragma once

#include <string_view>

#include "sql/ast.h"

namespace casebook::sql {

bool NamesTable(const Query& query, std::string_view name);
bool NamesTable(const QueryBody& body, std::string_view name);
bool NamesTable(const PipeOperator& pipe, std::string_view name);

}  // namespace casebook::sql
