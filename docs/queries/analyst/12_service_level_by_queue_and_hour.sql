-- In which hour does a queue miss its 120 seconds? By the London hour of joining the queue, with totals; in time is removed from the queue for any cause (AWS).
WITH queued AS (
  SELECT
    queue_name,
    EXTRACT(HOUR FROM queue_enqueuetimestamp AT TIME ZONE 'Europe/London') AS hour,
    queue_duration < 120 AS is_in_time
  FROM amazon_connect_enriched.ctr_events
  WHERE queue_enqueuetimestamp IS NOT NULL
)
SELECT
  IF(GROUPING(queue_name) = 1, 'all queues', queue_name) AS queue,
  hour,
  COUNT(*) AS queued,
  COUNTIF(is_in_time) AS in_time,
  ROUND(100 * COUNTIF(is_in_time) / COUNT(*), 1) AS service_level
FROM queued
GROUP BY ROLLUP (queue_name, hour)
ORDER BY GROUPING(queue_name), queue, hour NULLS LAST
