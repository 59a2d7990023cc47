-- What happened with account 812345, in order? Cases and contacts together; numbers with leading zeros are the same account.
WITH timeline AS (
  SELECT
    detail_case_createddatetime AS happened_at,
    'case' AS what,
    id,
    CONCAT(detail_case_fields_level_1, ' / ', detail_case_fields_level_2) AS about,
    detail_case_fields_status AS outcome
  FROM amazon_connect_enriched.cases
  WHERE account = 812345
  UNION ALL
  SELECT
    initiationtimestamp,
    LOWER(channel),
    contactid,
    attributes_intent,
    disconnectreason
  FROM amazon_connect_enriched.ctr_events
  WHERE EXISTS (SELECT 1 FROM UNNEST(account_numbers) AS number WHERE SAFE_CAST(number AS INT64) = 812345)
)
SELECT
  FORMAT_TIMESTAMP('%d/%m/%Y %H:%M', happened_at, 'Europe/London') AS london_time,
  what,
  id,
  about,
  outcome
FROM timeline
ORDER BY happened_at, id
