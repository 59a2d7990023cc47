#include "simulator/config.h"

#include <algorithm>

#include "base/result.h"
#include "simulator/vocabulary.h"

namespace casebook {
namespace {

Error OutOfRange(std::string_view key, double value, std::string_view range) {
  return Invalid("simulation parameter " + std::string(key) + " is " + std::to_string(value) + ", not " +
                 std::string(range));
}

Status CheckShares(const SimulationConfig& config) {
  const struct {
    std::string_view key;
    double value;
  } shares[] = {{"cases.open_at_end", config.cases.open_at_end},
                {"cases.reopened", config.cases.reopened},
                {"cases.opened_by_contact", config.cases.opened_by_contact},
                {"complaints.share", config.complaints.share},
                {"complaints.by_next_working_day", config.complaints.by_next_working_day},
                {"complaints.by_eight_weeks", config.complaints.by_eight_weeks},
                {"delivery.duplicates", config.delivery.duplicates},
                {"delivery.new_field_at", config.delivery.new_field_at},
                {"survey.offered", config.survey.offered},
                {"survey.answered", config.survey.answered},
                {"staff.absence", config.staff.absence},
                {"service.transfer_share", config.service.transfer_share},
                {"volume.first_arrivals_share", config.volume.first_arrivals_share}};
  for (const auto& [key, value] : shares) {
    if (!(value >= 0 && value <= 1)) return OutOfRange(key, value, "a share from 0 to 1");
  }
  return {};
}

}  // namespace

Status CheckSimulationConfig(const SimulationConfig& config) {
  RETURN_IF_ERROR(CheckShares(config));
  const SimulationConfig::Volume& volume = config.volume;
  if (!(volume.contacts_per_case > 0 && volume.contacts_per_case < 1000)) {
    return OutOfRange("volume.contacts_per_case", volume.contacts_per_case, "between 0 and 1000");
  }
  // A case and a contact make some events of their own accord, and the rest is filled up.
  if (!(volume.case_events_per_case >= 6 && volume.case_events_per_case < 1000)) {
    return OutOfRange("volume.case_events_per_case", volume.case_events_per_case, "between 6 and 1000");
  }
  const double per_contact = volume.contact_events_per_case / volume.contacts_per_case;
  if (!(per_contact >= 7 && per_contact < 1000)) {
    return OutOfRange("volume.contact_events_per_case / volume.contacts_per_case", per_contact, "between 7 and 1000");
  }
  if (!(volume.customers_per_case > 0 && volume.customers_per_case <= 100)) {
    return OutOfRange("volume.customers_per_case", volume.customers_per_case, "between 0 and 100");
  }
  if (config.service.chats_at_once < 1 || config.service.chats_at_once > 20) {
    return OutOfRange("service.chats_at_once", config.service.chats_at_once, "between 1 and 20");
  }
  if (config.staff.minimum < 1 || config.staff.minimum > 1000) {
    return OutOfRange("staff.minimum", config.staff.minimum, "between 1 and 1000");
  }
  if (config.complaints.by_eight_weeks < config.complaints.by_next_working_day) {
    return OutOfRange("complaints.by_eight_weeks", config.complaints.by_eight_weeks, "at least by_next_working_day");
  }
  for (const Storm& storm : config.storms) {
    if (!(storm.factor >= 1 && storm.factor <= 100))
      return OutOfRange("storm.factor", storm.factor, "between 1 and 100");
    if (!(storm.at >= 0 && storm.at <= 1)) return OutOfRange("storm.at", storm.at, "a share from 0 to 1");
    if (!storm.intent.empty() && IntentByName(storm.intent) == Intents().size()) {
      return Invalid("storm " + storm.name + " names the unknown intent " + storm.intent);
    }
  }
  return {};
}

}  // namespace casebook
