// Parser: GoogleSQL text to tree.
//
// Knows the grammar and nothing else: no table, no type rule, no engine. What the grammar allows but this
// program does not do (DML, DDL of tables, …) is refused by name with kUnsupported.
//
// Trees hold no pointer into `sql`; source ranges count its bytes.
#pragma once

#include <string_view>

#include "sql/ast.h"
#include "sql/sql_error.h"

namespace casebook::sql {

// What a query may be at most.
inline constexpr size_t kMaxQueryBytes = 1U << 20U;
inline constexpr int kMaxNesting = 200;       // parentheses, subqueries, types in one another
inline constexpr int kMaxTreeHeight = 1000;   // with chains such as a + b + c + …
inline constexpr size_t kMaxListItems = 10'000;  // of one list: columns, arguments, tables, …

// One statement, with or without a semicolon after it.
SqlResult<StatementPtr> ParseStatement(std::string_view sql);

// Any number of statements separated by semicolons.
SqlResult<Script> ParseScript(std::string_view sql);

// One query, with or without a semicolon after it.
SqlResult<QueryPtr> ParseQuery(std::string_view sql);

SqlResult<ExprPtr> ParseExpression(std::string_view sql);

// `ARRAY<STRUCT<a INT64>>`.
SqlResult<TypeName> ParseType(std::string_view sql);

}  // namespace casebook::sql
