#include "simulator/staff.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace casebook {
namespace {

constexpr int kShiftHours = 8;
constexpr int kShortShiftHours = 5;  // of every second agent
constexpr uint32_t kBreakMinutes = 12;
constexpr uint32_t kLunchMinutes = 40;
constexpr size_t kMaxAgents = 60'000;
constexpr double kHiredBeyondPeak = 1.5;  // days off, absence, demand that grows

constexpr QueueInfo kQueues[kQueueCount] = {
    {"11d2f3a4-b5c6-4d7e-8f90-a1b2c3d4e5f6", "Billing", "Bills, tariffs and direct debits", "billing"},
    {"33f4b5c6-d7e8-4f90-a1b2-c3d4e5f60718", "Metering & Smart", "Smart and legacy metering", "metering"},
    {"88e90a1b-2c3d-44e5-96f7-08192a3b4c5d", "Moving Home", "Home moves and switching", "registrations"},
    {"99fa1b2c-3d4e-45f6-87a8-192a3b4c5d6e", "Payments", "Arrangements, debt and refunds", "payments"},
    {"22e3a4b5-c6d7-4e8f-90a1-b2c3d4e5f607", "Complaints", "Complaints of every origin", "complaints"},
    {"44a5c6d7-e8f9-40a1-b2c3-d4e5f6071829", "Callbacks", "Callbacks asked for in a queue", "callbacks"},
    {"55b6d7e8-f90a-41b2-83d4-e5f60718293a", "Digital", "Chat on the website and in the app", "digital",
     Channel::kChat},
    {"aa0b2c3d-4e5f-4607-98b9-2a3b4c5d6e7f", "E-mail", "Letters and e-mail", "email", Channel::kEmail},
    {"bb1c3d4e-5f60-4718-89ca-3b4c5d6e7f80", "Back Office", "Tasks without a customer on the line", "back_office",
     Channel::kTask},
    {"66c7e8f9-0a1b-42c3-94e5-f60718293a4b", "Outbound", "Calls to customers", "outbound"},
    {"77d8f90a-1b2c-43d4-85e6-0718293a4b5c", "Old Freshdesk overflow", "Not used since the move", "overflow",
     Channel::kVoice, false},
};

const std::array<TeamInfo, kTeamCount>& Teams() {
  static const std::array<TeamInfo, kTeamCount> teams{{
      {"9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d",
       "Energy voice",
       "92a3b4c5-d6e7-4f80-91a2-b3c4d5e6f708",
       "Customer Team South",
       {QueueId::kBilling, QueueId::kMetering, QueueId::kMovingHome, QueueId::kPayments, QueueId::kCallbacks}},
      {"7c6d5e4f-3a2b-4c1d-8e0f-9a8b7c6d5e4f",
       "Energy resolution",
       "81829304-b5c6-4d7e-9f80-91a2b3c4d5e6",
       "Resolution Team North",
       {QueueId::kComplaints, QueueId::kCallbacks}},
      {"8b7c6d5e-4f3a-4b2c-9d1e-0f9a8b7c6d5e",
       "Energy digital",
       "a3b4c5d6-e7f8-4091-a2b3-c4d5e6f70819",
       "Digital Team",
       {QueueId::kDigital, QueueId::kEmail}},
      {"6d5e4f3a-2b1c-4d0e-9f8a-7b6c5d4e3f2a",
       "Energy back office",
       "b4c5d6e7-f809-41a2-b3c4-d5e6f708192a",
       "Back Office",
       {QueueId::kBackOffice, QueueId::kEmail}},
  }};
  return teams;
}

// `Zoë Ó Briain` is `zoe.obriain`: letters only, accents dropped, a number where the name is taken.
std::string PlainLetters(std::string_view name) {
  static constexpr std::string_view kFrom[] = {"ë", "é", "â", "ü", "ß", "í", "á", "Ó", "Ł"};
  static constexpr std::string_view kTo[] = {"e", "e", "a", "u", "ss", "i", "a", "o", "l"};
  std::string plain;
  for (size_t at = 0; at < name.size();) {
    const auto c = static_cast<unsigned char>(name[at]);
    if (c < 0x80) {
      if (c != ' ') plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
      ++at;
      continue;
    }
    const std::string_view letter = name.substr(at, 2);
    const auto found = std::ranges::find(kFrom, letter);
    if (found != std::end(kFrom)) plain += kTo[found - std::begin(kFrom)];
    at += 2;
  }
  return plain;
}

}  // namespace

const QueueInfo& InfoOf(QueueId queue) { return kQueues[static_cast<size_t>(queue)]; }
const TeamInfo& InfoOf(Team team) { return Teams()[static_cast<size_t>(team)]; }

int Staff::Need(double load) const {
  if (load <= 0) return config_.staff.minimum;
  const double need = (load + config_.staff.comfort * std::sqrt(load)) * (1 + config_.staff.shrinkage);
  return std::max(config_.staff.minimum, static_cast<int>(need + 0.999));
}

Staff::Staff(const SimulationConfig& config, uint64_t seed, const HourlyLoad& peak) : config_(config) {
  std::set<std::string> taken;
  for (size_t team = 0; team < kTeamCount; ++team) {
    const int need = Need(*std::ranges::max_element(peak[team]));
    const auto hired = std::min<size_t>(static_cast<size_t>(need * kHiredBeyondPeak) + 2, kMaxAgents / kTeamCount);
    for (size_t i = 0; i < hired; ++i) {
      const auto number = static_cast<uint16_t>(agents_.size());
      const uint64_t draw = Key(seed, static_cast<uint64_t>(IdKind::kAgent), number);
      Agent agent;
      agent.id = MakeUuid(seed, IdKind::kAgent, number);
      agent.team = static_cast<Team>(team);
      agent.first_name = FirstNames()[draw % FirstNames().size()];
      agent.last_name = LastNames()[(draw >> 20U) % LastNames().size()];
      const std::string plain = PlainLetters(agent.first_name) + "." + PlainLetters(agent.last_name);
      agent.username = plain;
      for (int n = 2; !taken.insert(agent.username).second; ++n) agent.username = plain + std::to_string(n);
      agents_.push_back(std::move(agent));
      members_[team].push_back(number);
    }
  }
}

std::vector<Staff::Shift> Staff::PlanShifts(const Calendar::Day& day, const std::array<double, 24>& load) const {
  const int first = static_cast<int>((day.opens - day.midnight) / kHourMs);
  const int last = static_cast<int>((day.closes - day.midnight) / kHourMs);
  std::array<int, 48> cover{};
  std::vector<Shift> shifts;
  for (int hour = first; hour < last; ++hour) {
    while (cover[static_cast<size_t>(hour)] < Need(load[static_cast<size_t>(hour)])) {
      const int hours = shifts.size() % 2 == 0 ? kShiftHours : kShortShiftHours;
      const Shift shift{std::max(first, std::min(hour, last - hours)), hours};
      shifts.push_back(shift);
      for (int h = shift.start_hour; h < shift.start_hour + hours; ++h) ++cover[static_cast<size_t>(h)];
    }
  }
  return shifts;
}

void Staff::Enter(const Calendar::Day& day, uint16_t agent, const Shift& shift, Random& random, Agenda& agenda) const {
  const int64_t start = day.midnight + shift.start_hour * kHourMs + random.Between(-90, 30) * kSecondMs;
  const int64_t end = std::min(day.midnight + (shift.start_hour + shift.hours) * kHourMs, day.closes + 15 * kMinuteMs) +
                      random.Between(0, 300) * kSecondMs;
  agenda.Add(start, HappeningKind::kShiftStarts, agent);
  agenda.Add(start + random.Between(100, 130) * kMinuteMs, HappeningKind::kBreakStarts, agent, kBreakMinutes);
  if (shift.hours == kShiftHours) {
    agenda.Add(start + random.Between(200, 300) * kMinuteMs, HappeningKind::kBreakStarts, agent, kLunchMinutes);
    agenda.Add(start + random.Between(380, 420) * kMinuteMs, HappeningKind::kBreakStarts, agent, kBreakMinutes);
  }
  agenda.Add(end, HappeningKind::kShiftEnds, agent);
}

void Staff::PlanDay(const Calendar::Day& day, const HourlyLoad& load, Random& random, Agenda& agenda) const {
  if (!day.IsOpen()) return;
  for (size_t team = 0; team < kTeamCount; ++team) {
    const std::vector<uint16_t>& members = members_[team];
    // Days off go round: another part of the team stays at home each day.
    const size_t first = static_cast<size_t>(day.date.days) * (members.size() * 2 / 5 + 1);
    size_t next = 0;
    for (const Shift& shift : PlanShifts(day, load[team])) {
      while (next < members.size() && random.Chance(config_.staff.absence)) ++next;
      if (next >= members.size()) break;
      Enter(day, members[(first + next++) % members.size()], shift, random, agenda);
    }
  }
}

}  // namespace casebook
