-- How is the work spread over channels and queues, with subtotals? A row without queue and marked as total sums its channel; contacts that never queued are a row of their own.
SELECT
  IF(GROUPING(channel) = 1, 'all', channel) AS channel_name,
  CASE
    WHEN GROUPING(queue_name) = 1 THEN 'total'
    ELSE IFNULL(queue_name, 'not queued')
  END AS queue,
  COUNT(*) AS contacts,
  COUNTIF(agent_connectedtoagentts IS NOT NULL) AS handled,
  SUM(agent_agentinteractionduration) AS talk_seconds
FROM amazon_connect_enriched.ctr_events
GROUP BY ROLLUP (channel, queue_name)
ORDER BY GROUPING(channel), channel_name, GROUPING(queue_name), queue
