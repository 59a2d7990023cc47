#include "simulator/centre.h"

#include <algorithm>
#include <cmath>

namespace casebook {
namespace {

constexpr double kServiceLevelSeconds = 120;
constexpr int64_t kCallbackEarlier = 45 * kMinuteMs;  // callbacks that wait longer go before calls
constexpr double kLearning = 0.06;                    // weight of a day against the days before
constexpr int kCallAttempts = 4;
constexpr double kExcessMadeGood = 0.35;  // in a day
constexpr double kLeastDemand = 0.4;

// What a team of one contact centre can do: contacts of a queue's channel.
Channel ChannelOf(QueueId queue) { return InfoOf(queue).channel; }

QueueId QueueFor(Channel channel, uint8_t intent) {
  switch (channel) {
    case Channel::kVoice: return Intents()[intent].queue;
    case Channel::kChat: return QueueId::kDigital;
    case Channel::kEmail: return QueueId::kEmail;
    case Channel::kTask: return QueueId::kBackOffice;
  }
  return QueueId::kBilling;
}

int64_t Ms(double seconds) { return static_cast<int64_t>(seconds * 1000); }

}  // namespace

Centre::Centre(const SimulationConfig& config, uint64_t seed, uint64_t contacts, const Calendar& calendar,
               const Period& period, const Demand& demand, const Customers& customers, Staff& staff, CaseDesk& desk,
               Agenda& agenda)
    : config_(config),
      calendar_(calendar),
      period_(period),
      demand_(demand),
      customers_(customers),
      staff_(staff),
      desk_(desk),
      agenda_(agenda),
      random_(Key(seed, 0xce17)),
      budget_(contacts),
      last_moment_(staff.agents().size(), AgentMoment::kLogout) {}

void Centre::PlanStaff(int day) {
  for (size_t team = 0; team < kTeamCount; ++team) {
    if (forecast_s_[team] > 0) {
      const double seen = std::clamp(worked_s_[team] / forecast_s_[team], 0.5, 2.0);
      load_factor_[team] = std::clamp(load_factor_[team] * (1 + kLearning * (seen - 1)), 0.2, 4.0);
    }
    worked_s_[team] = forecast_s_[team] = 0;
  }
  // The day whose morning falls into the slice.
  const Calendar::Day* local = &calendar_.DayOf(period_.SliceStart(day));
  if (local->midnight + 6 * kHourMs < period_.SliceStart(day)) local = &calendar_.DayAfter(local->midnight, 1);
  const double arrivals = static_cast<double>(budget_) * config_.volume.first_arrivals_share;
  const HourlyLoad load = demand_.ForecastLoad(*local, arrivals, load_factor_);
  for (size_t team = 0; team < kTeamCount; ++team) {
    for (const double at_once : load[team]) forecast_s_[team] += at_once * 3600;
  }
  staff_.PlanDay(*local, load, random_, agenda_);
}

void Centre::RunDay(int day) {
  finished_.clear();
  agent_changes_.clear();
  PlanStaff(day);
  // Where repeats and transfers have outrun what is due, fewer come anew until that is made good.
  const double usual = demand_.WeightOf(day) * static_cast<double>(budget_) * config_.volume.first_arrivals_share;
  const double excess = std::max(0.0, static_cast<double>(made_) - due_);
  const double expected = std::max(usual - kExcessMadeGood * excess, usual * kLeastDemand);
  arrivals_ = demand_.ArrivalsOf(day, expected, random_);
  const bool is_last = day + 1 == period_.days;
  due_ = is_last ? static_cast<double>(budget_) : due_ + demand_.WeightOf(day) * static_cast<double>(budget_);
  for (uint32_t i = 0; i < arrivals_.size(); ++i) agenda_.Add(arrivals_[i].time, HappeningKind::kFirstArrival, i);
  const int64_t end = period_.SliceStart(day) + kDayMs;
  for (Happening happening; agenda_.TakeBefore(end, happening);) Handle(happening);
}

void Centre::Handle(const Happening& happening) {
  const uint32_t subject = happening.subject;
  const bool is_current = subject < contacts_.size() && contacts_.IsCurrent(subject, happening.stamp);
  switch (happening.kind) {
    case HappeningKind::kFirstArrival: return OnFirstArrival(subject, happening.time);
    case HappeningKind::kReturn: {
      const Contact like = returns_[subject].like;
      returns_.Free(subject);
      return ArriveLike(like, happening.time);
    }
    case HappeningKind::kEnqueue: return is_current ? OnEnqueue(subject, happening.time) : void();
    case HappeningKind::kPatienceEnds: return is_current ? OnPatienceEnds(subject, happening.time) : void();
    case HappeningKind::kCallbackTaken: return is_current ? OnCallbackTaken(subject, happening.time) : void();
    case HappeningKind::kContactEnds: return is_current ? OnContactEnds(subject, happening.time) : void();
    case HappeningKind::kAgentFree:
      return OnAgentFree(static_cast<uint16_t>(subject), static_cast<Channel>(happening.stamp), happening.time);
    case HappeningKind::kShiftStarts:
    case HappeningKind::kShiftEnds: return OnShift(happening);
    case HappeningKind::kBreakStarts:
    case HappeningKind::kBreakEnds: return OnBreak(happening);
    case HappeningKind::kCaseChange: return desk_.OnCaseChange(happening);
    case HappeningKind::kCaseCloses: return desk_.OnCaseCloses(happening);
    case HappeningKind::kCaseChased: return OnChase(subject, happening.stamp, happening.time);
    case HappeningKind::kCaseCalledAbout: return OnCallAbout(subject, happening.stamp, happening.time);
  }
}

uint32_t Centre::NewContact(Channel channel, Method method, int64_t now) {
  const uint32_t place = contacts_.Add();
  Contact& contact = contacts_[place];
  contact.number = ++made_;
  contact.channel = channel;
  contact.method = method;
  contact.initiated = contact.connected_to_system = now;
  return place;
}

void Centre::OnFirstArrival(uint32_t index, int64_t now) {
  const FirstArrival& arrival = arrivals_[index];
  // Some customers come far oftener than others.
  const double skewed = random_.Unit();
  const auto customer = static_cast<uint32_t>(skewed * (0.5 + 0.5 * skewed) * customers_.count());
  Arrive(arrival.channel, arrival.intent, customer, now);
}

void Centre::Arrive(Channel channel, uint8_t intent, uint32_t customer, int64_t now) {
  Contact like;
  like.channel = channel;
  like.intent = intent;
  like.customer = customer;
  ArriveLike(like, now);
}

void Centre::ArriveLike(const Contact& like, int64_t now) {
  if (!HasBudget()) return;
  const bool is_live = like.channel == Channel::kVoice || like.channel == Channel::kChat;
  const Calendar::Day& day = calendar_.DayOf(now);
  if (is_live && (now < day.opens || now >= day.closes)) return;
  const bool by_api = like.channel == Channel::kChat || like.channel == Channel::kTask;
  const uint32_t place = NewContact(like.channel, by_api ? Method::kApi : Method::kInbound, now);
  Contact& contact = contacts_[place];
  contact.intent = like.intent;
  contact.customer = like.customer;
  contact.is_identified = like.case_number != 0 || !random_.Chance(0.12);
  contact.is_retry = like.is_retry;
  contact.related = like.channel == Channel::kEmail ? like.related : 0;
  contact.case_place = like.case_place;
  contact.case_stamp = like.case_stamp;
  Begin(place, now);
}

// Through the menu, the bot or the mail filter into a queue.
void Centre::Begin(uint32_t place, int64_t now) {
  Contact& contact = contacts_[place];
  double seconds = 1 + random_.ExponentialWithMean(2);
  if (contact.channel == Channel::kVoice) seconds = 12 + random_.ExponentialWithMean(config_.service.menu_s);
  if (contact.channel == Channel::kChat) seconds = 3 + random_.ExponentialWithMean(20);
  if (contact.channel == Channel::kEmail) contact.connected_to_system = now + random_.Between(40, 400);
  agenda_.Add(contact.connected_to_system + Ms(seconds), HappeningKind::kEnqueue, place, contact.stamp);
}

void Centre::OnChase(uint32_t place, uint32_t stamp, int64_t now) {
  const SupportCase* that = desk_.Current(place, stamp);
  if (that == nullptr || (!that->is_open && !that->reopens)) return;
  static constexpr double kChannels[] = {66, 20, 14};
  Contact like;
  like.channel = static_cast<Channel>(random_.Pick(kChannels));
  like.intent = that->intent;
  like.customer = that->customer;
  like.case_place = place;
  like.case_stamp = stamp;
  like.case_number = that->number;
  like.related = that->last_contact;
  ArriveLike(like, now);
}

double Centre::ExpectedWaitSeconds(QueueId queue) const {
  double serving = 0;
  for (const Agent& agent : staff_.agents()) {
    if (!agent.is_on_shift || agent.is_leaving) continue;
    const std::vector<QueueId>& served = InfoOf(agent.team).queues;
    if (std::ranges::find(served, queue) != served.end()) serving += 1;
  }
  // The teams' other queues wait for the same agents.
  double ahead = waiting_[static_cast<size_t>(queue)];
  if (queue != QueueId::kComplaints) {
    ahead = 0;
    for (const QueueId other : InfoOf(Team::kVoice).queues) ahead += waiting_[static_cast<size_t>(other)];
    ahead -= waiting_[static_cast<size_t>(QueueId::kCallbacks)];
  }
  return serving == 0 ? 3600 : ahead * PlannedHandlingSeconds(Channel::kVoice) / serving;
}

void Centre::OnEnqueue(uint32_t place, int64_t now) {
  Contact& contact = contacts_[place];
  if (contact.queue == QueueId::kCount) contact.queue = QueueFor(contact.channel, contact.intent);
  contact.enqueued = now;
  const uint16_t agent = FindAgent(contact.queue, now);
  if (agent != kNoAgent) return Connect(place, agent, now);

  queues_[static_cast<size_t>(contact.queue)].emplace_back(place, contact.stamp);
  ++waiting_[static_cast<size_t>(contact.queue)];
  const bool is_live = contact.channel == Channel::kVoice || contact.channel == Channel::kChat;
  if (!is_live || contact.method == Method::kCallback) return;
  const double patience =
      contact.channel == Channel::kVoice ? config_.service.patience_voice_s : config_.service.patience_chat_s;
  contact.patience_ends = now + Ms(4 + random_.ExponentialWithMean(patience));
  agenda_.Add(contact.patience_ends, HappeningKind::kPatienceEnds, place, contact.stamp);
  if (contact.method == Method::kInbound && ExpectedWaitSeconds(contact.queue) > config_.service.callback_wait_s &&
      random_.Chance(config_.service.callback_taken)) {
    agenda_.Add(now + Ms(35 + random_.ExponentialWithMean(25)), HappeningKind::kCallbackTaken, place, contact.stamp);
  }
}

void Centre::OnPatienceEnds(uint32_t place, int64_t now) {
  Contact& contact = contacts_[place];
  if (contact.dequeued != 0 || now != contact.patience_ends) return;
  contact.dequeued = contact.disconnected = now;
  contact.reason = EndReason::kCustomer;
  --waiting_[static_cast<size_t>(contact.queue)];
  const bool has_case = contact.case_place != kNoCase;
  if (random_.Chance(has_case ? 0.8 : config_.service.retry_voice) && contact.channel == Channel::kVoice) {
    const uint32_t again = returns_.Add();
    Return& back = returns_[again];
    back.like = contact;
    back.like.is_retry = true;
    back.like.case_number = has_case ? 1 : 0;
    agenda_.Add(now + Ms(120 + random_.ExponentialWithMean(3600)), HappeningKind::kReturn, again);
  }
  Finish(place);
}

void Centre::OnCallbackTaken(uint32_t place, int64_t now) {
  if (contacts_[place].dequeued != 0 || !HasBudget()) return;
  const uint32_t later = NewContact(Channel::kVoice, Method::kCallback, now);
  Contact& contact = contacts_[place];
  Contact& callback = contacts_[later];
  callback.connected_to_system = 0;
  callback.initial = contact.initial != 0 ? contact.initial : contact.number;
  callback.previous = contact.number;
  callback.intent = contact.intent;
  callback.customer = contact.customer;
  callback.is_identified = contact.is_identified;
  callback.case_place = contact.case_place;
  callback.case_stamp = contact.case_stamp;
  callback.queue = QueueId::kCallbacks;
  contact.next = callback.number;
  contact.dequeued = contact.disconnected = now;
  contact.reason = EndReason::kFlow;
  --waiting_[static_cast<size_t>(contact.queue)];
  Finish(place);
  OnEnqueue(later, now);
}

bool Centre::CanTake(const Agent& agent, Channel channel) const {
  if (!agent.IsAvailable() || agent.is_busy) return false;
  return channel == Channel::kChat ? agent.chats < config_.service.chats_at_once : agent.chats == 0;
}

// The one who waits longest; for chats the one with the fewest.
uint16_t Centre::FindAgent(QueueId queue, int64_t now) const {
  uint16_t found = kNoAgent;
  int64_t best = INT64_MAX;
  const Channel channel = ChannelOf(queue);
  for (size_t team = 0; team < kTeamCount; ++team) {
    const std::vector<QueueId>& served = InfoOf(static_cast<Team>(team)).queues;
    if (std::ranges::find(served, queue) == served.end()) continue;
    for (const uint16_t number : staff_.TeamMembers(static_cast<Team>(team))) {
      const Agent& agent = staff_.agents()[number];
      if (!CanTake(agent, channel)) continue;
      const int64_t rank = agent.chats * kDayMs - (now - agent.idle_since);
      if (rank < best) {
        best = rank;
        found = number;
      }
    }
  }
  return found;
}

uint32_t Centre::FirstWaiting(QueueId queue) {
  auto& waiting = queues_[static_cast<size_t>(queue)];
  while (!waiting.empty()) {
    const auto [place, stamp] = waiting.front();
    if (contacts_.IsCurrent(place, stamp) && contacts_[place].dequeued == 0) return place;
    waiting.pop_front();
  }
  return UINT32_MAX;
}

uint32_t Centre::TakeNext(const Agent& agent, int64_t now) {
  uint32_t next = UINT32_MAX;
  int64_t earliest = INT64_MAX;
  for (const QueueId queue : InfoOf(agent.team).queues) {
    if (waiting_[static_cast<size_t>(queue)] == 0 || !CanTake(agent, ChannelOf(queue))) continue;
    const uint32_t place = FirstWaiting(queue);
    if (place == UINT32_MAX) continue;
    int64_t rank = contacts_[place].enqueued;
    // Who is on the line goes before who is not.
    if (queue == QueueId::kCallbacks && now - rank < kCallbackEarlier) rank += kDayMs;
    if (queue == QueueId::kEmail && agent.team == Team::kDigital) rank += 30 * kDayMs;
    if (rank < earliest) {
      earliest = rank;
      next = place;
    }
  }
  if (next != UINT32_MAX) {
    const auto queue = static_cast<size_t>(contacts_[next].queue);
    queues_[queue].pop_front();
    --waiting_[queue];
  }
  return next;
}

void Centre::GiveWork(uint16_t number, int64_t now) {
  Agent& agent = staff_.agents()[number];
  while (agent.IsAvailable()) {
    const uint32_t place = TakeNext(agent, now);
    if (place == UINT32_MAX) return;
    Connect(place, number, now);
  }
}

void Centre::Connect(uint32_t place, uint16_t number, int64_t now) {
  Agent& agent = staff_.agents()[number];
  Contact& contact = contacts_[place];
  contact.attempts = random_.Chance(0.03) ? 2 : 1;
  contact.agent = number;
  const double ringing = (contact.attempts == 2 ? 20 : 0) + 2.1 + 5 * random_.Unit();
  contact.dequeued = contact.connected_to_agent = now + Ms(ringing);
  PlanTalk(contact);
  if (contact.channel == Channel::kChat) {
    ++agent.chats;
  } else {
    agent.is_busy = true;
  }
  agenda_.Add(contact.after_work_ended, HappeningKind::kAgentFree, number, static_cast<uint32_t>(contact.channel));
  if (contact.method != Method::kCallback || contact.reason != EndReason::kUnanswered) desk_.OnHandled(contact, now);
  PlanEnding(place);
}

void Centre::PlanHolds(Contact& contact) {
  if (!random_.Chance(config_.service.hold_share)) return;
  contact.holds = static_cast<uint8_t>(1 + random_.Poisson(0.5));
  for (int i = 0; i < contact.holds; ++i) {
    const auto seconds = static_cast<int32_t>(5 + random_.ExponentialWithMean(config_.service.hold_s));
    contact.hold_s += seconds;
    contact.longest_hold_s = std::max(contact.longest_hold_s, seconds);
  }
}

void Centre::PlanTalk(Contact& contact) {
  double seconds = 0;
  double after = random_.ExponentialWithMean(config_.service.after_work_s);
  switch (contact.channel) {
    case Channel::kVoice:
      seconds = 20 + random_.LogNormal(Intents()[contact.intent].talk_s, 0.55);
      PlanHolds(contact);
      break;
    case Channel::kChat:
      seconds = 60 + random_.LogNormal(800, 0.5);
      after *= 0.4;
      break;
    case Channel::kEmail:
      seconds = 40 + random_.LogNormal(340, 0.6);
      after *= 0.2;
      break;
    case Channel::kTask:
      seconds = 30 + random_.LogNormal(300, 0.7);
      after = 0;
      break;
  }
  contact.reason = random_.Chance(0.6) ? EndReason::kCustomer : EndReason::kAgent;
  if (contact.channel == Channel::kEmail) contact.reason = EndReason::kAgent;
  if (contact.channel == Channel::kTask) contact.reason = EndReason::kCompleted;
  if (contact.method == Method::kCallback) {
    // The agent is on the line before the customer is.
    contact.connected_to_system = contact.connected_to_agent + random_.Between(8'000, 26'000);
    if (random_.Chance(0.15)) {
      contact.reason = EndReason::kUnanswered;
      contact.connected_to_system = 0;
      contact.hold_s = contact.longest_hold_s = contact.holds = 0;
      seconds = 25 + 10 * random_.Unit();
      after = 6;
    } else {
      seconds += static_cast<double>(contact.connected_to_system - contact.connected_to_agent) / 1000;
    }
  }
  contact.agent_ended = contact.connected_to_agent + Ms(seconds + contact.hold_s);
  contact.after_work_ended = contact.agent_ended + Ms(after);
}

// Whether the contact goes on elsewhere, and when it is over.
void Centre::PlanEnding(uint32_t place) {
  Contact& contact = contacts_[place];
  contact.disconnected = contact.agent_ended;
  const bool is_call = contact.channel == Channel::kVoice && contact.reason != EndReason::kUnanswered;
  const bool is_emergency = Intents()[contact.intent].name.value == "emergency_gas";
  if (is_call && is_emergency && random_.Chance(0.4)) {
    contact.is_transferred_outside = true;
    contact.transfer_completed = contact.agent_ended;
    contact.disconnected = contact.agent_ended + Ms(30 + random_.ExponentialWithMean(700));
    contact.reason = EndReason::kCustomer;
  } else if (is_call && contact.queue != QueueId::kComplaints && contact.method != Method::kOutbound) {
    const bool far = contact.initial != 0 && contact.method == Method::kTransfer;
    if (!far && random_.Chance(config_.service.transfer_share)) contact.is_transferred = true;
  }
  agenda_.Add(contact.disconnected, HappeningKind::kContactEnds, place, contact.stamp);
}

void Centre::Transfer(uint32_t place, int64_t now) {
  const bool is_warm = random_.Chance(config_.service.warm_transfer_share);
  const int64_t begun = is_warm ? now - random_.Between(8'000, 20'000) : now;
  const uint32_t leg =
      NewContact(Channel::kVoice, Method::kTransfer, std::max(begun, contacts_[place].connected_to_agent + 1'000));
  Contact& from = contacts_[place];
  Contact& to = contacts_[leg];
  to.initial = from.initial != 0 ? from.initial : from.number;
  to.previous = from.number;
  to.intent = from.intent;
  to.customer = from.customer;
  to.is_identified = from.is_identified;
  to.case_place = from.case_place;
  to.case_stamp = from.case_stamp;
  to.case_number = from.case_number;
  to.account = from.account;
  static constexpr double kQueueWeights[] = {22, 18, 10, 15, 35};
  to.queue = static_cast<QueueId>(random_.Pick(kQueueWeights));
  from.next = to.number;
  from.reason = EndReason::kAgent;
  if (!is_warm) from.transfer_completed = now;
  OnEnqueue(leg, now);
  contacts_[leg].enqueued = contacts_[leg].initiated;
}

void Centre::OnContactEnds(uint32_t place, int64_t now) {
  if (contacts_[place].is_transferred) {
    if (HasBudget() && calendar_.DayOf(now).closes > now) {
      Transfer(place, now);
    } else {
      contacts_[place].is_transferred = false;
    }
  }
  Finish(place);
}

// An agent calls the customer about a case; where none is free, later.
void Centre::OnCallAbout(uint32_t place, uint32_t stamp, int64_t now) {
  const SupportCase* that = desk_.Current(place, stamp);
  if (that == nullptr || !that->is_open || !HasBudget()) return;
  const uint16_t number = FindAgent(that->is_complaint ? QueueId::kComplaints : QueueId::kBilling, now);
  if (number == kNoAgent) {
    if (calendar_.DayOf(now).IsOpen() && random_.Index(kCallAttempts) != 0) {
      agenda_.Add(now + 20 * kMinuteMs, HappeningKind::kCaseCalledAbout, place, stamp);
    }
    return;
  }
  const uint8_t intent = that->intent;
  const uint32_t customer = that->customer;
  const uint32_t call = NewContact(Channel::kVoice, Method::kOutbound, now);
  Contact& contact = contacts_[call];
  contact.intent = intent;
  contact.customer = customer;
  contact.case_place = place;
  contact.case_stamp = stamp;
  contact.agent = number;
  contact.attempts = 1;
  contact.connected_to_agent = now + random_.Between(600, 1'900);
  PlanTalk(contact);
  contact.connected_to_system = contact.connected_to_agent + random_.Between(6'000, 20'000);
  if (random_.Chance(0.22)) {
    contact.reason = EndReason::kUnanswered;
    contact.connected_to_system = 0;
    contact.hold_s = contact.longest_hold_s = contact.holds = 0;
    contact.agent_ended = contact.connected_to_agent + random_.Between(25'000, 40'000);
    contact.after_work_ended = contact.agent_ended + random_.Between(3'000, 30'000);
  } else {
    contact.agent_ended = std::max(contact.agent_ended, contact.connected_to_system + 15'000);
    contact.after_work_ended = std::max(contact.after_work_ended, contact.agent_ended);
  }
  staff_.agents()[number].is_busy = true;
  agenda_.Add(contact.after_work_ended, HappeningKind::kAgentFree, number, static_cast<uint32_t>(Channel::kVoice));
  desk_.OnHandled(contact, now);
  PlanEnding(call);
}

void Centre::Finish(uint32_t place) {
  Count(contacts_[place]);
  finished_.push_back(contacts_[place]);
  contacts_.Free(place);
}

void Centre::Count(const Contact& contact) {
  if (contact.IsHandled()) {
    const double seconds = static_cast<double>(contact.after_work_ended - contact.connected_to_agent) / 1000;
    // Several chats share one agent's time.
    const double share = contact.channel == Channel::kChat ? 1.0 / 2.2 : 1;
    const Team team = staff_.agents()[contact.agent].team;
    worked_s_[static_cast<size_t>(team)] += seconds * share;
    counts_.busy_s += seconds * share;
  }
  if (contact.channel != Channel::kVoice || !contact.IsQueued() || contact.method == Method::kCallback) return;
  ++counts_.queued;
  const double waited = static_cast<double>(contact.dequeued - contact.enqueued) / 1000;
  if (contact.IsHandled()) {
    ++counts_.answered;
    if (waited < kServiceLevelSeconds) ++counts_.answered_in_time;
  } else if (contact.next == 0) {
    ++counts_.abandoned;
  }
}

void Centre::Note(uint16_t number, AgentMoment moment, int64_t now) {
  Agent& agent = staff_.agents()[number];
  agent_changes_.push_back({now, agent.status_since, number, moment, last_moment_[number]});
  last_moment_[number] = moment;
  agent.status_since = now;
}

void Centre::Rest(uint16_t number, int64_t now) {
  Agent& agent = staff_.agents()[number];
  agent.is_on_break = true;
  agenda_.Add(now + agent.break_due_min * kMinuteMs, HappeningKind::kBreakEnds, number);
  Note(number, agent.break_due_min > 20 ? AgentMoment::kLunch : AgentMoment::kBreak, now);
  agent.break_due_min = 0;
}

void Centre::Leave(uint16_t number, int64_t now) {
  Agent& agent = staff_.agents()[number];
  agent.is_on_shift = agent.is_leaving = agent.is_on_break = false;
  agent.break_due_min = 0;
  counts_.staffed_s += static_cast<double>(now - agent.shift_began) / 1000;
  Note(number, AgentMoment::kLogout, now);
}

void Centre::OnAgentFree(uint16_t number, Channel channel, int64_t now) {
  Agent& agent = staff_.agents()[number];
  if (channel == Channel::kChat) {
    --agent.chats;
  } else {
    agent.is_busy = false;
  }
  agent.idle_since = now;
  if (!agent.IsFree()) return agent.IsAvailable() ? GiveWork(number, now) : void();
  if (agent.is_leaving) return Leave(number, now);
  if (agent.break_due_min > 0) return Rest(number, now);
  GiveWork(number, now);
}

void Centre::OnShift(const Happening& happening) {
  const auto number = static_cast<uint16_t>(happening.subject);
  Agent& agent = staff_.agents()[number];
  if (happening.kind == HappeningKind::kShiftEnds) {
    if (!agent.is_on_shift) return;
    agent.is_leaving = true;
    return agent.IsFree() ? Leave(number, happening.time) : void();
  }
  if (agent.is_on_shift) return;
  agent.is_on_shift = true;
  agent.idle_since = agent.shift_began = happening.time;
  Note(number, AgentMoment::kLogin, happening.time);
  GiveWork(number, happening.time);
}

void Centre::OnBreak(const Happening& happening) {
  const auto number = static_cast<uint16_t>(happening.subject);
  Agent& agent = staff_.agents()[number];
  if (!agent.is_on_shift || agent.is_leaving) return;
  if (happening.kind == HappeningKind::kBreakStarts) {
    if (agent.is_on_break) return;
    agent.break_due_min = happening.stamp;
    return agent.IsFree() ? Rest(number, happening.time) : void();
  }
  if (!agent.is_on_break) return;
  agent.is_on_break = false;
  agent.idle_since = happening.time;
  Note(number, AgentMoment::kBack, happening.time);
  GiveWork(number, happening.time);
}

void Centre::AddSettledByMenu(int day) {
  const int64_t end = period_.SliceStart(day) + kDayMs;
  const bool is_last = day + 1 == period_.days;
  // The last slice keeps one, so that there is a contact to which its last events belong.
  const uint64_t due = std::min(static_cast<uint64_t>(due_ + 0.5), is_last || budget_ == 0 ? budget_ : budget_ - 1);
  while (made_ < due) {
    const int64_t time = std::min(demand_.CallTime(day, random_), end - 3 * kMinuteMs);
    const uint32_t place = NewContact(Channel::kVoice, Method::kInbound, time);
    Contact& contact = contacts_[place];
    contact.intent = demand_.PickIntent(time, random_);
    contact.customer = static_cast<uint32_t>(random_.Index(customers_.count()));
    contact.is_identified = random_.Chance(0.6);
    contact.disconnected = time + std::min(Ms(15 + random_.ExponentialWithMean(40)), 170 * kSecondMs);
    contact.reason = random_.Chance(0.4) ? EndReason::kFlow : EndReason::kCustomer;
    Finish(place);
  }
}

// At the end of the period whoever still waits is sent away and whoever still talks stops.
void Centre::CloseBooks() {
  const int64_t last = period_.until - 1;
  for (uint32_t place = 0; place < contacts_.size(); ++place) {
    Contact& contact = contacts_[place];
    if (!contact.in_use) continue;
    if (contact.IsQueued() && contact.dequeued == 0) contact.dequeued = last;
    const bool is_written = contact.channel == Channel::kEmail || contact.channel == Channel::kTask;
    contact.reason = is_written ? EndReason::kExpired : EndReason::kFlow;
    contact.disconnected = last;
    if (contact.IsHandled()) {
      contact.connected_to_agent = std::min(contact.connected_to_agent, last);
      contact.agent_ended = std::min(contact.agent_ended, last);
      contact.after_work_ended = std::min(contact.after_work_ended, last);
      contact.dequeued = std::min(contact.dequeued, last);
      contact.connected_to_system = std::min(contact.connected_to_system, last);
      const auto talked = static_cast<int32_t>((contact.agent_ended - contact.connected_to_agent) / 1000);
      contact.hold_s = std::min(contact.hold_s, talked);
      contact.longest_hold_s = std::min(contact.longest_hold_s, contact.hold_s);
      if (contact.hold_s == 0) contact.holds = 0;
    }
    Finish(place);
  }
}

void Centre::EndDay(int day) {
  AddSettledByMenu(day);
  if (day + 1 == period_.days) CloseBooks();
  std::ranges::stable_sort(finished_, {}, &Contact::disconnected);
}

}  // namespace casebook
