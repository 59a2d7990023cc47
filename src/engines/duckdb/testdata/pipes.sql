FROM agent_dim |> WHERE level > 1 |> SELECT name, level * 2 AS double_level |> ORDER BY name DESC |> LIMIT 1
-- tree
Query name=name#4:STRING double_level=double_level#5:INT64
  Limit 1:INT64
    Sort name#4 DESC NULLS LAST
      Project
        name#4 := name#1
        double_level#5 := *(level#2, 2:INT64):INT64
        Filter >(level#2, 1:INT64):BOOL
          Table agent_dim name#1 level#2
-- duckdb
SELECT t1."name" AS "name", gs_multiply(t1."level", 2::BIGINT) AS "double_level" FROM "agent_dim" AS t1 WHERE (t1."level" > 1::BIGINT) ORDER BY 1 DESC NULLS LAST LIMIT 1
==
FROM agent_dim AS a |> EXTEND RANK() OVER (ORDER BY level) AS place |> SET level = level + 1 |> DROP rating |> RENAME name AS agent |> SELECT *, a.level AS before
-- tree
Query agent_arn=agent_arn#7:STRING agent=agent#8:STRING level=level#9:INT64 place=place#10:INT64 before=before#11:INT64
  Project
    agent_arn#7 := agent_arn#0
    agent#8 := name#1
    level#9 := level#6
    place#10 := place#4
    before#11 := level#2
    Project
      level#6 := +(level#2, 1:INT64):INT64
      Project
        place#4 := #5
        Window
          #5 := RANK() OVER (ORDER BY level#2 ASC NULLS FIRST):INT64
          Table agent_dim agent_arn#0 name#1 level#2
-- duckdb
SELECT t1."agent_arn" AS "agent_arn", t1."name" AS "agent", gs_add(t1."level", 1::BIGINT) AS "level", rank() OVER (ORDER BY t1."level" ASC NULLS FIRST) AS "place", t1."level" AS "before" FROM "agent_dim" AS t1
==
FROM visits |> AGGREGATE COUNT(*) AS visits, SUM(fee) AS fees DESC GROUP BY account |> WHERE visits > 1
-- tree
Query account=account#7:INT64 visits=visits#8:INT64 fees=fees#9:NUMERIC
  Filter >(visits#8, 1:INT64):BOOL
    Sort fees#9 DESC NULLS LAST
      Project
        account#7 := account#6
        visits#8 := #10
        fees#9 := #11
        Aggregate
          group account#6 := account#1
          #10 := COUNT(*)():INT64
          #11 := SUM(fee#4):NUMERIC
          Table visits account#1 fee#4
-- duckdb
SELECT t2.c7 AS "account", t2.c8 AS "visits", t2.c9 AS "fees" FROM (SELECT t1."account" AS "c6", count(*) AS "c10", gs_numeric_sum(t1."fee") AS "c11", t1."account" AS "c7", count(*) AS "c8", gs_numeric_sum(t1."fee") AS "c9" FROM "visits" AS t1 GROUP BY t1."account") AS t2 WHERE (t2.c8 > 1::BIGINT)
==
FROM visits |> AGGREGATE GROUP AND ORDER BY account DESC
-- tree
Query account=account#7:INT64
  Sort account#7 DESC NULLS LAST
    Project
      account#7 := account#6
      Aggregate
        group account#6 := account#1
        Table visits account#1
-- duckdb
SELECT t1."account" AS "account" FROM "visits" AS t1 GROUP BY t1."account" ORDER BY 1 DESC NULLS LAST
==
FROM agent_dim |> AS a |> JOIN visits AS v ON a.level = v.account |> DISTINCT |> SELECT v.id
-- tree
Query id=id#10:STRING
  Project
    id#10 := id#4
    Distinct agent_arn#0 name#1 level#2 rating#3 id#4 account#5 tags#6 place#7 fee#8 local_at#9
      Join INNER ON =(level#2, account#5):BOOL
        Table agent_dim agent_arn#0 name#1 level#2 rating#3
        Table visits id#4 account#5 tags#6 place#7 fee#8 local_at#9
-- duckdb
SELECT t3.c4 AS "id" FROM (SELECT DISTINCT t1."agent_arn" AS "c0", t1."name" AS "c1", t1."level" AS "c2", t1."rating" AS "c3", t2."id" AS "c4", t2."account" AS "c5", t2."tags" AS "c6", t2."place" AS "c7", t2."fee" AS "c8", t2."local_at" AS "c9" FROM "agent_dim" AS t1 INNER JOIN "visits" AS t2 ON (t1."level" = t2."account")) AS t3
==
SELECT 1 AS x |> WITH t AS (SELECT 2 AS y) |> CROSS JOIN t |> UNION ALL (SELECT 3, 4)
-- tree
Query x=x#5:INT64 y=y#6:INT64
  With
    Entry 0 t y#1
      Project
        y#1 := 2:INT64
        SingleRow
    UNION ALL => x#5 y#6
      Input x#0 y#2
        Join CROSS
          Project
            x#0 := 1:INT64
            SingleRow
          WithReference 0 y#2
      Input #3 #4
        Project
          #3 := 3:INT64
          #4 := 4:INT64
          SingleRow
-- duckdb
WITH w0(x1) AS (SELECT 2::BIGINT AS "c1") SELECT t3.c5 AS "x", t3.c6 AS "y" FROM ((SELECT t2.c0 AS "c5", t1.x1 AS "c6" FROM (SELECT 1::BIGINT AS "c0") AS t2 CROSS JOIN w0 AS t1) UNION ALL (SELECT 3::BIGINT AS "c5", 4::BIGINT AS "c6")) AS t3
==
FROM agent_dim |> ASSERT level > 0, 'level of ', name
-- tree
Query agent_arn=agent_arn#0:STRING name=name#1:STRING level=level#2:INT64 rating=rating#3:FLOAT64
  Filter =(IF(>(level#2, 0:INT64):BOOL, 1:INT64, ERROR(CONCAT(CONCAT('Assert failed':STRING, ': ':STRING, IFNULL('level of ':STRING, 'NULL':STRING):STRING):STRING, ': ':STRING, IFNULL(name#1, 'NULL':STRING):STRING):STRING):INT64):INT64, 1:INT64):BOOL
    Table agent_dim agent_arn#0 name#1 level#2 rating#3
-- duckdb
SELECT t1."agent_arn" AS "agent_arn", t1."name" AS "name", t1."level" AS "level", t1."rating" AS "rating" FROM "agent_dim" AS t1 WHERE (CAST(CASE WHEN (t1."level" > 0::BIGINT) THEN 1::BIGINT ELSE gs_error(coalesce(CAST(CAST('Assert failed' || ': ' || coalesce('level of ', 'NULL') AS VARCHAR) || ': ' || coalesce(t1."name", 'NULL') AS VARCHAR), 'ERROR function called with NULL value')) END AS BIGINT) = 1::BIGINT)
==
FROM agent_dim |> DROP nam
-- error
Column nam in |> DROP not found; Did you mean name? at [1:24]
