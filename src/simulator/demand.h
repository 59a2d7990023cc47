// Demand: how many come, when and what for, before anything that the centre itself causes.
//
// A period is cut into slices of 24 hours. The weight of a slice is its share of all demand.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "simulator/calendar.h"
#include "simulator/config.h"
#include "simulator/contact.h"
#include "simulator/random.h"
#include "simulator/staff.h"

namespace casebook {

struct Period {
  int64_t from = 0;
  int64_t until = 0;
  int days = 0;

  int64_t SliceStart(int day) const { return from + day * kDayMs; }
};

struct FirstArrival {
  int64_t time = 0;
  Channel channel = Channel::kVoice;
  uint8_t intent = 0;
};

class Demand {
 public:
  Demand(const SimulationConfig& config, const Calendar& calendar, const Period& period);

  // Of all slices, summing to 1.
  double WeightOf(int day) const { return weights_[static_cast<size_t>(day)]; }
  // `total` cut into whole numbers by weight; the last slice gets at least one, if there is one.
  std::vector<uint64_t> Share(uint64_t total) const;

  // The arrivals of a slice in order of time, `expected` of them on average.
  std::vector<FirstArrival> ArrivalsOf(int day, double expected, Random& random) const;
  // A moment in the slice at which calls come, also those that find the centre closed.
  int64_t CallTime(int day, Random& random) const;
  uint8_t PickIntent(int64_t time, Random& random) const;

  // The work of a day of `day`'s kind that `arrivals` first arrivals in the whole period would bring, storms left
  // out; times `factor` by team.
  HourlyLoad ForecastLoad(const Calendar::Day& day, double arrivals,
                          const std::array<double, kTeamCount>& factor) const;
  HourlyLoad PeakLoad(double arrivals, const std::array<double, kTeamCount>& factor) const;

 private:
  double DayFactor(const Calendar::Day& day) const;
  double StormFactor(int64_t time) const;
  const Storm* StormAt(int64_t time) const;
  double HourWeight(Channel channel, const Calendar::Day& day, int hour) const;
  double SlotWeight(Channel channel, int64_t time) const;

  const SimulationConfig& config_;
  const Calendar& calendar_;
  const Period& period_;
  double weight_sum_ = 0;  // of the slices before they were made to sum to 1
  std::vector<double> weights_;
  std::vector<double> intent_weights_;
};

// Seconds of an agent's time that a contact takes on average, for planning.
double PlannedHandlingSeconds(Channel channel);

}  // namespace casebook
