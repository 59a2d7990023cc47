-- Are we getting busier week over week? A journey is a chain of contacts with one initial contact id; weeks begin on Monday, London.
WITH weekly AS (
  SELECT
    DATE_TRUNC(DATE(initiationtimestamp, 'Europe/London'), WEEK(MONDAY)) AS week,
    COUNT(*) AS contacts,
    COUNT(DISTINCT COALESCE(initialcontactid, contactid)) AS journeys
  FROM amazon_connect_enriched.ctr_events
  GROUP BY week
)
SELECT
  week,
  contacts,
  journeys,
  journeys - LAG(journeys) OVER weeks AS change,
  ROUND(100 * SAFE_DIVIDE(journeys - LAG(journeys) OVER weeks, LAG(journeys) OVER weeks), 1) AS change_percent
FROM weekly
WINDOW weeks AS (ORDER BY week)
ORDER BY week
