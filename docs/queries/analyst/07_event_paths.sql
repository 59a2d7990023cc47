-- Which steps did each journey go through, in order? Read from the contact events, with the leg each step belongs to.
SELECT
  COALESCE(detail_initialContactId, detail_contactId) AS journey,
  ARRAY_AGG(
    STRUCT(
      detail_eventType AS step,
      IF(detail_initialContactId IS NULL, 'first leg', 'later leg') AS leg,
      FORMAT_TIMESTAMP('%H:%M:%S', event_time, 'Europe/London') AS clock)
    ORDER BY event_time, meta_event_id) AS steps
FROM amazon_connect_enriched.contact_events
WHERE detail_eventType <> 'CONTACT_DATA_UPDATED'
GROUP BY journey
ORDER BY MIN(event_time), journey
