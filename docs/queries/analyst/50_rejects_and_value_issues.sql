-- Can the numbers be trusted? Records that could not be read, values that became NULL, cases with fields that no catalogue knows: all three, 0 where there is none.
SELECT
  'records set aside' AS what,
  COUNT(*) AS number,
  IFNULL(SUM(times), 0) AS times,
  STRING_AGG(DISTINCT reason, ', ' ORDER BY reason) AS which
FROM amazon_connect_enriched.rejects
UNION ALL
SELECT
  'values not understood',
  COUNT(*),
  COUNT(DISTINCT row_id),
  STRING_AGG(DISTINCT CONCAT(table_name, '.', column_name), ', ' ORDER BY CONCAT(table_name, '.', column_name))
FROM amazon_connect_enriched.value_issues
UNION ALL
SELECT
  'cases with unknown fields',
  COUNT(*),
  IFNULL(SUM(event_count), 0),
  STRING_AGG(detail_case_fields_reference_number, ', ' ORDER BY id)
FROM amazon_connect_enriched.cases
WHERE TO_JSON_STRING(unmapped_fields) NOT IN ('null', '{}')
ORDER BY what
