-- Who speaks how much, and how does the customer feel? Turns and words per contact with a transcript; the mood is that of the customer's last rated turn.
SELECT
  transcripts.contactid,
  records.agent_username,
  COUNTIF(participant_role = 'AGENT') AS agent_turns,
  COUNTIF(participant_role = 'CUSTOMER') AS customer_turns,
  SUM(IF(participant_role = 'AGENT', ARRAY_LENGTH(REGEXP_EXTRACT_ALL(content, r'\S+')), 0)) AS agent_words,
  SUM(IF(participant_role = 'CUSTOMER', ARRAY_LENGTH(REGEXP_EXTRACT_ALL(content, r'\S+')), 0)) AS customer_words,
  COUNTIF(participant_role = 'CUSTOMER' AND sentiment = 'NEGATIVE') AS negative_turns,
  ARRAY_AGG(IF(participant_role = 'CUSTOMER', sentiment, NULL) IGNORE NULLS ORDER BY turn DESC LIMIT 1)[SAFE_OFFSET(0)]
    AS last_mood,
  LOGICAL_OR(REGEXP_CONTAINS(LOWER(content), r'\bcomplain')) AS mentions_complaint
FROM amazon_connect_enriched.transcripts AS transcripts
LEFT JOIN amazon_connect_enriched.ctr_events AS records USING (contactid)
WHERE content IS NOT NULL
GROUP BY transcripts.contactid, records.agent_username
ORDER BY transcripts.contactid
