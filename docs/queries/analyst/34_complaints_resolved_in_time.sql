-- What share of complaints received in a month is resolved by the end of the next working day, and within 8 weeks? Reopened is unresolved again; day of receipt is day 0, day 56 is within, days in London.
WITH bank_holidays AS (
  SELECT holiday
  FROM UNNEST([
    DATE '2025-01-01', DATE '2025-04-18', DATE '2025-04-21', DATE '2025-05-05', DATE '2025-05-26',
    DATE '2025-08-25', DATE '2025-12-25', DATE '2025-12-26']) AS holiday
),
complaints AS (
  SELECT
    id,
    DATE(opened_at, 'Europe/London') AS received,
    DATE(closed_at, 'Europe/London') AS resolved
  FROM amazon_connect_enriched.cases
  WHERE detail_case_fields_is_complaint
),
clocks AS (
  SELECT
    *,
    (
      SELECT MIN(day)
      FROM UNNEST(GENERATE_DATE_ARRAY(DATE_ADD(received, INTERVAL 1 DAY), DATE_ADD(received, INTERVAL 10 DAY))) AS day
      WHERE EXTRACT(DAYOFWEEK FROM day) NOT IN (1, 7)
        AND day NOT IN (SELECT holiday FROM bank_holidays)
    ) AS next_working_day,
    DATE_ADD(received, INTERVAL 56 DAY) AS last_day
  FROM complaints
)
SELECT
  DATE_TRUNC(received, MONTH) AS month,
  COUNT(*) AS received,
  MIN(next_working_day) AS earliest_next_working_day,
  COUNTIF(resolved <= next_working_day) AS resolved_by_next_working_day,
  COUNTIF(resolved <= last_day) AS resolved_within_8_weeks,
  COUNTIF(resolved IS NULL AND CURRENT_DATE('Europe/London') <= last_day) AS still_inside_8_weeks,
  ROUND(100 * COUNTIF(resolved <= next_working_day) / COUNT(*), 1) AS percent_by_next_working_day,
  ROUND(100 * COUNTIF(resolved <= last_day) / COUNT(*), 1) AS percent_within_8_weeks
FROM clocks
GROUP BY month
ORDER BY month
