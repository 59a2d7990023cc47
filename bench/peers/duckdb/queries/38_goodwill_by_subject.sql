WITH one_row_a_case AS (
  SELECT id, any_value(detail_case_fields_complaint_subject) AS subject,
    any_value(detail_case_fields_complaint_goodwill_amount) AS amount,
    sum(detail_case_fields_complaint_goodwill_amount) AS amount_over_events
  FROM case_events
  WHERE detail_case_fields_is_complaint
  GROUP BY id
)
SELECT subject, count(*) AS complaints, count(*) FILTER (amount > 0) AS with_goodwill,
  sum(amount) AS goodwill_pounds, max(amount) AS largest, sum(amount_over_events) AS wrong_sum_over_events
FROM one_row_a_case
GROUP BY subject
ORDER BY goodwill_pounds DESC, subject
