-- Do the two feeds agree? Contacts known by events, by a contact record, or by both, per channel.
WITH by_events AS (
  SELECT detail_contactId AS contactid, ANY_VALUE(detail_channel) AS channel, COUNT(*) AS events
  FROM amazon_connect_enriched.contact_events
  GROUP BY contactid
)
SELECT
  COALESCE(records.channel, by_events.channel) AS medium,
  COUNTIF(records.contactid IS NOT NULL AND by_events.contactid IS NOT NULL) AS in_both,
  COUNTIF(records.contactid IS NULL) AS only_events,
  COUNTIF(by_events.contactid IS NULL) AS only_record,
  SUM(events) AS events
FROM by_events
FULL OUTER JOIN amazon_connect_enriched.ctr_events AS records
  ON records.contactid = by_events.contactid
GROUP BY medium
ORDER BY medium
