SELECT detail_case_fields_level_1 AS category, uniqExact(id) AS count
FROM bench.case_events
WHERE detail_event_type = 'CASE.CREATED' AND detail_case_createddatetime >= toDateTime64('{now}', 6, 'UTC') - INTERVAL 30 DAY
GROUP BY category
ORDER BY count DESC
