SELECT detail_channel AS channel, uniqExact(detail_contactId) AS contacts,
  uniqExactIf(detail_contactId, detail_eventType = 'INITIATED') AS initiated,
  uniqExactIf(detail_contactId, detail_eventType = 'QUEUED') AS queued,
  uniqExactIf(detail_contactId, detail_eventType = 'CONNECTED_TO_AGENT') AS connected_to_agent,
  uniqExactIf(detail_contactId, detail_eventType = 'DISCONNECTED') AS disconnected,
  uniqExactIf(detail_contactId, detail_eventType = 'COMPLETED') AS completed
FROM bench.contact_events
GROUP BY channel
ORDER BY contacts DESC, channel
