// AgentEvent: who an agent is, and which queues there are, by one event of the agent event stream.
//
// What the agent does at the moment (status, contacts) is not read, but for the queues of the contacts at hand.
// Used by agent_rows and queue_rows.
#pragma once

#include <array>
#include <functional>

#include "events/json.h"

namespace casebook {

// X(field, path in the snapshot)
#define CASEBOOK_AGENT_SNAPSHOT_FIELDS(X)                                                \
  X(kFirstName, "Configuration/FirstName")                                               \
  X(kLastName, "Configuration/LastName")                                                 \
  X(kUsername, "Configuration/Username")                                                 \
  X(kRoutingProfileArn, "Configuration/RoutingProfile/ARN")                              \
  X(kRoutingProfileName, "Configuration/RoutingProfile/Name")                            \
  X(kInboundQueues, "Configuration/RoutingProfile/InboundQueues")                        \
  X(kDefaultOutboundQueueArn, "Configuration/RoutingProfile/DefaultOutboundQueue/ARN")   \
  X(kDefaultOutboundQueueName, "Configuration/RoutingProfile/DefaultOutboundQueue/Name") \
  X(kLevel1Arn, "Configuration/AgentHierarchyGroups/Level1/ARN")                         \
  X(kLevel1Name, "Configuration/AgentHierarchyGroups/Level1/Name")                       \
  X(kLevel2Arn, "Configuration/AgentHierarchyGroups/Level2/ARN")                         \
  X(kLevel2Name, "Configuration/AgentHierarchyGroups/Level2/Name")                       \
  X(kLevel3Arn, "Configuration/AgentHierarchyGroups/Level3/ARN")                         \
  X(kLevel3Name, "Configuration/AgentHierarchyGroups/Level3/Name")                       \
  X(kLevel4Arn, "Configuration/AgentHierarchyGroups/Level4/ARN")                         \
  X(kLevel4Name, "Configuration/AgentHierarchyGroups/Level4/Name")                       \
  X(kLevel5Arn, "Configuration/AgentHierarchyGroups/Level5/ARN")                         \
  X(kLevel5Name, "Configuration/AgentHierarchyGroups/Level5/Name")                       \
  X(kContacts, "Contacts")

#define CASEBOOK_FIELD_ENUMERATOR(field, path) field,

enum class AgentSnapshotField : size_t {
  CASEBOOK_AGENT_SNAPSHOT_FIELDS(CASEBOOK_FIELD_ENUMERATOR) kCount
};

#undef CASEBOOK_FIELD_ENUMERATOR

// The values live as long as those of the reader.
struct AgentEvent {
  JsonValue agent_arn;
  JsonValue event_timestamp;
  // The current snapshot; the previous one where the current says nothing of the configuration.
  std::array<JsonValue, static_cast<size_t>(AgentSnapshotField::kCount)> snapshot;

  const JsonValue& operator[](AgentSnapshotField field) const { return snapshot[static_cast<size_t>(field)]; }
};

// Reads the record that `reader` stands on. `missing_agent_id` where nothing says whose event it is.
MaybeFault ReadAgentEvent(JsonReader& reader, AgentEvent& event);

// Calls `visit` with the ARN and the name of every queue of the event: inbound, outbound, of the contacts.
MaybeFault ForEachQueueOf(const AgentEvent& event, JsonReader& reader,
                          const std::function<void(const JsonValue& arn, const JsonValue& name)>& visit);

}  // namespace casebook
