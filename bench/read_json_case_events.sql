-- The flattening of case events that a person would write with DuckDB alone, tuned: the wire format as an explicit
-- schema (fields by id as a STRUCT, so that nothing is inferred and no map is searched), option names from the field
-- catalogue as constant maps. It does less than `casebook ingest`: no second delivery is dropped, no due date is worked
-- out, unknown fields are lost, no interval of validity, and nothing is kept of the bytes.
-- Variables: input, catalogue (paths).
CREATE TABLE catalogue_option AS
SELECT field."column" AS field, option.value AS value, option.name AS name
FROM (SELECT unnest(fields) AS field
      FROM read_json(getvariable('catalogue'), columns = {fields: 'STRUCT(fieldId VARCHAR, "column" VARCHAR,
                     options STRUCT("name" VARCHAR, "value" VARCHAR)[])[]'})), unnest(field.options) AS o(option);

SET VARIABLE status_names = (SELECT map(list(value), list(name)) FROM catalogue_option WHERE field = 'status');
SET VARIABLE level_1_names = (SELECT map(list(value), list(name)) FROM catalogue_option WHERE field = 'level_1');
SET VARIABLE level_2_names = (SELECT map(list(value), list(name)) FROM catalogue_option WHERE field = 'level_2');
SET VARIABLE level_3_names = (SELECT map(list(value), list(name)) FROM catalogue_option WHERE field = 'level_3');
SET VARIABLE case_reason_names = (SELECT map(list(value), list(name)) FROM catalogue_option WHERE field = 'case_reason');
SET VARIABLE complaint_status_names = (SELECT map(list(value), list(name)) FROM catalogue_option WHERE field = 'complaint_status');
SET VARIABLE complaint_type_names = (SELECT map(list(value), list(name)) FROM catalogue_option WHERE field = 'complaint_type');
SET VARIABLE complaint_subject_names = (SELECT map(list(value), list(name)) FROM catalogue_option WHERE field = 'complaint_subject');
SET VARIABLE complaint_subject_2_names = (SELECT map(list(value), list(name)) FROM catalogue_option WHERE field = 'complaint_subject_2');
SET VARIABLE field_columns = (
  SELECT map(list(field.fieldId), list(field."column"))
  FROM (SELECT unnest(fields) AS field
        FROM read_json(getvariable('catalogue'), columns = {fields: 'STRUCT(fieldId VARCHAR, "column" VARCHAR)[]'})));

CREATE TABLE case_history AS
SELECT
  lower(coalesce(detail."case".caseId, detail.relatedItem.caseId)) AS id,
  CAST(f."4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10"."value".doubleValue AS BIGINT) AS account,
  detail."case".createdDateTime AS detail_case_createddatetime,
  coalesce(getvariable('status_names')[f."status"."value".stringValue], f."status"."value".stringValue) AS detail_case_fields_status,
  f."title"."value".stringValue AS detail_case_fields_title,
  f."5a7b2d3f-1c4e-4f60-9b82-7dae3c5f9021"."value".stringValue AS detail_case_fields_description,
  f."summary"."value".stringValue AS detail_case_fields_summary,
  coalesce(getvariable('level_1_names')[f."6b8c3e40-2d5f-4071-8c93-8ebf4d60a132"."value".stringValue], f."6b8c3e40-2d5f-4071-8c93-8ebf4d60a132"."value".stringValue) AS detail_case_fields_level_1,
  coalesce(getvariable('level_2_names')[f."7c9d4f51-3e60-4182-9da4-9fc05e71b243"."value".stringValue], f."7c9d4f51-3e60-4182-9da4-9fc05e71b243"."value".stringValue) AS detail_case_fields_level_2,
  coalesce(getvariable('level_3_names')[f."8dae5062-4f71-4293-8eb5-a0d16f82c354"."value".stringValue], f."8dae5062-4f71-4293-8eb5-a0d16f82c354"."value".stringValue) AS detail_case_fields_level_3,
  coalesce(getvariable('case_reason_names')[f."case_reason"."value".stringValue], f."case_reason"."value".stringValue) AS detail_case_fields_case_reason,
  f."assigned_user"."value".userArnValue AS detail_case_fields_assigned_user,
  f."9ebf6173-5082-43a4-9fc6-b1e27093d465"."value".stringValue AS detail_case_fields_assigned_agent_name,
  f."assigned_queue"."value".stringValue AS detail_case_fields_assigned_queue,
  f."afc07284-6193-44b5-80d7-c2f381a4e576"."value".stringValue AS detail_case_fields_queue_name,
  f."b0d18395-72a4-45c6-91e8-d30492b5f687"."value".booleanValue AS detail_case_fields_is_complaint,
  coalesce(getvariable('complaint_status_names')[f."c1e294a6-83b5-46d7-a2f9-e415a3c60798"."value".stringValue], f."c1e294a6-83b5-46d7-a2f9-e415a3c60798"."value".stringValue) AS detail_case_fields_complaint_status,
  coalesce(getvariable('complaint_type_names')[f."d2f3a5b7-94c6-47e8-b30a-f526b4d718a9"."value".stringValue], f."d2f3a5b7-94c6-47e8-b30a-f526b4d718a9"."value".stringValue) AS detail_case_fields_complaint_type,
  coalesce(getvariable('complaint_subject_names')[f."e304b6c8-a5d7-48f9-841b-0637c5e829ba"."value".stringValue], f."e304b6c8-a5d7-48f9-841b-0637c5e829ba"."value".stringValue) AS detail_case_fields_complaint_subject,
  coalesce(getvariable('complaint_subject_2_names')[f."f415c7d9-b6e8-490a-952c-1748d6f93acb"."value".stringValue], f."f415c7d9-b6e8-490a-952c-1748d6f93acb"."value".stringValue) AS detail_case_fields_complaint_subject_2,
  f."0526d8ea-c7f9-4a1b-a63d-2859e70a4bdc"."value".stringValue AS detail_case_fields_complaint_reason,
  CAST(f."1637e9fb-d80a-4b2c-b74e-396af81b5ced"."value".doubleValue AS DECIMAL(38, 9)) AS detail_case_fields_complaint_goodwill_amount,
  f."2748fa0c-e91b-4c3d-885f-4a7b092c6dfe"."value".booleanValue AS detail_case_fields_complaint_resolved,
  f."38590b1d-fa2c-4d4e-9960-5b8c1a3d7e0f"."value".booleanValue AS detail_case_fields_ombudsman_case,
  f."496a1c2e-0b3d-4e5f-aa71-6c9d2b4e8f20"."value".stringValue AS detail_case_fields_original_creation_date,
  f."last_updated_datetime"."value".stringValue AS detail_case_fields_last_updated_datetime,
  f."last_closed_datetime"."value".stringValue AS detail_case_fields_last_closed_datetime,
  f."last_reopened_datetime"."value".stringValue AS detail_case_fields_last_reopened_datetime,
  f."5a7b2d3f-1c4e-4f60-bb82-7dae3c5f9031"."value".stringValue AS detail_case_fields_due_date,
  f."6b8c3e40-2d5f-4071-8c93-8ebf4d60a142"."value".booleanValue AS detail_case_fields_is_overdue,
  f."reference_number"."value".stringValue AS detail_case_fields_reference_number,
  f."customer_id"."value".stringValue AS detail_case_fields_customer_id,
  detail.eventType AS detail_event_type,
  current_date AS meta_enriched_landed_date,
  id AS meta_event_id,
  now()::TIMESTAMP AS meta_received_at,
  coalesce(detail.approximateChangeTime, "time") AS detail_approximate_change_time,
  detail."case".templateId AS detail_case_template_id,
  list_transform(detail.changedFieldIds, lambda field: coalesce(getvariable('field_columns')[field], field))
    AS detail_changed_field_ids,
  coalesce(split_part(detail.performedBy."user".userArn, '/', -1), detail.performedBy."user".customEntity,
           detail.performedBy.iamPrincipalArn) AS detail_performed_by,
  lower(detail.relatedItem.relatedItemType) AS detail_related_item_type,
  detail.relatedItem.relatedItemId AS detail_related_item_id,
  split_part(detail.relatedItem.contact.contactArn, '/', -1) AS detail_related_item_contact_id,
  detail.relatedItem.comment.body AS detail_related_item_comment_body,
  CAST(CAST(f."4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10"."value".doubleValue AS BIGINT) AS VARCHAR) AS account_text,
  f."case_reason"."value".stringValue AS detail_case_fields_case_reason_value
FROM (
  SELECT *, detail."case".fields AS f
  FROM read_json(getvariable('input'), format = 'newline_delimited', columns = {
    id: 'VARCHAR',
    "time": 'TIMESTAMP',
    detail: 'STRUCT(
      eventType VARCHAR, approximateChangeTime TIMESTAMP, changedFieldIds VARCHAR[],
      performedBy STRUCT("user" STRUCT(userArn VARCHAR, customEntity VARCHAR), iamPrincipalArn VARCHAR),
      relatedItem STRUCT(relatedItemType VARCHAR, relatedItemId VARCHAR, caseId VARCHAR,
        contact STRUCT(contactArn VARCHAR), comment STRUCT(body VARCHAR)),
      "case" STRUCT(caseId VARCHAR, templateId VARCHAR, createdDateTime TIMESTAMP,
        fields STRUCT(
          "4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10" STRUCT("value" STRUCT(doubleValue DOUBLE)),
          "status" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "title" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "5a7b2d3f-1c4e-4f60-9b82-7dae3c5f9021" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "summary" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "6b8c3e40-2d5f-4071-8c93-8ebf4d60a132" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "7c9d4f51-3e60-4182-9da4-9fc05e71b243" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "8dae5062-4f71-4293-8eb5-a0d16f82c354" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "case_reason" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "assigned_user" STRUCT("value" STRUCT(userArnValue VARCHAR)),
          "9ebf6173-5082-43a4-9fc6-b1e27093d465" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "assigned_queue" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "afc07284-6193-44b5-80d7-c2f381a4e576" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "b0d18395-72a4-45c6-91e8-d30492b5f687" STRUCT("value" STRUCT(booleanValue BOOLEAN)),
          "c1e294a6-83b5-46d7-a2f9-e415a3c60798" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "d2f3a5b7-94c6-47e8-b30a-f526b4d718a9" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "e304b6c8-a5d7-48f9-841b-0637c5e829ba" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "f415c7d9-b6e8-490a-952c-1748d6f93acb" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "0526d8ea-c7f9-4a1b-a63d-2859e70a4bdc" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "1637e9fb-d80a-4b2c-b74e-396af81b5ced" STRUCT("value" STRUCT(doubleValue DOUBLE)),
          "2748fa0c-e91b-4c3d-885f-4a7b092c6dfe" STRUCT("value" STRUCT(booleanValue BOOLEAN)),
          "38590b1d-fa2c-4d4e-9960-5b8c1a3d7e0f" STRUCT("value" STRUCT(booleanValue BOOLEAN)),
          "496a1c2e-0b3d-4e5f-aa71-6c9d2b4e8f20" STRUCT("value" STRUCT(stringValue TIMESTAMP)),
          "last_updated_datetime" STRUCT("value" STRUCT(stringValue TIMESTAMP)),
          "last_closed_datetime" STRUCT("value" STRUCT(stringValue TIMESTAMP)),
          "last_reopened_datetime" STRUCT("value" STRUCT(stringValue TIMESTAMP)),
          "5a7b2d3f-1c4e-4f60-bb82-7dae3c5f9031" STRUCT("value" STRUCT(stringValue TIMESTAMP)),
          "6b8c3e40-2d5f-4071-8c93-8ebf4d60a142" STRUCT("value" STRUCT(booleanValue BOOLEAN)),
          "reference_number" STRUCT("value" STRUCT(stringValue VARCHAR)),
          "customer_id" STRUCT("value" STRUCT(stringValue VARCHAR)))))'
  }));

CHECKPOINT;
SELECT CAST(count(*) AS VARCHAR), CAST(count(DISTINCT meta_event_id) AS VARCHAR), CAST(sum(account) AS VARCHAR) FROM case_history;
