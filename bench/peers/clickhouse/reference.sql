-- What the other scripts look up: the field catalogue, the names of agents and queues, the due days.
-- {reference}: the folder.
CREATE DATABASE IF NOT EXISTS bench;
CREATE DATABASE IF NOT EXISTS work;

CREATE TABLE work.catalogue ENGINE = Memory AS
SELECT f.fieldId AS field, argMax(f.name, source) AS display_name, argMax(f.column, source) AS bound_column
FROM (SELECT _file AS source, arrayJoin(JSONExtract(text, 'fields', 'Array(Tuple(fieldId String, name String, `column` String))')) AS f
      FROM file('{reference}/field_catalogue_*.json*', 'RawBLOB', 'text String'))
GROUP BY field;

CREATE TABLE work.catalogue_option ENGINE = Memory AS
SELECT field, o.value AS value, argMax(o.name, source) AS name
FROM (SELECT source, f.fieldId AS field, arrayJoin(f.options) AS o
      FROM (SELECT _file AS source, arrayJoin(JSONExtract(text, 'fields',
              'Array(Tuple(fieldId String, options Array(Tuple(name String, value String))))')) AS f
            FROM file('{reference}/field_catalogue_*.json*', 'RawBLOB', 'text String')))
GROUP BY field, value;

-- The name of an option, the value itself where the catalogue lacks it; blank is NULL.
CREATE TABLE work.option_name (key String, name String) ENGINE = Join(ANY, LEFT, key);
INSERT INTO work.option_name SELECT concat(field, ' ', value), name FROM work.catalogue_option;
CREATE OR REPLACE FUNCTION option_name AS (field, value) -> if(value IS NULL, NULL, nullIf(trimBoth(coalesce(
  nullIf(joinGet('work.option_name', 'name', concat(field, ' ', assumeNotNull(value))), ''), value)), ''));

CREATE TABLE work.agent_name ENGINE = Memory AS
SELECT lower(splitByChar('/', u.Arn)[-1]) AS agent,
       if(trimBoth(concat(u.IdentityInfo.FirstName, ' ', u.IdentityInfo.LastName)) != '',
          trimBoth(concat(u.IdentityInfo.FirstName, ' ', u.IdentityInfo.LastName)), u.Username) AS name
FROM (SELECT arrayJoin(JSONExtract(line, 'UserSummaryList',
        'Array(Tuple(Arn String, Username String, IdentityInfo Tuple(FirstName String, LastName String)))')) AS u
      FROM file('{reference}/users.ndjson*', 'LineAsString', 'line String'));

CREATE TABLE work.queue_name ENGINE = Memory AS
SELECT lower(splitByChar('/', q.Arn)[-1]) AS queue, q.Name AS name
FROM (SELECT arrayJoin(JSONExtract(line, 'QueueSummaryList', 'Array(Tuple(Arn String, Name String))')) AS q
      FROM file('{reference}/queues.ndjson*', 'LineAsString', 'line String'))
WHERE name != '';

-- Bank holidays of England and Wales.
CREATE TABLE work.bank_holiday ENGINE = Memory AS SELECT arrayJoin(CAST([
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
  '2028-01-03', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-29', '2028-08-28', '2028-12-25', '2028-12-26'] AS Array(Date))) AS day;

-- Every day of these years with the end of the second working day after it, in London.
CREATE TABLE work.due ENGINE = Memory AS
WITH (SELECT groupArray(day) FROM (
        SELECT toDate('2017-01-01') + number AS day FROM numbers(4383)
        WHERE toDayOfWeek(day) <= 5 AND day NOT IN (SELECT day FROM work.bank_holiday) ORDER BY day)) AS working
SELECT toDate('2017-01-01') + number AS day,
       toTimeZone(toDateTime64(arrayFilter(w -> w > day, working)[2] + 1, 6, 'Europe/London'), 'UTC')
         - INTERVAL 1 MICROSECOND AS due
FROM numbers(4380);
