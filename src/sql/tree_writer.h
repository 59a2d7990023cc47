// The writer of TreeToString(), one class in two files. Include sql/tree_string.h instead.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/ast.h"

namespace casebook::sql {

class TreeWriter {
 public:
  std::string Take() && { return std::move(out_); }

  void Write(const Statement& statement);
  void Write(const Query& query);
  void Write(const Expr& expr);

 private:
  // Everything written while it lives is a child of the line above.
  class Indent {
   public:
    explicit Indent(TreeWriter& writer) : writer_(writer) { ++writer_.depth_; }
    ~Indent() { --writer_.depth_; }
    Indent(const Indent&) = delete;
    Indent& operator=(const Indent&) = delete;

   private:
    TreeWriter& writer_;
  };

  void Line(std::string_view text);
  void Line(std::string_view text, SourceRange range);
  // `label` with `expr` below, or nothing if it is null.
  void Child(std::string_view label, const ExprPtr& expr);
  void Children(std::string_view label, const std::vector<ExprPtr>& exprs);

  // Expressions.
  void WriteParts(const Expr& expr);
  void WriteCall(const CallExpr& call);
  void WriteArgument(const Argument& argument);
  void WriteCandidates(const Candidates& candidates);
  void WriteCase(const CaseExpr& expr);
  void WriteNamed(std::string_view label, const NamedExpr& named);
  void WriteAllNamed(std::string_view label, const std::vector<NamedExpr>& all);
  void WriteWindow(std::string_view label, const WindowSpec& spec);
  void WriteFrame(const WindowFrame& frame);
  void WriteOrder(const std::vector<OrderItem>& items);
  void WriteLimit(const std::optional<Limit>& limit);

  // Queries.
  void WriteClauses(const Query& query);
  void WriteWith(const WithClause& with);
  void WriteBody(const QueryBody& body);
  void WriteSelect(const SelectBody& select);
  void WriteItems(const std::vector<SelectItem>& items);
  void WriteWindows(const std::vector<NamedWindow>& windows);
  void WriteGroupBy(const std::optional<GroupBy>& group_by);
  void WriteGrouping(const GroupingItem& item);
  void WriteColumns(const GroupingColumns& columns);
  void WriteTable(const TableExpr& table);
  void WriteTableCall(const TableCall& call);
  void WriteUnnest(const UnnestTable& unnest);
  void WriteTablePath(const TablePath& table);
  void WriteJoinCondition(const ExprPtr& on, const std::vector<Identifier>& using_columns);
  void WritePivot(const PivotSpec& spec);
  void WriteUnpivot(const UnpivotSpec& spec);
  void WriteSample(const SampleSpec& spec);
  void WritePipe(const PipeOperator& pipe);
  void WritePipeParts(const PipeOperator& pipe);
  void WriteStatementParts(const Statement& statement);

  std::string out_;
  int depth_ = 0;
};

// Words shared by the two files.
std::string NamesText(const std::vector<Identifier>& names);
std::string AliasText(const std::optional<Identifier>& alias);  // ` a`, or nothing
std::string PathText(const Path& path);
std::string OrderText(const SortOrder& order);  // ` desc nulls last`

}  // namespace casebook::sql
