SELECT detail_case_fields_complaint_subject AS subject, uniqExact(id) AS count
FROM bench.case_events
WHERE detail_case_fields_is_complaint AND detail_case_createddatetime >= toDateTime64('{now}', 6, 'UTC') - INTERVAL 90 DAY
GROUP BY subject
ORDER BY count DESC
