// Printer: a tree back to GoogleSQL text, on one line.
//
// The text parses to the same tree, source ranges aside. Parentheses stand only where the tree needs them.
#pragma once

#include <string>
#include <string_view>

#include "sql/ast.h"

namespace casebook::sql {

std::string Print(const Script& script);
std::string Print(const Statement& statement);
std::string Print(const Query& query);
std::string Print(const TableExpr& table);
std::string Print(const Expr& expr);
std::string Print(const TypeName& type);

// `+`, `NOT LIKE`, …
std::string_view OperatorText(BinaryOp op);

}  // namespace casebook::sql
