-- How do contacts begin, week by week? One column per initiation method; chats are API and thus not inbound; weeks begin on Monday, London.
SELECT
  week,
  inbound,
  transfer,
  callback,
  api,
  outbound
FROM (
  SELECT
    DATE_TRUNC(DATE(initiationtimestamp, 'Europe/London'), WEEK(MONDAY)) AS week,
    initiationmethod
  FROM amazon_connect_enriched.ctr_events
)
PIVOT (
  COUNT(*) FOR initiationmethod IN (
    'INBOUND' AS inbound, 'TRANSFER' AS transfer, 'CALLBACK' AS callback, 'API' AS api, 'OUTBOUND' AS outbound)
)
ORDER BY week
