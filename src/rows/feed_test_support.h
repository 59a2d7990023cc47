// What the tests of the feeds share: bytes in, rows out, as the Enricher would do it. For tests alone.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "events/json.h"
#include "rows/enriched_rows.h"
#include "rows/record_context.h"

namespace casebook {

// 2025-04-03T08:00:00Z, when all records of the tests came.
inline Timestamp TestReceivedAt() { return *ParseTimestamp("2025-04-03T08:00:00Z"); }

// Feeds records to one function of record_context.h.
class FeedUnderTest {
 public:
  using Function = MaybeFault (*)(const RecordContext&, EnrichedRows&);
  explicit FeedUnderTest(Function append) : append_(append) {}

  // The reason why the record was set aside, empty where it was not.
  std::string Add(std::string_view record, std::string_view source = "test.json") {
    std::string padded(record);
    padded.append(kJsonPadding, ' ');
    const RecordOrigin origin{.sequence = ++sequence_, .received_at = TestReceivedAt(), .source = source};
    const std::string_view bytes = std::string_view(padded).substr(0, record.size());
    MaybeFault fault = reader_.Open(bytes);
    if (!fault) fault = append_({reader_, bytes, origin, settings}, rows);
    return fault ? std::string(fault->reason) : std::string();
  }

  // `column|rule|text` of every issue, with the row's id checked to be there.
  std::vector<std::string> Issues() const {
    std::vector<std::string> issues;
    for (size_t i = 0; i < rows.value_issues.size(); ++i) {
      issues.push_back(std::string(rows.value_issues[ValueIssueColumn::kColumnName].Text(i)) + "|" +
                       std::string(rows.value_issues[ValueIssueColumn::kRule].Text(i)) + "|" +
                       std::string(rows.value_issues[ValueIssueColumn::kText].Text(i)));
    }
    return issues;
  }

  EnrichedRows rows;
  EnrichmentSettings settings;

 private:
  Function append_;
  JsonReader reader_;
  uint64_t sequence_ = 0;
};

// A value as a test reads it: `NULL`, the text, the number, the time, or `a,b` of a list.
template <typename ColumnEnum>
std::string Shown(const RowBatch& batch, ColumnEnum column_name, size_t row) {
  const ColumnVector& column = batch[column_name];
  if (column.IsNull(row)) return "NULL";
  switch (column.kind()) {
    case ColumnKind::kString:
    case ColumnKind::kJson:
    case ColumnKind::kBytes: return std::string(column.Text(row));
    case ColumnKind::kInt64:
    case ColumnKind::kNumeric: return std::to_string(column.Int64(row));
    case ColumnKind::kBool: return column.Int64(row) != 0 ? "true" : "false";
    case ColumnKind::kDate: return FormatDate({static_cast<int32_t>(column.Int64(row))});
    case ColumnKind::kTimestamp: return FormatTimestamp({column.Int64(row)});
    case ColumnKind::kFloat64: {
      std::ostringstream out;
      out << column.Float64(row);
      return out.str();
    }
    case ColumnKind::kStringArray: {
      std::string list;
      for (size_t i = 0; i < column.ListSize(row); ++i) {
        list += (i > 0 ? "," : "") + std::string(column.ListText(row, i));
      }
      return list;
    }
  }
  return "?";
}

// The row of `batch` whose `column` is `text`, from the end; fails the test where there is none.
template <typename ColumnEnum>
size_t RowWith(const RowBatch& batch, ColumnEnum column, std::string_view text) {
  for (size_t row = batch.size(); row-- > 0;) {
    if (Shown(batch, column, row) == text) return row;
  }
  ADD_FAILURE() << "no row with " << text;
  return 0;
}

inline std::string SampleText(const std::string& name) {
  std::ifstream file(std::string(CASEBOOK_SOURCE_DIR) + "/samples/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

inline std::vector<std::string> SampleLines(const std::string& name) {
  std::istringstream text(SampleText(name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

// `text` with `from` replaced by `to`, which must be in it.
inline std::string With(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

}  // namespace casebook
