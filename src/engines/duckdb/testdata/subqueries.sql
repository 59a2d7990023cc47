SELECT name FROM agent_dim a WHERE EXISTS (SELECT 1 FROM visits v WHERE v.account = a.level + 6)
-- tree
Query name=name#11:STRING
  Project
    name#11 := name#1
    Filter EXISTS $1
      $1 =
        Project
          #10 := 1:INT64
          Filter =(account#5, +(level#2, 6:INT64):INT64):BOOL
            Table visits account#5
      Table agent_dim name#1 level#2
-- duckdb
SELECT t1."name" AS "name" FROM "agent_dim" AS t1 WHERE EXISTS (SELECT 1 FROM "visits" AS t2 WHERE (t2."account" = gs_add(t1."level", 6::BIGINT)))
==
SELECT id, (SELECT COUNT(*) FROM visits v WHERE v.account = c.account) AS visits FROM case_events c ORDER BY id
-- tree
Query id=id#9:STRING visits=visits#18:INT64
  Sort id#9 ASC NULLS FIRST
    Project
      id#9 := id#0
      visits#18 := $1:INT64
        $1 = #16
          Project
            #16 := #17
            Aggregate
              #17 := COUNT(*)():INT64
              Filter =(account#11, account#1):BOOL
                Table visits account#11
      Table case_events id#0 account#1
-- duckdb
SELECT t1."id" AS "id", (SELECT count(*) AS "c16" FROM "visits" AS t2 WHERE (t2."account" = t1."account") HAVING true) AS "visits" FROM "case_events" AS t1 ORDER BY 1 ASC NULLS FIRST
==
SELECT id, ARRAY(SELECT UPPER(t) FROM UNNEST(tags) AS t ORDER BY t DESC) AS upper FROM visits
-- tree
Query id=id#6:STRING upper=upper#9:ARRAY<STRING>
  Project
    id#6 := id#0
    upper#9 := ARRAY $1:ARRAY<STRING>
      $1 = #8
        Sort t#7 DESC NULLS LAST
          Project
            #8 := UPPER(t#7):STRING
            Unnest
              element t#7 := tags#2
    Table visits id#0 tags#2
-- duckdb
SELECT t1."id" AS "id", (SELECT coalesce(list(c8 ORDER BY k1 DESC NULLS LAST), []::VARCHAR[]) FROM (SELECT gs_upper(t2.c7) AS "c8", t2.c7 AS k1 FROM (SELECT unnest(t1."tags") AS c7) AS t2) AS t3) AS "upper" FROM "visits" AS t1
==
SELECT id FROM case_events WHERE account NOT IN (SELECT account FROM visits WHERE account IS NOT NULL)
-- tree
Query id=id#16:STRING
  Project
    id#16 := id#0
    Filter NOT(account#1 IN $1):BOOL
      $1 = account#15
        Project
          account#15 := account#10
          Filter NOT(IS NULL(account#10):BOOL):BOOL
            Table visits account#10
      Table case_events id#0 account#1
-- duckdb
SELECT t1."id" AS "id" FROM "case_events" AS t1 WHERE (NOT (t1."account" IN (SELECT t2."account" AS "c15" FROM "visits" AS t2 WHERE (t2."account" IS NOT NULL))))
==
WITH open_cases AS (SELECT DISTINCT id, account FROM case_events WHERE detail_case_fields_status = 'Open')
SELECT COUNT(*) FROM open_cases AS a JOIN open_cases AS b USING (id)
-- tree
Query f0_=#15:INT64
  With
    Entry 0 open_cases id#9 account#10
      Distinct id#9 account#10
        Project
          id#9 := id#0
          account#10 := account#1
          Filter =(detail_case_fields_status#4, 'Open':STRING):BOOL
            Table case_events id#0 account#1 detail_case_fields_status#4
    Project
      #15 := #16
      Aggregate
        #16 := COUNT(*)():INT64
        Join INNER ON =(id#11, id#13):BOOL
          WithReference 0 id#11 account#12
          WithReference 0 id#13 account#14
-- duckdb
WITH w0(x1, x2) AS (SELECT DISTINCT t1."id" AS "c9", t1."account" AS "c10" FROM "case_events" AS t1 WHERE (t1."detail_case_fields_status" = 'Open')) SELECT count(*) AS "f0_" FROM w0 AS t2 INNER JOIN w0 AS t3 ON (t2.x1 = t3.x1) HAVING true
