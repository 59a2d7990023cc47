SELECT detail_case_fields_level_1 AS category, count(DISTINCT id) AS count
FROM case_events
WHERE detail_event_type = 'CASE.CREATED' AND detail_case_createddatetime >= TIMESTAMP '{now}' - INTERVAL 30 DAY
GROUP BY category
ORDER BY count DESC
