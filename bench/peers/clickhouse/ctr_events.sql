-- ctr_events: one row a contact, the delivery with the greatest LastUpdateTimestamp, sorted by initiation.
-- {input}: the files. Needs nothing of reference.sql.
--
-- Tried, in seconds of processor time for 0.76 GB of plain JSON, ClickHouse 26.9: 3.2 this, 3.9 with texts of few values
-- read as LowCardinality.
CREATE DATABASE IF NOT EXISTS bench;
CREATE TABLE bench.ctr_events (
  contactid String CODEC(ZSTD(1)), channel LowCardinality(String), initiationmethod LowCardinality(Nullable(String)),
  initiationtimestamp Nullable(DateTime64(6, 'UTC')), disconnecttimestamp Nullable(DateTime64(6, 'UTC')),
  agent_username LowCardinality(Nullable(String)), agent_connectedtoagentts Nullable(DateTime64(6, 'UTC')),
  agent_agentinteractionduration Nullable(Int64), agent_customerholdduration Nullable(Int64),
  queue_name LowCardinality(Nullable(String)), queue_duration Nullable(Int64), attributes_intent LowCardinality(Nullable(String)),
  attributes_caseid Nullable(String) CODEC(ZSTD(1)), disconnectreason LowCardinality(Nullable(String)),
  attributes_csatresults_agentrating LowCardinality(Nullable(String)),
  attributes_csatresults_resolutionrating LowCardinality(Nullable(String)),
  attributes_accountnumbers Nullable(String) CODEC(ZSTD(1)), attributes_juniferid Nullable(String) CODEC(ZSTD(1)),
  initialcontactid Nullable(String) CODEC(ZSTD(1)), previouscontactid Nullable(String) CODEC(ZSTD(1)),
  nextcontactid Nullable(String) CODEC(ZSTD(1)), relatedcontactid Nullable(String) CODEC(ZSTD(1)),
  lastupdatetimestamp Nullable(DateTime64(6, 'UTC')), connectedtosystemtimestamp Nullable(DateTime64(6, 'UTC')),
  transfercompletedtimestamp Nullable(DateTime64(6, 'UTC')), scheduledtimestamp Nullable(DateTime64(6, 'UTC')),
  agent_arn LowCardinality(Nullable(String)), agent_routingprofile_name LowCardinality(Nullable(String)),
  agent_hierarchygroups_level1_groupname LowCardinality(Nullable(String)),
  agent_hierarchygroups_level2_groupname LowCardinality(Nullable(String)),
  agent_hierarchygroups_level3_groupname LowCardinality(Nullable(String)),
  agent_hierarchygroups_level4_groupname LowCardinality(Nullable(String)),
  agent_hierarchygroups_level5_groupname LowCardinality(Nullable(String)),
  agent_numberofholds Nullable(Int64), agent_longestholdduration Nullable(Int64),
  agent_agentinitiatedholdduration Nullable(Int64), agent_aftercontactworkduration Nullable(Int64),
  agent_agentpauseduration Nullable(Int64), agent_aftercontactworkstarttimestamp Nullable(DateTime64(6, 'UTC')),
  agent_aftercontactworkendtimestamp Nullable(DateTime64(6, 'UTC')), agentconnectionattempts Nullable(Int64),
  queue_arn LowCardinality(Nullable(String)), queue_enqueuetimestamp Nullable(DateTime64(6, 'UTC')),
  queue_dequeuetimestamp Nullable(DateTime64(6, 'UTC')), customerendpoint_address Nullable(String) CODEC(ZSTD(1)),
  systemendpoint_address LowCardinality(Nullable(String)), transferredtoendpoint_address LowCardinality(Nullable(String)),
  attributes_json Nullable(String) CODEC(ZSTD(1)), segmentattributes_json Nullable(String) CODEC(ZSTD(1)),
  tags_json Nullable(String) CODEC(ZSTD(1)), recordings_json Nullable(String) CODEC(ZSTD(1)),
  csat_agent_rating_num Nullable(Float64), csat_resolution_rating_num Nullable(Float64),
  account_numbers Array(String), transcript Nullable(String), meta_enriched_landed_date Date, meta_received_at DateTime64(6, 'UTC')
) ENGINE = MergeTree ORDER BY initiationtimestamp SETTINGS allow_nullable_key = 1, fsync_after_insert = 1, fsync_part_directory = 1;

-- Times before 1971 stand for none.
CREATE OR REPLACE FUNCTION stated AS t -> if(t >= toDateTime64('1971-01-01 00:00:00', 6, 'UTC'), t, NULL);
CREATE OR REPLACE FUNCTION text_of AS t -> nullIf(trimBoth(t), '');

INSERT INTO bench.ctr_events
WITH
  JSONExtract(Attributes, $$Tuple(intent String, caseId String, accountNumbers String, juniferId String,
    csatResults_agentRating String, csatResults_resolutionRating String, csatResults String)$$) AS a,
  JSONExtract(a.csatResults, 'Tuple(agentRating String, resolutionRating String)') AS csat
SELECT
  lower(trimBoth(ContactId)), upper(Channel), text_of(InitiationMethod),
  stated(InitiationTimestamp), stated(DisconnectTimestamp),
  text_of(Agent.Username), stated(Agent.ConnectedToAgentTimestamp),
  Agent.AgentInteractionDuration, Agent.CustomerHoldDuration, text_of(Queue.Name), Queue.Duration, text_of(a.intent),
  text_of(a.caseId), text_of(DisconnectReason),
  coalesce(text_of(a.csatResults_agentRating), text_of(csat.agentRating)) AS agent_rating,
  coalesce(text_of(a.csatResults_resolutionRating), text_of(csat.resolutionRating)) AS resolution_rating,
  text_of(a.accountNumbers) AS account_text, text_of(a.juniferId),
  text_of(lower(InitialContactId)), text_of(lower(PreviousContactId)), text_of(lower(NextContactId)), text_of(lower(RelatedContactId)),
  stated(LastUpdateTimestamp), stated(ConnectedToSystemTimestamp), stated(TransferCompletedTimestamp), stated(ScheduledTimestamp),
  text_of(Agent.ARN), text_of(Agent.RoutingProfile.Name), text_of(Agent.HierarchyGroups.Level1.GroupName),
  text_of(Agent.HierarchyGroups.Level2.GroupName), text_of(Agent.HierarchyGroups.Level3.GroupName),
  text_of(Agent.HierarchyGroups.Level4.GroupName), text_of(Agent.HierarchyGroups.Level5.GroupName),
  Agent.NumberOfHolds, Agent.LongestHoldDuration, Agent.AgentInitiatedHoldDuration, Agent.AfterContactWorkDuration,
  coalesce(Agent.AgentPauseDuration, Agent.AgentPauseDurationInSeconds),
  stated(Agent.AfterContactWorkStartTimestamp), stated(Agent.AfterContactWorkEndTimestamp), AgentConnectionAttempts,
  text_of(Queue.ARN), stated(Queue.EnqueueTimestamp), stated(Queue.DequeueTimestamp),
  text_of(CustomerEndpoint.Address), text_of(SystemEndpoint.Address), text_of(TransferredToEndpoint.Address),
  nullIf(Attributes, ''), nullIf(SegmentAttributes, ''), nullIf(Tags, ''), nullIf(Recordings, ''),
  toFloat64OrNull(agent_rating), toFloat64OrNull(resolution_rating),
  arrayDistinct(arrayFilter(v -> match(v, '^[0-9]+$'), extractAll(coalesce(account_text, ''), '[0-9A-Za-z]+'))), NULL,
  today(), now64(6)
FROM (
  SELECT * FROM file('{input}', 'JSONEachRow', $$ContactId String, InitialContactId String, PreviousContactId String,
    NextContactId String, RelatedContactId String, Channel String, InitiationMethod String,
    DisconnectReason String, InitiationTimestamp Nullable(DateTime64(6, 'UTC')),
    DisconnectTimestamp Nullable(DateTime64(6, 'UTC')), LastUpdateTimestamp Nullable(DateTime64(6, 'UTC')),
    ConnectedToSystemTimestamp Nullable(DateTime64(6, 'UTC')), TransferCompletedTimestamp Nullable(DateTime64(6, 'UTC')),
    ScheduledTimestamp Nullable(DateTime64(6, 'UTC')), AgentConnectionAttempts Nullable(Int64),
    Agent Tuple(ARN String, Username String, ConnectedToAgentTimestamp Nullable(DateTime64(6, 'UTC')),
      AgentInteractionDuration Nullable(Int64), CustomerHoldDuration Nullable(Int64), NumberOfHolds Nullable(Int64),
      LongestHoldDuration Nullable(Int64), AgentInitiatedHoldDuration Nullable(Int64), AfterContactWorkDuration Nullable(Int64),
      AgentPauseDuration Nullable(Int64), AgentPauseDurationInSeconds Nullable(Int64),
      AfterContactWorkStartTimestamp Nullable(DateTime64(6, 'UTC')), AfterContactWorkEndTimestamp Nullable(DateTime64(6, 'UTC')),
      RoutingProfile Tuple(Name String), HierarchyGroups Tuple(Level1 Tuple(GroupName String),
        Level2 Tuple(GroupName String), Level3 Tuple(GroupName String),
        Level4 Tuple(GroupName String), Level5 Tuple(GroupName String))),
    Queue Tuple(ARN String, Name String, Duration Nullable(Int64),
      EnqueueTimestamp Nullable(DateTime64(6, 'UTC')), DequeueTimestamp Nullable(DateTime64(6, 'UTC'))),
    CustomerEndpoint Tuple(Address String), SystemEndpoint Tuple(Address String), TransferredToEndpoint Tuple(Address String),
    Attributes String, SegmentAttributes String, Tags String, Recordings String$$)
  ORDER BY LastUpdateTimestamp DESC, Attributes DESC LIMIT 1 BY ContactId);
