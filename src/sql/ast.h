// The tree of a GoogleSQL query, as written: what the parser makes and the resolver reads.
//
// Nothing is resolved here: a path may be a column, a field or a table, a name may be misspelt.
// Each family of nodes (Expr, TableExpr, QueryBody, PipeOperator, Statement) is a closed set: switch over
// `kind` without a default, then As<Node>(). A node owns its children. Fields() lists what makes two nodes
// equal, in the order of the text; source ranges never count.
//
// Made by sql/parser.h; read by analysis/, which must not outlive the tree.
#pragma once

#include "sql/ast_expr.h"
#include "sql/ast_node.h"
#include "sql/ast_query.h"
#include "sql/ast_statement.h"
