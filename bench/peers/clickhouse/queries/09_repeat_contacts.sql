WITH journeys AS (
  SELECT trim(LEADING '0' FROM account_number) AS account, coalesce(initialcontactid, contactid) AS journey,
         min(initiationtimestamp) AS started_at
  FROM bench.ctr_events ARRAY JOIN account_numbers AS account_number
  WHERE initiationmethod <> 'OUTBOUND'
  GROUP BY account, journey
),
followed AS (
  SELECT *, lagInFrame(started_at) OVER (PARTITION BY account ORDER BY started_at, journey
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS contact_before
  FROM journeys
)
SELECT account, count() AS journeys, countIf(started_at <= contact_before + INTERVAL 7 DAY) AS repeats,
  min(floor((toUnixTimestamp(started_at) - toUnixTimestamp(contact_before)) / 86400 * 100 + 0.5) / 100) AS shortest_gap_days
FROM followed
GROUP BY account
ORDER BY repeats DESC, account
