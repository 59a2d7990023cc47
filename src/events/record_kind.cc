#include "events/record_kind.h"

#include <array>
#include <cstdint>

#include "events/json_on_demand.h"

namespace casebook {
namespace {

// The root keys that tell kinds apart.
enum RootKey : uint16_t {
  kSource,
  kDetailType,
  kContactRecordVersion,
  kContactId,
  kInitiationMethod,
  kLastUpdateTimestamp,
  kAgentArn,
  kEventTypeOrAgentEventType,  // `eventType` of a bare detail, `EventType` of an agent event
  kEventId,
  kUserSummaryList,
  kUser,
  kUsers,
  kListUsers,
  kDescribeUser,
  kSearchUsers,
  kQueueSummaryList,
  kQueue,
  kQueues,
  kListQueues,
  kDescribeQueue,
  kSearchQueues,
  kFields,
  kOptions,
  kListFields,
  kBatchGetField,
  kListFieldOptions,
  kCustomerMetadata,
  kTranscript,
  kParticipants,
  kCase,
  kRelatedItem,
  kRootKeyCount,
};

const JsonShape& RootShape() {
  static const JsonShape shape{
      "source",
      "detail-type",
      "AWSContactTraceRecordFormatVersion",
      "ContactId",
      "InitiationMethod",
      "LastUpdateTimestamp",
      "AgentARN",
      "EventType",
      "EventId",
      "UserSummaryList",
      "User",
      "Users",
      "ListUsers",
      "DescribeUser",
      "SearchUsers",
      "QueueSummaryList",
      "Queue",
      "Queues",
      "ListQueues",
      "DescribeQueue",
      "SearchQueues",
      "fields",
      "options",
      "ListFields",
      "BatchGetField",
      "ListFieldOptions",
      "CustomerMetadata",
      "Transcript",
      "Participants",
      "case",
      "relatedItem",
  };
  return shape;
}

// What the root holds, as far as it was read.
struct Root {
  uint64_t keys = 0;  // a bit each
  Feed envelope = Feed::kUnknown;
  JsonValue source;
  JsonValue detail_type;
  bool fields_are_of_a_catalogue = false;

  bool Has(RootKey key) const { return (keys >> key & 1U) != 0; }
};

bool Equal(const JsonValue& value, std::string_view expected) {
  return value.IsString() && KeyMatch(value.text, expected) != 0;
}

Feed FeedOfEnvelope(const Root& root) {
  if (Equal(root.source, "aws.cases")) {
    const bool known =
        Equal(root.detail_type, "Amazon Connect Cases Change") || Equal(root.detail_type, "Amazon Connect Cases Event");
    return known ? Feed::kCaseEvents : Feed::kUnknown;
  }
  const bool contact = Equal(root.source, "aws.connect") && Equal(root.detail_type, "Amazon Connect Contact Event");
  return contact ? Feed::kContactEvents : Feed::kUnknown;
}

// Fields of a catalogue have a `fieldId`; the fields of a case have an `id` and a `value`.
bool IsFieldList(on_demand::value value) {
  on_demand::array fields;
  if (value.get_array().get(fields) != simdjson::SUCCESS) return false;
  for (auto next : fields) {
    on_demand::object field;
    if (next.get_object().get(field) != simdjson::SUCCESS) return false;
    for (auto entry : field) {
      std::string_view key;
      if (entry.unescaped_key().get(key) != simdjson::SUCCESS) return false;
      if (KeyMatch(key, "fieldId") != 0) return true;
    }
    return false;
  }
  return true;  // an answer without fields
}

Feed FeedOfRoot(const Root& root) {
  if (root.Has(kSource) && root.Has(kDetailType)) return root.envelope;
  if (root.Has(kContactRecordVersion)) return Feed::kContactRecords;
  if (root.Has(kContactId) && (root.Has(kInitiationMethod) || root.Has(kLastUpdateTimestamp))) {
    // The detail of a contact event has the same keys in another case, and an event type.
    return root.Has(kEventTypeOrAgentEventType) ? Feed::kContactEvents : Feed::kContactRecords;
  }
  if (root.Has(kEventTypeOrAgentEventType)) {
    if (root.Has(kAgentArn)) return Feed::kAgentEvents;
    if (root.Has(kCase) || root.Has(kRelatedItem)) return Feed::kCaseEvents;
    if (root.Has(kContactId)) return Feed::kContactEvents;
  }
  if (root.Has(kCustomerMetadata) && (root.Has(kTranscript) || root.Has(kParticipants))) return Feed::kTranscripts;
  for (const RootKey key : {kUserSummaryList, kUser, kUsers, kListUsers, kDescribeUser, kSearchUsers}) {
    if (root.Has(key)) return Feed::kUsers;
  }
  for (const RootKey key : {kQueueSummaryList, kQueue, kQueues, kListQueues, kDescribeQueue, kSearchQueues}) {
    if (root.Has(key)) return Feed::kQueues;
  }
  for (const RootKey key : {kListFields, kBatchGetField, kListFieldOptions, kOptions}) {
    if (root.Has(key)) return Feed::kFieldCatalogue;
  }
  return root.fields_are_of_a_catalogue ? Feed::kFieldCatalogue : Feed::kUnknown;
}

}  // namespace

MaybeFault TellFeed(JsonReader& reader, Feed& feed) {
  feed = Feed::kUnknown;
  Root root;
  JsonReaderState& state = reader.state();
  MaybeFault inner;
  auto fault = state.EachRootKey(RootShape(), [&](uint16_t slot, on_demand::value value) {
    root.keys |= uint64_t{1} << slot;
    if (slot == kContactRecordVersion) return false;
    if (slot == kFields) root.fields_are_of_a_catalogue = IsFieldList(value);
    if (slot != kSource && slot != kDetailType) return true;
    inner = state.Take(value, slot == kSource ? root.source : root.detail_type);
    if (inner || root.source.IsAbsent() || root.detail_type.IsAbsent()) return !inner;
    root.envelope = FeedOfEnvelope(root);
    return false;
  });
  if (fault) return fault;
  if (inner) return inner;
  feed = FeedOfRoot(root);
  return std::nullopt;
}

}  // namespace casebook
