-- How do customers rate each agent? Average of the numeric ratings; contacts without one are reported as unknown, not as bad.
SELECT
  agents.agent_name,
  COUNT(*) AS handled,
  COUNT(csat_agent_rating_num) AS rated,
  COUNTIF(csat_agent_rating_num IS NULL) AS unknown,
  ROUND(AVG(csat_agent_rating_num), 2) AS average_agent_rating,
  ROUND(AVG(csat_resolution_rating_num), 2) AS average_resolution_rating,
  ROUND(100 * COUNT(csat_agent_rating_num) / COUNT(*), 1) AS response_rate
FROM amazon_connect_enriched.ctr_events AS contacts
JOIN amazon_connect_enriched.agent_dim AS agents
  ON agents.agent_id = REGEXP_EXTRACT(contacts.agent_arn, r'[^/]+$')
WHERE agent_connectedtoagentts IS NOT NULL
GROUP BY agents.agent_id, agents.agent_name
ORDER BY average_agent_rating DESC NULLS LAST, agents.agent_name
