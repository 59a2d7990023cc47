-- Which complaints changed their type or went on to the ombudsman? The type as it was first raised beside the present one.
WITH first_raised AS (
  SELECT
    id,
    detail_case_fields_complaint_type AS type_at_first,
    valid_from AS raised_at
  FROM amazon_connect_enriched.case_history
  WHERE detail_case_fields_is_complaint
  QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY valid_from, meta_event_id) = 1
)
SELECT
  IFNULL(type_at_first, 'unknown') AS type_at_first,
  IFNULL(cases.detail_case_fields_complaint_type, 'unknown') AS type_now,
  COUNT(*) AS complaints,
  COUNTIF(cases.detail_case_fields_ombudsman_case) AS with_ombudsman,
  MIN(raised_at) AS earliest_raised
FROM first_raised
JOIN amazon_connect_enriched.cases AS cases USING (id)
GROUP BY 1, 2
ORDER BY complaints DESC, 1, 2
