-- Who handles how much and how long? Agents are joined on the last segment of the ARN, because ARNs of one agent are spelt in two ways.
SELECT
  agents.agent_name,
  agents.routing_profile_name,
  COUNT(*) AS handled,
  ROUND(AVG(agent_agentinteractionduration + agent_customerholdduration + agent_aftercontactworkduration), 1)
    AS average_handle_seconds,
  ROUND(AVG(agent_aftercontactworkduration), 1) AS average_after_contact_work
FROM amazon_connect_enriched.ctr_events AS contacts
JOIN amazon_connect_enriched.agent_dim AS agents
  ON agents.agent_id = LOWER(REGEXP_EXTRACT(contacts.agent_arn, r'[^/]+$'))
WHERE contacts.agent_connectedtoagentts IS NOT NULL
GROUP BY agents.agent_id, agents.agent_name, agents.routing_profile_name
ORDER BY handled DESC, average_handle_seconds DESC
