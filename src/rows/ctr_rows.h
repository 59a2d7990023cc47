// Contact record rows: one row of `ctr_events` of each delivery of a contact record.
//
// Which delivery counts (the greatest LastUpdateTimestamp) is the tables' affair. What a record says of its
// agent and queue is read from its row later, so no row of the dimensions is written here.
#pragma once

#include "rows/record_context.h"

namespace casebook {

// Sets aside what has no contact id.
MaybeFault AppendContactRecord(const RecordContext& context, EnrichedRows& rows);

}  // namespace casebook
