-- Which queues do customers give up in? Abandoned: queued, never connected, no next contact, and no callback that was still waiting.
WITH queued AS (
  SELECT
    queue_name,
    queue_duration,
    agent_connectedtoagentts IS NULL
      AND nextcontactid IS NULL
      AND initiationmethod <> 'CALLBACK' AS is_abandoned
  FROM amazon_connect_enriched.ctr_events
  WHERE queue_enqueuetimestamp IS NOT NULL
)
SELECT
  queue_name,
  COUNT(*) AS queued,
  COUNTIF(is_abandoned) AS abandoned,
  ROUND(100 * COUNTIF(is_abandoned) / COUNT(*), 1) AS abandonment_rate,
  AVG(IF(is_abandoned, queue_duration, NULL)) AS seconds_until_abandoned
FROM queued
GROUP BY queue_name
ORDER BY abandonment_rate DESC, queue_name
