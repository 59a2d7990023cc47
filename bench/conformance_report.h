// What a run came to, for people: a table by area, the reasons of failures, and the failing cases one by one.
#pragma once

#include <iosfwd>
#include <vector>

#include "bench/conformance_judge.h"

namespace casebook::conformance {

struct Verdict {
  const Case* item = nullptr;  // borrowed
  Outcome outcome = Outcome::kWrong;
  Json got;
};

// {"id", "outcome", "got"}, a line each.
void WriteVerdicts(const std::vector<Verdict>& verdicts, std::ostream& out);

// Areas that count, those that may be refused, the totals and the share that passed.
void PrintTable(const std::vector<Verdict>& verdicts, std::ostream& out);

// The same for a page of documentation.
void PrintMarkdown(const std::vector<Verdict>& verdicts, std::ostream& out);

// Why cases were refused or failed where they should not, the most frequent first.
void PrintReasons(const std::vector<Verdict>& verdicts, std::ostream& out);

// SQL, expected and got of each case that did not pass.
void PrintFailures(const std::vector<Verdict>& verdicts, std::ostream& out);

}  // namespace casebook::conformance
