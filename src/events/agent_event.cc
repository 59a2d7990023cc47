#include "events/agent_event.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace casebook {
namespace {

constexpr size_t kFieldCount = static_cast<size_t>(AgentSnapshotField::kCount);

bool EndsInAnId(std::string_view arn) {
  const std::string_view id = arn.substr(arn.rfind('/') + 1);
  return id.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

// Whether the snapshot's configuration is there: these are in every one.
bool SaysWho(const AgentEvent& event) {
  return !event[AgentSnapshotField::kUsername].IsAbsent() || !event[AgentSnapshotField::kRoutingProfileArn].IsAbsent();
}

}  // namespace

MaybeFault ReadAgentEvent(JsonReader& reader, AgentEvent& event) {
#define CASEBOOK_CURRENT_PATH(field, path) "CurrentAgentSnapshot/" path,
#define CASEBOOK_PREVIOUS_PATH(field, path) "PreviousAgentSnapshot/" path,
  static const JsonShape kCurrent = {"AgentARN", "EventTimestamp",
                                     CASEBOOK_AGENT_SNAPSHOT_FIELDS(CASEBOOK_CURRENT_PATH)};
  static const JsonShape kPrevious = {"AgentARN", "EventTimestamp",
                                      CASEBOOK_AGENT_SNAPSHOT_FIELDS(CASEBOOK_PREVIOUS_PATH)};
#undef CASEBOOK_CURRENT_PATH
#undef CASEBOOK_PREVIOUS_PATH
  std::array<JsonValue, 2 + kFieldCount> values;
  for (const JsonShape* shape : {&kCurrent, &kPrevious}) {
    if (auto fault = reader.Read(*shape, values)) return fault;
    event.agent_arn = values[0];
    event.event_timestamp = values[1];
    std::copy(values.begin() + 2, values.end(), event.snapshot.begin());
    if (SaysWho(event)) break;
  }
  if (!EndsInAnId(event.agent_arn.StringText())) return RecordFault{"missing_agent_id", "no id in AgentARN"};
  return {};
}

MaybeFault ForEachQueueOf(const AgentEvent& event, JsonReader& reader,
                          const std::function<void(const JsonValue& arn, const JsonValue& name)>& visit) {
  static const JsonShape kQueue = {"ARN", "Name"};
  static const JsonShape kQueueOfContact = {"Queue/ARN", "Queue/Name"};
  const auto visit_pair = [&](std::span<const JsonValue> queue) { visit(queue[0], queue[1]); };

  visit(event[AgentSnapshotField::kDefaultOutboundQueueArn], event[AgentSnapshotField::kDefaultOutboundQueueName]);
  if (auto fault = reader.ForEachElement(event[AgentSnapshotField::kInboundQueues], kQueue, visit_pair)) return fault;
  return reader.ForEachElement(event[AgentSnapshotField::kContacts], kQueueOfContact, visit_pair);
}

}  // namespace casebook
