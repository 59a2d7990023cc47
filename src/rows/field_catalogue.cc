#include "rows/field_catalogue.h"

#include <algorithm>
#include <utility>

#include "base/checksum.h"
#include "base/text_words.h"
#include "events/json.h"
#include "rows/catalogue_reader.h"
#include "rows/field_columns.h"
#include "rows/value_reader.h"

namespace casebook {
namespace {

constexpr uint32_t kEmpty = UINT32_MAX;

uint32_t HashOf(std::string_view text) { return HashOfEnds(EndsOf(text), text.size()); }

// Indexes of `items` by the hash of a text of theirs: open addressing, a power of two in size.
template <typename Item>
std::vector<uint32_t> HashTable(const std::vector<Item>& items, std::string Item::*text) {
  size_t size = 16;
  while (size < items.size() * 4) size *= 2;
  std::vector<uint32_t> table(size, kEmpty);
  for (uint32_t i = 0; i < items.size(); ++i) {
    size_t at = HashOf(items[i].*text) & (size - 1);
    while (table[at] != kEmpty) at = (at + 1) & (size - 1);
    table[at] = i;
  }
  return table;
}

CaseFieldType TypeFromName(std::string_view name) {
  static constexpr std::pair<std::string_view, CaseFieldType> kTypes[] = {
      {"Text", CaseFieldType::kText},
      {"Number", CaseFieldType::kNumber},
      {"Boolean", CaseFieldType::kBoolean},
      {"DateTime", CaseFieldType::kDateTime},
      {"SingleSelect", CaseFieldType::kSingleSelect},
      {"Url", CaseFieldType::kUrl},
      {"User", CaseFieldType::kUser},
  };
  for (const auto& [type_name, type] : kTypes) {
    if (type_name == name) return type;
  }
  return CaseFieldType::kUnknown;
}

void AppendPair(std::string_view key, std::string_view value, std::string& out) {
  AppendJsonString(key, out);
  out.push_back(':');
  AppendJsonString(value, out);
}

}  // namespace

std::string_view FieldBinding::OptionName(std::string_view value) const {
  if (options.empty()) return value;
  const size_t mask = option_table_.size() - 1;
  for (size_t at = HashOf(value) & mask; option_table_[at] != kEmpty; at = (at + 1) & mask) {
    if (SameText(options[option_table_[at]].value, value)) return options[option_table_[at]].name;
  }
  const std::string folded = LowerCase(value);
  const auto found = std::ranges::lower_bound(folded_options_, folded, {}, &std::pair<std::string, uint32_t>::first);
  return found != folded_options_.end() && found->first == folded ? options[found->second].name : value;
}

FieldCatalogue::FieldCatalogue() {
  for (const SystemField& field : SystemFields()) {
    Say(fields_[std::string(field.id)], "type", {{}, std::string(field.type)});
  }
  Bind();
}

Result<FieldCatalogue> FieldCatalogue::MergedWith(std::string_view document) const {
  FieldCatalogue merged = *this;
  RETURN_IF_ERROR(CatalogueReader(merged.fields_).Merge(document));
  merged.Bind();
  return merged;
}

Result<FieldCatalogue> FieldCatalogue::FromJson(std::string_view json) { return FieldCatalogue().MergedWith(json); }

void FieldCatalogue::Say(Field& field, std::string_view attribute, Statement statement) {
  const auto [at, added] = field.said.try_emplace(std::string(attribute), statement);
  if (!added && at->second < statement) at->second = std::move(statement);
}

void FieldCatalogue::SayOption(Field& field, std::string_view value, Statement name, bool active) {
  const auto [at, added] = field.options.try_emplace(std::string(value), Option{name, active});
  if (added || name < at->second.name) return;
  at->second.active = at->second.name < name ? active : (active || at->second.active);
  at->second.name = std::move(name);
}

// --- Binding -----------------------------------------------------------------------------------------------

namespace {

// How surely a field belongs to its column.
enum Priority : uint8_t {
  kStatedColumn,
  kSystemId,
  kByDisplayName
};

}  // namespace

void FieldCatalogue::Bind() {
  bindings_.clear();
  priorities_.clear();
  for (const auto& [id, field] : fields_) BindField(id, field);
  RankBindings();
  NameOthers();
  BuildTable();
  fingerprint_ = ComputeFingerprint();
}

void FieldCatalogue::BindField(const std::string& id, const Field& field) {
  const auto said = [&](std::string_view attribute) -> const std::string* {
    const auto at = field.said.find(attribute);
    return at == field.said.end() ? nullptr : &at->second.value;
  };
  FieldBinding binding;
  binding.id = id;
  binding.display_name = id;
  if (const std::string* const name = said("name"); name != nullptr && !name->empty()) binding.display_name = *name;
  if (const std::string* const type = said("type")) binding.type = TypeFromName(*type);

  Priority priority = kStatedColumn;
  const std::string* const name_space = said("namespace");
  if (const std::string* const column = said("column")) {
    binding.column = FieldColumn(*column);
  } else if (IsSystemField(id) || (name_space != nullptr && *name_space == "System")) {
    priority = kSystemId;
    binding.column = FieldColumn(id);
  } else {
    priority = kByDisplayName;
    binding.column = ColumnOfDisplayName(binding.display_name);
  }
  binding.changed_name = binding.column ? std::string(FieldColumnSuffix(*binding.column)) : binding.display_name;
  for (const auto& [value, option] : field.options) {
    binding.folded_options_.emplace_back(LowerCase(value), static_cast<uint32_t>(binding.options.size()));
    binding.options.push_back({value, option.name.value});
  }
  std::ranges::stable_sort(binding.folded_options_);
  binding.option_table_ = HashTable(binding.options, &FieldOption::value);
  bindings_.push_back(std::move(binding));
  priorities_.push_back(priority);
}

void FieldCatalogue::RankBindings() {
  std::vector<uint32_t> order(bindings_.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  // By id already; a stable sort leaves that as the second key.
  std::ranges::stable_sort(order, {}, [&](uint32_t i) { return priorities_[i]; });
  for (uint32_t rank = 0; rank < order.size(); ++rank) bindings_[order[rank]].rank = rank;
}

void FieldCatalogue::NameOthers() {
  std::map<std::string_view, int> uses;
  for (const FieldBinding& binding : bindings_) ++uses[binding.display_name];
  for (FieldBinding& binding : bindings_) {
    binding.other_key = binding.display_name;
    if (uses[binding.display_name] > 1) binding.other_key += " (" + binding.id + ")";
  }
}

void FieldCatalogue::BuildTable() {
  table_ = HashTable(bindings_, &FieldBinding::id);
  folded_ids_.clear();
  for (uint32_t i = 0; i < bindings_.size(); ++i) folded_ids_.try_emplace(LowerCase(bindings_[i].id), i);
}

const FieldBinding* FieldCatalogue::Find(std::string_view field_id) const {
  const size_t mask = table_.size() - 1;
  for (size_t at = HashOf(field_id) & mask; table_[at] != kEmpty; at = (at + 1) & mask) {
    if (SameText(bindings_[table_[at]].id, field_id)) return &bindings_[table_[at]];
  }
  const auto folded = folded_ids_.find(LowerCase(field_id));
  return folded == folded_ids_.end() ? nullptr : &bindings_[folded->second];
}

// --- As text -----------------------------------------------------------------------------------------------

std::string FieldCatalogue::ComputeFingerprint() const {
  std::string text;
  for (const FieldBinding& binding : bindings_) {
    text += "[";
    for (const std::string_view part :
         {std::string_view(binding.id), std::string_view(binding.other_key), std::string_view(binding.changed_name)}) {
      AppendJsonString(part, text);
    }
    text += std::to_string(binding.column ? static_cast<int>(*binding.column) : -1) + " " +
            std::to_string(static_cast<int>(binding.type)) + " " + std::to_string(binding.rank);
    for (const FieldOption& option : binding.options) AppendPair(option.value, option.name, text);
    text += "]";
  }
  return Sha256Hex(text);
}

std::string FieldCatalogue::ToJson() const {
  std::string json = "{\"fields\":[";
  const auto append_stamp = [&json](const Stamp& stamp) {
    if (stamp.micros != kNoTime) json += ",\"time\":" + std::to_string(stamp.micros);
    json.push_back(',');
    AppendPair("sha256", stamp.sha256, json);
  };
  bool first_field = true;
  for (const auto& [id, field] : fields_) {
    json += first_field ? "{" : ",\n{";
    first_field = false;
    AppendPair("fieldId", id, json);
    json += ",\"said\":{";
    bool first = true;
    for (const auto& [attribute, statement] : field.said) {
      if (!first) json.push_back(',');
      first = false;
      AppendJsonString(attribute, json);
      json += ":{";
      AppendPair("value", statement.value, json);
      append_stamp(statement.stamp);
      json += "}";
    }
    json += "},\"options\":[";
    first = true;
    for (const auto& [value, option] : field.options) {
      json += first ? "{" : ",{";
      first = false;
      AppendPair("value", value, json);
      json.push_back(',');
      AppendPair("name", option.name.value, json);
      json += option.active ? ",\"active\":true" : ",\"active\":false";
      append_stamp(option.name.stamp);
      json += "}";
    }
    json += "]}";
  }
  return json + "]}\n";
}

}  // namespace casebook
