-- How long does a contact stay in each step? Seconds from one contact event to the next; the first of a contact has none before it.
SELECT
  detail_contactId AS contact,
  detail_eventType AS event,
  LAG(detail_eventType) OVER steps AS event_before,
  ROUND(TIMESTAMP_DIFF(event_time, LAG(event_time) OVER steps, MILLISECOND) / 1000, 3) AS seconds_since
FROM amazon_connect_enriched.contact_events
WINDOW steps AS (PARTITION BY detail_contactId ORDER BY event_time, meta_event_id)
ORDER BY contact, event_time, event
