SELECT CAST(detail_case_createddatetime AS DATE) AS date, count(DISTINCT id) AS complaints
FROM case_events
WHERE detail_case_fields_is_complaint AND detail_event_type = 'CASE.CREATED'
  AND detail_case_createddatetime >= TIMESTAMP '{now}' - INTERVAL 30 DAY
GROUP BY date
ORDER BY date DESC
