// Feed: the kinds of record that Casebook knows, told by content (docs/formats.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "base/timestamp.h"

namespace casebook {

enum class Feed {
  kCaseEvents,       // EventBridge, aws.cases
  kContactEvents,    // EventBridge, aws.connect
  kContactRecords,   // contact records (CTR)
  kAgentEvents,      // agent event stream
  kUsers,            // ListUsers, DescribeUser, SearchUsers
  kQueues,           // ListQueues, DescribeQueue, SearchQueues
  kFieldCatalogue,   // our catalogue file, ListFields, BatchGetField, ListFieldOptions
  kTranscripts,      // Contact Lens files
  kUnknown,
};
inline constexpr size_t kFeedCount = 9;

// As printed and as stored in rejects.feed: `case_events`, `contact_events`, `ctr_events`, `agent_events`,
// `users`, `queues`, `field_catalogue`, `transcripts`, `unknown`.
constexpr std::string_view FeedName(Feed feed) {
  switch (feed) {
    case Feed::kCaseEvents: return "case_events";
    case Feed::kContactEvents: return "contact_events";
    case Feed::kContactRecords: return "ctr_events";
    case Feed::kAgentEvents: return "agent_events";
    case Feed::kUsers: return "users";
    case Feed::kQueues: return "queues";
    case Feed::kFieldCatalogue: return "field_catalogue";
    case Feed::kTranscripts: return "transcripts";
    case Feed::kUnknown: return "unknown";
  }
  Unreachable();
}

// Where a record came from and when; copied into the rows made of it.
struct RecordOrigin {
  uint64_t sequence = 0;      // in the landing log
  Timestamp received_at;
  std::string_view source;    // file path, or "-" for standard input
  uint64_t source_offset = 0; // of the first byte, in the uncompressed source
};

}  // namespace casebook
