// CaseLife: how long a case stays open, so that complaints keep the shares that regulators ask for and a given share
// of all cases is open at the end.
#pragma once

#include <cstdint>
#include <vector>

#include "simulator/calendar.h"
#include "simulator/config.h"
#include "simulator/demand.h"
#include "simulator/random.h"

namespace casebook {

class CaseLife {
 public:
  // `cases_by_day`: how many are opened in each slice.
  CaseLife(const SimulationConfig& config, const Calendar& calendar, const Period& period,
           std::vector<uint64_t> cases_by_day, uint64_t seed);

  // To be called at the start of each slice.
  void BeginDay(int day);
  // When a case that was opened or reopened at `opened` closes. `handled_until` is when the contact that opened it
  // is over. At or after the period's end: it stays open.
  int64_t PlanClosure(int64_t opened, int64_t handled_until, bool is_complaint, Random& random);

 private:
  int64_t DrawClosure(int64_t opened, int64_t handled_until, bool is_complaint, Random& random) const;
  int64_t DrawComplaintClosure(int64_t opened, Random& random) const;
  int64_t InOfficeHours(int64_t time, Random& random) const;
  double ShareOpenAfter(int64_t life) const;

  const SimulationConfig& config_;
  const Calendar& calendar_;
  const Period& period_;
  std::vector<uint64_t> cases_by_day_;
  std::vector<int64_t> lives_;  // a sample, in order
  double open_quota_ = 0;       // that may still be left open
  double keep_ = 1;             // share of those open at the end by their nature that are left so
};

}  // namespace casebook
