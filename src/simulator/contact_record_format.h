// Contact records: what Amazon Connect says of a contact once it is over, and says again when something is added.
#pragma once

#include <cstdint>

#include "simulator/contact.h"
#include "simulator/wire_context.h"

namespace casebook {

// One delivery of a record.
struct RecordVersion {
  int64_t last_update = 0;
  bool has_survey = false;
  bool has_late_analysis = false;  // a summary that Contact Lens made later
  uint8_t agent_rating = 0;        // 1 to 5; 0: the customer left it out
  uint8_t resolution_rating = 0;
};

void AppendContactRecord(TextBuffer& out, const WireContext& context, const Contact& contact,
                         const RecordVersion& version);

}  // namespace casebook
