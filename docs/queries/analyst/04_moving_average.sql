-- What is the seven-day moving average of contacts? Days without a contact count as 0; the first days average fewer than seven.
WITH daily AS (
  SELECT DATE(initiationtimestamp, 'Europe/London') AS day, COUNT(*) AS contacts
  FROM amazon_connect_enriched.ctr_events
  GROUP BY day
),
calendar AS (
  SELECT day
  FROM UNNEST(GENERATE_DATE_ARRAY((SELECT MIN(day) FROM daily), (SELECT MAX(day) FROM daily))) AS day
)
SELECT
  day,
  IFNULL(contacts, 0) AS contacts,
  ROUND(AVG(IFNULL(contacts, 0)) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 2) AS seven_day_average
FROM calendar
LEFT JOIN daily USING (day)
ORDER BY day
