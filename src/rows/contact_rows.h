// Contact rows: one row of `contact_events` of each contact event.
//
// No row is left out and none is matched with another: once per event id is the tables' affair.
#pragma once

#include "rows/record_context.h"

namespace casebook {

// Sets aside what has no contact id.
MaybeFault AppendContactEvent(const RecordContext& context, EnrichedRows& rows);

}  // namespace casebook
