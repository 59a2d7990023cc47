#include "app/row_writer.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <sstream>
#include <string>

#include "app/table_writer.h"

namespace casebook {
namespace {

using Rows = std::vector<std::vector<AnswerValue>>;

const std::vector<AnswerColumn> kColumns = {{"subject", TypeKind::kString}, {"count", TypeKind::kInt64}};
const Rows kRows = {{std::string("Billing"), int64_t{12}}, {AnswerValue(), int64_t{3}}, {std::string(), AnswerValue()}};

std::string Written(OutputFormat format, const std::vector<AnswerColumn>& columns, const Rows& rows,
                    TableStyle style = {}) {
  std::ostringstream out;
  WriteRows(*MakeRowWriter(format, out, style), columns, rows);
  return out.str();
}

TEST(RowWriterTest, TableIsAlignedAndCounted) {
  EXPECT_EQ(Written(OutputFormat::kTable, kColumns, kRows),
            "+---------+-------+\n"
            "| subject | count |\n"
            "+---------+-------+\n"
            "| Billing |    12 |\n"
            "| NULL    |     3 |\n"
            "|         |  NULL |\n"
            "+---------+-------+\n"
            "(3 rows)\n");
}

TEST(RowWriterTest, EmptyTableHasItsHead) {
  EXPECT_EQ(Written(OutputFormat::kTable, {{"n", TypeKind::kInt64}}, {}), "+---+\n| n |\n+---+\n+---+\n(0 rows)\n");
}

TEST(RowWriterTest, TableCutsOnlyWhatDoesNotFit) {
  const std::vector<AnswerColumn> columns = {{"id", TypeKind::kInt64}, {"text", TypeKind::kString}};
  const Rows rows = {{int64_t{7}, std::string(100, 'x')}};
  const std::string cut = Written(OutputFormat::kTable, columns, rows, {.max_width = 30});
  EXPECT_NE(cut.find("|  7 | " + std::string(20, 'x') + "… |\n"), std::string::npos) << cut;
  const std::string whole = Written(OutputFormat::kTable, columns, rows);
  EXPECT_NE(whole.find(std::string(100, 'x')), std::string::npos);
}

TEST(RowWriterTest, TableWrapsAtBlanks) {
  const Rows rows = {{int64_t{7}, std::string("the quick brown fox")}};
  const std::vector<AnswerColumn> columns = {{"id", TypeKind::kInt64}, {"text", TypeKind::kString}};
  EXPECT_EQ(Written(OutputFormat::kTable, columns, rows, {.max_width = 19, .wrap = true, .row_count = false}),
            "+----+------------+\n"
            "| id | text       |\n"
            "+----+------------+\n"
            "|  7 | the quick  |\n"
            "|    | brown fox  |\n"
            "+----+------------+\n");
}

TEST(RowWriterTest, TableAlignsWideLetters) {
  const Rows rows = {{std::string("電気")}, {std::string("👍 ok\nthen")}, {std::string("Zoë")}};
  EXPECT_EQ(Written(OutputFormat::kTable, {{"t", TypeKind::kString}}, rows, {.row_count = false}),
            "+------------+\n"
            "| t          |\n"
            "+------------+\n"
            "| 電気       |\n"
            "| 👍 ok↵then |\n"
            "| Zoë        |\n"
            "+------------+\n");
}

TEST(RowWriterTest, TableOfManyRowsKeepsNoneOfThem) {
  Rows rows(kRowsMeasured + 5, {int64_t{1}});
  const std::string text = Written(OutputFormat::kTable, {{"n", TypeKind::kInt64}}, rows);
  EXPECT_NE(text.find("(10005 rows)"), std::string::npos);
}

TEST(RowWriterTest, CsvTellsNullFromEmpty) {
  EXPECT_EQ(Written(OutputFormat::kCsv, kColumns, kRows), "subject,count\nBilling,12\n,3\n\"\",\n");
}

// Goal: what CSV holds can be read back exactly. Method: random texts of the awkward letters, read by RFC 4180.
std::vector<std::vector<std::optional<std::string>>> ReadCsv(const std::string& text) {
  std::vector<std::vector<std::optional<std::string>>> lines;
  std::vector<std::optional<std::string>> line;
  std::string cell;
  bool was_quoted = false;
  bool in_quotes = false;
  const auto end_cell = [&] {
    line.push_back(cell.empty() && !was_quoted ? std::nullopt : std::make_optional(cell));
    cell.clear();
    was_quoted = false;
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_quotes) {
      if (c != '"') {
        cell.push_back(c);
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell.push_back(text[++i]);
      } else {
        in_quotes = false;
      }
    } else if (c == '"') {
      in_quotes = was_quoted = true;
    } else if (c == ',') {
      end_cell();
    } else if (c == '\n') {
      end_cell();
      lines.push_back(std::exchange(line, {}));
    } else {
      cell.push_back(c);
    }
  }
  return lines;
}

TEST(RowWriterTest, CsvReadsBackAsItWas) {
  std::mt19937 random(7);
  const std::string letters = "a,\"\r\n é ;\t";
  Rows rows;
  for (int i = 0; i < 2000; ++i) {
    std::vector<AnswerValue> row;
    for (int k = 0; k < 2; ++k) {
      if (random() % 4 == 0) {
        row.emplace_back();
        continue;
      }
      std::string text;
      for (size_t n = random() % 6; n > 0; --n) text.push_back(letters[random() % letters.size()]);
      row.emplace_back(text);
    }
    rows.push_back(row);
  }
  const std::vector<AnswerColumn> columns = {{"a", TypeKind::kString}, {"b,\"", TypeKind::kString}};
  const auto lines = ReadCsv(Written(OutputFormat::kCsv, columns, rows));
  ASSERT_EQ(lines.size(), rows.size() + 1);
  EXPECT_EQ(lines[0][1], "b,\"");
  for (size_t i = 0; i < rows.size(); ++i) {
    for (size_t k = 0; k < 2; ++k) {
      const AnswerValue& value = rows[i][k];
      EXPECT_EQ(lines[i + 1][k], value.is_null() ? std::nullopt : std::make_optional(value.text()));
    }
  }
}

TEST(RowWriterTest, TsvEscapesAndMarksNull) {
  const Rows rows = {{std::string("a\tb\\\n")}, {AnswerValue()}, {std::string()}};
  EXPECT_EQ(Written(OutputFormat::kTsv, {{"t", TypeKind::kString}}, rows), "t\na\\tb\\\\\\n\n\\N\n\n");
}

TEST(RowWriterTest, JsonIsAListOfObjects) {
  EXPECT_EQ(Written(OutputFormat::kJson, kColumns, kRows),
            "[\n"
            "  {\"subject\":\"Billing\",\"count\":12},\n"
            "  {\"subject\":null,\"count\":3},\n"
            "  {\"subject\":\"\",\"count\":null}\n"
            "]\n");
  EXPECT_EQ(Written(OutputFormat::kJson, kColumns, {}), "[]\n");
}

TEST(RowWriterTest, JsonLinesAreOneObjectALine) {
  EXPECT_EQ(Written(OutputFormat::kJsonl, kColumns, {kRows[0]}), "{\"subject\":\"Billing\",\"count\":12}\n");
}

TEST(RowWriterTest, MarkdownEscapesItsOwnMarks) {
  const Rows rows = {{std::string("a|b\nc"), int64_t{1}}};
  EXPECT_EQ(Written(OutputFormat::kMarkdown, kColumns, rows),
            "| subject | count |\n| --- | ---: |\n| a\\|b<br>c | 1 |\n");
}

}  // namespace
}  // namespace casebook
