SELECT 'a\n\x41\u00e9', b'\xff', """x
y""", .5, 1., 0x1F, 1e-3, DATE '2025-01-01', INTERVAL '1-2' YEAR TO MONTH, [1, 2][OFFSET(0)], STRUCT<a ARRAY<INT64>>([1]), @p, ?, @@v -- end
