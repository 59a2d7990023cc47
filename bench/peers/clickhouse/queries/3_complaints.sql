SELECT toDate(detail_case_createddatetime) AS date, uniqExact(id) AS complaints
FROM bench.case_events
WHERE detail_case_fields_is_complaint AND detail_event_type = 'CASE.CREATED'
  AND detail_case_createddatetime >= toDateTime64('{now}', 6, 'UTC') - INTERVAL 30 DAY
GROUP BY date
ORDER BY date DESC
