-- How old are the cases that are open now? Whole London days since they were opened, in bands; every band is shown, also an empty one.
WITH bands AS (
  SELECT *
  FROM UNNEST([
    STRUCT('0-2 days' AS band, 0 AS youngest, 2 AS oldest),
    ('3-7 days', 3, 7),
    ('8-28 days', 8, 28),
    ('29-56 days', 29, 56),
    ('over 8 weeks', 57, 1000000)])
),
ages AS (
  SELECT
    id,
    detail_case_fields_is_complaint AS is_complaint,
    DATE_DIFF(CURRENT_DATE('Europe/London'), DATE(opened_at, 'Europe/London'), DAY) AS age
  FROM amazon_connect_enriched.cases
  WHERE is_open
)
SELECT
  band,
  COUNT(id) AS open_cases,
  COUNTIF(is_complaint) AS complaints
FROM bands
LEFT JOIN ages ON age BETWEEN youngest AND oldest
GROUP BY band, youngest
ORDER BY youngest
