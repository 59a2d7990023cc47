SELECT CAST(detail_case_createddatetime AS DATE) AS date, count(*) AS cases_created
FROM case_events
WHERE detail_event_type = 'CASE.CREATED' AND detail_case_createddatetime >= TIMESTAMP '{now}' - INTERVAL 30 DAY
GROUP BY date
ORDER BY date DESC
