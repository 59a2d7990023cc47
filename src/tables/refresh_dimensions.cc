#include <algorithm>

#include "duckdb/connection.h"
#include "schema/columns.h"
#include "tables/refresh.h"

namespace casebook {
namespace {

// Sources of a dimension, strongest first; a column is taken from the strongest that has a value.
constexpr std::string_view kSources[] = {"api", "agent_event", "ctr", "contact_event"};

std::string LastSegment(const std::string& arn) { return LastSegmentOfArn(arn); }

struct Dimension {
  std::string name;  // agent, queue
  std::string id;    // agent_id, queue_id
  std::vector<std::string> contents;  // the columns that sources speak of
  std::vector<std::string> record_contents;  // the part of them of which contact records speak
  std::string contact_records;        // SELECT of what these say: id, record_contents, observed_at, meta_sequence
  std::string contact_events;         // SELECT of what contact events say, with first_at and last_at
};

std::vector<std::string> ContentColumns(std::span<const StoredColumn> layout) {
  std::vector<std::string> columns;
  for (const StoredColumn& column : layout.subspan(1)) {
    if (column.name == "source") break;
    columns.emplace_back(column.name);
  }
  return columns;
}

Dimension Agents() {
  return {"agent", "agent_id", ContentColumns(kAgentObservationColumnLayout),
          {"agent_arn", "agent_username", "routing_profile_name", "hierarchy_level_1", "hierarchy_level_2",
           "hierarchy_level_3", "hierarchy_level_4", "hierarchy_level_5"},
          "SELECT " + LastSegment("agent_arn") +
              " AS agent_id, agent_arn, agent_username, agent_routingprofile_name AS routing_profile_name"
              ", agent_hierarchygroups_level1_groupname AS hierarchy_level_1"
              ", agent_hierarchygroups_level2_groupname AS hierarchy_level_2"
              ", agent_hierarchygroups_level3_groupname AS hierarchy_level_3"
              ", agent_hierarchygroups_level4_groupname AS hierarchy_level_4"
              ", agent_hierarchygroups_level5_groupname AS hierarchy_level_5"
              ", lastupdatetimestamp AS observed_at, meta_sequence FROM stored.ctr_events WHERE agent_arn IS NOT NULL",
          "SELECT " + LastSegment("\"detail_agentInfo_agentArn\"") +
              " AS agent_id, \"detail_agentInfo_agentArn\" AS agent_arn"
              ", min(event_time) AS first_at, max(event_time) AS last_at FROM stored.contact_events"
              " WHERE \"detail_agentInfo_agentArn\" IS NOT NULL GROUP BY \"detail_agentInfo_agentArn\""};
}

Dimension Queues() {
  const std::string type_by_arn = "CASE WHEN queue_arn LIKE '%/queue/agent/%' THEN 'AGENT' END";
  return {"queue", "queue_id", ContentColumns(kQueueObservationColumnLayout),
          {"queue_arn", "queue_name", "queue_type"},
          "SELECT " + LastSegment("queue_arn") + " AS queue_id, queue_arn, queue_name, " + type_by_arn +
              " AS queue_type, lastupdatetimestamp AS observed_at, meta_sequence FROM stored.ctr_events"
              " WHERE queue_arn IS NOT NULL",
          "SELECT " + LastSegment("queue_arn") + " AS queue_id, queue_arn, COALESCE(queue_type, " + type_by_arn +
              ") AS queue_type, first_at, last_at FROM (SELECT \"detail_queueInfo_queueArn\" AS queue_arn"
              ", \"detail_queueInfo_queueType\" AS queue_type, min(event_time) AS first_at, max(event_time) AS last_at"
              " FROM stored.contact_events WHERE \"detail_queueInfo_queueArn\" IS NOT NULL GROUP BY ALL)"};
}

std::string List(const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns) {
    if (!list.empty()) list += ", ";
    list += column;
  }
  return list;
}

// What contact records and contact events say, narrow: of a record a hash of its contents, so that hardly any has to
// be read as a whole.
std::string Said(const Dimension& d) {
  return "CREATE OR REPLACE TEMP TABLE said_in_records AS SELECT " + d.id + ", observed_at, meta_sequence, hash(row(" +
         List(d.record_contents) + ")) AS contents FROM (" + d.contact_records +
         "); CREATE OR REPLACE TEMP TABLE said_in_events AS " + d.contact_events;
}

// Of the many contact records that say the same in a row only the first counts. Most agents and queues never change,
// so few need to have their records put in order.
std::string ChangeSequences(const Dimension& d) {
  return "SELECT arg_min(meta_sequence, (COALESCE(observed_at, TIMESTAMP '-infinity'), meta_sequence))"
         " FROM said_in_records GROUP BY " + d.id + " HAVING min(contents) = max(contents)"
         " UNION ALL SELECT meta_sequence FROM (SELECT meta_sequence, contents, lag(contents) OVER (PARTITION BY " + d.id +
         " ORDER BY observed_at NULLS FIRST, contents) AS previous FROM said_in_records WHERE " + d.id + " IN (SELECT " +
         d.id + " FROM said_in_records GROUP BY " + d.id +
         " HAVING min(contents) <> max(contents))) WHERE contents IS DISTINCT FROM previous";
}

// Everything said of an agent or queue.
std::string Observations(const Dimension& d) {
  return "CREATE OR REPLACE TEMP TABLE observations AS SELECT " + d.id + ", " + List(d.contents) +
         ", source, observed_at, content_sha256 AS tie_break FROM stored." + d.name +
         "_observations UNION ALL BY NAME SELECT * EXCLUDE (meta_sequence), 'ctr' AS source, CAST(hash(row(" +
         List(d.record_contents) + ")) AS VARCHAR) AS tie_break FROM (" + d.contact_records +
         ") WHERE meta_sequence IN (" + ChangeSequences(d) +
         ") UNION ALL BY NAME SELECT * EXCLUDE (first_at, last_at), 'contact_event' AS source, first_at AS observed_at"
         ", '' AS tie_break FROM said_in_events";
}

std::string Seen(const Dimension& d) {
  const std::string group = " GROUP BY " + d.id;
  return "CREATE OR REPLACE TEMP TABLE seen AS SELECT " + d.id +
         ", min(first_at) AS first_seen, max(last_at) AS last_seen FROM (SELECT " + d.id +
         ", min(observed_at) AS first_at, max(observed_at) AS last_at FROM observations" + group +
         " UNION ALL SELECT " + d.id + ", min(observed_at), max(observed_at) FROM said_in_records" + group +
         " UNION ALL SELECT " + d.id + ", first_at, last_at FROM said_in_events)" + group;
}

// The value of `column` at an observation: of the strongest source that gave one by then, its newest.
std::string StateOf(const std::string& column) {
  std::string state = "COALESCE(";
  const char* separator = "";
  for (const std::string_view source : kSources) {
    state += separator + ("last_value(CASE WHEN source = " + QuoteText(source) + " THEN " + column) +
             " END IGNORE NULLS) OVER so_far";
    separator = ", ";
  }
  return state + ") AS " + column;
}

// One row an agent or queue and period, in which what is known of it did not change.
std::string Periods(const Dimension& d) {
  std::string states;
  std::string whole;
  for (const std::string& column : d.contents) {
    states += ", " + StateOf(column);
    whole += (whole.empty() ? "" : ", ") + column;
  }
  const std::string by_id = "PARTITION BY " + d.id;
  std::string strongest = "CASE";
  for (const std::string_view source : kSources) {
    strongest += " WHEN bool_or(source = " + QuoteText(source) + ") OVER (" + by_id + ") THEN " + QuoteText(source);
  }
  strongest += " END";
  return "CREATE OR REPLACE TEMP TABLE periods AS WITH states AS (SELECT " + d.id + ", observed_at" + states + ", " +
         strongest + " AS source, row_number() OVER (" + by_id +
         ", observed_at ORDER BY source DESC, tie_break DESC) AS from_last FROM observations WINDOW so_far AS (" + by_id +
         " ORDER BY observed_at NULLS FIRST, source, tie_break ROWS UNBOUNDED PRECEDING))"
         ", changes AS (SELECT *, row(" + whole + ") AS whole, lag(row(" + whole + ")) OVER (" + by_id +
         " ORDER BY observed_at NULLS FIRST) AS previous FROM states WHERE from_last = 1)"
         " SELECT * EXCLUDE (whole, previous, from_last, observed_at), observed_at AS valid_from"
         ", COALESCE(lead(observed_at) OVER (" + by_id + " ORDER BY observed_at NULLS FIRST)"
         ", TIMESTAMP '9999-12-31 00:00:00') AS valid_to FROM changes WHERE whole IS DISTINCT FROM previous";
}

// Whether it is missing from the newest complete listing though last seen no later. A listing of queues may
// have been asked for without the agents' own ones, so these are never held to be gone.
std::string Activity(const Dimension& d) {
  const std::string judged =
      d.name == "agent" ? "" : " AND s.queue_id NOT IN (SELECT queue_id FROM observations WHERE queue_type = 'AGENT')";
  return "CREATE OR REPLACE TEMP TABLE inactive AS SELECT s." + d.id +
         " FROM seen AS s, (SELECT * FROM stored.listings WHERE kind = " + QuoteText(d.name) +
         " ORDER BY listed_at DESC NULLS LAST, content_sha256 DESC LIMIT 1) AS l WHERE NOT list_contains(l.member_ids, s." +
         d.id + ") AND (s.last_seen IS NULL OR s.last_seen <= l.listed_at)" + judged;
}

std::string Store(const Dimension& d) {
  const std::string end = "TIMESTAMP '9999-12-31 00:00:00'";
  const std::string name = d.name == "agent" ? ", COALESCE(NULLIF(trim(concat_ws(' ', p.first_name, p.last_name)), '')"
                                               ", p.agent_username) AS agent_name"
                                             : "";
  const std::string history = "stored." + d.name + "_history";
  const std::string present = "stored." + d.name + "_dim";
  return "DELETE FROM " + history + "; DELETE FROM " + present + "; INSERT INTO " + history +
         " BY NAME SELECT p.*" + name + ", p.valid_to < " + end + " OR p." + d.id + " NOT IN (SELECT " + d.id +
         " FROM inactive) AS is_active, s.first_seen, s.last_seen FROM periods AS p JOIN seen AS s ON p." + d.id +
         " = s." + d.id + "; INSERT INTO " + present + " SELECT * FROM " + history + " WHERE valid_to = " + end +
         "; DROP TABLE observations; DROP TABLE seen; DROP TABLE periods; DROP TABLE inactive"
         "; DROP TABLE said_in_records; DROP TABLE said_in_events";
}

Status RefreshDimension(Connection& connection, const Dimension& dimension) {
  for (const std::string& sql : {Said(dimension), Observations(dimension), Seen(dimension), Periods(dimension), Activity(dimension),
                                 Store(dimension)}) {
    RETURN_IF_ERROR(connection.Execute(sql));
  }
  return {};
}

// The name as sent, else the dimension's present one.
std::string LendNames(const std::string& shown, const std::string& sent, const std::string& arn,
                      const std::string& dimension, const std::string& id, const std::string& name) {
  return "UPDATE stored.cases SET " + shown + " = n.shown FROM (SELECT c.id, COALESCE(c." + sent + ", d." + name +
         ") AS shown FROM stored.cases AS c LEFT JOIN stored." + dimension + " AS d ON " + LastSegment("c." + arn) +
         " = d." + id + ") AS n WHERE cases.id = n.id AND cases." + shown + " IS DISTINCT FROM n.shown";
}

// Whether the names by which cases show agents or queues are others than those in `names_before`.
Result<bool> AreNamesOther(Connection& connection, const std::string& names) {
  ASSIGN_OR_RETURN(const int64_t other, connection.QueryInt64("SELECT EXISTS (" + names + " EXCEPT FROM names_before) OR "
                                                              "EXISTS (FROM names_before EXCEPT " + names + ")"));
  return other != 0;
}

struct Lending {
  std::string shown, sent, arn, dimension, id, name;
};

Status RefreshAndLend(Connection& connection, const Dimension& dimension, const Lending& lending) {
  const std::string names = "SELECT " + lending.id + ", " + lending.name + " FROM stored." + lending.dimension;
  RETURN_IF_ERROR(connection.Execute("CREATE OR REPLACE TEMP TABLE names_before AS " + names));
  RETURN_IF_ERROR(RefreshDimension(connection, dimension));
  ASSIGN_OR_RETURN(const bool other, AreNamesOther(connection, names));
  RETURN_IF_ERROR(connection.Execute("DROP TABLE names_before"));
  if (!other) return {};
  return connection.Execute(
      LendNames(lending.shown, lending.sent, lending.arn, lending.dimension, lending.id, lending.name));
}

}  // namespace

std::string LastSegmentOfArn(const std::string& arn) { return "lower(split_part(" + arn + ", '/', -1))"; }

Result<bool> AreDimensionsStale(Connection& connection, const RefreshScope& scope) {
  std::string changed = "SELECT false";
  for (const char* table : {"agent_observations", "queue_observations", "listings", "ctr_events", "contact_events"}) {
    changed += " OR EXISTS (SELECT 1 FROM stored." + std::string(table) + " WHERE meta_sequence > " +
               std::to_string(scope.after_sequence) + ")";
  }
  ASSIGN_OR_RETURN(const int64_t is_changed, connection.QueryInt64(changed));
  return is_changed != 0;
}

Status RefreshDimensions(Connection& connection, const RefreshScope& scope) {
  ASSIGN_OR_RETURN(const bool is_stale, AreDimensionsStale(connection, scope));
  if (!is_stale) return {};
  RETURN_IF_ERROR(RefreshAndLend(connection, Agents(),
                                 {"detail_case_fields_assigned_agent_name", "sent_agent_name",
                                  "detail_case_fields_assigned_user", "agent_dim", "agent_id", "agent_name"}));
  return RefreshAndLend(connection, Queues(),
                        {"detail_case_fields_queue_name", "sent_queue_name", "detail_case_fields_assigned_queue",
                         "queue_dim", "queue_id", "queue_name"});
}

}  // namespace casebook
