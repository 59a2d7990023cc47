WITH by_events AS (
  SELECT "detail_contactId" AS contactid, any_value(detail_channel) AS channel, count(*) AS events
  FROM contact_events
  GROUP BY 1
)
SELECT coalesce(r.channel, e.channel) AS medium,
  count(*) FILTER (r.contactid IS NOT NULL AND e.contactid IS NOT NULL) AS in_both,
  count(*) FILTER (r.contactid IS NULL) AS only_events,
  count(*) FILTER (e.contactid IS NULL) AS only_record,
  sum(events) AS events
FROM by_events AS e FULL OUTER JOIN ctr_events AS r ON r.contactid = e.contactid
GROUP BY medium
ORDER BY medium
