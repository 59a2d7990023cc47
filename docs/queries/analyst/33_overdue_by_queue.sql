-- Which open cases are past their due date, and by how much? By the clock of the query, whatever the flag said when it was last sent.
SELECT
  detail_case_fields_reference_number AS reference,
  detail_case_fields_queue_name AS queue,
  detail_case_fields_assigned_agent_name AS agent,
  detail_case_fields_due_date AS due,
  ROUND(TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), detail_case_fields_due_date, MINUTE) / 60, 1) AS hours_overdue,
  IF(detail_case_fields_due_date_is_computed, 'computed', 'as sent') AS due_date_is
FROM amazon_connect_enriched.cases
WHERE is_overdue_now
ORDER BY hours_overdue DESC, reference
