SELECT c.id, v.tags FROM case_events AS c LEFT JOIN visits AS v ON c.account = v.account AND v.fee > 1
-- tree
Query id=id#15:STRING tags=tags#16:ARRAY<STRING>
  Project
    id#15 := id#0
    tags#16 := tags#11
    Join LEFT ON AND(=(account#1, account#10):BOOL, >(fee#13, '1':NUMERIC):BOOL):BOOL
      Table case_events id#0 account#1
      Table visits account#10 tags#11 fee#13
-- duckdb
SELECT t1."id" AS "id", t2."tags" AS "tags" FROM "case_events" AS t1 LEFT JOIN "visits" AS t2 ON ((t1."account" = t2."account") AND (t2."fee" > '1'::DECIMAL(38,9)))
==
SELECT account, c.id AS case_id, v.id AS visit_id FROM case_events c FULL JOIN visits v USING (account) ORDER BY account
-- tree
Query account=account#16:INT64 case_id=case_id#17:STRING visit_id=visit_id#18:STRING
  Sort account#16 ASC NULLS FIRST
    Project
      account#16 := account#15
      case_id#17 := id#0
      visit_id#18 := id#9
      Project
        account#15 := COALESCE(account#1, account#10):INT64
        Join FULL ON =(account#1, account#10):BOOL
          Table case_events id#0 account#1
          Table visits id#9 account#10
-- duckdb
SELECT coalesce(t1."account", t2."account") AS "account", t1."id" AS "case_id", t2."id" AS "visit_id" FROM "case_events" AS t1 FULL JOIN "visits" AS t2 ON (t1."account" = t2."account") ORDER BY 1 ASC NULLS FIRST
==
SELECT v.id, tag, off FROM visits v, UNNEST(v.tags) AS tag WITH OFFSET AS off ORDER BY v.id, off
-- tree
Query id=id#8:STRING tag=tag#9:STRING off=off#10:INT64
  Sort id#0 ASC NULLS FIRST, off#10 ASC NULLS FIRST
    Project
      id#8 := id#0
      tag#9 := tag#6
      off#10 := off#7
      Unnest OFFSET off#7
        element tag#6 := tags#2
        Table visits id#0 tags#2
-- duckdb
SELECT t2.c0 AS "id", t2.c6 AS "tag", t2.c7 AS "off" FROM (SELECT t1."id" AS "c0", t1."tags" AS "c2", unnest(t1."tags") AS "c6", generate_subscripts(t1."tags", 1) - 1 AS "c7" FROM "visits" AS t1) AS t2 ORDER BY t2.c0 ASC NULLS FIRST, 3 ASC NULLS FIRST
==
SELECT v.id, tag FROM visits v LEFT JOIN v.tags AS tag ON tag = 'x'
-- tree
Query id=id#7:STRING tag=tag#8:STRING
  Project
    id#7 := id#0
    tag#8 := tag#6
    Unnest LEFT ON =(tag#6, 'x':STRING):BOOL
      element tag#6 := tags#2
      Table visits id#0 tags#2
-- duckdb
SELECT t1."id" AS "id", t2.c6 AS "tag" FROM "visits" AS t1 LEFT JOIN LATERAL (SELECT unnest(t1."tags") AS c6) AS t2 ON (t2.c6 = 'x')
==
SELECT e.a, b FROM UNNEST([STRUCT(1 AS a, 'x' AS b), (2, 'y')]) AS e
-- tree
Query a=a#1:INT64 b=b#2:STRING
  Project
    a#1 := e#0.0
    b#2 := e#0.1
    Unnest
      element e#0 := [STRUCT(1:INT64, 'x':STRING):STRUCT<a INT64, b STRING>, STRUCT(2:INT64, 'y':STRING):STRUCT<a INT64, b STRING>]:ARRAY<STRUCT<a INT64, b STRING>>
-- duckdb
SELECT struct_extract(t1.c0, 'a') AS "a", struct_extract(t1.c0, 'b') AS "b" FROM (SELECT unnest([{'a': 1::BIGINT, 'b': 'x'::VARCHAR}, {'a': 2::BIGINT, 'b': 'y'::VARCHAR}]::STRUCT("a" BIGINT, "b" VARCHAR)[]) AS c0) AS t1
==
SELECT a.name, b.name FROM agent_dim a JOIN agent_dim b ON a.level = b.level AND a.name < b.name
-- tree
Query name=name#8:STRING name=name#9:STRING
  Project
    name#8 := name#1
    name#9 := name#5
    Join INNER ON AND(=(level#2, level#6):BOOL, <(name#1, name#5):BOOL):BOOL
      Table agent_dim name#1 level#2
      Table agent_dim name#5 level#6
-- duckdb
SELECT t1."name" AS "name", t2."name" AS "name" FROM "agent_dim" AS t1 INNER JOIN "agent_dim" AS t2 ON ((t1."level" = t2."level") AND (t1."name" < t2."name"))
