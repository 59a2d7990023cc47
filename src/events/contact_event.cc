#include "events/contact_event.h"

#include "events/canonical_json.h"

namespace casebook {

MaybeFault ReadContactEvent(JsonReader& reader, ContactEvent& event) {
#define CASEBOOK_FIELD_PATH(field, path) path,
  static const JsonShape kShape = {CASEBOOK_CONTACT_EVENT_FIELDS(CASEBOOK_FIELD_PATH)};
#undef CASEBOOK_FIELD_PATH
  if (auto fault = reader.Read(kShape, event.values)) return fault;
  const JsonValue& contact_id = event[ContactEventField::kContactId];
  if (contact_id.StringText().find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return RecordFault{"missing_contact_id", "no text in detail.contactId"};
  }
  return {};
}

MaybeFault ContactEventDetailSha256(JsonReader& reader, std::string& sha256) {
  static const JsonShape kDetail = {"detail"};
  JsonValue detail;
  if (auto fault = reader.Read(kDetail, {&detail, 1})) return fault;
  sha256 = CanonicalSha256Hex(detail.text);
  return {};
}

}  // namespace casebook
