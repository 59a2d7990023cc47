#include "app/table_writer.h"

#include <algorithm>
#include <string_view>

#include "app/display_width.h"
#include "queries/value_text.h"

namespace casebook {
namespace {

constexpr size_t kMinCutWidth = 10;  // no cell is cut shorter, however narrow the terminal
constexpr size_t kFrameWidth = 3;    // around a cell: `| `, ` `

bool IsNumber(const Type& type) {
  switch (type.kind()) {
    case TypeKind::kInt64:
    case TypeKind::kFloat64:
    case TypeKind::kNumeric:
    case TypeKind::kBigNumeric: return true;
    default: return false;
  }
}

std::string CellText(const Type& type, const AnswerValue& value) {
  return value.is_null() ? "NULL" : OneLineText(ValueText(type, value));
}

// `text` in lines of at most `width`, broken at blanks where there are any.
std::vector<std::string> Wrapped(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  while (DisplayWidth(text) > width) {
    std::string_view start = CutToWidth(text, width);
    if (start.empty()) break;  // one letter wider than the column
    const size_t blank = text[start.size()] == ' ' ? start.size() : start.rfind(' ');
    if (blank != std::string_view::npos && blank > 0) start = text.substr(0, blank);
    lines.emplace_back(start);
    text.remove_prefix(start.size());
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  lines.emplace_back(text);
  return lines;
}

std::string MarkdownText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '\n': escaped += "<br>"; break;
      case '\r': break;
      case '|':
      case '\\':
      case '`':
      case '*':
      case '_':
      case '<': escaped.push_back('\\'); [[fallthrough]];
      default: escaped.push_back(c);
    }
  }
  return escaped;
}

}  // namespace

void TableWriter::Begin(const std::vector<AnswerColumn>& columns) {
  columns_ = columns;
  for (const AnswerColumn& column : columns) widths_.push_back(DisplayWidth(OneLineText(column.name)));
}

void TableWriter::AddRow(const std::vector<AnswerValue>& row) {
  ++row_count_;
  Line cells;
  for (size_t i = 0; i < row.size(); ++i) cells.push_back(CellText(columns_[i].type, row[i]));
  if (has_head_) {
    PrintLine(cells);
    return;
  }
  for (size_t i = 0; i < row.size(); ++i) widths_[i] = std::max(widths_[i], DisplayWidth(cells[i]));
  held_.push_back(std::move(cells));
  if (held_.size() == kRowsMeasured) PrintHead();
}

void TableWriter::End() {
  if (!has_head_) PrintHead();
  PrintRule();
  if (style_.row_count) out_ << '(' << row_count_ << (row_count_ == 1 ? " row)\n" : " rows)\n");
}

void TableWriter::PrintHead() {
  has_head_ = true;
  if (style_.max_width > 0) FitWidths();
  PrintRule();
  Line names;
  for (const AnswerColumn& column : columns_) names.push_back(OneLineText(column.name));
  PrintLine(names);
  PrintRule();
  for (const Line& cells : held_) PrintLine(cells);
  held_.clear();
}

void TableWriter::PrintLine(const Line& cells) {
  if (!style_.wrap) {
    PrintCells(cells);
    return;
  }
  std::vector<Line> wrapped;
  size_t height = 1;
  for (size_t i = 0; i < cells.size(); ++i) {
    wrapped.push_back(Wrapped(cells[i], widths_[i]));
    height = std::max(height, wrapped.back().size());
  }
  for (size_t row = 0; row < height; ++row) {
    Line line;
    for (const Line& parts : wrapped) line.push_back(row < parts.size() ? parts[row] : "");
    PrintCells(line);
  }
}

void TableWriter::PrintCells(const Line& cells) {
  std::string line = "|";
  for (size_t i = 0; i < cells.size(); ++i) {
    std::string_view text = cells[i];
    size_t width = DisplayWidth(text);
    const bool is_cut = style_.max_width > 0 && width > widths_[i];
    if (is_cut) {
      text = CutToWidth(text, widths_[i] - 1);
      width = DisplayWidth(text) + 1;
    }
    const std::string padding(widths_[i] > width ? widths_[i] - width : 0, ' ');
    line += ' ';
    if (IsNumber(columns_[i].type)) line += padding;
    line += text;
    if (is_cut) line += "…";
    if (!IsNumber(columns_[i].type)) line += padding;
    line += " |";
  }
  out_ << line << '\n';
}

void TableWriter::PrintRule() {
  std::string line = "+";
  for (const size_t width : widths_) line += std::string(width + 2, '-') + "+";
  out_ << line << '\n';
}

// Cuts the widest columns until the table fits.
void TableWriter::FitWidths() {
  const size_t frame = kFrameWidth * widths_.size() + 1;
  const auto fits = [&](size_t cap) {
    size_t total = frame;
    for (const size_t width : widths_) total += std::min(width, cap);
    return total <= style_.max_width;
  };
  size_t cap = *std::max_element(widths_.begin(), widths_.end());
  while (cap > kMinCutWidth && !fits(cap)) --cap;
  for (size_t& width : widths_) width = std::min(width, cap);
}

void MarkdownWriter::Begin(const std::vector<AnswerColumn>& columns) {
  columns_ = columns;
  out_ << '|';
  for (const AnswerColumn& column : columns) out_ << ' ' << MarkdownText(column.name) << " |";
  out_ << "\n|";
  for (const AnswerColumn& column : columns) out_ << (IsNumber(column.type) ? " ---: |" : " --- |");
  out_ << '\n';
}

void MarkdownWriter::AddRow(const std::vector<AnswerValue>& row) {
  out_ << '|';
  for (size_t i = 0; i < row.size(); ++i) {
    out_ << ' ' << (row[i].is_null() ? "NULL" : MarkdownText(ValueText(columns_[i].type, row[i]))) << " |";
  }
  out_ << '\n';
}

}  // namespace casebook
