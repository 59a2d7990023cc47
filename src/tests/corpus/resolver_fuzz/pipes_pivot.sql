FROM every_type |> WHERE i > 1 |> EXTEND i * 2 AS k |> SET f = f + 1 |> DROP n |> RENAME s AS name
|> AGGREGATE SUM(k) AS total GROUP BY name, b |> PIVOT(SUM(total) FOR name IN ('a', 'b' AS bee)) |> ORDER BY b |> LIMIT 3;
SELECT * FROM (SELECT i, f, 1 AS k FROM every_type) UNPIVOT(v FOR w IN (i, k))
