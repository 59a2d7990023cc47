-- Does the bot's intent agree with the reason on the case? Contacts with a case, by intent and reason; compared with the reason's own value, not its name.
SELECT
  records.attributes_intent AS intent,
  cases.detail_case_fields_case_reason AS case_reason,
  COUNT(*) AS contacts,
  COUNT(DISTINCT cases.id) AS distinct_cases,
  LOGICAL_AND(records.attributes_intent = cases.detail_case_fields_case_reason_value) AS agrees,
  COUNTIF(SAFE.STRING(records.attributes_json.lang) = 'en-GB') AS spoken_in_english
FROM amazon_connect_enriched.ctr_events AS records
JOIN amazon_connect_enriched.cases AS cases ON cases.id = records.attributes_caseid
GROUP BY intent, case_reason
ORDER BY contacts DESC, intent, case_reason
