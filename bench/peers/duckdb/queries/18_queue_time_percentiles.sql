SELECT channel, quantile_cont(queue_duration, 0.5) AS median, round(quantile_cont(queue_duration, 0.9), 1) AS ninetieth,
  quantile_disc(queue_duration, 0.9) AS ninetieth_contact
FROM ctr_events
WHERE queue_enqueuetimestamp IS NOT NULL
GROUP BY channel
ORDER BY channel
