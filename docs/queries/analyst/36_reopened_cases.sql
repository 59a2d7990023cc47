-- Which cases were closed and opened again, by whom, and how soon? Each move out of a closed status is one reopening; a case may have several.
WITH states AS (
  SELECT
    id,
    valid_from,
    detail_performed_by,
    detail_case_fields_status AS status,
    LAG(detail_case_fields_status) OVER of_case AS status_before,
    LAG(valid_from) OVER of_case AS before_since
  FROM amazon_connect_enriched.case_history
  WHERE valid_from < valid_to
  WINDOW of_case AS (PARTITION BY id ORDER BY valid_from, meta_event_id)
)
SELECT
  id,
  before_since AS closed_at,
  states.valid_from AS reopened_at,
  ROUND(TIMESTAMP_DIFF(states.valid_from, before_since, MINUTE) / 1440, 2) AS days_closed,
  agents.agent_name AS reopened_by
FROM states
LEFT JOIN amazon_connect_enriched.agent_dim AS agents ON agents.agent_id = states.detail_performed_by
WHERE status_before IN ('Closed', 'Resolved') AND status NOT IN ('Closed', 'Resolved')
ORDER BY reopened_at, id
