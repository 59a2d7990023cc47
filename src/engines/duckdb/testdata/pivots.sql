SELECT * FROM (SELECT name, level, rating FROM agent_dim) PIVOT(COUNT(*) AS n, MAX(rating) AS best FOR level IN (1, 2 AS two))
-- tree
Query name=name#13:STRING n_1=n_1#14:INT64 best_1=best_1#15:FLOAT64 n_two=n_two#16:INT64 best_two=best_two#17:FLOAT64
  Project
    name#13 := name#12
    n_1#14 := n_1#8
    best_1#15 := best_1#9
    n_two#16 := n_two#10
    best_two#17 := best_two#11
    Aggregate
      group name#12 := name#4
      n_1#8 := COUNT(*)(WHERE IS NOT DISTINCT FROM(#7, 1:INT64):BOOL):INT64
      best_1#9 := MAX(rating#6 WHERE IS NOT DISTINCT FROM(#7, 1:INT64):BOOL):FLOAT64
      n_two#10 := COUNT(*)(WHERE IS NOT DISTINCT FROM(#7, 2:INT64):BOOL):INT64
      best_two#11 := MAX(rating#6 WHERE IS NOT DISTINCT FROM(#7, 2:INT64):BOOL):FLOAT64
      Project
        #7 := level#5
        Project
          name#4 := name#1
          level#5 := level#2
          rating#6 := rating#3
          Table agent_dim name#1 level#2 rating#3
-- duckdb
SELECT t1."name" AS "name", count(*) FILTER (WHERE (t1."level" IS NOT DISTINCT FROM 1::BIGINT)) AS "n_1", max(t1."rating") FILTER (WHERE (t1."level" IS NOT DISTINCT FROM 1::BIGINT)) AS "best_1", count(*) FILTER (WHERE (t1."level" IS NOT DISTINCT FROM 2::BIGINT)) AS "n_two", max(t1."rating") FILTER (WHERE (t1."level" IS NOT DISTINCT FROM 2::BIGINT)) AS "best_two" FROM "agent_dim" AS t1 GROUP BY t1."name"
==
SELECT * FROM (SELECT id, account, place.code AS code FROM visits) AS v UNPIVOT(value FOR what IN (account, code AS 'the code')) AS u
-- tree
Query id=id#12:STRING value=value#13:INT64 what=what#14:STRING
  Project
    id#12 := id#6
    value#13 := value#10
    what#14 := what#11
    Filter NOT(IS NULL(value#10):BOOL):BOOL
      Project
        value#10 := #9.0
        what#11 := #9.1
        Unnest
          element #9 := [STRUCT(account#7, 'account':STRING):STRUCT<value INT64, what STRING>, STRUCT(code#8, 'the code':STRING):STRUCT<value INT64, what STRING>]:ARRAY<STRUCT<value INT64, what STRING>>
          Project
            id#6 := id#0
            account#7 := account#1
            code#8 := place#3.1
            Table visits id#0 account#1 place#3
-- duckdb
SELECT t5.c6 AS "id", t5.c10 AS "value", t5.c11 AS "what" FROM (SELECT t4.c0 AS "c0", t4.c1 AS "c1", t4.c3 AS "c3", t4.c6 AS "c6", t4.c7 AS "c7", t4.c8 AS "c8", t4.c9 AS "c9", struct_extract(t4.c9, 'value') AS "c10", struct_extract(t4.c9, 'what') AS "c11" FROM (SELECT t3.c0 AS "c0", t3.c1 AS "c1", t3.c3 AS "c3", t3.c6 AS "c6", t3.c7 AS "c7", t3.c8 AS "c8", unnest(t3.c15) AS "c9" FROM (SELECT t2.c0 AS "c0", t2.c1 AS "c1", t2.c3 AS "c3", t2.c6 AS "c6", t2.c7 AS "c7", t2.c8 AS "c8", [{'value': t2.c7, 'what': 'account'::VARCHAR}, {'value': t2.c8, 'what': 'the code'::VARCHAR}]::STRUCT("value" BIGINT, "what" VARCHAR)[] AS "c15" FROM (SELECT t1."id" AS "c0", t1."account" AS "c1", t1."place" AS "c3", t1."id" AS "c6", t1."account" AS "c7", struct_extract(t1."place", 'code') AS "c8" FROM "visits" AS t1) AS t2) AS t3) AS t4) AS t5 WHERE (t5.c10 IS NOT NULL)
==
SELECT * FROM agent_dim TABLESAMPLE SYSTEM (10 PERCENT)
-- tree
Query agent_arn=agent_arn#5:STRING name=name#6:STRING level=level#7:INT64 rating=rating#8:FLOAT64
  Project
    agent_arn#5 := agent_arn#0
    name#6 := name#1
    level#7 := level#2
    rating#8 := rating#3
    Filter <(#4, 0.10000000000000001:FLOAT64):BOOL
      Project
        #4 := RAND():FLOAT64
        Table agent_dim agent_arn#0 name#1 level#2 rating#3
-- duckdb
SELECT t2.c0 AS "agent_arn", t2.c1 AS "name", t2.c2 AS "level", t2.c3 AS "rating" FROM (SELECT t1."agent_arn" AS "c0", t1."name" AS "c1", t1."level" AS "c2", t1."rating" AS "c3", random() AS "c4" FROM "agent_dim" AS t1) AS t2 WHERE ((t2.c4 < '0.10000000000000001'::DOUBLE) AND NOT isnan(t2.c4) AND NOT isnan('0.10000000000000001'::DOUBLE))
==
SELECT level, AVG(rating HAVING MAX name) FROM agent_dim GROUP BY level
-- tree
Query level=level#4:INT64 f0_=#5:FLOAT64
  Project
    level#4 := level#6
    #5 := #7
    Aggregate
      group level#6 := #8
      #7 := AVG(rating#3 WHERE IS NOT DISTINCT FROM(#9, #10):BOOL):FLOAT64
      Window
        #10 := MAX(#9) OVER (PARTITION BY #8 ):STRING
        Project
          #8 := level#2
          #9 := name#1
          Table agent_dim name#1 level#2 rating#3
-- duckdb
SELECT t2.c8 AS "level", avg(t2.c3) FILTER (WHERE (t2.c9 IS NOT DISTINCT FROM t2.c10)) AS "f0_" FROM (SELECT t1."name" AS "c1", t1."level" AS "c2", t1."rating" AS "c3", t1."level" AS "c8", t1."name" AS "c9", max(t1."name") OVER (PARTITION BY t1."level") AS "c10" FROM "agent_dim" AS t1) AS t2 GROUP BY t2.c8
==
SELECT * FROM agent_dim PIVOT(UPPER(name) FOR level IN (1))
-- error
PIVOT expression must be an aggregate function call at [1:31]
==
SELECT * FROM (SELECT name, level FROM agent_dim) UNPIVOT(v FOR n IN (name, level))
-- error
UNPIVOT needs columns of one type, but has STRING and INT64 at [1:77]
