// Case events: the envelopes that EventBridge brings of every change to a case or to what hangs on it.
#pragma once

#include <cstdint>

#include "simulator/support_case.h"
#include "simulator/wire_context.h"

namespace casebook {

// Moves the fields of `that` on by `change` and writes the event; `number` names it. To be called in order of time.
void AppendCaseEvent(TextBuffer& out, const WireContext& context, SupportCase& that, const CaseChange& change,
                     uint64_t number);

}  // namespace casebook
