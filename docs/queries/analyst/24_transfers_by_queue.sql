-- How does a handled contact end: kept, handed over warm, or transferred cold? Cold has a transfer time, outside if to an address; warm only names the next contact.
SELECT
  queue_name,
  COUNT(*) AS handled,
  COUNTIF(transfercompletedtimestamp IS NOT NULL AND transferredtoendpoint_address IS NULL) AS cold_inside,
  COUNTIF(transfercompletedtimestamp IS NOT NULL AND transferredtoendpoint_address IS NOT NULL) AS cold_outside,
  COUNTIF(transfercompletedtimestamp IS NULL AND nextcontactid IS NOT NULL) AS warm,
  COUNTIF(transfercompletedtimestamp IS NULL AND nextcontactid IS NULL) AS kept,
  ROUND(100 * COUNTIF(transfercompletedtimestamp IS NOT NULL OR nextcontactid IS NOT NULL) / COUNT(*), 1)
    AS transfer_rate
FROM amazon_connect_enriched.ctr_events
WHERE agent_connectedtoagentts IS NOT NULL
GROUP BY queue_name
ORDER BY transfer_rate DESC, queue_name
