-- What was open on Monday 31 March 2025 at 09:00 in London, and with which queue? The history as it stood then, not the present values.
WITH instant AS (
  SELECT TIMESTAMP('2025-03-31 09:00:00', 'Europe/London') AS t
)
SELECT
  IFNULL(detail_case_fields_queue_name, 'no queue') AS queue,
  COUNT(DISTINCT id) AS open_cases,
  COUNT(DISTINCT IF(detail_case_fields_is_complaint, id, NULL)) AS complaints,
  MAX(TIMESTAMP_DIFF(t, detail_case_createddatetime, HOUR)) AS oldest_hours
FROM amazon_connect_enriched.case_history
CROSS JOIN instant
WHERE valid_from <= t AND t < valid_to
  AND detail_case_fields_status NOT IN ('Closed', 'Resolved')
GROUP BY queue
ORDER BY open_cases DESC, queue
