// Walking and comparing resolved trees.
#pragma once

#include <functional>

#include "analysis/resolved.h"

namespace casebook::analysis {

using ExprVisitor = std::function<void(ExprPtr&)>;
using ScanVisitor = std::function<void(Scan&)>;

// Calls `visit` for each scan directly below `scan`, in the order of the query; not for those of subqueries.
void ForEachInput(Scan& scan, const ScanVisitor& visit);

// Calls `visit` for each expression directly below `expr`; of a subquery, for each expression directly in
// its scans. Empty places are left out.
void ForEachChild(Expr& expr, const ExprVisitor& visit);

// Calls `visit` for each expression that stands directly in `scan` or in a scan below it.
void ForEachExpr(Scan& scan, const ExprVisitor& visit);

// The same function of the same columns. Subqueries and lambdas are never equal.
bool SameExpr(const Expr& a, const Expr& b);

}  // namespace casebook::analysis
