// Agent events: the stream that says who is at work and in which status. What an agent's contacts do is not in it.
#pragma once

#include <cstdint>

#include "simulator/centre.h"
#include "simulator/wire_context.h"

namespace casebook {

void AppendAgentEvent(TextBuffer& out, const WireContext& context, const AgentChange& change, uint64_t number);

}  // namespace casebook
