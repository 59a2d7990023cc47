SELECT channel, quantileExactInclusive(0.5)(queue_duration) AS median,
  round(quantileExactInclusive(0.9)(queue_duration), 1) AS ninetieth, quantileExactLow(0.9)(queue_duration) AS ninetieth_contact
FROM bench.ctr_events
WHERE queue_enqueuetimestamp IS NOT NULL
GROUP BY channel
ORDER BY channel
