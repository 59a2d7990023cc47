// Identity: the ids and ARNs of the contact centre that does not exist.
//
// An id follows from the seed, its kind and its number alone, so nothing has to be remembered to name a thing again.
#pragma once

#include <cstdint>
#include <string_view>

#include "simulator/text_buffer.h"

namespace casebook {

enum class IdKind : uint64_t {
  kCase = 1,
  kContact,
  kCaseEvent,
  kContactEvent,
  kRelatedItem,
  kAgent,
  kAgentEvent,
  kProfile,
  kParticipant,
};

struct Uuid {
  uint64_t high = 0;
  uint64_t low = 0;
};

// A version 4 UUID; no two numbers of a kind give the same.
Uuid MakeUuid(uint64_t seed, IdKind kind, uint64_t number);

// `6d1c9f40-8e27-4b53-a6f0-2c4e8d0b7a91`.
void AppendUuid(TextBuffer& out, const Uuid& uuid);

#define CASEBOOK_SIMULATED_REGION "eu-west-2"
#define CASEBOOK_SIMULATED_AWS_ACCOUNT "111122223333"
#define CASEBOOK_SIMULATED_INSTANCE_ID "5f2c8a10-7b3d-4e61-9c84-1d2e3f4a5b6c"
#define CASEBOOK_SIMULATED_DOMAIN_ID "3c9e7f52-4a1b-4d0e-8f6a-90b1c2d3e4f5"
#define CASEBOOK_SIMULATED_INSTANCE_ARN                                           \
  "arn:aws:connect:" CASEBOOK_SIMULATED_REGION ":" CASEBOOK_SIMULATED_AWS_ACCOUNT \
  ":instance/" CASEBOOK_SIMULATED_INSTANCE_ID
#define CASEBOOK_SIMULATED_DOMAIN_ARN                                                     \
  "arn:aws:cases:" CASEBOOK_SIMULATED_REGION ":" CASEBOOK_SIMULATED_AWS_ACCOUNT ":domain" \
                                                                                "/" CASEBOOK_SIMULATED_DOMAIN_ID

inline constexpr std::string_view kSystemPhone = "+441134960123";
inline constexpr std::string_view kSystemEmail = "hello@energy.example";
inline constexpr std::string_view kMediaBucket = "energy-connect-media/connect/energy";

}  // namespace casebook
