-- How far do contacts get? Distinct contacts per step, from the events that came; a step without its event is not counted.
SELECT
  detail_channel AS channel,
  COUNT(DISTINCT detail_contactId) AS contacts,
  COUNT(DISTINCT IF(detail_eventType = 'INITIATED', detail_contactId, NULL)) AS initiated,
  COUNT(DISTINCT IF(detail_eventType = 'QUEUED', detail_contactId, NULL)) AS queued,
  COUNT(DISTINCT IF(detail_eventType = 'CONNECTED_TO_AGENT', detail_contactId, NULL)) AS connected_to_agent,
  COUNT(DISTINCT IF(detail_eventType = 'DISCONNECTED', detail_contactId, NULL)) AS disconnected,
  COUNT(DISTINCT IF(detail_eventType = 'COMPLETED', detail_contactId, NULL)) AS completed
FROM amazon_connect_enriched.contact_events
GROUP BY channel
ORDER BY contacts DESC, channel
