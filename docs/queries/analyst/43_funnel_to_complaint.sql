-- How many contacts become a case, a complaint, an ombudsman case? Each stage of the funnel counts contacts, with the distinct cases behind them.
WITH contacts AS (
  SELECT
    records.channel,
    records.contactid,
    cases.id AS case_id,
    IFNULL(cases.detail_case_fields_is_complaint, FALSE) AS is_complaint,
    IFNULL(cases.detail_case_fields_ombudsman_case, FALSE) AS is_with_ombudsman
  FROM amazon_connect_enriched.ctr_events AS records
  LEFT JOIN amazon_connect_enriched.cases AS cases ON cases.id = records.attributes_caseid
)
SELECT
  channel,
  COUNT(*) AS contacts,
  COUNT(case_id) AS with_case,
  COUNT(DISTINCT case_id) AS distinct_cases,
  COUNTIF(is_complaint) AS about_complaint,
  COUNT(DISTINCT IF(is_complaint, case_id, NULL)) AS complaints,
  COUNT(DISTINCT IF(is_with_ombudsman, case_id, NULL)) AS with_ombudsman,
  ROUND(SAFE_DIVIDE(COUNTIF(is_complaint), COUNT(case_id)), 3) AS share_of_linked
FROM contacts
GROUP BY channel
ORDER BY contacts DESC, channel
