SELECT i + @i, f / 2, n * 2, s || @s, by, d + 1, dt, t, ts, iv * 2, j.a[0], r, st.x, ai[SAFE_OFFSET(0)], ARRAY_LENGTH(ast)
FROM every_type
WHERE b AND s LIKE 'a%' AND i IN (1, 2, 3) AND d BETWEEN DATE '2024-01-01' AND CURRENT_DATE()
ORDER BY i DESC NULLS LAST LIMIT 10 OFFSET 1
