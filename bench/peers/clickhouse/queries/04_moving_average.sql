SELECT day, contacts, round(avg(contacts) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 2) AS seven_day_average
FROM (
  SELECT toDate(toTimeZone(initiationtimestamp, 'Europe/London')) AS day, count() AS contacts
  FROM bench.ctr_events
  GROUP BY day
  ORDER BY day WITH FILL
)
ORDER BY day
