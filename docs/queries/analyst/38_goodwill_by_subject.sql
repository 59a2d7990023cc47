-- How much goodwill did we award, by complaint subject? Every event of a case repeats its amount, so one row per id is summed; the sum over events is shown as a warning.
WITH one_row_a_case AS (
  SELECT
    id,
    ANY_VALUE(detail_case_fields_complaint_subject) AS subject,
    ANY_VALUE(detail_case_fields_complaint_goodwill_amount) AS amount,
    SUM(detail_case_fields_complaint_goodwill_amount) AS amount_over_events
  FROM amazon_connect_enriched.case_events
  WHERE detail_case_fields_is_complaint
  GROUP BY id
)
SELECT
  subject,
  COUNT(*) AS complaints,
  COUNTIF(amount > 0) AS with_goodwill,
  SUM(amount) AS goodwill_pounds,
  MAX(amount) AS largest,
  SUM(amount_over_events) AS wrong_sum_over_events
FROM one_row_a_case
GROUP BY subject
ORDER BY goodwill_pounds DESC, subject
