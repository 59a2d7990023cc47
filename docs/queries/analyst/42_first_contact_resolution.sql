-- Which cases were solved with the first contact? Closed and not reopened with exactly one contact, transfer legs counted (AWS) or all legs of a journey as one; links from the case and from the contact record both count.
WITH links AS (
  SELECT id, detail_related_item_contact_id AS contactid
  FROM amazon_connect_enriched.case_history
  WHERE detail_related_item_contact_id IS NOT NULL
  UNION DISTINCT
  SELECT attributes_caseid, contactid
  FROM amazon_connect_enriched.ctr_events
  WHERE attributes_caseid IS NOT NULL
),
contacts_of_cases AS (
  SELECT
    links.id,
    COUNT(DISTINCT links.contactid) AS contacts,
    COUNT(DISTINCT COALESCE(records.initialcontactid, links.contactid)) AS journeys
  FROM links
  LEFT JOIN amazon_connect_enriched.ctr_events AS records USING (contactid)
  WHERE records.channel IS NULL OR records.channel <> 'TASK'
  GROUP BY links.id
)
SELECT
  cases.id,
  detail_case_fields_level_1 AS level_1,
  is_open,
  reopen_count,
  IFNULL(contacts, 0) AS contacts,
  IFNULL(journeys, 0) AS journeys,
  closed_at IS NOT NULL AND reopen_count = 0 AND IFNULL(contacts, 0) = 1 AS solved_by_first_contact,
  closed_at IS NOT NULL AND reopen_count = 0 AND IFNULL(journeys, 0) = 1 AS solved_by_first_journey
FROM amazon_connect_enriched.cases AS cases
LEFT JOIN contacts_of_cases USING (id)
ORDER BY cases.id
