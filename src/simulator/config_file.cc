// The configuration file: TOML, one table a group of parameters, `[[storm]]` for each storm.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <map>
#include <span>
#include <string>
#include <variant>

#include <toml++/toml.h>

#include "base/file.h"
#include "simulator/config.h"

namespace casebook {
namespace {

constexpr uint64_t kMaxConfigBytes = uint64_t{1} << 20U;

using Target = std::variant<double*, int*, std::string*, std::span<double>>;

Error AtLine(const toml::node& node, const std::string& key, std::string_view what) {
  return Invalid("simulation parameter " + key + " in line " + std::to_string(node.source().begin.line) + " " +
                 std::string(what));
}

Status SetNumbers(const toml::node& node, const std::string& key, std::span<double> target) {
  const toml::array* const values = node.as_array();
  if (values == nullptr || values->size() != target.size()) {
    return AtLine(node, key, "is not a list of " + std::to_string(target.size()) + " numbers");
  }
  for (size_t i = 0; i < target.size(); ++i) {
    const auto number = values->get(i)->value<double>();
    if (!number || !(*number >= 0)) return AtLine(node, key, "holds something that is no number from 0 up");
    target[i] = *number;
  }
  return {};
}

Status Set(const toml::node& node, const std::string& key, const Target& target) {
  if (const auto* const numbers = std::get_if<std::span<double>>(&target)) return SetNumbers(node, key, *numbers);
  if (auto* const* const text = std::get_if<std::string*>(&target)) {
    const auto value = node.value<std::string>();
    if (!value) return AtLine(node, key, "is no text");
    **text = *value;
    return {};
  }
  const auto number = node.value<double>();
  if (!number || !(*number >= 0 && *number < 1e9)) return AtLine(node, key, "is no number from 0 up");
  if (auto* const* const whole = std::get_if<int*>(&target)) {
    **whole = static_cast<int>(*number);
    if (static_cast<double>(**whole) != *number) return AtLine(node, key, "is not whole");
  } else {
    *std::get<double*>(target) = *number;
  }
  return {};
}

using Keys = std::map<std::string, Target, std::less<>>;

Status ReadTable(const toml::table& table, const std::string& group, const Keys& keys) {
  for (const auto& [key, node] : table) {
    const std::string name = group + "." + std::string(key.str());
    const auto target = keys.find(key.str());
    if (target == keys.end()) return AtLine(node, name, "is not known");
    RETURN_IF_ERROR(Set(node, name, target->second));
  }
  return {};
}

std::map<std::string, Keys, std::less<>> Groups(SimulationConfig& c) {
  return {
      {"volume",
       {{"contacts_per_case", &c.volume.contacts_per_case},
        {"case_events_per_case", &c.volume.case_events_per_case},
        {"contact_events_per_case", &c.volume.contact_events_per_case},
        {"customers_per_case", &c.volume.customers_per_case},
        {"first_arrivals_share", &c.volume.first_arrivals_share},
        {"voice", &c.volume.voice},
        {"chat", &c.volume.chat},
        {"email", &c.volume.email},
        {"task", &c.volume.task}}},
      {"arrivals",
       {{"voice_hours", std::span<double>(c.arrivals.voice_hours)},
        {"written_hours", std::span<double>(c.arrivals.written_hours)},
        {"weekdays", std::span<double>(c.arrivals.weekdays)},
        {"months", std::span<double>(c.arrivals.months)},
        {"holiday", &c.arrivals.holiday},
        {"noise", &c.arrivals.noise}}},
      {"service",
       {{"patience_voice_s", &c.service.patience_voice_s},
        {"patience_chat_s", &c.service.patience_chat_s},
        {"after_work_s", &c.service.after_work_s},
        {"hold_share", &c.service.hold_share},
        {"hold_s", &c.service.hold_s},
        {"transfer_share", &c.service.transfer_share},
        {"warm_transfer_share", &c.service.warm_transfer_share},
        {"callback_wait_s", &c.service.callback_wait_s},
        {"callback_taken", &c.service.callback_taken},
        {"retry_voice", &c.service.retry_voice},
        {"menu_s", &c.service.menu_s},
        {"chats_at_once", &c.service.chats_at_once}}},
      {"staff",
       {{"comfort", &c.staff.comfort},
        {"shrinkage", &c.staff.shrinkage},
        {"absence", &c.staff.absence},
        {"minimum", &c.staff.minimum}}},
      {"cases",
       {{"opened_by_contact", &c.cases.opened_by_contact},
        {"open_at_end", &c.cases.open_at_end},
        {"reopened", &c.cases.reopened},
        {"closed_at_once", &c.cases.closed_at_once},
        {"closed_in_two_days", &c.cases.closed_in_two_days},
        {"closed_in_weeks", &c.cases.closed_in_weeks},
        {"metadata_only", &c.cases.metadata_only},
        {"outbound", &c.cases.outbound}}},
      {"complaints",
       {{"share", &c.complaints.share},
        {"by_next_working_day", &c.complaints.by_next_working_day},
        {"by_eight_weeks", &c.complaints.by_eight_weeks},
        {"flagged_later", &c.complaints.flagged_later},
        {"goodwill", &c.complaints.goodwill},
        {"ombudsman", &c.complaints.ombudsman}}},
      {"survey",
       {{"offered", &c.survey.offered}, {"answered", &c.survey.answered}, {"mean_delay_h", &c.survey.mean_delay_h}}},
      {"delivery",
       {{"duplicates", &c.delivery.duplicates},
        {"late", &c.delivery.late},
        {"very_late", &c.delivery.very_late},
        {"days_late", &c.delivery.days_late},
        {"updated_records", &c.delivery.updated_records},
        {"transcripts", &c.delivery.transcripts},
        {"new_field_at", &c.delivery.new_field_at}}},
  };
}

Status ReadStorms(const toml::node& node, SimulationConfig& config) {
  config.storms.clear();
  const toml::array* const storms = node.as_array();
  if (storms == nullptr) return AtLine(node, "storm", "is not a list of tables: write [[storm]]");
  for (const toml::node& entry : *storms) {
    const toml::table* const table = entry.as_table();
    if (table == nullptr) return AtLine(entry, "storm", "is not a list of tables: write [[storm]]");
    Storm storm;
    RETURN_IF_ERROR(ReadTable(*table, "storm",
                              {{"name", &storm.name},
                               {"at", &storm.at},
                               {"hours", &storm.hours},
                               {"factor", &storm.factor},
                               {"intent", &storm.intent}}));
    config.storms.push_back(std::move(storm));
  }
  return {};
}

}  // namespace

Result<SimulationConfig> ReadSimulationConfig(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path, kMaxConfigBytes));
  const toml::parse_result parsed = toml::parse(text, path.string());
  if (!parsed) {
    return Invalid(path.string() + " line " + std::to_string(parsed.error().source().begin.line) + ": " +
                   std::string(parsed.error().description()));
  }
  SimulationConfig config;
  const auto groups = Groups(config);
  for (const auto& [key, node] : parsed.table()) {
    if (key == "storm") {
      RETURN_IF_ERROR(ReadStorms(node, config));
      continue;
    }
    const auto group = groups.find(key.str());
    if (group == groups.end() || !node.is_table()) return AtLine(node, std::string(key.str()), "is not known");
    RETURN_IF_ERROR(ReadTable(*node.as_table(), std::string(key.str()), group->second));
  }
  return config;
}

}  // namespace casebook
