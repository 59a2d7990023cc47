-- Whose after-contact work runs over his limit? Agents without a limit are shown with NULL, not as within it.
SELECT
  agents.agent_name,
  agents.after_contact_work_limit_s AS limit_seconds,
  COUNT(*) AS handled,
  MAX(contacts.agent_aftercontactworkduration) AS longest,
  IF(agents.after_contact_work_limit_s IS NULL, NULL,
     COUNTIF(contacts.agent_aftercontactworkduration > agents.after_contact_work_limit_s)) AS over_limit
FROM amazon_connect_enriched.ctr_events AS contacts
JOIN amazon_connect_enriched.agent_dim AS agents
  ON agents.agent_id = ARRAY_REVERSE(SPLIT(contacts.agent_arn, '/'))[OFFSET(0)]
WHERE contacts.agent_connectedtoagentts IS NOT NULL
GROUP BY agents.agent_id, agents.agent_name, agents.after_contact_work_limit_s
ORDER BY over_limit DESC NULLS LAST, agents.agent_name
