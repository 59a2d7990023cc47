#include "bench/conformance_report.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <ostream>
#include <string>
#include <utility>

namespace casebook::conformance {
namespace {

constexpr size_t kMaxShownBytes = 700;
constexpr size_t kOutcomes = 4;

struct Counts {
  std::array<int, kOutcomes> by_outcome{};

  int operator[](Outcome outcome) const { return by_outcome[static_cast<size_t>(outcome)]; }
  void Add(Outcome outcome) { ++by_outcome[static_cast<size_t>(outcome)]; }
  int total() const { return by_outcome[0] + by_outcome[1] + by_outcome[2] + by_outcome[3]; }
};

double Percent(const Counts& counts) {
  return counts.total() == 0 ? 0 : 100.0 * counts[Outcome::kPassed] / counts.total();
}

std::string CountsLine(const std::string& name, const Counts& counts) {
  std::array<char, 200> line{};
  std::snprintf(line.data(), line.size(), "%-46s %6d %7d %6d %8d %8d %6.1f %%\n", name.c_str(), counts.total(),
                counts[Outcome::kPassed], counts[Outcome::kWrong], counts[Outcome::kRefused], counts[Outcome::kCrashed],
                Percent(counts));
  return line.data();
}

std::string HeadLine(const std::string& name) {
  std::array<char, 200> line{};
  std::snprintf(line.data(), line.size(), "%-46s %6s %7s %6s %8s %8s\n", name.c_str(), "cases", "passed", "wrong",
                "refused", "crashed");
  return line.data();
}

Counts PrintAreas(const std::string& title, const std::vector<Verdict>& verdicts, bool refusable, std::ostream& out) {
  std::map<std::string, Counts> areas;
  Counts total;
  for (const Verdict& verdict : verdicts) {
    if (verdict.item->refusable != refusable) continue;
    areas[verdict.item->area].Add(verdict.outcome);
    total.Add(verdict.outcome);
  }
  if (areas.empty()) return total;
  out << HeadLine(title);
  for (const auto& [area, counts] : areas) out << CountsLine(area, counts);
  out << CountsLine("total", total) << '\n';
  return total;
}

void PrintMarkdownRow(const std::string& name, const Counts& counts, std::ostream& out) {
  out << "| " << name;
  for (const int count : {counts.total(), counts[Outcome::kPassed], counts[Outcome::kWrong], counts[Outcome::kRefused],
                          counts[Outcome::kCrashed]}) {
    out << " | " << count;
  }
  std::array<char, 32> percent{};
  std::snprintf(percent.data(), percent.size(), " | %.1f %% |\n", Percent(counts));
  out << percent.data();
}

// `Function X is not supported` of `Function X is not supported at [3:8]`.
std::string WithoutPlace(const std::string& message) {
  const size_t place = message.rfind(" at [");
  return message.substr(0, place);
}

// Messages that differ in their numbers only are one reason.
std::string Reason(const Json& got) {
  std::string reason;
  for (const char c : WithoutPlace(got.at("error").get<std::string>())) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !reason.empty() && reason.back() == '#') continue;
    reason.push_back(digit && (reason.empty() || reason.back() == ' ') ? '#' : c);
  }
  return reason;
}

void PrintReasonsOf(const std::string& title, const std::vector<Verdict>& verdicts, Outcome outcome,
                    std::ostream& out) {
  std::map<std::string, std::pair<int, std::string>> reasons;  // how often, and an example
  for (const Verdict& verdict : verdicts) {
    if (verdict.outcome != outcome || verdict.item->refusable) continue;
    const std::string reason = verdict.got.contains("error") ? Reason(verdict.got) : "another result";
    auto& [count, example] = reasons[reason];
    if (++count == 1) example = verdict.item->id;
  }
  std::vector<std::pair<std::string, std::pair<int, std::string>>> sorted(reasons.begin(), reasons.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.first > b.second.first; });
  if (!sorted.empty()) out << title << '\n';
  for (const auto& [reason, known] : sorted) {
    out << "  ×" << known.first << "  " << reason.substr(0, kMaxShownBytes) << "  (" << known.second << ")\n";
  }
  if (!sorted.empty()) out << '\n';
}

// A result without its column names where they are the same for all.
std::string Compact(const Json& result) {
  std::string line =
      ToLine(result.contains("rows") ? Json{{"columns", result["columns"]}, {"rows", result["rows"]}} : result);
  if (line.size() > kMaxShownBytes) line = line.substr(0, kMaxShownBytes) + "…";
  return line;
}

}  // namespace

void WriteVerdicts(const std::vector<Verdict>& verdicts, std::ostream& out) {
  for (const Verdict& verdict : verdicts) {
    Json got = verdict.got.contains("rows") ? Spread(*verdict.item, verdict.got) : verdict.got;
    got.erase("crashed");
    got.erase("fault");
    out << ToLine({{"id", verdict.item->id}, {"outcome", OutcomeName(verdict.outcome)}, {"got", got}}) << '\n';
  }
}

void PrintTable(const std::vector<Verdict>& verdicts, std::ostream& out) {
  PrintAreas("refusable", verdicts, true, out);
  const Counts counted = PrintAreas("area", verdicts, false, out);
  std::array<char, 120> line{};
  std::snprintf(line.data(), line.size(), "%.1f %% passed: %d of %d, without the refusable\n", Percent(counted),
                counted[Outcome::kPassed], counted.total());
  out << line.data();
}

void PrintMarkdown(const std::vector<Verdict>& verdicts, std::ostream& out) {
  std::map<std::string, Counts> areas;
  Counts total;
  Counts refusable;
  for (const Verdict& verdict : verdicts) {
    if (verdict.item->refusable) {
      refusable.Add(verdict.outcome);
    } else {
      areas[verdict.item->area].Add(verdict.outcome);
      total.Add(verdict.outcome);
    }
  }
  out << "| Area | Cases | Passed | Wrong | Refused | Crashed | |\n|---|--:|--:|--:|--:|--:|--:|\n";
  PrintMarkdownRow("**all that counts**", total, out);
  for (const auto& [area, counts] : areas) PrintMarkdownRow(area, counts, out);
  PrintMarkdownRow("may be refused", refusable, out);
}

void PrintReasons(const std::vector<Verdict>& verdicts, std::ostream& out) {
  PrintReasonsOf("refused:", verdicts, Outcome::kRefused, out);
  PrintReasonsOf("wrong:", verdicts, Outcome::kWrong, out);
  PrintReasonsOf("crashed:", verdicts, Outcome::kCrashed, out);
}

void PrintFailures(const std::vector<Verdict>& verdicts, std::ostream& out) {
  for (const Verdict& verdict : verdicts) {
    if (verdict.outcome == Outcome::kPassed) continue;
    const Case& item = *verdict.item;
    out << "-- " << OutcomeName(verdict.outcome) << ": " << item.id << (item.refusable ? " (refusable)" : "") << '\n'
        << item.sql << '\n';
    for (const auto& [name, expression] : item.parameters) out << "@" << name << ": " << expression << '\n';
    out << "expected " << Compact(item.expected) << '\n' << "got      " << Compact(verdict.got) << "\n\n";
  }
}

}  // namespace casebook::conformance
