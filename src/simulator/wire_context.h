// WireContext: what the writers of all wire formats know, and the pieces that many records share.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/contact.h"
#include "simulator/customers.h"
#include "simulator/demand.h"
#include "simulator/identity.h"
#include "simulator/staff.h"
#include "simulator/text_buffer.h"

namespace casebook {

class WireContext {
 public:
  WireContext(uint64_t seed, const Staff& staff, const Customers& customers, const Period& period,
              int64_t new_field_from);

  uint64_t seed() const { return seed_; }
  const Staff& staff() const { return staff_; }
  const Customers& customers() const { return customers_; }
  const Period& period() const { return period_; }
  // From then on cases carry the field of later making.
  int64_t new_field_from() const { return new_field_from_; }

  std::string_view AgentArn(uint16_t agent) const { return agent_arns_[agent]; }  // `…/agent/<id>`
  std::string_view UserArn(uint16_t agent) const { return user_arns_[agent]; }    // `…/user/<id>`
  std::string_view AgentName(uint16_t agent) const { return agent_names_[agent]; }
  const Agent& AgentAt(uint16_t agent) const { return staff_.agents()[agent]; }
  std::string_view QueueArn(QueueId queue) const { return queue_arns_[static_cast<size_t>(queue)]; }
  // `"hierarchyGroups":{…}` of a contact event; the values of `HierarchyGroups` and `RoutingProfile` of a record.
  std::string_view EventHierarchy(Team team) const { return event_hierarchies_[static_cast<size_t>(team)]; }
  std::string_view RecordHierarchy(Team team) const { return record_hierarchies_[static_cast<size_t>(team)]; }
  std::string_view RoutingProfile(Team team) const { return routing_profiles_[static_cast<size_t>(team)]; }

  void AppendContactId(TextBuffer& out, uint64_t number) const {
    AppendUuid(out, MakeUuid(seed_, IdKind::kContact, number));
  }
  void AppendCaseId(TextBuffer& out, uint64_t number) const { AppendUuid(out, MakeUuid(seed_, IdKind::kCase, number)); }

 private:
  uint64_t seed_;
  const Staff& staff_;
  const Customers& customers_;
  const Period& period_;
  int64_t new_field_from_;
  std::vector<std::string> agent_arns_, user_arns_, agent_names_;
  std::array<std::string, kQueueCount> queue_arns_;
  std::array<std::string, kTeamCount> event_hierarchies_, record_hierarchies_, routing_profiles_;
};

std::string_view NameOf(Channel channel);  // `VOICE`
std::string_view NameOf(Method method);    // `INBOUND`
// Eight digits or more, leading zeros included.
void AppendAccountNumber(TextBuffer& out, int64_t number);

}  // namespace casebook
