WITH by_events AS (
  SELECT detail_contactId AS contactid, any(detail_channel) AS channel, count() AS events
  FROM bench.contact_events
  GROUP BY contactid
)
SELECT if(r.contactid != '', r.channel, e.channel) AS medium,
  countIf(r.contactid != '' AND e.contactid != '') AS in_both,
  countIf(r.contactid = '') AS only_events,
  countIf(e.contactid = '') AS only_record,
  sum(e.events) AS events
FROM by_events AS e FULL OUTER JOIN (SELECT contactid, channel FROM bench.ctr_events) AS r ON r.contactid = e.contactid
GROUP BY medium
ORDER BY medium
