-- When was goodwill awarded, how much, and by whom? Each change of the amount in the history of a case, with the running total.
WITH amounts AS (
  SELECT
    id,
    valid_from,
    meta_event_id,
    detail_performed_by,
    IFNULL(detail_case_fields_complaint_goodwill_amount, 0) AS amount,
    LAG(IFNULL(detail_case_fields_complaint_goodwill_amount, 0), 1, 0)
      OVER (PARTITION BY id ORDER BY valid_from, meta_event_id) AS amount_before
  FROM amazon_connect_enriched.case_history
  WHERE valid_from < valid_to
)
SELECT
  amounts.valid_from AS awarded_at,
  id,
  IFNULL(agents.agent_name, detail_performed_by) AS awarded_by,
  amount - amount_before AS pounds,
  SUM(amount - amount_before) OVER (ORDER BY amounts.valid_from, meta_event_id) AS running_total
FROM amounts
LEFT JOIN amazon_connect_enriched.agent_dim AS agents ON agents.agent_id = detail_performed_by
WHERE amount <> amount_before
ORDER BY awarded_at, id
