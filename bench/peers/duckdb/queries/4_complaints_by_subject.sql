SELECT detail_case_fields_complaint_subject AS subject, count(DISTINCT id) AS count
FROM case_events
WHERE detail_case_fields_is_complaint AND detail_case_createddatetime >= TIMESTAMP '{now}' - INTERVAL 90 DAY
GROUP BY subject
ORDER BY count DESC
