-- How long do people wait before they give up? Queued contacts by how long they were in the queue; bands include their lower end.
WITH queued AS (
  SELECT
    queue_duration,
    CASE
      WHEN queue_duration < 30 THEN 'under 30 s'
      WHEN queue_duration < 120 THEN '30 s to 2 min'
      WHEN queue_duration < 300 THEN '2 to 5 min'
      ELSE '5 min and more'
    END AS wait,
    agent_connectedtoagentts IS NULL AND nextcontactid IS NULL AND initiationmethod <> 'CALLBACK' AS is_abandoned
  FROM amazon_connect_enriched.ctr_events
  WHERE queue_enqueuetimestamp IS NOT NULL AND queue_duration IS NOT NULL
)
SELECT
  wait,
  COUNT(*) AS queued,
  COUNTIF(is_abandoned) AS abandoned,
  ROUND(COUNTIF(is_abandoned) / COUNT(*), 3) AS share_abandoned
FROM queued
GROUP BY wait
ORDER BY MIN(queue_duration)
