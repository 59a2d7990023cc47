SELECT
  DATE(detail_case_createddatetime) AS date,
  COUNT(*) AS cases_created
FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`
WHERE detail_event_type = 'CASE.CREATED'
  AND detail_case_createddatetime >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 30 DAY)
GROUP BY date
ORDER BY date DESC
-- tree
Query date=date#9:DATE cases_created=cases_created#10:INT64
  Sort date#9 DESC NULLS LAST
    Project
      date#9 := #11
      cases_created#10 := #12
      Aggregate
        group #11 := DATE(detail_case_createddatetime#3):DATE
        #12 := COUNT(*)():INT64
        Filter AND(=(detail_event_type#2, 'CASE.CREATED':STRING):BOOL, >=(detail_case_createddatetime#3, TIMESTAMP_SUB(2025-03-28T16:42:10.318Z:TIMESTAMP, 30:INT64; DAY):TIMESTAMP):BOOL):BOOL
          Table case_events detail_event_type#2 detail_case_createddatetime#3
-- duckdb
SELECT CAST(t1."detail_case_createddatetime" AS DATE) AS "date", count(*) AS "cases_created" FROM "case_events" AS t1 WHERE ((t1."detail_event_type" = 'CASE.CREATED') AND (t1."detail_case_createddatetime" >= TIMESTAMP '2025-02-26 16:42:10.318000')) GROUP BY CAST(t1."detail_case_createddatetime" AS DATE) ORDER BY 1 DESC NULLS LAST
==
SELECT COUNT(DISTINCT id) AS open_cases
FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`
WHERE detail_case_fields_status NOT IN ('Closed', 'Resolved')
  AND meta_enriched_landed_date = (
    SELECT MAX(meta_enriched_landed_date)
    FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`
  )
-- tree
Query open_cases=open_cases#20:INT64
  Project
    open_cases#20 := #21
    Aggregate
      #21 := COUNT(DISTINCT id#0):INT64
      Filter AND(NOT(IN(detail_case_fields_status#4, 'Closed':STRING, 'Resolved':STRING):BOOL):BOOL, =(meta_enriched_landed_date#8, $1:DATE):BOOL):BOOL
        $1 = #18
          Project
            #18 := #19
            Aggregate
              #19 := MAX(meta_enriched_landed_date#17):DATE
              Table case_events meta_enriched_landed_date#17
        Table case_events id#0 detail_case_fields_status#4 meta_enriched_landed_date#8
-- duckdb
SELECT count(DISTINCT t1."id") AS "open_cases" FROM "case_events" AS t1 WHERE ((NOT (t1."detail_case_fields_status" IN ('Closed', 'Resolved'))) AND (t1."meta_enriched_landed_date" = (SELECT max(t2."meta_enriched_landed_date") AS "c18" FROM "case_events" AS t2 HAVING true))) HAVING true
==
SELECT
  DATE(detail_case_createddatetime) AS date,
  COUNT(DISTINCT id) AS complaints
FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`
WHERE detail_case_fields_is_complaint = TRUE
  AND detail_event_type = 'CASE.CREATED'
  AND detail_case_createddatetime >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 30 DAY)
GROUP BY date
ORDER BY date DESC
-- tree
Query date=date#9:DATE complaints=complaints#10:INT64
  Sort date#9 DESC NULLS LAST
    Project
      date#9 := #11
      complaints#10 := #12
      Aggregate
        group #11 := DATE(detail_case_createddatetime#3):DATE
        #12 := COUNT(DISTINCT id#0):INT64
        Filter AND(=(detail_case_fields_is_complaint#5, TRUE:BOOL):BOOL, =(detail_event_type#2, 'CASE.CREATED':STRING):BOOL, >=(detail_case_createddatetime#3, TIMESTAMP_SUB(2025-03-28T16:42:10.318Z:TIMESTAMP, 30:INT64; DAY):TIMESTAMP):BOOL):BOOL
          Table case_events id#0 detail_event_type#2 detail_case_createddatetime#3 detail_case_fields_is_complaint#5
-- duckdb
SELECT CAST(t1."detail_case_createddatetime" AS DATE) AS "date", count(DISTINCT t1."id") AS "complaints" FROM "case_events" AS t1 WHERE ((t1."detail_case_fields_is_complaint" = true) AND (t1."detail_event_type" = 'CASE.CREATED') AND (t1."detail_case_createddatetime" >= TIMESTAMP '2025-02-26 16:42:10.318000')) GROUP BY CAST(t1."detail_case_createddatetime" AS DATE) ORDER BY 1 DESC NULLS LAST
==
SELECT
  detail_case_fields_complaint_subject AS subject,
  COUNT(DISTINCT id) AS count
FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`
WHERE detail_case_fields_is_complaint = TRUE
  AND detail_case_createddatetime >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 90 DAY)
GROUP BY subject
ORDER BY count DESC
-- tree
Query subject=subject#9:STRING count=count#10:INT64
  Sort count#10 DESC NULLS LAST
    Project
      subject#9 := detail_case_fields_complaint_subject#11
      count#10 := #12
      Aggregate
        group detail_case_fields_complaint_subject#11 := detail_case_fields_complaint_subject#6
        #12 := COUNT(DISTINCT id#0):INT64
        Filter AND(=(detail_case_fields_is_complaint#5, TRUE:BOOL):BOOL, >=(detail_case_createddatetime#3, TIMESTAMP_SUB(2025-03-28T16:42:10.318Z:TIMESTAMP, 90:INT64; DAY):TIMESTAMP):BOOL):BOOL
          Table case_events id#0 detail_case_createddatetime#3 detail_case_fields_is_complaint#5 detail_case_fields_complaint_subject#6
-- duckdb
SELECT t1."detail_case_fields_complaint_subject" AS "subject", count(DISTINCT t1."id") AS "count" FROM "case_events" AS t1 WHERE ((t1."detail_case_fields_is_complaint" = true) AND (t1."detail_case_createddatetime" >= TIMESTAMP '2024-12-28 16:42:10.318000')) GROUP BY t1."detail_case_fields_complaint_subject" ORDER BY 2 DESC NULLS LAST
==
SELECT
  detail_case_fields_level_1 AS category,
  COUNT(DISTINCT id) AS count
FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`
WHERE detail_event_type = 'CASE.CREATED'
  AND detail_case_createddatetime >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 30 DAY)
GROUP BY category
ORDER BY count DESC
-- tree
Query category=category#9:STRING count=count#10:INT64
  Sort count#10 DESC NULLS LAST
    Project
      category#9 := detail_case_fields_level_1#11
      count#10 := #12
      Aggregate
        group detail_case_fields_level_1#11 := detail_case_fields_level_1#7
        #12 := COUNT(DISTINCT id#0):INT64
        Filter AND(=(detail_event_type#2, 'CASE.CREATED':STRING):BOOL, >=(detail_case_createddatetime#3, TIMESTAMP_SUB(2025-03-28T16:42:10.318Z:TIMESTAMP, 30:INT64; DAY):TIMESTAMP):BOOL):BOOL
          Table case_events id#0 detail_event_type#2 detail_case_createddatetime#3 detail_case_fields_level_1#7
-- duckdb
SELECT t1."detail_case_fields_level_1" AS "category", count(DISTINCT t1."id") AS "count" FROM "case_events" AS t1 WHERE ((t1."detail_event_type" = 'CASE.CREATED') AND (t1."detail_case_createddatetime" >= TIMESTAMP '2025-02-26 16:42:10.318000')) GROUP BY t1."detail_case_fields_level_1" ORDER BY 2 DESC NULLS LAST
