#include "simulator/simulation.h"

#include <algorithm>
#include <cmath>

#include "simulator/agent_event_format.h"
#include "simulator/case_event_format.h"
#include "simulator/contact_lens_format.h"
#include "simulator/contact_record_format.h"
#include "simulator/reference_format.h"

namespace casebook {
namespace {

constexpr std::array<double, kTeamCount> kFirstLoadFactor{2.3, 2.3, 2.7, 1.6};  // for hiring: with a margin
constexpr size_t kAccountChunk = size_t{1} << 20U;
constexpr double kMaxUpdatesPerContact = 4;      // on average
constexpr double kUnhandledUpdateWeight = 0.35;  // of a contact without an agent against one with

uint32_t CustomerCount(const SimulationConfig& config, uint64_t cases) {
  return static_cast<uint32_t>(std::max(20.0, config.volume.customers_per_case * static_cast<double>(cases)));
}

// A record is sent once everything about the contact is over, a minute or so later.
int64_t FirstUpdate(const Contact& contact) {
  return std::max(contact.disconnected, contact.after_work_ended) + 60 * kSecondMs +
         static_cast<int64_t>(Key(contact.number, 0xf125) % 40) * kSecondMs;
}

}  // namespace

Simulation::Simulation(const SimulationOptions& options, SimulationConfig config, SimulationTotals totals,
                       Period period, const Output& output)
    : options_(options),
      config_(std::move(config)),
      totals_(totals),
      period_(period),
      output_(output),
      calendar_(period.from, period.until),
      demand_(config_, calendar_, period_),
      customers_(options.seed, CustomerCount(config_, totals.cases), period.from, period.until),
      staff_(config_, options.seed,
             demand_.PeakLoad(static_cast<double>(totals.contacts) * config_.volume.first_arrivals_share,
                              kFirstLoadFactor)),
      desk_(config_, options.seed, {totals.cases, totals.case_events}, calendar_, period_, demand_, customers_, staff_,
            agenda_),
      centre_(config_, options.seed, totals.contacts, calendar_, period_, demand_, customers_, staff_, desk_, agenda_),
      context_(options.seed, staff_, customers_, period_,
               period.from + static_cast<int64_t>(config_.delivery.new_field_at *
                                                  static_cast<double>(period.until - period.from))),
      updates_(config_, options.seed, period.until),
      case_events_("case_events", config_, options.seed, output),
      contact_events_("contact_events", config_, options.seed, output),
      contact_records_("ctr_events", config_, options.seed, output),
      agent_events_("agent_events", config_, options.seed, output),
      transcripts_("contact_lens", config_, options.seed, output) {}

Result<SimulationSummary> Simulation::Run() {
  RETURN_IF_ERROR(WriteReferences());
  for (int day = 0; day < period_.days; ++day) {
    RETURN_IF_ERROR(RunDay(day));
    if (options_.progress) options_.progress({day + 1, period_.days, Summarise().bytes});
  }
  RETURN_IF_ERROR(CheckTotals());
  return Summarise();
}

Status Simulation::RunDay(int day) {
  desk_.BeginDay(day);
  centre_.RunDay(day);
  desk_.EndDay(day);
  centre_.EndDay(day);
  // One feed after the other, so that only one feed's day is in memory.
  waiting_bytes_ = 0;
  RETURN_IF_ERROR(SendContacts(day));
  RETURN_IF_ERROR(Flush(contact_events_, day));
  SendContactRecords(day);
  RETURN_IF_ERROR(Flush(contact_records_, day));
  RETURN_IF_ERROR(Flush(transcripts_, day));
  SendCaseEvents();
  RETURN_IF_ERROR(Flush(case_events_, day));
  SendAgentEvents();
  RETURN_IF_ERROR(Flush(agent_events_, day));
  waiting_bytes_max_ = std::max(waiting_bytes_max_, waiting_bytes_);
  pending_max_ =
      std::max<uint64_t>(pending_max_, centre_.pending() + desk_.pending() + updates_.pending() + agenda_.size());
  return {};
}

// The contacts that are over, each with its share of updates, so that the number of events is what it should be by
// now; of those that wait what has happened so far.
Status Simulation::SendContacts(int day) {
  const std::vector<Contact>& finished = centre_.finished();
  double weight = 0;
  for (const Contact& contact : finished) {
    contact_events_made_ += CountLaterMoments(contact) + (contact.is_announced ? 0 : CountFirstMoments(contact));
    weight += contact.IsHandled() ? 1 : kUnhandledUpdateWeight;
  }
  centre_.AnnounceWaiting([&](const Contact& contact) {
    contact_events_made_ += CountFirstMoments(contact);
    moments_.clear();
    AppendFirstMoments(contact, moments_);
    for (const ContactMoment& moment : moments_) SendContactEvent(contact, moment);
  });
  const bool is_last = day + 1 == period_.days;
  contact_events_due_ = is_last
                            ? static_cast<double>(totals_.contact_events)
                            : contact_events_due_ + demand_.WeightOf(day) * static_cast<double>(totals_.contact_events);
  const auto due = static_cast<uint64_t>(contact_events_due_ + 0.5);
  uint64_t missing = due > contact_events_made_ ? due - contact_events_made_ : 0;
  // A quiet day leaves some to the days after it; and those to come must not lack their own.
  finished_ += finished.size();
  const uint64_t needed = contact_events_made_ + kMostMomentsOfAContact * (totals_.contacts - finished_);
  missing = std::min(missing, totals_.contact_events > needed ? totals_.contact_events - needed : 0);
  if (!is_last) missing = std::min(missing, static_cast<uint64_t>(kMaxUpdatesPerContact * weight));
  contact_events_made_ += missing;
  Random random(Key(options_.seed, static_cast<uint64_t>(day), 0x0bd));
  for (const Contact& contact : finished) {
    const double mine = contact.IsHandled() ? 1 : kUnhandledUpdateWeight;
    const double share = static_cast<double>(missing) * mine / weight;
    // The last one takes what is left.
    const bool is_alone = &contact == &finished.back();
    const auto updates = is_alone ? missing : std::min<uint64_t>(missing, random.Poisson(share));
    missing -= updates;
    weight -= mine;
    SendContactEvents(contact, updates);
  }
  return {};
}

void Simulation::SendContactEvents(const Contact& contact, uint64_t updates) {
  moments_.clear();
  if (!contact.is_announced) AppendFirstMoments(contact, moments_);
  AppendLaterMoments(contact, updates, moments_);
  for (const ContactMoment& moment : moments_) SendContactEvent(contact, moment);
}

void Simulation::SendContactEvent(const Contact& contact, const ContactMoment& moment) {
  AppendContactEvent(contact_events_.Record(), context_, contact, moment);
  contact_events_.Sent(moment.time);
}

void Simulation::SendRecord(const Contact& contact, const RecordVersion& version) {
  AppendContactRecord(contact_records_.Record(), context_, contact, version);
  contact_records_.Sent(version.last_update);
}

void Simulation::SendContactRecords(int day) {
  for (const Contact& contact : centre_.finished()) {
    const RecordVersion first{.last_update = FirstUpdate(contact)};
    SendRecord(contact, first);
    updates_.Consider(contact, first.last_update);
    if (IsTranscribed(config_, contact)) {
      AppendContactLens(transcripts_.Record(), context_, contact);
      transcripts_.Sent(first.last_update + kMinuteMs);
    }
  }
  Contact contact;
  RecordVersion version;
  while (updates_.TakeBefore(period_.SliceStart(day) + kDayMs, contact, version)) SendRecord(contact, version);
}

void Simulation::SendCaseEvents() {
  for (const CaseChange& change : desk_.changes()) {
    AppendCaseEvent(case_events_.Record(), context_, desk_.CaseOf(change), change, case_events_.records() + 1);
    case_events_.Sent(change.time);
  }
}

void Simulation::SendAgentEvents() {
  for (const AgentChange& change : centre_.agent_changes()) {
    AppendAgentEvent(agent_events_.Record(), context_, change, ++agent_events_made_);
    agent_events_.Sent(change.time);
  }
}

Status Simulation::Flush(Delivery& feed, int day) {
  const int64_t start = period_.SliceStart(day);
  RETURN_IF_ERROR(feed.Flush(start, start + kDayMs, day + 1 == period_.days));
  waiting_bytes_ += feed.waiting_bytes();
  return {};
}

Status Simulation::WriteReferences() {
  TextBuffer text;
  const auto write = [&](const std::string& name) -> Status {
    ASSIGN_OR_RETURN(const auto file, output_.Create(name));
    RETURN_IF_ERROR(file->Write(text.view()));
    reference_bytes_ += text.size();
    text.Clear();
    return file->Close();
  };
  AppendFieldCatalogue(text, false);
  RETURN_IF_ERROR(write("reference/field_catalogue_1.json"));
  AppendFieldCatalogue(text, true);
  RETURN_IF_ERROR(write("reference/field_catalogue_2.json"));
  AppendUsers(text, context_);
  RETURN_IF_ERROR(write("reference/users.ndjson"));
  AppendQueues(text, context_);
  RETURN_IF_ERROR(write("reference/queues.ndjson"));
  // Of another system: not for a stream that holds what Amazon Connect sends.
  return output_.is_standard_output() ? Status() : WriteAccounts();
}

Status Simulation::WriteAccounts() {
  ASSIGN_OR_RETURN(const auto accounts, output_.Create("junifer/accounts.csv"));
  ASSIGN_OR_RETURN(const auto customers, output_.Create("junifer/customers.csv"));
  TextBuffer account_text;
  TextBuffer customer_text;
  AppendAccountHeading(account_text);
  AppendCustomerHeading(customer_text);
  for (uint32_t i = 0; i < customers_.count(); ++i) {
    const Customer customer = customers_.At(i);
    AppendAccountLines(account_text, customer);
    AppendCustomerLine(customer_text, customer);
    if (account_text.size() < kAccountChunk && i + 1 < customers_.count()) continue;
    RETURN_IF_ERROR(accounts->Write(account_text.view()));
    RETURN_IF_ERROR(customers->Write(customer_text.view()));
    reference_bytes_ += account_text.size() + customer_text.size();
    account_text.Clear();
    customer_text.Clear();
  }
  RETURN_IF_ERROR(accounts->Close());
  return customers->Close();
}

Status Simulation::CheckTotals() const {
  const struct {
    std::string_view what;
    uint64_t asked, made;
  } totals[] = {{"cases", totals_.cases, desk_.cases_opened()},
                {"case events", totals_.case_events, case_events_.records()},
                {"contacts", totals_.contacts, centre_.contacts_made()},
                {"contact events", totals_.contact_events, contact_events_.records()}};
  for (const auto& [what, asked, made] : totals) {
    if (asked == made) continue;
    return Invalid("the model made " + std::to_string(made) + " " + std::string(what) + " where " +
                   std::to_string(asked) + " were asked for; its parameters do not go together");
  }
  return {};
}

SimulationSummary Simulation::Summarise() const {
  SimulationSummary summary;
  for (const auto& [name, feed] :
       std::initializer_list<std::pair<std::string_view, const Delivery*>>{{"case_events", &case_events_},
                                                                           {"contact_events", &contact_events_},
                                                                           {"ctr_events", &contact_records_},
                                                                           {"agent_events", &agent_events_},
                                                                           {"contact_lens", &transcripts_}}) {
    summary.feeds.push_back({std::string(name), feed->records(), feed->duplicates(), feed->bytes_written()});
    summary.bytes += feed->bytes_written();
  }
  summary.bytes += reference_bytes_;
  summary.cases = desk_.cases_opened();
  summary.contacts = centre_.contacts_made();
  summary.agents = staff_.agents().size();
  const CentreCounts& counts = centre_.counts();
  summary.calls_queued = counts.queued;
  summary.calls_answered = counts.answered;
  summary.calls_abandoned = counts.abandoned;
  summary.calls_answered_in_time = counts.answered_in_time;
  summary.occupancy = counts.staffed_s > 0 ? counts.busy_s / counts.staffed_s : 0;
  summary.pending_max = pending_max_;
  summary.waiting_bytes_max = waiting_bytes_max_;
  return summary;
}

}  // namespace casebook
