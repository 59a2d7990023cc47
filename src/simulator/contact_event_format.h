// Contact events: the envelopes that EventBridge brings of every stage of a contact.
#pragma once

#include <cstdint>
#include <vector>

#include "simulator/contact.h"
#include "simulator/wire_context.h"

namespace casebook {

enum class ContactMomentKind : uint8_t {
  kInitiated,
  kConnectedToSystem,
  kQueued,
  kConnectedToAgent,
  kDisconnected,
  kCompleted,
  kUpdated,
};

struct ContactMoment {
  int64_t time = 0;
  ContactMomentKind kind = ContactMomentKind::kInitiated;
  uint32_t ordinal = 0;  // among those of its contact
};

// Those up to the queue, for a contact that still waits or begins and ends at once.
void AppendFirstMoments(const Contact& contact, std::vector<ContactMoment>& moments);
// Those after the queue, with `updates` changes of the contact's data. `updates` may be any number.
void AppendLaterMoments(const Contact& contact, uint64_t updates, std::vector<ContactMoment>& moments);
// Both together, without updates, are never more.
inline constexpr uint64_t kMostMomentsOfAContact = 7;
// How many each makes without updates.
size_t CountFirstMoments(const Contact& contact);
size_t CountLaterMoments(const Contact& contact);

void AppendContactEvent(TextBuffer& out, const WireContext& context, const Contact& contact,
                        const ContactMoment& moment);

}  // namespace casebook
