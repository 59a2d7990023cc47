SELECT detail_channel AS channel, count(DISTINCT "detail_contactId") AS contacts,
  count(DISTINCT "detail_contactId") FILTER ("detail_eventType" = 'INITIATED') AS initiated,
  count(DISTINCT "detail_contactId") FILTER ("detail_eventType" = 'QUEUED') AS queued,
  count(DISTINCT "detail_contactId") FILTER ("detail_eventType" = 'CONNECTED_TO_AGENT') AS connected_to_agent,
  count(DISTINCT "detail_contactId") FILTER ("detail_eventType" = 'DISCONNECTED') AS disconnected,
  count(DISTINCT "detail_contactId") FILTER ("detail_eventType" = 'COMPLETED') AS completed
FROM contact_events
GROUP BY channel
ORDER BY contacts DESC, channel
