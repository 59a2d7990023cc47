SELECT DISTINCT level FROM agent_dim ORDER BY level DESC LIMIT 2 OFFSET 1
-- tree
Query level=level#4:INT64
  Limit 2:INT64 OFFSET 1:INT64
    Sort level#4 DESC NULLS LAST
      Distinct level#4
        Project
          level#4 := level#2
          Table agent_dim level#2
-- duckdb
SELECT DISTINCT t1."level" AS "level" FROM "agent_dim" AS t1 ORDER BY 1 DESC NULLS LAST LIMIT 2 OFFSET 1
==
SELECT * EXCEPT (rating) REPLACE (UPPER(name) AS name) FROM agent_dim WHERE rating > 1.5
-- tree
Query agent_arn=agent_arn#4:STRING name=name#5:STRING level=level#6:INT64
  Project
    agent_arn#4 := agent_arn#0
    name#5 := UPPER(name#1):STRING
    level#6 := level#2
    Filter >(rating#3, 1.5:FLOAT64):BOOL
      Table agent_dim agent_arn#0 name#1 level#2 rating#3
-- duckdb
SELECT t1."agent_arn" AS "agent_arn", gs_upper(t1."name") AS "name", t1."level" AS "level" FROM "agent_dim" AS t1 WHERE ((t1."rating" > '1.5'::DOUBLE) AND NOT isnan(t1."rating") AND NOT isnan('1.5'::DOUBLE))
==
SELECT AS STRUCT name, level FROM agent_dim ORDER BY rating
-- tree
Query AS VALUE f0_=#6:STRUCT<name STRING, level INT64>
  Sort rating#3 ASC NULLS FIRST
    Project
      #6 := STRUCT(name#4, level#5):STRUCT<name STRING, level INT64>
      Project
        name#4 := name#1
        level#5 := level#2
        Table agent_dim name#1 level#2 rating#3
-- duckdb
SELECT {'name': t1."name", 'level': t1."level"} AS "f0_" FROM "agent_dim" AS t1 ORDER BY isnan(t1."rating") DESC NULLS FIRST, t1."rating" ASC NULLS FIRST
==
SELECT CASE level WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE NULL END, IF(rating IS NULL, 0, rating), COALESCE(name, '?') FROM agent_dim
-- tree
Query f0_=#4:STRING f1_=#5:FLOAT64 f2_=#6:STRING
  Project
    #4 := CASE value(level#2, 1:INT64, 'one':STRING, 2:INT64, 'two':STRING, NULL:STRING):STRING
    #5 := IF(IS NULL(rating#3):BOOL, 0:FLOAT64, rating#3):FLOAT64
    #6 := COALESCE(name#1, '?':STRING):STRING
    Table agent_dim name#1 level#2 rating#3
-- duckdb
SELECT CAST(CASE WHEN (t1."level" = 1::BIGINT) THEN 'one' WHEN (t1."level" = 2::BIGINT) THEN 'two' ELSE NULL::VARCHAR END AS VARCHAR) AS "f0_", CAST(CASE WHEN (t1."rating" IS NULL) THEN '0'::DOUBLE ELSE t1."rating" END AS DOUBLE) AS "f1_", coalesce(t1."name", '?') AS "f2_" FROM "agent_dim" AS t1
==
SELECT name LIKE 'A%' AS a, name LIKE r'\_%' AS b, level BETWEEN 1 AND 2 AS c, level NOT IN (1, NULL) AS d FROM agent_dim
-- tree
Query a=a#4:BOOL b=b#5:BOOL c=c#6:BOOL d=d#7:BOOL
  Project
    a#4 := LIKE(name#1, 'A%':STRING):BOOL
    b#5 := LIKE(name#1, '\_%':STRING):BOOL
    c#6 := BETWEEN(level#2, 1:INT64, 2:INT64):BOOL
    d#7 := NOT(IN(level#2, 1:INT64, NULL:INT64):BOOL):BOOL
    Table agent_dim name#1 level#2
-- duckdb
SELECT (t1."name" LIKE 'A%') AS "a", gs_like(t1."name", '\_%') AS "b", (t1."level" BETWEEN 1::BIGINT AND 2::BIGINT) AS "c", (NOT (t1."level" IN (1::BIGINT, NULL::BIGINT))) AS "d" FROM "agent_dim" AS t1
==
SELECT v.place.town, tags[SAFE_OFFSET(0)] AS tag, SAFE_CAST(id AS INT64) AS n, level / 2 AS half FROM visits AS v CROSS JOIN agent_dim
-- tree
Query town=town#10:STRING tag=tag#11:STRING n=n#12:INT64 half=half#13:FLOAT64
  Project
    town#10 := place#3.0
    tag#11 := [SAFE_OFFSET](tags#2, 0:INT64):STRING
    n#12 := SAFE_CAST(id#0 AS INT64)
    half#13 := /(COERCE(level#8 AS FLOAT64), 2:FLOAT64):FLOAT64
    Join CROSS
      Table visits id#0 tags#2 place#3
      Table agent_dim level#8
-- duckdb
SELECT struct_extract(t1."place", 'town') AS "town", list_extract(t1."tags", gs_offset_safe(0::BIGINT, len(t1."tags"))) AS "tag", gs_text_to_int_safe(t1."id") AS "n", gs_divide(CAST(t2."level" AS DOUBLE), '2'::DOUBLE) AS "half" FROM "visits" AS t1 CROSS JOIN "agent_dim" AS t2
==
SELECT 1 AS a UNION ALL SELECT 2.5 UNION ALL SELECT NULL ORDER BY a
-- tree
Query a=a#3:FLOAT64
  Sort a#3 ASC NULLS FIRST
    UNION ALL => a#3
      Input a#0
        Project
          a#0 := 1:FLOAT64
          SingleRow
      Input #1
        Project
          #1 := 2.5:FLOAT64
          SingleRow
      Input #2
        Project
          #2 := NULL:FLOAT64
          SingleRow
-- duckdb
SELECT t1.c3 AS "a" FROM (VALUES ('1'::DOUBLE), ('2.5'::DOUBLE), (NULL::DOUBLE)) AS t1(c3) ORDER BY isnan(t1.c3) DESC NULLS FIRST, t1.c3 ASC NULLS FIRST
==
(SELECT name FROM agent_dim) EXCEPT DISTINCT SELECT 'Ada'
-- tree
Query name=name#6:STRING
  EXCEPT DISTINCT => name#6
    Input name#4
      Project
        name#4 := name#1
        Table agent_dim name#1
    Input #5
      Project
        #5 := 'Ada':STRING
        SingleRow
-- duckdb
SELECT t2.c6 AS "name" FROM ((SELECT t1."name" AS "c6" FROM "agent_dim" AS t1) EXCEPT (SELECT 'Ada' AS "c6")) AS t2
==
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n
-- tree
Query i=i#10:INT64
  With recursive
    Entry 0 n i#0 #1
      Project
        #1 := 0:INT64
        Project
          i#0 := 1:INT64
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
            #3 := +(i#2, 1:INT64):INT64
            Filter <(i#2, 3:INT64):BOOL
              WithReference 0 i#2
    Project
      i#10 := i#9
      WithReference 0 i#9
-- duckdb
WITH RECURSIVE w0(x1, x2) AS (SELECT 1::BIGINT AS "c0", 0::BIGINT AS "c1" UNION ALL SELECT t3.c3 AS "c0", CAST(CASE WHEN (t3.c7 > 500::BIGINT) THEN gs_error(coalesce('A recursive query has reached its 500 iterations', 'ERROR function called with NULL value')) ELSE t3.c7 END AS BIGINT) AS "c1" FROM (SELECT t1.x1 AS "c2", gs_add(t1.x1, 1::BIGINT) AS "c3", gs_add((SELECT max(t2.x2) AS "c6" FROM w0 AS t2 HAVING true), 1::BIGINT) AS "c7" FROM w0 AS t1 WHERE (t1.x1 < 3::BIGINT)) AS t3) SELECT t4.x1 AS "i" FROM w0 AS t4
