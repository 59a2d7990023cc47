#include "simulator/record_updates.h"

#include <algorithm>

#include "simulator/calendar.h"

namespace casebook {
namespace {

constexpr double kRatingLeftOut = 0.06;

uint8_t Rating(double satisfaction, Random& random) {
  if (random.Chance(kRatingLeftOut)) return 0;
  return static_cast<uint8_t>(std::clamp(satisfaction + 1.1 * random.Normal() + 0.5, 1.0, 5.0));
}

}  // namespace

RecordUpdates::RecordUpdates(const SimulationConfig& config, uint64_t seed, int64_t until)
    : config_(config), random_(Key(seed, 0x04da)), until_(until) {}

bool RecordUpdates::Later(const Update& a, const Update& b) {
  return a.version.last_update != b.version.last_update ? a.version.last_update > b.version.last_update
                                                        : a.contact.number > b.contact.number;
}

// Who waited, or was passed on, is less content; whether it was settled weighs more than how.
void RecordUpdates::Rate(const Contact& contact, RecordVersion& version) {
  const auto waited_min = static_cast<double>(contact.dequeued - contact.enqueued) / kMinuteMs;
  const double content = 4.5 - std::min(waited_min, 25.0) / 12 - (contact.previous != 0 ? 0.4 : 0) -
                         (contact.is_transferred ? 0.3 : 0) - (contact.queue == QueueId::kComplaints ? 0.6 : 0);
  version.has_survey = true;
  version.agent_rating = Rating(content + 0.2, random_);
  version.resolution_rating = Rating(content - 0.5, random_);
}

void RecordUpdates::Consider(const Contact& contact, int64_t first_update) {
  const bool is_talk = contact.channel == Channel::kVoice || contact.channel == Channel::kChat;
  if (!is_talk || !contact.IsHandled() || contact.connected_to_system == 0) return;
  Update update{contact, {}};
  const bool is_answered = random_.Chance(config_.survey.offered * config_.survey.answered);
  update.version.has_late_analysis = random_.Chance(config_.delivery.updated_records);
  if (is_answered) Rate(contact, update.version);
  const double hours =
      is_answered ? random_.ExponentialWithMean(config_.survey.mean_delay_h) : 0.5 + 5 * random_.Unit();
  update.version.last_update =
      first_update + 5 * kMinuteMs + static_cast<int64_t>(hours * static_cast<double>(kHourMs));
  if ((!is_answered && !update.version.has_late_analysis) || update.version.last_update >= until_) return;
  heap_.push_back(update);
  std::ranges::push_heap(heap_, Later);
}

bool RecordUpdates::TakeBefore(int64_t limit, Contact& contact, RecordVersion& version) {
  if (heap_.empty() || heap_.front().version.last_update >= limit) return false;
  contact = heap_.front().contact;
  version = heap_.front().version;
  std::ranges::pop_heap(heap_, Later);
  heap_.pop_back();
  return true;
}

}  // namespace casebook
