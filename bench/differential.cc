// differential: random questions to Casebook and to GoogleSQL's own reference evaluator, and where they differ.
#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "bench/conformance_workers.h"
#include "bench/differential_ask.h"
#include "bench/differential_queries.h"
#include "bench/differential_report.h"

namespace casebook::differential {
namespace {

using conformance::CaseSet;

struct Arguments {
  std::string ask;
  std::string out;
  QuestionOptions questions;
  int jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  int time_limit = 10;
  bool print = false;
};

Status CheckEvaluator(const std::string& program) {
  if (program.empty()) return NotFound("name GoogleSQL's reference evaluator with --ask PATH");
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(program, ignored) || access(program.c_str(), X_OK) != 0) {
    return NotFound("there is no evaluator \"" + program + "\"; name GoogleSQL's reference evaluator with --ask PATH");
  }
  return {};
}

Result<std::vector<Verdict>> AnswerAll(const CaseSet& set, const Arguments& arguments) {
  std::vector<size_t> chosen(set.cases.size());
  for (size_t i = 0; i < chosen.size(); ++i) chosen[i] = i;
  std::vector<Verdict> verdicts(set.cases.size());
  const auto done = [&](size_t number, Json got) {
    verdicts[number] = {&set.cases[number], conformance::Outcome::kWrong, std::move(got)};
  };
  RETURN_IF_ERROR(conformance::RunAll(set, chosen, {arguments.jobs, std::chrono::seconds(arguments.time_limit)}, done));
  return verdicts;
}

// Every question with both answers, a line each.
Status WriteAll(const std::vector<Verdict>& verdicts, const std::string& path) {
  std::ofstream out(path);
  for (const Verdict& verdict : verdicts) {
    const Case& item = *verdict.item;
    out << conformance::ToLine({{"id", item.id},
                                {"family", item.area},
                                {"comparison", ComparisonName(Compare(item, verdict.got))},
                                {"sql", item.sql},
                                {"evaluator", item.expected},
                                {"casebook", verdict.got}})
        << '\n';
  }
  out.close();
  return out ? Status() : IoError("cannot write file \"" + path + "\"");
}

Status RunDifferential(const Arguments& arguments) {
  if (!arguments.print) RETURN_IF_ERROR(CheckEvaluator(arguments.ask));
  ASSIGN_OR_RETURN(CaseSet set, MakeQuestions(arguments.questions));
  if (arguments.print) {
    for (const Case& item : set.cases) std::cout << item.sql << ";\n";
    return {};
  }
  RETURN_IF_ERROR(AskAll(arguments.ask, set));
  ASSIGN_OR_RETURN(const std::vector<Verdict> verdicts, AnswerAll(set, arguments));
  PrintDifferences(verdicts, std::cout);
  PrintComparisons(verdicts, std::cout);
  return arguments.out.empty() ? Status() : WriteAll(verdicts, arguments.out);
}

}  // namespace
}  // namespace casebook::differential

int main(int argc, char** argv) {
  casebook::differential::Arguments arguments;
  CLI::App app("Asks Casebook and GoogleSQL's reference evaluator the same random questions");
  app.add_option("--ask", arguments.ask, "the evaluator's program");
  app.add_option("--count", arguments.questions.count, "how many questions")->check(CLI::PositiveNumber);
  app.add_option("--seed", arguments.questions.seed, "the same questions for the same seed");
  app.add_option("--family", arguments.questions.family, "only questions of this family: math, windows");
  app.add_option("--out", arguments.out, "write every question with both answers to this file");
  app.add_option("--jobs", arguments.jobs, "how many questions are answered here at once")->check(CLI::PositiveNumber);
  app.add_option("--time-limit", arguments.time_limit, "seconds a question may take")->check(CLI::PositiveNumber);
  app.add_flag("--print", arguments.print, "print the questions and ask nobody");
  CLI11_PARSE(app, argc, argv);
  const casebook::Status status = casebook::differential::RunDifferential(arguments);
  if (!status.ok()) {
    std::cerr << "differential: " << status.error().message << '\n';
    return 1;
  }
  return 0;
}
