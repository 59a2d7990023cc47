-- Who hands customers over to whom? Warm transfers: the next contact id names a leg made by TRANSFER, and no cold transfer was completed.
SELECT
  first_leg.contactid AS first_contact,
  first_leg.queue_name AS from_queue,
  first_leg.agent_username AS from_agent,
  second_leg.queue_name AS to_queue,
  second_leg.agent_username AS to_agent,
  TIMESTAMP_DIFF(first_leg.disconnecttimestamp, second_leg.initiationtimestamp, SECOND) AS seconds_together,
  second_leg.agent_agentinteractionduration > 2 AS is_more_than_a_consultation
FROM amazon_connect_enriched.ctr_events AS first_leg
JOIN amazon_connect_enriched.ctr_events AS second_leg
  ON second_leg.contactid = first_leg.nextcontactid
WHERE second_leg.initiationmethod = 'TRANSFER'
  AND first_leg.transfercompletedtimestamp IS NULL
ORDER BY first_contact
