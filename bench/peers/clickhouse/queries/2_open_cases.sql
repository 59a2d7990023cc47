SELECT uniqExact(id) AS open_cases
FROM bench.case_events
WHERE detail_case_fields_status NOT IN ('Closed', 'Resolved')
  AND meta_enriched_landed_date = (SELECT max(meta_enriched_landed_date) FROM bench.case_events)
