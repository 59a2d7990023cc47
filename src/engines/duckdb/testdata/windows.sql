SELECT name, ROW_NUMBER() OVER (PARTITION BY level ORDER BY rating DESC) AS place FROM agent_dim QUALIFY place = 1
-- tree
Query name=name#4:STRING place=place#5:INT64
  Project
    name#4 := name#1
    Filter =(place#5, 1:INT64):BOOL
      Project
        place#5 := #6
        Window
          #6 := ROW_NUMBER() OVER (PARTITION BY level#2 ORDER BY rating#3 DESC NULLS LAST):INT64
          Table agent_dim name#1 level#2 rating#3
-- duckdb
SELECT t2.c1 AS "name", t2.c5 AS "place" FROM (SELECT t1."name" AS "c1", t1."level" AS "c2", t1."rating" AS "c3", row_number() OVER (PARTITION BY t1."level" ORDER BY isnan(t1."rating") ASC NULLS LAST, t1."rating" DESC NULLS LAST) AS "c6", row_number() OVER (PARTITION BY t1."level" ORDER BY isnan(t1."rating") ASC NULLS LAST, t1."rating" DESC NULLS LAST) AS "c5" FROM "agent_dim" AS t1) AS t2 WHERE (t2.c5 = 1::BIGINT)
==
SELECT name, SUM(level) OVER w AS running, LAG(name, 1, 'none') OVER w AS before FROM agent_dim WINDOW w AS (ORDER BY name)
-- tree
Query name=name#4:STRING running=running#5:INT64 before=before#6:STRING
  Project
    name#4 := name#1
    running#5 := #7
    before#6 := #8
    Window
      #7 := SUM(level#2) OVER (ORDER BY name#1 ASC NULLS FIRST):INT64
      #8 := LAG(name#1, 1:INT64, 'none':STRING) OVER (ORDER BY name#1 ASC NULLS FIRST):STRING
      Table agent_dim name#1 level#2
-- duckdb
SELECT t1."name" AS "name", CAST(sum(t1."level") OVER (ORDER BY t1."name" ASC NULLS FIRST) AS BIGINT) AS "running", lag(t1."name", gs_not_negative(1::BIGINT, 'LAG or LEAD'), 'none') OVER (ORDER BY t1."name" ASC NULLS FIRST) AS "before" FROM "agent_dim" AS t1
==
SELECT detail_event_type, COUNT(*) AS n, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM case_events GROUP BY detail_event_type
-- tree
Query detail_event_type=detail_event_type#9:STRING n=n#10:INT64 place=place#11:INT64
  Project
    detail_event_type#9 := detail_event_type#12
    n#10 := #13
    place#11 := #14
    Window
      #14 := RANK() OVER (ORDER BY #13 DESC NULLS LAST):INT64
      Aggregate
        group detail_event_type#12 := detail_event_type#2
        #13 := COUNT(*)():INT64
        Table case_events detail_event_type#2
-- duckdb
SELECT t2.c12 AS "detail_event_type", t2.c13 AS "n", rank() OVER (ORDER BY t2.c13 DESC NULLS LAST) AS "place" FROM (SELECT t1."detail_event_type" AS "c12", count(*) AS "c13" FROM "case_events" AS t1 GROUP BY t1."detail_event_type") AS t2
==
SELECT name, AVG(level) OVER (ORDER BY name ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS moving FROM agent_dim
-- tree
Query name=name#4:STRING moving=moving#5:FLOAT64
  Project
    name#4 := name#1
    moving#5 := #6
    Window
      #6 := AVG(COERCE(level#2 AS FLOAT64)) OVER (ORDER BY name#1 ASC NULLS FIRST):FLOAT64
      Table agent_dim name#1 level#2
-- duckdb
SELECT t1."name" AS "name", avg(CAST(t1."level" AS DOUBLE)) OVER (ORDER BY t1."name" ASC NULLS FIRST ROWS BETWEEN 1::BIGINT PRECEDING AND CURRENT ROW) AS "moving" FROM "agent_dim" AS t1
