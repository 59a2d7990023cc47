-- Who contacted us again within 7 days? Per account; legs of one journey are one contact, and calls that we made do not count.
WITH journeys AS (
  SELECT
    LTRIM(account_number, '0') AS account,
    COALESCE(initialcontactid, contactid) AS journey,
    MIN(initiationtimestamp) AS started_at
  FROM amazon_connect_enriched.ctr_events, UNNEST(account_numbers) AS account_number
  WHERE initiationmethod <> 'OUTBOUND'
  GROUP BY account, journey
),
followed AS (
  SELECT *, LAG(started_at) OVER (PARTITION BY account ORDER BY started_at, journey) AS contact_before
  FROM journeys
)
SELECT
  account,
  COUNT(*) AS journeys,
  COUNTIF(started_at <= TIMESTAMP_ADD(contact_before, INTERVAL 7 DAY)) AS repeats,
  MIN(ROUND(TIMESTAMP_DIFF(started_at, contact_before, SECOND) / 86400, 2)) AS shortest_gap_days
FROM followed
GROUP BY account
ORDER BY repeats DESC, account
