// Queue rows: what a record says of queues, as rows of `queue_observations`.
//
// Which observation holds when is the tables' affair, and so is what contact records say of queues.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rows/record_context.h"

namespace casebook {

// ListQueues, DescribeQueue, SearchQueues: an observation of each queue, and a listing where all are in it.
MaybeFault AppendQueuesAnswer(const RecordContext& context, EnrichedRows& rows);

// A queue that an agent event names. `name` is empty for the agents' own queues.
struct SeenQueue {
  std::string arn;
  std::string name;
  bool operator==(const SeenQueue&) const = default;
};
// Appends an observation of `queue`, if its ARN ends in an id.
void AppendSeenQueue(const RecordContext& context, const SeenQueue& queue, std::optional<Timestamp> observed_at,
                     EnrichedRows& rows);

}  // namespace casebook
