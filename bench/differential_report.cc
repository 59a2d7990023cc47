#include "bench/differential_report.h"

#include <algorithm>
#include <array>
#include <compare>
#include <iomanip>
#include <map>
#include <ostream>
#include <string>

#include "base/result.h"

namespace casebook::differential {
namespace {

constexpr size_t kComparisons = 6;
constexpr size_t kMaxShown = 600;
constexpr size_t kMaxReason = 80;

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

enum class Side { kValues, kFault, kCasebookFails, kEvaluatorFails, kEvaluatorRefuses };

struct Cause {
  Side side = Side::kValues;
  std::string reason;
  auto operator<=>(const Cause&) const = default;
};

const char* SideName(Side side) {
  switch (side) {
    case Side::kValues: return "other values";
    case Side::kFault: return "not accepted by the engine";
    case Side::kCasebookFails: return "only Casebook fails";
    case Side::kEvaluatorFails: return "only the evaluator fails";
    case Side::kEvaluatorRefuses: return "refused by the evaluator, answered here";
  }
  Unreachable();
}

// Without numbers and what stands in quotes, so that messages alike come together.
std::string Reason(const Json& answer) {
  const std::string text = answer.at("error").get<std::string>();
  std::string reason;
  bool quoted = false;
  for (const char c : text.substr(0, text.find(" [at "))) {
    if (reason.size() >= kMaxReason) break;
    const bool quote = c == '\'' || c == '"';
    if (quote) quoted = !quoted;
    if (c >= '0' && c <= '9') {
      if (!quoted && !reason.ends_with('#')) reason += '#';
    } else if (!quoted || quote) {
      reason += c;
    }
  }
  return reason;
}

Cause CauseOf(Comparison comparison, const Verdict& verdict) {
  const Json& expected = verdict.item->expected;
  if (comparison == Comparison::kEvaluatorRefuses) return {Side::kEvaluatorRefuses, Reason(expected)};
  if (verdict.got.value("fault", false) || verdict.got.value("crashed", false)) {
    return {Side::kFault, Reason(verdict.got)};
  }
  if (verdict.got.contains("error")) return {Side::kCasebookFails, Reason(verdict.got)};
  if (expected.contains("error")) return {Side::kEvaluatorFails, Reason(expected)};
  return {Side::kValues, ""};
}

void PrintBoth(const Verdict& verdict, std::ostream& out) {
  out << "  " << verdict.item->id << ' ' << verdict.item->area << "\n    " << verdict.item->sql << "\n    evaluator: "
      << Shown(verdict.item->expected) << "\n    casebook:  " << Shown(verdict.got) << '\n';
}

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
  // By side, then the most frequent cause first, the shortest question of each first.
  std::map<Cause, std::vector<const Verdict*>> groups;
  for (const Verdict& verdict : verdicts) {
    const Comparison comparison = Compare(*verdict.item, verdict.got);
    if (comparison != Comparison::kDiffer && comparison != Comparison::kEvaluatorRefuses) continue;
    groups[CauseOf(comparison, verdict)].push_back(&verdict);
  }
  std::vector<std::pair<Cause, std::vector<const Verdict*>>> sorted(groups.begin(), groups.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return a.first.side != b.first.side ? a.first.side < b.first.side : a.second.size() > b.second.size();
  });
  for (auto& [cause, group] : sorted) {
    std::stable_sort(group.begin(), group.end(),
                     [](const Verdict* a, const Verdict* b) { return a->item->sql.size() < b->item->sql.size(); });
    out << group.size() << " × " << SideName(cause.side) << (cause.reason.empty() ? "" : ": ") << cause.reason << '\n';
    // What the other language lacks is a reason, no difference: one question shows it.
    if (cause.side == Side::kEvaluatorRefuses) group.resize(1);
    for (const Verdict* verdict : group) PrintBoth(*verdict, out);
    out << '\n';
  }
}

}  // namespace casebook::differential
