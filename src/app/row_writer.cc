#include "app/row_writer.h"

#include <string>
#include <string_view>

#include "app/table_writer.h"
#include "base/result.h"
#include "queries/value_text.h"

namespace casebook {
namespace {

// RFC 4180 with a header. NULL is empty, an empty text is `""`.
class CsvWriter final : public RowWriter {
 public:
  explicit CsvWriter(std::ostream& out) : out_(out) {}

  void Begin(const std::vector<AnswerColumn>& columns) override {
    columns_ = columns;
    for (size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) line_.push_back(',');
      AddCell(columns[i].name);
    }
    EndLine();
  }

  void AddRow(const std::vector<AnswerValue>& row) override {
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) line_.push_back(',');
      if (!row[i].is_null()) AddCell(ValueText(columns_[i].type, row[i]));
    }
    EndLine();
  }

  void End() override {}

 private:
  void AddCell(std::string_view text) {
    const bool is_plain = !text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos &&
                          text.front() != ' ' && text.back() != ' ';
    if (is_plain) {
      line_ += text;
      return;
    }
    line_.push_back('"');
    for (const char c : text) {
      if (c == '"') line_.push_back('"');
      line_.push_back(c);
    }
    line_.push_back('"');
  }

  void EndLine() {
    line_.push_back('\n');
    out_ << line_;
    line_.clear();
  }

  std::ostream& out_;
  std::vector<AnswerColumn> columns_;
  std::string line_;
};

// A header, then values with `\t`, `\n`, `\r` and `\\` escaped. NULL is `\N`.
class TsvWriter final : public RowWriter {
 public:
  explicit TsvWriter(std::ostream& out) : out_(out) {}

  void Begin(const std::vector<AnswerColumn>& columns) override {
    columns_ = columns;
    std::string line;
    for (size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) line.push_back('\t');
      AddEscaped(columns[i].name, line);
    }
    out_ << line << '\n';
  }

  void AddRow(const std::vector<AnswerValue>& row) override {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) line.push_back('\t');
      if (row[i].is_null()) {
        line += "\\N";
      } else {
        AddEscaped(ValueText(columns_[i].type, row[i]), line);
      }
    }
    out_ << line << '\n';
  }

  void End() override {}

 private:
  static void AddEscaped(std::string_view text, std::string& line) {
    for (const char c : text) {
      switch (c) {
        case '\t': line += "\\t"; break;
        case '\n': line += "\\n"; break;
        case '\r': line += "\\r"; break;
        case '\\': line += "\\\\"; break;
        default: line.push_back(c);
      }
    }
  }

  std::ostream& out_;
  std::vector<AnswerColumn> columns_;
};

// Objects, in one list or one a line.
class JsonWriter final : public RowWriter {
 public:
  JsonWriter(std::ostream& out, bool is_list) : out_(out), is_list_(is_list) {}

  void Begin(const std::vector<AnswerColumn>& columns) override {
    columns_ = columns;
    if (is_list_) out_ << '[';
  }

  void AddRow(const std::vector<AnswerValue>& row) override {
    std::string text;
    if (is_list_) text = is_first_ ? "\n  " : ",\n  ";
    is_first_ = false;
    text.push_back('{');
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text.push_back(',');
      AppendJsonQuoted(columns_[i].name, text);
      text.push_back(':');
      AppendJson(columns_[i].type, row[i], text);
    }
    text.push_back('}');
    if (!is_list_) text.push_back('\n');
    out_ << text;
  }

  void End() override {
    if (is_list_) out_ << (is_first_ ? "]\n" : "\n]\n");
  }

 private:
  std::ostream& out_;
  const bool is_list_;
  bool is_first_ = true;
  std::vector<AnswerColumn> columns_;
};

}  // namespace

std::unique_ptr<RowWriter> MakeRowWriter(OutputFormat format, std::ostream& out, TableStyle style) {
  switch (format) {
    case OutputFormat::kTable: return std::make_unique<TableWriter>(out, style);
    case OutputFormat::kCsv: return std::make_unique<CsvWriter>(out);
    case OutputFormat::kTsv: return std::make_unique<TsvWriter>(out);
    case OutputFormat::kJson: return std::make_unique<JsonWriter>(out, true);
    case OutputFormat::kJsonl: return std::make_unique<JsonWriter>(out, false);
    case OutputFormat::kMarkdown: return std::make_unique<MarkdownWriter>(out);
  }
  Unreachable();
}

void WriteRows(RowWriter& writer, const std::vector<AnswerColumn>& columns,
               const std::vector<std::vector<AnswerValue>>& rows) {
  writer.Begin(columns);
  for (const auto& row : rows) writer.AddRow(row);
  writer.End();
}

}  // namespace casebook
