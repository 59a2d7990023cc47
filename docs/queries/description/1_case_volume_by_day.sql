SELECT
  DATE(detail_case_createddatetime) AS date,
  COUNT(*) AS cases_created
FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`
WHERE detail_event_type = 'CASE.CREATED'
  AND detail_case_createddatetime >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 30 DAY)
GROUP BY date
ORDER BY date DESC
