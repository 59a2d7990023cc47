#include "bench/differential_report.h"

#include <algorithm>
#include <array>
#include <iomanip>
#include <map>
#include <ostream>
#include <string>

#include "base/result.h"

namespace casebook::differential {
namespace {

constexpr size_t kComparisons = 6;
constexpr size_t kMaxShown = 600;
constexpr size_t kMaxReason = 60;

std::string Shown(const Json& answer) {
  std::string line;
  if (answer.contains("error")) {
    line = "error: " + answer["error"].get<std::string>();
  } else {
    line = conformance::ToLine(answer.at("rows"));
    if (!answer["columns"].empty()) line += "  " + conformance::ToLine(answer["columns"][0]["type"]);
  }
  if (line.size() > kMaxShown) line = line.substr(0, kMaxShown) + " …";
  return line;
}

// Reasons alike come together without what stands in them of the query.
std::string Reason(const Json& answer) { return answer.at("error").get<std::string>().substr(0, kMaxReason); }

std::string CodeOf(const Case& item) { return item.expected.value("code", ""); }

bool Passes(const Case& item, const Json& got) {
  try {
    return conformance::Judge(item, got) == conformance::Outcome::kPassed;
  } catch (const Json::exception&) {
    return false;  // of another shape
  }
}

}  // namespace

const char* ComparisonName(Comparison comparison) {
  switch (comparison) {
    case Comparison::kAgree: return "agree";
    case Comparison::kBothFail: return "both fail";
    case Comparison::kWeRefuse: return "we refuse";
    case Comparison::kEvaluatorCannot: return "evaluator cannot";
    case Comparison::kEvaluatorRefuses: return "evaluator refuses";
    case Comparison::kDiffer: return "DIFFER";
  }
  Unreachable();
}

Comparison Compare(const Case& item, const Json& got) {
  if (got.value("crashed", false) || got.value("fault", false)) return Comparison::kDiffer;
  const bool unsupported = got.contains("error") && got.value("kind", "") == "unsupported";
  if (unsupported) return Comparison::kWeRefuse;
  if (!item.expected.contains("error")) return Passes(item, got) ? Comparison::kAgree : Comparison::kDiffer;
  const std::string code = CodeOf(item);
  if (code != "out_of_range" && code != "invalid_argument") return Comparison::kEvaluatorCannot;
  if (got.contains("error")) return Comparison::kBothFail;
  return code == "out_of_range" ? Comparison::kDiffer : Comparison::kEvaluatorRefuses;
}

void PrintComparisons(const std::vector<Verdict>& verdicts, std::ostream& out) {
  std::map<std::string, std::array<size_t, kComparisons>> families;
  for (const Verdict& verdict : verdicts) {
    const auto place = static_cast<size_t>(Compare(*verdict.item, verdict.got));
    ++families[verdict.item->area][place];
    ++families["~in all"][place];
  }
  out << std::left << std::setw(14) << "family" << std::right;
  for (size_t i = 0; i < kComparisons; ++i) out << std::setw(19) << ComparisonName(static_cast<Comparison>(i));
  out << '\n';
  for (const auto& [family, counts] : families) {
    out << std::left << std::setw(14) << (family[0] == '~' ? family.substr(1) : family) << std::right;
    for (const size_t count : counts) out << std::setw(19) << count;
    out << '\n';
  }
}

void PrintDifferences(const std::vector<Verdict>& verdicts, std::ostream& out) {
  std::map<std::string, std::pair<size_t, const Verdict*>> refusals;
  for (const Verdict& verdict : verdicts) {
    const Comparison comparison = Compare(*verdict.item, verdict.got);
    if (comparison == Comparison::kEvaluatorRefuses) {
      auto& [count, example] = refusals[Reason(verdict.item->expected)];
      if (++count == 1) example = &verdict;
    }
    if (comparison != Comparison::kDiffer) continue;
    out << verdict.item->id << ' ' << verdict.item->area << "\n  " << verdict.item->sql << "\n  evaluator: "
        << Shown(verdict.item->expected) << "\n  casebook:  " << Shown(verdict.got) << '\n';
  }
  std::vector<std::pair<size_t, const Verdict*>> sorted;
  for (const auto& [reason, refusal] : refusals) sorted.push_back(refusal);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (!sorted.empty()) out << "\nRefused by the evaluator and answered here:\n";
  for (const auto& [count, example] : sorted) {
    out << count << "  " << Shown(example->item->expected) << "\n   " << example->item->id << ' ' << example->item->sql
        << "\n   casebook: " << Shown(example->got) << '\n';
  }
  out << '\n';
}

}  // namespace casebook::differential
