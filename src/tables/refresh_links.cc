#include "duckdb/connection.h"
#include "tables/refresh.h"

namespace casebook {
namespace {

constexpr char kUuid[] = "'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'";

// A contact belongs to a case by the case's related item, or by the contact's attribute: a case ID, or a
// reference number that only one case has.
std::string CaseContacts() {
  const std::string is_uuid = std::string("regexp_full_match(attributes_caseid, ") + kUuid + ")";
  return "DELETE FROM stored.case_contacts; INSERT INTO stored.case_contacts "
         "SELECT id, detail_related_item_contact_id FROM stored.case_events"
         " WHERE detail_related_item_contact_id IS NOT NULL"
         " UNION SELECT attributes_caseid, contactid FROM stored.ctr_events WHERE " + is_uuid +
         " UNION SELECT c.id, r.contactid FROM stored.ctr_events AS r JOIN"
         " (SELECT detail_case_fields_reference_number AS number, min(id) AS id FROM stored.cases"
         " WHERE detail_case_fields_reference_number IS NOT NULL GROUP BY ALL HAVING count(*) = 1) AS c"
         " ON r.attributes_caseid = c.number WHERE NOT " + is_uuid +
         "; DELETE FROM stored.case_contact_counts; INSERT INTO stored.case_contact_counts"
         " SELECT id, count(*) FROM stored.case_contacts GROUP BY id";
}

std::string Transcripts(const std::string& after) {
  return "UPDATE stored.ctr_events SET transcript = t.text FROM (SELECT contactid, string_agg("
         "COALESCE(participant_role, participant_id, 'UNKNOWN') || ': ' || content, chr(10) ORDER BY turn) AS text"
         " FROM stored.transcripts WHERE content IS NOT NULL AND contactid IN ("
         "SELECT contactid FROM stored.ctr_events WHERE meta_sequence > " + after +
         " UNION ALL SELECT contactid FROM stored.transcripts WHERE meta_sequence > " + after +
         ") GROUP BY contactid) AS t WHERE ctr_events.contactid = t.contactid AND transcript IS DISTINCT FROM t.text";
}

}  // namespace

Status RefreshLinks(Connection& connection, const RefreshScope& scope) {
  const std::string after = std::to_string(scope.after_sequence);
  ASSIGN_OR_RETURN(const int64_t is_changed,
                   connection.QueryInt64("SELECT EXISTS (SELECT 1 FROM stored.case_events WHERE meta_sequence > " + after +
                                         ") OR EXISTS (SELECT 1 FROM stored.ctr_events WHERE meta_sequence > " + after +
                                         ")"));
  if (is_changed != 0) RETURN_IF_ERROR(connection.Execute(CaseContacts()));
  return connection.Execute(Transcripts(after));
}

}  // namespace casebook
