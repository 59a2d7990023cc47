-- What is the service level of each queue at 300 seconds? AWS counts all contacts removed from the queue in time, for any cause; the stricter definition only those answered in time.
SELECT
  queue_name,
  COUNT(*) AS queued,
  COUNTIF(queue_duration < 300) AS removed_in_time,
  COUNTIF(queue_duration < 300 AND agent_connectedtoagentts IS NOT NULL) AS answered_in_time,
  ROUND(100 * COUNTIF(queue_duration < 300) / COUNT(*), 1) AS service_level_removed,
  ROUND(100 * COUNTIF(queue_duration < 300 AND agent_connectedtoagentts IS NOT NULL) / COUNT(*), 1) AS service_level_answered
FROM amazon_connect_enriched.ctr_events
WHERE queue_enqueuetimestamp IS NOT NULL
GROUP BY queue_name
ORDER BY queue_name
