// Simulation: the parts of the model put together, and the one loop over the days of the period.
//
// Within this folder; others call Simulate().
#pragma once

#include <optional>
#include <vector>

#include "simulator/agenda.h"
#include "simulator/calendar.h"
#include "simulator/case_desk.h"
#include "simulator/centre.h"
#include "simulator/config.h"
#include "simulator/contact_event_format.h"
#include "simulator/customers.h"
#include "simulator/delivery.h"
#include "simulator/demand.h"
#include "simulator/output.h"
#include "simulator/record_updates.h"
#include "simulator/simulate.h"
#include "simulator/staff.h"
#include "simulator/wire_context.h"

namespace casebook {

// How many of each there shall be.
struct SimulationTotals {
  uint64_t cases = 0;
  uint64_t case_events = 0;
  uint64_t contacts = 0;
  uint64_t contact_events = 0;
};

class Simulation {
 public:
  Simulation(const SimulationOptions& options, SimulationConfig config, SimulationTotals totals, Period period,
             const Output& output);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  Result<SimulationSummary> Run();

 private:
  Status WriteReferences();
  Status WriteAccounts();
  Status RunDay(int day);
  Status SendContacts(int day);
  void SendContactEvents(const Contact& contact, uint64_t updates);
  void SendContactEvent(const Contact& contact, const ContactMoment& moment);
  void SendContactRecords(int day);
  void SendRecord(const Contact& contact, const RecordVersion& version);
  void SendCaseEvents();
  void SendAgentEvents();
  Status Flush(Delivery& feed, int day);
  Status CheckTotals() const;
  SimulationSummary Summarise() const;

  const SimulationOptions& options_;
  const SimulationConfig config_;
  const SimulationTotals totals_;
  const Period period_;
  const Output& output_;

  Calendar calendar_;
  Demand demand_;
  Customers customers_;
  Staff staff_;
  Agenda agenda_;
  CaseDesk desk_;
  Centre centre_;
  WireContext context_;
  RecordUpdates updates_;

  Delivery case_events_;
  Delivery contact_events_;
  Delivery contact_records_;
  Delivery agent_events_;
  Delivery transcripts_;
  double contact_events_due_ = 0;
  uint64_t contact_events_made_ = 0;
  uint64_t finished_ = 0;  // contacts
  uint64_t agent_events_made_ = 0;
  uint64_t pending_max_ = 0;
  uint64_t waiting_bytes_ = 0;
  uint64_t waiting_bytes_max_ = 0;
  uint64_t reference_bytes_ = 0;
  std::vector<ContactMoment> moments_;  // of one contact, reused
};

}  // namespace casebook
