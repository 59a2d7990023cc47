-- What do the median customer and the unlucky tenth wait? Continuous percentiles lie between two contacts, the discrete one is a contact's own wait.
SELECT DISTINCT
  channel,
  PERCENTILE_CONT(queue_duration, 0.5) OVER (PARTITION BY channel) AS median,
  ROUND(PERCENTILE_CONT(queue_duration, 0.9) OVER (PARTITION BY channel), 1) AS ninetieth,
  PERCENTILE_DISC(queue_duration, 0.9) OVER (PARTITION BY channel) AS ninetieth_contact
FROM amazon_connect_enriched.ctr_events
WHERE queue_enqueuetimestamp IS NOT NULL
ORDER BY channel
