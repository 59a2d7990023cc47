// Staff: the queues, the teams that serve them, the agents, and who works when.
//
// A team is planned for the demand that is forecast, storms not included. Used by Centre.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "simulator/agenda.h"
#include "simulator/calendar.h"
#include "simulator/config.h"
#include "simulator/contact.h"
#include "simulator/identity.h"
#include "simulator/random.h"
#include "simulator/vocabulary.h"

namespace casebook {

enum class Team : uint8_t {
  kVoice,
  kResolution,
  kDigital,
  kBackOffice
};
inline constexpr size_t kTeamCount = 4;

struct QueueInfo {
  std::string_view id;
  std::string_view name;
  std::string_view description;
  std::string_view line;  // the tag
  Channel channel = Channel::kVoice;
  bool is_enabled = true;
};
const QueueInfo& InfoOf(QueueId queue);

struct TeamInfo {
  std::string_view profile_id;  // routing profile
  std::string_view profile_name;
  std::string_view group_id;  // second level of the hierarchy
  std::string_view group_name;
  std::vector<QueueId> queues;
};
const TeamInfo& InfoOf(Team team);

inline constexpr std::string_view kTopGroupId = "70718293-a4b5-4c6d-8e7f-8091a2b3c4d5";
inline constexpr std::string_view kTopGroupName = "Customer Operations";

struct Agent {
  Uuid id;
  Team team = Team::kVoice;
  std::string_view first_name;
  std::string_view last_name;
  std::string username;

  // At the moment.
  bool is_on_shift = false;
  bool is_leaving = false;
  bool is_on_break = false;
  uint32_t break_due_min = 0;
  bool is_busy = false;  // with a call, an e-mail or a task
  uint8_t chats = 0;
  int64_t idle_since = 0;
  int64_t shift_began = 0;
  int64_t status_since = 0;  // of the last agent event

  bool IsFree() const { return !is_busy && chats == 0; }
  bool IsAvailable() const { return is_on_shift && !is_leaving && !is_on_break && break_due_min == 0; }
};

// Expected agents at work at once, by team and local hour.
using HourlyLoad = std::array<std::array<double, 24>, kTeamCount>;

class Staff {
 public:
  // Hires enough agents for `peak` load.
  Staff(const SimulationConfig& config, uint64_t seed, const HourlyLoad& peak);

  std::span<Agent> agents() { return agents_; }
  std::span<const Agent> agents() const { return agents_; }
  std::span<const uint16_t> TeamMembers(Team team) const { return members_[static_cast<size_t>(team)]; }

  // Enters shifts and breaks of `day` in `agenda`.
  void PlanDay(const Calendar::Day& day, const HourlyLoad& load, Random& random, Agenda& agenda) const;

 private:
  struct Shift {
    int start_hour = 0;
    int hours = 0;
  };

  std::vector<Shift> PlanShifts(const Calendar::Day& day, const std::array<double, 24>& load) const;
  int Need(double load) const;
  void Enter(const Calendar::Day& day, uint16_t agent, const Shift& shift, Random& random, Agenda& agenda) const;

  const SimulationConfig& config_;
  std::vector<Agent> agents_;
  std::array<std::vector<uint16_t>, kTeamCount> members_;
};

}  // namespace casebook
