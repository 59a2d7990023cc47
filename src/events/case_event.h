// CaseEvent: one event of the Cases stream, read but not judged.
//
// Values are as sent; what they mean is for rows/ to say. Unknown event types, fields and arms are kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/json.h"

namespace casebook {

// One entry of `fields`: the one arm of its value; kAbsent for emptyValue. An arm that we do not know is kept
// as its JSON.
struct CaseField {
  std::string_view id;
  JsonValue value;
};

struct CaseEvent {
  JsonValue envelope_time;
  std::string_view event_id;  // of the envelope, else of the content; never empty
  JsonValue event_type;
  JsonValue change_time;  // approximateChangeTime
  JsonValue user_arn;     // performedBy
  JsonValue custom_entity;
  JsonValue iam_principal_arn;

  JsonValue case_id;  // of the case, else of the related item; a string that is not empty
  JsonValue template_id;
  JsonValue created;

  JsonValue related_item_type;
  JsonValue related_item_id;
  JsonValue comment_body;
  JsonValue contact_arn;

  bool has_fields = false;  // a `fields` object or list was sent, empty or not
  std::vector<CaseField> fields;
  bool has_changed_field_ids = false;
  std::vector<std::string_view> changed_field_ids;

  std::string own_event_id;  // backs event_id where the envelope has none
};

// Reads the record that `reader` is opened on into `event`, whose buffers are used again. The views live until
// the reader reads again. A bare detail without its envelope is read too. A record without a case id is a fault.
MaybeFault DecodeCaseEvent(JsonReader& reader, CaseEvent& event);

}  // namespace casebook
