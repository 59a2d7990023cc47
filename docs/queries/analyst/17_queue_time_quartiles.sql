-- How is the time in the queue spread? Shortest, quartiles and longest, by channel; quartiles are approximate on large tables.
SELECT
  channel,
  COUNT(*) AS queued,
  APPROX_QUANTILES(queue_duration, 4)[OFFSET(0)] AS shortest,
  APPROX_QUANTILES(queue_duration, 4)[OFFSET(1)] AS quarter,
  APPROX_QUANTILES(queue_duration, 4)[OFFSET(2)] AS half,
  APPROX_QUANTILES(queue_duration, 4)[OFFSET(3)] AS three_quarters,
  APPROX_QUANTILES(queue_duration, 4)[OFFSET(4)] AS longest
FROM amazon_connect_enriched.ctr_events
WHERE queue_enqueuetimestamp IS NOT NULL
GROUP BY channel
ORDER BY channel
