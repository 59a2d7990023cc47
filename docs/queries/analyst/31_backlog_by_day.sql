-- How did the backlog develop, day by day? Cases open at the end of each London day; the last day as far as it has come.
WITH days AS (
  SELECT
    day,
    LEAST(TIMESTAMP(DATE_ADD(day, INTERVAL 1 DAY), 'Europe/London'), CURRENT_TIMESTAMP()) AS day_end
  FROM UNNEST(GENERATE_DATE_ARRAY(DATE '2025-03-28', CURRENT_DATE('Europe/London'))) AS day
)
SELECT
  day,
  COUNT(DISTINCT history.id) AS open_cases,
  COUNT(DISTINCT IF(history.detail_case_fields_is_complaint, history.id, NULL)) AS open_complaints
FROM days
LEFT JOIN amazon_connect_enriched.case_history AS history
  ON history.valid_from <= day_end AND day_end < history.valid_to
  AND history.detail_case_fields_status NOT IN ('Closed', 'Resolved')
GROUP BY day
ORDER BY day
