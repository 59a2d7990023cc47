#include "simulator/case_desk.h"

#include <algorithm>

namespace casebook {
namespace {

constexpr int64_t kShortest = 2;  // milliseconds that a case must be open for something to be done in passing
constexpr int kTriesPerChange = 6;
constexpr int64_t kEightWeeks = 56 * kDayMs;
constexpr uint64_t kEventsOfACaseAtLeast = 2;  // it is opened and closed
constexpr int64_t kRoomOfOneMore = 4;          // a reopening brings a link, two changes and another closure
constexpr double kMigratedShare = 0.03;        // of the cases of the first days
constexpr int64_t kMigrationTime = 10 * kDayMs;

}  // namespace

CaseDesk::CaseDesk(const SimulationConfig& config, uint64_t seed, Totals totals, const Calendar& calendar,
                   const Period& period, const Demand& demand, const Customers& customers, const Staff& staff,
                   Agenda& agenda)
    : config_(config),
      calendar_(calendar),
      period_(period),
      demand_(demand),
      customers_(customers),
      staff_(staff),
      agenda_(agenda),
      random_(Key(seed, 0xca5e)),
      life_(config, calendar, period, demand.Share(totals.cases), seed),
      totals_(totals),
      cases_by_day_(demand.Share(totals.cases)) {
  double weight = 0;
  double weighted = 0;
  for (const Intent& intent : Intents()) {
    weight += intent.weight;
    weighted += intent.weight * intent.complaint_factor;
  }
  complaint_unit_ = weight / weighted;
}

void CaseDesk::BeginDay(int day) {
  ForgetLeaving();
  today_.clear();
  touched_.clear();
  slice_start_ = period_.SliceStart(day);
  slice_end_ = slice_start_ + kDayMs;
  left_today_ = cases_by_day_[static_cast<size_t>(day)];
  const bool is_last = day + 1 == period_.days;
  events_due_ = is_last ? static_cast<double>(totals_.case_events)
                        : events_due_ + demand_.WeightOf(day) * static_cast<double>(totals_.case_events);
  life_.BeginDay(day);
}

void CaseDesk::ForgetLeaving() {
  for (const uint32_t place : leaving_) {
    if (cases_[place].in_use && cases_[place].is_leaving) cases_.Free(place);
  }
  leaving_.clear();
}

const SupportCase* CaseDesk::Current(uint32_t place, uint32_t stamp) const {
  if (place == kNoCase || !cases_.IsCurrent(place, stamp) || cases_[place].is_leaving) return nullptr;
  return &cases_[place];
}

int64_t CaseDesk::Room() const {
  const uint64_t needed = to_close_ + coming_.used() + kEventsOfACaseAtLeast * (totals_.cases - opened_);
  return static_cast<int64_t>(totals_.case_events) - static_cast<int64_t>(made_ + needed);
}

bool CaseDesk::HasRoom() const { return Room() >= kRoomOfOneMore; }

void CaseDesk::SetOpen(uint32_t place, bool is_open) {
  SupportCase& that = cases_[place];
  that.is_open = is_open;
  if (is_open) {
    that.open_index = static_cast<uint32_t>(open_.size());
    open_.push_back(place);
    return;
  }
  cases_[open_.back()].open_index = that.open_index;
  open_[that.open_index] = open_.back();
  open_.pop_back();
}

void CaseDesk::Touch(uint32_t place, int64_t time) {
  SupportCase& that = cases_[place];
  if (that.touched < slice_start_) touched_.push_back(place);
  that.touched = std::max(that.touched, time);
}

void CaseDesk::Make(CaseChange change) {
  Touch(change.place, change.time);
  today_.push_back(change);
  ++made_;
}

void CaseDesk::Schedule(CaseChange change) {
  if (change.time >= period_.until) return;
  const uint32_t place = coming_.Add();
  const uint32_t stamp = coming_[place].stamp;
  change.stamp = stamp;
  change.in_use = true;
  coming_[place] = change;
  agenda_.Add(change.time, HappeningKind::kCaseChange, place, stamp);
}

void CaseDesk::OnCaseChange(const Happening& happening) {
  const CaseChange change = coming_[happening.subject];
  coming_.Free(happening.subject);
  if (cases_.IsCurrent(change.place, change.case_stamp)) Make(change);
}

uint32_t CaseDesk::Open(int64_t created, uint8_t intent, uint32_t customer, CaseOrigin origin, uint16_t agent,
                        double complaint_share) {
  const uint32_t place = cases_.Add();
  SupportCase& that = cases_[place];
  that.number = ++opened_;
  --left_today_;
  that.created = that.opened_at = created;
  that.intent = intent;
  that.customer = customer;
  that.account = Customers::HeldAt(customers_.At(customer), created).number;
  that.origin = origin;
  that.agent = agent;
  that.due = calendar_.AddWorkingDays(created, 2);
  that.sends_due = random_.Chance(0.9);
  that.is_metadata_only = created + kDayMs < period_.until && random_.Chance(config_.cases.metadata_only);
  that.is_complaint =
      !that.is_metadata_only && random_.Chance(complaint_share * complaint_unit_ * Intents()[intent].complaint_factor);
  that.gets_goodwill = random_.Chance(config_.complaints.goodwill);
  that.complaint_type = static_cast<uint8_t>(random_.Pick(ComplaintTypeWeights()));
  that.fields.level_3 = static_cast<uint8_t>(random_.Index(Intents()[intent].level_3.size()));
  that.fields.complaint_type = that.complaint_type;
  if (created < period_.from + kMigrationTime && origin == CaseOrigin::kWebForm && random_.Chance(kMigratedShare * 8)) {
    that.origin = CaseOrigin::kMigration;
  }
  SetOpen(place, true);
  return place;
}

void CaseDesk::PlanCourse(uint32_t place, int64_t handled_until) {
  SupportCase& that = cases_[place];
  CaseChange change{.time = that.created, .place = place, .case_stamp = that.stamp, .agent = that.agent};
  if (that.is_metadata_only) {
    that.closes_at = std::min(that.created + random_.Between(2 * kMinuteMs, 3 * kHourMs), period_.until - 1);
    agenda_.Add(that.closes_at, HappeningKind::kCaseCloses, place, that.stamp);
    ++to_close_;
    return;
  }
  that.closes_at = life_.PlanClosure(that.created, handled_until, that.is_complaint, random_);
  const int64_t life = std::min(that.closes_at, period_.until) - that.created;
  if (that.closes_at < period_.until) {
    agenda_.Add(that.closes_at, HappeningKind::kCaseCloses, place, that.stamp);
    ++to_close_;
  }

  const bool is_quick = life < 40 * kMinuteMs;
  that.is_complaint_at_creation = that.is_complaint && (is_quick || !random_.Chance(config_.complaints.flagged_later));
  that.fields.is_complaint = that.is_complaint_at_creation;
  if (that.is_complaint && !that.is_complaint_at_creation && HasRoom()) {
    change.kind = CaseChangeKind::kComplaintRaised;
    change.time = that.created +
                  static_cast<int64_t>((0.02 + 0.5 * random_.Unit()) * static_cast<double>(std::min(life, 3 * kDayMs)));
    Schedule(change);
  }
  if (!is_quick && HasRoom()) {
    change.kind = CaseChangeKind::kAssigned;
    change.time = that.created + random_.Between(20 * kSecondMs, 15 * kMinuteMs);
    Schedule(change);
  }
  if (that.is_complaint && life > kEightWeeks + 3 * kDayMs && random_.Chance(config_.complaints.ombudsman) &&
      HasRoom()) {
    change.kind = CaseChangeKind::kOmbudsman;
    change.time = calendar_.ToOpenHours(that.created + kEightWeeks + random_.Between(2, 40) * kDayMs / 20, kHourMs);
    Schedule(change);
  }
  PlanVisits(place);
}

// How often the customer comes about the case again, and whether an agent calls.
void CaseDesk::PlanVisits(uint32_t place) {
  const SupportCase& that = cases_[place];
  const int64_t end = std::min(that.closes_at, period_.until);
  const double days = static_cast<double>(end - that.opened_at) / static_cast<double>(kDayMs);
  if (days < 0.1) return;
  // Impatience wanes: the tenth week brings fewer calls than the first.
  const double mean = std::min(0.42 + 0.085 * days, 2.2) * (that.is_complaint ? 1.4 : 1);
  const uint32_t visits = random_.Poisson(mean);
  for (uint32_t i = 0; i < visits; ++i) {
    const int64_t time =
        that.opened_at + kHourMs + static_cast<int64_t>(random_.Unit() * static_cast<double>(end - that.opened_at));
    agenda_.Add(calendar_.ToOpenHours(time, random_.Between(0, 8 * kHourMs)), HappeningKind::kCaseChased, place,
                that.stamp);
  }
  if (random_.Chance(config_.cases.outbound * 2)) {
    const int64_t time =
        that.opened_at + static_cast<int64_t>(random_.Unit() * static_cast<double>(end - that.opened_at));
    agenda_.Add(calendar_.ToOpenHours(time, random_.Between(0, 8 * kHourMs)), HappeningKind::kCaseCalledAbout, place,
                that.stamp);
  }
}

void CaseDesk::Link(uint32_t place, Contact& contact, int64_t earliest) {
  SupportCase& that = cases_[place];
  const int64_t end = contact.agent_ended;
  const int64_t time = std::min(earliest + random_.Between(1'200, 4'000), std::max(end - 1, earliest + 1));
  contact.case_place = place;
  contact.case_stamp = that.stamp;
  contact.case_number = that.number;
  contact.account = that.account;
  that.last_contact = contact.number;
  Schedule({.time = time,
            .place = place,
            .case_stamp = that.stamp,
            .kind = CaseChangeKind::kContactLinked,
            .channel = contact.channel,
            .agent = contact.agent,
            .contact_number = contact.number,
            .contact_connected = contact.connected_to_system});
}

void CaseDesk::Reopen(uint32_t place, const Contact& contact, int64_t now) {
  SupportCase& that = cases_[place];
  that.reopens = false;
  that.opened_at = now;
  that.closed_at = 0;
  that.agent = contact.agent;
  SetOpen(place, true);
  that.closes_at = life_.PlanClosure(now, contact.after_work_ended, that.is_complaint, random_);
  if (that.closes_at < period_.until) {
    agenda_.Add(that.closes_at, HappeningKind::kCaseCloses, place, that.stamp);
    ++to_close_;
  }
  Schedule({.time = now,
            .place = place,
            .case_stamp = that.stamp,
            .kind = CaseChangeKind::kReopened,
            .agent = contact.agent});
  PlanVisits(place);
}

void CaseDesk::OnHandled(Contact& contact, int64_t now) {
  const int64_t length = contact.agent_ended - contact.connected_to_agent;
  const int64_t soon = contact.connected_to_agent + std::min<int64_t>(length / 3, random_.Between(10, 60) * kSecondMs);
  if (soon + 10 * kSecondMs >= period_.until || !HasRoom()) return;
  const SupportCase* known = Current(contact.case_place, contact.case_stamp);
  if (known != nullptr && (known->is_open || known->reopens)) {
    // A leg after a transfer is not always linked on its own.
    if (contact.previous != 0 && known->last_contact == contact.previous && random_.Chance(0.5)) return;
    if (!known->is_open) Reopen(contact.case_place, contact, soon);
    Link(contact.case_place, contact, soon);
    return;
  }
  if (contact.case_number != 0 || contact.channel == Channel::kTask) return;
  if (left_today_ == 0 || !random_.Chance(config_.cases.opened_by_contact)) return;
  const double waited_min = static_cast<double>(contact.connected_to_agent - contact.initiated) / kMinuteMs;
  const double impatience = 1 + std::min(waited_min, 30.0) / 60;
  const int64_t created =
      contact.connected_to_agent + static_cast<int64_t>((0.3 + 0.4 * random_.Unit()) * static_cast<double>(length));
  if (created + 10 * kSecondMs >= period_.until || created < now) return;
  const CaseOrigin origin = random_.Chance(0.15) ? CaseOrigin::kFlow : CaseOrigin::kAgent;
  const uint32_t place =
      Open(created, contact.intent, contact.customer, origin, contact.agent, config_.complaints.share * impatience);
  CaseChange change{.time = created, .place = place, .case_stamp = cases_[place].stamp, .agent = contact.agent};
  Schedule(change);
  Link(place, contact, created);
  PlanCourse(place, contact.after_work_ended);
}

void CaseDesk::OnCaseCloses(const Happening& happening) {
  const uint32_t place = happening.subject;
  if (!cases_.IsCurrent(place, happening.stamp)) return;
  SupportCase& that = cases_[place];
  if (!that.is_open) {
    if (that.reopens && that.forgotten_at == happening.time) {
      that.reopens = false;
      that.is_leaving = true;
      leaving_.push_back(place);
    }
    return;
  }
  if (that.closes_at != happening.time) return;
  that.closed_at = happening.time;
  --to_close_;
  SetOpen(place, false);
  Make({.time = happening.time,
        .place = place,
        .case_stamp = that.stamp,
        .kind = that.is_metadata_only ? CaseChangeKind::kDeleted : CaseChangeKind::kClosed,
        .agent = that.agent});
  const int64_t back = calendar_.ToOpenHours(
      happening.time + kDayMs / 4 + static_cast<int64_t>(random_.ExponentialWithMean(5) * static_cast<double>(kDayMs)),
      random_.Between(0, 8 * kHourMs));
  const int64_t forgotten = back + 8 * kDayMs;
  if (!that.is_metadata_only && random_.Chance(config_.cases.reopened) && back < period_.until) {
    that.reopens = true;
    that.forgotten_at = forgotten;
    agenda_.Add(back, HappeningKind::kCaseChased, place, that.stamp);
    agenda_.Add(forgotten, HappeningKind::kCaseCloses, place, that.stamp);
    return;
  }
  that.is_leaving = true;
  leaving_.push_back(place);
}

void CaseDesk::OpenWithoutContact(int day) {
  while (left_today_ > 0) {
    // Days on which the centre is closed bring web forms at any hour.
    const int64_t created = std::min(demand_.CallTime(day, random_), slice_end_ - kMinuteMs);
    const auto customer = static_cast<uint32_t>(random_.Index(customers_.count()));
    const std::span<const uint16_t> team = staff_.TeamMembers(Team::kBackOffice);
    const uint16_t agent = team[random_.Index(team.size())];
    const uint32_t place = Open(created, demand_.PickIntent(created, random_), customer, CaseOrigin::kWebForm, agent,
                                config_.complaints.share);
    Make({.time = created, .place = place, .case_stamp = cases_[place].stamp, .agent = agent});
    PlanCourse(place, created);
  }
}

bool CaseDesk::AddOneInPassing(uint32_t place, bool after_touch, bool in_hours) {
  const SupportCase& that = cases_[place];
  if (!that.in_use || that.is_metadata_only) return false;
  int64_t low = std::max(that.opened_at + 1, slice_start_);
  int64_t high = that.is_open || that.closed_at == 0 ? slice_end_ : std::min(that.closed_at, slice_end_);
  const Calendar::Day& day = calendar_.DayOf(slice_start_ + 12 * kHourMs);
  if (in_hours && !after_touch) {
    if (!day.IsOpen()) return false;
    low = std::max(low, day.opens);
    high = std::min(high, day.closes);
  }
  if (high - low < kShortest) return false;
  int64_t time = low + static_cast<int64_t>(random_.Unit() * static_cast<double>(high - low));
  if (after_touch) {
    const int64_t about = that.touched + static_cast<int64_t>(random_.ExponentialWithMean(25.0 * kMinuteMs));
    if (about >= low && about < high) time = about;
  }
  DoInPassing(place, time);
  return true;
}

void CaseDesk::DoInPassing(uint32_t place, int64_t time) {
  static constexpr double kWeights[] = {44, 30, 9, 9, 8};
  const auto kind =
      static_cast<CaseChangeKind>(static_cast<size_t>(CaseChangeKind::kCommented) + random_.Pick(kWeights));
  SupportCase& that = cases_[place];
  uint16_t agent = that.agent;
  if (kind == CaseChangeKind::kMoved) {
    const std::span<const uint16_t> team =
        staff_.TeamMembers(that.is_complaint ? Team::kResolution : Team::kBackOffice);
    agent = that.agent = team[random_.Index(team.size())];
  }
  // Not Make(): what is done in passing leads to nothing more.
  today_.push_back({.time = time, .place = place, .case_stamp = that.stamp, .kind = kind, .agent = agent});
  ++made_;
}

void CaseDesk::AddWorkInPassing(int day) {
  const bool is_last = day + 1 == period_.days;
  const auto due = static_cast<uint64_t>(events_due_ + 0.5);
  uint64_t missing = due > made_ ? due - made_ : 0;
  missing = std::min(missing, static_cast<uint64_t>(std::max<int64_t>(Room(), 0)));
  // Most of the work falls to cases about which something happened today.
  uint64_t tries = missing * kTriesPerChange;
  while (missing > 0 && tries-- > 0) {
    const bool touched = !touched_.empty() && (open_.empty() || random_.Chance(0.65));
    const std::vector<uint32_t>& among = touched ? touched_ : open_;
    if (among.empty()) break;
    if (AddOneInPassing(among[random_.Index(among.size())], touched, true)) --missing;
  }
  if (!is_last) return;
  // The last slice must end exact: whatever case it may be, at whatever hour.
  for (bool any = true; missing > 0 && any;) {
    any = false;
    for (const std::vector<uint32_t>* among : {&open_, &touched_}) {
      for (size_t i = 0; i < among->size() && missing > 0; ++i) {
        if (!AddOneInPassing((*among)[i], false, false)) continue;
        any = true;
        --missing;
      }
    }
  }
}

void CaseDesk::EndDay(int day) {
  OpenWithoutContact(day);
  // A case opened without contact may be over within the slice.
  for (Happening happening; agenda_.TakeBefore(slice_end_, happening);) {
    if (happening.kind == HappeningKind::kCaseChange) OnCaseChange(happening);
    if (happening.kind == HappeningKind::kCaseCloses) OnCaseCloses(happening);
  }
  AddWorkInPassing(day);
  std::ranges::stable_sort(today_, {}, &CaseChange::time);
}

}  // namespace casebook
