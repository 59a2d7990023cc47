#include "simulator/case_life.h"

#include <algorithm>
#include <numeric>

namespace casebook {
namespace {

constexpr size_t kSample = 8'192;
constexpr int64_t kEightWeeks = 56 * kDayMs;
constexpr double kDay = static_cast<double>(kDayMs);

}  // namespace

CaseLife::CaseLife(const SimulationConfig& config, const Calendar& calendar, const Period& period,
                   std::vector<uint64_t> cases_by_day, uint64_t seed)
    : config_(config), calendar_(calendar), period_(period), cases_by_day_(std::move(cases_by_day)) {
  const auto cases = std::accumulate(cases_by_day_.begin(), cases_by_day_.end(), uint64_t{0});
  open_quota_ = config.cases.open_at_end * static_cast<double>(cases);
  Random random(Key(seed, 0x11fe));
  for (size_t i = 0; i < kSample; ++i) {
    const int64_t opened = calendar_.ToOpenHours(period.from + random.Between(0, 14 * kDayMs), kHourMs);
    const bool is_complaint = random.Chance(config.complaints.share);
    lives_.push_back(DrawClosure(opened, opened + 10 * kMinuteMs, is_complaint, random) - opened);
  }
  std::ranges::sort(lives_);
}

double CaseLife::ShareOpenAfter(int64_t life) const {
  const auto longer = lives_.end() - std::ranges::upper_bound(lives_, life);
  return static_cast<double>(longer) / static_cast<double>(lives_.size());
}

void CaseLife::BeginDay(int day) {
  double expected = 0;
  for (int d = day; d < period_.days; ++d) {
    const int64_t left = period_.until - period_.SliceStart(d) - kDayMs / 2;
    expected += static_cast<double>(cases_by_day_[static_cast<size_t>(d)]) * ShareOpenAfter(left);
  }
  keep_ = expected <= 0 ? 1 : std::clamp(open_quota_ / expected, 0.0, 1.0);
}

int64_t CaseLife::InOfficeHours(int64_t time, Random& random) const {
  return calendar_.ToOpenHours(time, random.Between(0, 9 * kHourMs));
}

int64_t CaseLife::DrawComplaintClosure(int64_t opened, Random& random) const {
  const Calendar::Day& next = calendar_.WorkingDayAfter(opened, 1);
  const double kind = random.Unit();
  if (kind < config_.complaints.by_next_working_day) {
    const Calendar::Day& today = calendar_.DayOf(opened);
    const int64_t earliest = opened + 15 * kMinuteMs;
    if (today.IsOpen() && earliest < today.closes && random.Chance(0.55)) {
      return random.Between(earliest, today.closes - kMinuteMs);
    }
    return random.Between(next.opens, next.closes - kMinuteMs);
  }
  const double days = kind < config_.complaints.by_eight_weeks ? std::min(random.LogNormal(12, 0.75), 52.0)
                                                               : 57.5 + random.ExponentialWithMean(55);
  const int64_t earliest = next.closes + random.Between(12, 24) * kHourMs;
  const int64_t closed = InOfficeHours(std::max(opened + static_cast<int64_t>(days * kDay), earliest), random);
  return days < 57 ? std::min(closed, opened + kEightWeeks - kDayMs) : closed;
}

int64_t CaseLife::DrawClosure(int64_t opened, int64_t handled_until, bool is_complaint, Random& random) const {
  if (is_complaint) return DrawComplaintClosure(opened, random);
  double kind = random.Unit();
  if ((kind -= config_.cases.closed_at_once) < 0) {
    return std::max(handled_until, opened) + random.Between(5 * kSecondMs, 20 * kMinuteMs);
  }
  double days = random.LogNormal(82, 0.8);
  if ((kind -= config_.cases.closed_in_two_days) < 0) {
    days = random.ExponentialWithMean(0.9);
  } else if (kind - config_.cases.closed_in_weeks < 0) {
    days = random.LogNormal(5, 0.8);
  }
  return InOfficeHours(opened + 20 * kMinuteMs + static_cast<int64_t>(days * kDay), random);
}

int64_t CaseLife::PlanClosure(int64_t opened, int64_t handled_until, bool is_complaint, Random& random) {
  const int64_t drawn = DrawClosure(opened, handled_until, is_complaint, random);
  if (drawn < period_.until) return drawn;
  if (open_quota_ >= 1 && random.Chance(keep_)) {
    open_quota_ -= 1;
    return period_.until;
  }
  const auto left = static_cast<double>(period_.until - opened);
  const int64_t sooner = opened + static_cast<int64_t>((0.05 + 0.9 * random.Unit()) * left);
  const int64_t in_hours = InOfficeHours(sooner, random);
  return in_hours < period_.until ? in_hours : sooner;
}

}  // namespace casebook
