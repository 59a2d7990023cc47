SELECT toDate(toTimeZone(initiationtimestamp, 'Europe/London')) AS day, channel, count() AS contacts
FROM bench.ctr_events
GROUP BY day, channel
ORDER BY day, channel
