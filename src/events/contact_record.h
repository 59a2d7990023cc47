// ContactRecord: the values of one contact record (CTR), as sent.
//
// No value is judged here. Used by ctr_rows.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "events/json.h"

namespace casebook {

// X(field, path in the record)
#define CASEBOOK_CONTACT_RECORD_FIELDS(X)                              \
  X(kContactId, "ContactId")                                           \
  X(kChannel, "Channel")                                               \
  X(kInitiationMethod, "InitiationMethod")                             \
  X(kInitiationTimestamp, "InitiationTimestamp")                       \
  X(kDisconnectTimestamp, "DisconnectTimestamp")                       \
  X(kLastUpdateTimestamp, "LastUpdateTimestamp")                       \
  X(kConnectedToSystemTimestamp, "ConnectedToSystemTimestamp")         \
  X(kTransferCompletedTimestamp, "TransferCompletedTimestamp")         \
  X(kScheduledTimestamp, "ScheduledTimestamp")                         \
  X(kInitialContactId, "InitialContactId")                             \
  X(kPreviousContactId, "PreviousContactId")                           \
  X(kNextContactId, "NextContactId")                                   \
  X(kRelatedContactId, "RelatedContactId")                             \
  X(kDisconnectReason, "DisconnectReason")                             \
  X(kAgentConnectionAttempts, "AgentConnectionAttempts")               \
  X(kAgentArn, "Agent/ARN")                                            \
  X(kAgentUsername, "Agent/Username")                                  \
  X(kConnectedToAgent, "Agent/ConnectedToAgentTimestamp")              \
  X(kAgentInteractionDuration, "Agent/AgentInteractionDuration")       \
  X(kCustomerHoldDuration, "Agent/CustomerHoldDuration")               \
  X(kNumberOfHolds, "Agent/NumberOfHolds")                             \
  X(kLongestHoldDuration, "Agent/LongestHoldDuration")                 \
  X(kAgentInitiatedHoldDuration, "Agent/AgentInitiatedHoldDuration")   \
  X(kAfterContactWorkDuration, "Agent/AfterContactWorkDuration")       \
  X(kAfterContactWorkStart, "Agent/AfterContactWorkStartTimestamp")    \
  X(kAfterContactWorkEnd, "Agent/AfterContactWorkEndTimestamp")        \
  X(kAgentPauseDuration, "Agent/AgentPauseDuration")                   \
  X(kAgentPauseDurationInSeconds, "Agent/AgentPauseDurationInSeconds") \
  X(kRoutingProfileName, "Agent/RoutingProfile/Name")                  \
  X(kHierarchyLevel1, "Agent/HierarchyGroups/Level1/GroupName")        \
  X(kHierarchyLevel2, "Agent/HierarchyGroups/Level2/GroupName")        \
  X(kHierarchyLevel3, "Agent/HierarchyGroups/Level3/GroupName")        \
  X(kHierarchyLevel4, "Agent/HierarchyGroups/Level4/GroupName")        \
  X(kHierarchyLevel5, "Agent/HierarchyGroups/Level5/GroupName")        \
  X(kQueueArn, "Queue/ARN")                                            \
  X(kQueueName, "Queue/Name")                                          \
  X(kQueueDuration, "Queue/Duration")                                  \
  X(kEnqueueTimestamp, "Queue/EnqueueTimestamp")                       \
  X(kDequeueTimestamp, "Queue/DequeueTimestamp")                       \
  X(kCustomerEndpointAddress, "CustomerEndpoint/Address")              \
  X(kSystemEndpointAddress, "SystemEndpoint/Address")                  \
  X(kTransferredToEndpointAddress, "TransferredToEndpoint/Address")    \
  X(kAttributes, "Attributes")                                         \
  X(kSegmentAttributes, "SegmentAttributes")                           \
  X(kTags, "Tags")                                                     \
  X(kRecordings, "Recordings")                                         \
  X(kIntent, "Attributes/intent")                                      \
  X(kCaseId, "Attributes/caseId")                                      \
  X(kJuniferId, "Attributes/juniferId")                                \
  X(kAccountNumbers, "Attributes/accountNumbers")

#define CASEBOOK_FIELD_ENUMERATOR(field, path) field,

enum class ContactRecordField : size_t {
  CASEBOOK_CONTACT_RECORD_FIELDS(CASEBOOK_FIELD_ENUMERATOR) kCount
};

#undef CASEBOOK_FIELD_ENUMERATOR

// Reads one contact record after another; reuses its buffers.
class ContactRecordReader {
 public:
  // `attribute_paths`: what is wanted below `Attributes` beside the fields above, parts joined by '/'.
  explicit ContactRecordReader(std::span<const std::string> attribute_paths);

  // Reads the record that `reader` stands on. `missing_contact_id` where nothing says whose record it is.
  // The values live as long as those of `reader`.
  MaybeFault Read(JsonReader& reader);

  const JsonValue& operator[](ContactRecordField field) const { return values_[static_cast<size_t>(field)]; }
  // The value of attribute_paths[index].
  const JsonValue& Attribute(size_t index) const { return values_[attribute_slots_[index]]; }

 private:
  std::vector<size_t> attribute_slots_;  // two paths that differ in case alone share one
  JsonShape shape_;
  std::vector<JsonValue> values_;
};

}  // namespace casebook
