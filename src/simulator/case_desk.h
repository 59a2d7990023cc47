// CaseDesk: opens cases, keeps them moving, closes and reopens them, so that exactly as many cases and case events
// come about as were asked for.
//
// Centre tells it of contacts; it tells Agenda what will happen to a case. Once a slice is over, the changes of the
// slice are taken in order of time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "simulator/agenda.h"
#include "simulator/calendar.h"
#include "simulator/case_life.h"
#include "simulator/config.h"
#include "simulator/contact.h"
#include "simulator/customers.h"
#include "simulator/demand.h"
#include "simulator/random.h"
#include "simulator/slab.h"
#include "simulator/staff.h"
#include "simulator/support_case.h"

namespace casebook {

class CaseDesk {
 public:
  struct Totals {
    uint64_t cases = 0;
    uint64_t case_events = 0;
  };

  CaseDesk(const SimulationConfig& config, uint64_t seed, Totals totals, const Calendar& calendar, const Period& period,
           const Demand& demand, const Customers& customers, const Staff& staff, Agenda& agenda);

  void BeginDay(int day);

  // An agent has `contact` on the line: links it to its case, reopens that, or opens one. Sets the contact's case.
  void OnHandled(Contact& contact, int64_t now);
  void OnCaseChange(const Happening& happening);
  void OnCaseCloses(const Happening& happening);

  // The case that a chase or a call is about; nullptr if it is over or forgotten.
  const SupportCase* Current(uint32_t place, uint32_t stamp) const;

  // Ends the slice: opens what contacts left of the day's cases, and adds what is done in passing until the number of
  // events is what it should be by now. The changes are in order of time and valid until BeginDay().
  void EndDay(int day);
  const std::vector<CaseChange>& changes() const { return today_; }
  SupportCase& CaseOf(const CaseChange& change) { return cases_[change.place]; }

  // Cases that are remembered.
  size_t pending() const { return cases_.used(); }
  uint64_t cases_opened() const { return opened_; }
  // Changes so far, all slices.
  uint64_t changes_made() const { return made_; }

 private:
  uint32_t Open(int64_t created, uint8_t intent, uint32_t customer, CaseOrigin origin, uint16_t agent,
                double complaint_share);
  void PlanCourse(uint32_t place, int64_t handled_until);
  void PlanVisits(uint32_t place);
  void Reopen(uint32_t place, const Contact& contact, int64_t now);
  // Events that nothing needs yet: of all that are asked for, less those made and those that must still come.
  int64_t Room() const;
  bool HasRoom() const;
  void Link(uint32_t place, Contact& contact, int64_t earliest);
  void Schedule(CaseChange change);
  void Make(CaseChange change);
  void Touch(uint32_t place, int64_t time);
  void SetOpen(uint32_t place, bool is_open);
  void OpenWithoutContact(int day);
  void AddWorkInPassing(int day);
  bool AddOneInPassing(uint32_t place, bool after_touch, bool in_hours);
  void DoInPassing(uint32_t place, int64_t time);
  void ForgetLeaving();

  const SimulationConfig& config_;
  const Calendar& calendar_;
  const Period& period_;
  const Demand& demand_;
  const Customers& customers_;
  const Staff& staff_;
  Agenda& agenda_;
  Random random_;
  CaseLife life_;
  Totals totals_;
  std::vector<uint64_t> cases_by_day_;
  double complaint_unit_ = 1;  // share of complaints for a factor of 1
  double events_due_ = 0;      // by the end of the slice
  uint64_t left_today_ = 0;    // cases still to be opened in this slice
  uint64_t opened_ = 0;
  uint64_t made_ = 0;
  uint64_t to_close_ = 0;  // open cases that will be closed
  int64_t slice_start_ = 0;
  int64_t slice_end_ = 0;

  Slab<SupportCase> cases_;
  Slab<CaseChange> coming_;
  std::vector<CaseChange> today_;
  std::vector<uint32_t> touched_;  // cases, each once
  std::vector<uint32_t> open_;     // cases, each once
  std::vector<uint32_t> leaving_;
};

}  // namespace casebook
