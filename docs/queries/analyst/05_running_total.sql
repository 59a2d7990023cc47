-- How do contacts add up through the month, by channel? One line per contact with its place in the month's count, London months.
SELECT
  DATE_TRUNC(DATE(initiationtimestamp, 'Europe/London'), MONTH) AS month,
  channel,
  contactid,
  COUNT(*) OVER (
    PARTITION BY DATE_TRUNC(DATE(initiationtimestamp, 'Europe/London'), MONTH), channel
    ORDER BY initiationtimestamp, contactid
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS contacts_so_far,
  SUM(agent_agentinteractionduration) OVER (
    PARTITION BY DATE_TRUNC(DATE(initiationtimestamp, 'Europe/London'), MONTH), channel
    ORDER BY initiationtimestamp, contactid
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS talk_seconds_so_far
FROM amazon_connect_enriched.ctr_events
ORDER BY month, channel, contacts_so_far
