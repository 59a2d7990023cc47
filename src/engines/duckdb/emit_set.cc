// Set operations. UNION ALL of rows of constants is one list of values, which keeps the order in which they are written.
#include "analysis/tree_walk.h"
#include "base/result.h"
#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {

using analysis::As;
using analysis::ScanKind;

namespace {

// The longest row of constants that is written in place.
constexpr size_t kMaxConstantRow = 16'384;

// Is `expr` made of constants and of columns that are? What answers otherwise each time stays where it is.
bool IsConstant(const Expr& expr) {
  switch (expr.kind) {
    case analysis::ExprKind::kLiteral:
    case analysis::ExprKind::kColumn:
    case analysis::ExprKind::kCast:
    case analysis::ExprKind::kField:
    case analysis::ExprKind::kArray:
    case analysis::ExprKind::kStruct: break;
    case analysis::ExprKind::kCall: {
      const FunctionId function = As<analysis::Call>(expr).function;
      if (function == FunctionId::kRand || function == FunctionId::kGenerateUuid) return false;
      break;
    }
    default: return false;
  }
  bool constant = true;
  // The walk hands out places that may be changed; this one only looks.
  analysis::ForEachChild(const_cast<Expr&>(expr), [&](ExprPtr& child) { constant = constant && IsConstant(*child); });
  return constant;
}

// The columns that `expr` mentions are among `known`.
bool KnowsColumns(const Expr& expr, const std::vector<ColumnId>& known) {
  if (expr.kind == analysis::ExprKind::kColumn) {
    const ColumnId column = As<analysis::ColumnRef>(expr).column;
    for (const ColumnId one : known) {
      if (one == column) return true;
    }
    return false;
  }
  bool all = true;
  analysis::ForEachChild(const_cast<Expr&>(expr), [&](ExprPtr& child) { all = all && KnowsColumns(*child, known); });
  return all;
}

}  // namespace

// Writes the columns of a SELECT of constants as texts; false where `scan` is something else.
SqlResult<bool> Emitter::EmitConstants(const Scan& scan, std::vector<ColumnId>& known, size_t& length) {
  if (scan.kind == ScanKind::kSingleRow) return true;
  const auto* project = analysis::TryAs<analysis::ProjectScan>(scan);
  if (project == nullptr) return false;
  ASSIGN_OR_RETURN(const bool below, EmitConstants(*project->input, known, length));
  if (!below) return false;
  for (const analysis::Computed& one : project->computed) {
    if (!IsConstant(*one.expr) || !KnowsColumns(*one.expr, known)) return false;
    ASSIGN_OR_RETURN(std::string text, Emit(*one.expr));
    length += text.size();
    if (length > kMaxConstantRow) return false;
    TextOf(one.column) = std::move(text);
    known.push_back(one.column);
  }
  return true;
}

// `(1, 'a'), (2, 'b')`, or nothing where some input is more than a row of constants.
SqlResult<std::string> Emitter::EmitConstantRows(const analysis::SetOperationScan& scan) {
  std::string rows;
  for (const auto& input : scan.inputs) {
    const auto* inner = analysis::TryAs<analysis::SetOperationScan>(*input.scan);
    if (inner != nullptr && inner->op == analysis::SetOperator::kUnionAll && inner->columns == input.columns) {
      ASSIGN_OR_RETURN(const std::string more, EmitConstantRows(*inner));
      if (more.empty()) return std::string();
      rows += (rows.empty() ? "" : ", ") + more;
      continue;
    }
    std::vector<ColumnId> known;
    size_t length = 0;
    ASSIGN_OR_RETURN(const bool constant, EmitConstants(*input.scan, known, length));
    if (!constant || input.columns.empty()) return std::string();
    rows += rows.empty() ? "(" : ", (";
    for (size_t i = 0; i < input.columns.size(); ++i) rows += (i > 0 ? ", " : "") + TextOf(input.columns[i]);
    rows += ")";
  }
  return rows;
}

Block Emitter::BlockOfRows(const std::string& rows, const std::vector<ColumnId>& columns) {
  Block block;
  const std::string alias = NewAlias();
  block.from = "(VALUES " + rows + ") AS " + alias + "(";
  for (size_t i = 0; i < columns.size(); ++i) {
    block.from += (i > 0 ? ", " : "") + ColumnAlias(columns[i]);
    TextOf(columns[i]) = alias + "." + ColumnAlias(columns[i]);
  }
  block.from += ")";
  block.columns = columns;
  return block;
}

SqlResult<Block> Emitter::EmitSetOperation(const analysis::SetOperationScan& scan) {
  constexpr const char* kWords[] = {" UNION ALL ", " UNION ", " INTERSECT ALL ", " INTERSECT ",
                                    " EXCEPT ALL ", " EXCEPT "};
  if (scan.op == analysis::SetOperator::kUnionAll) {
    ASSIGN_OR_RETURN(const std::string rows, EmitConstantRows(scan));
    if (!rows.empty()) return BlockOfRows(rows, scan.columns);
  }
  std::string text;
  for (const auto& input : scan.inputs) {
    ASSIGN_OR_RETURN(Block block, Emit(*input.scan));
    if (!text.empty()) text += kWords[static_cast<size_t>(scan.op)];
    text += "(" + RenderColumns(block, input.columns, scan.columns) + ")";
  }
  Block block;
  const std::string alias = NewAlias();
  block.from = "(" + text + ") AS " + alias;
  for (const ColumnId column : scan.columns) TextOf(column) = alias + "." + ColumnAlias(column);
  block.columns = scan.columns;
  return block;
}

}  // namespace casebook::engines
