-- After which intents do customers come back within 7 days? Journeys younger than 7 days are shown as not yet decided unless followed already.
WITH journeys AS (
  SELECT
    LTRIM(account_number, '0') AS account,
    COALESCE(initialcontactid, contactid) AS journey,
    ARRAY_AGG(attributes_intent IGNORE NULLS ORDER BY initiationtimestamp LIMIT 1)[SAFE_OFFSET(0)] AS intent,
    MIN(initiationtimestamp) AS started_at
  FROM amazon_connect_enriched.ctr_events
  CROSS JOIN UNNEST(account_numbers) AS account_number
  GROUP BY account, journey
),
next_ones AS (
  SELECT *, LEAD(started_at) OVER (PARTITION BY account ORDER BY started_at, journey) AS next_at
  FROM journeys
),
judged AS (
  SELECT
    intent,
    CASE
      WHEN next_at <= TIMESTAMP_ADD(started_at, INTERVAL 7 DAY) THEN 'came back'
      WHEN CURRENT_TIMESTAMP() < TIMESTAMP_ADD(started_at, INTERVAL 7 DAY) THEN 'not yet decided'
      ELSE 'stayed away'
    END AS outcome
  FROM next_ones
)
SELECT
  intent,
  COUNT(*) AS journeys_of_accounts,
  COUNTIF(outcome = 'came back') AS came_back,
  COUNTIF(outcome = 'not yet decided') AS not_yet_decided,
  COUNTIF(outcome = 'stayed away') AS stayed_away
FROM judged
GROUP BY intent
ORDER BY came_back DESC, journeys_of_accounts DESC, intent
