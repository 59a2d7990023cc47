WITH handled AS (
  SELECT queue_name,
    coalesce(agent_agentinteractionduration, 0) + coalesce(agent_customerholdduration, 0)
      + coalesce(agent_aftercontactworkduration, 0) + coalesce(agent_agentpauseduration, 0) AS handle_seconds
  FROM bench.ctr_events
  WHERE coalesce(agent_agentinteractionduration, agent_customerholdduration, agent_aftercontactworkduration,
                 agent_agentpauseduration) IS NOT NULL
)
SELECT coalesce(queue_name, 'all queues') AS queue, count() AS handled,
  round(avg(handle_seconds), 1) AS average_handle_seconds, max(handle_seconds) AS longest
FROM handled
GROUP BY ROLLUP (queue_name)
ORDER BY grouping(queue_name), average_handle_seconds DESC, queue
