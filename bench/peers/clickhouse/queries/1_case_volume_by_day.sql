SELECT toDate(detail_case_createddatetime) AS date, count() AS cases_created
FROM bench.case_events
WHERE detail_event_type = 'CASE.CREATED' AND detail_case_createddatetime >= toDateTime64('{now}', 6, 'UTC') - INTERVAL 30 DAY
GROUP BY date
ORDER BY date DESC
