-- How quickly are the cases of each creation week closed for the first time? A later reopening does not take the first close back; weeks begin on Monday, London.
WITH first_closes AS (
  SELECT id, MIN(valid_from) AS first_closed_at
  FROM amazon_connect_enriched.case_history
  WHERE detail_case_fields_status IN ('Closed', 'Resolved')
  GROUP BY id
),
cohort AS (
  SELECT
    DATE_TRUNC(DATE(detail_case_createddatetime, 'Europe/London'), ISOWEEK) AS week,
    DATE_DIFF(DATE(first_closed_at, 'Europe/London'), DATE(detail_case_createddatetime, 'Europe/London'), DAY) AS days,
    is_open
  FROM amazon_connect_enriched.cases
  LEFT JOIN first_closes USING (id)
  WHERE detail_case_createddatetime IS NOT NULL
)
SELECT
  week,
  COUNT(*) AS created,
  COUNTIF(days <= 1) AS closed_within_1_day,
  COUNTIF(days <= 7) AS closed_within_7_days,
  COUNTIF(days <= 28) AS closed_within_28_days,
  ROUND(AVG(days), 1) AS average_days,
  COUNTIF(is_open) AS open_now
FROM cohort
GROUP BY week
ORDER BY week
