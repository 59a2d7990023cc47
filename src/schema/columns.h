// The columns that enrichment writes, one list a table: X(enumerator, name, kind, sensitivity, description).
//
// The lists are the one place where a column's name, type and meaning stand. `rows/` writes them by
// enumerator, `tables/` makes the engine's tables from them, `dataset.h` the tables that queries see.
// Sources of the rules: docs/columns.md.
#pragma once

#include <cstddef>

#include "schema/row_batch.h"
#include "schema/table.h"

namespace casebook {

// What a case event says, as at the event. Also the columns of `case_history`.
// NONE: no personal data. PERSONAL: may hold it.
#define CASEBOOK_CASE_COLUMNS(X)                                                                                     \
  X(kId, "id", kString, NONE, "Case ID (lower-case UUID)")                                                           \
  X(kAccount, "account", kInt64, PERSONAL, "Energy account number; leading zeros are in account_text")               \
  X(kCreated, "detail_case_createddatetime", kTimestamp, NONE, "When the case was created")                          \
  X(kStatus, "detail_case_fields_status", kString, NONE, "Case status, by option name")                              \
  X(kTitle, "detail_case_fields_title", kString, PERSONAL, "Case title")                                             \
  X(kDescription, "detail_case_fields_description", kString, PERSONAL, "Case description")                           \
  X(kSummary, "detail_case_fields_summary", kString, PERSONAL, "Case summary")                                       \
  X(kLevel1, "detail_case_fields_level_1", kString, NONE, "Top-level category")                                      \
  X(kLevel2, "detail_case_fields_level_2", kString, NONE, "Sub-category")                                            \
  X(kLevel3, "detail_case_fields_level_3", kString, NONE, "Specific issue type")                                     \
  X(kCaseReason, "detail_case_fields_case_reason", kString, NONE, "Intent from Lexbot, by option name")              \
  X(kAssignedUser, "detail_case_fields_assigned_user", kString, NONE, "ARN of the agent assigned")                   \
  X(kAssignedAgentName, "detail_case_fields_assigned_agent_name", kString, PERSONAL, "Name of the agent assigned")   \
  X(kAssignedQueue, "detail_case_fields_assigned_queue", kString, NONE, "ARN of the queue assigned")                 \
  X(kQueueName, "detail_case_fields_queue_name", kString, NONE, "Name of the queue assigned")                        \
  X(kIsComplaint, "detail_case_fields_is_complaint", kBool, NONE, "Is this a complaint? NULL: unknown")              \
  X(kComplaintStatus, "detail_case_fields_complaint_status", kString, NONE,                                          \
    "Complaint stage: Raised, Closed, Re-Open, ...")                                                                 \
  X(kComplaintType, "detail_case_fields_complaint_type", kString, NONE,                                              \
    "Exec, Ombudsman, CAB, EHU, Trustpilot, Inbound, OS")                                                            \
  X(kComplaintSubject, "detail_case_fields_complaint_subject", kString, NONE,                                        \
    "Area: Billing, Metering, Registrations, Customer Service")                                                      \
  X(kComplaintSubject2, "detail_case_fields_complaint_subject_2", kString, NONE, "Sub-category of the subject")      \
  X(kComplaintReason, "detail_case_fields_complaint_reason", kString, PERSONAL, "Complaint reason")                  \
  X(kComplaintGoodwillAmount, "detail_case_fields_complaint_goodwill_amount", kNumeric, NONE,                        \
    "Goodwill awarded, pounds; the same on every event of a case, so sum one row per id")                            \
  X(kComplaintResolved, "detail_case_fields_complaint_resolved", kBool, NONE, "Is the complaint resolved?")          \
  X(kOmbudsmanCase, "detail_case_fields_ombudsman_case", kBool, NONE, "Escalated to the ombudsman?")                 \
  X(kOriginalCreationDate, "detail_case_fields_original_creation_date", kTimestamp, NONE,                            \
    "Original creation date of a migrated case")                                                                     \
  X(kLastUpdated, "detail_case_fields_last_updated_datetime", kTimestamp, NONE, "Last update")                       \
  X(kLastClosed, "detail_case_fields_last_closed_datetime", kTimestamp, NONE,                                        \
    "When last closed; stays after a reopening")                                                                     \
  X(kLastReopened, "detail_case_fields_last_reopened_datetime", kTimestamp, NONE, "When last reopened")              \
  X(kDueDate, "detail_case_fields_due_date", kTimestamp, NONE,                                                       \
    "As sent, else the end of the second working day after creation (England and Wales, Europe/London)")             \
  X(kIsOverdue, "detail_case_fields_is_overdue", kBool, NONE, "Has been open for more than 2 working days")          \
  X(kEventType, "detail_event_type", kString, NONE, "CASE.CREATED, CASE.UPDATED, RELATED_ITEM.CREATED, ...")         \
  X(kLandedDate, "meta_enriched_landed_date", kDate, NONE, "UTC date of landing")                                    \
  X(kEventId, "meta_event_id", kString, NONE, "Event id of the envelope, else SHA-256 of the detail")                \
  X(kReceivedAt, "meta_received_at", kTimestamp, NONE, "When the event came to us")                                  \
  X(kSequence, "meta_sequence", kInt64, NONE, "Number of the raw record in the landing log")                         \
  X(kChangeTime, "detail_approximate_change_time", kTimestamp, NONE,                                                 \
    "When the change happened; orders the events of a case")                                                         \
  X(kTemplateId, "detail_case_template_id", kString, NONE, "Case template")                                          \
  X(kReferenceNumber, "detail_case_fields_reference_number", kString, NONE, "Friendly number; not unique")           \
  X(kCustomerId, "detail_case_fields_customer_id", kString, PERSONAL, "Customer profile ARN")                        \
  X(kChangedFieldIds, "detail_changed_field_ids", kStringArray, NONE, "Fields changed, by column or display name")   \
  X(kPerformedBy, "detail_performed_by", kString, NONE, "User id, custom entity or IAM principal")                   \
  X(kRelatedItemType, "detail_related_item_type", kString, NONE, "comment, contact, file, sla, ...")                 \
  X(kRelatedItemId, "detail_related_item_id", kString, NONE, "Related item")                                         \
  X(kRelatedItemContactId, "detail_related_item_contact_id", kString, NONE, "Contact linked to the case")            \
  X(kRelatedItemCommentBody, "detail_related_item_comment_body", kString, PERSONAL, "Text of a comment")             \
  X(kAccountText, "account_text", kString, PERSONAL, "Account number as sent")                                       \
  X(kUnmappedFields, "unmapped_fields", kJson, PERSONAL, "Field id to value, for ids the catalogue lacks")           \
  X(kOtherFields, "other_fields", kJson, PERSONAL, "Display name to value, for fields without a column")             \
  X(kDueDateIsComputed, "detail_case_fields_due_date_is_computed", kBool, NONE,                                      \
    "TRUE: due date worked out; FALSE: as sent; NULL: none")                                                         \
  X(kCaseReasonValue, "detail_case_fields_case_reason_value", kString, NONE, "Case reason as sent, unmapped")

// Needed to order and de-duplicate case events; not shown.
#define CASEBOOK_CASE_BOOKKEEPING(X)                                                                \
  X(kHasFields, "has_fields", kBool, NONE, "the event carries a fields object")                     \
  X(kContentHash, "content_hash", kInt64, NONE, "XXH3 of the record's bytes")

// One contact event.
#define CASEBOOK_CONTACT_COLUMNS(X)                                                                                  \
  X(kContactId, "detail_contactId", kString, NONE, "Contact ID (lower-case UUID)")                                   \
  X(kChannel, "detail_channel", kString, NONE, "VOICE, CHAT, TASK, EMAIL")                                           \
  X(kEventType, "detail_eventType", kString, NONE, "INITIATED, QUEUED, CONNECTED_TO_AGENT, ...")                     \
  X(kInitiationTimestamp, "detail_initiationTimestamp", kTimestamp, NONE, "When initiated")                          \
  X(kDisconnectTimestamp, "detail_disconnectTimestamp", kTimestamp, NONE, "When disconnected")                       \
  X(kAgentArn, "detail_agentInfo_agentArn", kString, NONE, "Agent ARN")                                              \
  X(kEventId, "meta_event_id", kString, NONE, "Event id of the envelope, else SHA-256 of the detail")                \
  X(kLandedDate, "meta_enriched_landed_date", kDate, NONE, "UTC date on which the event came")                       \
  X(kReceivedAt, "meta_received_at", kTimestamp, NONE, "When the event came to us")                                  \
  X(kSequence, "meta_sequence", kInt64, NONE, "Number of the raw record in the landing log")                         \
  X(kInitialContactId, "detail_initialContactId", kString, NONE, "First contact of the chain")                       \
  X(kPreviousContactId, "detail_previousContactId", kString, NONE, "Leg before a transfer")                          \
  X(kRelatedContactId, "detail_relatedContactId", kString, NONE, "E-mail thread, task, persistent chat")             \
  X(kInitiationMethod, "detail_initiationMethod", kString, NONE, "INBOUND, OUTBOUND, TRANSFER, CALLBACK, API, ...")  \
  X(kConnectedToSystemTimestamp, "detail_connectedToSystemTimestamp", kTimestamp, NONE, "When media reached Connect")\
  X(kEnqueueTimestamp, "detail_queueInfo_enqueueTimestamp", kTimestamp, NONE, "When put in the queue")               \
  X(kConnectedToAgentTimestamp, "detail_agentInfo_connectedToAgentTimestamp", kTimestamp, NONE,                      \
    "When connected to the agent")                                                                                   \
  X(kAfterContactWorkStart, "detail_agentInfo_afterContactWorkStartTimestamp", kTimestamp, NONE,                     \
    "Start of after-contact work")                                                                                   \
  X(kAfterContactWorkEnd, "detail_agentInfo_afterContactWorkEndTimestamp", kTimestamp, NONE,                         \
    "End of after-contact work")                                                                                     \
  X(kQueueArn, "detail_queueInfo_queueArn", kString, NONE, "Queue ARN")                                              \
  X(kQueueType, "detail_queueInfo_queueType", kString, NONE, "STANDARD, AGENT")                                      \
  X(kAgentInitiatedHoldDuration, "detail_agentInfo_agentInitiatedHoldDuration", kInt64, NONE, "Seconds on hold")     \
  X(kAfterContactWorkDuration, "detail_agentInfo_afterContactWorkDuration", kInt64, NONE,                            \
    "Seconds of after-contact work")                                                                                 \
  X(kUpdatedProperties, "detail_updatedProperties", kStringArray, NONE, "What a CONTACT_DATA_UPDATED changed")       \
  X(kEventTime, "event_time", kTimestamp, NONE, "The moment that the event type stands for")

#define CASEBOOK_CONTACT_BOOKKEEPING(X) X(kContentHash, "content_hash", kInt64, NONE, "XXH3 of the record's bytes")

// One contact record (CTR).
#define CASEBOOK_CTR_COLUMNS(X)                                                                                      \
  X(kContactId, "contactid", kString, NONE, "Contact ID (lower-case UUID)")                                          \
  X(kChannel, "channel", kString, NONE, "VOICE, CHAT, TASK, EMAIL")                                                  \
  X(kInitiationMethod, "initiationmethod", kString, NONE, "How the contact was initiated")                           \
  X(kInitiationTimestamp, "initiationtimestamp", kTimestamp, NONE, "When the contact started")                       \
  X(kDisconnectTimestamp, "disconnecttimestamp", kTimestamp, NONE, "When the contact ended")                         \
  X(kAgentUsername, "agent_username", kString, PERSONAL, "Agent username")                                           \
  X(kConnectedToAgent, "agent_connectedtoagentts", kTimestamp, NONE, "When connected to the agent")                  \
  X(kAgentInteractionDuration, "agent_agentinteractionduration", kInt64, NONE, "Seconds agent interacted")           \
  X(kCustomerHoldDuration, "agent_customerholdduration", kInt64, NONE, "Seconds customer on hold; NULL: no agent")   \
  X(kQueueName, "queue_name", kString, NONE, "Queue name")                                                           \
  X(kQueueDuration, "queue_duration", kInt64, NONE, "Seconds in queue")                                              \
  X(kIntent, "attributes_intent", kString, NONE, "Customer intent, as sent")                                         \
  X(kCaseId, "attributes_caseid", kString, NONE, "Linked case ID")                                                   \
  X(kDisconnectReason, "disconnectreason", kString, NONE, "Why the contact ended")                                   \
  X(kCsatAgentRating, "attributes_csatresults_agentrating", kString, NONE, "Agent rating, as sent")                  \
  X(kCsatResolutionRating, "attributes_csatresults_resolutionrating", kString, NONE, "Resolution rating, as sent")   \
  X(kAccountNumbersText, "attributes_accountnumbers", kString, PERSONAL, "Account numbers, as sent")                 \
  X(kJuniferId, "attributes_juniferid", kString, PERSONAL, "Junifer customer ID")                                    \
  X(kInitialContactId, "initialcontactid", kString, NONE, "First contact of the chain")                              \
  X(kPreviousContactId, "previouscontactid", kString, NONE, "Leg before a transfer")                                 \
  X(kNextContactId, "nextcontactid", kString, NONE, "Leg after a transfer")                                          \
  X(kRelatedContactId, "relatedcontactid", kString, NONE, "E-mail thread, task, persistent chat")                    \
  X(kLastUpdateTimestamp, "lastupdatetimestamp", kTimestamp, NONE, "Version of the record; the greatest wins")       \
  X(kConnectedToSystemTimestamp, "connectedtosystemtimestamp", kTimestamp, NONE, "When media reached Connect")       \
  X(kTransferCompletedTimestamp, "transfercompletedtimestamp", kTimestamp, NONE, "End of a cold transfer")           \
  X(kScheduledTimestamp, "scheduledtimestamp", kTimestamp, NONE, "When a task is scheduled for")                     \
  X(kAgentArn, "agent_arn", kString, NONE, "Agent ARN")                                                              \
  X(kRoutingProfileName, "agent_routingprofile_name", kString, NONE, "Routing profile of the agent")                 \
  X(kHierarchyLevel1, "agent_hierarchygroups_level1_groupname", kString, NONE, "Hierarchy group, level 1")           \
  X(kHierarchyLevel2, "agent_hierarchygroups_level2_groupname", kString, NONE, "Hierarchy group, level 2")           \
  X(kHierarchyLevel3, "agent_hierarchygroups_level3_groupname", kString, NONE, "Hierarchy group, level 3")           \
  X(kHierarchyLevel4, "agent_hierarchygroups_level4_groupname", kString, NONE, "Hierarchy group, level 4")           \
  X(kHierarchyLevel5, "agent_hierarchygroups_level5_groupname", kString, NONE, "Hierarchy group, level 5")           \
  X(kNumberOfHolds, "agent_numberofholds", kInt64, NONE, "Times on hold")                                            \
  X(kLongestHoldDuration, "agent_longestholdduration", kInt64, NONE, "Seconds of the longest hold")                  \
  X(kAgentInitiatedHoldDuration, "agent_agentinitiatedholdduration", kInt64, NONE, "Seconds of holds by the agent")  \
  X(kAfterContactWorkDuration, "agent_aftercontactworkduration", kInt64, NONE, "Seconds of after-contact work")      \
  X(kAgentPauseDuration, "agent_agentpauseduration", kInt64, NONE, "Seconds a task was paused")                      \
  X(kAfterContactWorkStart, "agent_aftercontactworkstarttimestamp", kTimestamp, NONE, "Start of after-contact work") \
  X(kAfterContactWorkEnd, "agent_aftercontactworkendtimestamp", kTimestamp, NONE, "End of after-contact work")       \
  X(kAgentConnectionAttempts, "agentconnectionattempts", kInt64, NONE, "Times offered to agents")                    \
  X(kQueueArn, "queue_arn", kString, NONE, "Queue ARN")                                                              \
  X(kEnqueueTimestamp, "queue_enqueuetimestamp", kTimestamp, NONE, "When put in the queue")                          \
  X(kDequeueTimestamp, "queue_dequeuetimestamp", kTimestamp, NONE, "When taken from the queue")                      \
  X(kCustomerEndpointAddress, "customerendpoint_address", kString, PERSONAL, "Customer's number or address")         \
  X(kSystemEndpointAddress, "systemendpoint_address", kString, NONE, "Number or address reached")                    \
  X(kTransferredToEndpointAddress, "transferredtoendpoint_address", kString, PERSONAL, "Transferred to")             \
  X(kAttributes, "attributes_json", kJson, PERSONAL, "All contact attributes")                                       \
  X(kSegmentAttributes, "segmentattributes_json", kJson, PERSONAL, "All segment attributes")                         \
  X(kTags, "tags_json", kJson, NONE, "All tags")                                                                     \
  X(kRecordings, "recordings_json", kJson, NONE, "Recordings and chat transcript files")                             \
  X(kCsatAgentRatingNum, "csat_agent_rating_num", kFloat64, NONE, "Agent rating as a number, where it is one")       \
  X(kCsatResolutionRatingNum, "csat_resolution_rating_num", kFloat64, NONE,                                          \
    "Resolution rating as a number, where it is one")                                                                \
  X(kAccountNumbers, "account_numbers", kStringArray, PERSONAL, "Account numbers, one each, leading zeros kept")     \
  X(kLandedDate, "meta_enriched_landed_date", kDate, NONE, "UTC date on which this version came")                    \
  X(kReceivedAt, "meta_received_at", kTimestamp, NONE, "When this version came to us")                               \
  X(kSequence, "meta_sequence", kInt64, NONE, "Number of the raw record in the landing log")

#define CASEBOOK_CTR_BOOKKEEPING(X) X(kContentHash, "content_hash", kInt64, NONE, "XXH3 of the record's bytes")

// One turn of a conversation.
#define CASEBOOK_TRANSCRIPT_COLUMNS(X)                                                                               \
  X(kContactId, "contactid", kString, NONE, "Contact ID (lower-case UUID)")                                          \
  X(kTurn, "turn", kInt64, NONE, "From 0, in the order of the file")                                                 \
  X(kParticipantRole, "participant_role", kString, NONE, "AGENT, CUSTOMER, SYSTEM, ...")                             \
  X(kParticipantId, "participant_id", kString, NONE, "Participant")                                                  \
  X(kContent, "content", kString, PERSONAL, "What was said or written")                                              \
  X(kBeginOffsetMs, "begin_offset_ms", kInt64, NONE, "Voice: begin, milliseconds from the start")                    \
  X(kEndOffsetMs, "end_offset_ms", kInt64, NONE, "Voice: end, milliseconds from the start")                          \
  X(kAbsoluteTime, "absolute_time", kTimestamp, NONE, "Chat: when written")                                          \
  X(kSentiment, "sentiment", kString, NONE, "POSITIVE, NEUTRAL, NEGATIVE, ...")                                      \
  X(kItemType, "item_type", kString, NONE, "MESSAGE, EVENT, ATTACHMENT")                                             \
  X(kContentType, "content_type", kString, NONE, "Chat: type of the content")                                        \
  X(kIsRedacted, "is_redacted", kBool, NONE, "Whether the file shown is the redacted one")                           \
  X(kReceivedAt, "meta_received_at", kTimestamp, NONE, "When the file came to us")

#define CASEBOOK_TRANSCRIPT_BOOKKEEPING(X)                                                        \
  X(kSequence, "meta_sequence", kInt64, NONE, "number of the raw record in the landing log")      \
  X(kContentSha256, "content_sha256", kString, NONE, "SHA-256 of the file's canonical JSON")

// One thing that one source said of an agent at one time.
#define CASEBOOK_AGENT_OBSERVATION_COLUMNS(X)                                                        \
  X(kAgentId, "agent_id", kString, NONE, "User id: the last segment of the ARN")                     \
  X(kAgentArn, "agent_arn", kString, NONE, "Agent ARN")                                              \
  X(kAgentUsername, "agent_username", kString, PERSONAL, "Login name")                               \
  X(kFirstName, "first_name", kString, PERSONAL, "First name")                                       \
  X(kLastName, "last_name", kString, PERSONAL, "Last name")                                          \
  X(kEmail, "email", kString, PERSONAL, "E-mail address")                                            \
  X(kRoutingProfileId, "routing_profile_id", kString, NONE, "Routing profile")                       \
  X(kRoutingProfileName, "routing_profile_name", kString, NONE, "Name of the routing profile")       \
  X(kHierarchyGroupId, "hierarchy_group_id", kString, NONE, "Hierarchy group")                       \
  X(kHierarchyLevel1, "hierarchy_level_1", kString, NONE, "Name of the group at level 1")            \
  X(kHierarchyLevel2, "hierarchy_level_2", kString, NONE, "Name of the group at level 2")            \
  X(kHierarchyLevel3, "hierarchy_level_3", kString, NONE, "Name of the group at level 3")            \
  X(kHierarchyLevel4, "hierarchy_level_4", kString, NONE, "Name of the group at level 4")            \
  X(kHierarchyLevel5, "hierarchy_level_5", kString, NONE, "Name of the group at level 5")            \
  X(kSecurityProfileIds, "security_profile_ids", kStringArray, NONE, "Security profiles")            \
  X(kAfterContactWorkLimit, "after_contact_work_limit_s", kInt64, NONE, "Seconds, at most")          \
  X(kTags, "tags", kJson, NONE, "Tags")                                                              \
  X(kLastModifiedTime, "last_modified_time", kTimestamp, NONE, "When last changed, as the API says") \
  X(kSource, "source", kString, NONE, "api, agent_event, ctr or contact_event: the strongest known")

// observed_at: the source's own time, NULL where it gives none. content_sha256: of all the columns above,
// so that the same thing said twice is known as such.
#define CASEBOOK_AGENT_OBSERVATION_BOOKKEEPING(X)                                             \
  X(kObservedAt, "observed_at", kTimestamp, NONE, "the source's own time; NULL: none given") \
  X(kContentSha256, "content_sha256", kString, NONE, "SHA-256 of what was said")             \
  X(kSequence, "meta_sequence", kInt64, NONE, "number of the raw record in the landing log")

// One thing that one source said of a queue at one time.
#define CASEBOOK_QUEUE_OBSERVATION_COLUMNS(X)                                                        \
  X(kQueueId, "queue_id", kString, NONE, "Queue id: the last segment of the ARN")                    \
  X(kQueueArn, "queue_arn", kString, NONE, "Queue ARN")                                              \
  X(kQueueName, "queue_name", kString, NONE, "Name; agent queues have none")                         \
  X(kQueueType, "queue_type", kString, NONE, "STANDARD, AGENT")                                      \
  X(kDescription, "description", kString, NONE, "Description")                                       \
  X(kStatus, "status", kString, NONE, "ENABLED, DISABLED")                                           \
  X(kMaxContacts, "max_contacts", kInt64, NONE, "Most contacts at once; NULL: no limit of its own")  \
  X(kHoursOfOperationId, "hours_of_operation_id", kString, NONE, "Hours of operation")               \
  X(kOutboundCallerIdName, "outbound_caller_id_name", kString, NONE, "Caller name shown")            \
  X(kOutboundCallerIdNumberId, "outbound_caller_id_number_id", kString, NONE, "Caller number shown") \
  X(kOutboundFlowId, "outbound_flow_id", kString, NONE, "Outbound whisper flow")                     \
  X(kTags, "tags", kJson, NONE, "Tags")                                                              \
  X(kLastModifiedTime, "last_modified_time", kTimestamp, NONE, "When last changed, as the API says") \
  X(kSource, "source", kString, NONE, "api, agent_event, ctr or contact_event: the strongest known")

#define CASEBOOK_QUEUE_OBSERVATION_BOOKKEEPING(X) CASEBOOK_AGENT_OBSERVATION_BOOKKEEPING(X)

// One complete listing of agents or queues (no further page): who was in it.
#define CASEBOOK_LISTING_COLUMNS(X)                                                                       \
  X(kKind, "kind", kString, NONE, "agent or queue")                                                       \
  X(kListedAt, "listed_at", kTimestamp, NONE, "greatest LastModifiedTime of its members; NULL: none")     \
  X(kContentSha256, "content_sha256", kString, NONE, "SHA-256 of the answer's canonical JSON")            \
  X(kMemberIds, "member_ids", kStringArray, NONE, "ids in the listing")                                   \
  X(kSequence, "meta_sequence", kInt64, NONE, "number of the raw record in the landing log")

// One byte string that could not be read as a record.
#define CASEBOOK_REJECT_COLUMNS(X)                                                                                \
  X(kFeed, "feed", kString, NONE, "Kind of record it claims to be; NULL: unknown")                                \
  X(kReason, "reason", kString, NONE, "Why it could not be read, in a word")                                      \
  X(kDetail, "detail", kString, PERSONAL, "Why it could not be read, in full")                                    \
  X(kRecord, "record", kBytes, PERSONAL, "The bytes")                                                             \
  X(kRecordSha256, "record_sha256", kString, NONE, "SHA-256 of the bytes")                                        \
  X(kSource, "source", kString, NONE, "Where they came from first")                                               \
  X(kSourceOffset, "source_offset", kInt64, NONE, "Where in the source")                                          \
  X(kSequence, "sequence", kInt64, NONE, "Number in the landing log")                                             \
  X(kTimes, "times", kInt64, NONE, "How often the same bytes came")                                               \
  X(kReceivedAt, "received_at", kTimestamp, NONE, "When they came first")

// One record of a feed whose rows have no key of their own, known by its bytes.
#define CASEBOOK_SEEN_RECORD_COLUMNS(X)                                 \
  X(kFeed, "feed", kString, NONE, "feed")                               \
  X(kContentHash, "content_hash", kInt64, NONE, "XXH3 of the record's bytes")

// One value that had to become NULL, or was mended, or lost to another of the same id.
#define CASEBOOK_VALUE_ISSUE_COLUMNS(X)                                                    \
  X(kTableName, "table_name", kString, NONE, "Table")                                      \
  X(kColumnName, "column_name", kString, NONE, "Column")                                   \
  X(kRowId, "row_id", kString, NONE, "Event id, contact id, agent id or queue id")         \
  X(kRule, "rule", kString, NONE, "The rule that the value broke")                         \
  X(kText, "text", kString, PERSONAL, "The value as sent")                                 \
  X(kSource, "source", kString, NONE, "Where the record came from")                        \
  X(kSequence, "sequence", kInt64, NONE, "Number of the record in the landing log")

#define CASEBOOK_ENUMERATOR(enumerator, name, kind, sensitivity, description) enumerator,
#define CASEBOOK_STORED_COLUMN(enumerator, name, kind, sensitivity, description) \
  StoredColumn{name, ColumnKind::kind},

// Makes `enum class Name` and the array `kNameLayout` from two lists.
#define CASEBOOK_STORED_TABLE(Name, columns, bookkeeping)                \
  enum class Name : size_t { columns(CASEBOOK_ENUMERATOR) bookkeeping(CASEBOOK_ENUMERATOR) }; \
  inline constexpr StoredColumn k##Name##Layout[] = {                                     \
      columns(CASEBOOK_STORED_COLUMN) bookkeeping(CASEBOOK_STORED_COLUMN)};
#define CASEBOOK_NO_BOOKKEEPING(X)

CASEBOOK_STORED_TABLE(CaseColumn, CASEBOOK_CASE_COLUMNS, CASEBOOK_CASE_BOOKKEEPING)
CASEBOOK_STORED_TABLE(ContactColumn, CASEBOOK_CONTACT_COLUMNS, CASEBOOK_CONTACT_BOOKKEEPING)
CASEBOOK_STORED_TABLE(CtrColumn, CASEBOOK_CTR_COLUMNS, CASEBOOK_CTR_BOOKKEEPING)
CASEBOOK_STORED_TABLE(TranscriptColumn, CASEBOOK_TRANSCRIPT_COLUMNS, CASEBOOK_TRANSCRIPT_BOOKKEEPING)
CASEBOOK_STORED_TABLE(AgentObservationColumn, CASEBOOK_AGENT_OBSERVATION_COLUMNS,
                                       CASEBOOK_AGENT_OBSERVATION_BOOKKEEPING)
CASEBOOK_STORED_TABLE(QueueObservationColumn, CASEBOOK_QUEUE_OBSERVATION_COLUMNS,
                                       CASEBOOK_QUEUE_OBSERVATION_BOOKKEEPING)
CASEBOOK_STORED_TABLE(ListingColumn, CASEBOOK_LISTING_COLUMNS, CASEBOOK_NO_BOOKKEEPING)
CASEBOOK_STORED_TABLE(RejectColumn, CASEBOOK_REJECT_COLUMNS, CASEBOOK_NO_BOOKKEEPING)
CASEBOOK_STORED_TABLE(SeenRecordColumn, CASEBOOK_SEEN_RECORD_COLUMNS, CASEBOOK_NO_BOOKKEEPING)
CASEBOOK_STORED_TABLE(ValueIssueColumn, CASEBOOK_VALUE_ISSUE_COLUMNS, CASEBOOK_NO_BOOKKEEPING)

}  // namespace casebook
