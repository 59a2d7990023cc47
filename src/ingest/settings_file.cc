#include "ingest/settings_file.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <sstream>

namespace casebook {
namespace {

constexpr char kFileName[] = "casebook.toml";

// Reads one value and knows which settings there are.
class SettingsReader {
 public:
  SettingsReader(const toml::table& root, std::string file) : root_(root), file_(std::move(file)) {}

  Status Read(DataSettings& settings) {
    EnrichmentSettings& rows = settings.enrichment;
    for (const auto& [section, node] : root_) {
      const toml::table* table = node.as_table();
      if (table == nullptr) return Wrong(node, std::string(section.str()), "is no section");
      for (const auto& [key, value] : *table) {
        const std::string name = std::string(section.str()) + "." + std::string(key.str());
        if (name == "cases.closed_statuses") {
          RETURN_IF_ERROR(ReadTexts(value, name, settings.tables.closed_statuses));
        } else if (name == "cases.account_width") {
          RETURN_IF_ERROR(ReadWidth(value, name, rows.account_width));
        } else if (name == "ratings.agent_rating_keys") {
          RETURN_IF_ERROR(ReadTexts(value, name, rows.csat_agent_rating_keys));
        } else if (name == "ratings.resolution_rating_keys") {
          RETURN_IF_ERROR(ReadTexts(value, name, rows.csat_resolution_rating_keys));
        } else if (name == "ratings.container_keys") {
          RETURN_IF_ERROR(ReadTexts(value, name, rows.csat_container_keys));
        } else if (name == "ratings.agent_rating_inner_keys") {
          RETURN_IF_ERROR(ReadTexts(value, name, rows.csat_agent_rating_inner_keys));
        } else if (name == "ratings.resolution_rating_inner_keys") {
          RETURN_IF_ERROR(ReadTexts(value, name, rows.csat_resolution_rating_inner_keys));
        } else {
          return Wrong(value, name, "is no setting");
        }
      }
    }
    return {};
  }

 private:
  Error Wrong(const toml::node& node, const std::string& name, const std::string& what) const {
    const toml::source_position at = node.source().begin;
    return Invalid("setting " + name + " " + what + " (" + file_ + ", line " + std::to_string(at.line) + ", column " +
                   std::to_string(at.column) + ")");
  }

  Status ReadTexts(const toml::node& value, const std::string& name, std::vector<std::string>& texts) const {
    const toml::array* array = value.as_array();
    if (array == nullptr) return Wrong(value, name, "takes a list of texts");
    texts.clear();
    for (const toml::node& item : *array) {
      const auto* text = item.as_string();
      if (text == nullptr) return Wrong(item, name, "takes texts only");
      texts.push_back(text->get());
    }
    return {};
  }

  Status ReadWidth(const toml::node& value, const std::string& name, int& width) const {
    constexpr int64_t kWidest = 18;
    const auto* number = value.as_integer();
    if (number == nullptr || number->get() < 1 || number->get() > kWidest) {
      return Wrong(value, name, "takes a whole number from 1 to 18");
    }
    width = static_cast<int>(number->get());
    return {};
  }

  const toml::table& root_;
  std::string file_;
};

// Names every setting that the tables depend on.
std::string Rules(const DataSettings& settings) {
  std::ostringstream rules;
  const auto add = [&rules](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) rules << text.size() << ':' << text << ',';
    rules << ';';
  };
  add(settings.tables.closed_statuses);
  rules << settings.enrichment.account_width << ';';
  add(settings.enrichment.csat_agent_rating_keys);
  add(settings.enrichment.csat_resolution_rating_keys);
  add(settings.enrichment.csat_container_keys);
  add(settings.enrichment.csat_agent_rating_inner_keys);
  add(settings.enrichment.csat_resolution_rating_inner_keys);
  return rules.str();
}

}  // namespace

Result<DataSettings> ReadSettings(const std::filesystem::path& data) {
  DataSettings settings;
  const std::filesystem::path path = data / kFileName;
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    const toml::parse_result parsed = toml::parse_file(path.string());
    if (!parsed) {
      const toml::source_position at = parsed.error().source().begin;
      return Invalid("cannot read " + path.string() + ", line " + std::to_string(at.line) + ", column " +
                     std::to_string(at.column) + ": " + std::string(parsed.error().description()));
    }
    RETURN_IF_ERROR(SettingsReader(parsed.table(), path.string()).Read(settings));
  }
  settings.tables.rules = Rules(settings);
  return settings;
}

}  // namespace casebook
