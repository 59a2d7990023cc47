-- When do customers reach us? Contacts by hour of the day and day of the week, both in Europe/London; transfer legs left out.
WITH local_times AS (
  SELECT
    EXTRACT(HOUR FROM initiationtimestamp AT TIME ZONE 'Europe/London') AS hour,
    FORMAT_TIMESTAMP('%a', initiationtimestamp, 'Europe/London') AS weekday
  FROM amazon_connect_enriched.ctr_events
  WHERE initiationmethod NOT IN ('TRANSFER', 'QUEUE_TRANSFER', 'OUTBOUND')
)
SELECT
  hour,
  COUNTIF(weekday = 'Mon') AS mon,
  COUNTIF(weekday = 'Tue') AS tue,
  COUNTIF(weekday = 'Wed') AS wed,
  COUNTIF(weekday = 'Thu') AS thu,
  COUNTIF(weekday = 'Fri') AS fri,
  COUNTIF(weekday IN ('Sat', 'Sun')) AS weekend
FROM local_times
GROUP BY hour
ORDER BY hour
