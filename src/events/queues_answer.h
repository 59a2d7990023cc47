// QueuesAnswer: what ListQueues, DescribeQueue and SearchQueues answer, alone or several in one object.
//
// Used by queue_rows.
#pragma once

#include <array>
#include <functional>
#include <span>

#include "events/api_answer.h"
#include "events/json.h"

namespace casebook {

// X(field, path in the queue). ListQueues says `Id` and `Arn`, the others `QueueId` and `QueueArn`.
#define CASEBOOK_QUEUE_FIELDS(X)                                                \
  X(kQueueId, "QueueId")                                                        \
  X(kId, "Id")                                                                  \
  X(kQueueArn, "QueueArn")                                                      \
  X(kArn, "Arn")                                                                \
  X(kName, "Name")                                                              \
  X(kQueueType, "QueueType")                                                    \
  X(kDescription, "Description")                                                \
  X(kStatus, "Status")                                                          \
  X(kMaxContacts, "MaxContacts")                                                \
  X(kHoursOfOperationId, "HoursOfOperationId")                                  \
  X(kOutboundCallerIdName, "OutboundCallerConfig/OutboundCallerIdName")         \
  X(kOutboundCallerIdNumberId, "OutboundCallerConfig/OutboundCallerIdNumberId") \
  X(kOutboundFlowId, "OutboundCallerConfig/OutboundFlowId")                     \
  X(kTags, "Tags")                                                              \
  X(kLastModifiedTime, "LastModifiedTime")

#define CASEBOOK_FIELD_ENUMERATOR(field, path) field,

enum class QueueField : size_t {
  CASEBOOK_QUEUE_FIELDS(CASEBOOK_FIELD_ENUMERATOR) kCount
};

#undef CASEBOOK_FIELD_ENUMERATOR

enum class QueuesCall {
  kList,  // agents' own queues as well
  kDescribe,
  kSearch,  // standard queues only
};

struct Queue {
  QueuesCall call = QueuesCall::kList;
  std::span<const JsonValue> values;

  const JsonValue& operator[](QueueField field) const { return values[static_cast<size_t>(field)]; }
};

// The values live as long as those of the reader.
struct QueuesAnswer {
  ApiAnswerPart list;
  ApiAnswerPart search;
  std::array<JsonValue, static_cast<size_t>(QueueField::kCount)> described;
};

// Reads the record that `reader` stands on.
MaybeFault ReadQueuesAnswer(JsonReader& reader, QueuesAnswer& answer);

// Calls `visit` for every queue of `answer`.
MaybeFault ForEachQueue(const QueuesAnswer& answer, JsonReader& reader, const std::function<void(const Queue&)>& visit);

}  // namespace casebook
