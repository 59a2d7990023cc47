-- Which queues had no contact at all? Agents' own queues left out; compared by queue id, because names may change.
SELECT queue_name, is_active, status, source
FROM amazon_connect_enriched.queue_dim AS queues
WHERE queue_type IS DISTINCT FROM 'AGENT'
  AND NOT EXISTS (
    SELECT 1
    FROM amazon_connect_enriched.ctr_events AS contacts
    WHERE REGEXP_EXTRACT(contacts.queue_arn, r'[^/]+$') = queues.queue_id
  )
ORDER BY queue_name, queue_id
