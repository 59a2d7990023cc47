// ContactEvent: the values of one contact event (EventBridge, aws.connect), as sent.
//
// No value is judged here. Used by contact_rows.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "events/json.h"

namespace casebook {

// X(field, path in the record). What a rule of the sender stripped of its envelope is `detail` alone.
#define CASEBOOK_CONTACT_EVENT_FIELDS(X)                                        \
  X(kEventId, "id")                                                             \
  X(kTime, "time")                                                              \
  X(kContactId, "detail/contactId")                                             \
  X(kChannel, "detail/channel")                                                 \
  X(kEventType, "detail/eventType")                                             \
  X(kInitialContactId, "detail/initialContactId")                               \
  X(kPreviousContactId, "detail/previousContactId")                             \
  X(kRelatedContactId, "detail/relatedContactId")                               \
  X(kInitiationMethod, "detail/initiationMethod")                               \
  X(kInitiationTimestamp, "detail/initiationTimestamp")                         \
  X(kConnectedToSystemTimestamp, "detail/connectedToSystemTimestamp")           \
  X(kDisconnectTimestamp, "detail/disconnectTimestamp")                         \
  X(kUpdatedProperties, "detail/updatedProperties")                             \
  X(kQueueArn, "detail/queueInfo/queueArn")                                     \
  X(kQueueType, "detail/queueInfo/queueType")                                   \
  X(kEnqueueTimestamp, "detail/queueInfo/enqueueTimestamp")                     \
  X(kAgentArn, "detail/agentInfo/agentArn")                                     \
  X(kConnectedToAgentTimestamp, "detail/agentInfo/connectedToAgentTimestamp")   \
  X(kAgentInitiatedHoldDuration, "detail/agentInfo/agentInitiatedHoldDuration") \
  X(kAfterContactWorkDuration, "detail/agentInfo/afterContactWorkDuration")     \
  X(kAfterContactWorkStart, "detail/agentInfo/afterContactWorkStartTimestamp")  \
  X(kAfterContactWorkEnd, "detail/agentInfo/afterContactWorkEndTimestamp")

#define CASEBOOK_FIELD_ENUMERATOR(field, path) field,

enum class ContactEventField : size_t {
  CASEBOOK_CONTACT_EVENT_FIELDS(CASEBOOK_FIELD_ENUMERATOR) kCount
};

// The values live as long as those of the reader.
struct ContactEvent {
  std::array<JsonValue, static_cast<size_t>(ContactEventField::kCount)> values;

  const JsonValue& operator[](ContactEventField field) const { return values[static_cast<size_t>(field)]; }
};

// Reads the record that `reader` stands on. `missing_contact_id` where nothing says whose event it is.
MaybeFault ReadContactEvent(JsonReader& reader, ContactEvent& event);

// SHA-256 of the canonical JSON of `detail`, or of `record` where it has no envelope: the id of an event that
// came without one. Ends the life of the values read before.
MaybeFault ContactEventDetailSha256(JsonReader& reader, std::string_view record, std::string& sha256);

#undef CASEBOOK_FIELD_ENUMERATOR

}  // namespace casebook
