#include "events/contact_event.h"

#include <vector>

#include "events/canonical_json.h"

namespace casebook {
namespace {

// The shape of a record with envelope, or without: then what is inside `detail` stands at the root.
JsonShape ShapeOf(bool with_envelope) {
#define CASEBOOK_FIELD_PATH(field, path) path,
  std::vector<std::string_view> paths = {CASEBOOK_CONTACT_EVENT_FIELDS(CASEBOOK_FIELD_PATH)};
#undef CASEBOOK_FIELD_PATH
  constexpr std::string_view kDetail = "detail/";
  for (std::string_view& path : paths) {
    if (!with_envelope && path.starts_with(kDetail)) path.remove_prefix(kDetail.size());
  }
  return JsonShape(paths);
}

bool HasContactId(const ContactEvent& event) {
  const std::string_view id = event[ContactEventField::kContactId].StringText();
  return id.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

}  // namespace

MaybeFault ReadContactEvent(JsonReader& reader, ContactEvent& event) {
  static const JsonShape kWithEnvelope = ShapeOf(true);
  static const JsonShape kBare = ShapeOf(false);
  for (const JsonShape* shape : {&kWithEnvelope, &kBare}) {
    if (auto fault = reader.Read(*shape, event.values)) return fault;
    if (HasContactId(event)) return {};
  }
  return RecordFault{"missing_contact_id", "no text in detail.contactId"};
}

MaybeFault ContactEventDetailSha256(JsonReader& reader, std::string_view record, std::string& sha256) {
  static const JsonShape kDetail = {"detail"};
  JsonValue detail;
  if (auto fault = reader.Read(kDetail, {&detail, 1})) return fault;
  sha256 = CanonicalSha256Hex(detail.kind == JsonKind::kObject ? detail.text : record);
  return {};
}

}  // namespace casebook
