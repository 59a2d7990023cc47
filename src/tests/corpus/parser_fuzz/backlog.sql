SELECT COUNT(DISTINCT id) AS open_cases
FROM `p-1.d.case_events`
WHERE status NOT IN ('Closed', 'Resolved')
  AND landed = (SELECT MAX(landed) FROM p-1.d.case_events)
