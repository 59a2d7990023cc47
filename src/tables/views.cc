#include "tables/views.h"

#include <functional>

#include "base/result.h"
#include "duckdb/connection.h"
#include "schema/dataset.h"
#include "tables/case_columns.h"

namespace casebook {
namespace {

constexpr char kNow[] = "CAST(getvariable('casebook_now') AS TIMESTAMP)";
constexpr char kEndOfTime[] = "TIMESTAMP '9999-12-31 00:00:00'";
constexpr char kLandedDate[] =
    "CAST((SELECT value FROM stored.state WHERE name = 'landed_date') AS DATE)";

// JSON is stored as text, checked when it came in.
std::string Read(const Column& column, const std::string& alias) {
  const std::string name = alias + "." + QuoteIdentifier(column.name);
  if (column.type.kind() == TypeKind::kJson) return "CAST(" + name + " AS JSON)";
  return name;
}

using Expression = std::function<std::string(const Column&)>;

// `CREATE VIEW table AS SELECT … FROM from`, each column of the table by `expression`.
std::string CreateView(std::string_view table_name, const Expression& expression, const std::string& from) {
  const Table& table = *FindDatasetTable(table_name);
  std::string sql = "CREATE VIEW " + std::string(kDatasetName) + "." + QuoteIdentifier(table.name) + " AS SELECT ";
  const char* separator = "";
  for (const Column& column : table.columns) {
    sql += separator + expression(column) + " AS " + QuoteIdentifier(column.name);
    separator = ", ";
  }
  return sql + " FROM " + from + ";\n";
}

std::string CreatePlainView(std::string_view table, const std::string& stored) {
  return CreateView(table, [](const Column& column) { return Read(column, "t"); }, stored + " AS t");
}

// As sent; else for a closed case whether it closed late, for an open one whether the clock is past the due
// instant; NULL where it is unknown if the case is open.
std::string IsOverdue(const std::string& cases) {
  const std::string due = cases + ".detail_case_fields_due_date";
  return "COALESCE(" + cases + ".detail_case_fields_is_overdue, CASE WHEN " + cases + ".is_open THEN " + kNow + " > " +
         due + " WHEN NOT " + cases + ".is_open THEN " + cases + ".closed_at > " + due + " END)";
}

std::string CreateCaseEvents(const std::string& column_of_case) {
  const auto expression = [](const Column& column) -> std::string {
    if (column.name == "id") return "e.id";
    if (column.name == "meta_enriched_landed_date") return kLandedDate;
    if (column.name == "detail_case_fields_is_overdue") return IsOverdue("c");
    return Read(column, column.depends_on_id ? "c" : "e");
  };
  // Of several CASE.CREATED of one case only the first counts.
  return CreateView("case_events", expression,
                    "stored.case_events AS e JOIN stored.cases AS c ON e." + column_of_case + " = c." + column_of_case + " "
                    "WHERE NOT (e.detail_event_type = 'CASE.CREATED' AND e.meta_sequence <> c.created_sequence)");
}

// `case_creations` and `cases_with_events`: what case_events says of each case as a whole, one row a case; read
// in its place where the answer is the same (schema/dataset.cc names them to the planner).
std::string CreateRowsAnId() {
  std::string columns;
  for (const Column& column : FindDatasetTable("case_events")->columns) {
    if (!column.depends_on_id) continue;
    std::string value = column.name == "id" ? "c.id" : Read(column, "c");
    if (column.name == "meta_enriched_landed_date") value = kLandedDate;
    if (column.name == "detail_case_fields_is_overdue") value = IsOverdue("c");
    columns += (columns.empty() ? "" : ", ") + value + " AS " + QuoteIdentifier(column.name);
  }
  const std::string create = "CREATE VIEW " + std::string(kDatasetName);
  return create + ".cases_with_events AS SELECT " + columns + " FROM stored.cases AS c;\n" + create +
         ".case_creations AS SELECT 'CASE.CREATED' AS detail_event_type, " + columns +
         " FROM stored.cases AS c WHERE c.created_sequence IS NOT NULL;\n";
}

std::string CreateCases() {
  const auto expression = [](const Column& column) -> std::string {
    if (column.name == "detail_case_fields_is_overdue") return IsOverdue("c");
    if (column.name == "is_overdue_now") {
      return std::string("CASE WHEN c.is_open THEN ") + kNow + " > c.detail_case_fields_due_date ELSE c.is_open END";
    }
    if (column.name == "contact_count") return "COALESCE(n.contact_count, 0)";
    return Read(column, "c");
  };
  return CreateView("cases", expression, "stored.cases AS c LEFT JOIN stored.case_contact_counts AS n ON c.id = n.id");
}

std::string CreateCaseHistory() {
  const auto expression = [](const Column& column) -> std::string {
    if (column.name == "valid_from") return "t.detail_approximate_change_time";
    if (column.name == "valid_to") {
      return std::string("CASE WHEN t.has_fields THEN COALESCE(t.next_change_time, ") + kEndOfTime +
             ") ELSE t.detail_approximate_change_time END";
    }
    if (column.name == "detail_case_fields_is_overdue") {
      return "COALESCE(t.detail_case_fields_is_overdue, CASE WHEN t.detail_case_fields_status IS NOT NULL THEN "
             "t.detail_approximate_change_time > t.detail_case_fields_due_date END)";
    }
    return Read(column, "t");
  };
  const std::string ends_interval = "(has_fields OR detail_event_type = 'CASE.DELETED')";
  return CreateView("case_history", expression,
                    "(SELECT *, LEAD(detail_approximate_change_time) OVER (PARTITION BY id, " + ends_interval +
                        " ORDER BY " + kCaseEventOrder + ") AS next_change_time FROM stored.case_events) AS t");
}

std::string CreateAccountLinks() {
  const std::string number = "TRY_CAST(NULLIF(regexp_replace(u.number, '[^0-9]', '', 'g'), '') AS BIGINT)";
  const std::string links =
      "(SELECT account, account_text, CAST(NULL AS VARCHAR) AS junifer_id, 'cases' AS source_table, id AS source_id"
      ", 'case_field' AS rule, 'stated' AS strength, present_received_at AS linked_at, opened_at AS valid_from"
      " FROM stored.cases WHERE account IS NOT NULL"
      " UNION ALL SELECT " + number + ", u.number, NULL, 'ctr_events', u.contactid, 'contact_attribute', 'stated'"
      ", u.meta_received_at, u.initiationtimestamp"
      " FROM (SELECT unnest(account_numbers) AS number, contactid, meta_received_at, initiationtimestamp"
      " FROM stored.ctr_events) AS u"
      " UNION ALL SELECT c.account, c.account_text, NULL, 'ctr_events', l.contactid, 'through_case', 'through_case'"
      ", COALESCE(r.meta_received_at, c.present_received_at), COALESCE(r.initiationtimestamp, c.opened_at)"
      " FROM stored.case_contacts AS l JOIN stored.cases AS c ON l.id = c.id"
      " LEFT JOIN stored.ctr_events AS r ON l.contactid = r.contactid WHERE c.account IS NOT NULL"
      " UNION ALL SELECT NULL, NULL, attributes_juniferid, 'ctr_events', contactid, 'junifer_id', 'stated'"
      ", meta_received_at, initiationtimestamp FROM stored.ctr_events WHERE attributes_juniferid IS NOT NULL)";
  return CreatePlainView("account_links", links);
}

}  // namespace

std::string JoinCaseEventsByIdSql() {
  return "DROP VIEW " + std::string(kDatasetName) + ".case_events;\n" + CreateCaseEvents("id");
}

std::string CreateViewsSql() {
  std::string sql = "CREATE SCHEMA " + std::string(kDatasetName) + ";\n";
  sql += CreateCaseEvents("id_hash") + CreateRowsAnId() + CreateCaseHistory() + CreateCases() + CreateAccountLinks();
  for (const char* table : {"contact_events", "ctr_events", "transcripts", "agent_dim", "queue_dim", "agent_history",
                            "queue_history", "rejects", "value_issues"}) {
    sql += CreatePlainView(table, "stored." + std::string(table));
  }
  return sql;
}

}  // namespace casebook
