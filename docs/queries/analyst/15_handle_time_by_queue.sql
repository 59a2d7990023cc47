-- What is the average handle time of each queue? Interaction, hold, after-contact work and pause of every contact that has any of them.
WITH handled AS (
  SELECT
    queue_name,
    IFNULL(agent_agentinteractionduration, 0) + IFNULL(agent_customerholdduration, 0)
      + IFNULL(agent_aftercontactworkduration, 0) + IFNULL(agent_agentpauseduration, 0) AS handle_seconds
  FROM amazon_connect_enriched.ctr_events
  WHERE COALESCE(agent_agentinteractionduration, agent_customerholdduration, agent_aftercontactworkduration,
                 agent_agentpauseduration) IS NOT NULL
)
SELECT
  COALESCE(queue_name, 'all queues') AS queue,
  COUNT(*) AS handled,
  ROUND(AVG(handle_seconds), 1) AS average_handle_seconds,
  MAX(handle_seconds) AS longest
FROM handled
GROUP BY ROLLUP (queue_name)
ORDER BY GROUPING(queue_name), average_handle_seconds DESC, queue
