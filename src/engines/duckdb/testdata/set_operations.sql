SELECT id, account FROM visits UNION ALL SELECT name, level FROM agent_dim
-- tree
Query id=id#14:STRING account=account#15:INT64
  UNION ALL => id#14 account#15
    Input id#6 account#7
      Project
        id#6 := id#0
        account#7 := account#1
        Table visits id#0 account#1
    Input name#12 level#13
      Project
        name#12 := name#9
        level#13 := level#10
        Table agent_dim name#9 level#10
-- duckdb
SELECT t3.c14 AS "id", t3.c15 AS "account" FROM ((SELECT t1."id" AS "c14", t1."account" AS "c15" FROM "visits" AS t1) UNION ALL (SELECT t2."name" AS "c14", t2."level" AS "c15" FROM "agent_dim" AS t2)) AS t3
==
SELECT 1 AS x UNION ALL SELECT NULL UNION ALL SELECT 2.5
-- tree
Query x=x#3:FLOAT64
  UNION ALL => x#3
    Input x#0
      Project
        x#0 := 1:FLOAT64
        SingleRow
    Input #1
      Project
        #1 := NULL:FLOAT64
        SingleRow
    Input #2
      Project
        #2 := 2.5:FLOAT64
        SingleRow
-- duckdb
SELECT t1.c3 AS "x" FROM (VALUES ('1'::DOUBLE), (NULL::DOUBLE), ('2.5'::DOUBLE)) AS t1(c3)
==
SELECT '2025-01-01' AS d UNION ALL SELECT meta_enriched_landed_date FROM case_events
-- tree
Query d=d#11:DATE
  UNION ALL => d#11
    Input d#0
      Project
        d#0 := 2025-01-01:DATE
        SingleRow
    Input meta_enriched_landed_date#10
      Project
        meta_enriched_landed_date#10 := meta_enriched_landed_date#9
        Table case_events meta_enriched_landed_date#9
-- duckdb
SELECT t2.c11 AS "d" FROM ((SELECT DATE '2025-01-01' AS "c11") UNION ALL (SELECT t1."meta_enriched_landed_date" AS "c11" FROM "case_events" AS t1)) AS t2
==
SELECT id, account FROM visits FULL OUTER UNION ALL BY NAME SELECT level, name AS id FROM agent_dim
-- tree
Query id=id#16:STRING account=account#17:INT64 level=level#18:INT64
  UNION ALL => id#16 account#17 level#18
    Input id#6 account#7 level#14
      Project
        level#14 := NULL:INT64
        Project
          id#6 := id#0
          account#7 := account#1
          Table visits id#0 account#1
    Input id#13 account#15 level#12
      Project
        account#15 := NULL:INT64
        Project
          level#12 := level#10
          id#13 := name#9
          Table agent_dim name#9 level#10
-- duckdb
SELECT t3.c16 AS "id", t3.c17 AS "account", t3.c18 AS "level" FROM ((SELECT t1."id" AS "c16", t1."account" AS "c17", NULL::BIGINT AS "c18" FROM "visits" AS t1) UNION ALL (SELECT t2."name" AS "c16", NULL::BIGINT AS "c17", t2."level" AS "c18" FROM "agent_dim" AS t2)) AS t3
==
SELECT id, account FROM visits LEFT EXCEPT DISTINCT CORRESPONDING BY (account) SELECT account FROM case_events
-- tree
Query account=account#18:INT64
  EXCEPT DISTINCT => account#18
    Input account#7
      Project
        id#6 := id#0
        account#7 := account#1
        Table visits id#0 account#1
    Input account#17
      Project
        account#17 := account#9
        Table case_events account#9
-- duckdb
SELECT t3.c18 AS "account" FROM ((SELECT t1."account" AS "c18" FROM "visits" AS t1) EXCEPT (SELECT t2."account" AS "c18" FROM "case_events" AS t2)) AS t3
==
SELECT id, account FROM visits UNION ALL BY NAME SELECT account FROM case_events
-- error
Queries in UNION ALL matched by name need column id, which query 2 has not at [1:32]
==
SELECT 1 UNION ALL SELECT 'a' UNION ALL SELECT name FROM agent_dim
-- error
Column 1 in UNION ALL has incompatible types: INT64, STRING, STRING at [1:10]
==
WITH RECURSIVE later AS (SELECT n + 1 AS m FROM counted), counted AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM counted WHERE n < 3) SELECT m FROM later
-- tree
Query m=m#12:INT64
  With recursive
    Entry 0 counted n#0 #1
      Project
        #1 := 0:INT64
        Project
          n#0 := 1:INT64
          SingleRow
    Recursive #3 #8
      Project
        #8 := IF(>(#7, 500:INT64):BOOL, ERROR('A recursive query has reached its 500 iterations':STRING):INT64, #7):INT64
        Project
          #7 := +($1:INT64, 1:INT64):INT64
            $1 = #6
              Aggregate
                #6 := MAX(#5):INT64
                WithReference 0 #4 #5
          Project
            #3 := +(n#2, 1:INT64):INT64
            Filter <(n#2, 3:INT64):BOOL
              WithReference 0 n#2
    Entry 1 later m#10
      Project
        m#10 := +(n#9, 1:INT64):INT64
        WithReference 0 n#9
    Project
      m#12 := m#11
      WithReference 1 m#11
-- duckdb
WITH RECURSIVE w0(x1, x2) AS (SELECT 1::BIGINT AS "c0", 0::BIGINT AS "c1" UNION ALL SELECT t3.c3 AS "c0", CAST(CASE WHEN (t3.c7 > 500::BIGINT) THEN gs_error(coalesce('A recursive query has reached its 500 iterations', 'ERROR function called with NULL value')) ELSE t3.c7 END AS BIGINT) AS "c1" FROM (SELECT t1.x1 AS "c2", gs_add(t1.x1, 1::BIGINT) AS "c3", gs_add((SELECT max(t2.x2) AS "c6" FROM w0 AS t2 HAVING true), 1::BIGINT) AS "c7" FROM w0 AS t1 WHERE (t1.x1 < 3::BIGINT)) AS t3), w1(x1) AS (SELECT gs_add(t4.x1, 1::BIGINT) AS "c10" FROM w0 AS t4) SELECT t5.x1 AS "m" FROM w1 AS t5
==
WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM a
-- error
Mutual recursion of WITH queries is not supported: a at [1:16]
