SELECT
  DATE(detail_case_createddatetime) AS date,
  COUNT(DISTINCT id) AS complaints
FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`
WHERE detail_case_fields_is_complaint = TRUE
  AND detail_event_type = 'CASE.CREATED'
  AND detail_case_createddatetime >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 30 DAY)
GROUP BY date
ORDER BY date DESC
