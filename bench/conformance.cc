// conformance: measures the GoogleSQL front end and its engine against queries whose results are known.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "bench/conformance_case.h"
#include "bench/conformance_judge.h"
#include "bench/conformance_report.h"
#include "bench/conformance_workers.h"

namespace casebook::conformance {
namespace {

struct Arguments {
  std::vector<std::string> files;
  std::string out;
  std::set<std::string> areas;
  std::set<std::string> ids;
  int jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  int time_limit = 10;
  bool reasons = false;
  bool list_wrong = false;
  bool markdown = false;
};

// An area is named with its file, `compliance/json`, or for all files without.
bool IsChosen(const Case& item, const Arguments& arguments) {
  if (!arguments.ids.empty() && !arguments.ids.contains(item.id)) return false;
  const std::string bare = item.area.substr(item.area.find('/') + 1);
  return arguments.areas.empty() || arguments.areas.contains(item.area) || arguments.areas.contains(bare);
}

Outcome JudgeSafely(const Case& item, const Json& got) {
  try {
    return Judge(item, got);
  } catch (const Json::exception&) {
    return Outcome::kWrong;  // of another shape than expected
  }
}

Result<std::vector<Verdict>> RunChosen(const CaseSet& set, const Arguments& arguments) {
  std::vector<size_t> chosen;
  for (size_t i = 0; i < set.cases.size(); ++i) {
    if (IsChosen(set.cases[i], arguments)) chosen.push_back(i);
  }
  std::vector<Verdict> verdicts(set.cases.size());
  size_t ended = 0;
  const auto done = [&](size_t number, Json got) {
    const Case& item = set.cases[number];
    verdicts[number] = {&item, JudgeSafely(item, got), std::move(got)};
    if (++ended % 100 == 0) std::cerr << "\rconformance: " << ended << " of " << chosen.size() << std::flush;
  };
  RETURN_IF_ERROR(RunAll(set, chosen, {arguments.jobs, std::chrono::seconds(arguments.time_limit)}, done));
  if (ended >= 100) std::cerr << "\r\033[K";
  std::erase_if(verdicts, [](const Verdict& verdict) { return verdict.item == nullptr; });
  return verdicts;
}

Status RunConformance(const Arguments& arguments) {
  CaseSet set;
  for (const std::string& file : arguments.files) RETURN_IF_ERROR(ReadCases(file, set));
  ASSIGN_OR_RETURN(const std::vector<Verdict> verdicts, RunChosen(set, arguments));
  if (arguments.list_wrong) PrintFailures(verdicts, std::cout);
  if (arguments.list_wrong || arguments.reasons) PrintReasons(verdicts, std::cout);
  arguments.markdown ? PrintMarkdown(verdicts, std::cout) : PrintTable(verdicts, std::cout);
  if (arguments.out.empty()) return {};
  std::ofstream out(arguments.out);
  WriteVerdicts(verdicts, out);
  out.close();
  if (!out) return IoError("cannot write file \"" + arguments.out + "\"");
  return {};
}

}  // namespace
}  // namespace casebook::conformance

int main(int argc, char** argv) {
  casebook::conformance::Arguments arguments;
  CLI::App app("Measures GoogleSQL against queries whose results are known");
  app.add_option("FILE", arguments.files, "files of cases, one JSON object a line")->required();
  app.add_option("--out", arguments.out, "write the outcome of each case to this file");
  app.add_option("--area", arguments.areas, "only cases of this area: json, or compliance/json");
  app.add_option("--id", arguments.ids, "only the case of this id");
  app.add_option("--jobs", arguments.jobs, "how many cases run at once")->check(CLI::PositiveNumber);
  app.add_option("--time-limit", arguments.time_limit, "seconds a case may take")->check(CLI::PositiveNumber);
  app.add_flag("--reasons", arguments.reasons, "print why cases were refused or failed, the most frequent first");
  app.add_flag("--list-wrong", arguments.list_wrong, "print each case that did not pass, and the reasons");
  app.add_flag("--markdown", arguments.markdown, "print the table as docs/googlesql.md has it");
  CLI11_PARSE(app, argc, argv);
  const casebook::Status status = casebook::conformance::RunConformance(arguments);
  if (!status.ok()) {
    std::cerr << "conformance: " << status.error().message << '\n';
    return 1;
  }
  return 0;
}
