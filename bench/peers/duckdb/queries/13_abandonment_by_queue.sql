WITH queued AS (
  SELECT queue_name, queue_duration,
    agent_connectedtoagentts IS NULL AND nextcontactid IS NULL AND initiationmethod <> 'CALLBACK' AS is_abandoned
  FROM ctr_events
  WHERE queue_enqueuetimestamp IS NOT NULL
)
SELECT queue_name, count(*) AS queued, count(*) FILTER (is_abandoned) AS abandoned,
  round(100 * count(*) FILTER (is_abandoned) / count(*), 1) AS abandonment_rate,
  avg(queue_duration) FILTER (is_abandoned) AS seconds_until_abandoned
FROM queued
GROUP BY queue_name
ORDER BY abandonment_rate DESC, queue_name
