// Centre: the contact centre as a discrete-event simulation. Calls, chats, e-mails and tasks wait in queues until an
// agent who serves the queue is free; so waits, abandonment, service level and occupancy follow from one another.
//
// Runs slice by slice; what is under way at a slice's end goes on in the next. Exactly as many contacts come about
// as were asked for: what no cause brought are calls that the menu settles.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "simulator/agenda.h"
#include "simulator/calendar.h"
#include "simulator/case_desk.h"
#include "simulator/config.h"
#include "simulator/contact.h"
#include "simulator/customers.h"
#include "simulator/demand.h"
#include "simulator/random.h"
#include "simulator/slab.h"
#include "simulator/staff.h"

namespace casebook {

enum class AgentMoment : uint8_t {
  kLogin,
  kBreak,
  kLunch,
  kBack,
  kLogout
};

struct AgentChange {
  int64_t time = 0;
  int64_t since = 0;  // of the status before
  uint16_t agent = 0;
  AgentMoment moment = AgentMoment::kLogin;
  AgentMoment before = AgentMoment::kLogin;
};

struct CentreCounts {
  uint64_t queued = 0, answered = 0, abandoned = 0, answered_in_time = 0;  // calls
  double busy_s = 0, staffed_s = 0;                                        // of all agents
};

class Centre {
 public:
  Centre(const SimulationConfig& config, uint64_t seed, uint64_t contacts, const Calendar& calendar,
         const Period& period, const Demand& demand, const Customers& customers, Staff& staff, CaseDesk& desk,
         Agenda& agenda);

  // Everything in the slice but what EndDay() of the desk adds.
  void RunDay(int day);
  // Calls that the menu settles, up to what is due by now; after the last slice nothing is left under way.
  void EndDay(int day);

  // That ended in the slice, in order of their ends; valid until the next RunDay().
  const std::vector<Contact>& finished() const { return finished_; }
  const std::vector<AgentChange>& agent_changes() const { return agent_changes_; }
  // Calls `visit` for each contact that waits and is not announced yet, and marks it announced.
  template <typename Visit>
  void AnnounceWaiting(const Visit& visit) {
    for (uint32_t place = 0; place < contacts_.size(); ++place) {
      Contact& contact = contacts_[place];
      if (!contact.in_use || contact.is_announced || !contact.IsQueued()) continue;
      visit(static_cast<const Contact&>(contact));
      contact.is_announced = true;
    }
  }

  uint64_t contacts_made() const { return made_; }
  size_t pending() const { return contacts_.used(); }
  const CentreCounts& counts() const { return counts_; }

 private:
  struct Return {
    uint32_t stamp = 0;
    bool in_use = false;
    Contact like;  // channel, intent, customer and case of the contact that is tried again
  };

  void Handle(const Happening& happening);
  void PlanStaff(int day);
  bool HasBudget() const { return made_ + 1 < budget_; }
  uint32_t NewContact(Channel channel, Method method, int64_t now);
  void Arrive(Channel channel, uint8_t intent, uint32_t customer, int64_t now);
  void ArriveLike(const Contact& like, int64_t now);
  void Begin(uint32_t place, int64_t now);
  void OnFirstArrival(uint32_t index, int64_t now);
  void OnChase(uint32_t place, uint32_t stamp, int64_t now);
  void OnCallAbout(uint32_t place, uint32_t stamp, int64_t now);
  void OnEnqueue(uint32_t place, int64_t now);
  void OnPatienceEnds(uint32_t place, int64_t now);
  void OnCallbackTaken(uint32_t place, int64_t now);
  void OnContactEnds(uint32_t place, int64_t now);
  void OnAgentFree(uint16_t agent, Channel channel, int64_t now);
  void OnShift(const Happening& happening);
  void OnBreak(const Happening& happening);

  bool CanTake(const Agent& agent, Channel channel) const;
  uint16_t FindAgent(QueueId queue, int64_t now) const;
  void GiveWork(uint16_t agent, int64_t now);
  uint32_t TakeNext(const Agent& agent, int64_t now);
  uint32_t FirstWaiting(QueueId queue);
  void Connect(uint32_t place, uint16_t agent, int64_t now);
  void PlanTalk(Contact& contact);
  void PlanHolds(Contact& contact);
  void PlanEnding(uint32_t place);
  void Transfer(uint32_t place, int64_t now);
  double ExpectedWaitSeconds(QueueId queue) const;
  void Finish(uint32_t place);
  void Rest(uint16_t agent, int64_t now);
  void Leave(uint16_t agent, int64_t now);
  void Note(uint16_t agent, AgentMoment moment, int64_t now);
  void Count(const Contact& contact);
  void AddSettledByMenu(int day);
  void CloseBooks();

  const SimulationConfig& config_;
  const Calendar& calendar_;
  const Period& period_;
  const Demand& demand_;
  const Customers& customers_;
  Staff& staff_;
  CaseDesk& desk_;
  Agenda& agenda_;
  Random random_;
  uint64_t budget_;
  uint64_t made_ = 0;
  double due_ = 0;  // contacts, by the end of the slice

  std::vector<FirstArrival> arrivals_;
  Slab<Contact> contacts_;
  Slab<Return> returns_;
  std::array<std::deque<std::pair<uint32_t, uint32_t>>, kQueueCount> queues_;  // place and stamp; may hold who left
  std::array<uint32_t, kQueueCount> waiting_{};
  std::vector<Contact> finished_;
  std::vector<AgentChange> agent_changes_;
  std::vector<AgentMoment> last_moment_;  // by agent

  // What a team's work was against its forecast, learned day by day.
  std::array<double, kTeamCount> load_factor_{1.85, 1.75, 2.2, 1.15};
  std::array<double, kTeamCount> worked_s_{};
  std::array<double, kTeamCount> forecast_s_{};
  CentreCounts counts_;
};

}  // namespace casebook
