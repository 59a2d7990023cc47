-- What was the last contact of each account, and how long ago? One row an account: the newest by start, then by contact id.
SELECT
  SAFE_CAST(account_number AS INT64) AS account,
  contactid,
  channel,
  attributes_intent AS intent,
  initiationtimestamp AS started_at,
  DATE_DIFF(CURRENT_DATE('Europe/London'), DATE(initiationtimestamp, 'Europe/London'), DAY) AS days_ago
FROM amazon_connect_enriched.ctr_events
CROSS JOIN UNNEST(account_numbers) AS account_number
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY SAFE_CAST(account_number AS INT64) ORDER BY initiationtimestamp DESC, contactid DESC) = 1
ORDER BY account
