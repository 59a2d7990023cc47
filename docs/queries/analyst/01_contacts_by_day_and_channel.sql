-- How many contacts started on each day, by channel? Days are those of Europe/London; each leg of a transfer counts.
SELECT
  DATE(initiationtimestamp, 'Europe/London') AS day,
  channel,
  COUNT(*) AS contacts
FROM amazon_connect_enriched.ctr_events
GROUP BY day, channel
ORDER BY day, channel
