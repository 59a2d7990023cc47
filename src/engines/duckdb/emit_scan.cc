// Scans as SELECTs: as few as SQL's order of evaluation allows.
#include <algorithm>
#include <utility>

#include "analysis/tree_walk.h"
#include "base/result.h"
#include "duckdb/connection.h"
#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {

using analysis::As;
using analysis::ScanKind;

SqlResult<std::string> EmitDuckDb(const analysis::ResolvedQuery& query) {
  ASSIGN_OR_RETURN(std::string text, Emitter(query).Run());
  if (text.size() > kMaxEngineSqlBytes) return EngineSqlTooLong();
  return text;
}

SqlResult<std::string> Emitter::Run() {
  ASSIGN_OR_RETURN(Block block, Emit(*query_.scan));
  std::vector<Output> outputs;
  for (const auto& output : query_.output) outputs.push_back({output.column, output.name});
  return Render(block, outputs);
}

SqlResult<Block> Emitter::Emit(const Scan& scan) {
  if (scan_height_ == kMaxScanHeight) {
    return sql::SqlError{sql::SqlErrorKind::kLimit,
                         "more than " + std::to_string(kMaxScanHeight) + " steps one after another", 0, false};
  }
  ++scan_height_;
  const int height = std::exchange(height_, 0);
  auto block = EmitKind(scan);
  height_ = height;
  --scan_height_;
  return block;
}

SqlResult<Block> Emitter::EmitKind(const Scan& scan) {
  switch (scan.kind) {
    case ScanKind::kSingleRow: return Block{};
    case ScanKind::kTable: return EmitTable(As<analysis::TableScan>(scan));
    case ScanKind::kJoin: return EmitJoin(As<analysis::JoinScan>(scan));
    case ScanKind::kUnnest: return EmitUnnest(As<analysis::UnnestScan>(scan));
    case ScanKind::kFilter: return EmitFilter(As<analysis::FilterScan>(scan));
    case ScanKind::kProject: return EmitProject(As<analysis::ProjectScan>(scan));
    case ScanKind::kAggregate: return EmitAggregateScan(As<analysis::AggregateScan>(scan));
    case ScanKind::kWindow: return EmitWindowScan(As<analysis::WindowScan>(scan));
    case ScanKind::kDistinct: return EmitDistinct(As<analysis::DistinctScan>(scan));
    case ScanKind::kSort: return EmitSort(As<analysis::SortScan>(scan));
    case ScanKind::kLimit: return EmitLimit(As<analysis::LimitScan>(scan));
    case ScanKind::kSetOperation: return EmitSetOperation(As<analysis::SetOperationScan>(scan));
    case ScanKind::kWith: return EmitWith(As<analysis::WithScan>(scan));
    case ScanKind::kWithReference: return EmitWithReference(As<analysis::WithReferenceScan>(scan));
  }
  Unreachable();
}

// --- Blocks ----------------------------------------------------------------------------------------

namespace {

// Does `expr` answer otherwise each time it is asked?
bool IsVolatile(const Expr& expr) {
  if (const auto* call = analysis::TryAs<analysis::Call>(expr)) {
    if (call->function == FunctionId::kRand || call->function == FunctionId::kGenerateUuid) return true;
  }
  if (expr.kind == analysis::ExprKind::kSubquery) return false;
  bool found = false;
  // The walk hands out places that may be changed; this one only looks.
  analysis::ForEachChild(const_cast<Expr&>(expr), [&](ExprPtr& child) { found = found || IsVolatile(*child); });
  return found;
}

}  // namespace

bool Emitter::MentionsComputed(const Block& block, const Expr& expr) const {
  if (block.computed.empty()) return false;
  if (expr.kind == analysis::ExprKind::kColumn) {
    const ColumnId column = As<analysis::ColumnRef>(expr).column;
    return std::any_of(block.computed.begin(), block.computed.end(),
                       [&](const auto& computed) { return computed.first == column; });
  }
  bool found = false;
  // The walk hands out places that may be changed; this one only looks.
  analysis::ForEachChild(const_cast<Expr&>(expr),
                         [&](ExprPtr& child) { found = found || MentionsComputed(block, *child); });
  return found;
}

std::string KeysText(const std::vector<OrderKey>& keys) {
  std::string text;
  for (const OrderKey& key : keys) {
    text += text.empty() ? " ORDER BY " : ", ";
    // NaN is the smallest number, after NULL.
    if (key.is_float) text += "isnan(" + key.text + ")" + (key.suffix.starts_with(" DESC") ? " ASC" : " DESC") +
                              key.suffix.substr(key.suffix.find(" NULLS")) + ", ";
    text += key.text + key.suffix;
  }
  return text;
}

std::string Emitter::OrderText(const Block& block, const std::vector<Output>& outputs) const {
  std::vector<OrderKey> keys = block.order;
  for (OrderKey& key : keys) {
    if (key.column == analysis::kNoColumn) continue;
    for (const auto& [column, text] : block.computed) {
      if (column == key.column) key.text = text;
    }
    // A computed column is ordered by its place, so that it is not computed twice; an expression over it cannot be.
    for (size_t i = 0; i < outputs.size(); ++i) {
      if (outputs[i].column == key.column && !key.is_float) {
        key.text = std::to_string(i + 1);
        break;
      }
    }
  }
  return KeysText(keys);
}

std::string Emitter::Render(Block& block, const std::vector<Output>& outputs) {
  if (block.distinct) {
    // Without one of its columns DISTINCT would be another.
    const bool same = outputs.size() == block.columns.size() &&
                      std::all_of(block.columns.begin(), block.columns.end(), [&](ColumnId column) {
                        return std::any_of(outputs.begin(), outputs.end(),
                                           [&](const Output& output) { return output.column == column; });
                      });
    const bool float_key = std::any_of(block.order.begin(), block.order.end(), [](const OrderKey& key) { return key.is_float; });
    if (!same || float_key) Wrap(block);
  }
  std::string text = block.with + (block.distinct ? "SELECT DISTINCT " : "SELECT ");
  if (outputs.empty()) text += "1";
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (i > 0) text += ", ";
    const std::string* expr = &TextOf(outputs[i].column);
    for (const auto& [column, computed] : block.computed) {
      if (column == outputs[i].column) expr = &computed;
    }
    text += *expr + " AS " + QuoteIdentifier(outputs[i].name);
  }
  if (!block.from.empty()) text += " FROM " + block.from;
  if (!block.where.empty()) text += " WHERE " + block.where;
  if (!block.group.empty()) text += " GROUP BY " + block.group;
  // One row comes out, whether or not any aggregate is among the columns.
  if (block.aggregated && block.group.empty()) text += " HAVING true";
  text += OrderText(block, outputs);
  return text + block.limit;
}

// `columns` with the aliases of `names`.
std::string Emitter::RenderColumns(Block& block, const std::vector<ColumnId>& columns,
                                   const std::vector<ColumnId>& names) {
  std::vector<Output> outputs;
  for (size_t i = 0; i < columns.size(); ++i) outputs.push_back({columns[i], ColumnAlias(names[i])});
  return Render(block, outputs);
}

void Emitter::Wrap(Block& block) {
  Block outer;
  std::vector<ColumnId> out;
  for (const ColumnId column : block.columns) {
    if (IsUsed(column) || block.distinct) out.push_back(column);
  }
  std::vector<OrderKey> order;
  if (block.distinct) {
    // DISTINCT goes inside; the order and the limit around it.
    order = std::exchange(block.order, {});
    outer.limit = std::exchange(block.limit, "");
  }
  if (block.limit.empty()) block.order.clear();  // the order of a subquery means nothing
  const std::string alias = NewAlias();
  outer.from = "(" + RenderColumns(block, out, out) + ") AS " + alias;
  for (const ColumnId column : out) TextOf(column) = alias + "." + ColumnAlias(column);
  for (OrderKey& key : order) {
    if (key.column != analysis::kNoColumn) key.text = TextOf(key.column);
    key.column = analysis::kNoColumn;
  }
  outer.order = std::move(order);
  outer.columns = std::move(out);
  block = std::move(outer);
}

std::string Emitter::FromItem(Block& block) {
  if (!block.IsPlain() || !block.where.empty() || block.from.empty()) Wrap(block);
  return block.from;
}

// --- Sources ---------------------------------------------------------------------------------------

SqlResult<Block> Emitter::EmitTable(const analysis::TableScan& scan) {
  Block block;
  const std::string alias = NewAlias();
  if (!scan.entry.engine_schema.empty()) block.from = QuoteIdentifier(scan.entry.engine_schema) + ".";
  block.from += QuoteIdentifier(scan.entry.engine_name) + " AS " + alias;
  for (size_t i = 0; i < scan.entry.table->columns.size(); ++i) {
    const ColumnId column = scan.first_column + static_cast<ColumnId>(i);
    if (!IsUsed(column)) continue;
    TextOf(column) = alias + "." + QuoteIdentifier(scan.entry.table->columns[i].name);
    block.columns.push_back(column);
  }
  return block;
}

SqlResult<Block> Emitter::EmitUnnest(const analysis::UnnestScan& scan) {
  if (scan.input != nullptr && !scan.outer && scan.condition == nullptr) return EmitRowsOfArrays(scan);
  Block block;
  if (scan.input != nullptr) {
    ASSIGN_OR_RETURN(Block input, Emit(*scan.input));
    block.from = FromItem(input);
    block.columns = std::move(input.columns);
  }
  const analysis::Computed& array = scan.arrays.front();
  ASSIGN_OR_RETURN(const std::string array_text, Emit(*array.expr));
  std::string source = "(SELECT unnest(" + array_text + ") AS " + ColumnAlias(array.column);
  if (scan.offset != analysis::kNoColumn) {
    source += ", generate_subscripts(" + array_text + ", 1) - 1 AS " + ColumnAlias(scan.offset);
  }
  const std::string alias = NewAlias();
  source += ") AS " + alias;
  TextOf(array.column) = alias + "." + ColumnAlias(array.column);
  block.columns.push_back(array.column);
  if (scan.offset != analysis::kNoColumn) {
    TextOf(scan.offset) = alias + "." + ColumnAlias(scan.offset);
    block.columns.push_back(scan.offset);
  }
  if (scan.input == nullptr) {
    block.from = source;
    return block;
  }
  std::string condition = "true";
  if (scan.condition != nullptr) {
    ASSIGN_OR_RETURN(condition, Emit(*scan.condition));
  }
  block.from += (scan.outer ? " LEFT JOIN LATERAL " : " INNER JOIN LATERAL ") + source + " ON " + condition;
  return block;
}

// Each row of the input as often as its array has elements. In a SELECT list the engine hands the elements out as it
// goes; a join with the elements it would look up again row by row.
SqlResult<Block> Emitter::EmitRowsOfArrays(const analysis::UnnestScan& scan) {
  ASSIGN_OR_RETURN(Block block, Emit(*scan.input));
  if (!block.IsPlain() || block.from.empty()) Wrap(block);
  const analysis::Computed& array = scan.arrays.front();
  ASSIGN_OR_RETURN(std::string array_text, Emit(*array.expr));
  if (array.expr->kind != analysis::ExprKind::kColumn) {
    // Computed once, also where it is mentioned twice.
    const auto whole = static_cast<ColumnId>(text_.size());
    text_.emplace_back();
    array_text = ComputeBelow(block, whole, std::move(array_text));
  }
  std::vector<std::pair<ColumnId, std::string>> elements = {{array.column, "unnest(" + array_text + ")"}};
  if (scan.offset != analysis::kNoColumn) elements.emplace_back(scan.offset, "generate_subscripts(" + array_text + ", 1) - 1");
  Block outer = Enclose(block, elements);
  for (const auto& [column, text] : elements) outer.columns.push_back(column);
  return outer;
}

// `block` as a subquery that also computes `added`, which are mentioned from there on; the outer block has its used columns.
Block Emitter::Enclose(Block& block, const std::vector<std::pair<ColumnId, std::string>>& added) {
  const std::string alias = NewAlias();
  Block outer;
  std::vector<Output> outputs;
  for (const ColumnId column : block.columns) {
    if (!IsUsed(column)) continue;
    outputs.push_back({column, ColumnAlias(column)});
    outer.columns.push_back(column);
  }
  for (const auto& [column, text] : added) {
    block.computed.emplace_back(column, text);
    outputs.push_back({column, ColumnAlias(column)});
  }
  outer.from = "(" + Render(block, outputs) + ") AS " + alias;
  for (const Output& output : outputs) TextOf(output.column) = alias + "." + ColumnAlias(output.column);
  return outer;
}

// `block` becomes a subquery that also computes `column`; how it is mentioned from there on.
std::string Emitter::ComputeBelow(Block& block, ColumnId column, std::string text) {
  block = Enclose(block, {{column, std::move(text)}});
  return TextOf(column);
}

SqlResult<Block> Emitter::EmitWithReference(const analysis::WithReferenceScan& scan) {
  Block block;
  const std::string alias = NewAlias();
  block.from = "w" + std::to_string(scan.number) + " AS " + alias;
  for (size_t i = 0; i < scan.columns.size(); ++i) {
    TextOf(scan.columns[i]) = alias + ".x" + std::to_string(i + 1);
    block.columns.push_back(scan.columns[i]);
  }
  return block;
}

// --- Operators -------------------------------------------------------------------------------------

SqlResult<Block> Emitter::EmitFilter(const analysis::FilterScan& scan) {
  ASSIGN_OR_RETURN(Block block, Emit(*scan.input));
  if (!block.IsPlain()) Wrap(block);
  ASSIGN_OR_RETURN(std::string condition, Emit(*scan.condition));
  if (IsVolatile(*scan.condition)) return FilterByColumn(block, std::move(condition));
  block.where = block.where.empty() ? std::move(condition) : block.where + " AND " + condition;
  return block;
}

// The condition is a column first, so that it is asked for each row: the engine would move it below an UNNEST.
Block Emitter::FilterByColumn(Block& block, std::string condition) {
  const auto keep = static_cast<ColumnId>(text_.size());
  text_.emplace_back();
  block.where = ComputeBelow(block, keep, std::move(condition));
  return std::move(block);
}

SqlResult<Block> Emitter::EmitProject(const analysis::ProjectScan& scan) {
  ASSIGN_OR_RETURN(Block block, Emit(*scan.input));
  const auto is_rename = [](const analysis::Computed& computed) {
    return computed.expr->kind == analysis::ExprKind::kColumn;
  };
  const bool only_renames = std::all_of(scan.computed.begin(), scan.computed.end(), is_rename);
  if (!only_renames) {
    const bool mentions = std::any_of(scan.computed.begin(), scan.computed.end(), [&](const analysis::Computed& one) {
      return !is_rename(one) && MentionsComputed(block, *one.expr);
    });
    // After GROUP BY and DISTINCT nothing else can be computed in the same SELECT.
    if (mentions || block.aggregated || block.distinct) Wrap(block);
  } else if (block.distinct) {
    Wrap(block);
  }
  for (const analysis::Computed& one : scan.computed) {
    block.columns.push_back(one.column);
    if (is_rename(one)) {
      // Another name for the same: also for what this block computes.
      const ColumnId from = As<analysis::ColumnRef>(*one.expr).column;
      TextOf(one.column) = TextOf(from);
      std::string computed_text;
      bool computed = false;
      for (const auto& [column, text] : block.computed) {
        if (column != from) continue;
        computed_text = text;
        computed = true;
      }
      if (computed) block.computed.emplace_back(one.column, std::move(computed_text));
      continue;
    }
    ASSIGN_OR_RETURN(std::string text, Emit(*one.expr));
    block.computed.emplace_back(one.column, std::move(text));
  }
  return block;
}

SqlResult<Block> Emitter::EmitAggregateScan(const analysis::AggregateScan& scan) {
  ASSIGN_OR_RETURN(Block block, Emit(*scan.input));
  if (!block.IsPlain()) Wrap(block);
  std::vector<std::string> keys;
  for (const analysis::Computed& key : scan.group_by) {
    ASSIGN_OR_RETURN(std::string text, Emit(*key.expr));
    keys.push_back(std::move(text));
  }
  // A key that is no plain column is computed below, so that GROUP BY names a column and no literal.
  const auto is_simple = [](const analysis::Computed& key) {
    return key.expr->kind == analysis::ExprKind::kColumn || key.expr->kind == analysis::ExprKind::kField;
  };
  const bool simple = std::all_of(scan.group_by.begin(), scan.group_by.end(), [&](const analysis::Computed& key) {
    return is_simple(key) || (key.expr->kind == analysis::ExprKind::kCall && scan.grouping_sets.empty()) ||
           (key.expr->kind == analysis::ExprKind::kCast && scan.grouping_sets.empty());
  });
  bool has_subquery = false;
  for (const analysis::Computed& key : scan.group_by) {
    has_subquery = has_subquery || keys[static_cast<size_t>(&key - scan.group_by.data())].find("SELECT") != std::string::npos;
  }
  if (!simple || has_subquery) {
    for (size_t i = 0; i < keys.size(); ++i) {
      block.computed.emplace_back(scan.group_by[i].column, keys[i]);
      block.columns.push_back(scan.group_by[i].column);
    }
    // Every key is needed below, whether or not it is selected.
    const std::string alias = NewAlias();
    std::vector<ColumnId> out;
    for (const ColumnId column : block.columns) {
      const bool is_key = std::any_of(scan.group_by.begin(), scan.group_by.end(),
                                      [&](const analysis::Computed& key) { return key.column == column; });
      if (is_key || IsUsed(column)) out.push_back(column);
    }
    Block outer;
    outer.from = "(" + RenderColumns(block, out, out) + ") AS " + alias;
    for (const ColumnId column : out) TextOf(column) = alias + "." + ColumnAlias(column);
    block = std::move(outer);
    for (size_t i = 0; i < keys.size(); ++i) keys[i] = TextOf(scan.group_by[i].column);
  }
  block.columns.clear();
  block.aggregated = true;
  for (size_t i = 0; i < keys.size(); ++i) {
    block.computed.emplace_back(scan.group_by[i].column, keys[i]);
    block.columns.push_back(scan.group_by[i].column);
  }
  for (const analysis::Computed& one : scan.aggregates) {
    const auto& aggregate = As<analysis::Aggregate>(*one.expr);
    std::string text;
    if (aggregate.function == FunctionId::kGrouping) {
      for (size_t i = 0; i < keys.size(); ++i) {
        if (As<analysis::ColumnRef>(*aggregate.arguments.front()).column == scan.group_by[i].column) {
          text = scan.grouping_sets.empty() ? "0::BIGINT" : "grouping(" + keys[i] + ")::BIGINT";
        }
      }
    } else {
      ASSIGN_OR_RETURN(text, EmitAggregate(aggregate));
    }
    block.computed.emplace_back(one.column, std::move(text));
    block.columns.push_back(one.column);
  }
  if (scan.grouping_sets.empty()) {
    for (const std::string& key : keys) block.group += (block.group.empty() ? "" : ", ") + key;
    return block;
  }
  block.group = "GROUPING SETS (";
  for (size_t s = 0; s < scan.grouping_sets.size(); ++s) {
    block.group += s > 0 ? ", (" : "(";
    const auto& set = scan.grouping_sets[s];
    for (size_t i = 0; i < set.size(); ++i) block.group += (i > 0 ? ", " : "") + keys[set[i]];
    block.group += ")";
  }
  block.group += ")";
  return block;
}

SqlResult<Block> Emitter::EmitWindowScan(const analysis::WindowScan& scan) {
  ASSIGN_OR_RETURN(Block block, Emit(*scan.input));
  if (!block.IsPlain()) Wrap(block);
  block.windowed = true;
  for (const analysis::Computed& one : scan.computed) {
    ASSIGN_OR_RETURN(std::string text, EmitWindow(As<analysis::Window>(*one.expr)));
    block.computed.emplace_back(one.column, std::move(text));
    block.columns.push_back(one.column);
  }
  return block;
}

SqlResult<Block> Emitter::EmitDistinct(const analysis::DistinctScan& scan) {
  ASSIGN_OR_RETURN(Block block, Emit(*scan.input));
  if (block.distinct || !block.order.empty() || !block.limit.empty()) Wrap(block);
  block.distinct = true;
  block.columns = scan.columns;
  return block;
}

SqlResult<Block> Emitter::EmitSort(const analysis::SortScan& scan) {
  ASSIGN_OR_RETURN(Block block, Emit(*scan.input));
  if (!block.limit.empty() || !block.order.empty()) Wrap(block);
  const auto is_column = [](const analysis::SortKey& key) {
    return key.expr->kind == analysis::ExprKind::kColumn && !key.expr->type.IsArray();
  };
  const bool only_columns = std::all_of(scan.keys.begin(), scan.keys.end(), is_column);
  if (!only_columns && (!block.computed.empty() || block.distinct)) Wrap(block);
  ASSIGN_OR_RETURN(block.order, EmitKeys(scan.keys));
  for (size_t i = 0; i < scan.keys.size(); ++i) {
    if (is_column(scan.keys[i])) block.order[i].column = As<analysis::ColumnRef>(*scan.keys[i].expr).column;
    // A bare constant would be a place in the SELECT list.
    if (scan.keys[i].expr->kind == analysis::ExprKind::kLiteral) block.order[i].text = "(NULL)";
  }
  return block;
}

SqlResult<Block> Emitter::EmitLimit(const analysis::LimitScan& scan) {
  ASSIGN_OR_RETURN(Block block, Emit(*scan.input));
  if (!block.limit.empty()) Wrap(block);
  if (scan.bounds.count != nullptr) {
    block.limit += " LIMIT " + std::to_string(As<analysis::Literal>(*scan.bounds.count).value.integer());
  }
  if (scan.bounds.offset != nullptr) {
    block.limit += " OFFSET " + std::to_string(As<analysis::Literal>(*scan.bounds.offset).value.integer());
  }
  return block;
}

SqlResult<Block> Emitter::EmitWith(const analysis::WithScan& scan) {
  std::string text = scan.recursive ? "WITH RECURSIVE " : "WITH ";
  bool first = true;
  for (const analysis::WithEntry& entry : scan.entries) {
    if (!first) text += ", ";
    first = false;
    text += "w" + std::to_string(entry.number) + "(";
    for (size_t i = 0; i < entry.columns.size(); ++i) text += (i > 0 ? ", x" : "x") + std::to_string(i + 1);
    ASSIGN_OR_RETURN(Block block, Emit(*entry.query));
    text += ") AS (" + RenderColumns(block, entry.columns, entry.columns);
    if (entry.recursive != nullptr) {
      ASSIGN_OR_RETURN(Block recursive, Emit(*entry.recursive));
      if (!recursive.with.empty() || !recursive.order.empty() || !recursive.limit.empty()) Wrap(recursive);
      text += (entry.distinct ? " UNION " : " UNION ALL ") +
              RenderColumns(recursive, entry.recursive_columns, entry.columns);
    }
    text += ")";
  }
  ASSIGN_OR_RETURN(Block block, Emit(*scan.body));
  if (!block.with.empty()) Wrap(block);
  block.with = text + " ";
  return block;
}

}  // namespace casebook::engines
