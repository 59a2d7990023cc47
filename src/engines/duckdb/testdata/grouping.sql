SELECT level, COUNT(*) AS n, AVG(rating) AS r FROM agent_dim GROUP BY level HAVING n > 1 ORDER BY n DESC, r
-- tree
Query level=level#4:INT64 n=n#5:INT64 r=r#6:FLOAT64
  Sort n#5 DESC NULLS LAST, r#6 ASC NULLS FIRST
    Project
      level#4 := level#7
      r#6 := #9
      Filter >(n#5, 1:INT64):BOOL
        Project
          n#5 := #8
          Aggregate
            group level#7 := level#2
            #8 := COUNT(*)():INT64
            #9 := AVG(rating#3):FLOAT64
            Table agent_dim level#2 rating#3
-- duckdb
SELECT t2.c7 AS "level", t2.c5 AS "n", t2.c9 AS "r" FROM (SELECT t1."level" AS "c7", count(*) AS "c8", avg(t1."rating") AS "c9", count(*) AS "c5" FROM "agent_dim" AS t1 GROUP BY t1."level") AS t2 WHERE (t2.c5 > 1::BIGINT) ORDER BY 2 DESC NULLS LAST, isnan(t2.c9) DESC NULLS FIRST, t2.c9 ASC NULLS FIRST
==
SELECT DATE_TRUNC(meta_enriched_landed_date, WEEK(MONDAY)) AS week, COUNTIF(detail_case_fields_is_complaint) / COUNT(*) AS share FROM case_events GROUP BY 1 ORDER BY 1
-- tree
Query week=week#9:DATE share=share#10:FLOAT64
  Sort week#9 ASC NULLS FIRST
    Project
      week#9 := #11
      share#10 := /(COERCE(#12 AS FLOAT64), COERCE(#13 AS FLOAT64)):FLOAT64
      Aggregate
        group #11 := DATE_TRUNC(meta_enriched_landed_date#8; WEEK(MONDAY)):DATE
        #12 := COUNTIF(detail_case_fields_is_complaint#5):INT64
        #13 := COUNT(*)():INT64
        Table case_events detail_case_fields_is_complaint#5 meta_enriched_landed_date#8
-- duckdb
SELECT t2.c11 AS "week", gs_divide(CAST(t2.c12 AS DOUBLE), CAST(t2.c13 AS DOUBLE)) AS "share" FROM (SELECT gs_date_trunc(t1."meta_enriched_landed_date", 9) AS "c11", count(*) FILTER (WHERE t1."detail_case_fields_is_complaint") AS "c12", count(*) AS "c13" FROM "case_events" AS t1 GROUP BY gs_date_trunc(t1."meta_enriched_landed_date", 9)) AS t2 ORDER BY 1 ASC NULLS FIRST
==
SELECT detail_case_fields_level_1, detail_event_type, COUNT(*) FROM case_events GROUP BY ROLLUP(detail_case_fields_level_1, detail_event_type)
-- tree
Query detail_case_fields_level_1=detail_case_fields_level_1#9:STRING detail_event_type=detail_event_type#10:STRING f0_=#11:INT64
  Project
    detail_case_fields_level_1#9 := detail_case_fields_level_1#12
    detail_event_type#10 := detail_event_type#13
    #11 := #14
    Aggregate (0 1) (0) ()
      group detail_case_fields_level_1#12 := detail_case_fields_level_1#7
      group detail_event_type#13 := detail_event_type#2
      #14 := COUNT(*)():INT64
      Table case_events detail_event_type#2 detail_case_fields_level_1#7
-- duckdb
SELECT t1."detail_case_fields_level_1" AS "detail_case_fields_level_1", t1."detail_event_type" AS "detail_event_type", count(*) AS "f0_" FROM "case_events" AS t1 GROUP BY GROUPING SETS ((t1."detail_case_fields_level_1", t1."detail_event_type"), (t1."detail_case_fields_level_1"), ())
==
SELECT detail_event_type, ARRAY_AGG(DISTINCT id ORDER BY id LIMIT 2) AS ids, STRING_AGG(id, '; ' ORDER BY id DESC) AS text FROM case_events GROUP BY ALL
-- tree
Query detail_event_type=detail_event_type#9:STRING ids=ids#10:ARRAY<STRING> text=text#11:STRING
  Project
    detail_event_type#9 := detail_event_type#12
    ids#10 := #13
    text#11 := #14
    Aggregate
      group detail_event_type#12 := detail_event_type#2
      #13 := ARRAY_AGG(DISTINCT id#0 ORDER BY id#0 ASC NULLS FIRST LIMIT 2:INT64):ARRAY<STRING>
      #14 := STRING_AGG(id#0, '; ':STRING ORDER BY id#0 DESC NULLS LAST):STRING
      Table case_events id#0 detail_event_type#2
-- duckdb
SELECT t1."detail_event_type" AS "detail_event_type", list_slice(list(DISTINCT t1."id" ORDER BY t1."id" ASC NULLS FIRST), 1, 2) AS "ids", string_agg(t1."id", '; ' ORDER BY t1."id" DESC NULLS LAST) AS "text" FROM "case_events" AS t1 GROUP BY t1."detail_event_type"
==
SELECT SUM(account) AS total, MAX(detail_case_createddatetime) FROM case_events
-- tree
Query total=total#9:INT64 f0_=#10:TIMESTAMP
  Project
    total#9 := #11
    #10 := #12
    Aggregate
      #11 := SUM(account#1):INT64
      #12 := MAX(detail_case_createddatetime#3):TIMESTAMP
      Table case_events account#1 detail_case_createddatetime#3
-- duckdb
SELECT CAST(sum(t1."account") AS BIGINT) AS "total", max(t1."detail_case_createddatetime") AS "f0_" FROM "case_events" AS t1 HAVING true
==
SELECT level + 1 AS next, COUNT(DISTINCT name) FROM agent_dim GROUP BY level + 1 ORDER BY COUNT(*) DESC
-- tree
Query next=next#4:INT64 f0_=#5:INT64
  Sort #8 DESC NULLS LAST
    Project
      next#4 := #6
      #5 := #7
      Aggregate
        group #6 := +(level#2, 1:INT64):INT64
        #7 := COUNT(DISTINCT name#1):INT64
        #8 := COUNT(*)():INT64
        Table agent_dim name#1 level#2
-- duckdb
SELECT gs_add(t1."level", 1::BIGINT) AS "next", count(DISTINCT t1."name") AS "f0_" FROM "agent_dim" AS t1 GROUP BY gs_add(t1."level", 1::BIGINT) ORDER BY count(*) DESC NULLS LAST
