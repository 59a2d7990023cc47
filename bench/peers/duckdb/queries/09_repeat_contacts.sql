WITH journeys AS (
  SELECT ltrim(account_number, '0') AS account, coalesce(initialcontactid, contactid) AS journey,
         min(initiationtimestamp) AS started_at
  FROM (SELECT unnest(account_numbers) AS account_number, initialcontactid, contactid, initiationtimestamp
        FROM ctr_events WHERE initiationmethod <> 'OUTBOUND')
  GROUP BY account, journey
),
followed AS (
  SELECT *, lag(started_at) OVER (PARTITION BY account ORDER BY started_at, journey) AS contact_before
  FROM journeys
)
SELECT account, count(*) AS journeys, count(*) FILTER (started_at <= contact_before + INTERVAL 7 DAY) AS repeats,
  min(round(date_diff('second', contact_before, started_at) / 86400, 2)) AS shortest_gap_days
FROM followed
GROUP BY account
ORDER BY repeats DESC, account
