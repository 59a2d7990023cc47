-- What are the top reasons for cases? Rank and share of each level 1 and 2, cases without a category shown as such, deleted ones left out.
SELECT
  RANK() OVER (ORDER BY COUNT(*) DESC) AS rank,
  IFNULL(detail_case_fields_level_1, 'none') AS level_1,
  IFNULL(detail_case_fields_level_2, 'none') AS level_2,
  COUNT(*) AS cases,
  ROUND(100 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS percent,
  COUNTIF(detail_case_fields_is_complaint) AS complaints
FROM amazon_connect_enriched.cases
WHERE meta_case_deleted_at IS NULL
GROUP BY level_1, level_2
ORDER BY rank, level_1, level_2
