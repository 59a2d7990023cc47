#include "events/queues_answer.h"

#include <algorithm>

namespace casebook {
namespace {

constexpr size_t kQueueFieldCount = static_cast<size_t>(QueueField::kCount);

// The values of an answer, alone or under the name of its call; the queue described follows, in both places.
enum Slot : size_t {
  kList,
  kListEntries,
  kListToken,
  kSearch,
  kSearchEntries,
  kSearchToken,
  kSearchTotal,
  kBareListEntries,
  kBareSearchEntries,
  kBareToken,
  kBareTotal,
  kDescribed,
  kBareDescribed = kDescribed + kQueueFieldCount,
  kSlotCount = kBareDescribed + kQueueFieldCount,
};

const JsonShape& AnswerShape() {
#define CASEBOOK_DESCRIBED_PATH(field, path) "DescribeQueue/Queue/" path,
#define CASEBOOK_BARE_PATH(field, path) "Queue/" path,
  static const JsonShape kShape = {"ListQueues",
                                   "ListQueues/QueueSummaryList",
                                   "ListQueues/NextToken",
                                   "SearchQueues",
                                   "SearchQueues/Queues",
                                   "SearchQueues/NextToken",
                                   "SearchQueues/ApproximateTotalCount",
                                   "QueueSummaryList",
                                   "Queues",
                                   "NextToken",
                                   "ApproximateTotalCount",
                                   CASEBOOK_QUEUE_FIELDS(CASEBOOK_DESCRIBED_PATH)
                                       CASEBOOK_QUEUE_FIELDS(CASEBOOK_BARE_PATH)};
#undef CASEBOOK_DESCRIBED_PATH
#undef CASEBOOK_BARE_PATH
  return kShape;
}

bool IsSomething(const JsonValue* queue) {
  for (const QueueField field : {QueueField::kQueueId, QueueField::kId, QueueField::kQueueArn, QueueField::kArn}) {
    if (!queue[static_cast<size_t>(field)].IsAbsent()) return true;
  }
  return false;
}

}  // namespace

MaybeFault ReadQueuesAnswer(JsonReader& reader, QueuesAnswer& answer) {
  std::array<JsonValue, kSlotCount> values;
  if (auto fault = reader.Read(AnswerShape(), values)) return fault;

  answer.list = {values[kList], values[kListEntries], values[kListToken], {}};
  if (values[kList].IsAbsent()) answer.list = {{}, values[kBareListEntries], values[kBareToken], {}};
  answer.search = {values[kSearch], values[kSearchEntries], values[kSearchToken], values[kSearchTotal]};
  if (values[kSearch].IsAbsent()) {
    answer.search = {{}, values[kBareSearchEntries], values[kBareToken], values[kBareTotal]};
  }
  const JsonValue* const described = &values[kDescribed];
  std::copy_n(IsSomething(described) ? described : &values[kBareDescribed], kQueueFieldCount, answer.described.begin());
  return {};
}

MaybeFault ForEachQueue(const QueuesAnswer& answer, JsonReader& reader,
                        const std::function<void(const Queue&)>& visit) {
#define CASEBOOK_FIELD_PATH(field, path) path,
  static const JsonShape kQueue = {CASEBOOK_QUEUE_FIELDS(CASEBOOK_FIELD_PATH)};
#undef CASEBOOK_FIELD_PATH
  const auto visit_as = [&](QueuesCall call) {
    return [&visit, call](std::span<const JsonValue> values) { visit({call, values}); };
  };
  if (auto fault = reader.ForEachElement(answer.list.entries, kQueue, visit_as(QueuesCall::kList))) return fault;
  if (auto fault = reader.ForEachElement(answer.search.entries, kQueue, visit_as(QueuesCall::kSearch))) return fault;
  if (IsSomething(answer.described.data())) visit({QueuesCall::kDescribe, answer.described});
  return {};
}

}  // namespace casebook
