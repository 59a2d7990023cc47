SELECT CAST((initiationtimestamp AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/London' AS DATE) AS day, channel, count(*) AS contacts
FROM ctr_events
GROUP BY day, channel
ORDER BY day, channel
