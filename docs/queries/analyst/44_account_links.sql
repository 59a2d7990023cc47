-- Which accounts had contact with us without a case, and which with several? Every way in which a case or contact is tied to an account counts once.
SELECT
  account,
  COUNT(DISTINCT IF(source_table = 'cases', source_id, NULL)) AS cases,
  COUNT(DISTINCT IF(source_table = 'ctr_events', source_id, NULL)) AS contacts,
  COUNT(DISTINCT IF(strength = 'through_case', source_id, NULL)) AS contacts_through_a_case,
  STRING_AGG(DISTINCT rule, ', ' ORDER BY rule) AS rules,
  MIN(valid_from) AS earliest,
  MAX(valid_from) AS latest
FROM amazon_connect_enriched.account_links
WHERE account IS NOT NULL
GROUP BY account
ORDER BY contacts DESC, account
