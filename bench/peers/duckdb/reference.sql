-- What the other scripts look up: the field catalogue, the names of agents and queues, the due days.
-- Variables: reference (folder).

CREATE TEMP TABLE catalogue AS
SELECT f.fieldId AS field, arg_max(f."name", filename) AS display_name, arg_max(f."column", filename) AS bound_column
FROM (SELECT filename, unnest(fields) AS f
      FROM read_json(getvariable('reference') || '/field_catalogue_*.json*', filename = true,
                     columns = {fields: 'STRUCT(fieldId VARCHAR, "name" VARCHAR, "column" VARCHAR)[]'}))
GROUP BY ALL;

CREATE TEMP TABLE catalogue_option AS
SELECT field, o."value" AS value, arg_max(o."name", filename) AS name
FROM (SELECT filename, f.fieldId AS field, unnest(f.options) AS o
      FROM (SELECT filename, unnest(fields) AS f
            FROM read_json(getvariable('reference') || '/field_catalogue_*.json*', filename = true,
                           columns = {fields: 'STRUCT(fieldId VARCHAR, options STRUCT("name" VARCHAR, "value" VARCHAR)[])[]'})))
GROUP BY ALL;

-- The name of an option, the value itself where the catalogue lacks it. Field ids stand once, here.
CREATE TEMP TABLE option_names AS
SELECT map_from_entries(list((field || ' ' || value, name))) AS names FROM catalogue_option;
SET VARIABLE option_names = (SELECT names FROM option_names);
CREATE TEMP MACRO option_name(field, value) AS
  nullif(trim(coalesce(getvariable('option_names')[field || ' ' || value], value)), '');

CREATE TEMP TABLE agent_name AS
SELECT lower(split_part(u.Arn, '/', -1)) AS agent,
       coalesce(nullif(trim(concat_ws(' ', u.IdentityInfo.FirstName, u.IdentityInfo.LastName)), ''), u.Username) AS name
FROM (SELECT unnest(UserSummaryList) AS u
      FROM read_json(getvariable('reference') || '/users.ndjson*', columns = {UserSummaryList:
        'STRUCT(Arn VARCHAR, Username VARCHAR, IdentityInfo STRUCT(FirstName VARCHAR, LastName VARCHAR))[]'}));

CREATE TEMP TABLE queue_name AS
SELECT lower(split_part(q.Arn, '/', -1)) AS queue, q."Name" AS name
FROM (SELECT unnest(QueueSummaryList) AS q
      FROM read_json(getvariable('reference') || '/queues.ndjson*',
                     columns = {QueueSummaryList: 'STRUCT(Arn VARCHAR, "Name" VARCHAR)[]'}))
WHERE q."Name" IS NOT NULL;

-- Bank holidays of England and Wales.
CREATE TEMP TABLE bank_holiday AS SELECT CAST(unnest([
  '2017-01-02', '2017-04-14', '2017-04-17', '2017-05-01', '2017-05-29', '2017-08-28', '2017-12-25', '2017-12-26',
  '2018-01-01', '2018-03-30', '2018-04-02', '2018-05-07', '2018-05-28', '2018-08-27', '2018-12-25', '2018-12-26',
  '2019-01-01', '2019-04-19', '2019-04-22', '2019-05-06', '2019-05-27', '2019-08-26', '2019-12-25', '2019-12-26',
  '2020-01-01', '2020-04-10', '2020-04-13', '2020-05-08', '2020-05-25', '2020-08-31', '2020-12-25', '2020-12-28',
  '2021-01-01', '2021-04-02', '2021-04-05', '2021-05-03', '2021-05-31', '2021-08-30', '2021-12-27', '2021-12-28',
  '2022-01-03', '2022-04-15', '2022-04-18', '2022-05-02', '2022-06-02', '2022-06-03', '2022-08-29', '2022-09-19', '2022-12-26', '2022-12-27',
  '2023-01-02', '2023-04-07', '2023-04-10', '2023-05-01', '2023-05-08', '2023-05-29', '2023-08-28', '2023-12-25', '2023-12-26',
  '2024-01-01', '2024-03-29', '2024-04-01', '2024-05-06', '2024-05-27', '2024-08-26', '2024-12-25', '2024-12-26',
  '2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26',
  '2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28',
  '2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28',
  '2028-01-03', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-29', '2028-08-28', '2028-12-25', '2028-12-26']) AS DATE) AS day;

-- Every day of these years with the end of the second working day after it, in London.
CREATE TEMP TABLE due AS
WITH day AS (SELECT CAST(d AS DATE) AS day FROM range(DATE '2017-01-01', DATE '2029-01-01', INTERVAL 1 DAY) AS t(d)),
working AS (SELECT day, row_number() OVER (ORDER BY day) AS n
            FROM day ANTI JOIN bank_holiday USING (day) WHERE isodow(day) <= 5),
before AS (SELECT day.day, (SELECT count(*) FROM working AS w WHERE w.day <= day.day) AS n FROM day)
SELECT b.day, CAST((CAST(w.day + INTERVAL 1 DAY AS TIMESTAMP) AT TIME ZONE 'Europe/London') AT TIME ZONE 'UTC' AS TIMESTAMP)
                - INTERVAL 1 MICROSECOND AS due
FROM before AS b JOIN working AS w ON w.n = b.n + 2;
