-- case_events: one row an event, with the case's present values, sorted by the case's creation.
-- {input}: the files, {reference}: the folder. Runs after reference.sql.
--
-- Tried, in seconds of processor time for 1.56 GB of plain JSON (a tenth of the description's size), ClickHouse 26.9:
-- 11.1 this (gzip 11.5). Reading and taking apart alone: 2.2 as JSONEachRow, 2.9 as LineAsString with JSONExtract.

-- One pass over the input: what describes the event is taken apart, the fields of the case stay text.
CREATE TABLE work.sent (
  meta_event_id String, id String, detail_event_type LowCardinality(String), change_time DateTime64(6, 'UTC'),
  created Nullable(DateTime64(6, 'UTC')), template_id LowCardinality(String), changed LowCardinality(String),
  performed_by LowCardinality(String), related_type LowCardinality(String), related_id String, related_contact String,
  related_comment Nullable(String), last_updated String, fields String
) ENGINE = MergeTree ORDER BY tuple();

INSERT INTO work.sent
SELECT
  id,
  lower(if(detail.case.caseId != '', detail.case.caseId, detail.relatedItem.caseId)),
  detail.eventType,
  coalesce(detail.approximateChangeTime, time),
  detail.case.createdDateTime,
  detail.case.templateId,
  detail.changedFieldIds,
  multiIf(detail.performedBy.user.userArn != '', lower(splitByChar('/', detail.performedBy.user.userArn)[-1]),
          detail.performedBy.user.customEntity != '', detail.performedBy.user.customEntity,
          detail.performedBy.iamPrincipalArn),
  lower(detail.relatedItem.relatedItemType),
  detail.relatedItem.relatedItemId,
  lower(splitByChar('/', detail.relatedItem.contact.contactArn)[-1]),
  detail.relatedItem.comment.body,
  if(detail.case.fields != '', JSONExtractString(detail.case.fields, 'last_updated_datetime', 'value', 'stringValue'), ''),
  detail.case.fields
FROM file('{input}', 'JSONEachRow', $$id String, time Nullable(DateTime64(6, 'UTC')), detail Tuple(
  eventType String, approximateChangeTime Nullable(DateTime64(6, 'UTC')), changedFieldIds String,
  performedBy Tuple(user Tuple(userArn String, customEntity String), iamPrincipalArn String),
  relatedItem Tuple(relatedItemType String, relatedItemId String, caseId String,
                    contact Tuple(contactArn String), comment Tuple(body Nullable(String))),
  case Tuple(caseId String, templateId String, createdDateTime Nullable(DateTime64(6, 'UTC')), fields String))$$);

CREATE TABLE work.summary ENGINE = Memory AS
SELECT id,
       argMaxIf(meta_event_id, (change_time, last_updated, meta_event_id), fields != '') AS present_event,
       argMinIf(meta_event_id, (change_time, last_updated, meta_event_id), detail_event_type = 'CASE.CREATED') AS created_event,
       min(created) AS created,
       argMaxIf(template_id, (change_time, last_updated, meta_event_id), template_id != '') AS template_id,
       maxOrNullIf(change_time, detail_event_type = 'CASE.DELETED') AS deleted_at
FROM work.sent GROUP BY id;

-- Only the newest fields of a case are taken apart.
CREATE TABLE work.present_fields ENGINE = Memory AS
SELECT meta_event_id, JSONExtract(fields, $$Tuple(
  `4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10` Tuple(value Tuple(doubleValue Nullable(Float64))),
  `status` Tuple(value Tuple(stringValue Nullable(String))),
  `title` Tuple(value Tuple(stringValue Nullable(String))),
  `5a7b2d3f-1c4e-4f60-9b82-7dae3c5f9021` Tuple(value Tuple(stringValue Nullable(String))),
  `summary` Tuple(value Tuple(stringValue Nullable(String))),
  `6b8c3e40-2d5f-4071-8c93-8ebf4d60a132` Tuple(value Tuple(stringValue Nullable(String))),
  `7c9d4f51-3e60-4182-9da4-9fc05e71b243` Tuple(value Tuple(stringValue Nullable(String))),
  `8dae5062-4f71-4293-8eb5-a0d16f82c354` Tuple(value Tuple(stringValue Nullable(String))),
  `case_reason` Tuple(value Tuple(stringValue Nullable(String))),
  `assigned_user` Tuple(value Tuple(userArnValue Nullable(String))),
  `9ebf6173-5082-43a4-9fc6-b1e27093d465` Tuple(value Tuple(stringValue Nullable(String))),
  `assigned_queue` Tuple(value Tuple(stringValue Nullable(String))),
  `afc07284-6193-44b5-80d7-c2f381a4e576` Tuple(value Tuple(stringValue Nullable(String))),
  `b0d18395-72a4-45c6-91e8-d30492b5f687` Tuple(value Tuple(booleanValue Nullable(Bool))),
  `c1e294a6-83b5-46d7-a2f9-e415a3c60798` Tuple(value Tuple(stringValue Nullable(String))),
  `d2f3a5b7-94c6-47e8-b30a-f526b4d718a9` Tuple(value Tuple(stringValue Nullable(String))),
  `e304b6c8-a5d7-48f9-841b-0637c5e829ba` Tuple(value Tuple(stringValue Nullable(String))),
  `f415c7d9-b6e8-490a-952c-1748d6f93acb` Tuple(value Tuple(stringValue Nullable(String))),
  `0526d8ea-c7f9-4a1b-a63d-2859e70a4bdc` Tuple(value Tuple(stringValue Nullable(String))),
  `1637e9fb-d80a-4b2c-b74e-396af81b5ced` Tuple(value Tuple(doubleValue Nullable(Decimal(38, 9)))),
  `2748fa0c-e91b-4c3d-885f-4a7b092c6dfe` Tuple(value Tuple(booleanValue Nullable(Bool))),
  `38590b1d-fa2c-4d4e-9960-5b8c1a3d7e0f` Tuple(value Tuple(booleanValue Nullable(Bool))),
  `496a1c2e-0b3d-4e5f-aa71-6c9d2b4e8f20` Tuple(value Tuple(stringValue Nullable(String))),
  `last_updated_datetime` Tuple(value Tuple(stringValue Nullable(String))),
  `last_closed_datetime` Tuple(value Tuple(stringValue Nullable(String))),
  `last_reopened_datetime` Tuple(value Tuple(stringValue Nullable(String))),
  `5a7b2d3f-1c4e-4f60-bb82-7dae3c5f9031` Tuple(value Tuple(stringValue Nullable(String))),
  `6b8c3e40-2d5f-4071-8c93-8ebf4d60a142` Tuple(value Tuple(booleanValue Nullable(Bool))),
  `reference_number` Tuple(value Tuple(stringValue Nullable(String))),
  `customer_id` Tuple(value Tuple(stringValue Nullable(String))),
  `created_datetime` Tuple(value Tuple(stringValue Nullable(String))),
  `last_updated_user` Tuple(value Tuple(userArnValue Nullable(String))),
  `7d9e4f51-3e60-4182-8da4-9fc05e71b253` Tuple(value Tuple(stringValue Nullable(String))))$$) AS f
FROM work.sent WHERE meta_event_id IN (SELECT present_event FROM work.summary WHERE present_event != '')
LIMIT 1 BY meta_event_id;

-- One row a case, all its columns as they are shown.
CREATE TABLE work.present ENGINE = Memory AS
SELECT
  s.id AS id,
  CAST(p.f.`4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10`.value.doubleValue AS Nullable(Int64)) AS account,
  s.created AS detail_case_createddatetime,
  if(s.deleted_at IS NULL, option_name('status', p.f.`status`.value.stringValue), NULL) AS detail_case_fields_status,
  p.f.`title`.value.stringValue AS detail_case_fields_title,
  p.f.`5a7b2d3f-1c4e-4f60-9b82-7dae3c5f9021`.value.stringValue AS detail_case_fields_description,
  p.f.`summary`.value.stringValue AS detail_case_fields_summary,
  option_name('6b8c3e40-2d5f-4071-8c93-8ebf4d60a132', p.f.`6b8c3e40-2d5f-4071-8c93-8ebf4d60a132`.value.stringValue) AS detail_case_fields_level_1,
  option_name('7c9d4f51-3e60-4182-9da4-9fc05e71b243', p.f.`7c9d4f51-3e60-4182-9da4-9fc05e71b243`.value.stringValue) AS detail_case_fields_level_2,
  option_name('8dae5062-4f71-4293-8eb5-a0d16f82c354', p.f.`8dae5062-4f71-4293-8eb5-a0d16f82c354`.value.stringValue) AS detail_case_fields_level_3,
  option_name('case_reason', p.f.`case_reason`.value.stringValue) AS detail_case_fields_case_reason,
  nullIf(trimBoth(p.f.`assigned_user`.value.userArnValue), '') AS detail_case_fields_assigned_user,
  coalesce(nullIf(trimBoth(p.f.`9ebf6173-5082-43a4-9fc6-b1e27093d465`.value.stringValue), ''), nullIf(a.name, '')) AS detail_case_fields_assigned_agent_name,
  nullIf(trimBoth(p.f.`assigned_queue`.value.stringValue), '') AS detail_case_fields_assigned_queue,
  coalesce(nullIf(trimBoth(p.f.`afc07284-6193-44b5-80d7-c2f381a4e576`.value.stringValue), ''), nullIf(q.name, '')) AS detail_case_fields_queue_name,
  p.f.`b0d18395-72a4-45c6-91e8-d30492b5f687`.value.booleanValue AS detail_case_fields_is_complaint,
  option_name('c1e294a6-83b5-46d7-a2f9-e415a3c60798', p.f.`c1e294a6-83b5-46d7-a2f9-e415a3c60798`.value.stringValue) AS detail_case_fields_complaint_status,
  option_name('d2f3a5b7-94c6-47e8-b30a-f526b4d718a9', p.f.`d2f3a5b7-94c6-47e8-b30a-f526b4d718a9`.value.stringValue) AS detail_case_fields_complaint_type,
  option_name('e304b6c8-a5d7-48f9-841b-0637c5e829ba', p.f.`e304b6c8-a5d7-48f9-841b-0637c5e829ba`.value.stringValue) AS detail_case_fields_complaint_subject,
  option_name('f415c7d9-b6e8-490a-952c-1748d6f93acb', p.f.`f415c7d9-b6e8-490a-952c-1748d6f93acb`.value.stringValue) AS detail_case_fields_complaint_subject_2,
  p.f.`0526d8ea-c7f9-4a1b-a63d-2859e70a4bdc`.value.stringValue AS detail_case_fields_complaint_reason,
  p.f.`1637e9fb-d80a-4b2c-b74e-396af81b5ced`.value.doubleValue AS detail_case_fields_complaint_goodwill_amount,
  p.f.`2748fa0c-e91b-4c3d-885f-4a7b092c6dfe`.value.booleanValue AS detail_case_fields_complaint_resolved,
  p.f.`38590b1d-fa2c-4d4e-9960-5b8c1a3d7e0f`.value.booleanValue AS detail_case_fields_ombudsman_case,
  parseDateTime64BestEffortOrNull(p.f.`496a1c2e-0b3d-4e5f-aa71-6c9d2b4e8f20`.value.stringValue, 6, 'UTC') AS detail_case_fields_original_creation_date,
  parseDateTime64BestEffortOrNull(p.f.`last_updated_datetime`.value.stringValue, 6, 'UTC') AS detail_case_fields_last_updated_datetime,
  parseDateTime64BestEffortOrNull(p.f.`last_closed_datetime`.value.stringValue, 6, 'UTC') AS detail_case_fields_last_closed_datetime,
  parseDateTime64BestEffortOrNull(p.f.`last_reopened_datetime`.value.stringValue, 6, 'UTC') AS detail_case_fields_last_reopened_datetime,
  parseDateTime64BestEffortOrNull(p.f.`5a7b2d3f-1c4e-4f60-bb82-7dae3c5f9031`.value.stringValue, 6, 'UTC') AS sent_due_date,
  coalesce(sent_due_date, nullIf(d.due, toDateTime64(0, 6, 'UTC'))) AS detail_case_fields_due_date,
  p.f.`6b8c3e40-2d5f-4071-8c93-8ebf4d60a142`.value.booleanValue AS detail_case_fields_is_overdue,
  nullIf(s.template_id, '') AS detail_case_template_id,
  nullIf(trimBoth(p.f.`reference_number`.value.stringValue), '') AS detail_case_fields_reference_number,
  nullIf(trimBoth(p.f.`customer_id`.value.stringValue), '') AS detail_case_fields_customer_id,
  toString(account) AS account_text,
  CAST(NULL AS Nullable(String)) AS unmapped_fields,
  p.f.`created_datetime`.value.stringValue AS date_opened,
  p.f.`last_updated_user`.value.userArnValue AS last_updated_user,
  option_name('7d9e4f51-3e60-4182-8da4-9fc05e71b253', p.f.`7d9e4f51-3e60-4182-8da4-9fc05e71b253`.value.stringValue) AS support_need,
  if(date_opened IS NULL AND last_updated_user IS NULL AND support_need IS NULL, NULL, concat('{', arrayStringConcat(arrayFilter(t -> t != '', [
       if(date_opened IS NULL, '', concat('"Date/Time Opened":', toJSONString(assumeNotNull(date_opened)))),
       if(last_updated_user IS NULL, '', concat('"Last Updated User":', toJSONString(assumeNotNull(last_updated_user)))),
       if(support_need IS NULL, '', concat('"Support Need":', toJSONString(assumeNotNull(support_need))))]), ','), '}')) AS other_fields,
  if(detail_case_fields_due_date IS NULL, NULL, sent_due_date IS NULL) AS detail_case_fields_due_date_is_computed,
  p.f.`case_reason`.value.stringValue AS detail_case_fields_case_reason_value,
  s.deleted_at AS meta_case_deleted_at,
  s.created_event AS created_event
FROM work.summary AS s
LEFT JOIN work.present_fields AS p ON s.present_event = p.meta_event_id
LEFT JOIN work.due AS d ON d.day = toDate(toTimeZone(assumeNotNull(s.created), 'Europe/London'))
LEFT JOIN work.agent_name AS a ON a.agent = lower(splitByChar('/', assumeNotNull(p.f.`assigned_user`.value.userArnValue))[-1])
LEFT JOIN work.queue_name AS q ON q.queue = lower(splitByChar('/', assumeNotNull(p.f.`assigned_queue`.value.stringValue))[-1]);

-- The lists of changed fields are few: each is translated once.
CREATE TABLE work.field_name (field String, name String) ENGINE = Join(ANY, LEFT, field);
INSERT INTO work.field_name
SELECT field, if(bound_column = '' OR field IN ('created_datetime', 'last_updated_user'), display_name, bound_column)
FROM work.catalogue;
CREATE TABLE work.changed_names ENGINE = Memory AS
SELECT changed, arrayMap(f -> if(joinGet('work.field_name', 'name', f) = '', f, joinGet('work.field_name', 'name', f)),
                         JSONExtract(changed, 'Array(String)')) AS names
FROM (SELECT DISTINCT toString(changed) AS changed FROM work.sent);

CREATE TABLE bench.case_events (
  id String CODEC(ZSTD(1)), account Nullable(Int64), detail_case_createddatetime Nullable(DateTime64(6, 'UTC')),
  detail_case_fields_status LowCardinality(Nullable(String)), detail_case_fields_title Nullable(String) CODEC(ZSTD(1)),
  detail_case_fields_description Nullable(String) CODEC(ZSTD(1)), detail_case_fields_summary Nullable(String) CODEC(ZSTD(1)),
  detail_case_fields_level_1 LowCardinality(Nullable(String)), detail_case_fields_level_2 LowCardinality(Nullable(String)),
  detail_case_fields_level_3 LowCardinality(Nullable(String)), detail_case_fields_case_reason LowCardinality(Nullable(String)),
  detail_case_fields_assigned_user LowCardinality(Nullable(String)), detail_case_fields_assigned_agent_name LowCardinality(Nullable(String)),
  detail_case_fields_assigned_queue LowCardinality(Nullable(String)), detail_case_fields_queue_name LowCardinality(Nullable(String)),
  detail_case_fields_is_complaint Nullable(Bool), detail_case_fields_complaint_status LowCardinality(Nullable(String)),
  detail_case_fields_complaint_type LowCardinality(Nullable(String)), detail_case_fields_complaint_subject LowCardinality(Nullable(String)),
  detail_case_fields_complaint_subject_2 LowCardinality(Nullable(String)), detail_case_fields_complaint_reason Nullable(String) CODEC(ZSTD(1)),
  detail_case_fields_complaint_goodwill_amount Nullable(Decimal(38, 9)), detail_case_fields_complaint_resolved Nullable(Bool),
  detail_case_fields_ombudsman_case Nullable(Bool), detail_case_fields_original_creation_date Nullable(DateTime64(6, 'UTC')),
  detail_case_fields_last_updated_datetime Nullable(DateTime64(6, 'UTC')), detail_case_fields_last_closed_datetime Nullable(DateTime64(6, 'UTC')),
  detail_case_fields_last_reopened_datetime Nullable(DateTime64(6, 'UTC')), detail_case_fields_due_date Nullable(DateTime64(6, 'UTC')),
  detail_case_fields_is_overdue Nullable(Bool), detail_event_type LowCardinality(String), meta_enriched_landed_date Date,
  meta_event_id String CODEC(ZSTD(1)), meta_received_at DateTime64(6, 'UTC'), detail_approximate_change_time DateTime64(6, 'UTC'),
  detail_case_template_id LowCardinality(Nullable(String)), detail_case_fields_reference_number Nullable(String) CODEC(ZSTD(1)),
  detail_case_fields_customer_id Nullable(String) CODEC(ZSTD(1)), detail_changed_field_ids Array(LowCardinality(String)),
  detail_performed_by LowCardinality(Nullable(String)), detail_related_item_type LowCardinality(Nullable(String)),
  detail_related_item_id Nullable(String) CODEC(ZSTD(1)), detail_related_item_contact_id Nullable(String) CODEC(ZSTD(1)),
  detail_related_item_comment_body Nullable(String) CODEC(ZSTD(1)), account_text Nullable(String) CODEC(ZSTD(1)),
  unmapped_fields Nullable(String), other_fields Nullable(String) CODEC(ZSTD(1)),
  detail_case_fields_due_date_is_computed Nullable(Bool), detail_case_fields_case_reason_value LowCardinality(Nullable(String)),
  meta_case_deleted_at Nullable(DateTime64(6, 'UTC'))
) ENGINE = MergeTree ORDER BY detail_case_createddatetime SETTINGS allow_nullable_key = 1, fsync_after_insert = 1, fsync_part_directory = 1;

INSERT INTO bench.case_events
SELECT
  p.id, p.account, p.detail_case_createddatetime, p.detail_case_fields_status, p.detail_case_fields_title,
  p.detail_case_fields_description, p.detail_case_fields_summary, p.detail_case_fields_level_1, p.detail_case_fields_level_2,
  p.detail_case_fields_level_3, p.detail_case_fields_case_reason, p.detail_case_fields_assigned_user,
  p.detail_case_fields_assigned_agent_name, p.detail_case_fields_assigned_queue, p.detail_case_fields_queue_name,
  p.detail_case_fields_is_complaint, p.detail_case_fields_complaint_status, p.detail_case_fields_complaint_type,
  p.detail_case_fields_complaint_subject, p.detail_case_fields_complaint_subject_2, p.detail_case_fields_complaint_reason,
  p.detail_case_fields_complaint_goodwill_amount, p.detail_case_fields_complaint_resolved, p.detail_case_fields_ombudsman_case,
  p.detail_case_fields_original_creation_date, p.detail_case_fields_last_updated_datetime, p.detail_case_fields_last_closed_datetime,
  p.detail_case_fields_last_reopened_datetime, p.detail_case_fields_due_date, p.detail_case_fields_is_overdue,
  e.detail_event_type, today(), e.meta_event_id, now64(6), e.change_time,
  p.detail_case_template_id, p.detail_case_fields_reference_number, p.detail_case_fields_customer_id, c.names,
  nullIf(e.performed_by, ''), nullIf(e.related_type, ''), nullIf(e.related_id, ''), nullIf(e.related_contact, ''),
  e.related_comment, p.account_text, p.unmapped_fields, p.other_fields, p.detail_case_fields_due_date_is_computed,
  p.detail_case_fields_case_reason_value, p.meta_case_deleted_at
FROM (SELECT * EXCEPT (fields, last_updated, created, template_id) FROM work.sent LIMIT 1 BY meta_event_id) AS e
JOIN work.present AS p ON e.id = p.id
LEFT JOIN work.changed_names AS c ON toString(e.changed) = c.changed
WHERE NOT (e.detail_event_type = 'CASE.CREATED' AND e.meta_event_id != p.created_event);

DROP DATABASE work SYNC;
