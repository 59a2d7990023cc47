#include "events/case_event.h"

#include <array>
#include <cstdint>
#include <cstring>

#include "events/canonical_json.h"
#include "events/json_reader_state.h"

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
bool ReadUnion(JsonReaderState& state, JsonValue& read) {
  if (state.cursor.Peek() != '{') return state.Take(read);
  int rank = 0;
  return state.EachField([&](std::string_view key) {
    const ArmMatch match = MatchArm(key);
    if (match.rank < rank) return state.Skip();
    JsonValue taken;
    if (!(match.empty ? state.Skip() : state.Take(taken))) return false;
    if (taken.IsAbsent() && !read.IsAbsent() && match.rank == rank) return true;
    rank = match.rank;
    read = taken;
    return true;
  });
}

// An entry of the map or the list: the union under `value`, in the list the id under `id` too.
bool ReadEntry(JsonReaderState& state, CaseField& field) {
  if (state.cursor.Peek() != '{') return state.Take(field.value);
  int value_rank = 0;
  int id_rank = 0;
  return state.EachField([&](std::string_view key) {
    if (const int match = KeyMatch(key, "value"); match != 0 && match >= value_rank) {
      value_rank = match;
      field.value = {};
      return ReadUnion(state, field.value);
    }
    if (const int match = KeyMatch(key, "id"); match != 0 && match >= id_rank) {
      id_rank = match;
      JsonValue id;
      if (!state.Take(id)) return false;
      if (id.IsString()) field.id = id.text;
      return true;
    }
    return state.Skip();
  });
}

// `{"value":{"stringValue":"open"}}`, as nearly every entry comes, is told by its bytes. False, and nothing read,
// where the entry is any other.
bool ReadPlainEntry(JsonReaderState& state, JsonValue& read) {
  constexpr std::string_view kOpening = R"({"value":{")";
  constexpr size_t kTokensBefore = 6;  // { "value" : { "stringValue" :
  JsonCursor& cursor = state.cursor;
  if (cursor.Peek(kTokensBefore + 1) != '}' || cursor.Peek(kTokensBefore + 2) != '}') return false;
  const char* const text = cursor.data();
  if (std::memcmp(text, kOpening.data(), kOpening.size()) != 0) return false;
  const char* const arm = text + kOpening.size();
  const auto is_arm = [&](std::string_view name) {
    return std::memcmp(arm, name.data(), name.size()) == 0 && arm[name.size()] == '"';
  };
  if (!is_arm("stringValue") && !is_arm("booleanValue") && !is_arm("doubleValue")) return false;
  const JsonCursor::Place entry = cursor.place();
  cursor.Advance(kTokensBefore);
  const char first = cursor.Peek();
  if (first == '{' || first == '[' || !state.Take(read)) {
    cursor.GoTo(entry);
    read = {};
    return false;
  }
  cursor.Advance(2);
  state.fields_visited += 2;
  return true;
}

bool ReadFieldMap(JsonReaderState& state, CaseEvent& event) {
  return state.EachField([&](std::string_view id) {
    CaseField& field = event.fields.emplace_back();
    if (!ReadPlainEntry(state, field.value) && !ReadEntry(state, field)) return false;
    field.id = id;
    return true;
  });
}

bool ReadFieldList(JsonReaderState& state, CaseEvent& event) {
  return state.EachElement([&] {
    CaseField field;
    if (!ReadEntry(state, field)) return false;
    if (!field.id.empty()) event.fields.push_back(field);
    return true;
  });
}

bool ReadFields(JsonReaderState& state, CaseEvent& event) {
  event.fields.clear();
  const char first = state.cursor.Peek();
  event.has_fields = first == '{' || first == '[';
  if (first == '{') return ReadFieldMap(state, event);
  return first == '[' ? ReadFieldList(state, event) : state.Skip();
}

bool ReadChangedFieldIds(JsonReaderState& state, CaseEvent& event) {
  event.changed_field_ids.clear();
  event.has_changed_field_ids = state.cursor.Peek() == '[';
  if (!event.has_changed_field_ids) return state.Skip();
  return state.EachElement([&] {
    JsonValue id;
    if (!state.Take(id)) return false;
    if (id.IsString()) event.changed_field_ids.push_back(id.text);
    return true;
  });
}

bool ReadInPlace(JsonReaderState& state, uint16_t slot, void* context) {
  CaseEvent& event = *static_cast<CaseEvent*>(context);
  return slot == kFields ? ReadFields(state, event) : ReadChangedFieldIds(state, event);
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
