-- How long do customers wait for the callback they asked for? Minutes in the queue until an agent was connected, per callback, with the intent and its case.
SELECT
  contactid,
  queue_name,
  attributes_intent AS intent,
  attributes_caseid AS case_id,
  agent_connectedtoagentts IS NOT NULL AS is_handled,
  agentconnectionattempts AS attempts,
  ROUND(queue_duration / 60, 1) AS minutes_waited,
  TIMESTAMP_DIFF(agent_connectedtoagentts, initiationtimestamp, MINUTE) AS minutes_from_request_to_agent
FROM amazon_connect_enriched.ctr_events
WHERE initiationmethod = 'CALLBACK'
ORDER BY minutes_waited DESC, contactid
