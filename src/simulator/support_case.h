// SupportCase: what is known of one case while it lives, and the changes it goes through.
#pragma once

#include <cstdint>

#include "simulator/contact.h"
#include "simulator/vocabulary.h"

namespace casebook {

enum class CaseStatus : uint8_t {
  kOpen,
  kClosed,
  kResolved,
  kAwaitingCustomer
};  // order of StatusOptions()
enum class ComplaintStatus : uint8_t {
  kRaised,
  kInvestigating,
  kClosed,
  kReopened
};  // of ComplaintStatusOptions()

enum class CaseOrigin : uint8_t {
  kAgent,
  kFlow,
  kWebForm,
  kMigration
};

enum class CaseChangeKind : uint8_t {
  kCreated,
  kAssigned,
  kContactLinked,
  kComplaintRaised,
  kOmbudsman,
  kClosed,
  kReopened,
  kDeleted,
  // What is done about a case in passing; CaseDesk spreads these so that the number of events is as asked.
  kCommented,
  kSummarised,
  kAwaiting,  // or no longer
  kMoved,     // to another queue and agent
  kRecategorised,
};

struct CaseChange {
  uint32_t stamp = 0;
  bool in_use = false;

  int64_t time = 0;
  uint32_t place = kNoCase;
  uint32_t case_stamp = 0;
  CaseChangeKind kind = CaseChangeKind::kCreated;
  Channel channel = Channel::kVoice;  // of the contact
  uint16_t agent = kNoAgent;          // who did it
  uint64_t contact_number = 0;
  int64_t contact_connected = 0;
};

// What the fields of a case say. Moves on as its changes are written, in the order of their time.
struct CaseFields {
  CaseStatus status = CaseStatus::kOpen;
  bool is_complaint = false;
  bool is_complaint_resolved = false;
  bool is_ombudsman_case = false;
  ComplaintStatus complaint_status = ComplaintStatus::kRaised;
  uint8_t complaint_type = 0;
  uint8_t level_3 = 0;
  bool is_summary_closing = false;
  bool has_summary = false;
  uint64_t summary_key = 0;
  int32_t goodwill_pence = 0;  // 0: none
  QueueId assigned_queue = QueueId::kCount;
  uint16_t assigned_agent = kNoAgent;
  uint16_t last_updated_agent = kNoAgent;
  int64_t last_updated = 0, last_closed = 0, last_reopened = 0;
};

struct SupportCase {
  uint32_t stamp = 0;
  bool in_use = false;

  uint64_t number = 0;  // from 1; names it
  int64_t created = 0;
  uint8_t intent = 0;
  uint8_t complaint_type = 0;
  CaseOrigin origin = CaseOrigin::kAgent;
  bool is_complaint = false;  // or becomes one
  bool is_complaint_at_creation = false;
  bool is_metadata_only = false;
  bool gets_goodwill = false;  // if it closes as a complaint
  uint32_t customer = 0;
  int64_t account = 0;        // number
  uint16_t agent = kNoAgent;  // who works on it
  int64_t due = 0;
  bool sends_due = true;

  // Its course.
  bool is_open = true;
  bool reopens = false;     // closed, and the customer will be back
  bool is_leaving = false;  // forgotten at the day's end
  int64_t opened_at = 0;    // or reopened
  int64_t closed_at = 0;
  int64_t closes_at = 0;             // as planned; past the period's end: never
  int64_t forgotten_at = 0;          // if the customer does not come back by then
  uint64_t last_contact = 0;         // number
  int64_t touched = 0;               // when something was last done about it
  uint32_t open_index = UINT32_MAX;  // in CaseDesk's list of open cases

  CaseFields fields;
};

}  // namespace casebook
