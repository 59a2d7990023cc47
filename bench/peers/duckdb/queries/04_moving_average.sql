WITH daily AS (
  SELECT CAST((initiationtimestamp AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/London' AS DATE) AS day, count(*) AS contacts
  FROM ctr_events
  GROUP BY day
),
calendar AS (
  SELECT CAST(unnest(range((SELECT min(day) FROM daily), (SELECT max(day) FROM daily) + INTERVAL 1 DAY, INTERVAL 1 DAY)) AS DATE) AS day
)
SELECT day, coalesce(contacts, 0) AS contacts,
  round(avg(coalesce(contacts, 0)) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 2) AS seven_day_average
FROM calendar LEFT JOIN daily USING (day)
ORDER BY day
