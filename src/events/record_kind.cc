#include "events/record_kind.h"

#include <array>
#include <cstdint>

#include "events/json_reader_state.h"

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

// Fields of a catalogue have a `fieldId`; the fields of a case have an `id` and a `value`. Passes over nothing.
bool IsFieldList(JsonReaderState& state) {
  if (state.cursor.Peek() != '[') return false;
  if (state.cursor.Peek(1) == ']') return true;  // an answer without fields
  if (state.cursor.Peek(1) != '{') return false;
  const JsonCursor::Place list = state.cursor.place();
  state.cursor.Advance();
  bool is_met = false;
  state.EachField([&](std::string_view key) {
    is_met = is_met || KeyMatch(key, "fieldId") != 0;
    return !is_met && state.Skip();
  });
  state.cursor.GoTo(list);
  return is_met;
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
  bool is_told = false;
  const auto take = [&](JsonValue& value) {
    if (!state.Take(value)) return false;
    is_told = !root.source.IsAbsent() && !root.detail_type.IsAbsent();
    if (is_told) root.envelope = FeedOfEnvelope(root);
    return !is_told;
  };
  const auto visit = [&](std::string_view key) {
    const uint16_t slot = JsonReaderState::RootSlot(RootShape(), key);
    if (slot == JsonReaderState::kNoSlot) return state.Skip();
    root.keys |= uint64_t{1} << slot;
    if (slot == kSource) return take(root.source);
    if (slot == kDetailType) return take(root.detail_type);
    if (slot == kFields) root.fields_are_of_a_catalogue = IsFieldList(state);
    is_told = slot == kContactRecordVersion;
    return !is_told && state.Skip();
  };
  if (!(state.Root() && state.EachField(visit)) && !is_told) return state.TakeFault();
  feed = FeedOfRoot(root);
  return std::nullopt;
}

}  // namespace casebook
