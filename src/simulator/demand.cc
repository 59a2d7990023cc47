#include "simulator/demand.h"

#include <algorithm>
#include <cmath>

namespace casebook {
namespace {

constexpr int64_t kSlotMs = 15 * kMinuteMs;
constexpr int64_t kLeastPartsWithoutStorm = 20;
constexpr size_t kSlots = kDayMs / kSlotMs;

double ShareOf(const SimulationConfig::Volume& volume, Channel channel) {
  switch (channel) {
    case Channel::kVoice: return volume.voice;
    case Channel::kChat: return volume.chat;
    case Channel::kEmail: return volume.email;
    case Channel::kTask: return volume.task;
  }
  return 0;
}

}  // namespace

double PlannedHandlingSeconds(Channel channel) {
  switch (channel) {
    case Channel::kVoice: return 560;
    case Channel::kChat: return 400;  // of an agent who has several at once
    case Channel::kEmail: return 430;
    case Channel::kTask: return 380;
  }
  return 0;
}

Demand::Demand(const SimulationConfig& config, const Calendar& calendar, const Period& period)
    : config_(config), calendar_(calendar), period_(period) {
  for (const Intent& intent : Intents()) intent_weights_.push_back(intent.weight);
  for (int day = 0; day < period.days; ++day) {
    double weight = 0;
    for (size_t slot = 0; slot < kSlots; ++slot) {
      const int64_t time = period.SliceStart(day) + static_cast<int64_t>(slot) * kSlotMs;
      const Calendar::Day& local = calendar.DayOf(time);
      const double hours = config.arrivals.voice_hours[static_cast<size_t>(calendar.LocalHour(time))] + 0.02;
      weight += hours * DayFactor(local) * StormFactor(time);
    }
    weights_.push_back(weight);
    weight_sum_ += weight;
  }
  for (double& weight : weights_) weight /= weight_sum_;
}

double Demand::DayFactor(const Calendar::Day& day) const {
  const auto month = static_cast<size_t>(CivilFromDate(day.date).month - 1);
  const double weekday =
      day.is_holiday ? config_.arrivals.holiday : config_.arrivals.weekdays[static_cast<size_t>(day.weekday)];
  return weekday * config_.arrivals.months[month];
}

const Storm* Demand::StormAt(int64_t time) const {
  for (const Storm& storm : config_.storms) {
    // A storm breaks in the morning: nobody calls about it at night.
    const auto about =
        period_.from + static_cast<int64_t>(storm.at * static_cast<double>(period_.until - period_.from));
    const int64_t from = calendar_.ToOpenHours(about, 0);
    // In a short period it is short as well.
    const auto length = std::min(static_cast<int64_t>(storm.hours * static_cast<double>(kHourMs)),
                                 (period_.until - period_.from) / kLeastPartsWithoutStorm);
    if (time >= from && time < from + length) return &storm;
  }
  return nullptr;
}

double Demand::StormFactor(int64_t time) const {
  const Storm* storm = StormAt(time);
  return storm == nullptr ? 1 : storm->factor;
}

std::vector<uint64_t> Demand::Share(uint64_t total) const {
  std::vector<uint64_t> shares;
  double passed = 0;
  uint64_t given = 0;
  for (size_t day = 0; day < weights_.size(); ++day) {
    passed += weights_[day];
    const bool is_last = day + 1 == weights_.size();
    const uint64_t reserve = is_last || total == 0 ? 0 : 1;
    const auto until_now = is_last ? total : static_cast<uint64_t>(passed * static_cast<double>(total));
    const uint64_t share = std::min(std::max(until_now, given), total - reserve) - given;
    shares.push_back(share);
    given += share;
  }
  return shares;
}

double Demand::HourWeight(Channel channel, const Calendar::Day& day, int hour) const {
  const bool is_live = channel == Channel::kVoice || channel == Channel::kChat;
  if (!is_live) return config_.arrivals.written_hours[static_cast<size_t>(hour)];
  const int64_t time = day.midnight + hour * kHourMs;
  return time >= day.opens && time < day.closes ? config_.arrivals.voice_hours[static_cast<size_t>(hour)] : 0;
}

double Demand::SlotWeight(Channel channel, int64_t time) const {
  const Calendar::Day& day = calendar_.DayOf(time);
  return HourWeight(channel, day, calendar_.LocalHour(time)) * StormFactor(time);
}

uint8_t Demand::PickIntent(int64_t time, Random& random) const {
  const Storm* storm = StormAt(time);
  if (storm != nullptr && random.Chance(1 - 1 / storm->factor)) {
    const size_t intent = IntentByName(storm->intent);
    if (intent < Intents().size()) return static_cast<uint8_t>(intent);
  }
  return static_cast<uint8_t>(random.Pick(intent_weights_));
}

std::vector<FirstArrival> Demand::ArrivalsOf(int day, double expected, Random& random) const {
  std::vector<FirstArrival> arrivals;
  const double noise = std::max(0.3, 1 + config_.arrivals.noise * random.Normal());
  for (size_t c = 0; c < kChannelCount; ++c) {
    const auto channel = static_cast<Channel>(c);
    std::array<double, kSlots> slots{};
    double sum = 0;
    for (size_t slot = 0; slot < kSlots; ++slot) {
      sum += slots[slot] = SlotWeight(channel, period_.SliceStart(day) + static_cast<int64_t>(slot) * kSlotMs);
    }
    if (sum <= 0) continue;
    const uint32_t count = random.Poisson(expected * ShareOf(config_.volume, channel) * noise);
    for (uint32_t i = 0; i < count; ++i) {
      const int64_t time =
          period_.SliceStart(day) + static_cast<int64_t>(random.Pick(slots)) * kSlotMs + random.Between(0, kSlotMs - 1);
      arrivals.push_back({time, channel, PickIntent(time, random)});
    }
  }
  std::ranges::stable_sort(arrivals, {}, &FirstArrival::time);
  return arrivals;
}

int64_t Demand::CallTime(int day, Random& random) const {
  std::array<double, kSlots> slots{};
  for (size_t slot = 0; slot < kSlots; ++slot) {
    const int64_t time = period_.SliceStart(day) + static_cast<int64_t>(slot) * kSlotMs;
    slots[slot] = 0.04 * config_.arrivals.written_hours[static_cast<size_t>(calendar_.LocalHour(time))] +
                  SlotWeight(Channel::kVoice, time) + 0.0001;
  }
  return period_.SliceStart(day) + static_cast<int64_t>(random.Pick(slots)) * kSlotMs + random.Between(0, kSlotMs - 1);
}

HourlyLoad Demand::ForecastLoad(const Calendar::Day& day, double arrivals,
                                const std::array<double, kTeamCount>& factor) const {
  // What the slice of such a day would weigh without storms.
  double day_weight = 0;
  for (int hour = 0; hour < 24; ++hour) {
    day_weight += 4 * (config_.arrivals.voice_hours[static_cast<size_t>(hour)] + 0.02) * DayFactor(day);
  }
  const double expected = arrivals * day_weight / weight_sum_;
  HourlyLoad load{};
  for (size_t c = 0; c < kChannelCount; ++c) {
    const auto channel = static_cast<Channel>(c);
    const bool is_live = channel == Channel::kVoice || channel == Channel::kChat;
    double sum = 0;
    for (int hour = 0; hour < 24; ++hour) sum += HourWeight(channel, day, hour);
    if (sum <= 0) continue;
    const double seconds = expected * ShareOf(config_.volume, channel) * PlannedHandlingSeconds(channel);
    const auto open_hours = static_cast<double>((day.closes - day.opens) / kHourMs);
    for (int hour = 0; hour < 24; ++hour) {
      const int64_t time = day.midnight + hour * kHourMs;
      const bool is_open = time >= day.opens && time < day.closes;
      if (!is_open) continue;
      // What is written waits, so it is worked on evenly.
      const double share = is_live ? HourWeight(channel, day, hour) / sum : 1 / open_hours;
      const double at_once = seconds * share / 3600;
      const auto h = static_cast<size_t>(hour);
      switch (channel) {
        case Channel::kVoice:
          load[static_cast<size_t>(Team::kVoice)][h] += at_once * 0.9 * factor[static_cast<size_t>(Team::kVoice)];
          load[static_cast<size_t>(Team::kResolution)][h] +=
              at_once * 0.1 * factor[static_cast<size_t>(Team::kResolution)];
          break;
        case Channel::kChat:
          load[static_cast<size_t>(Team::kDigital)][h] += at_once * factor[static_cast<size_t>(Team::kDigital)];
          break;
        case Channel::kEmail:
        case Channel::kTask:
          load[static_cast<size_t>(Team::kBackOffice)][h] += at_once * factor[static_cast<size_t>(Team::kBackOffice)];
          break;
      }
    }
  }
  return load;
}

HourlyLoad Demand::PeakLoad(double arrivals, const std::array<double, kTeamCount>& factor) const {
  HourlyLoad peak{};
  for (int slice = 0; slice < period_.days; ++slice) {
    const HourlyLoad load = ForecastLoad(calendar_.DayOf(period_.SliceStart(slice) + 12 * kHourMs), arrivals, factor);
    for (size_t team = 0; team < kTeamCount; ++team) {
      for (size_t hour = 0; hour < 24; ++hour) peak[team][hour] = std::max(peak[team][hour], load[team][hour]);
    }
  }
  return peak;
}

}  // namespace casebook
