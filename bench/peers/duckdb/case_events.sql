-- case_events: one row an event, with the case's present values, sorted by the case's creation.
-- Variables: input (glob), reference (folder). Runs after reference.sql.
--
-- Tried, in seconds of processor time for 1.56 GB of plain JSON (a tenth of the description's size), DuckDB 2.0.1:
--   10.0  this: one pass, fields as text in a temporary table, only each case's newest fields taken apart
--   11.1  the same, second deliveries left out by a copy instead of deleted
--   12.1  two passes, the second for the newest fields alone (18.6 with gzip, this 15.2)
--   15.1  two passes with DISTINCT ON for second deliveries
--   17.5  the fields of all events in a table of the file
--    1.0  of these: read_json_objects alone; 0.8 read_csv of whole lines; 0.6 read_text

-- One pass over the input: what describes the event is taken apart, the fields of the case stay text.
CREATE TEMP TABLE sent AS
SELECT
  e.id AS meta_event_id,
  lower(coalesce(detail."case".caseId, detail.relatedItem.caseId)) AS id,
  detail.eventType AS detail_event_type,
  coalesce(detail.approximateChangeTime, e."time") AS change_time,
  detail."case".createdDateTime AS created,
  detail."case".templateId AS template_id,
  detail."case".fields IS NOT NULL AS has_fields,
  CAST(detail."case".fields->>'$.last_updated_datetime.value.stringValue' AS TIMESTAMP) AS last_updated, detail."case".fields AS fields,
  detail.changedFieldIds AS changed,
  nullif(coalesce(lower(split_part(detail.performedBy."user".userArn, '/', -1)), detail.performedBy."user".customEntity,
           detail.performedBy.iamPrincipalArn), '') AS detail_performed_by,
  lower(detail.relatedItem.relatedItemType) AS detail_related_item_type,
  detail.relatedItem.relatedItemId AS detail_related_item_id,
  lower(split_part(detail.relatedItem.contact.contactArn, '/', -1)) AS detail_related_item_contact_id,
  detail.relatedItem.comment.body AS detail_related_item_comment_body
FROM read_json(getvariable('input'), format = 'newline_delimited', columns = {
  id: 'VARCHAR', "time": 'TIMESTAMP',
  detail: 'STRUCT(
    eventType VARCHAR, approximateChangeTime TIMESTAMP, changedFieldIds JSON,
    performedBy STRUCT("user" STRUCT(userArn VARCHAR, customEntity VARCHAR), iamPrincipalArn VARCHAR),
    relatedItem STRUCT(relatedItemType VARCHAR, relatedItemId VARCHAR, caseId VARCHAR,
      contact STRUCT(contactArn VARCHAR), comment STRUCT(body VARCHAR)),
    "case" STRUCT(caseId VARCHAR, templateId VARCHAR, createdDateTime TIMESTAMP,
      fields JSON))'}) AS e;

-- Second deliveries are equal byte for byte; one of them stays.
DELETE FROM sent WHERE rowid NOT IN (SELECT min(rowid) FROM sent GROUP BY meta_event_id);

CREATE TEMP TABLE summary AS
SELECT id,
       arg_max(meta_event_id, (change_time, coalesce(last_updated, TIMESTAMP '1970-01-01'), meta_event_id)) FILTER (has_fields) AS present_event,
       arg_min(meta_event_id, (change_time, coalesce(last_updated, TIMESTAMP '1970-01-01'), meta_event_id)) FILTER (detail_event_type = 'CASE.CREATED') AS created_event,
       min(created) AS created,
       arg_max(template_id, (change_time, coalesce(last_updated, TIMESTAMP '1970-01-01'), meta_event_id)) AS template_id,
       max(change_time) FILTER (detail_event_type = 'CASE.DELETED') AS deleted_at
FROM sent GROUP BY id;

-- Only the newest fields of a case are taken apart.
CREATE TEMP TABLE present_fields AS
SELECT meta_event_id, json_transform(fields, '{
  "4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10": {"value": {"doubleValue": "DOUBLE"}},
  "status": {"value": {"stringValue": "VARCHAR"}},
  "title": {"value": {"stringValue": "VARCHAR"}},
  "5a7b2d3f-1c4e-4f60-9b82-7dae3c5f9021": {"value": {"stringValue": "VARCHAR"}},
  "summary": {"value": {"stringValue": "VARCHAR"}},
  "6b8c3e40-2d5f-4071-8c93-8ebf4d60a132": {"value": {"stringValue": "VARCHAR"}},
  "7c9d4f51-3e60-4182-9da4-9fc05e71b243": {"value": {"stringValue": "VARCHAR"}},
  "8dae5062-4f71-4293-8eb5-a0d16f82c354": {"value": {"stringValue": "VARCHAR"}},
  "case_reason": {"value": {"stringValue": "VARCHAR"}},
  "assigned_user": {"value": {"userArnValue": "VARCHAR"}},
  "9ebf6173-5082-43a4-9fc6-b1e27093d465": {"value": {"stringValue": "VARCHAR"}},
  "assigned_queue": {"value": {"stringValue": "VARCHAR"}},
  "afc07284-6193-44b5-80d7-c2f381a4e576": {"value": {"stringValue": "VARCHAR"}},
  "b0d18395-72a4-45c6-91e8-d30492b5f687": {"value": {"booleanValue": "BOOLEAN"}},
  "c1e294a6-83b5-46d7-a2f9-e415a3c60798": {"value": {"stringValue": "VARCHAR"}},
  "d2f3a5b7-94c6-47e8-b30a-f526b4d718a9": {"value": {"stringValue": "VARCHAR"}},
  "e304b6c8-a5d7-48f9-841b-0637c5e829ba": {"value": {"stringValue": "VARCHAR"}},
  "f415c7d9-b6e8-490a-952c-1748d6f93acb": {"value": {"stringValue": "VARCHAR"}},
  "0526d8ea-c7f9-4a1b-a63d-2859e70a4bdc": {"value": {"stringValue": "VARCHAR"}},
  "1637e9fb-d80a-4b2c-b74e-396af81b5ced": {"value": {"doubleValue": "DECIMAL(38, 9)"}},
  "2748fa0c-e91b-4c3d-885f-4a7b092c6dfe": {"value": {"booleanValue": "BOOLEAN"}},
  "38590b1d-fa2c-4d4e-9960-5b8c1a3d7e0f": {"value": {"booleanValue": "BOOLEAN"}},
  "496a1c2e-0b3d-4e5f-aa71-6c9d2b4e8f20": {"value": {"stringValue": "TIMESTAMP"}},
  "last_updated_datetime": {"value": {"stringValue": "TIMESTAMP"}},
  "last_closed_datetime": {"value": {"stringValue": "TIMESTAMP"}},
  "last_reopened_datetime": {"value": {"stringValue": "TIMESTAMP"}},
  "5a7b2d3f-1c4e-4f60-bb82-7dae3c5f9031": {"value": {"stringValue": "TIMESTAMP"}},
  "6b8c3e40-2d5f-4071-8c93-8ebf4d60a142": {"value": {"booleanValue": "BOOLEAN"}},
  "reference_number": {"value": {"stringValue": "VARCHAR"}},
  "customer_id": {"value": {"stringValue": "VARCHAR"}},
  "created_datetime": {"value": {"stringValue": "VARCHAR"}},
  "last_updated_user": {"value": {"userArnValue": "VARCHAR"}},
  "7d9e4f51-3e60-4182-8da4-9fc05e71b253": {"value": {"stringValue": "VARCHAR"}}}') AS f
FROM sent WHERE meta_event_id IN (SELECT present_event FROM summary);

-- The scalars, out of the structs before names are joined.
CREATE TEMP TABLE present_scalars AS
SELECT
  meta_event_id,
  CAST(f."4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10"."value".doubleValue AS BIGINT) AS account,
  f."status"."value".stringValue AS status,
  f."title"."value".stringValue AS title,
  f."5a7b2d3f-1c4e-4f60-9b82-7dae3c5f9021"."value".stringValue AS description,
  f."summary"."value".stringValue AS summary,
  f."6b8c3e40-2d5f-4071-8c93-8ebf4d60a132"."value".stringValue AS level_1,
  f."7c9d4f51-3e60-4182-9da4-9fc05e71b243"."value".stringValue AS level_2,
  f."8dae5062-4f71-4293-8eb5-a0d16f82c354"."value".stringValue AS level_3,
  f."case_reason"."value".stringValue AS case_reason,
  f."assigned_user"."value".userArnValue AS assigned_user,
  f."9ebf6173-5082-43a4-9fc6-b1e27093d465"."value".stringValue AS assigned_agent_name,
  f."assigned_queue"."value".stringValue AS assigned_queue,
  f."afc07284-6193-44b5-80d7-c2f381a4e576"."value".stringValue AS queue_name,
  f."b0d18395-72a4-45c6-91e8-d30492b5f687"."value".booleanValue AS is_complaint,
  f."c1e294a6-83b5-46d7-a2f9-e415a3c60798"."value".stringValue AS complaint_status,
  f."d2f3a5b7-94c6-47e8-b30a-f526b4d718a9"."value".stringValue AS complaint_type,
  f."e304b6c8-a5d7-48f9-841b-0637c5e829ba"."value".stringValue AS complaint_subject,
  f."f415c7d9-b6e8-490a-952c-1748d6f93acb"."value".stringValue AS complaint_subject_2,
  f."0526d8ea-c7f9-4a1b-a63d-2859e70a4bdc"."value".stringValue AS complaint_reason,
  f."1637e9fb-d80a-4b2c-b74e-396af81b5ced"."value".doubleValue AS complaint_goodwill_amount,
  f."2748fa0c-e91b-4c3d-885f-4a7b092c6dfe"."value".booleanValue AS complaint_resolved,
  f."38590b1d-fa2c-4d4e-9960-5b8c1a3d7e0f"."value".booleanValue AS ombudsman_case,
  f."496a1c2e-0b3d-4e5f-aa71-6c9d2b4e8f20"."value".stringValue AS original_creation_date,
  f."last_updated_datetime"."value".stringValue AS last_updated_datetime,
  f."last_closed_datetime"."value".stringValue AS last_closed_datetime,
  f."last_reopened_datetime"."value".stringValue AS last_reopened_datetime,
  f."5a7b2d3f-1c4e-4f60-bb82-7dae3c5f9031"."value".stringValue AS due_date,
  f."6b8c3e40-2d5f-4071-8c93-8ebf4d60a142"."value".booleanValue AS is_overdue,
  f."reference_number"."value".stringValue AS reference_number,
  f."customer_id"."value".stringValue AS customer_id,
  f."created_datetime"."value".stringValue AS created_datetime,
  f."last_updated_user"."value".userArnValue AS last_updated_user,
  f."7d9e4f51-3e60-4182-8da4-9fc05e71b253"."value".stringValue AS support_need
FROM present_fields;
DROP TABLE present_fields;

-- One row a case, all its columns as they are shown.
CREATE TEMP TABLE present AS
SELECT
  s.id,
  p.account,
  s.created AS detail_case_createddatetime,
  CASE WHEN s.deleted_at IS NULL THEN option_name('status', p.status) END AS detail_case_fields_status,
  p.title AS detail_case_fields_title,
  p.description AS detail_case_fields_description,
  p.summary AS detail_case_fields_summary,
  option_name('6b8c3e40-2d5f-4071-8c93-8ebf4d60a132', p.level_1) AS detail_case_fields_level_1,
  option_name('7c9d4f51-3e60-4182-9da4-9fc05e71b243', p.level_2) AS detail_case_fields_level_2,
  option_name('8dae5062-4f71-4293-8eb5-a0d16f82c354', p.level_3) AS detail_case_fields_level_3,
  option_name('case_reason', p.case_reason) AS detail_case_fields_case_reason,
  nullif(trim(p.assigned_user), '') AS detail_case_fields_assigned_user,
  coalesce(nullif(trim(p.assigned_agent_name), ''), a.name) AS detail_case_fields_assigned_agent_name,
  nullif(trim(p.assigned_queue), '') AS detail_case_fields_assigned_queue,
  coalesce(nullif(trim(p.queue_name), ''), q.name) AS detail_case_fields_queue_name,
  p.is_complaint AS detail_case_fields_is_complaint,
  option_name('c1e294a6-83b5-46d7-a2f9-e415a3c60798', p.complaint_status) AS detail_case_fields_complaint_status,
  option_name('d2f3a5b7-94c6-47e8-b30a-f526b4d718a9', p.complaint_type) AS detail_case_fields_complaint_type,
  option_name('e304b6c8-a5d7-48f9-841b-0637c5e829ba', p.complaint_subject) AS detail_case_fields_complaint_subject,
  option_name('f415c7d9-b6e8-490a-952c-1748d6f93acb', p.complaint_subject_2) AS detail_case_fields_complaint_subject_2,
  p.complaint_reason AS detail_case_fields_complaint_reason,
  p.complaint_goodwill_amount AS detail_case_fields_complaint_goodwill_amount,
  p.complaint_resolved AS detail_case_fields_complaint_resolved,
  p.ombudsman_case AS detail_case_fields_ombudsman_case,
  p.original_creation_date AS detail_case_fields_original_creation_date,
  p.last_updated_datetime AS detail_case_fields_last_updated_datetime,
  p.last_closed_datetime AS detail_case_fields_last_closed_datetime,
  p.last_reopened_datetime AS detail_case_fields_last_reopened_datetime,
  coalesce(p.due_date, d.due) AS detail_case_fields_due_date,
  p.is_overdue AS detail_case_fields_is_overdue,
  s.template_id AS detail_case_template_id,
  nullif(trim(p.reference_number), '') AS detail_case_fields_reference_number,
  nullif(trim(p.customer_id), '') AS detail_case_fields_customer_id,
  CAST(p.account AS VARCHAR) AS account_text,
  CAST(NULL AS JSON) AS unmapped_fields,
  CASE WHEN p.created_datetime IS NOT NULL OR p.last_updated_user IS NOT NULL OR p.support_need IS NOT NULL THEN
    CAST('{' || concat_ws(',', '"Date/Time Opened":' || to_json(p.created_datetime),
                          '"Last Updated User":' || to_json(p.last_updated_user),
                          '"Support Need":' || to_json(option_name('7d9e4f51-3e60-4182-8da4-9fc05e71b253', p.support_need)))
         || '}' AS JSON) END AS other_fields,
  CASE WHEN coalesce(p.due_date, d.due) IS NOT NULL THEN p.due_date IS NULL END AS detail_case_fields_due_date_is_computed,
  p.case_reason AS detail_case_fields_case_reason_value,
  s.deleted_at AS meta_case_deleted_at,
  s.created_event
FROM summary AS s
LEFT JOIN present_scalars AS p ON s.present_event = p.meta_event_id
LEFT JOIN due AS d ON d.day = CAST((s.created AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/London' AS DATE)
LEFT JOIN agent_name AS a ON a.agent = lower(split_part(p.assigned_user, '/', -1))
LEFT JOIN queue_name AS q ON q.queue = lower(split_part(p.assigned_queue, '/', -1));

-- The lists of changed fields are few: each is translated once.
CREATE TEMP TABLE changed_names AS
SELECT changed, list(coalesce(c.bound_column_name, c.display_name, t.field) ORDER BY n) AS names
FROM (SELECT changed, unnest(CAST(changed AS VARCHAR[])) AS field, generate_subscripts(CAST(changed AS VARCHAR[]), 1) AS n
      FROM (SELECT DISTINCT changed FROM sent WHERE changed IS NOT NULL)) AS t
LEFT JOIN (SELECT field, display_name, CASE WHEN field NOT IN ('created_datetime', 'last_updated_user') THEN bound_column END
           AS bound_column_name FROM catalogue) AS c USING (field)
GROUP BY changed;

-- Narrow rows are sorted; the wide ones follow their order through the join.
CREATE TEMP TABLE ordered AS
SELECT e.id, e.meta_event_id, e.detail_event_type, e.change_time, c.names, e.detail_performed_by,
       e.detail_related_item_type, e.detail_related_item_id, e.detail_related_item_contact_id,
       e.detail_related_item_comment_body
FROM sent AS e JOIN (SELECT id, detail_case_createddatetime, created_event FROM present) AS p USING (id)
LEFT JOIN changed_names AS c USING (changed)
WHERE NOT (e.detail_event_type = 'CASE.CREATED' AND e.meta_event_id <> p.created_event)
ORDER BY p.detail_case_createddatetime, e.id;
DROP TABLE sent;

SET preserve_insertion_order = true;
CREATE TABLE case_events AS
SELECT
  p.* EXCLUDE (created_event),
  e.detail_event_type,
  current_date AS meta_enriched_landed_date,
  e.meta_event_id,
  CAST(current_timestamp AS TIMESTAMP) AS meta_received_at,
  e.change_time AS detail_approximate_change_time,
  e.names AS detail_changed_field_ids,
  e.detail_performed_by,
  e.detail_related_item_type,
  e.detail_related_item_id,
  e.detail_related_item_contact_id,
  e.detail_related_item_comment_body
FROM ordered AS e JOIN present AS p USING (id);
CHECKPOINT;
