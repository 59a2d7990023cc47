// Joins. In a correlated subquery the engine takes fewer of them.
#include <algorithm>
#include <set>

#include "analysis/tree_walk.h"
#include "base/result.h"
#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {

using analysis::As;
using analysis::ScanKind;

namespace {

void AddColumns(const std::vector<analysis::Computed>& computed, std::set<ColumnId>& made) {
  for (const analysis::Computed& one : computed) made.insert(one.column);
}

// The columns that `scan` and the scans below it make.
void CollectMade(const Scan& scan, std::set<ColumnId>& made) {
  switch (scan.kind) {
    case ScanKind::kSingleRow: return;
    case ScanKind::kTable: {
      const auto& table = As<analysis::TableScan>(scan);
      for (size_t i = 0; i < table.entry.table->columns.size(); ++i) made.insert(table.first_column + static_cast<ColumnId>(i));
      return;
    }
    case ScanKind::kJoin:
      CollectMade(*As<analysis::JoinScan>(scan).left, made);
      return CollectMade(*As<analysis::JoinScan>(scan).right, made);
    case ScanKind::kUnnest: {
      const auto& unnest = As<analysis::UnnestScan>(scan);
      if (unnest.input != nullptr) CollectMade(*unnest.input, made);
      made.insert(unnest.offset);
      return AddColumns(unnest.arrays, made);
    }
    case ScanKind::kFilter: return CollectMade(*As<analysis::FilterScan>(scan).input, made);
    case ScanKind::kProject:
      CollectMade(*As<analysis::ProjectScan>(scan).input, made);
      return AddColumns(As<analysis::ProjectScan>(scan).computed, made);
    case ScanKind::kAggregate:
      CollectMade(*As<analysis::AggregateScan>(scan).input, made);
      AddColumns(As<analysis::AggregateScan>(scan).group_by, made);
      return AddColumns(As<analysis::AggregateScan>(scan).aggregates, made);
    case ScanKind::kWindow:
      CollectMade(*As<analysis::WindowScan>(scan).input, made);
      return AddColumns(As<analysis::WindowScan>(scan).computed, made);
    case ScanKind::kDistinct: return CollectMade(*As<analysis::DistinctScan>(scan).input, made);
    case ScanKind::kSort: return CollectMade(*As<analysis::SortScan>(scan).input, made);
    case ScanKind::kLimit: return CollectMade(*As<analysis::LimitScan>(scan).input, made);
    case ScanKind::kSetOperation: {
      const auto& set = As<analysis::SetOperationScan>(scan);
      for (const auto& input : set.inputs) CollectMade(*input.scan, made);
      made.insert(set.columns.begin(), set.columns.end());
      return;
    }
    case ScanKind::kWith:
      for (const analysis::WithEntry& entry : As<analysis::WithScan>(scan).entries) {
        CollectMade(*entry.query, made);
        if (entry.recursive != nullptr) CollectMade(*entry.recursive, made);
      }
      return CollectMade(*As<analysis::WithScan>(scan).body, made);
    case ScanKind::kWithReference: {
      const auto& reference = As<analysis::WithReferenceScan>(scan);
      made.insert(reference.columns.begin(), reference.columns.end());
      return;
    }
  }
  Unreachable();
}

void CollectMentioned(const Expr& expr, std::set<ColumnId>& mentioned, std::set<ColumnId>& made) {
  if (expr.kind == analysis::ExprKind::kColumn) mentioned.insert(As<analysis::ColumnRef>(expr).column);
  if (expr.kind == analysis::ExprKind::kSubquery) CollectMade(*As<analysis::Subquery>(expr).query, made);
  // The walk hands out places that may be changed; this one only looks.
  analysis::ForEachChild(const_cast<Expr&>(expr), [&](ExprPtr& child) { CollectMentioned(*child, mentioned, made); });
}

// Does something in the join mention a column that a scan outside it makes?
bool MentionsOuter(const analysis::JoinScan& join) {
  std::set<ColumnId> made;
  std::set<ColumnId> mentioned;
  CollectMade(join, made);
  analysis::ForEachExpr(const_cast<analysis::JoinScan&>(join),
                        [&](ExprPtr& expr) { CollectMentioned(*expr, mentioned, made); });
  return !std::includes(made.begin(), made.end(), mentioned.begin(), mentioned.end());
}

}  // namespace

SqlResult<Block> Emitter::EmitJoin(const analysis::JoinScan& scan) {
  const bool one_sided = scan.join == analysis::JoinKind::kRight || scan.join == analysis::JoinKind::kFull;
  const bool correlated = one_sided && MentionsOuter(scan);
  if (correlated && scan.join == analysis::JoinKind::kFull) {
    return UnsupportedSql("FULL JOIN in a correlated subquery is not supported", 0);
  }
  // RIGHT is LEFT from the other side.
  const bool swaps = correlated && scan.join == analysis::JoinKind::kRight;
  const Scan& first = swaps ? *scan.right : *scan.left;
  const Scan& second = swaps ? *scan.left : *scan.right;
  ASSIGN_OR_RETURN(Block left, Emit(first));
  ASSIGN_OR_RETURN(Block right, Emit(second));
  Block block;
  const bool nested = second.kind == ScanKind::kJoin || second.kind == ScanKind::kUnnest;
  block.from = FromItem(left);
  const std::string right_text = FromItem(right);
  switch (swaps ? analysis::JoinKind::kLeft : scan.join) {
    case analysis::JoinKind::kCross: block.from += " CROSS JOIN "; break;
    case analysis::JoinKind::kInner: block.from += " INNER JOIN "; break;
    case analysis::JoinKind::kLeft: block.from += " LEFT JOIN "; break;
    case analysis::JoinKind::kRight: block.from += " RIGHT JOIN "; break;
    case analysis::JoinKind::kFull: block.from += " FULL JOIN "; break;
  }
  block.from += nested && right_text.find(" JOIN ") != std::string::npos ? "(" + right_text + ")" : right_text;
  block.columns = std::move(left.columns);
  block.columns.insert(block.columns.end(), right.columns.begin(), right.columns.end());
  if (scan.join != analysis::JoinKind::kCross) {
    std::string condition = "true";
    if (scan.condition != nullptr) {
      ASSIGN_OR_RETURN(condition, Emit(*scan.condition));
    }
    block.from += " ON " + condition;
  }
  return block;
}

}  // namespace casebook::engines
