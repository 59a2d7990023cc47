#include "rows/queue_rows.h"

#include <string>

#include "events/queues_answer.h"
#include "rows/connect_values.h"
#include "rows/observations.h"
#include "rows/value_reader.h"

namespace casebook {
namespace {

using QueueColumn = QueueObservationColumn;
using Writer = RowWriter<QueueObservationColumn>;

constexpr std::string_view kTable = "queue_dim";

// What kind of queue an ARN names: `…/queue/agent/<user>` is an agent's own. Empty where it does not tell.
std::string_view TypeOfArn(std::string_view arn) {
  if (arn.find("/queue/agent/") != std::string_view::npos) return "AGENT";
  return arn.find("/queue/") != std::string_view::npos ? "STANDARD" : "";
}

void WriteType(const Queue& queue, const JsonValue& arn, Writer& row) {
  const JsonValue& type = queue[QueueField::kQueueType];
  if (!type.IsAbsent()) return WriteUpperCaseText(row.Target(QueueColumn::kQueueType), type);
  WriteOptionalText(row[QueueColumn::kQueueType], TypeOfArn(arn.StringText()));
}

void WriteQueue(const Queue& queue, Writer& row) {
  const JsonValue& arn = FirstPresent(queue[QueueField::kQueueArn], queue[QueueField::kArn]);
  row.Text(QueueColumn::kQueueArn, arn);
  row.Text(QueueColumn::kQueueName, queue[QueueField::kName]);
  WriteType(queue, arn, row);
  row.Text(QueueColumn::kDescription, queue[QueueField::kDescription]);
  row.Text(QueueColumn::kStatus, queue[QueueField::kStatus]);
  WriteCount(row.Target(QueueColumn::kMaxContacts), queue[QueueField::kMaxContacts]);
  row.Text(QueueColumn::kHoursOfOperationId, queue[QueueField::kHoursOfOperationId]);
  row.Text(QueueColumn::kOutboundCallerIdName, queue[QueueField::kOutboundCallerIdName]);
  row.Text(QueueColumn::kOutboundCallerIdNumberId, queue[QueueField::kOutboundCallerIdNumberId]);
  row.Text(QueueColumn::kOutboundFlowId, queue[QueueField::kOutboundFlowId]);
  WriteTags(row.Target(QueueColumn::kTags), queue[QueueField::kTags]);
  WriteMoment(row.Target(QueueColumn::kLastModifiedTime), queue[QueueField::kLastModifiedTime]);
}

// The first of the places for an id that holds one.
std::string IdOf(const Queue& queue) {
  for (const QueueField field : {QueueField::kQueueId, QueueField::kId, QueueField::kQueueArn, QueueField::kArn}) {
    std::string id = IdOfArn(queue[field].StringText());
    if (!id.empty()) return id;
  }
  return {};
}

// Appends the observation of `queue` and adds it to `listing`.
void AppendQueue(const RecordContext& context, const Queue& queue, Listing& listing, EnrichedRows& rows) {
  ValueIssues issues(rows.value_issues, kTable, context.origin);
  std::string id = IdOf(queue);
  if (id.empty()) {
    issues.Add("queue_id", rule::kNoId, queue[QueueField::kName].text);
    listing.someone_has_no_id = true;
    return;
  }
  issues.SetRowId(id);
  RowBatch& batch = rows.queue_observations;
  const size_t index = batch.size();
  Writer row(batch, issues);
  row[QueueColumn::kQueueId].AppendText(id);
  WriteQueue(queue, row);
  std::optional<Timestamp> last_modified;
  if (const ColumnVector& time = batch[QueueColumn::kLastModifiedTime]; !time.IsNull(index)) {
    last_modified = Timestamp{time.Int64(index)};
  }
  FinishObservation<QueueColumn>(context, kFromApi, last_modified, batch);
  listing.Add(std::move(id), last_modified);
}

}  // namespace

MaybeFault AppendQueuesAnswer(const RecordContext& context, EnrichedRows& rows) {
  QueuesAnswer answer;
  if (auto fault = ReadQueuesAnswer(context.reader, answer)) return fault;

  EnrichedRows read;  // apart, as a fault may still come
  Listing listed;
  Listing others;  // a search leaves out the agents' own queues: never a listing
  auto fault = ForEachQueue(answer, context.reader, [&](const Queue& queue) {
    AppendQueue(context, queue, queue.call == QueuesCall::kList ? listed : others, read);
  });
  if (fault) return fault;
  if (answer.list.IsLastPage()) AppendListing(context, "queue", answer.list, listed, read.listings);
  if (context.reader.mended()) {
    ValueIssues(read.value_issues, kTable, context.origin).Add("", rule::kInvalidUtf8, "");
  }
  AppendAll(read, rows);
  return {};
}

void AppendSeenQueue(const RecordContext& context, const SeenQueue& queue, std::optional<Timestamp> observed_at,
                     EnrichedRows& rows) {
  const std::string id = IdOfArn(queue.arn);
  if (id.empty()) return;
  ValueIssues issues(rows.value_issues, kTable, context.origin);
  issues.SetRowId(id);
  Writer row(rows.queue_observations, issues);
  row[QueueColumn::kQueueId].AppendText(id);
  row[QueueColumn::kQueueArn].AppendText(queue.arn);
  WriteOptionalText(row[QueueColumn::kQueueName], queue.name);
  WriteOptionalText(row[QueueColumn::kQueueType], TypeOfArn(queue.arn));
  FinishObservation<QueueColumn>(context, kFromAgentEvent, observed_at, rows.queue_observations);
}

}  // namespace casebook
