#include "duckdb/connection.h"
#include "tables/id_filter.h"
#include "tables/refresh.h"

namespace casebook {
namespace {

constexpr char kIsCaseId[] =
    "regexp_full_match(attributes_caseid, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')";

// A contact belongs to a case by the case's related item, or by the contact's attribute: a case ID, or a
// reference number that only one case has. `of_events` and `of_records` narrow the rows that are looked at.
std::string Links(const std::string& of_events, const std::string& of_records) {
  return "SELECT id, detail_related_item_contact_id AS contactid FROM stored.case_events"
         " WHERE detail_related_item_contact_id IS NOT NULL" + of_events +
         std::string(" UNION SELECT attributes_caseid, contactid FROM stored.ctr_events WHERE ") + kIsCaseId + of_records +
         " UNION SELECT c.id, r.contactid FROM stored.numbered_contacts AS r JOIN"
         " (SELECT detail_case_fields_reference_number AS number, min(id) AS id FROM stored.cases"
         " WHERE detail_case_fields_reference_number IN (SELECT number FROM stored.numbered_contacts)"
         " GROUP BY ALL HAVING count(*) = 1) AS c ON r.number = c.number WHERE true" + of_records;
}

// The contacts whose records name a case by what is no case ID.
std::string NumberedContacts(const std::string& of_records) {
  return std::string("INSERT INTO stored.numbered_contacts SELECT attributes_caseid, contactid FROM stored.ctr_events"
                     " WHERE NOT ") + kIsCaseId + of_records;
}

Status LinkAll(Connection& connection) {
  return connection.Execute(
      "DELETE FROM stored.dirty_contacts; DELETE FROM stored.numbered_contacts; " + NumberedContacts("") +
      "; DELETE FROM stored.case_contacts; INSERT INTO stored.case_contacts SELECT id, contactid, " + IdHash("id") + " FROM (" +
      Links("", "") + "); DELETE FROM stored.case_contact_counts; INSERT INTO stored.case_contact_counts"
      " SELECT id, count(*), " + IdHash("id") + " FROM stored.case_contacts GROUP BY id");
}

// Contacts whose links may be others now: new or replaced records, and those that name a case by a number that other
// cases have now. Their links are made anew.
Status LinkChangedContacts(Connection& connection, const std::string& after) {
  RETURN_IF_ERROR(connection.Execute(
      "CREATE OR REPLACE TEMP TABLE relinked AS SELECT contactid FROM stored.dirty_contacts UNION SELECT contactid FROM"
      " stored.ctr_events WHERE meta_sequence > " + after + " UNION SELECT contactid FROM stored.numbered_contacts WHERE"
      " number IN (SELECT number FROM numbers_changed)"));
  ASSIGN_OR_RETURN(const int64_t contacts, connection.QueryInt64("SELECT count(*) FROM relinked"));
  if (contacts == 0) return {};
  const std::string relinked = "contactid IN (SELECT contactid FROM relinked)";
  return connection.Execute(
      "DELETE FROM stored.dirty_contacts; DELETE FROM stored.numbered_contacts WHERE " + relinked + "; " +
      NumberedContacts(" AND " + relinked) +
      "; CREATE OR REPLACE TEMP TABLE new_links AS " +
      Links(" AND detail_related_item_contact_id IN (SELECT contactid FROM relinked)", " AND " + relinked) +
      "; INSERT INTO cases_linked SELECT id FROM stored.case_contacts WHERE " + relinked + " UNION SELECT id FROM new_links"
      "; DELETE FROM stored.case_contacts WHERE " + relinked +
      "; INSERT INTO stored.case_contacts SELECT id, contactid, " + IdHash("id") + " FROM new_links; DROP TABLE new_links");
}

Status LinkWhatIsNew(Connection& connection, const std::string& after) {
  RETURN_IF_ERROR(connection.Execute("CREATE OR REPLACE TEMP TABLE cases_linked (id VARCHAR)"));
  RETURN_IF_ERROR(LinkChangedContacts(connection, after));
  RETURN_IF_ERROR(connection.Execute(
      "CREATE OR REPLACE TEMP TABLE new_links AS SELECT DISTINCT id, detail_related_item_contact_id AS contactid FROM"
      " stored.case_events WHERE meta_sequence > " + after + " AND detail_related_item_contact_id IS NOT NULL"));
  ASSIGN_OR_RETURN(const IdFilter of_new, IdFilter::Of(connection, "new_links"));
  RETURN_IF_ERROR(connection.Execute(
      "CREATE OR REPLACE TEMP TABLE old_links AS SELECT id, contactid FROM stored.case_contacts WHERE " + of_new.Sql() +
      "; INSERT INTO stored.case_contacts SELECT id, contactid, " + IdHash("id") + " FROM (FROM new_links EXCEPT FROM old_links)"
      "; INSERT INTO cases_linked SELECT id FROM (FROM new_links EXCEPT FROM old_links)"));
  ASSIGN_OR_RETURN(const int64_t cases, connection.QueryInt64("SELECT count(*) FROM cases_linked"));
  if (cases > 0) {
    ASSIGN_OR_RETURN(const IdFilter linked, IdFilter::Of(connection, "cases_linked"));
    RETURN_IF_ERROR(connection.Execute(
        "DELETE FROM stored.case_contact_counts WHERE " + linked.Sql() +
        "; INSERT INTO stored.case_contact_counts SELECT id, count(*), " + IdHash("id") + " FROM stored.case_contacts"
        " WHERE " + linked.Sql() + " GROUP BY id"));
  }
  return connection.Execute("DROP TABLE new_links; DROP TABLE old_links; DROP TABLE cases_linked; DROP TABLE IF EXISTS relinked");
}

std::string Transcripts(const std::string& after) {
  return "UPDATE stored.ctr_events SET transcript = t.text FROM (SELECT contactid, string_agg("
         "COALESCE(participant_role, participant_id, 'UNKNOWN') || ': ' || content, chr(10) ORDER BY turn) AS text"
         " FROM stored.transcripts WHERE content IS NOT NULL AND contactid IN ("
         "SELECT contactid FROM stored.ctr_events WHERE meta_sequence > " + after +
         " UNION ALL SELECT contactid FROM stored.transcripts WHERE meta_sequence > " + after +
         ") GROUP BY contactid) AS t WHERE ctr_events.contactid = t.contactid AND transcript IS DISTINCT FROM t.text";
}

Result<bool> HasNew(Connection& connection, const char* table, const std::string& after) {
  ASSIGN_OR_RETURN(const int64_t rows, connection.QueryInt64("SELECT EXISTS (SELECT 1 FROM stored." + std::string(table) +
                                                             " WHERE meta_sequence > " + after + ")"));
  return rows != 0;
}

}  // namespace

Status RefreshLinks(Connection& connection, const RefreshScope& scope) {
  const std::string after = std::to_string(scope.after_sequence);
  ASSIGN_OR_RETURN(const bool has_events, HasNew(connection, "case_events", after));
  ASSIGN_OR_RETURN(const bool has_records, HasNew(connection, "ctr_events", after));
  ASSIGN_OR_RETURN(const bool has_transcripts, HasNew(connection, "transcripts", after));
  if (has_events || has_records) {
    RETURN_IF_ERROR(scope.after_sequence == 0 ? LinkAll(connection) : LinkWhatIsNew(connection, after));
  }
  if (has_records || has_transcripts) RETURN_IF_ERROR(connection.Execute(Transcripts(after)));
  return connection.Execute("DROP TABLE numbers_changed");
}

}  // namespace casebook
