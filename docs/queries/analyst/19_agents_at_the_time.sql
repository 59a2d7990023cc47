-- Under which routing profile did an agent work when the contact reached him? The profile in force then, beside the present one.
SELECT
  contacts.contactid,
  contacts.agent_username,
  history.routing_profile_name AS profile_then,
  present.routing_profile_name AS profile_now
FROM amazon_connect_enriched.ctr_events AS contacts
JOIN amazon_connect_enriched.agent_dim AS present
  ON present.agent_id = REGEXP_EXTRACT(contacts.agent_arn, r'([^/]+)$')
LEFT JOIN amazon_connect_enriched.agent_history AS history
  ON history.agent_id = present.agent_id
  AND contacts.agent_connectedtoagentts >= IFNULL(history.valid_from, TIMESTAMP '1970-01-01 00:00:00+00')
  AND contacts.agent_connectedtoagentts < history.valid_to
ORDER BY contacts.agent_connectedtoagentts, contacts.contactid
