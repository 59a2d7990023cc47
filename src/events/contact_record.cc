#include "events/contact_record.h"

#include <algorithm>

namespace casebook {
namespace {

bool EqualButForCase(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

// The shape of all fields and of `attribute_paths`; `slots` gets the index of each of those.
JsonShape ShapeWith(std::span<const std::string> attribute_paths, std::vector<size_t>& slots) {
#define CASEBOOK_FIELD_PATH(field, path) path,
  std::vector<std::string> paths = {CASEBOOK_CONTACT_RECORD_FIELDS(CASEBOOK_FIELD_PATH)};
#undef CASEBOOK_FIELD_PATH
  for (const std::string& attribute_path : attribute_paths) {
    const std::string path = "Attributes/" + attribute_path;
    const auto same = std::find_if(paths.begin(), paths.end(),
                                   [&](const std::string& known) { return EqualButForCase(known, path); });
    slots.push_back(static_cast<size_t>(same - paths.begin()));
    if (same == paths.end()) paths.push_back(path);
  }
  return JsonShape(std::vector<std::string_view>(paths.begin(), paths.end()));
}

}  // namespace

ContactRecordReader::ContactRecordReader(std::span<const std::string> attribute_paths)
    : shape_(ShapeWith(attribute_paths, attribute_slots_)), values_(shape_.size()) {}

MaybeFault ContactRecordReader::Read(JsonReader& reader) {
  if (auto fault = reader.Read(shape_, values_)) return fault;
  const JsonValue& contact_id = (*this)[ContactRecordField::kContactId];
  if (contact_id.StringText().find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return RecordFault{"missing_contact_id", "no text in ContactId"};
  }
  return {};
}

}  // namespace casebook
