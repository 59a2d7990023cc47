SELECT COUNT(DISTINCT id) AS open_cases
FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`
WHERE detail_case_fields_status NOT IN ('Closed', 'Resolved')
  AND meta_enriched_landed_date = (
    SELECT MAX(meta_enriched_landed_date)
    FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`
  )
