-- How many hours did cases spend in each status up to now? From the history; an event without fields lasts no time.
SELECT
  detail_case_fields_status AS status,
  COUNT(DISTINCT id) AS cases,
  COUNT(*) AS rows_of_history,
  ROUND(SUM(TIMESTAMP_DIFF(LEAST(valid_to, CURRENT_TIMESTAMP()), valid_from, SECOND)) / 3600, 2) AS hours
FROM amazon_connect_enriched.case_history
WHERE detail_case_fields_status IS NOT NULL AND valid_from < valid_to
GROUP BY status
ORDER BY hours DESC, status
