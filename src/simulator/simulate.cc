#include "simulator/simulate.h"

#include "simulator/config.h"
#include "simulator/output.h"
#include "simulator/simulation.h"

namespace casebook {
namespace {

// The dataset's description: rows of its three tables, over two years.
constexpr double kFullCases = 800'000;
constexpr double kFullCaseEvents = 6'600'000;
constexpr double kFullContacts = 1'900'000;
constexpr double kFullContactEvents = 15'000'000;
constexpr int kFullDays = 730;
constexpr double kMaxScale = 20;
constexpr int64_t kDefaultUntilMs = 1'782'777'600'000;  // 2026-06-30T00:00:00Z

uint64_t Rounded(double value) { return static_cast<uint64_t>(value + 0.5); }

SimulationTotals TotalsOfScale(double scale) {
  return {.cases = std::max<uint64_t>(1, Rounded(kFullCases * scale)),
          .case_events = Rounded(kFullCaseEvents * scale),
          .contacts = Rounded(kFullContacts * scale),
          .contact_events = Rounded(kFullContactEvents * scale)};
}

SimulationTotals TotalsOfCases(uint64_t cases, const SimulationConfig::Volume& volume) {
  const auto count = static_cast<double>(cases);
  return {.cases = cases,
          .case_events = Rounded(count * volume.case_events_per_case),
          .contacts = std::max<uint64_t>(1, Rounded(count * volume.contacts_per_case)),
          .contact_events = Rounded(count * volume.contact_events_per_case)};
}

Status CheckOptions(const SimulationOptions& options) {
  if (options.scale) {
    if (!(*options.scale > 0 && *options.scale <= kMaxScale)) {
      return Invalid("scale " + std::to_string(*options.scale) + " is not above 0 and at most " +
                     std::to_string(kMaxScale));
    }
    return {};
  }
  if (options.cases == 0 || options.cases > kMaxSimulatedCases) {
    return Invalid("cannot simulate " + std::to_string(options.cases) + " cases; from 1 to " +
                   std::to_string(kMaxSimulatedCases) + " are possible");
  }
  if (options.days < 1 || options.days > kMaxSimulatedDays) {
    return Invalid("cannot simulate " + std::to_string(options.days) + " days; from 1 to " +
                   std::to_string(kMaxSimulatedDays) + " are possible");
  }
  return {};
}

}  // namespace

Result<SimulationSummary> Simulate(const SimulationOptions& options) {
  RETURN_IF_ERROR(CheckOptions(options));
  SimulationConfig config;
  if (options.config) {
    ASSIGN_OR_RETURN(config, ReadSimulationConfig(*options.config));
  }
  RETURN_IF_ERROR(CheckSimulationConfig(config));
  const SimulationTotals totals =
      options.scale ? TotalsOfScale(*options.scale) : TotalsOfCases(options.cases, config.volume);
  Period period;
  period.days = options.scale ? kFullDays : options.days;
  period.until = options.until ? options.until->micros / 1000 : kDefaultUntilMs;
  period.from = period.until - period.days * kDayMs;
  if (period.from < 0) return Invalid("the simulated period begins before 1970");
  ASSIGN_OR_RETURN(const Output output, Output::Open(options.out, options.gzip));
  Simulation simulation(options, std::move(config), totals, period, output);
  return simulation.Run();
}

}  // namespace casebook
