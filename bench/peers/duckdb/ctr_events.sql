-- ctr_events: one row a contact, the delivery with the greatest LastUpdateTimestamp.
-- Variables: input (glob). Needs nothing of reference.sql.
CREATE TEMP TABLE delivery AS
SELECT * FROM read_json(getvariable('input'), format = 'newline_delimited', columns = {
  "ContactId": 'VARCHAR', "InitialContactId": 'VARCHAR', "PreviousContactId": 'VARCHAR', "NextContactId": 'VARCHAR',
  "RelatedContactId": 'VARCHAR', "Channel": 'VARCHAR', "InitiationMethod": 'VARCHAR', "DisconnectReason": 'VARCHAR',
  "InitiationTimestamp": 'TIMESTAMP', "DisconnectTimestamp": 'TIMESTAMP', "LastUpdateTimestamp": 'TIMESTAMP',
  "ConnectedToSystemTimestamp": 'TIMESTAMP', "TransferCompletedTimestamp": 'TIMESTAMP', "ScheduledTimestamp": 'TIMESTAMP',
  "AgentConnectionAttempts": 'BIGINT',
  "Agent": 'STRUCT("ARN" VARCHAR, "Username" VARCHAR, "ConnectedToAgentTimestamp" TIMESTAMP, "AgentInteractionDuration" BIGINT,
    "CustomerHoldDuration" BIGINT, "NumberOfHolds" BIGINT, "LongestHoldDuration" BIGINT, "AgentInitiatedHoldDuration" BIGINT,
    "AfterContactWorkDuration" BIGINT, "AgentPauseDuration" BIGINT, "AgentPauseDurationInSeconds" BIGINT,
    "AfterContactWorkStartTimestamp" TIMESTAMP, "AfterContactWorkEndTimestamp" TIMESTAMP,
    "RoutingProfile" STRUCT("Name" VARCHAR),
    "HierarchyGroups" STRUCT("Level1" STRUCT("GroupName" VARCHAR), "Level2" STRUCT("GroupName" VARCHAR),
      "Level3" STRUCT("GroupName" VARCHAR), "Level4" STRUCT("GroupName" VARCHAR), "Level5" STRUCT("GroupName" VARCHAR)))',
  "Queue": 'STRUCT("ARN" VARCHAR, "Name" VARCHAR, "Duration" BIGINT, "EnqueueTimestamp" TIMESTAMP, "DequeueTimestamp" TIMESTAMP)',
  "CustomerEndpoint": 'STRUCT("Address" VARCHAR)', "SystemEndpoint": 'STRUCT("Address" VARCHAR)',
  "TransferredToEndpoint": 'STRUCT("Address" VARCHAR)',
  "Attributes": 'JSON', "SegmentAttributes": 'JSON', "Tags": 'JSON', "Recordings": 'JSON'});

-- Times before 1971 stand for none.
CREATE TEMP MACRO stated(t) AS CASE WHEN t >= TIMESTAMP '1971-01-01 00:00:00' THEN t END;

CREATE TABLE ctr_events AS
SELECT
  lower(trim("ContactId")) AS contactid,
  upper("Channel") AS channel,
  nullif(trim("InitiationMethod"), '') AS initiationmethod,
  stated("InitiationTimestamp") AS initiationtimestamp,
  stated("DisconnectTimestamp") AS disconnecttimestamp,
  nullif(trim("Agent"."Username"), '') AS agent_username,
  stated("Agent"."ConnectedToAgentTimestamp") AS agent_connectedtoagentts,
  "Agent"."AgentInteractionDuration" AS agent_agentinteractionduration,
  "Agent"."CustomerHoldDuration" AS agent_customerholdduration,
  nullif(trim("Queue"."Name"), '') AS queue_name,
  "Queue"."Duration" AS queue_duration,
  nullif(trim(a[1]), '') AS attributes_intent,
  nullif(trim(a[2]), '') AS attributes_caseid,
  nullif(trim("DisconnectReason"), '') AS disconnectreason,
  agent_rating AS attributes_csatresults_agentrating,
  resolution_rating AS attributes_csatresults_resolutionrating,
  account_text AS attributes_accountnumbers,
  nullif(trim(a[4]), '') AS attributes_juniferid,
  lower(trim("InitialContactId")) AS initialcontactid,
  lower(trim("PreviousContactId")) AS previouscontactid,
  lower(trim("NextContactId")) AS nextcontactid,
  lower(trim("RelatedContactId")) AS relatedcontactid,
  stated("LastUpdateTimestamp") AS lastupdatetimestamp,
  stated("ConnectedToSystemTimestamp") AS connectedtosystemtimestamp,
  stated("TransferCompletedTimestamp") AS transfercompletedtimestamp,
  stated("ScheduledTimestamp") AS scheduledtimestamp,
  nullif(trim("Agent"."ARN"), '') AS agent_arn,
  nullif(trim("Agent"."RoutingProfile"."Name"), '') AS agent_routingprofile_name,
  "Agent"."HierarchyGroups"."Level1"."GroupName" AS agent_hierarchygroups_level1_groupname,
  "Agent"."HierarchyGroups"."Level2"."GroupName" AS agent_hierarchygroups_level2_groupname,
  "Agent"."HierarchyGroups"."Level3"."GroupName" AS agent_hierarchygroups_level3_groupname,
  "Agent"."HierarchyGroups"."Level4"."GroupName" AS agent_hierarchygroups_level4_groupname,
  "Agent"."HierarchyGroups"."Level5"."GroupName" AS agent_hierarchygroups_level5_groupname,
  "Agent"."NumberOfHolds" AS agent_numberofholds,
  "Agent"."LongestHoldDuration" AS agent_longestholdduration,
  "Agent"."AgentInitiatedHoldDuration" AS agent_agentinitiatedholdduration,
  "Agent"."AfterContactWorkDuration" AS agent_aftercontactworkduration,
  coalesce("Agent"."AgentPauseDuration", "Agent"."AgentPauseDurationInSeconds") AS agent_agentpauseduration,
  stated("Agent"."AfterContactWorkStartTimestamp") AS agent_aftercontactworkstarttimestamp,
  stated("Agent"."AfterContactWorkEndTimestamp") AS agent_aftercontactworkendtimestamp,
  "AgentConnectionAttempts" AS agentconnectionattempts,
  nullif(trim("Queue"."ARN"), '') AS queue_arn,
  stated("Queue"."EnqueueTimestamp") AS queue_enqueuetimestamp,
  stated("Queue"."DequeueTimestamp") AS queue_dequeuetimestamp,
  nullif(trim("CustomerEndpoint"."Address"), '') AS customerendpoint_address,
  nullif(trim("SystemEndpoint"."Address"), '') AS systemendpoint_address,
  nullif(trim("TransferredToEndpoint"."Address"), '') AS transferredtoendpoint_address,
  "Attributes" AS attributes_json,
  "SegmentAttributes" AS segmentattributes_json,
  "Tags" AS tags_json,
  "Recordings" AS recordings_json,
  TRY_CAST(agent_rating AS DOUBLE) AS csat_agent_rating_num,
  TRY_CAST(resolution_rating AS DOUBLE) AS csat_resolution_rating_num,
  CASE WHEN len(numbers) > 1 THEN list_filter(numbers, lambda v, i: list_position(numbers, v) = i) ELSE numbers END
    AS account_numbers,
  current_date AS meta_enriched_landed_date,
  CAST(current_timestamp AS TIMESTAMP) AS meta_received_at
FROM (
  SELECT *,
    coalesce(nullif(trim(a[5]), ''), nullif(trim(csat->>'agentRating'), '')) AS agent_rating,
    coalesce(nullif(trim(a[6]), ''), nullif(trim(csat->>'resolutionRating'), '')) AS resolution_rating,
    list_filter(regexp_extract_all(account_text, '[0-9A-Za-z]+'), lambda v: regexp_full_match(v, '[0-9]+')) AS numbers
  FROM (
    SELECT *, nullif(trim(a[3]), '') AS account_text, CASE WHEN json_valid(a[7]) THEN CAST(a[7] AS JSON) END AS csat
    FROM (
      SELECT *, "Attributes"->>['$.intent', '$.caseId', '$.accountNumbers', '$.juniferId', '$.csatResults_agentRating',
                                '$.csatResults_resolutionRating', '$.csatResults'] AS a
      FROM delivery
      WHERE rowid IN (SELECT arg_max(rowid, ("LastUpdateTimestamp", CAST("Attributes" AS VARCHAR))) FROM delivery
                      GROUP BY lower(trim("ContactId"))))));
CHECKPOINT;
