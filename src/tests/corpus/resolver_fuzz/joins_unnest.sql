SELECT a.* EXCEPT (j), b.i AS bi, e, o FROM every_type AS a LEFT JOIN every_type AS b USING (i, s)
CROSS JOIN UNNEST(a.ai) AS e WITH OFFSET AS o, a.ast AS p
WHERE EXISTS (SELECT 1 FROM UNNEST(b.ast) AS q WHERE q.x = p.x) AND a.i NOT IN (SELECT i FROM every_type TABLESAMPLE SYSTEM (10 PERCENT))
