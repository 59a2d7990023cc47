#include "events/case_event.h"

#include <array>
#include <cstdint>

#include "events/canonical_json.h"
#include "events/json_on_demand.h"

namespace casebook {
namespace {

enum Slot : uint16_t {
  kEnvelopeId,
  kEnvelopeTime,
  kEventType,
  kChangeTime,
  kUserArn,
  kCustomEntity,
  kIamPrincipalArn,
  kCaseId,
  kTemplateId,
  kCreated,
  kRelatedCaseId,
  kRelatedItemType,
  kRelatedItemId,
  kCommentBody,
  kContactArn,
  kFields,  // read in place, and the next one
  kChangedFieldIds,
  kSlotCount,
};

using Values = std::array<JsonValue, kSlotCount>;

const JsonShape& EnvelopeShape() {
  static const JsonShape shape{
      "id",
      "time",
      "detail/eventType",
      "detail/approximateChangeTime",
      "detail/performedBy/user/userArn",
      "detail/performedBy/user/customEntity",
      "detail/performedBy/iamPrincipalArn",
      "detail/case/caseId",
      "detail/case/templateId",
      "detail/case/createdDateTime",
      "detail/relatedItem/caseId",
      "detail/relatedItem/relatedItemType",
      "detail/relatedItem/relatedItemId",
      "detail/relatedItem/comment/body",
      "detail/relatedItem/contact/contactArn",
      "detail/case/fields",
      "detail/changedFieldIds",
  };
  return shape;
}

// The detail alone. The two paths of the envelope lead nowhere.
const JsonShape& BareShape() {
  static const JsonShape shape{
      "no envelope/id",
      "no envelope/time",
      "eventType",
      "approximateChangeTime",
      "performedBy/user/userArn",
      "performedBy/user/customEntity",
      "performedBy/iamPrincipalArn",
      "case/caseId",
      "case/templateId",
      "case/createdDateTime",
      "relatedItem/caseId",
      "relatedItem/relatedItemType",
      "relatedItem/relatedItemId",
      "relatedItem/comment/body",
      "relatedItem/contact/contactArn",
      "case/fields",
      "changedFieldIds",
  };
  return shape;
}

constexpr std::array<std::string_view, 5> kArms = {"stringValue", "doubleValue", "booleanValue", "userArnValue",
                                                   "emptyValue"};
constexpr size_t kEmptyArm = 4;

// How surely a key is the arm of a value: an exact arm, one in another case, one that we do not know.
struct ArmMatch {
  int rank = 0;
  bool empty = false;
};

ArmMatch MatchArm(std::string_view key) {
  ArmMatch best{.rank = 1};
  for (size_t i = 0; i < kArms.size(); ++i) {
    const int match = KeyMatch(key, kArms[i]);
    if (match == 2) return {.rank = 3, .empty = i == kEmptyArm};
    if (match == 1) best = {.rank = 2, .empty = i == kEmptyArm};
  }
  return best;
}

// `{"stringValue": "open"}` → its arm; anything that is no object as it is.
MaybeFault ReadUnion(JsonReaderState& state, on_demand::value value, JsonValue& read) {
  on_demand::json_type type{};
  if (const auto error = value.type().get(type); error != simdjson::SUCCESS) return state.Fault(error);
  if (type != on_demand::json_type::object) return state.Take(value, read);
  on_demand::object arms;
  if (const auto error = value.get_object().get(arms); error != simdjson::SUCCESS) return state.Fault(error);
  int rank = 0;
  for (auto next : arms) {
    on_demand::field arm;
    if (const auto error = std::move(next).get(arm); error != simdjson::SUCCESS) return state.Fault(error);
    std::string_view key;
    if (auto fault = state.Key(arm, key)) return fault;
    const ArmMatch match = MatchArm(key);
    if (match.rank < rank) continue;
    JsonValue taken;
    if (!match.empty) {
      if (auto fault = state.Take(arm.value(), taken)) return fault;
    }
    if (taken.IsAbsent() && !read.IsAbsent() && match.rank == rank) continue;
    rank = match.rank;
    read = taken;
  }
  return std::nullopt;
}

// An entry of the map or the list: the union under `value`, in the list the id under `id` too.
MaybeFault ReadEntry(JsonReaderState& state, on_demand::value entry, CaseField& field) {
  on_demand::json_type type{};
  if (const auto error = entry.type().get(type); error != simdjson::SUCCESS) return state.Fault(error);
  if (type != on_demand::json_type::object) return state.Take(entry, field.value);
  on_demand::object object;
  if (const auto error = entry.get_object().get(object); error != simdjson::SUCCESS) return state.Fault(error);
  int value_rank = 0;
  int id_rank = 0;
  for (auto next : object) {
    on_demand::field part;
    if (const auto error = std::move(next).get(part); error != simdjson::SUCCESS) return state.Fault(error);
    std::string_view key;
    if (auto fault = state.Key(part, key)) return fault;
    if (const int match = KeyMatch(key, "value"); match != 0 && match >= value_rank) {
      value_rank = match;
      field.value = {};
      if (auto fault = ReadUnion(state, part.value(), field.value)) return fault;
    } else if (const int id_match = KeyMatch(key, "id"); id_match != 0 && id_match >= id_rank) {
      id_rank = id_match;
      JsonValue id;
      if (auto fault = state.Take(part.value(), id)) return fault;
      if (id.IsString()) field.id = id.text;
    }
  }
  return std::nullopt;
}

MaybeFault ReadFieldMap(JsonReaderState& state, on_demand::value value, CaseEvent& event) {
  on_demand::object map;
  if (const auto error = value.get_object().get(map); error != simdjson::SUCCESS) return state.Fault(error);
  for (auto next : map) {
    on_demand::field entry;
    if (const auto error = std::move(next).get(entry); error != simdjson::SUCCESS) return state.Fault(error);
    CaseField field;
    std::string_view id;
    if (auto fault = state.Key(entry, id)) return fault;
    if (auto fault = ReadEntry(state, entry.value(), field)) return fault;
    field.id = id;
    event.fields.push_back(field);
  }
  return std::nullopt;
}

MaybeFault ReadFieldList(JsonReaderState& state, on_demand::value value, CaseEvent& event) {
  on_demand::array list;
  if (const auto error = value.get_array().get(list); error != simdjson::SUCCESS) return state.Fault(error);
  for (auto next : list) {
    on_demand::value entry;
    if (const auto error = next.get(entry); error != simdjson::SUCCESS) return state.Fault(error);
    CaseField field;
    if (auto fault = ReadEntry(state, entry, field)) return fault;
    if (!field.id.empty()) event.fields.push_back(field);
  }
  return std::nullopt;
}

MaybeFault ReadFields(JsonReaderState& state, on_demand::value value, CaseEvent& event) {
  event.fields.clear();
  on_demand::json_type type{};
  if (const auto error = value.type().get(type); error != simdjson::SUCCESS) return state.Fault(error);
  event.has_fields = type == on_demand::json_type::object || type == on_demand::json_type::array;
  if (type == on_demand::json_type::object) return ReadFieldMap(state, value, event);
  if (type == on_demand::json_type::array) return ReadFieldList(state, value, event);
  return std::nullopt;
}

MaybeFault ReadChangedFieldIds(JsonReaderState& state, on_demand::value value, CaseEvent& event) {
  event.changed_field_ids.clear();
  event.has_changed_field_ids = false;
  on_demand::array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) return std::nullopt;
  event.has_changed_field_ids = true;
  for (auto next : list) {
    on_demand::value element;
    if (const auto error = next.get(element); error != simdjson::SUCCESS) return state.Fault(error);
    JsonValue id;
    if (auto fault = state.Take(element, id)) return fault;
    if (id.IsString()) event.changed_field_ids.push_back(id.text);
  }
  return std::nullopt;
}

MaybeFault ReadInPlace(JsonReaderState& state, uint16_t slot, on_demand::value value, void* context) {
  CaseEvent& event = *static_cast<CaseEvent*>(context);
  return slot == kFields ? ReadFields(state, value, event) : ReadChangedFieldIds(state, value, event);
}

MaybeFault ReadValues(JsonReaderState& state, const JsonShape& shape, CaseEvent& event, Values& values) {
  event.has_fields = false;
  event.fields.clear();
  event.has_changed_field_ids = false;
  event.changed_field_ids.clear();
  return state.Read(shape, values, {.first_slot = kFields, .hook = ReadInPlace, .context = &event});
}

bool HasText(const JsonValue& value) { return value.IsString() && !value.text.empty(); }

bool HasDetail(const Values& values) {
  return !values[kEventType].IsAbsent() || !values[kCaseId].IsAbsent() || !values[kRelatedCaseId].IsAbsent();
}

// The hash of the detail that stands in for the id of an envelope.
MaybeFault OwnEventId(JsonReader& reader, bool bare, std::string& id) {
  if (bare) {
    id = CanonicalSha256Hex(reader.state().record);
    return std::nullopt;
  }
  static const JsonShape shape{"detail"};
  std::array<JsonValue, 1> detail;
  if (auto fault = reader.Read(shape, detail)) return fault;
  id = CanonicalSha256Hex(detail[0].text);
  return std::nullopt;
}

void Assign(const Values& values, CaseEvent& event) {
  event.envelope_time = values[kEnvelopeTime];
  event.event_type = values[kEventType];
  event.change_time = values[kChangeTime];
  event.user_arn = values[kUserArn];
  event.custom_entity = values[kCustomEntity];
  event.iam_principal_arn = values[kIamPrincipalArn];
  event.case_id = HasText(values[kCaseId]) ? values[kCaseId] : values[kRelatedCaseId];
  event.template_id = values[kTemplateId];
  event.created = values[kCreated];
  event.related_item_type = values[kRelatedItemType];
  event.related_item_id = values[kRelatedItemId];
  event.comment_body = values[kCommentBody];
  event.contact_arn = values[kContactArn];
}

}  // namespace

MaybeFault DecodeCaseEvent(JsonReader& reader, CaseEvent& event) {
  Values values;
  JsonReaderState& state = reader.state();
  const JsonShape* shape = &EnvelopeShape();
  if (auto fault = ReadValues(state, *shape, event, values)) return fault;
  const bool bare = !HasDetail(values);
  if (bare) {
    shape = &BareShape();
    if (auto fault = ReadValues(state, *shape, event, values)) return fault;
  }
  if (!HasText(values[kEnvelopeId])) {
    if (auto fault = OwnEventId(reader, bare, event.own_event_id)) return fault;
    if (auto fault = ReadValues(state, *shape, event, values)) return fault;
  }
  Assign(values, event);
  event.event_id = HasText(values[kEnvelopeId]) ? values[kEnvelopeId].text : std::string_view(event.own_event_id);
  if (!HasText(event.case_id)) {
    return RecordFault{"missing_case_id", "neither detail.case.caseId nor detail.relatedItem.caseId is a text"};
  }
  return std::nullopt;
}

}  // namespace casebook
