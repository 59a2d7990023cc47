// Contact: one call, chat, e-mail or task on its way through the centre. Times are milliseconds since 1970, 0 where
// the moment has not come.
#pragma once

#include <cstdint>

#include "simulator/vocabulary.h"

namespace casebook {

enum class Channel : uint8_t {
  kVoice,
  kChat,
  kEmail,
  kTask
};
inline constexpr size_t kChannelCount = 4;

enum class Method : uint8_t {
  kInbound,
  kOutbound,
  kTransfer,
  kCallback,
  kApi
};

enum class EndReason : uint8_t {
  kCustomer,
  kAgent,
  kFlow,
  kExpired,
  kThirdParty,
  kUnanswered,
  kCompleted,  // a task
};

inline constexpr uint32_t kNoCase = UINT32_MAX;
inline constexpr uint16_t kNoAgent = UINT16_MAX;

struct Contact {
  uint32_t stamp = 0;
  bool in_use = false;

  uint64_t number = 0;                                        // from 1; names it
  uint64_t initial = 0, previous = 0, next = 0, related = 0;  // numbers of others; 0: none
  Channel channel = Channel::kVoice;
  Method method = Method::kInbound;
  EndReason reason = EndReason::kCustomer;
  uint8_t intent = 0;
  QueueId queue = QueueId::kCount;  // kCount: never queued
  uint16_t agent = kNoAgent;
  uint8_t attempts = 0;  // to reach an agent
  uint8_t holds = 0;
  uint32_t customer = 0;
  bool is_identified = true;
  bool is_announced = false;  // its first events are written
  bool is_transferred = false;
  bool is_transferred_outside = false;
  bool is_retry = false;

  int64_t initiated = 0;
  int64_t connected_to_system = 0;
  int64_t enqueued = 0;
  int64_t dequeued = 0;
  int64_t connected_to_agent = 0;
  int64_t agent_ended = 0;  // after-contact work begins
  int64_t disconnected = 0;
  int64_t after_work_ended = 0;
  int64_t transfer_completed = 0;
  int64_t patience_ends = 0;
  int32_t hold_s = 0, longest_hold_s = 0;

  // The case that it is about: place and stamp among the cases, while they live; the number for ever.
  uint32_t case_place = kNoCase;
  uint32_t case_stamp = 0;
  uint64_t case_number = 0;  // 0: none is known of
  int64_t account = 0;       // of the case; 0: none

  bool IsQueued() const { return enqueued != 0; }
  bool IsHandled() const { return connected_to_agent != 0; }
};

}  // namespace casebook
