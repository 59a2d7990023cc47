#include "duckdb/connection.h"
#include "duckdb/key_filter.h"
#include "schema/columns.h"
#include "tables/case_columns.h"
#include "tables/id_filter.h"
#include "tables/refresh.h"
#include "tables/table_store.h"
#include "tables/views.h"

namespace casebook {
namespace {

// Two row groups of the engine. So many changed cases cost a question about a time 0.3 ms, and putting a million in order
// some seconds.
constexpr auto kMaxUnsortedCases = static_cast<int64_t>(2 * kRowGroupRows);

std::string TextList(const std::vector<std::string>& texts) {
  std::string list = "(NULL";
  for (const std::string& text : texts) list += ", " + QuoteText(text);
  return list + ")";
}

// The events of the cases to refresh, narrow; all there are where everything is new. `h` tells cases apart: a hash of
// the id, which costs a third of grouping by the ids themselves.
std::string RefreshedEvents(const RefreshScope& scope, const IdFilter& concerned) {
  const std::string of_cases = scope.after_sequence == 0 ? "" : " WHERE " + concerned.Sql();
  return "CREATE OR REPLACE TEMP TABLE refreshed_events AS SELECT id, hash(id) AS h, meta_sequence, meta_event_id, "
         "detail_event_type = 'CASE.CREATED' AS is_creation, detail_event_type = 'CASE.DELETED' AS is_deletion, "
         "detail_approximate_change_time, detail_case_fields_last_updated_datetime, detail_case_createddatetime, "
         "detail_case_template_id, detail_case_fields_due_date, detail_case_fields_due_date_is_computed, has_fields, "
         "CASE WHEN has_fields AND detail_case_fields_status IS NOT NULL THEN COALESCE(detail_case_fields_status IN " +
         TextList(scope.closed_statuses) + ", FALSE) END AS is_closed FROM stored.case_events" + of_cases;
}

// What of a case depends on the order of all its events: when it was closed last, how often opened again, and whether
// time alone leaves the order open.
std::string Transitions(const std::string& group, const std::string& order, const std::string& where) {
  return "SELECT " + group + " AS g, "
         "max(detail_approximate_change_time) FILTER (is_closed AND NOT COALESCE(was_closed, FALSE)) AS last_closing, "
         "count(*) FILTER (was_closed AND NOT is_closed) AS reopen_count, bool_or(detail_approximate_change_time IS NULL OR "
         "detail_approximate_change_time = previous) AS is_in_doubt FROM (SELECT " + group +
         ", detail_approximate_change_time, is_closed, lag(detail_approximate_change_time) OVER in_order AS previous, "
         "lag(is_closed IGNORE NULLS) OVER in_order AS was_closed FROM refreshed_events" + where +
         " WINDOW in_order AS (PARTITION BY " + group + " ORDER BY " + order + ")) GROUP BY " + group;
}

// What else the events of each case say together. `place` is where an event stands among those of its case.
std::string Summaries(const std::string& group, const std::string& place, const std::string& events) {
  return "SELECT any_value(id) AS id, arg_max(meta_sequence, " + place + ") FILTER (has_fields) AS present_sequence, "
         "arg_max_null(is_closed, " + place + ") FILTER (has_fields) AS is_closed, bool_or(is_closed IS NOT NULL) AS had_status, "
         "count(*) AS event_count, min(detail_approximate_change_time) AS first_event_at, "
         "max(detail_approximate_change_time) AS last_event_at, "
         "max(detail_approximate_change_time) FILTER (is_deletion) AS deleted_at, bool_or(is_deletion) AS is_deleted, "
         "arg_min(meta_sequence, " + place + ") FILTER (is_creation) AS created_sequence, "
         "min(detail_case_createddatetime) AS created_at, arg_max(detail_case_template_id, " + place + ") AS template_id, "
         "arg_max(detail_case_fields_due_date, " + place + ") AS due_date, "
         "arg_max(detail_case_fields_due_date_is_computed, " + place + ") AS due_date_is_computed, " + group + " AS g FROM " +
         events + " GROUP BY " + group;
}

// Cases are told apart by their hash, and their events put in order by time alone. Both are exact but for the special
// ones, which share a hash or have two events at one instant: theirs are looked at by id and in the whole order.
std::string SummarizeCases() {
  const std::string special = " WHERE h IN (SELECT h FROM special_cases)";
  const std::string others = " WHERE h NOT IN (SELECT h FROM special_cases)";
  const std::string in_whole_order = "(SELECT *, row_number() OVER (PARTITION BY id ORDER BY " + std::string(kCaseEventOrder) +
                                     ") AS n FROM refreshed_events" + special + ")";
  const auto joined = [](const std::string& summaries, const std::string& transitions) {
    return "SELECT s.* EXCLUDE (g), t.last_closing, t.reopen_count FROM (" + summaries + ") AS s JOIN (" + transitions +
           ") AS t ON s.g = t.g";
  };
  return "CREATE OR REPLACE TEMP TABLE transitions AS " + Transitions("h", "detail_approximate_change_time", "") +
         "; CREATE OR REPLACE TEMP TABLE special_cases AS SELECT h FROM (SELECT hash(id) AS h FROM cases_to_refresh) "
         "GROUP BY h HAVING count(*) > 1 UNION SELECT g FROM transitions WHERE is_in_doubt"
         "; CREATE OR REPLACE TEMP TABLE case_summaries AS " +
         joined(Summaries("h", "detail_approximate_change_time", "refreshed_events" + others), "FROM transitions") +
         " UNION ALL " + joined(Summaries("id", "n", in_whole_order), Transitions("id", kCaseEventOrder, special)) +
         "; DROP TABLE transitions; DROP TABLE special_cases; DROP TABLE refreshed_events";
}

// The value of one column of stored.cases, from the present event `p` and the summary `s`.
std::string PresentValue(const StoredColumn& column) {
  if (column.name == "detail_case_createddatetime") return "s.created_at";
  if (column.name == "detail_case_template_id") return "s.template_id";
  // The status of a deleted case is gone, so that it leaves every backlog; the rest stays.
  if (column.name == "detail_case_fields_status") return "CASE WHEN NOT s.is_deleted THEN p.detail_case_fields_status END";
  // Without any event that has fields, the due date that creation alone gives.
  if (column.name == "detail_case_fields_due_date") {
    return "CASE WHEN s.present_sequence IS NULL THEN s.due_date ELSE p.detail_case_fields_due_date END";
  }
  if (column.name == "detail_case_fields_due_date_is_computed") {
    return "CASE WHEN s.present_sequence IS NULL THEN s.due_date_is_computed ELSE p.detail_case_fields_due_date_is_computed END";
  }
  // The name as sent, else the dimension's present one.
  if (column.name == "detail_case_fields_assigned_agent_name") {
    return "COALESCE(p.detail_case_fields_assigned_agent_name, a.agent_name)";
  }
  if (column.name == "detail_case_fields_queue_name") return "COALESCE(p.detail_case_fields_queue_name, q.queue_name)";
  return "p." + QuoteIdentifier(column.name);
}

std::string InsertCases(const std::string& is_present_event) {
  std::string columns = "id, id_hash";
  std::string values = "s.id, " + IdHash("s.id");
  for (const StoredColumn& column : PresentValueColumns()) {
    columns += ", " + QuoteIdentifier(column.name);
    values += ", " + PresentValue(column);
  }
  columns +=
      ", detail_event_type, sent_agent_name, sent_queue_name, created_sequence, is_open, opened_at, closed_at, reopen_count, "
      "event_count, first_event_at, last_event_at, meta_case_deleted_at, present_received_at";
  const std::string is_open =
      "CASE WHEN s.is_deleted THEN FALSE WHEN s.is_closed IS NOT NULL THEN NOT s.is_closed WHEN s.had_status THEN FALSE END";
  values +=
      ", CASE WHEN s.created_sequence IS NOT NULL THEN 'CASE.CREATED' END"
      ", p.detail_case_fields_assigned_agent_name, p.detail_case_fields_queue_name, s.created_sequence, " + is_open +
      ", COALESCE(p.detail_case_fields_original_creation_date, s.created_at)"
      ", CASE WHEN NOT (" + is_open + ") THEN s.last_closing END, s.reopen_count, s.event_count, s.first_event_at"
      ", s.last_event_at, s.deleted_at, p.meta_received_at";
  return "INSERT INTO stored.cases (" + columns + ") SELECT " + values +
         " FROM case_summaries AS s LEFT JOIN (SELECT * FROM stored.case_events WHERE " + is_present_event +
         ") AS p ON s.present_sequence = p.meta_sequence "
         "LEFT JOIN stored.agent_dim AS a ON " + LastSegmentOfArn("p.detail_case_fields_assigned_user") + " = a.agent_id "
         "LEFT JOIN stored.queue_dim AS q ON " + LastSegmentOfArn("p.detail_case_fields_assigned_queue") + " = q.queue_id "
         // Questions are mostly about a time: rows in its order let a scan pass over the rest.
         "ORDER BY s.created_at";
}

// Inserts what was summarized. Events of which there are few are found by their sequences while the engine scans: only
// where they are it reads all the other columns.
Status InsertSummarized(Connection& connection) {
  ASSIGN_OR_RETURN(const int64_t cases, connection.QueryInt64("SELECT count(*) FROM case_summaries"));
  if (static_cast<size_t>(cases) > KeyFilter::kMaxWorthwhile) {
    return connection.Execute(InsertCases("meta_sequence IN (SELECT present_sequence FROM case_summaries)"));
  }
  const std::string present = " FROM case_summaries WHERE present_sequence IS NOT NULL";
  ASSIGN_OR_RETURN(const std::vector<uint64_t> sequences, QueryKeys(connection, "SELECT present_sequence" + present));
  ASSIGN_OR_RETURN(const int64_t first, connection.QueryInt64("SELECT min(present_sequence)" + present));
  const KeyFilter events(sequences);
  return connection.Execute(
      InsertCases("meta_sequence >= " + std::to_string(first) + " AND " + events.Sql("meta_sequence")));
}

// The reference numbers of the cases to refresh, as stored.cases has them.
std::string Numbers(const IdFilter& concerned) {
  return "SELECT id, detail_case_fields_reference_number AS number FROM stored.cases WHERE "
         "detail_case_fields_reference_number IS NOT NULL AND " + concerned.Sql();
}

// Adds to the count of rows behind the sorted ones; the first rows of all come sorted.
constexpr char kCountUnsorted[] =
    "CREATE OR REPLACE TEMP TABLE unsorted_cases AS SELECT CAST(COALESCE((SELECT CAST(value AS BIGINT) FROM stored.state "
    "WHERE name = 'unsorted_cases'), 0) + CASE WHEN EXISTS (SELECT 1 FROM stored.cases) THEN (SELECT count(*) FROM "
    "case_summaries) ELSE 0 END AS VARCHAR) AS value; DELETE FROM stored.state WHERE name = 'unsorted_cases'; "
    "INSERT INTO stored.state SELECT 'unsorted_cases', value FROM unsorted_cases; DROP TABLE unsorted_cases";

}  // namespace

Status RefreshCases(Connection& connection, const RefreshScope& scope) {
  RETURN_IF_ERROR(connection.Execute(
      "CREATE OR REPLACE TEMP TABLE cases_to_refresh AS SELECT id FROM stored.dirty_cases "
      "UNION SELECT id FROM stored.case_events WHERE meta_sequence > " + std::to_string(scope.after_sequence)));
  ASSIGN_OR_RETURN(const IdFilter concerned, IdFilter::Of(connection, "cases_to_refresh"));
  RETURN_IF_ERROR(connection.Execute(RefreshedEvents(scope, concerned)));
  RETURN_IF_ERROR(connection.Execute(SummarizeCases()));
  RETURN_IF_ERROR(connection.Execute("CREATE OR REPLACE TEMP TABLE numbers_before AS " + Numbers(concerned)));
  RETURN_IF_ERROR(connection.Execute(kCountUnsorted));
  RETURN_IF_ERROR(connection.Execute("DELETE FROM stored.cases WHERE " + concerned.Sql()));
  RETURN_IF_ERROR(connection.Execute("SET preserve_insertion_order = true"));
  RETURN_IF_ERROR(InsertSummarized(connection));
  ASSIGN_OR_RETURN(const bool is_ambiguous, concerned.ShareAHash(connection));
  if (is_ambiguous) RETURN_IF_ERROR(connection.Execute(JoinCaseEventsByIdSql()));
  RETURN_IF_ERROR(connection.Execute("SET preserve_insertion_order = false"));
  RETURN_IF_ERROR(connection.Execute(
      "CREATE OR REPLACE TEMP TABLE numbers_after AS " + Numbers(concerned) +
      "; CREATE OR REPLACE TEMP TABLE numbers_changed AS SELECT DISTINCT number FROM ("
      "(FROM numbers_before EXCEPT FROM numbers_after) UNION ALL (FROM numbers_after EXCEPT FROM numbers_before))"));
  return connection.Execute(
      "DELETE FROM stored.dirty_cases; DROP TABLE case_summaries; DROP TABLE cases_to_refresh; DROP TABLE numbers_before; "
      "DROP TABLE numbers_after");
}

Status SortCasesByCreation(Connection& connection) {
  ASSIGN_OR_RETURN(const int64_t unsorted,
                   connection.QueryInt64("SELECT value FROM stored.state WHERE name = 'unsorted_cases'"));
  if (unsorted <= kMaxUnsortedCases) return {};
  ASSIGN_OR_RETURN(Transaction transaction, Transaction::Begin(connection));
  RETURN_IF_ERROR(connection.Execute("SET preserve_insertion_order = true"));
  RETURN_IF_ERROR(connection.Execute(
      "CREATE TABLE stored.sorted_cases AS SELECT * FROM stored.cases ORDER BY detail_case_createddatetime; "
      "DROP TABLE stored.cases; ALTER TABLE stored.sorted_cases RENAME TO cases; "
      "DELETE FROM stored.state WHERE name = 'unsorted_cases'"));
  RETURN_IF_ERROR(connection.Execute("SET preserve_insertion_order = false"));
  return transaction.Commit();
}

}  // namespace casebook
