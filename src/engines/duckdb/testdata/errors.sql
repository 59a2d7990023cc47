SELECT nam FROM agent_dim
-- error
Unrecognized name: nam; Did you mean name? at [1:8]
==
SELECT name FROM agent_dims
-- error
Table not found: agent_dims; Did you mean agent_dim? at [1:18]
==
SELECT UPER(name) FROM agent_dim
-- error
Function not found: UPER; Did you mean UPPER? at [1:8]
==
SELECT SUBSTR(TRUE)
-- error
No matching signature for function SUBSTR for argument types: BOOL. Supported signatures: SUBSTR(STRING, INT64, [INT64]); SUBSTR(BYTES, INT64, [INT64]) at [1:8]
==
SELECT name, COUNT(*) FROM agent_dim
-- error
SELECT list expression references column name which is neither grouped nor aggregated at [1:8]
==
SELECT name FROM agent_dim GROUP BY level
-- error
SELECT list expression references column name which is neither grouped nor aggregated at [1:8]
==
SELECT level FROM agent_dim WHERE COUNT(*) > 1
-- error
Aggregate function COUNT(*) not allowed in WHERE clause at [1:35]
==
SELECT id FROM case_events, visits
-- error
Column name id is ambiguous at [1:8]
==
SELECT DISTINCT name FROM agent_dim ORDER BY level
-- error
ORDER BY clause expression references column level which is not visible after SELECT DISTINCT at [1:46]
==
SELECT DATE '2024-02-30'
-- error
Invalid DATE literal at [1:8]
==
SELECT detail_case_createddatetime > 'yesterday' FROM case_events
-- error
Could not cast literal "yesterday" to type TIMESTAMP at [1:38]
==
SELECT CAST(TRUE AS DATE)
-- error
Invalid cast from BOOL to DATE at [1:13]
==
SELECT 1 LIMIT -1
-- error
LIMIT expects a non-negative integer literal or parameter at [1:16]
==
SELECT ML.PREDICT(1)
-- error
Function ML.PREDICT is not supported at [1:8]
==
SELECT HLL_COUNT.INIT('x')
-- error
Function HLL_COUNT.INIT is not supported at [1:8]
