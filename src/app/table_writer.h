// TableWriter and MarkdownWriter: rows as tables that people read. Made by MakeRowWriter().
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/row_writer.h"

namespace casebook {

// The widths of the columns are those of the first rows; later cells that are wider push theirs out.
inline constexpr size_t kRowsMeasured = 10'000;

class TableWriter final : public RowWriter {
 public:
  TableWriter(std::ostream& out, TableStyle style) : out_(out), style_(style) {}

  void Begin(const std::vector<AnswerColumn>& columns) override;
  void AddRow(const std::vector<AnswerValue>& row) override;
  void End() override;

 private:
  using Line = std::vector<std::string>;

  void PrintHead();                    // and the rows held back
  void PrintLine(const Line& cells);   // in several lines where they are wrapped
  void PrintCells(const Line& cells);  // in one
  void PrintRule();
  void FitWidths();

  std::ostream& out_;
  const TableStyle style_;
  std::vector<AnswerColumn> columns_;
  std::vector<size_t> widths_;
  std::vector<Line> held_;  // until the widths are known
  bool has_head_ = false;
  uint64_t row_count_ = 0;
};

// As GitHub reads it.
class MarkdownWriter final : public RowWriter {
 public:
  explicit MarkdownWriter(std::ostream& out) : out_(out) {}

  void Begin(const std::vector<AnswerColumn>& columns) override;
  void AddRow(const std::vector<AnswerValue>& row) override;
  void End() override {}

 private:
  std::ostream& out_;
  std::vector<AnswerColumn> columns_;
};

}  // namespace casebook
