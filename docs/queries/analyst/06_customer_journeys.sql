-- What did each customer's journey look like, all legs of a chain together? The chain is named by its initial contact id.
SELECT
  COALESCE(initialcontactid, contactid) AS journey,
  COUNT(*) AS legs,
  STRING_AGG(IFNULL(queue_name, 'no queue'), ' > ' ORDER BY initiationtimestamp, contactid) AS queues,
  STRING_AGG(agent_username, ' > ' ORDER BY initiationtimestamp, contactid) AS agents,
  MIN(initiationtimestamp) AS started_at,
  TIMESTAMP_DIFF(MAX(disconnecttimestamp), MIN(initiationtimestamp), SECOND) AS seconds_in_all,
  SUM(queue_duration) AS seconds_queued
FROM amazon_connect_enriched.ctr_events
GROUP BY journey
ORDER BY started_at, journey
