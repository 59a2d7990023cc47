SELECT queue_name, count(*) AS queued,
  count(*) FILTER (queue_duration < 300) AS removed_in_time,
  count(*) FILTER (queue_duration < 300 AND agent_connectedtoagentts IS NOT NULL) AS answered_in_time,
  round(100 * count(*) FILTER (queue_duration < 300) / count(*), 1) AS service_level_removed,
  round(100 * count(*) FILTER (queue_duration < 300 AND agent_connectedtoagentts IS NOT NULL) / count(*), 1) AS service_level_answered
FROM ctr_events
WHERE queue_enqueuetimestamp IS NOT NULL
GROUP BY queue_name
ORDER BY queue_name NULLS FIRST
