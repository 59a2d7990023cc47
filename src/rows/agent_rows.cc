#include "rows/agent_rows.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "events/agent_event.h"
#include "events/users_answer.h"
#include "rows/connect_values.h"
#include "rows/observations.h"
#include "rows/queue_rows.h"
#include "rows/value_reader.h"

namespace casebook {
namespace {

using AgentColumn = AgentObservationColumn;
using Writer = RowWriter<AgentObservationColumn>;

constexpr std::string_view kTable = "agent_dim";
// Queues taken of one agent event; a routing profile has at most a few hundred.
constexpr size_t kMaxQueuesOfEvent = 2000;
constexpr int64_t kMillisPerSecond = 1000;

// --- Agent events ---------------------------------------------------------------------------------------------

// The levels of the hierarchy by name; the agent's own group is the deepest of them.
void WriteHierarchy(const AgentEvent& event, Writer& row) {
  using Field = AgentSnapshotField;
  constexpr struct {
    AgentColumn column;
    Field name;
    Field arn;
  } kLevels[] = {{AgentColumn::kHierarchyLevel1, Field::kLevel1Name, Field::kLevel1Arn},
                 {AgentColumn::kHierarchyLevel2, Field::kLevel2Name, Field::kLevel2Arn},
                 {AgentColumn::kHierarchyLevel3, Field::kLevel3Name, Field::kLevel3Arn},
                 {AgentColumn::kHierarchyLevel4, Field::kLevel4Name, Field::kLevel4Arn},
                 {AgentColumn::kHierarchyLevel5, Field::kLevel5Name, Field::kLevel5Arn}};
  std::string_view deepest;
  for (const auto& level : kLevels) {
    row.Text(level.column, event[level.name]);
    if (event[level.arn].IsString()) deepest = event[level.arn].text;
  }
  WriteOptionalText(row[AgentColumn::kHierarchyGroupId], IdOfArn(deepest));
}

void WriteAgent(const AgentEvent& event, Writer& row) {
  using Field = AgentSnapshotField;
  row.Text(AgentColumn::kAgentArn, event.agent_arn);
  row.Text(AgentColumn::kAgentUsername, event[Field::kUsername]);
  row.Text(AgentColumn::kFirstName, event[Field::kFirstName]);
  row.Text(AgentColumn::kLastName, event[Field::kLastName]);
  WriteOptionalText(row[AgentColumn::kRoutingProfileId], IdOfArn(event[Field::kRoutingProfileArn].StringText()));
  row.Text(AgentColumn::kRoutingProfileName, event[Field::kRoutingProfileName]);
  WriteHierarchy(event, row);
}

// The queues of the event, each once.
MaybeFault QueuesOf(const AgentEvent& event, JsonReader& reader, std::vector<SeenQueue>& queues) {
  return ForEachQueueOf(event, reader, [&](const JsonValue& arn, const JsonValue& name) {
    SeenQueue queue{std::string(Trimmed(arn.StringText())), std::string(Trimmed(name.StringText()))};
    const bool is_new = std::find(queues.begin(), queues.end(), queue) == queues.end();
    if (is_new && queues.size() < kMaxQueuesOfEvent) queues.push_back(std::move(queue));
  });
}

// --- Users ----------------------------------------------------------------------------------------------------

// The time limit of after-contact work: SearchUsers gives it in milliseconds.
void WriteAfterContactWorkLimit(const User& user, Writer& row) {
  const ColumnTarget target = row.Target(AgentColumn::kAfterContactWorkLimit);
  const JsonValue& limit = user[UserField::kAfterContactWorkTimeLimit];
  const std::optional<int64_t> millis =
      user.call == UsersCall::kSearch && limit.kind == JsonKind::kNumber ? Int64FromText(limit.text) : std::nullopt;
  if (!millis || *millis < 0) return WriteCount(target, limit);
  if (*millis % kMillisPerSecond == 0) return target.column.AppendInt64(*millis / kMillisPerSecond);
  target.issues.Add(target.name, rule::kNotWhole, limit.text);
  target.column.AppendNull();
}

void WriteUser(const User& user, JsonReader& reader, Writer& row) {
  row.Text(AgentColumn::kAgentArn, user[UserField::kArn]);
  row.Text(AgentColumn::kAgentUsername, user[UserField::kUsername]);
  row.Text(AgentColumn::kFirstName, user[UserField::kFirstName]);
  row.Text(AgentColumn::kLastName, user[UserField::kLastName]);
  row.Text(AgentColumn::kEmail, user[UserField::kEmail]);
  row.LowerCaseText(AgentColumn::kRoutingProfileId, user[UserField::kRoutingProfileId]);
  row.LowerCaseText(AgentColumn::kHierarchyGroupId, user[UserField::kHierarchyGroupId]);
  WriteTexts(row.Target(AgentColumn::kSecurityProfileIds), reader, user[UserField::kSecurityProfileIds]);
  WriteAfterContactWorkLimit(user, row);
  WriteTags(row.Target(AgentColumn::kTags), user[UserField::kTags]);
  WriteMoment(row.Target(AgentColumn::kLastModifiedTime), user[UserField::kLastModifiedTime]);
}

// Appends the observation of `user` and adds him to `listing`.
void AppendUser(const RecordContext& context, const User& user, Listing& listing, EnrichedRows& rows) {
  ValueIssues issues(rows.value_issues, kTable, context.origin);
  std::string id = IdOfArn(user[UserField::kId].StringText());
  if (id.empty()) id = IdOfArn(user[UserField::kArn].StringText());
  if (id.empty()) {
    issues.Add("agent_id", rule::kNoId, user[UserField::kUsername].text);
    listing.someone_has_no_id = true;
    return;
  }
  issues.SetRowId(id);
  RowBatch& batch = rows.agent_observations;
  const size_t index = batch.size();
  Writer row(batch, issues);
  row[AgentColumn::kAgentId].AppendText(id);
  WriteUser(user, context.reader, row);
  std::optional<Timestamp> last_modified;
  if (const ColumnVector& time = batch[AgentColumn::kLastModifiedTime]; !time.IsNull(index)) {
    last_modified = Timestamp{time.Int64(index)};
  }
  FinishObservation<AgentColumn>(context, kFromApi, last_modified, batch);
  listing.Add(std::move(id), last_modified);
}

bool IsComplete(const ApiAnswerPart& search, const Listing& found) {
  const std::optional<int64_t> total = Int64FromText(search.approximate_total_count.text);
  return search.IsLastPage() && total && *total == static_cast<int64_t>(found.ids.size());
}

}  // namespace

MaybeFault AppendAgentEvent(const RecordContext& context, EnrichedRows& rows) {
  AgentEvent event;
  if (auto fault = ReadAgentEvent(context.reader, event)) return fault;
  std::vector<SeenQueue> queues;
  if (auto fault = QueuesOf(event, context.reader, queues)) return fault;

  const std::string id = IdOfArn(event.agent_arn.text);
  ValueIssues issues(rows.value_issues, kTable, context.origin);
  issues.SetRowId(id);
  Writer row(rows.agent_observations, issues);
  const auto observed_at = ReadMoment(row.Name(AgentColumn::kObservedAt), event.event_timestamp, issues);
  row[AgentColumn::kAgentId].AppendText(id);
  WriteAgent(event, row);
  if (context.reader.mended()) issues.Add("", rule::kInvalidUtf8, "");
  FinishObservation<AgentColumn>(context, kFromAgentEvent, observed_at, rows.agent_observations);
  for (const SeenQueue& queue : queues) AppendSeenQueue(context, queue, observed_at, rows);
  return {};
}

MaybeFault AppendUsersAnswer(const RecordContext& context, EnrichedRows& rows) {
  UsersAnswer answer;
  if (auto fault = ReadUsersAnswer(context.reader, answer)) return fault;

  EnrichedRows read;  // apart, as a fault may still come
  Listing listed;
  Listing found;
  Listing described;
  auto fault = ForEachUser(answer, context.reader, [&](const User& user) {
    switch (user.call) {
      case UsersCall::kList: return AppendUser(context, user, listed, read);
      case UsersCall::kSearch: return AppendUser(context, user, found, read);
      case UsersCall::kDescribe: return AppendUser(context, user, described, read);
    }
  });
  if (fault) return fault;
  if (answer.list.IsLastPage()) AppendListing(context, "agent", answer.list, listed, read.listings);
  if (IsComplete(answer.search, found)) AppendListing(context, "agent", answer.search, found, read.listings);
  if (context.reader.mended()) {
    ValueIssues(read.value_issues, kTable, context.origin).Add("", rule::kInvalidUtf8, "");
  }
  AppendAll(read, rows);
  return {};
}

}  // namespace casebook
