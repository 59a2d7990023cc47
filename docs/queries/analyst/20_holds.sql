-- How often and how long are customers on hold? The average hold counts held contacts only; the other one all that were handled.
SELECT
  channel,
  COUNT(*) AS handled,
  COUNTIF(agent_numberofholds > 0) AS put_on_hold,
  ROUND(AVG(IFNULL(agent_numberofholds, 0)), 2) AS holds_per_contact,
  ROUND(AVG(IF(agent_numberofholds > 0, agent_customerholdduration, NULL)), 1) AS average_hold_of_held,
  ROUND(AVG(agent_customerholdduration), 1) AS average_hold_of_handled,
  MAX(agent_longestholdduration) AS longest_hold
FROM amazon_connect_enriched.ctr_events
WHERE agent_connectedtoagentts IS NOT NULL
GROUP BY channel
ORDER BY channel
