SELECT
  detail_case_fields_complaint_subject AS subject,
  COUNT(DISTINCT id) AS count
FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`
WHERE detail_case_fields_is_complaint = TRUE
  AND detail_case_createddatetime >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 90 DAY)
GROUP BY subject
ORDER BY count DESC
