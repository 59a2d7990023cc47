#include "app/ingest_report.h"

#include <array>
#include <cstdio>
#include <string>

#include "app/progress_line.h"
#include "queries/value_text.h"

namespace casebook {
namespace {

using Row = std::vector<AnswerValue>;

int64_t Count(uint64_t count) { return static_cast<int64_t>(count); }

FeedCounts Total(const IngestReport& report) {
  FeedCounts total;
  for (const FeedCounts& feed : report.feeds) {
    total.read += feed.read;
    total.added += feed.added;
    total.duplicate += feed.duplicate;
    total.set_aside += feed.set_aside;
  }
  return total;
}

Row FeedRow(std::string name, const FeedCounts& counts) {
  return {std::move(name), Count(counts.read), Count(counts.added), Count(counts.duplicate), Count(counts.set_aside)};
}

const std::vector<AnswerColumn> kFeedColumns = {{"feed", TypeKind::kString},
                                                {"read", TypeKind::kInt64},
                                                {"new", TypeKind::kInt64},
                                                {"duplicate", TypeKind::kInt64},
                                                {"set_aside", TypeKind::kInt64}};

std::vector<Row> FeedRows(const IngestReport& report) {
  std::vector<Row> rows;
  for (size_t i = 0; i < kFeedCount; ++i) {
    const FeedCounts& counts = report.feeds[i];
    if (counts.read + counts.added + counts.duplicate + counts.set_aside == 0) continue;
    rows.push_back(FeedRow(std::string(FeedName(static_cast<Feed>(i))), counts));
  }
  return rows;
}

void PrintTables(const IngestReport& report, const Console& console) {
  TableStyle style = console.Style();
  style.row_count = false;
  std::vector<Row> feeds = FeedRows(report);
  if (feeds.empty()) console.out << "no records\n";
  if (feeds.size() > 1) feeds.push_back(FeedRow("total", Total(report)));
  if (!feeds.empty()) WriteRows(*MakeRowWriter(OutputFormat::kTable, console.out, style), kFeedColumns, feeds);

  std::vector<Row> issues;
  for (const auto& [rule, count] : report.value_issues) issues.push_back({rule, Count(count)});
  if (!issues.empty()) {
    console.out << "\nvalues that could not be kept as sent, by rule (table value_issues):\n";
    WriteRows(*MakeRowWriter(OutputFormat::kTable, console.out, style),
              {{"rule", TypeKind::kString}, {"values", TypeKind::kInt64}}, issues);
  }
  if (Total(report).set_aside > 0) console.out << "\nrecords set aside are in the table rejects, with reasons\n";
}

void PrintDamage(const IngestReport& report, const Console& console) {
  console.out.flush();
  for (const std::string& damage : report.damage) console.err << "casebook: " << damage << '\n';
}

void PrintRate(const IngestReport& report, const Console& console) {
  if (!console.err_is_terminal) return;
  std::array<char, 64> text{};
  const double rate = report.seconds > 0 ? static_cast<double>(report.bytes) / 1e6 / report.seconds : 0;
  std::snprintf(text.data(), text.size(), " in %.1f s, %.1f MB/s", report.seconds, rate);
  console.out.flush();
  console.err << ByteText(report.bytes) << text.data() << '\n';
}

void PrintJson(const IngestReport& report, const Console& console) {
  std::string text = "{\"feeds\":[";
  const char* separator = "";
  for (const Row& row : FeedRows(report)) {
    text += separator;
    separator = ",";
    text += "{";
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += ",";
      AppendJsonQuoted(kFeedColumns[i].name, text);
      text += ":";
      AppendJson(kFeedColumns[i].type, row[i], text);
    }
    text += "}";
  }
  text += "],\"value_issues\":{";
  separator = "";
  for (const auto& [rule, count] : report.value_issues) {
    text += separator;
    separator = ",";
    AppendJsonQuoted(rule, text);
    text += ":" + std::to_string(count);
  }
  text += "},\"damage\":[";
  separator = "";
  for (const std::string& damage : report.damage) {
    text += separator;
    separator = ",";
    AppendJsonQuoted(damage, text);
  }
  text += "],\"bytes\":" + std::to_string(report.bytes) + ",\"seconds\":" + FloatText(report.seconds) + "}\n";
  console.out << text;
}

}  // namespace

void PrintReport(const IngestReport& report, bool as_json, const Console& console) {
  if (as_json) {
    PrintJson(report, console);
    return;
  }
  PrintTables(report, console);
  PrintDamage(report, console);
  PrintRate(report, console);
}

}  // namespace casebook
